package parallax.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
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
import parallax.link.Outgoing;
import parallax.link.RelayStream;
import parallax.link.StreamId;
import parallax.link.Verifier;
import parallax.link.Wire;
import parallax.model.Channel;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.release.Agreement;
import parallax.release.Released;
import parallax.signing.VerificationKey;

/** The streams to and from every partner, and those between partners that this node relays. */
final class Exchange {
  /** Of every partner there ever was: numbers outlive an agreement. */
  private final SortedMap<Nation, Pair> pairs = new TreeMap<>();

  private final SortedMap<StreamId, RelayStream> relays = new TreeMap<>();

  /** The partners under the agreement in force. */
  private final SortedSet<Nation> open = new TreeSet<>();

  /**
   * Each partner's keys as its streams were last opened with, and trusted and revoked since. While
   * these stay, what the streams have learned of new keys stays too.
   */
  private final SortedMap<Nation, SortedSet<VerificationKey>> openedWith = new TreeMap<>();

  /** The key that receipts for each partner are signed with. */
  private final SortedMap<Nation, VerificationKey> receiptKeys = new TreeMap<>();

  /** Each partner's keys that were revoked here; only an order of this nation trusts one again. */
  private final SortedMap<Nation, SortedSet<VerificationKey>> revoked = new TreeMap<>();

  /** The keys that partners changed to, but those revoked. */
  private final SortedMap<Nation, SortedSet<VerificationKey>> announced = new TreeMap<>();

  private @Nullable Terms terms;
  private final ReportCodec codec;
  private final Keyring keyring;
  private final LinkConfig config;
  private final Verifier verifier;

  private record Pair(Outgoing out, SortedMap<Lane, InboundStream> in) {
    InboundStream in(Lane lane) {
      InboundStream s = in.get(lane);
      if (s == null) {
        throw new IllegalStateException("no lane " + lane);
      }
      return s;
    }
  }

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

  /** Judges a record of a stream about to be passed on; says what forbids it. */
  @FunctionalInterface
  interface Passing {
    Optional<String> problem(StreamId stream, byte[] record);
  }

  /** Records of a partner that came in order, to be judged and then shown. */
  record Delivered(StreamId stream, long firstSeq, List<byte[]> records, long sentAtNs) {}

  /** What came of an input: effects in order, and records delivered by it. */
  record Outcome(List<Effect> effects, List<Delivered> delivered) {}

  Exchange(ReportCodec codec, Keyring keyring, LinkConfig config, Verifier verifier) {
    this.verifier = verifier;
    this.codec = codec;
    this.keyring = keyring;
    this.config = config;
  }

  /**
   * Opens the streams to and from every party whose key is known, while they are down. Streams
   * opened before keep their numbers, chains and unacknowledged records, and go on under the terms
   * and keys given.
   */
  void open(Terms t, Passing passing) {
    terms = t;
    for (Nation partner : t.parties()) {
      SortedSet<VerificationKey> keys = t.keys().get(partner);
      if (partner.equals(t.self()) || keys == null) {
        continue;
      }
      Pair pair = pairs.get(partner);
      if (pair == null) {
        pairs.put(partner, newPair(t, partner, keys));
        receiptKeys.put(partner, t.ownKey());
      } else {
        renew(t, partner, pair, keys);
      }
      openedWith.put(partner, new TreeSet<>(keys));
      open.add(partner);
    }
    openRelays(t, passing);
  }

  private void renew(Terms t, Nation partner, Pair pair, SortedSet<VerificationKey> keys) {
    boolean sameKeys = keys.equals(openedWith.get(partner));
    for (OutboundStream o : pair.out().lanes()) {
      o.renew(t.agreementDigest(), t.ownKey(), sameKeys ? o.trusted() : keys);
    }
    if (knowsOurKey(pair)) {
      receiptKeys.put(partner, t.ownKey());
    }
    VerificationKey own = receiptKeys.getOrDefault(partner, t.ownKey());
    for (InboundStream i : pair.in().values()) {
      i.renew(t.agreementDigest(), sameKeys ? i.trusted() : keys, own);
    }
  }

