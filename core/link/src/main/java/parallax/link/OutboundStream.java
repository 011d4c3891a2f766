package parallax.link;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.model.TrackId;
import parallax.model.UtcTime;
import parallax.release.Released;
import parallax.signing.VerificationKey;

/**
 * The originator's end of one stream, with the partner's outbox: numbers what was released, chains
 * and signs it, sends it by every path or the best, keeps it until the partner holds it durably and
 * sends it again after any break. What it can no longer keep becomes a gap that the partner is told
 * of.
 *
 * <p>All state follows from the calls; the same calls give the same state and effects. {@code
 * nowNs} is the node's clock for links, nanoseconds since 1970; it may step back. For one thread.
 */
public final class OutboundStream {
  private LinkTerms terms;
  private final Keyring keyring;
  private VerificationKey key;
  private @Nullable VerificationKey nextKey;
  private long nextKeyAt;
  private final PartnerKeys partnerKeys;
  private final ReportEncoder encoder;
  private final LinkConfig config;
  private final HashChain chain = new HashChain();
  private final Outbox outbox;
  private final SortedMap<Nation, OutboundPath> paths =
      new TreeMap<>(Comparator.comparing(this::isRelay).thenComparing(n -> n));
  private final SortedMap<Subject, Long> newest = new TreeMap<>();

  private long everSent;
  private long announced;
  private long urgentHeld = Long.MAX_VALUE;
  private boolean suspended;
  private boolean announceSuspension;
  private String suspensionReason = "";

  /** The last receipt that was verified: a partner that stands still repeats it every second. */
  private @Nullable Cursor verified;

  private byte[] verifiedSignature = {};
  private long connections;
  private long batches;
  private long sentRecords;
  private long sentBytes;
  private long repeated;
  private long lost;
  private long violations;
  private long refusals;

  /** What a newer record replaces an older one of. */
  private record Subject(TrackId track, Report.DataClass dataClass) implements Comparable<Subject> {
    @Override
    public int compareTo(Subject o) {
      int c = track.compareTo(o.track);
      return c != 0 ? c : dataClass.compareTo(o.dataClass);
    }
  }

  private static final class OutboundPath extends Path {
    long sessionId;
    long nextToSend = 1;
    long acknowledgedAtHello;
    long lastHeartbeatNs;

    /** The last number sent before the last heartbeat; 0 once that was answered. */
    long sentBeforeHeartbeat;

    /** The last number of the last gap sent on it. */
    long gapThrough;

    /** What was sent on it and not acknowledged on it. */
    final Deque<Sent> inFlight = new ArrayDeque<>();

    long inFlightBytes;
    OptionalLong roundTripNs = OptionalLong.empty();
    OptionalLong clockOffsetNs = OptionalLong.empty();

    OutboundPath(Nation peer) {
      super(peer);
    }

    void sent(long through, long bytes) {
      inFlight.addLast(new Sent(through, bytes));
      inFlightBytes += bytes;
      nextToSend = through + 1;
    }

    void received(long through) {
      while (!inFlight.isEmpty() && inFlight.getFirst().through() <= through) {
        inFlightBytes -= inFlight.removeFirst().bytes();
      }
      gapThrough = gapThrough <= through ? 0 : gapThrough;
    }

    /** Nothing is under way on it: the partner wants this number next. */
    void goOnAt(long next) {
      inFlight.clear();
      inFlightBytes = 0;
      gapThrough = 0;
      nextToSend = next;
    }
  }

  /** A batch under way on one path. */
  private record Sent(long through, long bytes) {}

  /**
   * A stream with nothing in it.
   *
   * @param terms whose, for whom, on which lane and channel, under which agreement
   * @param keyring signs in the originator's name
   * @param key the originator's key of that channel
   * @param partnerKeys the recipient's keys, which its receipts are signed with
   * @param encoder makes the bytes of a report
   * @param config times and limits
   */
  public OutboundStream(
      LinkTerms terms,
      Keyring keyring,
      VerificationKey key,
      SortedSet<VerificationKey> partnerKeys,
      ReportEncoder encoder,
      LinkConfig config) {
    this(terms, keyring, key, partnerKeys, encoder, config, Verifier.PLAIN);
  }

