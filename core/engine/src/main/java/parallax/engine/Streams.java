package parallax.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import parallax.link.Cursor;
import parallax.link.Digest;
import parallax.link.Frame;
import parallax.link.InboundStream;
import parallax.link.Keyring;
import parallax.link.Lane;
import parallax.link.LinkConfig;
import parallax.link.LinkEffect;
import parallax.link.LinkHealth;
import parallax.link.LinkTerms;
import parallax.link.OutboundStream;
import parallax.link.OutboxState;
import parallax.link.Outgoing;
import parallax.link.Pulse;
import parallax.link.RelayStream;
import parallax.link.StreamId;
import parallax.link.Verifier;
import parallax.link.Wire;
import parallax.model.Channel;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.model.UtcTime;
import parallax.release.Agreement;
import parallax.release.Released;
import parallax.signing.VerificationKey;

/**
 * The streams to and from every partner, and those between partners that this node relays. Bounded
 * by the parties of agreements that all have signed, and for each by the limits of its links.
 */
final class Streams {
  /** Of every partner there ever was: numbers outlive an agreement. */
  private final SortedMap<Nation, PartnerStreams> pairs = new TreeMap<>();

  private final Relays relays;

  /** The partners under the agreement in force. */
  private final SortedSet<Nation> open = new TreeSet<>();

  /**
   * Each partner's keys as its streams were last opened with, and trusted and revoked since. While
   * these stay, what the streams have learned of new keys stays too.
   */
  private final SortedMap<Nation, SortedSet<VerificationKey>> openedWith = new TreeMap<>();

  /** The key that receipts for each partner are signed with. */
  private final SortedMap<Nation, VerificationKey> receiptKeys = new TreeMap<>();

  private final LearnedKeys learned;
  private StreamsState.@Nullable Opened opened;
  private boolean following;

  /** How often a key for receipts changed. */
  private long keyChanges;

  private final SetAsideArrivals setAsides;
  private final ReportCodec codec;
  private final Keyring keyring;
  private final LinkConfig config;
  private final Verifier verifier;
  private final Faults faults;

  /**
   * What the streams go by.
   *
   * @param self this nation
   * @param channel the channel
   * @param agreementDigest of the agreement in force
   * @param parties its parties
   * @param onward who may relay
   * @param ownKey this nation's stream key
   * @param keys each partner's stream keys
   */
  record Terms(
      Nation self,
      Channel channel,
      Digest agreementDigest,
      SortedSet<Nation> parties,
      Agreement.OnwardRelease onward,
      VerificationKey ownKey,
      SortedMap<Nation, SortedSet<VerificationKey>> keys) {}

  /** Records of a partner that came in order, to be judged and then shown. */
  record Delivered(StreamId stream, long firstSeq, List<byte[]> records, long sentAtNs) {}

  /** What came of an input: effects in order, and records delivered by it. */
  record Outcome(List<Effect> effects, List<Delivered> delivered) {}

  /** With the streams of another. */
  Streams(
      StreamsState state,
      ReportCodec codec,
      Keyring keyring,
      LinkConfig config,
      Verifier verifier,
      Faults faults) {
    this.faults = faults;
    this.verifier = verifier;
    this.codec = new OneEncoding(codec);
    this.keyring = keyring;
    this.config = config;
    this.opened = state.opened().orElse(null);
    this.learned = new LearnedKeys(state.learned());
    this.setAsides = new SetAsideArrivals(state.setAsides());
    this.relays = new Relays(verifier);
    state.opened().ifPresent(o -> relays.restore(state.relays(), passing(o.channel())));
    state
        .pairs()
        .forEach(
            (n, p) ->
                pairs.put(n, PartnerStreams.restored(n, p, this.codec, keyring, config, verifier)));
    open.addAll(state.open());
    state.openedWith().forEach((n, keys) -> openedWith.put(n, new TreeSet<>(keys)));
    receiptKeys.putAll(state.receiptKeys());
  }

