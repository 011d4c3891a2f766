package parallax.link;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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
 * and signs it, sends it by every path or by the best one, keeps it until the partner holds it
 * durably, and sends it again after any break. What it can no longer keep becomes a gap, of which
 * the partner is told.
 *
 * <p>All state follows from the calls; the same calls give the same state and effects. {@code
 * nowNs} is the node's clock for links, nanoseconds since 1970; it may step back. For one thread.
 */
public final class OutboundStream extends StreamEnd<OutboundPath> {
  private final StreamSigner signer;
  private final PartnerKeys partnerKeys;
  private final ReceiptCheck receipts;
  private final ReportEncoder encoder;
  private final LinkConfig config;
  private final HashChain chain = new HashChain();
  private final Outbox outbox;
  private final Sender sender;

  /** The newest number of each track and data class; of some of which nothing waits any more. */
  private final SortedMap<Subject, Long> newest = new TreeMap<>();

  /** The highest high-water mark that the partner was told. */
  private long announced;

  private long lost;

  /** What the partner has told that it does not use. */
  private SetAsides setAsides = new SetAsides();

  /** What a newer record replaces an older one of. */
  private record Subject(TrackId track, Report.DataClass dataClass) implements Comparable<Subject> {
    @Override
    public int compareTo(Subject o) {
      int c = track.compareTo(o.track);
      return c != 0 ? c : dataClass.compareTo(o.dataClass);
    }
  }

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
    super(terms, "originator", directFirst(terms.stream().recipient()), OutboundPath::new);
    StreamId stream = terms.stream();
    this.signer = new StreamSigner(stream, terms.channel(), keyring, key);
    this.partnerKeys = new PartnerKeys(partnerKeys, verifier);
    this.encoder = encoder;
    this.config = config;
    this.outbox = new Outbox(chain.start(terms.channel(), stream));
    this.receipts = new ReceiptCheck(terms, this.partnerKeys, outbox);
    this.sender = new Sender(stream.lane(), signer, outbox, config);
  }

  /** The direct path before those through relays. */
  private static Comparator<Nation> directFirst(Nation recipient) {
    return Comparator.<Nation, Boolean>comparing(n -> !n.equals(recipient))
        .thenComparing(Comparator.naturalOrder());
  }

  /**
   * Takes a report for the partner and gives it the next number. It is sent by the next {@link
   * #flush}. When there is no room, the oldest waiting records are given up and become a gap.
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
    if (terms().stream().lane() == Lane.BULK) {
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
    Digest digest = chain.of(terms().channel(), entry);
    outbox.add(
        entry, length, digest, chain.next(outbox.lastHash(), seq, digest), afterUrgent, madeNs);
    return seq;
  }

  /**
   * Gives up the oldest records until the limits are kept. Before that, records that newer ones
   * replace lose their bytes.
   */
  private void makeRoom() {
    outbox.dropReplaced(config.retainedBytes(), sender.everSent());
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
    if (!signer.partnerKnowsNewestKey()) {
      throw new IllegalStateException(
          terms().stream().recipient() + " does not hold the last change of key yet");
    }
    long seq = append(new Entry.NewKey(successor), VerificationKey.LENGTH, 0, Long.MIN_VALUE);
    signer.announced(successor, seq);
    return seq;
  }

  /** The key that the newest numbers are signed with. */
  public VerificationKey newestKey() {
    return signer.newestKey();
  }

  /** Whether the partner holds everything up to the last change of key. */
  public boolean partnerKnowsNewestKey() {
    return signer.partnerKnowsNewestKey();
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
            Frame.OLDEST_VERSION,
            Frame.PROTOCOL_VERSION,
            terms().stream(),
            terms().channel(),
            terms().agreementDigest(),
            path.sessionId),
        effects);
    return effects;
  }

  /**
   * From now on under another agreement and with these keys, while every path is down. Numbers,
   * chain and what the partner does not hold yet stay as they are: the chain is of the records
   * alone. A change of key that is under way goes on when it leads to {@code ownKey}. Any other key
   * signs everything from here on without an announcement, as is needed when the old keys were
   * lost.
   *
   * @throws IllegalStateException when a path is not down
   */
  public void renew(
      Digest agreementDigest, VerificationKey ownKey, SortedSet<VerificationKey> partner) {
    renewTerms(agreementDigest);
    signer.configure(ownKey);
    partnerKeys.configure(partner);
    receipts.keysChanged();
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
    receipts.keysChanged();
  }

  /** A frame came; those after a break-off are dropped. */
  public List<LinkEffect> onFrame(Nation peer, Frame frame, long nowNs) {
    List<LinkEffect> effects = new ArrayList<>();
    OutboundPath path = connected(peer);
    if (path == null) {
      return effects;
    }
    path.silence.heard(nowNs);
    switch (frame) {
      case Frame.Welcome welcome -> onWelcome(path, welcome, nowNs, effects);
      case Frame.Ack ack -> onAck(path, ack, nowNs, effects);
      case Frame.SetAside s -> onSetAside(path, s, effects);
      case Frame.Suspension s -> onSuspension(path, s, effects);
      case Frame.Refusal refusal -> onRefusal(path, refusal, effects);
      case Frame.Hello f -> unexpected(path, "Hello", effects);
      case Frame.Batch f -> unexpected(path, "Batch", effects);
      case Frame.Gap f -> unexpected(path, "Gap", effects);
      case Frame.Heartbeat f -> unexpected(path, "Heartbeat", effects);
    }
    return effects;
  }

  /** The node's clock jumps by so much: no partner has been silent for longer by that. */
  public void clockCorrected(long byNs) {
    paths.values().forEach(p -> p.silence.clockCorrected(byNs));
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
    if (sender.urgentHeld(seq)) {
      changed();
    }
  }

  /**
   * Stops sending before the next record leaves. Connections on which a record may still be leaving
   * are cut; the others stay. Records that wait stay in the outbox. If the partner was told of the
   * suspension, it is also told of its end.
   *
   * @param announced whether the partner is told
   * @param reason what the partner is told
   */
  public List<LinkEffect> suspend(boolean announced, String reason, long nowNs) {
    List<LinkEffect> effects = new ArrayList<>();
    beginSuspension(announced, reason);
    for (OutboundPath p : paths.values()) {
      if (p.greeted() && everSent() > outbox.acknowledged()) {
        effects.add(new LinkEffect.Cut(p.peer, "suspended"));
        p.change(LinkState.DOWN, effects);
      } else if (p.greeted() && announced) {
        p.send(suspensionFrame(), effects);
      }
    }
    return effects;
  }

  /**
   * Sends again. Records that waited, up to number {@code dropThrough}, are not told any more and
   * become a gap.
   *
   * @param dropThrough the last number not to be told; 0: everything that waits is told
   */
  public List<LinkEffect> resume(long dropThrough, long nowNs) {
    List<LinkEffect> effects = new ArrayList<>();
    boolean tell = endSuspension();
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
   * The partner has lost its journal: it holds nothing of the stream any more. Every connection is
   * made anew. Numbers go on; what it had acknowledged is told as a gap, what it had not is sent.
   */
  public List<LinkEffect> startOver(long nowNs) {
    List<LinkEffect> effects = new ArrayList<>();
    outbox.startOver(chain.start(terms().channel(), terms().stream()));
    receipts.keysChanged();
    setAsides = new SetAsides();
    closeAll("the partner starts over", effects);
    return effects;
  }

  /**
   * The last number such that all waiting records up to it were made before a moment, by the
   * reports' own times. It can be given to {@link #resume}.
   */
  public long lastMadeBefore(UtcTime moment) {
    return outbox.lastMadeBefore(moment.nanos());
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
    return sender.everSent();
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
        terms().stream(),
        ways,
        outbox.acknowledged(),
        outbox.last(),
        outbox.heldBytes(),
        isSuspended(),
        suspendedByPartner(),
        new LinkHealth.Counts(
            connections,
            sender.batches(),
            sender.records(),
            sender.bytes(),
            sender.repeated(),
            outbox.foldedRecords(),
            lost,
            violations(),
            refusals()),
        setAsides.health());
  }

  private void requireOnTerms(Released<? extends Report> report) {
    Report.Header header = report.value().header();
    StreamId stream = terms().stream();
    if (!report.recipient().equals(stream.recipient())) {
      throw new InvalidValueException(
          "recipient of the release", report.recipient(), stream.recipient().code());
    }
    if (!header.originator().equals(stream.originator())) {
      throw new InvalidValueException(
          "originator of the report", header.originator(), stream.originator().code());
    }
    if (header.channel() != terms().channel()) {
      throw new InvalidValueException(
          "channel of the report", header.channel(), terms().channel().name());
    }
  }

  private void onWelcome(
      OutboundPath path, Frame.Welcome welcome, long nowNs, List<LinkEffect> effects) {
    if (path.state != LinkState.GREETING) {
      unexpected(path, "a second Welcome", effects);
      return;
    }
    BreakOff problem = problem(path, welcome);
    if (problem != null) {
      breakOff(path, problem, effects);
      return;
    }
    path.version = welcome.version();
    acknowledge(welcome.cursor(), effects);
    path.goOnAt(welcome.cursor().next());
    path.change(LinkState.UP, effects);
    heartbeat(path, nowNs, effects);
    if (isSuspensionAnnounced()) {
      path.send(suspensionFrame(), effects);
    }
    send(nowNs, effects);
  }

  private @Nullable BreakOff problem(OutboundPath path, Frame.Welcome welcome) {
    if (welcome.version() < Frame.OLDEST_VERSION || welcome.version() > Frame.PROTOCOL_VERSION) {
      return new BreakOff(
          ViolationCode.VERSION_NOT_SPOKEN,
          "partner chose version "
              + welcome.version()
              + "; spoken here are "
              + Frame.OLDEST_VERSION
              + " to "
              + Frame.PROTOCOL_VERSION);
    }
    if (welcome.cursor().next() - 1 < path.acknowledgedAtHello) {
      return new BreakOff(
          ViolationCode.CURSOR_BEHIND,
          "partner wants "
              + welcome.cursor().next()
              + "; it had acknowledged all up to "
              + path.acknowledgedAtHello);
    }
    return receipts.problem(welcome.cursor(), welcome.signature(), everSent());
  }

  /** It may come before the Welcome: that acknowledges what is told here. */
  private void onSetAside(OutboundPath path, Frame.SetAside s, List<LinkEffect> effects) {
    BreakOff problem = receipts.problem(s, everSent());
    if (problem != null) {
      breakOff(path, problem, effects);
      return;
    }
    List<Frame.SetAside.Item> more = setAsides.heard(s.total(), s.newest());
    if (!more.isEmpty()) {
      effects.add(new LinkEffect.SetAsideByPartner(more, s.total()));
    }
  }

  /** What the partner has told that it does not use: the newest, by rising number. */
  public List<Frame.SetAside.Item> setAside() {
    return setAsides.newest();
  }

  /** How many records the partner has told that it does not use, since the stream began. */
  public long setAsideTotal() {
    return setAsides.total();
  }

  private void onAck(OutboundPath path, Frame.Ack ack, long nowNs, List<LinkEffect> effects) {
    if (path.state == LinkState.GREETING) {
      unexpected(path, "Ack before Welcome", effects);
      return;
    }
    BreakOff problem = receipts.problem(ack.cursor(), ack.signature(), everSent());
    if (problem != null) {
      breakOff(path, problem, effects);
      return;
    }
    acknowledge(ack.cursor(), effects);
    boolean news = path.received(ack.cursor().next() - 1);
    path.change(LinkState.UP, effects);
    if (ack.answersHeartbeat() && ack.echoSentAtNs() > 0) {
      news |= path.heartbeatAnswered(ack, nowNs, config.silentNs());
    }
    if (news) {
      changed();
    }
    send(nowNs, effects);
  }

  private void acknowledge(Cursor cursor, List<LinkEffect> effects) {
    long held = cursor.next() - 1;
    if (held <= outbox.acknowledged()) {
      return;
    }
    changed();
    for (GivenUp.Lost l : outbox.acknowledge(held, cursor.chainHash())) {
      lost += l.to() - l.from() + 1;
      effects.add(new LinkEffect.Gap(l.from(), l.to(), l.reason()));
    }
    signer.acknowledged(held);
  }

  private void send(long nowNs, List<LinkEffect> effects) {
    if (!isSuspended()) {
      sender.send(paths.values(), nowNs, effects);
    }
  }

  private void heartbeat(OutboundPath path, long nowNs, List<LinkEffect> effects) {
    path.lastHeartbeatNs = nowNs;
    path.sentBeforeHeartbeat = path.nextToSend - 1;
    long mark = isSuspended() ? everSent() : outbox.last();
    if (mark > announced) {
      announced = mark;
      changed();
    }
    path.send(new Frame.Heartbeat(announced, nowNs), effects);
  }
}