  /** The same with a verifier of signatures. */
  public OutboundStream(
      LinkTerms terms,
      Keyring keyring,
      VerificationKey key,
      SortedSet<VerificationKey> partnerKeys,
      ReportEncoder encoder,
      LinkConfig config,
      Verifier verifier) {
    this.terms = terms;
    this.keyring = keyring;
    this.key = key;
    this.partnerKeys = new PartnerKeys(partnerKeys, verifier);
    this.encoder = encoder;
    this.config = config;
    this.outbox = new Outbox(chain.start(terms.channel(), terms.stream()));
  }

  private boolean isRelay(Nation peer) {
    return !peer.equals(terms.stream().recipient());
  }

  /**
   * Takes a report for the partner and gives it the next number. It is sent by the next {@link
   * #flush}. When there is no room, the oldest that wait are given up and become a gap.
   *
   * @param report what was released
   * @param afterUrgent the urgent number that the partner must hold before it is sent; 0: none
   * @return its number, from 1, without holes; {@link #record} has its bytes
   * @throws InvalidValueException when the report was released to another partner, is of another
   *     originator or channel, or its bytes are more than a partner accepts; nothing was taken
   */
  public long enqueue(Released<? extends Report> report, long afterUrgent) {
    requireOnTerms(report);
    byte[] record = encoder.encode(report.value());
    if (record.length > config.acceptedBytes()) {
      throw new InvalidValueException(
          "encoded report", record.length + " bytes", "at most " + config.acceptedBytes());
    }
    long seq =
        append(
            new Entry.Whole(record),
            record.length,
            afterUrgent,
            report.value().header().createdAt().nanos());
    if (terms.stream().lane() == Lane.BULK) {
      Report r = report.value();
      Long older = newest.put(new Subject(r.header().track(), r.dataClass()), seq);
      if (older != null && older > outbox.base()) {
        outbox.replace(older, seq);
      }
      forgetSubjects();
    }
    makeRoom();
    return seq;
  }

  /** Subjects of which nothing waits need not be remembered. */
  private void forgetSubjects() {
    if (newest.size() > 2 * outbox.heldRecords() + 1_000) {
      newest.values().removeIf(seq -> seq <= outbox.base());
    }
  }

  private long append(Entry entry, int length, long afterUrgent, long madeNs) {
    long seq = outbox.last() + 1;
    Digest digest = chain.of(terms.channel(), entry);
    outbox.add(
        entry, length, digest, chain.next(outbox.lastHash(), seq, digest), afterUrgent, madeNs);
    return seq;
  }

  /** Gives up the oldest until the limits are kept; what newer records stand for goes first. */
  private void makeRoom() {
    outbox.hollow(config.retainedBytes(), everSent);
    while (outbox.heldRecords() > 1
        && (outbox.heldBytes() > config.retainedBytes()
            || outbox.heldRecords() > config.retainedRecords())) {
      outbox.lose(outbox.base() + 1, GapReason.RETENTION);
    }
  }

  /**
   * The bytes of a record that is held, not copied.
   *
   * @throws InvalidValueException when it is not held whole
   */
  public byte[] record(long seq) {
    if (outbox.entry(seq) instanceof Entry.Whole r) {
      return r.bytes();
    }
    throw new InvalidValueException("outbox number", seq, "a record held whole");
  }

  /**
   * From the next number on the stream is signed with another key. The entry that says so is signed
   * with the key in use.
   *
   * @return the number of that entry
   * @throws IllegalStateException when the partner does not hold the last change of key yet
   */
  public long rotate(VerificationKey successor) {
    if (nextKey != null) {
      throw new IllegalStateException(
          terms.stream().recipient() + " does not hold the last change of key yet");
    }
    nextKey = successor;
    nextKeyAt = append(new Entry.NewKey(successor), VerificationKey.LENGTH, 0, Long.MIN_VALUE);
    return nextKeyAt;
  }