  /** As they stand. */
  StreamsState state() {
    SortedMap<Nation, StreamsState.Pair> all = new TreeMap<>();
    pairs.forEach((n, p) -> all.put(n, p.state()));
    return new StreamsState(
        all,
        relays.state(),
        open,
        openedWith,
        receiptKeys,
        learned.state(),
        setAsides.state(),
        Optional.ofNullable(opened));
  }

  private Relays.Passing passing(Channel channel) {
    return (stream, record) -> InForce.forbidsPassing(codec, channel, stream, record);
  }

  /**
   * Opens the streams to and from every party whose key is known, while they are down. Streams
   * opened before keep their numbers, chains and unacknowledged records, and go on under the terms
   * and keys given.
   */
  void open(Terms t) {
    opened = new StreamsState.Opened(t.self(), t.channel(), t.onward());
    for (Nation partner : t.parties()) {
      SortedSet<VerificationKey> keys = t.keys().get(partner);
      if (partner.equals(t.self()) || keys == null) {
        continue;
      }
      PartnerStreams pair = pairs.get(partner);
      if (pair == null) {
        pairs.put(partner, newPair(t, partner, keys));
        receiptKeys.put(partner, t.ownKey());
      } else {
        renew(t, partner, pair, keys);
      }
      openedWith.put(partner, new TreeSet<>(keys));
      open.add(partner);
    }
    relays.open(t, passing(t.channel()), s -> passingKeys(t, s), learned::revokedOf);
  }

  private void renew(
      Terms t, Nation partner, PartnerStreams pair, SortedSet<VerificationKey> keys) {
    boolean sameKeys = keys.equals(openedWith.get(partner));
    pair.renewOut(t, keys, sameKeys);
    if (pair.knowsOurKey()) {
      receiptKeys.put(partner, t.ownKey());
    }
    pair.renewIn(t, keys, sameKeys, receiptKeys.getOrDefault(partner, t.ownKey()));
  }

  private PartnerStreams newPair(Terms t, Nation partner, SortedSet<VerificationKey> keys) {
    SortedMap<Lane, InboundStream> in = new TreeMap<>();
    for (Lane lane : Lane.values()) {
      in.put(
          lane,
          new InboundStream(
              linkTerms(t, new StreamId(partner, t.self(), lane)),
              keys,
              keyring,
              t.ownKey(),
              config,
              verifier));
    }
    Outgoing out =
        new Outgoing(
            linkTerms(t, new StreamId(t.self(), partner, Lane.URGENT)),
            keyring,
            t.ownKey(),
            keys,
            codec,
            config,
            verifier);
    for (VerificationKey k : learned.revokedOf(partner)) {
      in.values().forEach(i -> i.distrust(k));
      out.lanes().forEach(o -> o.distrust(k));
    }
    return new PartnerStreams(partner, out, in);
  }

  private static LinkTerms linkTerms(Terms t, StreamId stream) {
    return new LinkTerms(stream, t.channel(), t.agreementDigest());
  }

  /**
   * The keys that what is passed on may be signed with: all that an originator announced, because a
   * stream that was held up goes on where it stood, under the key that it had then.
   */
  private SortedSet<VerificationKey> passingKeys(Terms t, StreamId stream) {
    Nation from = stream.originator();
    SortedSet<VerificationKey> keys = in(from, stream.lane()).trusted();
    keys.addAll(t.keys().getOrDefault(from, new TreeSet<>()));
    keys.addAll(learned.of(from));
    return keys;
  }

  /** Takes every stream for down and closes them to everybody, until they are opened again. */
  void closeAll(long nowNs) {
    pairs.values().forEach(p -> p.closeAll(nowNs));
    relays.clear();
    open.clear();
  }

  /** The clock of the links jumps. */
  void clockCorrected(long byNs) {
    for (PartnerStreams p : pairs.values()) {
      p.out().lanes().forEach(o -> o.clockCorrected(byNs));
      p.in().values().forEach(i -> i.clockCorrected(byNs));
    }
  }

  SortedSet<Nation> partners() {
    return Collections.unmodifiableSortedSet(open);
  }

