package parallax.link;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import parallax.model.Nation;
import parallax.signing.SignatureDomain;
import parallax.signing.VerificationKey;

/**
 * The recipient's end of one stream: verifies every batch before it uses it, delivers each record
 * exactly once and in order, by whatever path it came, and gives a signed receipt for what it took
 * in. What breaks the rules is refused whole and changes nothing, so that a good resend goes on
 * where the last good record ended.
 *
 * <p>All state follows from the calls; the same calls give the same state and effects. {@code
 * nowNs} is the node's clock for links, nanoseconds since 1970; it may step back. For one thread.
 */
public final class InboundStream {
  private LinkTerms terms;
  private final PartnerKeys keys;
  private final Keyring keyring;
  private VerificationKey ownKey;
  private final LinkConfig config;
  private final HashChain chain = new HashChain();

  private final SortedMap<Nation, InboundPath> paths = new TreeMap<>();
  private Cursor cursor;
  private long highWaterMark;
  private boolean suspended;
  private boolean announceSuspension;
  private String suspensionReason = "";
  private long connections;
  private long batches;
  private long deliveredRecords;
  private long deliveredBytes;
  private long repeated;
  private long folded;
  private long lost;
  private long violations;
  private long refusals;

  private static final class InboundPath extends Path {
    long mark;

    InboundPath(Nation peer) {
      super(peer);
    }
  }

  /**
   * A stream of which nothing has come yet.
   *
   * @param terms whose, for whom, on which lane and channel, under which agreement
   * @param originatorKeys the originator's keys of that channel
   * @param keyring signs receipts in this nation's name
   * @param ownKey this nation's key of that channel
   * @param config times and limits
   */
  public InboundStream(
      LinkTerms terms,
      SortedSet<VerificationKey> originatorKeys,
      Keyring keyring,
      VerificationKey ownKey,
      LinkConfig config) {
    this(terms, originatorKeys, keyring, ownKey, config, Verifier.PLAIN);
  }

  /** The same with a verifier of signatures. */
  public InboundStream(
      LinkTerms terms,
      SortedSet<VerificationKey> originatorKeys,
      Keyring keyring,
      VerificationKey ownKey,
      LinkConfig config,
      Verifier verifier) {
    this.terms = terms;
    this.keys = new PartnerKeys(originatorKeys, verifier);
    this.keyring = keyring;
    this.ownKey = ownKey;
    this.config = config;
    this.cursor = new Cursor(1, chain.start(terms.channel(), terms.stream()));
  }

  private InboundPath path(Nation peer) {
    return paths.computeIfAbsent(peer, InboundPath::new);
  }

  /** A neighbour has connected: its Hello is awaited. */
  public List<LinkEffect> onConnected(Nation peer, long nowNs) {
    List<LinkEffect> effects = new ArrayList<>();
    InboundPath path = path(peer);
    connections++;
    path.mark = 0;
    path.begin(nowNs, effects);
    return effects;
  }

  /**
   * From now on under another agreement and with these keys, except revoked ones, while every path
   * is down. The cursor stays where it is. A change of key that is under way goes on when the keys
   * are those that are trusted already.
   *
   * @throws IllegalStateException when a path is not down
   */
  public void renew(
      Digest agreementDigest, SortedSet<VerificationKey> originatorKeys, VerificationKey own) {
    if (paths.values().stream().anyMatch(Path::connected)) {
      throw new IllegalStateException("stream " + terms.stream() + " is not down");
    }
    terms = terms.under(agreementDigest);
    keys.configure(originatorKeys);
    ownKey = own;
  }

  /** Receipts are signed with another of this nation's keys from here on. */
  public void signReceiptsWith(VerificationKey own) {
    ownKey = own;
  }

  /** Another key that the originator's batches may be signed with. */
  public void trust(VerificationKey key) {
    keys.trust(key);
  }