  private static boolean knowsOurKey(Pair pair) {
    return pair.out().lanes().stream().allMatch(OutboundStream::partnerKnowsNewestKey);
  }

  private Pair newPair(Terms t, Nation partner, SortedSet<VerificationKey> keys) {
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
    for (VerificationKey k : revokedOf(partner)) {
      in.values().forEach(i -> i.distrust(k));
      out.lanes().forEach(o -> o.distrust(k));
    }
    return new Pair(out, in);
  }

  private SortedSet<VerificationKey> revokedOf(Nation partner) {
    return revoked.getOrDefault(partner, Collections.emptySortedSet());
  }

  private static LinkTerms linkTerms(Terms t, StreamId stream) {
    return new LinkTerms(stream, t.channel(), t.agreementDigest());
  }

  private void openRelays(Terms t, Passing passing) {
    relays.clear();
    for (Nation from : t.keys().keySet()) {
      for (Nation to : t.keys().keySet()) {
        if (!from.equals(to)
            && t.parties().contains(from)
            && t.parties().contains(to)
            && t.onward().permits(t.self(), from, to)) {
          for (Lane lane : Lane.values()) {
            StreamId s = new StreamId(from, to, lane);
            RelayStream relay =
                new RelayStream(
                    linkTerms(t, s),
                    passingKeys(t, s),
                    record -> passing.problem(s, record),
                    verifier);
            revokedOf(from).forEach(relay::distrust);
            relays.put(s, relay);
          }
        }
      }
    }
  }

  /**
   * The keys that what is passed on may be signed with: all that an originator announced, because a
   * stream that was held up goes on where it stood, under the key that it had then.
   */
  private SortedSet<VerificationKey> passingKeys(Terms t, StreamId stream) {
    Nation from = stream.originator();
    SortedSet<VerificationKey> keys = in(from, stream.lane()).trusted();
    keys.addAll(t.keys().getOrDefault(from, new TreeSet<>()));
    keys.addAll(announced.getOrDefault(from, new TreeSet<>()));
    return keys;
  }

  /** Takes every stream for down and closes them to everybody, until they are opened again. */
  void closeAll(long nowNs) {
    for (Pair p : pairs.values()) {
      p.out().lanes().forEach(o -> o.onAllDisconnected(nowNs));
      p.in().values().forEach(i -> i.onAllDisconnected(nowNs));
    }
    relays.clear();
    open.clear();
  }

  SortedSet<Nation> partners() {
    return Collections.unmodifiableSortedSet(open);
  }

  boolean isOpen(Nation partner) {
    return open.contains(partner);
  }

  /** The lanes to a partner there is or ever was. */
  Optional<Outgoing> outgoing(Nation partner) {
    Pair p = pairs.get(partner);
    return p == null ? Optional.empty() : Optional.of(p.out());
  }

  /** The lane from a partner there is or ever was. */
  Optional<InboundStream> incoming(Nation partner, Lane lane) {
    Pair p = pairs.get(partner);
    return p == null ? Optional.empty() : Optional.of(p.in(lane));
  }

  /** How every stream is. */
  List<LinkHealth> health() {
    List<LinkHealth> out = new ArrayList<>();
    for (Pair p : pairs.values()) {
      p.out().lanes().forEach(o -> out.add(o.health()));
      p.in().values().forEach(i -> out.add(i.health()));
    }
    return out;
  }

  /** Gives a released report its number in the partner's outbox. */
  Effect.OutboxAppended enqueue(Nation partner, Released<Report> released, Lane lane) {
    Pair pair = pairs.get(partner);
    if (pair == null) {
      throw new IllegalStateException("no stream to " + partner);
    }
    Outgoing.Numbered n = pair.out().enqueue(released, lane);
    return new Effect.OutboxAppended(n.stream(), n.seq(), n.bytes());
  }

