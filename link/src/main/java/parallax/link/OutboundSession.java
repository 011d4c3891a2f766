package parallax.link;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import parallax.model.InvalidValueException;
import parallax.model.Report;
import parallax.release.Released;
import parallax.signing.Signer;

/**
 * The originator's end of one stream, with the partner's outbox: numbers what was released, chains
 * and signs it, sends it, keeps it until the partner holds it durably and sends it again after any
 * break.
 *
 * <p>All state follows from the calls; the same calls give the same state and effects. {@code
 * nowNs} is the node's clock for links, nanoseconds since 1970; it may step back. For one thread.
 */
public final class OutboundSession {
  private LinkTerms terms;
  private final Signer signer;
  private final ReportEncoder encoder;
  private final LinkConfig config;
  private final HashChain chain = new HashChain();
  private final Outbox outbox;

  private LinkState state = LinkState.DOWN;
  private final Silence silence = new Silence();
  private long sessionId;
  private long nextToSend = 1;
  private long everSent;
  private long lastHeartbeatNs;
  private long sentBeforeHeartbeat;
  private OptionalLong roundTripNs = OptionalLong.empty();
  private OptionalLong clockOffsetNs = OptionalLong.empty();
  private long connections;
  private long batches;
  private long sentRecords;
  private long sentBytes;
  private long repeated;
  private long violations;
  private long refusals;

  /**
   * A stream with nothing in it.
   *
   * @param terms whose, for whom, on which channel, under which agreement
   * @param signer the originator's key of that channel
   * @param encoder makes the bytes of a report
   * @param config times and limits
   */
  public OutboundSession(LinkTerms terms, Signer signer, ReportEncoder encoder, LinkConfig config) {
    this.terms = terms;
    this.signer = signer;
    this.encoder = encoder;
    this.config = config;
    this.outbox = new Outbox(chain.start(terms));
  }

  /**
   * Takes a report for the partner and gives it the next number. It is sent by the next {@link
   * #flush}.
   *
   * @return its number, from 1, without holes; {@link #record} has its bytes
   * @throws OutboxFullException when there is no room; nothing was taken
   * @throws InvalidValueException when the report was released to another partner, is of another
   *     originator or channel, or its bytes are more than a partner accepts; nothing was taken
   */
  public long enqueue(Released<? extends Report> report) {
    requireOnTerms(report);
    if (!hasRoom()) {
      throw new OutboxFullException(
          "outbox for "
              + terms.recipient()
              + " holds "
              + outbox.waitingBytes()
              + " unacknowledged bytes; its limit is "
              + config.retainedBytes());
    }
    byte[] record = encoder.encode(report.value());
    if (record.length > config.acceptedBytes()) {
      throw new InvalidValueException(
          "encoded report", record.length + " bytes", "at most " + config.acceptedBytes());
    }
    long seq = outbox.last() + 1;
    outbox.add(record, chain.next(outbox.lastHash(), seq, record));
    return seq;
  }

  /** Whether {@link #enqueue} would take another report. */
  public boolean hasRoom() {
    return outbox.waitingBytes() < config.retainedBytes();
  }

  /**
   * The bytes of a record not yet acknowledged, not copied.
   *
   * @throws InvalidValueException when it is not held
   */
  public byte[] record(long seq) {
    return outbox.record(seq);
  }

  /** A connection to the partner is open: greet. */
  public List<LinkEffect> onConnected(long nowNs) {
    List<LinkEffect> effects = new ArrayList<>();
    connections++;
    sessionId = Math.max(sessionId + 1, nowNs);
    silence.begin(nowNs);
    change(LinkState.GREETING, effects);
    effects.add(
        new LinkEffect.Send(
            new Frame.Hello(
                Frame.PROTOCOL_VERSION,
                terms.originator(),
                terms.recipient(),
                terms.channel(),
                terms.agreementDigest(),
                sessionId)));
    return effects;
  }