  /**
   * A key that nothing may be signed with any more. When no other is left, every path is broken off
   * and none is taken until {@link #trust}.
   */
  public List<LinkEffect> distrust(VerificationKey key) {
    List<LinkEffect> effects = new ArrayList<>();
    keys.revoke(key);
    if (keys.isEmpty()) {
      for (InboundPath p : paths.values()) {
        if (p.connected()) {
          violation(p, ViolationCode.KEY_REVOKED, "the key of the stream was revoked", effects);
        }
      }
    }
    return effects;
  }

  /** The originator's keys that are trusted. */
  public SortedSet<VerificationKey> trusted() {
    return keys.trusted();
  }

  /** A connection is gone. */
  public List<LinkEffect> onDisconnected(Nation peer, long nowNs) {
    List<LinkEffect> effects = new ArrayList<>();
    InboundPath path = paths.get(peer);
    if (path != null) {
      path.disconnected(effects);
    }
    return effects;
  }

  /** Every connection is gone. */
  public List<LinkEffect> onAllDisconnected(long nowNs) {
    List<LinkEffect> effects = new ArrayList<>();
    paths.values().forEach(p -> p.disconnected(effects));
    return effects;
  }

  /** A frame came; those after a break-off are dropped. */
  public List<LinkEffect> onFrame(Nation peer, Frame frame, long nowNs) {
    List<LinkEffect> effects = new ArrayList<>();
    InboundPath path = paths.get(peer);
    if (path == null || !path.connected() || isDeaf()) {
      return effects;
    }
    path.silence.heard(nowNs);
    if (path.state == LinkState.GREETING) {
      switch (frame) {
        case Frame.Hello hello -> onHello(path, hello, effects);
        case Frame.Refusal refusal -> onRefusal(path, refusal, effects);
        case Frame.Batch f -> unexpected(path, "Batch", effects);
        case Frame.Gap f -> unexpected(path, "Gap", effects);
        case Frame.Heartbeat f -> unexpected(path, "Heartbeat", effects);
        case Frame.Welcome f -> unexpected(path, "Welcome", effects);
        case Frame.Ack f -> unexpected(path, "Ack", effects);
        case Frame.Suspension f -> unexpected(path, "Suspension", effects);
      }
    } else {
      switch (frame) {
        case Frame.Batch batch -> onBatch(path, batch, nowNs, effects);
        case Frame.Gap gap -> onGap(path, gap, nowNs, effects);
        case Frame.Heartbeat heartbeat -> onHeartbeat(path, heartbeat, nowNs, effects);
        case Frame.Suspension s -> onSuspension(path, s, effects);
        case Frame.Refusal refusal -> onRefusal(path, refusal, effects);
        case Frame.Hello f -> unexpected(path, "a second Hello", effects);
        case Frame.Welcome f -> unexpected(path, "Welcome", effects);
        case Frame.Ack f -> unexpected(path, "Ack", effects);
      }
    }
    return effects;
  }

  /** Suspended without a word: nothing is heard, nothing answered. */
  private boolean isDeaf() {
    return suspended && !announceSuspension;
  }

  /** Bytes came that are no frame. */
  public List<LinkEffect> onMalformed(Nation peer, String detail, long nowNs) {
    List<LinkEffect> effects = new ArrayList<>();
    InboundPath path = paths.get(peer);
    if (path != null && path.connected() && !isDeaf()) {
      violation(path, ViolationCode.MALFORMED_FRAME, detail, effects);
    }
    return effects;
  }

  /** Time passes; call it several times a second. */
  public List<LinkEffect> onTick(long nowNs) {
    List<LinkEffect> effects = new ArrayList<>();
    for (InboundPath path : paths.values()) {
      if (path.connected()) {
        var unused = path.endures(nowNs, config, effects);
      }
    }
    return effects;
  }

  /**
   * Takes in nothing more, from the next frame on. What the originator sends stays with it. What
   * the originator was told once, it is told the end of.
   *
   * @param announced whether the originator is told; otherwise it hears nothing at all
   * @param reason what it is told
   */
  public List<LinkEffect> suspend(boolean announced, String reason, long nowNs) {
    List<LinkEffect> effects = new ArrayList<>();
    announceSuspension = announced || (suspended && announceSuspension);
    suspended = true;
    suspensionReason = reason;
    if (announced) {
      for (InboundPath p : paths.values()) {
        if (p.greeted()) {
          p.send(new Frame.Suspension(true, reason), effects);
        }
      }
    }
    return effects;
  }