  boolean isOpen(Nation partner) {
    return open.contains(partner);
  }

  /** The lanes to a partner there is or ever was. */
  Optional<Outgoing> outgoing(Nation partner) {
    PartnerStreams p = pairs.get(partner);
    return p == null ? Optional.empty() : Optional.of(p.out());
  }

  /** The lane from a partner there is or ever was. */
  Optional<InboundStream> incoming(Nation partner, Lane lane) {
    PartnerStreams p = pairs.get(partner);
    return p == null ? Optional.empty() : Optional.of(p.in(lane));
  }

  /**
   * How often something changed that no effect tells of and that is not in {@link #pulses}. The
   * streams between others that this node relays remember nothing of heartbeats and receipts.
   */
  long changes() {
    long all = keyChanges;
    for (PartnerStreams p : pairs.values()) {
      all += p.changes();
    }
    return all;
  }

  /** What heartbeats and their answers have left behind on every path that is connected. */
  List<Pulse> pulses() {
    List<Pulse> out = new ArrayList<>();
    for (PartnerStreams p : pairs.values()) {
      p.out().lanes().forEach(o -> out.addAll(o.pulses()));
      p.in().values().forEach(i -> out.addAll(i.pulses()));
    }
    return out;
  }

  /** Takes what heartbeats and their answers left behind, in their place. */
  void take(List<Pulse> pulses) {
    for (Pulse p : pulses) {
      StreamId stream = p.wire().stream();
      if (permits(p.wire()) && !relays.carries(stream)) {
        if (isOurs(stream)) {
          out(stream).take(p);
        } else {
          in(stream).take(p);
        }
      }
    }
  }

  /** How every stream is. */
  List<LinkHealth> health() {
    List<LinkHealth> out = new ArrayList<>();
    for (PartnerStreams p : pairs.values()) {
      p.out().lanes().forEach(o -> out.add(o.health()));
      p.in().values().forEach(i -> out.add(i.health()));
    }
    return out;
  }

  /** Gives a released report its number in the partner's outbox. */
  Effect.OutboxAppended enqueue(Nation partner, Released<Report> released, Lane lane) {
    PartnerStreams pair = pairs.get(partner);
    if (pair == null) {
      throw new IllegalStateException("no stream to " + partner);
    }
    Outgoing.Numbered n = pair.out().enqueue(released, lane);
    return new Effect.OutboxAppended(n.stream(), n.seq(), n.bytes());
  }

  /** While it follows what is stored, nothing that is released now gets a number. */
  void follow(boolean now) {
    following = now;
  }

  boolean isFollowing() {
    return following;
  }

  /**
   * Takes over a number that was given out; what has it already stays.
   *
   * @return the report that has it; empty for a change of key
   */
  Optional<Report> adopt(Effect.OutboxAppended o) {
    PartnerStreams pair = pairOf(o.stream().recipient());
    Lane lane = o.stream().lane();
    boolean isThere = o.seq() <= pair.out().on(lane).highWaterMark();
    if (o.record().length == VerificationKey.LENGTH) {
      if (!isThere) {
        pair.out().on(lane).adopt(o.seq(), VerificationKey.of(o.record()));
      }
      return Optional.empty();
    }
    Report report = codec.decode(o.record());
    if (!isThere) {
      pair.out()
          .adopt(
              lane,
              o.seq(),
              o.record(),
              OutboxState.Subject.of(report),
              report.header().createdAt());
    }
    return Optional.of(report);
  }

  /** Takes over how far a partner's stream was taken in. */
  void adopt(Effect.CursorMoved c) {
    InboundStream in = in(c.stream().originator(), c.stream().lane());
    if (in.cursor().next() < c.nextSeq()) {
      in.adopt(new Cursor(c.nextSeq(), Digest.of(c.chainHash())));
    }
  }

  /** How many entries were ever numbered for a partner. */
  long numbered(Nation partner) {
    return pairOf(partner).numbered();
  }