  /** The key that the newest numbers are signed with. */
  public VerificationKey newestKey() {
    return nextKey == null ? key : nextKey;
  }

  /** Whether the partner holds everything up to the last change of key. */
  public boolean partnerKnowsNewestKey() {
    return nextKey == null;
  }

  /** A connection to the partner, or to a relay on the way, is open: greet. */
  public List<LinkEffect> onConnected(Nation peer, long nowNs) {
    List<LinkEffect> effects = new ArrayList<>();
    OutboundPath path = path(peer);
    connections++;
    path.sessionId = Math.max(path.sessionId + 1, nowNs);
    path.acknowledgedAtHello = outbox.acknowledged();
    path.begin(nowNs, effects);
    path.send(
        new Frame.Hello(
            Frame.PROTOCOL_VERSION,
            Frame.PROTOCOL_VERSION,
            terms.stream(),
            terms.channel(),
            terms.agreementDigest(),
            path.sessionId),
        effects);
    return effects;
  }

  private OutboundPath path(Nation peer) {
    return paths.computeIfAbsent(peer, OutboundPath::new);
  }

  /**
   * From now on under another agreement and with these keys, while every path is down. Numbers,
   * chain and what the partner does not hold yet stay as they are: the chain is of the records
   * alone. A change of key that is under way goes on when it leads to {@code ownKey}; a key that is
   * neither in use nor announced signs everything from here on, as when the others were lost.
   *
   * @throws IllegalStateException when a path is not down
   */
  public void renew(
      Digest agreementDigest, VerificationKey ownKey, SortedSet<VerificationKey> partner) {
    if (paths.values().stream().anyMatch(Path::connected)) {
      throw new IllegalStateException("stream " + terms.stream() + " is not down");
    }
    terms = terms.under(agreementDigest);
    if (!ownKey.equals(nextKey)) {
      key = ownKey;
      nextKey = null;
    }
    partnerKeys.configure(partner);
    verified = null;
  }

  /** The partner's keys that its receipts may be signed with. */
  public SortedSet<VerificationKey> trusted() {
    return partnerKeys.trusted();
  }

  /** Another key that the partner's receipts may be signed with, also one that was revoked. */
  public void trust(VerificationKey partnerKey) {
    partnerKeys.trust(partnerKey);
  }

  /** The partner has announced this key in a stream of its own; a revoked one stays revoked. */
  public void announced(VerificationKey partnerKey) {
    partnerKeys.announce(partnerKey);
  }

  /** The partner's receipts may no longer be signed with this key, also when it is announced. */
  public void distrust(VerificationKey partnerKey) {
    partnerKeys.revoke(partnerKey);
    verified = null;
  }

  /** A connection is gone. */
  public List<LinkEffect> onDisconnected(Nation peer, long nowNs) {
    List<LinkEffect> effects = new ArrayList<>();
    OutboundPath path = paths.get(peer);
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
    OutboundPath path = paths.get(peer);
    if (path == null || !path.connected()) {
      return effects;
    }
    path.silence.heard(nowNs);
    switch (frame) {
      case Frame.Welcome welcome -> onWelcome(path, welcome, nowNs, effects);
      case Frame.Ack ack -> onAck(path, ack, nowNs, effects);
      case Frame.Suspension s -> onSuspension(path, s, effects);
      case Frame.Refusal refusal -> {
        refusals++;
        path.refused(refusal, effects);
      }
      case Frame.Hello f -> unexpected(path, "Hello", effects);
      case Frame.Batch f -> unexpected(path, "Batch", effects);
      case Frame.Gap f -> unexpected(path, "Gap", effects);
      case Frame.Heartbeat f -> unexpected(path, "Heartbeat", effects);
    }
    return effects;
  }

  /** Bytes came that are no frame. */
  public List<LinkEffect> onMalformed(Nation peer, String detail, long nowNs) {
    List<LinkEffect> effects = new ArrayList<>();
    OutboundPath path = paths.get(peer);
    if (path != null && path.connected()) {
      violation(path, ViolationCode.MALFORMED_FRAME, detail, effects);
    }
    return effects;
  }