  /**
   * Takes in again; every connection is made anew, so that the originator goes on at the cursor.
   */
  public List<LinkEffect> resume(long nowNs) {
    List<LinkEffect> effects = new ArrayList<>();
    if (suspended) {
      suspended = false;
      for (InboundPath p : paths.values()) {
        if (announceSuspension && p.greeted()) {
          p.send(new Frame.Suspension(false, ""), effects);
        }
        if (p.connected()) {
          effects.add(new LinkEffect.Close(p.peer, "resumed"));
          p.change(LinkState.DOWN, effects);
        }
      }
    }
    return effects;
  }

  /** Whether {@link #suspend} is in force. */
  public boolean isSuspended() {
    return suspended;
  }

  /** What both ends agreed on. */
  public LinkTerms terms() {
    return terms;
  }

  /** Where the path by a neighbour stands. */
  public LinkState state(Nation peer) {
    InboundPath p = paths.get(peer);
    return p == null ? LinkState.DOWN : p.state;
  }

  /** The next number wanted, and the chain hash before it. */
  public Cursor cursor() {
    return cursor;
  }

  /** The last number taken in; 0 when there is none. */
  public long delivered() {
    return cursor.next() - 1;
  }

  /** Last number the originator has announced or sent; 0 when there is none. */
  public long highWaterMark() {
    return highWaterMark;
  }

  /** How it is. */
  public LinkHealth health() {
    SortedMap<Nation, LinkHealth.PathHealth> ways = new TreeMap<>();
    paths.forEach((n, p) -> ways.put(n, p.health(OptionalLong.empty(), OptionalLong.empty())));
    return new LinkHealth(
        terms.stream(),
        ways,
        delivered(),
        highWaterMark,
        0,
        suspended,
        suspendedByPartner(),
        new LinkHealth.Counts(
            connections,
            batches,
            deliveredRecords,
            deliveredBytes,
            repeated,
            folded,
            lost,
            violations,
            refusals));
  }

  private void onHello(InboundPath path, Frame.Hello hello, List<LinkEffect> effects) {
    if (hello.oldestVersion() > Frame.PROTOCOL_VERSION
        || hello.newestVersion() < Frame.PROTOCOL_VERSION) {
      violation(
          path,
          ViolationCode.VERSION_NOT_SPOKEN,
          "protocol versions are "
              + hello.oldestVersion()
              + " to "
              + hello.newestVersion()
              + "; expected "
              + Frame.PROTOCOL_VERSION
              + " among them",
          effects);
    } else if (!hello.stream().equals(terms.stream())) {
      violation(
          path,
          ViolationCode.WRONG_PARTY,
          "stream is " + hello.stream() + "; expected " + terms.stream(),
          effects);
    } else if (hello.channel() != terms.channel()) {
      violation(
          path,
          ViolationCode.WRONG_CHANNEL,
          "channel is " + hello.channel() + "; expected " + terms.channel(),
          effects);
    } else if (!hello.agreementDigest().equals(terms.agreementDigest())) {
      violation(
          path,
          ViolationCode.AGREEMENT_DIFFERS,
          "agreement is " + hello.agreementDigest() + "; expected " + terms.agreementDigest(),
          effects);
    } else if (keys.isEmpty()) {
      violation(
          path,
          ViolationCode.KEY_REVOKED,
          "the key of the stream was revoked and no other is trusted",
          effects);
    } else {
      path.change(LinkState.UP, effects);
      path.send(new Frame.Welcome(Frame.PROTOCOL_VERSION, cursor, receipt()), effects);
      if (suspended) {
        path.send(new Frame.Suspension(true, suspensionReason), effects);
      }
    }
  }