  Outcome onLinkChanged(Input.LinkChanged c, long nowNs) {
    Wire wire = c.wire();
    if (!permits(wire)) {
      return c.connected() ? unknown(wire) : new Outcome(List.of(), List.of());
    }
    Nation peer = wire.peer();
    StreamId stream = wire.stream();
    RelayStream relay = relays.of(stream).orElse(null);
    if (relay != null) {
      return outcome(
          stream, c.connected() ? relay.onConnected(peer) : relay.onDisconnected(peer), 0);
    }
    if (isOurs(stream)) {
      OutboundStream o = out(stream);
      return outcome(
          stream, c.connected() ? o.onConnected(peer, nowNs) : o.onDisconnected(peer, nowNs), 0);
    }
    InboundStream i = in(stream);
    return outcome(
        stream, c.connected() ? i.onConnected(peer, nowNs) : i.onDisconnected(peer, nowNs), 0);
  }

  Outcome onFrame(Input.FrameReceived f, long nowNs) {
    Wire wire = f.wire();
    if (!permits(wire)) {
      return unknown(wire);
    }
    StreamId stream = wire.stream();
    RelayStream relay = relays.of(stream).orElse(null);
    if (relay != null) {
      return outcome(stream, relay.onFrame(wire.peer(), f.frame()), 0);
    }
    if (isOurs(stream)) {
      Outgoing outgoing = pairOf(stream.recipient()).out();
      List<Effect> effects = new ArrayList<>();
      for (Outgoing.OfLane l : outgoing.onFrame(stream.lane(), wire.peer(), f.frame(), nowNs)) {
        effects.addAll(outcome(stream.on(l.lane()), l.effects(), 0).effects());
      }
      changeReceiptKeys(stream.recipient());
      return new Outcome(effects, List.of());
    }
    long sentAtNs = f.frame() instanceof Frame.Batch b ? b.sentAtNs() : 0;
    return outcome(stream, in(stream).onFrame(wire.peer(), f.frame(), nowNs), sentAtNs);
  }

  /** Records of a stream that was taken in are not used: its originator is told. */
  List<Effect> setAside(StreamId stream, List<Frame.SetAside.Item> records, long nowNs) {
    if (records.isEmpty()) {
      return List.of();
    }
    setAsides.came(stream, records, nowNs);
    return outcome(stream, in(stream).setAside(records), 0).effects();
  }

  /** Forgets why records are not used that came before a moment, wall clock, UTC nanoseconds. */
  void forgetBefore(long untilWallNs, long nowNs) {
    setAsides.takeDue(untilWallNs, nowNs).forEach((s, seqs) -> in(s).forgetReasons(seqs));
  }

  Outcome onFrameRefused(Input.FrameRefused f, long nowNs) {
    Wire wire = f.wire();
    if (!permits(wire)) {
      return unknown(wire);
    }
    StreamId stream = wire.stream();
    RelayStream relay = relays.of(stream).orElse(null);
    if (relay != null) {
      return outcome(stream, relay.onMalformed(wire.peer(), f.detail()), 0);
    }
    return outcome(
        stream,
        isOurs(stream)
            ? out(stream).onMalformed(wire.peer(), f.detail(), nowNs)
            : in(stream).onMalformed(wire.peer(), f.detail(), nowNs),
        0);
  }

  /** Everything released since the last call is sent. */
  void flush(long nowNs, List<Effect> out) {
    for (Nation partner : open) {
      PartnerStreams p = pairOf(partner);
      faults.guard(p.sendingPart(), out, () -> addAll(out, partner, p.out().flush(nowNs)));
    }
  }

  /** Timers, and everything released is sent. */
  void onTick(long nowNs, List<Effect> out) {
    for (Nation partner : open) {
      PartnerStreams p = pairOf(partner);
      faults.guard(p.timersPart(), out, () -> onTick(p, nowNs, out));
    }
  }

  private void onTick(PartnerStreams p, long nowNs, List<Effect> out) {
    addAll(out, p.partner(), p.out().onTick(nowNs));
    for (InboundStream i : p.in().values()) {
      out.addAll(outcome(i.terms().stream(), i.onTick(nowNs), 0).effects());
    }
  }