  /** Time passes; call it several times a second. */
  public List<LinkEffect> onTick(long nowNs) {
    List<LinkEffect> effects = new ArrayList<>();
    for (OutboundPath path : paths.values()) {
      if (path.connected() && path.endures(nowNs, config, effects) && path.greeted()) {
        long since = nowNs - path.lastHeartbeatNs;
        if (since >= config.heartbeatNs() || since < 0) {
          heartbeat(path, nowNs, effects);
        }
      }
    }
    send(nowNs, effects);
    return effects;
  }

  /** Sends what is new, as far as the limits on bytes in flight allow. */
  public List<LinkEffect> flush(long nowNs) {
    List<LinkEffect> effects = new ArrayList<>();
    send(nowNs, effects);
    return effects;
  }

  /** Up to which urgent number the partner holds everything: what waited for it may go. */
  public void urgentHeld(long seq) {
    urgentHeld = seq;
  }

  /**
   * Stops sending, before the next record leaves: connections by which something may still be on
   * its way out are cut, the others stay. What waits, waits. What the partner was told once, it is
   * told the end of.
   *
   * @param announced whether the partner is told
   * @param reason what it is told
   */
  public List<LinkEffect> suspend(boolean announced, String reason, long nowNs) {
    List<LinkEffect> effects = new ArrayList<>();
    announceSuspension = announced || (suspended && announceSuspension);
    suspended = true;
    suspensionReason = reason;
    for (OutboundPath p : paths.values()) {
      if (p.greeted() && everSent > outbox.acknowledged()) {
        effects.add(new LinkEffect.Cut(p.peer, "suspended"));
        p.change(LinkState.DOWN, effects);
      } else if (p.greeted() && announced) {
        p.send(new Frame.Suspension(true, reason), effects);
      }
    }
    return effects;
  }

  /**
   * Sends again. What waited up to {@code dropThrough} is not told any more and becomes a gap.
   *
   * @param dropThrough the last number not to be told; 0: everything that waits is told
   */
  public List<LinkEffect> resume(long dropThrough, long nowNs) {
    List<LinkEffect> effects = new ArrayList<>();
    boolean tell = suspended && announceSuspension;
    suspended = false;
    outbox.lose(Math.min(dropThrough, outbox.last()), GapReason.SUSPENSION);
    for (OutboundPath p : paths.values()) {
      if (tell && p.greeted()) {
        p.send(new Frame.Suspension(false, ""), effects);
      }
    }
    send(nowNs, effects);
    return effects;
  }

  /**
   * The last of the oldest numbers that wait and were all made before a moment, by the reports' own
   * times; what {@link #resume} takes.
   */
  public long lastMadeBefore(UtcTime moment) {
    return outbox.lastMadeBefore(moment.nanos());
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
    OutboundPath p = paths.get(peer);
    return p == null ? LinkState.DOWN : p.state;
  }

  /** The last number the partner holds durably or knows to be lost; 0 when there is none. */
  public long acknowledged() {
    return outbox.acknowledged();
  }

  /** The last number assigned; 0 when there is none. */
  public long highWaterMark() {
    return outbox.last();
  }

  /** The last number that was ever sent; 0 when there is none. */
  public long everSent() {
    return everSent;
  }

  /** The next number to assign, and the chain hash before it. */
  public Cursor cursor() {
    return new Cursor(outbox.last() + 1, outbox.lastHash());
  }

  /** How it is. */
  public LinkHealth health() {
    SortedMap<Nation, LinkHealth.PathHealth> ways = new TreeMap<>();
    paths.forEach((n, p) -> ways.put(n, p.health(p.roundTripNs, p.clockOffsetNs)));
    return new LinkHealth(
        terms.stream(),
        ways,
        outbox.acknowledged(),
        outbox.last(),
        outbox.heldBytes(),
        suspended,
        suspendedByPartner(),
        new LinkHealth.Counts(
            connections,
            batches,
            sentRecords,
            sentBytes,
            repeated,
            outbox.foldedRecords(),
            lost,
            violations,
            refusals));
  }