  Outcome onLinkChanged(Input.LinkChanged c, long nowNs) {
    Wire wire = c.wire();
    if (!permits(wire)) {
      return c.connected() ? unknown(wire) : new Outcome(List.of(), List.of());
    }
    Nation peer = wire.peer();
    StreamId stream = wire.stream();
    RelayStream relay = relays.get(stream);
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
    RelayStream relay = relays.get(stream);
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

  Outcome onFrameRefused(Input.FrameRefused f, long nowNs) {
    Wire wire = f.wire();
    if (!permits(wire)) {
      return unknown(wire);
    }
    StreamId stream = wire.stream();
    RelayStream relay = relays.get(stream);
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
  List<Effect> flush(long nowNs) {
    List<Effect> out = new ArrayList<>();
    for (Nation partner : open) {
      addAll(out, partner, pairOf(partner).out().flush(nowNs));
    }
    return out;
  }

  /** Timers, and everything released is sent. */
  List<Effect> onTick(long nowNs) {
    List<Effect> out = new ArrayList<>();
    for (Nation partner : open) {
      Pair p = pairOf(partner);
      addAll(out, partner, p.out().onTick(nowNs));
      for (InboundStream i : p.in().values()) {
        out.addAll(outcome(i.terms().stream(), i.onTick(nowNs), 0).effects());
      }
    }
    return out;
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
    Pair p = pairOf(partner);
    return p.out().lanes().stream().anyMatch(OutboundStream::isSuspended)
        || p.in().values().stream().anyMatch(InboundStream::isSuspended);
  }

  /** Ends a suspension; what was made before {@code dropBefore} and waits is not told any more. */
  List<Effect> resume(Nation partner, Optional<parallax.model.UtcTime> dropBefore, long nowNs) {
    List<Effect> out = new ArrayList<>();
    Pair p = pairOf(partner);
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
    Pair p = pairOf(partner);
    if (knowsOurKey(p)) {
      VerificationKey newest = p.out().on(Lane.URGENT).newestKey();
      receiptKeys.put(partner, newest);
      p.in().values().forEach(i -> i.signReceiptsWith(newest));
    }
  }

  void trust(Nation partner, VerificationKey key) {
    SortedSet<VerificationKey> ended = revoked.get(partner);
    if (ended != null) {
      ended.remove(key);
    }
    Pair p = pairs.get(partner);
    if (p != null) {
      p.out().lanes().forEach(o -> o.trust(key));
      p.in().values().forEach(i -> i.trust(key));
      openedWith.computeIfAbsent(partner, n -> new TreeSet<>()).add(key);
    }
    ofOriginator(partner).forEach(r -> r.trust(key));
  }

  /** What is relayed for an originator: signed with the same keys as what it tells this node. */
  private List<RelayStream> ofOriginator(Nation originator) {
    return relays.entrySet().stream()
        .filter(r -> r.getKey().originator().equals(originator))
        .map(Map.Entry::getValue)
        .toList();
  }

  List<Effect> distrust(Nation partner, VerificationKey key) {
    List<Effect> out = new ArrayList<>();
    revoked.computeIfAbsent(partner, n -> new TreeSet<>()).add(key);
    SortedSet<VerificationKey> learned = announced.get(partner);
    if (learned != null) {
      learned.remove(key);
    }
    Pair p = pairs.get(partner);
    if (p != null) {
      p.out().lanes().forEach(o -> o.distrust(key));
      openedWith.computeIfAbsent(partner, n -> new TreeSet<>()).remove(key);
      for (InboundStream i : p.in().values()) {
        out.addAll(outcome(i.terms().stream(), i.distrust(key), 0).effects());
      }
    }
    ofOriginator(partner).forEach(r -> r.distrust(key));
    return out;
  }

  /** Whether the agreement in force allows a connection to carry what it carries. */
  private boolean permits(Wire wire) {
    Terms t = terms;
    StreamId s = wire.stream();
    if (t == null || wire.peer().equals(t.self())) {
      return false;
    }
    if (!s.ends(t.self())) {
      return relays.containsKey(s) && s.ends(wire.peer());
    }
    Nation other = isOurs(s) ? s.recipient() : s.originator();
    return open.contains(other)
        && (wire.peer().equals(other)
            || t.onward().permits(wire.peer(), s.originator(), s.recipient()));
  }

  private boolean isOurs(StreamId stream) {
    Terms t = terms;
    return t != null && stream.originator().equals(t.self());
  }

  private Pair pairOf(Nation partner) {
    Pair p = pairs.get(partner);
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
                wire + ": not agreed under the agreement in force"),
            new Effect.CloseLink(wire, "not agreed")),
        List.of());
  }

  private Outcome outcome(StreamId stream, List<LinkEffect> effects, long sentAtNs) {
    if (effects.isEmpty()) {
      return new Outcome(List.of(), List.of());
    }
    List<Effect> out = new ArrayList<>();
    List<byte[]> records = new ArrayList<>();
    List<Delivered> delivered = new ArrayList<>();
    long firstSeq = 0;
    boolean moved = false;
    for (LinkEffect e : effects) {
      switch (e) {
        case LinkEffect.Send s ->
            out.add(new Effect.SendFrame(new Wire(s.peer(), stream), s.frame()));
        case LinkEffect.Close c ->
            out.add(new Effect.CloseLink(new Wire(c.peer(), stream), c.reason()));
        case LinkEffect.Cut c ->
            out.add(new Effect.CutLink(new Wire(c.peer(), stream), c.reason()));
        case LinkEffect.Dial d -> out.add(new Effect.DialLink(new Wire(d.peer(), stream)));
        case LinkEffect.Passed p -> out.add(new Effect.Relayed(stream, p.from(), p.to()));
        case LinkEffect.Deliver d -> {
          if (!records.isEmpty() && d.seq() != firstSeq + records.size()) {
            delivered.add(new Delivered(stream, firstSeq, List.copyOf(records), sentAtNs));
            records.clear();
          }
          firstSeq = records.isEmpty() ? d.seq() : firstSeq;
          records.add(d.record());
          moved = true;
        }
        case LinkEffect.Folded f -> {
          out.add(new Effect.RecordFolded(stream, f.seq(), f.into()));
          moved = true;
        }
        case LinkEffect.Gap g -> {
          out.add(new Effect.GapRecorded(stream, g.from(), g.to(), g.reason()));
          moved = true;
        }
        case LinkEffect.KeyChanged k -> {
          boolean trusted = learn(stream.originator(), k.key());
          out.add(
              new Effect.NoticeRaised(
                  Effect.NoticeKind.KEY,
                  stream
                      + (trusted ? " is signed with " : " changes to a revoked key: ")
                      + k.key().fingerprint()
                      + (trusted ? " from here on" : "")));
          moved = true;
        }
        case LinkEffect.SuspendedByPartner s ->
            out.add(
                new Effect.NoticeRaised(
                    Effect.NoticeKind.SUSPENSION,
                    stream
                        + (s.suspended()
                            ? " is suspended by the partner: " + s.reason()
                            : " is resumed by the partner")));
        case LinkEffect.Violation v ->
            out.add(
                new Effect.NoticeRaised(
                    Effect.NoticeKind.LINK_VIOLATION,
                    new Wire(v.peer(), stream) + ": " + v.code() + ": " + v.detail()));
        case LinkEffect.StateChanged s ->
            out.add(
                new Effect.NoticeRaised(
                    Effect.NoticeKind.LINK_STATE, new Wire(s.peer(), stream) + " is " + s.state()));
      }
    }
    if (!records.isEmpty()) {
      delivered.add(new Delivered(stream, firstSeq, List.copyOf(records), sentAtNs));
    }
    if (moved && !isOurs(stream) && !relays.containsKey(stream)) {
      Cursor cursor = in(stream).cursor();
      out.add(0, new Effect.CursorMoved(stream, cursor.next(), cursor.chainHash().bytes()));
    }
    return new Outcome(out, delivered);
  }

  /**
   * A partner has changed to a key: its receipts and what passes here may bear it. False when it
   * was revoked.
   */
  private boolean learn(Nation partner, VerificationKey key) {
    if (revokedOf(partner).contains(key)) {
      return false;
    }
    announced.computeIfAbsent(partner, n -> new TreeSet<>()).add(key);
    pairOf(partner).out().lanes().forEach(o -> o.announced(key));
    ofOriginator(partner).forEach(r -> r.announced(key));
    return true;
  }
}
