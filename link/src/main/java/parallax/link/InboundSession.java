package parallax.link;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import parallax.signing.VerificationKey;

/**
 * The recipient's end of one stream: verifies every batch before it uses it, delivers each record
 * exactly once and in order, and acknowledges what it delivered. What breaks the rules is refused
 * whole and changes nothing, so that a good resend goes on where the last good record ended.
 *
 * <p>All state follows from the calls; the same calls give the same state and effects. {@code
 * nowNs} is the node's clock for links, nanoseconds since 1970; it may step back. For one thread.
 */
public final class InboundSession {
  private LinkTerms terms;
  private VerificationKey originatorKey;
  private final LinkConfig config;
  private final HashChain chain = new HashChain();

  private Cursor cursor;
  private LinkState state = LinkState.DOWN;
  private final Silence silence = new Silence();
  private long highWaterMark;
  private long connections;
  private long batches;
  private long deliveredRecords;
  private long deliveredBytes;
  private long repeated;
  private long violations;
  private long refusals;

  /**
   * A stream of which nothing has come yet.
   *
   * @param terms whose, for whom, on which channel, under which agreement
   * @param originatorKey the originator's key of that channel
   * @param config times and limits
   */
  public InboundSession(LinkTerms terms, VerificationKey originatorKey, LinkConfig config) {
    this.terms = terms;
    this.originatorKey = originatorKey;
    this.config = config;
    this.cursor = new Cursor(1, chain.start(terms));
  }

  /** A partner has connected: its Hello is awaited. */
  public List<LinkEffect> onConnected(long nowNs) {
    List<LinkEffect> effects = new ArrayList<>();
    connections++;
    silence.begin(nowNs);
    change(LinkState.GREETING, effects);
    return effects;
  }

  /**
   * From now on under another agreement and with another key, while the stream is down. The cursor
   * stays where it is.
   *
   * @throws IllegalStateException when the stream is not down
   */
  public void renew(Digest agreementDigest, VerificationKey newOriginatorKey) {
    if (connected()) {
      throw new IllegalStateException("stream from " + terms.originator() + " is " + state);
    }
    terms = new LinkTerms(terms.originator(), terms.recipient(), terms.channel(), agreementDigest);
    originatorKey = newOriginatorKey;
  }

  /** The connection is gone. */
  public List<LinkEffect> onDisconnected(long nowNs) {
    List<LinkEffect> effects = new ArrayList<>();
    if (state != LinkState.REFUSED) {
      change(LinkState.DOWN, effects);
    }
    return effects;
  }

  /** A frame came from the partner; those after a break-off are dropped. */
  public List<LinkEffect> onFrame(Frame frame, long nowNs) {
    List<LinkEffect> effects = new ArrayList<>();
    if (!connected()) {
      return effects;
    }
    silence.heard(nowNs);
    if (state == LinkState.GREETING) {
      switch (frame) {
        case Frame.Hello hello -> onHello(hello, effects);
        case Frame.Refusal refusal -> onRefusal(refusal, effects);
        case Frame.Batch batch -> unexpected("Batch", effects);
        case Frame.Heartbeat heartbeat -> unexpected("Heartbeat", effects);
        case Frame.Welcome welcome -> unexpected("Welcome", effects);
        case Frame.Ack ack -> unexpected("Ack", effects);
      }
    } else {
      switch (frame) {
        case Frame.Batch batch -> onBatch(batch, effects);
        case Frame.Heartbeat heartbeat -> onHeartbeat(heartbeat, nowNs, effects);
        case Frame.Refusal refusal -> onRefusal(refusal, effects);
        case Frame.Hello hello -> unexpected("a second Hello", effects);
        case Frame.Welcome welcome -> unexpected("Welcome", effects);
        case Frame.Ack ack -> unexpected("Ack", effects);
      }
    }
    return effects;
  }

