package parallax.link;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.signing.VerificationKey;

/**
 * The recipient's end of one stream: verifies every batch before it uses it, delivers each record
 * exactly once and in order, by whatever path it came, and gives a signed receipt for what it took
 * in. A frame that breaks the rules is refused as a whole and changes nothing. So a correct resend
 * continues after the last good record.
 *
 * <p>All state follows from the calls; the same calls give the same state and effects. {@code
 * nowNs} is the node's clock for links, nanoseconds since 1970; it may step back. For one thread.
 */
public final class InboundStream extends StreamEnd<InboundStream.InboundPath> {
  private final PartnerKeys keys;
  private final Keyring keyring;
  private VerificationKey ownKey;
  private final LinkConfig config;
  private Intake intake;
  private SetAsides setAsides = new SetAsides();

  /**
   * The last receipt that was signed, to be repeated while nothing comes. It is no state: signed
   * anew it would be the same.
   */
  private @Nullable Receipt signed;

  @SuppressWarnings("ArrayRecordComponent") // never compared, never changed
  private record Receipt(Cursor at, VerificationKey by, byte[] signature) {}

  /** What the recipient keeps of one path. */
  static final class InboundPath extends Path {
    /** The last high-water mark that came on this connection. */
    long mark;

    InboundPath(Nation peer) {
      super(peer);
    }

    /** A path that goes on where another stood. */
    InboundPath(InboundState.InboundPathState s) {
      super(s.path());
      mark = s.mark();
    }

    /** As it is now. */
    InboundState.InboundPathState state() {
      return new InboundState.InboundPathState(pathState(), mark);
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
    super(terms, "recipient", Comparator.naturalOrder(), InboundPath::new);
    this.keys = new PartnerKeys(originatorKeys, verifier);
    this.keyring = keyring;
    this.ownKey = ownKey;
    this.config = config;
    this.intake = new Intake(terms.stream(), terms.channel(), keys, config);
  }

  private InboundStream(InboundState s, PartnerKeys keys, Keyring keyring, LinkConfig config) {
    super(s.end().terms(), "recipient", Comparator.naturalOrder(), InboundPath::new);
    this.keys = keys;
    this.keyring = keyring;
    this.ownKey = s.ownKey();
    this.config = config;
    this.intake = new Intake(terms().stream(), terms().channel(), keys, config, s);
    this.setAsides = new SetAsides(s.end().setAsides());
    goOn(s.end().suspension(), s.passing().counts());
    s.passing().paths().forEach(p -> paths.put(p.path().peer(), new InboundPath(p)));
  }

  /** A stream that goes on where another stood: every later effect is the same. */
  public static InboundStream restored(
      InboundState s, Keyring keyring, LinkConfig config, Verifier verifier) {
    return new InboundStream(s, new PartnerKeys(s.end().partnerKeys(), verifier), keyring, config);
  }

  /** All that the stream remembers, as it is now. */
  public InboundState state() {
    return new InboundState(
        endState(keys, setAsides),
        ownKey,
        cursor(),
        new InboundState.Passing(pathStates(InboundPath::state), highWaterMark(), counts()));
  }

  private LinkHealth.Counts counts() {
    return intake.counts(connections, violations(), refusals());
  }

  /**
   * The stream has taken in everything before a cursor: for a replay, where an older version of
   * this program took in what this version would refuse or does not see. What the partner holds a
   * receipt for counts as taken in, and the stream goes on after it. It moves forward, never back.
   *
   * @throws InvalidValueException when the cursor is behind, or has another chain hash before the
   *     same number; nothing has changed
   */
  public void adopt(Cursor held) {
    intake.adopt(held);
  }