  private void addAll(List<Effect> out, Nation partner, List<Outgoing.OfLane> lanes) {
    for (Outgoing.OfLane l : lanes) {
      StreamId stream = pairOf(partner).out().on(l.lane()).terms().stream();
      out.addAll(outcome(stream, l.effects(), 0).effects());
    }
  }

  /** Stops telling a partner anything, before the next record leaves. */
  List<Effect> suspendSending(Nation partner, boolean announced, String reason, long nowNs) {
    List<Effect> out = new ArrayList<>();
    for (OutboundStream o : pairOf(partner).out().lanes()) {
      out.addAll(outcome(o.terms().stream(), o.suspend(announced, reason, nowNs), 0).effects());
    }
    return out;
  }

  /** Takes in nothing more of a partner, from the next frame on. */
  List<Effect> suspendReceiving(Nation partner, boolean announced, String reason, long nowNs) {
    List<Effect> out = new ArrayList<>();
    for (InboundStream i : pairOf(partner).in().values()) {
      out.addAll(outcome(i.terms().stream(), i.suspend(announced, reason, nowNs), 0).effects());
    }
    return out;
  }

  /** Whether a partner is suspended, in whatever direction. */
  boolean isSuspended(Nation partner) {
    return pairOf(partner).isSuspended();
  }

  /** Ends a suspension; what was made before {@code dropBefore} and waits is not told any more. */
  List<Effect> resume(Nation partner, Optional<UtcTime> dropBefore, long nowNs) {
    List<Effect> out = new ArrayList<>();
    PartnerStreams p = pairOf(partner);
    for (OutboundStream o : p.out().lanes()) {
      long drop = o.isSuspended() ? dropBefore.map(o::lastMadeBefore).orElse(0L) : 0;
      out.addAll(outcome(o.terms().stream(), o.resume(drop, nowNs), 0).effects());
    }
    for (InboundStream i : p.in().values()) {
      out.addAll(outcome(i.terms().stream(), i.resume(nowNs), 0).effects());
    }
    return out;
  }

  /** The first partner that does not hold the last change of key yet. */
  Optional<Nation> behindWithKeys() {
    return open.stream()
        .filter(n -> pairOf(n).out().lanes().stream().anyMatch(o -> !o.partnerKnowsNewestKey()))
        .findFirst();
  }

  /** Announces a new key on every stream. */
  List<Effect> rotate(VerificationKey successor) {
    List<Effect> out = new ArrayList<>();
    if (following) {
      return out; // what was announced is taken over
    }
    for (Nation partner : open) {
      for (OutboundStream o : pairOf(partner).out().lanes()) {
        long seq = o.rotate(successor);
        out.add(new Effect.OutboxAppended(o.terms().stream(), seq, successor.bytes()));
      }
    }
    return out;
  }

  /** Once a partner knows the new key on both lanes, receipts for it are signed with that key. */
  private void changeReceiptKeys(Nation partner) {
    PartnerStreams p = pairOf(partner);
    if (p.knowsOurKey()) {
      VerificationKey newest = p.out().on(Lane.URGENT).newestKey();
      if (!newest.equals(receiptKeys.put(partner, newest))) {
        keyChanges++;
      }
      p.in().values().forEach(i -> i.signReceiptsWith(newest));
    }
  }

  void trust(Nation partner, VerificationKey key) {
    learned.trust(partner, key);
    PartnerStreams p = pairs.get(partner);
    if (p != null) {
      p.trust(key);
      openedWith.computeIfAbsent(partner, n -> new TreeSet<>()).add(key);
    }
    relays.trust(partner, key);
  }

  List<Effect> distrust(Nation partner, VerificationKey key) {
    List<Effect> out = new ArrayList<>();
    learned.revoke(partner, key);
    PartnerStreams p = pairs.get(partner);
    if (p != null) {
      p.out().lanes().forEach(o -> o.distrust(key));
      openedWith.computeIfAbsent(partner, n -> new TreeSet<>()).remove(key);
      for (InboundStream i : p.in().values()) {
        out.addAll(outcome(i.terms().stream(), i.distrust(key), 0).effects());
      }
    }
    relays.distrust(partner, key);
    return out;
  }