  /** Bytes came that are no frame. */
  public List<LinkEffect> onMalformed(String detail, long nowNs) {
    List<LinkEffect> effects = new ArrayList<>();
    if (connected()) {
      violation(ViolationCode.MALFORMED_FRAME, detail, effects);
    }
    return effects;
  }

  /** Time passes; call it several times a second. */
  public List<LinkEffect> onTick(long nowNs) {
    List<LinkEffect> effects = new ArrayList<>();
    if (!connected()) {
      return effects;
    }
    long silentNs = silence.lasting(nowNs);
    if (silentNs >= config.silentNs()) {
      effects.add(new LinkEffect.Close("silent for " + silentNs / 1_000_000 + " ms"));
      change(LinkState.DOWN, effects);
    } else if (silentNs >= config.staleNs() && state == LinkState.UP) {
      change(LinkState.STALE, effects);
    }
    return effects;
  }

  /** What both ends agreed on. */
  public LinkTerms terms() {
    return terms;
  }

  /** Where it stands. */
  public LinkState state() {
    return state;
  }

  /** The next number wanted, and the chain hash before it. */
  public Cursor cursor() {
    return cursor;
  }

  /** Number of the last record delivered; 0 when there is none. */
  public long delivered() {
    return cursor.next() - 1;
  }

  /** Last number the originator has announced or sent; 0 when there is none. */
  public long highWaterMark() {
    return highWaterMark;
  }