  private void requireOnTerms(Released<? extends Report> report) {
    Report.Header header = report.value().header();
    StreamId stream = terms.stream();
    if (!report.recipient().equals(stream.recipient())) {
      throw new InvalidValueException(
          "recipient of the release", report.recipient(), stream.recipient().code());
    }
    if (!header.originator().equals(stream.originator())) {
      throw new InvalidValueException(
          "originator of the report", header.originator(), stream.originator().code());
    }
    if (header.channel() != terms.channel()) {
      throw new InvalidValueException(
          "channel of the report", header.channel(), terms.channel().name());
    }
  }

  private void onWelcome(
      OutboundPath path, Frame.Welcome welcome, long nowNs, List<LinkEffect> effects) {
    if (path.state != LinkState.GREETING) {
      unexpected(path, "a second Welcome", effects);
      return;
    }
    if (welcome.version() != Frame.PROTOCOL_VERSION) {
      violation(
          path,
          ViolationCode.VERSION_NOT_SPOKEN,
          "partner chose version " + welcome.version() + "; expected " + Frame.PROTOCOL_VERSION,
          effects);
      return;
    }
    long held = welcome.cursor().next() - 1;
    if (held < path.acknowledgedAtHello) {
      violation(
          path,
          ViolationCode.CURSOR_BEHIND,
          "partner wants "
              + welcome.cursor().next()
              + "; it had acknowledged all up to "
              + path.acknowledgedAtHello,
          effects);
      return;
    }
    if (isGoodReceipt(path, welcome.cursor(), welcome.signature(), effects)) {
      acknowledge(welcome.cursor(), effects);
      path.goOnAt(welcome.cursor().next());
      path.change(LinkState.UP, effects);
      heartbeat(path, nowNs, effects);
      if (suspended && announceSuspension) {
        path.send(new Frame.Suspension(true, suspensionReason), effects);
      }
      send(nowNs, effects);
    }
  }

  private void onAck(OutboundPath path, Frame.Ack ack, long nowNs, List<LinkEffect> effects) {
    if (path.state == LinkState.GREETING) {
      unexpected(path, "Ack before Welcome", effects);
      return;
    }
    if (!isGoodReceipt(path, ack.cursor(), ack.signature(), effects)) {
      return;
    }
    acknowledge(ack.cursor(), effects);
    path.received(ack.cursor().next() - 1);
    path.change(LinkState.UP, effects);
    long sentNs = ack.echoSentAtNs();
    if (ack.answersHeartbeat() && sentNs > 0) {
      if (sentNs <= nowNs && nowNs - sentNs < config.silentNs()) {
        path.roundTripNs = OptionalLong.of(nowNs - sentNs);
        path.clockOffsetNs = OptionalLong.of(ack.sentAtNs() - (sentNs + (nowNs - sentNs) / 2));
      }
      // The answer was made after all that was sent on this path before the heartbeat had come
      // in: what is missing from it was lost under way.
      if (sentNs == path.lastHeartbeatNs) {
        if (ack.cursor().next() <= path.sentBeforeHeartbeat) {
          path.goOnAt(ack.cursor().next());
        }
        path.sentBeforeHeartbeat = 0;
      }
    }
    send(nowNs, effects);
  }