  /** The originator announced this key in what was adopted; a revoked one stays revoked. */
  public void announced(VerificationKey key) {
    keys.announce(key);
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
    renewTerms(agreementDigest);
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
          breakOff(
              p,
              new BreakOff(ViolationCode.KEY_REVOKED, "the key of the stream was revoked"),
              effects);
        }
      }
    }
    return effects;
  }

  /** The originator's keys that are trusted. */
  public SortedSet<VerificationKey> trusted() {
    return keys.trusted();
  }

  /** A frame came; those after a break-off are dropped. */
  public List<LinkEffect> onFrame(Nation peer, Frame frame, long nowNs) {
    List<LinkEffect> effects = new ArrayList<>();
    InboundPath path = connected(peer);
    if (path == null || hearsNothing()) {
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
        case Frame.SetAside f -> unexpected(path, "SetAside", effects);
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
        case Frame.SetAside f -> unexpected(path, "SetAside", effects);
      }
    }
    return effects;
  }

  /** Suspended without a word: nothing is heard, nothing answered. */
  @Override
  boolean hearsNothing() {
    return isSuspended() && !isSuspensionAnnounced();
  }

  /** The node's clock jumps by so much: no partner has been silent for longer by that. */
  public void clockCorrected(long byNs) {
    paths.values().forEach(p -> p.silence.clockCorrected(byNs));
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
   * Takes in nothing more, from the next frame on. What the originator sends meanwhile stays in its
   * outbox. If the originator was told of the suspension, it is also told of its end.
   *
   * @param announced whether the originator is told; if not, none of its frames is answered
   * @param reason what it is told
   */
  public List<LinkEffect> suspend(boolean announced, String reason, long nowNs) {
    List<LinkEffect> effects = new ArrayList<>();
    beginSuspension(announced, reason);
    if (announced) {
      for (InboundPath p : paths.values()) {
        if (p.greeted()) {
          p.send(suspensionFrame(), effects);
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
    if (isSuspended()) {
      boolean tell = endSuspension();
      for (InboundPath p : paths.values()) {
        if (tell && p.greeted()) {
          p.send(new Frame.Suspension(false, ""), effects);
        }
      }
      closeAll("resumed", effects);
    }
    return effects;
  }

  /**
   * The originator has lost its journal and numbers from 1 again: so does this end. Counts begin
   * anew, and every connection is made anew. Whoever calls this must have seen to it that nothing
   * that the originator signed before is accepted any more.
   */
  public List<LinkEffect> startOver(long nowNs) {
    List<LinkEffect> effects = new ArrayList<>();
    intake = new Intake(terms().stream(), terms().channel(), keys, config);
    setAsides = new SetAsides();
    closeAll("the partner starts over", effects);
    return effects;
  }

  /** The next number wanted, and the chain hash before it. */
  public Cursor cursor() {
    return intake.cursor();
  }

  /** The last number taken in; 0 when there is none. */
  public long delivered() {
    return cursor().next() - 1;
  }

  /** Last number the originator has announced or sent; 0 when there is none. */
  public long highWaterMark() {
    return intake.highWaterMark();
  }

  /** How it is. */
  public LinkHealth health() {
    SortedMap<Nation, LinkHealth.PathHealth> ways = new TreeMap<>();
    paths.forEach((n, p) -> ways.put(n, p.health(OptionalLong.empty(), OptionalLong.empty())));
    return new LinkHealth(
        terms().stream(),
        ways,
        delivered(),
        highWaterMark(),
        0,
        isSuspended(),
        suspendedByPartner(),
        counts(),
        setAsides.health());
  }

  private void onHello(InboundPath path, Frame.Hello hello, List<LinkEffect> effects) {
    BreakOff problem = problem(hello);
    if (problem != null) {
      breakOff(path, problem, effects);
      return;
    }
    path.version = Math.min(hello.newestVersion(), Frame.PROTOCOL_VERSION);
    path.change(LinkState.UP, effects);
    if (setAsides.total() > 0) {
      tellSetAsides(List.of(path), effects);
    }
    path.send(new Frame.Welcome(path.version, cursor(), receipt(cursor())), effects);
    if (isSuspended()) {
      path.send(suspensionFrame(), effects);
    }
  }

  private @Nullable BreakOff problem(Frame.Hello hello) {
    if (hello.oldestVersion() > Math.min(Frame.PROTOCOL_VERSION, hello.newestVersion())
        || hello.newestVersion() < Frame.OLDEST_VERSION) {
      return new BreakOff(
          ViolationCode.VERSION_NOT_SPOKEN,
          "protocol versions are "
              + hello.oldestVersion()
              + " to "
              + hello.newestVersion()
              + "; spoken here are "
              + Frame.OLDEST_VERSION
              + " to "
              + Frame.PROTOCOL_VERSION);
    }
    BreakOff mismatch = terms().mismatch(hello);
    if (mismatch != null) {
      return mismatch;
    }
    return keys.isEmpty()
        ? new BreakOff(
            ViolationCode.KEY_REVOKED, "the key of the stream was revoked and no other is trusted")
        : null;
  }

  /**
   * Records of the batch that was delivered last are not used. The originator is told on every path
   * that is greeted. Call it before the batch's receipt is sent: a receipt without it says that all
   * is used.
   *
   * @param records their numbers, rising, each with why
   */
  public List<LinkEffect> setAside(List<Frame.SetAside.Item> records) {
    List<LinkEffect> effects = new ArrayList<>();
    if (!records.isEmpty()) {
      setAsides.add(records);
      tellSetAsides(paths.values().stream().filter(InboundPath::greeted).toList(), effects);
    }
    return effects;
  }

  /** Records that are not used were deleted: why they are not used is forgotten with them. */
  public void forgetReasons(SortedSet<Long> records) {
    setAsides.forgetReasons(records);
  }

  /** Signed once for all of the paths whose version has the frame. */
  private void tellSetAsides(List<InboundPath> greeted, List<LinkEffect> effects) {
    List<InboundPath> hearing =
        greeted.stream().filter(p -> p.version >= Frame.SET_ASIDE_SINCE).toList();
    if (hearing.isEmpty()) {
      return;
    }
    byte[] signature =
        keyring.sign(
            ownKey,
            StreamSignatures.setAsideDomain(terms().channel()),
            StreamSignatures.setAside(terms().stream(), setAsides.total(), setAsides.newest()));
    Frame frame = new Frame.SetAside(setAsides.total(), setAsides.newest(), signature);
    hearing.forEach(p -> p.send(frame, effects));
  }

  private byte[] receipt(Cursor at) {
    Receipt before = signed;
    if (before != null && before.at().equals(at) && before.by().equals(ownKey)) {
      return before.signature();
    }
    byte[] signature =
        keyring.sign(
            ownKey,
            StreamSignatures.receiptDomain(terms().channel()),
            StreamSignatures.receipt(terms().stream(), at));
    signed = keyring.signs(ownKey) ? new Receipt(at, ownKey, signature) : null;
    return signature;
  }

  private void onBatch(InboundPath path, Frame.Batch batch, long nowNs, List<LinkEffect> effects) {
    if (isSuspended()) {
      return;
    }
    BreakOff problem = intake.outOfBounds(batch);
    if (problem == null
        && terms().stream().lane() == Lane.URGENT
        && batch.entries().stream().anyMatch(e -> e instanceof Entry.Folded)) {
      problem = unexpected(path, "a folded record on the urgent lane");
    }
    List<LinkEffect> taken = new ArrayList<>();
    if (problem == null) {
      problem = intake.take(batch, taken);
    }
    if (problem != null) {
      breakOff(path, problem, effects);
      return;
    }
    path.change(LinkState.UP, effects);
    effects.addAll(taken);
    ack(path, cursor(), nowNs, batch.sentAtNs(), false, effects);
  }

  private void onGap(InboundPath path, Frame.Gap gap, long nowNs, List<LinkEffect> effects) {
    if (isSuspended()) {
      return;
    }
    Cursor before = cursor();
    List<LinkEffect> taken = new ArrayList<>();
    BreakOff problem = intake.take(gap, taken);
    if (problem != null) {
      breakOff(path, problem, effects);
      return;
    }
    path.change(LinkState.UP, effects);
    if (gap.from() < before.next() && gap.to() >= before.next()) {
      // The originator gave up more than is missing here. By this receipt it knows what is, and
      // records as lost only that.
      ack(path, before, nowNs, 0, false, effects);
    }
    effects.addAll(taken);
    ack(path, cursor(), nowNs, 0, false, effects);
  }

  private void onHeartbeat(
      InboundPath path, Frame.Heartbeat heartbeat, long nowNs, List<LinkEffect> effects) {
    if (heartbeat.highWaterMark() < path.mark) {
      breakOff(
          path,
          new BreakOff(
              ViolationCode.MARK_BEHIND,
              "high-water mark is "
                  + heartbeat.highWaterMark()
                  + "; it was "
                  + path.mark
                  + " before"),
          effects);
      return;
    }
    if (heartbeat.highWaterMark() > path.mark) {
      path.mark = heartbeat.highWaterMark();
      intake.announced(path.mark);
      changed();
    }
    path.change(LinkState.UP, effects);
    ack(path, cursor(), nowNs, heartbeat.sentAtNs(), true, effects);
  }

  private void ack(
      InboundPath path,
      Cursor at,
      long nowNs,
      long echo,
      boolean heartbeat,
      List<LinkEffect> effects) {
    path.send(new Frame.Ack(at, receipt(at), nowNs, echo, heartbeat), effects);
  }
}