  private byte[] receipt() {
    return keyring.sign(
        ownKey,
        StreamSignatures.receiptDomain(terms.channel()),
        StreamSignatures.receipt(terms.stream(), cursor));
  }

  private void onBatch(InboundPath path, Frame.Batch batch, long nowNs, List<LinkEffect> effects) {
    if (suspended) {
      return;
    }
    long bytes = 0;
    for (Entry e : batch.entries()) {
      bytes +=
          switch (e) {
            case Entry.Whole r -> r.bytes().length;
            case Entry.Deleted d -> d.length();
            case Entry.Folded f -> Digest.LENGTH;
            case Entry.NewKey k -> Digest.LENGTH;
          };
    }
    if (batch.entries().size() > config.acceptedRecords() || bytes > config.acceptedBytes()) {
      violation(
          path,
          ViolationCode.OVERSIZED,
          "batch has "
              + batch.entries().size()
              + " entries of "
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
          path,
          ViolationCode.GAP,
          "batch begins at " + batch.firstSeq() + "; expected " + cursor.next(),
          effects);
      return;
    }
    if (terms.stream().lane() == Lane.URGENT
        && batch.entries().stream().anyMatch(e -> e instanceof Entry.Folded)) {
      unexpected(path, "a folded record on the urgent lane", effects);
      return;
    }
    byte[] message =
        StreamSignatures.batch(
            terms.stream(), batch.firstSeq(), batch.entries(), batch.chainHash());
    SignatureDomain domain = StreamSignatures.batchDomain(terms.channel());
    VerificationKey signedWith =
        batch.lastSeq() < cursor.next()
            ? keys.signerNowOrBefore(domain, message, batch.signature())
            : keys.signer(domain, message, batch.signature());
    if (signedWith == null) {
      violation(
          path,
          ViolationCode.BAD_SIGNATURE,
          "batch "
              + batch.firstSeq()
              + " to "
              + batch.lastSeq()
              + " is not signed with "
              + terms.stream().originator()
              + "'s key of channel "
              + terms.channel(),
          effects);
      return;
    }
    accept(path, batch, signedWith, nowNs, effects);
  }

  /** Takes in what is new in a batch whose signature is good, if it continues the chain. */
  private void accept(
      InboundPath path,
      Frame.Batch batch,
      VerificationKey signedWith,
      long nowNs,
      List<LinkEffect> effects) {
    // What is held already is not hashed again: the hash before it is gone. What is new must lead
    // from the hash held to the hash signed; what is not new is not used.
    int held = (int) Math.min(cursor.next() - batch.firstSeq(), batch.entries().size());
    byte[] hash = cursor.chainHash().bytes();
    for (int i = held; i < batch.entries().size(); i++) {
      chain.extend(hash, batch.firstSeq() + i, chain.of(terms.channel(), batch.entries().get(i)));
    }
    Digest after = Digest.owning(hash);
    if (batch.lastSeq() >= cursor.next() - 1 && !after.equals(batch.chainHash())) {
      violation(
          path,
          ViolationCode.CHAIN_BROKEN,
          "chain hash after "
              + batch.lastSeq()
              + " is "
              + batch.chainHash()
              + "; the entries give "
              + after,
          effects);
      return;
    }
    path.change(LinkState.UP, effects);
    repeated += held;
    if (held < batch.entries().size()) {
      batches++;
      keys.usedForNew(signedWith);
      for (int i = held; i < batch.entries().size(); i++) {
        take(batch.firstSeq() + i, batch.entries().get(i), effects);
      }
      cursor = new Cursor(batch.lastSeq() + 1, after);
      highWaterMark = Math.max(highWaterMark, batch.lastSeq());
    }
    ack(path, nowNs, batch.sentAtNs(), false, effects);
  }

