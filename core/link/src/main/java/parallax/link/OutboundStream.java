package parallax.link;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.model.Report;
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
  private final Outbox outbox;
  private final Sender sender;
  private final Numbering numbering;

  /** The highest high-water mark that the partner was told. */
  private long announced;

  private long lost;

  /** What the partner has told that it does not use. */
  private SetAsides setAsides;

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
    this(
        terms,
        new StreamSigner(terms.stream(), terms.channel(), keyring, key),
        new PartnerKeys(partnerKeys, verifier),
        encoder,
        config,
        new Outbox(new HashChain().start(terms.channel(), terms.stream())),
        new SetAsides());
  }

  private OutboundStream(
      LinkTerms terms,
      StreamSigner signer,
      PartnerKeys partnerKeys,
      ReportEncoder encoder,
      LinkConfig config,
      Outbox outbox,
      SetAsides setAsides) {
    super(terms, "originator", directFirst(terms.stream().recipient()), OutboundPath::new);
    this.signer = signer;
    this.partnerKeys = partnerKeys;
    this.encoder = encoder;
    this.config = config;
    this.outbox = outbox;
    this.setAsides = setAsides;
    this.receipts = new ReceiptCheck(terms, partnerKeys, outbox);
    this.sender = new Sender(terms.stream().lane(), signer, outbox, config);
    this.numbering = new Numbering(terms, outbox, sender, config);
  }

  /**
   * A stream that goes on where another stood: every later effect is the same.
   *
   * @param s the other's state
   * @throws InvalidValueException when the state is without records' bytes ({@link
   *     OutboundState#withoutPassing})
   */
  public static OutboundStream restored(
      OutboundState s,
      Keyring keyring,
      ReportEncoder encoder,
      LinkConfig config,
      Verifier verifier) {
    LinkHealth.Counts counts = s.passing().counts();
    OutboundStream o =
        new OutboundStream(
            s.end().terms(),
            new StreamSigner(s.end().terms(), keyring, s.ownKey()),
            new PartnerKeys(s.end().partnerKeys(), verifier),
            encoder,
            config,
            new Outbox(s.outbox(), counts.folded()),
            new SetAsides(s.end().setAsides()));
    o.goOn(s.end().suspension(), counts);
    s.passing().paths().forEach(p -> o.paths.put(p.path().peer(), new OutboundPath(p)));
    o.sender.goOn(s.passing());
    o.announced = s.passing().announced();
    o.lost = counts.lost();
    return o;
  }

  /** All that the stream remembers, as it is now; no record is copied. */
  public OutboundState state() {
    return new OutboundState(
        endState(partnerKeys, setAsides),
        signer.state(),
        outbox.state(),
        new OutboundState.Passing(
            pathStates(OutboundPath::state),
            sender.everSent(),
            sender.perhapsSent(),
            sender.urgentHeld(),
            announced,
            counts()));
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
    terms().require(report);
    byte[] record = encoder.encode(report.value());
    if (record.length > config.acceptedBytes()) {
      throw new InvalidValueException(
          "encoded report", record.length + " bytes", "at most " + config.acceptedBytes());
    }
    return numbering.record(
        record,
        afterUrgent,
        OutboxState.Subject.of(report.value()),
        report.value().header().createdAt());
  }

  /**
   * Takes a record under the number that an older version of this program gave it, as if it was
   * released now: for a replay, where what was told cannot be decided anew. Whatever this version
   * would have made of the report, the partner may hold these very bytes under this number, and the
   * chain goes on over them.
   *
   * @param seq its number
   * @param record its bytes
   * @param afterUrgent the urgent number that the partner must hold before it is sent; 0: none
   * @param subject of what it is news
   * @param madeAt when its report was made
   * @throws InvalidValueException when the number is not the next; nothing was taken
   */
  public void adopt(
      long seq, byte[] record, long afterUrgent, OutboxState.Subject subject, UtcTime madeAt) {
    numbering.requireNext(seq);
    var unused = numbering.record(record.clone(), afterUrgent, subject, madeAt);
  }

  /**
   * Takes a change of key under its number, for a replay likewise.
   *
   * @throws InvalidValueException when the number is not the next; nothing was taken
   */
  public void adopt(long seq, VerificationKey successor) {
    numbering.requireNext(seq);
    var unused = announce(successor);
  }

  /**
   * The partner holds everything before a cursor, as was found before: for a replay that lacks the
   * connection by which its receipt came. A cursor at or behind the last changes nothing.
   *
   * @return numbers of which the partner knows now that they never come
   * @throws InvalidValueException when no such number was assigned; nothing has changed
   */
  public List<LinkEffect> adoptReceipt(Cursor held) {
    if (held.next() > outbox.last() + 1) {
      throw new InvalidValueException(
          "number that " + terms().stream() + " goes on at",
          held.next(),
          "at most " + (outbox.last() + 1));
    }
    List<LinkEffect> effects = new ArrayList<>();
    acknowledge(held, effects);
    return effects;
  }

  /**
   * From here on it is not known what connections did: for the end of a replay that lacks them.
   * Every number assigned was perhaps sent, so the partner may hold it. Of every number given up
   * the partner was perhaps told, so that it is recorded as lost once the partner knows.
   */
  public void forgetConnections() {
    sender.sentUnknown();
    outbox.givenUp().perhapsTold();
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
    return announce(successor);
  }

  private long announce(VerificationKey successor) {
    long seq = numbering.newKey(successor);
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
    receipts.keysChanged(); // the oldest may be trusted no longer
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
    sender.urgentHeld(seq);
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
    outbox.startOver(numbering.start());
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
        counts(),
        setAsides.health());
  }

  private LinkHealth.Counts counts() {
    return new LinkHealth.Counts(
        connections,
        sender.batches(),
        sender.records(),
        sender.bytes(),
        sender.repeated(),
        outbox.foldedRecords(),
        lost,
        violations(),
        refusals());
  }

  private void onWelcome(
      OutboundPath path, Frame.Welcome welcome, long nowNs, List<LinkEffect> effects) {
    if (path.state != LinkState.GREETING) {
      unexpected(path, "a second Welcome", effects);
      return;
    }
    BreakOff problem = receipts.problem(welcome, path.acknowledgedAtHello, sender.perhapsSent());
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

  /** It may come before the Welcome: that acknowledges what is told here. */
  private void onSetAside(OutboundPath path, Frame.SetAside s, List<LinkEffect> effects) {
    BreakOff problem = receipts.problem(s, sender.perhapsSent());
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
    BreakOff problem = receipts.problem(ack.cursor(), ack.signature(), sender.perhapsSent());
    if (problem != null) {
      breakOff(path, problem, effects);
      return;
    }
    acknowledge(ack.cursor(), effects);
    path.received(ack.cursor().next() - 1);
    path.change(LinkState.UP, effects);
    if (ack.answersHeartbeat() && ack.echoSentAtNs() > 0) {
      path.heartbeatAnswered(ack, nowNs, config.silentNs());
    }
    send(nowNs, effects);
  }

  private void acknowledge(Cursor cursor, List<LinkEffect> effects) {
    long held = cursor.next() - 1;
    if (held <= outbox.acknowledged()) {
      return;
    }
    for (OutboxState.Lost l : outbox.acknowledge(held, cursor.chainHash())) {
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
    announced = Math.max(announced, isSuspended() ? everSent() : outbox.last());
    path.send(new Frame.Heartbeat(announced, nowNs), effects);
  }
}