  /**
   * From now on under another agreement, while the stream is down. Numbers, chain and what the
   * partner does not hold yet stay as they are: the chain is of the records alone.
   *
   * @throws IllegalStateException when the stream is not down
   */
  public void renew(Digest agreementDigest) {
    if (connected()) {
      throw new IllegalStateException("stream to " + terms.recipient() + " is " + state);
    }
    terms = new LinkTerms(terms.originator(), terms.recipient(), terms.channel(), agreementDigest);
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
    switch (frame) {
      case Frame.Welcome welcome -> onWelcome(welcome, nowNs, effects);
      case Frame.Ack ack -> onAck(ack, nowNs, effects);
      case Frame.Heartbeat heartbeat -> onHeartbeat(heartbeat, nowNs, effects);
      case Frame.Refusal refusal -> onRefusal(refusal, effects);
      case Frame.Hello hello -> unexpected("Hello", effects);
      case Frame.Batch batch -> unexpected("Batch", effects);
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
      return effects;
    }
    if (state == LinkState.GREETING) {
      return effects;
    }
    if (silentNs >= config.staleNs()) {
      change(LinkState.STALE, effects);
    }
    send(nowNs, effects);
    long sinceHeartbeat = nowNs - lastHeartbeatNs;
    if (sinceHeartbeat >= config.heartbeatNs() || sinceHeartbeat < 0) {
      heartbeat(nowNs, effects);
    }
    return effects;
  }