  private void take(long seq, Entry entry, List<LinkEffect> effects) {
    switch (entry) {
      case Entry.Whole r -> {
        deliveredRecords++;
        deliveredBytes += r.bytes().length;
        effects.add(new LinkEffect.Deliver(seq, r.bytes()));
      }
      case Entry.Deleted d -> {
        deliveredRecords++;
        deliveredBytes += d.length();
      }
      case Entry.Folded f -> {
        folded++;
        effects.add(new LinkEffect.Folded(seq, f.into()));
      }
      case Entry.NewKey k -> {
        keys.announce(k.key());
        effects.add(new LinkEffect.KeyChanged(k.key()));
      }
    }
  }

  private void onGap(InboundPath path, Frame.Gap gap, long nowNs, List<LinkEffect> effects) {
    if (suspended) {
      return;
    }
    if (gap.from() > cursor.next()) {
      violation(
          path,
          ViolationCode.GAP,
          "gap begins at " + gap.from() + "; expected " + cursor.next(),
          effects);
      return;
    }
    byte[] message =
        StreamSignatures.gap(terms.stream(), gap.from(), gap.to(), gap.reason(), gap.chainHash());
    SignatureDomain domain = StreamSignatures.gapDomain(terms.channel());
    VerificationKey signedWith =
        gap.to() < cursor.next()
            ? keys.signerNowOrBefore(domain, message, gap.signature())
            : keys.signer(domain, message, gap.signature());
    if (signedWith == null) {
      violation(
          path,
          ViolationCode.BAD_SIGNATURE,
          "gap "
              + gap.from()
              + " to "
              + gap.to()
              + " is not signed with "
              + terms.stream().originator()
              + "'s key of channel "
              + terms.channel(),
          effects);
      return;
    }
    path.change(LinkState.UP, effects);
    if (gap.to() >= cursor.next()) {
      keys.usedForNew(signedWith);
      if (gap.from() < cursor.next()) {
        // The originator gave up more than is missing here; it records what is.
        ack(path, nowNs, 0, false, effects);
      }
      lost += gap.to() - cursor.next() + 1;
      effects.add(new LinkEffect.Gap(cursor.next(), gap.to(), gap.reason()));
      cursor = new Cursor(gap.to() + 1, gap.chainHash());
      highWaterMark = Math.max(highWaterMark, gap.to());
    }
    ack(path, nowNs, 0, false, effects);
  }

  private void onHeartbeat(
      InboundPath path, Frame.Heartbeat heartbeat, long nowNs, List<LinkEffect> effects) {
    if (heartbeat.highWaterMark() < path.mark) {
      violation(
          path,
          ViolationCode.MARK_BEHIND,
          "high-water mark is " + heartbeat.highWaterMark() + "; it was " + path.mark + " before",
          effects);
      return;
    }
    path.mark = heartbeat.highWaterMark();
    highWaterMark = Math.max(highWaterMark, path.mark);
    path.change(LinkState.UP, effects);
    ack(path, nowNs, heartbeat.sentAtNs(), true, effects);
  }

  private void ack(
      InboundPath path, long nowNs, long echo, boolean heartbeat, List<LinkEffect> effects) {
    path.send(new Frame.Ack(cursor, receipt(), nowNs, echo, heartbeat), effects);
  }

  private void onSuspension(InboundPath path, Frame.Suspension s, List<LinkEffect> effects) {
    boolean before = suspendedByPartner();
    path.suspendedByPartner = s.suspended();
    if (suspendedByPartner() != before) {
      effects.add(new LinkEffect.SuspendedByPartner(s.suspended(), s.reason()));
    }
  }

  private boolean suspendedByPartner() {
    return paths.values().stream().anyMatch(p -> p.greeted() && p.suspendedByPartner);
  }

  private void onRefusal(InboundPath path, Frame.Refusal refusal, List<LinkEffect> effects) {
    refusals++;
    path.refused(refusal, effects);
  }

  private void unexpected(InboundPath path, String what, List<LinkEffect> effects) {
    violation(
        path,
        ViolationCode.UNEXPECTED_FRAME,
        what + " at the recipient in state " + path.state,
        effects);
  }

  private void violation(
      InboundPath path, ViolationCode code, String detail, List<LinkEffect> effects) {
    violations++;
    path.violation(code, detail, effects);
  }
}