  /** Whether a receipt is the recipient's and speaks of this chain; otherwise breaks off. */
  private boolean isGoodReceipt(
      OutboundPath path, Cursor cursor, byte[] signature, List<LinkEffect> effects) {
    long held = cursor.next() - 1;
    if (held > everSent) {
      violation(
          path,
          ViolationCode.CURSOR_AHEAD,
          "partner wants " + cursor.next() + "; sent so far: " + everSent,
          effects);
      return false;
    }
    if (!isVerified(cursor, signature)) {
      violation(
          path,
          ViolationCode.BAD_RECEIPT,
          "receipt for all before "
              + cursor.next()
              + " is not signed with a key of "
              + terms.stream().recipient()
              + " on channel "
              + terms.channel(),
          effects);
      return false;
    }
    // The hash after a number inside a gap is gone: there the partner's word is taken. It is of use
    // to the partner alone, and what comes after the gap is verified from the gap's own hash.
    Digest expected = held < outbox.acknowledged() ? null : outbox.hashAfter(held);
    if (expected != null && !expected.equals(cursor.chainHash())) {
      violation(
          path,
          ViolationCode.CHAIN_DISAGREES,
          "partner's chain hash after "
              + held
              + " is "
              + cursor.chainHash()
              + "; expected "
              + expected,
          effects);
      return false;
    }
    return true;
  }

  private boolean isVerified(Cursor cursor, byte[] signature) {
    if (cursor.equals(verified) && Arrays.equals(signature, verifiedSignature)) {
      return true;
    }
    boolean good =
        partnerKeys.signer(
                StreamSignatures.receiptDomain(terms.channel()),
                StreamSignatures.receipt(terms.stream(), cursor),
                signature)
            != null;
    if (good) {
      verified = cursor;
      verifiedSignature = signature.clone();
    }
    return good;
  }

  private void acknowledge(Cursor cursor, List<LinkEffect> effects) {
    long held = cursor.next() - 1;
    if (held <= outbox.acknowledged()) {
      return;
    }
    for (Outbox.Lost l : outbox.acknowledge(held, cursor.chainHash())) {
      lost += l.to() - l.from() + 1;
      effects.add(new LinkEffect.Gap(l.from(), l.to(), l.reason()));
    }
    VerificationKey successor = nextKey;
    if (successor != null && held >= nextKeyAt) {
      key = successor;
      nextKey = null;
    }
  }

  private void onSuspension(OutboundPath path, Frame.Suspension s, List<LinkEffect> effects) {
    boolean before = suspendedByPartner();
    path.suspendedByPartner = s.suspended();
    if (suspendedByPartner() != before) {
      effects.add(new LinkEffect.SuspendedByPartner(s.suspended(), s.reason()));
    }
  }

  /** The partner says so on some connection; it makes all of them anew when it resumes. */
  private boolean suspendedByPartner() {
    return paths.values().stream().anyMatch(p -> p.greeted() && p.suspendedByPartner);
  }

  /**
   * Urgent goes on every path that is up, bulk on the best one. A path on which the partner has
   * said that it takes in nothing is left out, and only that: a relay could say so in its name.
   */
  private void send(long nowNs, List<LinkEffect> effects) {
    if (suspended) {
      return;
    }
    if (terms.stream().lane() == Lane.URGENT) {
      paths.values().stream().filter(OutboundStream::isOpen).forEach(p -> send(p, nowNs, effects));
    } else {
      best().ifPresent(p -> send(p, nowNs, effects));
    }
  }

  private Optional<OutboundPath> best() {
    List<OutboundPath> open = paths.values().stream().filter(OutboundStream::isOpen).toList();
    Optional<OutboundPath> up = open.stream().filter(p -> p.state == LinkState.UP).findFirst();
    return up.isPresent() ? up : open.stream().findFirst();
  }

  private static boolean isOpen(OutboundPath p) {
    return p.greeted() && !p.suspendedByPartner;
  }

  private void send(OutboundPath path, long nowNs, List<LinkEffect> effects) {
    path.nextToSend = Math.max(path.nextToSend, outbox.acknowledged() + 1);
    if (path.nextToSend <= outbox.base()) {
      if (path.gapThrough > 0) {
        // One gap at a time: on a path that stalls they would pile up.
        return;
      }
      for (Outbox.Missing m : outbox.tell(path.nextToSend - 1)) {
        switch (m) {
          case Outbox.Lost l -> sendGap(path, l, effects);
          case Outbox.Kept k ->
              sendBatch(path, k.from(), List.of(k.entry()), k.hashAfter(), 0, nowNs, effects);
        }
      }
    }
    boolean congested =
        terms.stream().lane() == Lane.BULK
            && outbox.bytesBetween(path.nextToSend, outbox.last()) > config.foldAboveBytes();
    while (path.nextToSend <= outbox.last()
        && outbox.afterUrgent(path.nextToSend) <= urgentHeld
        && path.inFlightBytes < config.inFlightBytes()) {
      sendNext(path, congested, nowNs, effects);
    }
  }