  /** Sends what is new, as far as the limits on bytes in flight allow. */
  public List<LinkEffect> flush(long nowNs) {
    List<LinkEffect> effects = new ArrayList<>();
    if (greeted()) {
      send(nowNs, effects);
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

  /** Number of the last record the partner holds durably; 0 when there is none. */
  public long acknowledged() {
    return outbox.acknowledged();
  }

  /** Number of the last record assigned; 0 when there is none. */
  public long highWaterMark() {
    return outbox.last();
  }

  /** The next number to assign, and the chain hash before it. */
  public Cursor cursor() {
    return new Cursor(outbox.last() + 1, outbox.lastHash());
  }

  /** How it is. */
  public LinkHealth health() {
    return new LinkHealth(
        state,
        silence.lastHeardNs(),
        roundTripNs,
        clockOffsetNs,
        outbox.acknowledged(),
        outbox.last(),
        outbox.waitingBytes(),
        new LinkHealth.Counts(
            connections, batches, sentRecords, sentBytes, repeated, violations, refusals));
  }

  private void requireOnTerms(Released<? extends Report> report) {
    Report.Header header = report.value().header();
    if (!report.recipient().equals(terms.recipient())) {
      throw new InvalidValueException(
          "recipient of the release", report.recipient(), terms.recipient().code());
    }
    if (!header.originator().equals(terms.originator())) {
      throw new InvalidValueException(
          "originator of the report", header.originator(), terms.originator().code());
    }
    if (header.channel() != terms.channel()) {
      throw new InvalidValueException(
          "channel of the report", header.channel(), terms.channel().name());
    }
  }

  private void onWelcome(Frame.Welcome welcome, long nowNs, List<LinkEffect> effects) {
    if (state != LinkState.GREETING) {
      unexpected("a second Welcome", effects);
      return;
    }
    long held = welcome.nextSeq() - 1;
    if (held > outbox.last()) {
      violation(
          ViolationCode.CURSOR_AHEAD,
          "partner wants " + welcome.nextSeq() + "; assigned so far: " + outbox.last(),
          effects);
    } else if (held < outbox.acknowledged()) {
      violation(
          ViolationCode.CURSOR_BEHIND,
          "partner wants "
              + welcome.nextSeq()
              + "; it had acknowledged all up to "
              + outbox.acknowledged(),
          effects);
    } else if (!outbox.hashAfter(held).equals(welcome.chainHash())) {
      violation(
          ViolationCode.CHAIN_DISAGREES,
          "partner's chain hash after "
              + held
              + " is "
              + welcome.chainHash()
              + "; expected "
              + outbox.hashAfter(held),
          effects);
    } else {
      outbox.acknowledge(held);
      nextToSend = welcome.nextSeq();
      everSent = Math.max(everSent, held);
      change(LinkState.UP, effects);
      heartbeat(nowNs, effects);
      send(nowNs, effects);
    }
  }

  private void onAck(Frame.Ack ack, long nowNs, List<LinkEffect> effects) {
    if (state == LinkState.GREETING) {
      unexpected("Ack before Welcome", effects);
    } else if (ack.nextSeq() > nextToSend) {
      violation(
          ViolationCode.CURSOR_AHEAD,
          "partner acknowledges all before " + ack.nextSeq() + "; next to send: " + nextToSend,
          effects);
    } else {
      outbox.acknowledge(ack.nextSeq() - 1);
      change(LinkState.UP, effects);
      send(nowNs, effects);
    }
  }

  private void onHeartbeat(Frame.Heartbeat heartbeat, long nowNs, List<LinkEffect> effects) {
    if (state == LinkState.GREETING) {
      unexpected("Heartbeat before Welcome", effects);
      return;
    }
    if (heartbeat.highWaterMark() >= nextToSend) {
      violation(
          ViolationCode.CURSOR_AHEAD,
          "partner holds " + heartbeat.highWaterMark() + "; next to send: " + nextToSend,
          effects);
      return;
    }
    change(LinkState.UP, effects);
    long sentNs = heartbeat.echoSentAtNs();
    if (sentNs > 0 && sentNs <= nowNs) {
      roundTripNs = OptionalLong.of(nowNs - sentNs);
      clockOffsetNs = OptionalLong.of(heartbeat.sentAtNs() - (sentNs + (nowNs - sentNs) / 2));
    }
    // The answer was made after all that was sent before the heartbeat had come in: its mark
    // acknowledges, and what is missing from it was lost under way.
    outbox.acknowledge(heartbeat.highWaterMark());
    if (sentNs == lastHeartbeatNs && heartbeat.highWaterMark() < sentBeforeHeartbeat) {
      nextToSend = outbox.acknowledged() + 1;
    }
    send(nowNs, effects);
  }

  private void onRefusal(Frame.Refusal refusal, List<LinkEffect> effects) {
    refusals++;
    effects.add(
        new LinkEffect.Violation(
            ViolationCode.REFUSED_BY_PARTNER, refusal.code() + ": " + refusal.detail()));
    effects.add(new LinkEffect.Close("refused by partner: " + refusal.code()));
    change(LinkState.REFUSED, effects);
  }

  private void send(long nowNs, List<LinkEffect> effects) {
    while (nextToSend <= outbox.last()
        && outbox.waitingBytesBelow(nextToSend) < config.inFlightBytes()) {
      long first = nextToSend;
      long last = first;
      long bytes = outbox.record(first).length;
      while (last < outbox.last() && last - first + 1 < config.batchRecords()) {
        long more = outbox.record(last + 1).length;
        if (bytes + more > config.batchBytes()) {
          break;
        }
        bytes += more;
        last++;
      }
      Digest hash = outbox.hashAfter(last);
      byte[] signature =
          signer.sign(
              BatchSignature.domain(terms), BatchSignature.message(terms, first, last, hash));
      effects.add(
          new LinkEffect.Send(
              new Frame.Batch(first, outbox.records(first, last), hash, signature, nowNs)));
      batches++;
      sentRecords += last - first + 1;
      sentBytes += bytes;
      repeated += Math.max(0, Math.min(everSent, last) - first + 1);
      everSent = Math.max(everSent, last);
      nextToSend = last + 1;
    }
  }

  private void heartbeat(long nowNs, List<LinkEffect> effects) {
    lastHeartbeatNs = nowNs;
    sentBeforeHeartbeat = nextToSend - 1;
    effects.add(new LinkEffect.Send(new Frame.Heartbeat(outbox.last(), nowNs, 0)));
  }

  private boolean greeted() {
    return state == LinkState.UP || state == LinkState.STALE;
  }

  private boolean connected() {
    return greeted() || state == LinkState.GREETING;
  }

  private void unexpected(String what, List<LinkEffect> effects) {
    violation(
        ViolationCode.UNEXPECTED_FRAME, what + " at the originator in state " + state, effects);
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