  /** How it is. */
  public LinkHealth health() {
    return new LinkHealth(
        state,
        silence.lastHeardNs(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        delivered(),
        highWaterMark,
        0,
        new LinkHealth.Counts(
            connections,
            batches,
            deliveredRecords,
            deliveredBytes,
            repeated,
            violations,
            refusals));
  }

  private void onHello(Frame.Hello hello, List<LinkEffect> effects) {
    if (hello.protocolVersion() != Frame.PROTOCOL_VERSION) {
      violation(
          ViolationCode.VERSION_NOT_SPOKEN,
          "protocol version is " + hello.protocolVersion() + "; expected " + Frame.PROTOCOL_VERSION,
          effects);
    } else if (!hello.originator().equals(terms.originator())
        || !hello.recipient().equals(terms.recipient())) {
      violation(
          ViolationCode.WRONG_PARTY,
          "stream is from "
              + hello.originator()
              + " to "
              + hello.recipient()
              + "; expected from "
              + terms.originator()
              + " to "
              + terms.recipient(),
          effects);
    } else if (hello.channel() != terms.channel()) {
      violation(
          ViolationCode.WRONG_CHANNEL,
          "channel is " + hello.channel() + "; expected " + terms.channel(),
          effects);
    } else if (!hello.agreementDigest().equals(terms.agreementDigest())) {
      violation(
          ViolationCode.AGREEMENT_DIFFERS,
          "agreement is " + hello.agreementDigest() + "; expected " + terms.agreementDigest(),
          effects);
    } else {
      change(LinkState.UP, effects);
      effects.add(new LinkEffect.Send(new Frame.Welcome(cursor.next(), cursor.chainHash())));
    }
  }

  private void onBatch(Frame.Batch batch, List<LinkEffect> effects) {
    long bytes = 0;
    for (byte[] record : batch.records()) {
      bytes += record.length;
    }
    if (batch.records().size() > config.acceptedRecords() || bytes > config.acceptedBytes()) {
      violation(
          ViolationCode.OVERSIZED,
          "batch has "
              + batch.records().size()
              + " records of "
              + bytes
              + " bytes; accepted are "
              + config.acceptedRecords()
              + " of "
              + config.acceptedBytes(),
          effects);
      return;
    }
    if (batch.firstSeq() > cursor.next()) {
      violation(
          ViolationCode.GAP,
          "batch begins at " + batch.firstSeq() + "; expected " + cursor.next(),
          effects);
      return;
    }
    if (!originatorKey.verify(
        BatchSignature.domain(terms),
        BatchSignature.message(terms, batch.firstSeq(), batch.lastSeq(), batch.chainHash()),
        batch.signature())) {
      violation(
          ViolationCode.BAD_SIGNATURE,
          "batch "
              + batch.firstSeq()
              + " to "
              + batch.lastSeq()
              + " is not signed with "
              + terms.originator()
              + "'s key of channel "
              + terms.channel(),
          effects);
      return;
    }
    accept(batch, effects);
  }

  /** Delivers what is new in a batch whose signature is good, if it continues the chain. */
  private void accept(Frame.Batch batch, List<LinkEffect> effects) {
    // Records held already are not hashed again: the hash before them is gone. What is new must
    // lead from the hash held to the hash signed; what is not new is not used.
    int held = (int) Math.min(cursor.next() - batch.firstSeq(), batch.records().size());
    byte[] hash = cursor.chainHash().bytes();
    List<LinkEffect> deliveries = new ArrayList<>();
    long bytes = 0;
    for (int i = held; i < batch.records().size(); i++) {
      byte[] record = batch.records().get(i);
      long seq = batch.firstSeq() + i;
      chain.extend(hash, seq, record);
      deliveries.add(new LinkEffect.Deliver(seq, record));
      bytes += record.length;
    }
    Digest after = Digest.owning(hash);
    if (batch.lastSeq() >= cursor.next() - 1 && !after.equals(batch.chainHash())) {
      violation(
          ViolationCode.CHAIN_BROKEN,
          "chain hash after "
              + batch.lastSeq()
              + " is "
              + batch.chainHash()
              + "; the records give "
              + after,
          effects);
      return;
    }
    repeated += held;
    if (!deliveries.isEmpty()) {
      batches++;
      deliveredRecords += deliveries.size();
      deliveredBytes += bytes;
      cursor = new Cursor(batch.lastSeq() + 1, after);
      highWaterMark = Math.max(highWaterMark, batch.lastSeq());
    }
    change(LinkState.UP, effects);
    effects.addAll(deliveries);
    effects.add(new LinkEffect.Send(new Frame.Ack(cursor.next(), batch.sentAtNs())));
  }

  private void onHeartbeat(Frame.Heartbeat heartbeat, long nowNs, List<LinkEffect> effects) {
    if (heartbeat.highWaterMark() < highWaterMark) {
      violation(
          ViolationCode.MARK_BEHIND,
          "high-water mark is "
              + heartbeat.highWaterMark()
              + "; it was "
              + highWaterMark
              + " before",
          effects);
      return;
    }
    highWaterMark = heartbeat.highWaterMark();
    change(LinkState.UP, effects);
    effects.add(new LinkEffect.Send(new Frame.Heartbeat(delivered(), nowNs, heartbeat.sentAtNs())));
  }

  private void onRefusal(Frame.Refusal refusal, List<LinkEffect> effects) {
    refusals++;
    effects.add(
        new LinkEffect.Violation(
            ViolationCode.REFUSED_BY_PARTNER, refusal.code() + ": " + refusal.detail()));
    effects.add(new LinkEffect.Close("refused by partner: " + refusal.code()));
    change(LinkState.REFUSED, effects);
  }

  private boolean connected() {
    return state == LinkState.GREETING || state == LinkState.UP || state == LinkState.STALE;
  }

  private void unexpected(String what, List<LinkEffect> effects) {
    violation(
        ViolationCode.UNEXPECTED_FRAME, what + " at the recipient in state " + state, effects);
  }

  private void violation(ViolationCode code, String detail, List<LinkEffect> effects) {
    violations++;
    effects.add(new LinkEffect.Violation(code, detail));
    effects.add(new LinkEffect.Send(new Frame.Refusal(code, detail)));
    effects.add(new LinkEffect.Close("violation: " + code));
    change(LinkState.REFUSED, effects);
  }

  private void change(LinkState next, List<LinkEffect> effects) {
    if (state != next) {
      state = next;
      effects.add(new LinkEffect.StateChanged(next));
    }
  }
}