  private void sendGap(OutboundPath path, Outbox.Lost l, List<LinkEffect> effects) {
    byte[] signature =
        keyring.sign(
            keyFor(l.to()),
            StreamSignatures.gapDomain(terms.channel()),
            StreamSignatures.gap(terms.stream(), l.from(), l.to(), l.reason(), l.hashAfter()));
    everSent = Math.max(everSent, l.to());
    path.gapThrough = l.to();
    path.nextToSend = l.to() + 1;
    path.send(new Frame.Gap(l.from(), l.to(), l.reason(), l.hashAfter(), signature), effects);
  }

  /** Sends the next batch of what is held. */
  private void sendNext(
      OutboundPath path, boolean congested, long nowNs, List<LinkEffect> effects) {
    long first = path.nextToSend;
    List<Entry> entries = new ArrayList<>();
    long bytes = 0;
    long seq = first;
    for (; seq <= outbox.last() && entries.size() < config.batchRecords(); seq++) {
      boolean fold = outbox.isReplaced(seq) && (congested || outbox.isHollow(seq));
      int length = fold ? Digest.LENGTH : outbox.length(seq);
      boolean full = !entries.isEmpty() && bytes + length > config.batchBytes();
      boolean newKeyBefore = nextKey != null && seq == nextKeyAt + 1 && !entries.isEmpty();
      if (full || newKeyBefore || outbox.afterUrgent(seq) > urgentHeld) {
        break;
      }
      bytes += length;
      entries.add(fold ? outbox.folded(seq) : outbox.entry(seq));
    }
    long last = seq - 1;
    Digest hash = outbox.hashAfter(last);
    if (hash == null) {
      throw new IllegalStateException("no chain hash after " + last);
    }
    sendBatch(path, first, entries, hash, bytes, nowNs, effects);
  }

  private void sendBatch(
      OutboundPath path,
      long first,
      List<Entry> entries,
      Digest hash,
      long bytes,
      long nowNs,
      List<LinkEffect> effects) {
    long last = first + entries.size() - 1;
    byte[] signature =
        keyring.sign(
            keyFor(last),
            StreamSignatures.batchDomain(terms.channel()),
            StreamSignatures.batch(terms.stream(), first, entries, hash));
    path.send(new Frame.Batch(first, entries, hash, signature, nowNs), effects);
    batches++;
    for (Entry e : entries) {
      if (e instanceof Entry.Whole r) {
        sentRecords++;
        sentBytes += r.bytes().length;
      }
    }
    repeated += Math.max(0, Math.min(everSent, last) - first + 1);
    everSent = Math.max(everSent, last);
    path.sent(last, bytes);
  }

  /** The key that signs what ends at a number. */
  private VerificationKey keyFor(long last) {
    VerificationKey successor = nextKey;
    return successor != null && last > nextKeyAt ? successor : key;
  }

  private void heartbeat(OutboundPath path, long nowNs, List<LinkEffect> effects) {
    path.lastHeartbeatNs = nowNs;
    path.sentBeforeHeartbeat = path.nextToSend - 1;
    announced = Math.max(announced, suspended ? everSent : outbox.last());
    path.send(new Frame.Heartbeat(announced, nowNs), effects);
  }

  private void unexpected(OutboundPath path, String what, List<LinkEffect> effects) {
    violation(
        path,
        ViolationCode.UNEXPECTED_FRAME,
        what + " at the originator in state " + path.state,
        effects);
  }

  private void violation(
      OutboundPath path, ViolationCode code, String detail, List<LinkEffect> effects) {
    violations++;
    path.violation(code, detail, effects);
  }
}