  /** The keys of a partner that are trusted now, on either lane and way. */
  SortedSet<VerificationKey> trusted(Nation partner) {
    SortedSet<VerificationKey> all = learned.of(partner);
    PartnerStreams p = pairOf(partner);
    p.in().values().forEach(i -> all.addAll(i.trusted()));
    p.out().lanes().forEach(o -> all.addAll(o.trusted()));
    return all;
  }

  /** Whether a key of a partner is trusted, was learned or was revoked. */
  boolean hasKnown(Nation partner, VerificationKey key) {
    return trusted(partner).contains(key) || learned.revokedOf(partner).contains(key);
  }

  /** A partner holds nothing any more and numbers from 1 again. */
  List<Effect> startOver(Nation partner, long nowNs) {
    List<Effect> out = new ArrayList<>();
    PartnerStreams p = pairOf(partner);
    for (InboundStream i : p.in().values()) {
      StreamId stream = i.terms().stream();
      out.addAll(outcome(stream, i.startOver(nowNs), 0).effects());
      out.add(new Effect.CursorMoved(stream, i.cursor().next(), i.cursor().chainHash().bytes()));
    }
    for (OutboundStream o : p.out().lanes()) {
      out.addAll(outcome(o.terms().stream(), o.startOver(nowNs), 0).effects());
    }
    return out;
  }

  /** Whether the agreement in force allows a connection to carry what it carries. */
  private boolean permits(Wire wire) {
    StreamsState.Opened t = opened;
    StreamId s = wire.stream();
    if (t == null || wire.peer().equals(t.self())) {
      return false;
    }
    if (!s.ends(t.self())) {
      return relays.carries(s) && s.ends(wire.peer());
    }
    Nation other = isOurs(s) ? s.recipient() : s.originator();
    return open.contains(other)
        && (wire.peer().equals(other)
            || t.onward().permits(wire.peer(), s.originator(), s.recipient()));
  }

  private boolean isOurs(StreamId stream) {
    StreamsState.Opened t = opened;
    return t != null && stream.originator().equals(t.self());
  }

  private PartnerStreams pairOf(Nation partner) {
    PartnerStreams p = pairs.get(partner);
    if (p == null) {
      throw new IllegalStateException("no streams with " + partner);
    }
    return p;
  }

  private OutboundStream out(StreamId stream) {
    return pairOf(stream.recipient()).out().on(stream.lane());
  }

  private InboundStream in(StreamId stream) {
    return in(stream.originator(), stream.lane());
  }

  private InboundStream in(Nation originator, Lane lane) {
    return pairOf(originator).in(lane);
  }

  private static Outcome unknown(Wire wire) {
    return new Outcome(
        List.of(
            new Effect.NoticeRaised(
                Effect.NoticeKind.LINK_VIOLATION,
                wire + ": not agreed: the agreement in force has no such stream; it is closed"),
            new Effect.CloseLink(wire, "not agreed")),
        List.of());
  }

  private Outcome outcome(StreamId stream, List<LinkEffect> effects, long sentAtNs) {
    if (effects.isEmpty()) {
      return new Outcome(List.of(), List.of());
    }
    boolean forUs = !isOurs(stream) && !relays.carries(stream);
    return new LinkOutcome(stream, sentAtNs, key -> learn(stream.originator(), key))
        .of(effects, forUs ? Optional.of(() -> in(stream).cursor()) : Optional.empty());
  }

  /** A partner has changed to a key: its receipts and what passes here may bear it. */
  private boolean learn(Nation partner, VerificationKey key) {
    boolean trusted = learned.learn(partner, key);
    if (trusted) {
      pairOf(partner).out().lanes().forEach(o -> o.announced(key));
      relays.announced(partner, key);
    }
    return trusted;
  }
}
