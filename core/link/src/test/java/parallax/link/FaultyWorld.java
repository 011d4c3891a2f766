package parallax.link;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static parallax.link.LinkFixtures.SECOND;
import static parallax.model.Nation.JPN;
import static parallax.model.Nation.KOR;
import static parallax.model.Nation.USA;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.signing.SigningKey;

/**
 * Three nodes and the lines between them, from one seed: the Republic of Korea tells Japan, on both
 * lanes, directly and by way of the United States. Connections break and stall, nodes crash and
 * replay what they had taken in, streams are suspended, keys change, clocks step, outboxes
 * overflow; a hostile line also loses, repeats, swaps, changes and forges frames.
 */
final class FaultyWorld {
  /** What the lines do. */
  enum Line {
    /** They break, stall and lose what is under way then; what arrives is what was sent. */
    BREAKING,
    /** They do anything. */
    HOSTILE
  }

  private static final RememberingVerifier VERIFIER = new RememberingVerifier();

  private static final LinkConfig CONFIG =
      new LinkConfig(SECOND, 3 * SECOND, 10 * SECOND, 7, 200, 600, 1_600, 70, 300, 50, 10_000);

  private static final List<SigningKey> KOR_KEYS =
      List.of(LinkFixtures.KOR_EXERCISE, LinkFixtures.KOR_NEXT, LinkFixtures.KOR_THIRD);

  /** A connection between two neighbours for one lane. */
  private static final class Hop {
    final Lane lane;
    final Nation from;
    final Nation to;
    final Deque<Frame> there = new ArrayDeque<>();
    final Deque<Frame> back = new ArrayDeque<>();
    final List<Frame.Batch> seen = new ArrayList<>();
    boolean up;
    boolean stalled;
    boolean dialled;

    Hop(Lane lane, Nation from, Nation to) {
      this.lane = lane;
      this.from = from;
      this.to = to;
    }
  }

  /** What the recipient has of one lane, and what both sides know to be lost. */
  private static final class Account {
    final Map<Long, byte[]> content = new HashMap<>();
    final Map<Long, Long> afterUrgent = new HashMap<>();
    final SortedMap<Long, String> taken = new TreeMap<>();
    final SortedMap<Long, Long> folded = new TreeMap<>();
    final SortedMap<Long, GapReason> lostAtRecipient = new TreeMap<>();
    final SortedMap<Long, GapReason> lostAtOriginator = new TreeMap<>();
    final List<Long> keysAt = new ArrayList<>();
    long position;
  }

  private final SplittableRandom random;
  private final Line line;
  private final Map<Lane, Account> accounts = new EnumMap<>(Lane.class);
  private final Map<Lane, List<Hop>> hops = new EnumMap<>(Lane.class);
  private final Deque<Runnable> todo = new ArrayDeque<>();

  private Keyring korKeyring = korKeyring();
  private Outgoing out = newOutgoing();
  private final List<Function<Outgoing, List<Outgoing.OfLane>>> outCalls = new ArrayList<>();
  private final Map<Lane, InboundStream> in = new EnumMap<>(Lane.class);
  private final Map<Lane, List<Function<InboundStream, List<LinkEffect>>>> inCalls =
      new EnumMap<>(Lane.class);
  private final Map<Lane, RelayStream> relays = new EnumMap<>(Lane.class);
  private int rotations;
  private boolean receiptKeyChanged;
  private boolean sendingSuspended;
  private boolean receivingSuspended;
  private boolean crashOriginator;
  private boolean crashRecipient;

  private boolean healed;
  private long nowNs = LinkFixtures.NOW;
  private long originatorOffsetNs;
  private long recipientOffsetNs;

  final StringBuilder trace = new StringBuilder();
  final SortedMap<String, Integer> met = new TreeMap<>();

  FaultyWorld(long seed, Line line) {
    random = new SplittableRandom(seed);
    this.line = line;
    for (Lane lane : Lane.values()) {
      accounts.put(lane, new Account());
      hops.put(
          lane, List.of(new Hop(lane, KOR, JPN), new Hop(lane, KOR, USA), new Hop(lane, USA, JPN)));
      in.put(lane, newInbound(lane, jpnKeyring()));
      inCalls.put(lane, new ArrayList<>());
      relays.put(lane, newRelay(lane));
    }
  }

  private static LinkTerms terms(Lane lane) {
    return lane == Lane.URGENT ? LinkFixtures.TERMS : LinkFixtures.BULK_TERMS;
  }

  private static Keyring korKeyring() {
    return new Keyring(KOR_KEYS.stream().map(VERIFIER::signer).toList());
  }

  private static Keyring jpnKeyring() {
    return new Keyring(
        List.of(
            VERIFIER.signer(LinkFixtures.JPN_EXERCISE), VERIFIER.signer(LinkFixtures.JPN_NEXT)));
  }

  private Outgoing newOutgoing() {
    Map<Report.DataClass, Integer> count = new EnumMap<>(Report.DataClass.class);
    return new Outgoing(
        LinkFixtures.TERMS,
        korKeyring,
        LinkFixtures.KOR_EXERCISE.key(),
        LinkFixtures.keys(LinkFixtures.JPN_EXERCISE),
        report ->
            (report.dataClass() + " " + count.merge(report.dataClass(), 1, Integer::sum))
                .getBytes(StandardCharsets.US_ASCII),
        CONFIG,
        VERIFIER);
  }

  private InboundStream newInbound(Lane lane, Keyring keyring) {
    return new InboundStream(
        terms(lane),
        LinkFixtures.keys(LinkFixtures.KOR_EXERCISE),
        keyring,
        LinkFixtures.JPN_EXERCISE.key(),
        CONFIG,
        VERIFIER);
  }

  private RelayStream newRelay(Lane lane) {
    return new RelayStream(
        terms(lane),
        LinkFixtures.keys(KOR_KEYS.subList(0, rotations + 1).toArray(new SigningKey[0])),
        r -> Optional.empty(),
        VERIFIER);
  }

  private Account account(Lane lane) {
    return get(accounts, lane);
  }

  private InboundStream in(Lane lane) {
    return get(in, lane);
  }

  private static <V> V get(Map<Lane, V> map, Lane lane) {
    V v = map.get(lane);
    assertNotNull(v);
    return v;
  }

  private Hop hop(Lane lane, Nation one, Nation other) {
    for (Hop h : get(hops, lane)) {
      if ((h.from.equals(one) && h.to.equals(other))
          || (h.from.equals(other) && h.to.equals(one))) {
        return h;
      }
    }
    throw new AssertionError("no line between " + one + " and " + other);
  }

  private void meet(String what) {
    met.merge(what, 1, Integer::sum);
  }

  private boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }

  // The nodes: every call is kept, as a journal would, and its effects are carried out after it.

  private void atOriginator(Function<Outgoing, List<Outgoing.OfLane>> call) {
    outCalls.add(call);
    List<Outgoing.OfLane> lanes = call.apply(out);
    for (Outgoing.OfLane l : lanes) {
      l.effects().forEach(e -> recordAtOriginator(l.lane(), e));
    }
    if (crashOriginator) {
      crashOriginator = false;
      todo.addLast(this::crashOriginator);
      return;
    }
    for (Outgoing.OfLane l : lanes) {
      l.effects().forEach(e -> carryOut(l.lane(), KOR, e));
    }
  }

  private void onLane(Lane lane, Function<OutboundStream, List<LinkEffect>> call) {
    atOriginator(o -> List.of(new Outgoing.OfLane(lane, call.apply(o.on(lane)))));
  }

  private void atRecipient(Lane lane, Function<InboundStream, List<LinkEffect>> call) {
    get(inCalls, lane).add(call);
    List<LinkEffect> effects = call.apply(in(lane));
    effects.forEach(e -> recordAtRecipient(lane, e));
    if (crashRecipient) {
      crashRecipient = false;
      todo.addLast(this::crashRecipient);
      return;
    }
    effects.forEach(e -> carryOut(lane, JPN, e));
  }

  private void atRelay(Lane lane, Function<RelayStream, List<LinkEffect>> call) {
    call.apply(get(relays, lane)).forEach(e -> carryOut(lane, USA, e));
  }

  private void crashOriginator() {
    meet("crash of the originator");
    Outgoing before = out;
    korKeyring = korKeyring();
    korKeyring.replaying(true);
    out = newOutgoing();
    for (Function<Outgoing, List<Outgoing.OfLane>> call : outCalls) {
      var unused = call.apply(out);
    }
    korKeyring.replaying(false);
    for (Lane lane : Lane.values()) {
      assertEquals(before.on(lane).health(), out.on(lane).health(), "replay gives the same");
      assertEquals(before.on(lane).cursor(), out.on(lane).cursor());
      onLane(lane, o -> o.onAllDisconnected(originatorNow()));
      crashed(lane, KOR);
    }
  }

  private void crashRecipient() {
    meet("crash of the recipient");
    for (Lane lane : Lane.values()) {
      InboundStream before = in(lane);
      Keyring keyring = jpnKeyring();
      keyring.replaying(true);
      InboundStream after = newInbound(lane, keyring);
      for (Function<InboundStream, List<LinkEffect>> call : get(inCalls, lane)) {
        var unused = call.apply(after);
      }
      keyring.replaying(false);
      assertEquals(before.health(), after.health(), "replay gives the same");
      assertEquals(before.cursor(), after.cursor());
      in.put(lane, after);
      atRecipient(lane, i -> i.onAllDisconnected(recipientNow()));
      crashed(lane, JPN);
    }
  }

  /** A relay keeps nothing. */
  private void crashRelay() {
    meet("crash of the relay");
    for (Lane lane : Lane.values()) {
      relays.put(lane, newRelay(lane));
      crashed(lane, USA);
    }
  }

  private void crashed(Lane lane, Nation node) {
    for (Hop h : get(hops, lane)) {
      if (h.up && (h.from.equals(node) || h.to.equals(node))) {
        down(h);
        disconnected(h, h.from.equals(node) ? h.to : h.from);
      }
    }
  }

  private long originatorNow() {
    return nowNs + originatorOffsetNs;
  }

  private long recipientNow() {
    return nowNs + recipientOffsetNs;
  }

  // The lines.

  private static void down(Hop h) {
    h.up = false;
    h.there.clear();
    h.back.clear();
  }

  private void reset(Hop h) {
    if (h.up) {
      down(h);
      boolean first = random.nextBoolean();
      disconnected(h, first ? h.from : h.to);
      disconnected(h, first ? h.to : h.from);
    }
  }

  private void disconnected(Hop h, Nation node) {
    Nation peer = h.from.equals(node) ? h.to : h.from;
    if (node.equals(KOR)) {
      long now = originatorNow();
      onLane(h.lane, o -> o.onDisconnected(peer, now));
    } else if (node.equals(JPN)) {
      long now = recipientNow();
      atRecipient(h.lane, i -> i.onDisconnected(peer, now));
    } else {
      atRelay(h.lane, r -> r.onDisconnected(peer));
    }
  }

  private void connect(Hop h) {
    h.up = true;
    h.stalled = false;
    boolean first = random.nextBoolean();
    connected(h, first ? h.from : h.to);
    if (h.up) {
      connected(h, first ? h.to : h.from);
    }
  }

  private void connected(Hop h, Nation node) {
    Nation peer = h.from.equals(node) ? h.to : h.from;
    if (node.equals(KOR)) {
      long now = originatorNow();
      onLane(h.lane, o -> o.onConnected(peer, now));
    } else if (node.equals(JPN)) {
      long now = recipientNow();
      atRecipient(h.lane, i -> i.onConnected(peer, now));
    } else {
      atRelay(h.lane, r -> r.onConnected(peer));
    }
  }

  /** A node closes a connection: what it sent before may arrive. */
  private void close(Hop h, Nation by) {
    if (!h.up) {
      return;
    }
    if (random.nextBoolean()) {
      Deque<Frame> sent = h.from.equals(by) ? h.there : h.back;
      List<Frame> rest = List.copyOf(sent);
      sent.clear();
      for (Frame f : rest) {
        if (h.up) {
          arrive(h, h.from.equals(by), f);
        }
      }
    }
    reset(h);
  }

  private void arrive(Hop h, boolean there, Frame frame) {
    Nation node = there ? h.to : h.from;
    Nation peer = there ? h.from : h.to;
    if (node.equals(KOR)) {
      long now = originatorNow();
      atOriginator(o -> o.onFrame(h.lane, peer, frame, now));
    } else if (node.equals(JPN)) {
      long now = recipientNow();
      atRecipient(h.lane, i -> i.onFrame(peer, frame, now));
    } else {
      atRelay(h.lane, r -> r.onFrame(peer, frame));
    }
  }

  private void carry() {
    List<Hop> of = get(hops, random.nextBoolean() ? Lane.URGENT : Lane.BULK);
    Hop h = of.get(random.nextInt(of.size()));
    boolean there = random.nextBoolean();
    Deque<Frame> queue = there ? h.there : h.back;
    if (!h.up || h.stalled) {
      return;
    }
    Frame frame = queue.pollFirst();
    if (frame != null && line == Line.HOSTILE && !healed && chance(30)) {
      frame = disturb(h, frame, queue);
    }
    if (frame != null) {
      arrive(h, there, frame);
      settle();
    }
  }

  private @Nullable Frame disturb(Hop h, Frame frame, Deque<Frame> queue) {
    meet("frames disturbed");
    switch (random.nextInt(6)) {
      case 0 -> {
        return null;
      }
      case 1 -> queue.addFirst(frame);
      case 2 -> {
        Frame second = queue.pollFirst();
        queue.addFirst(frame);
        return second;
      }
      case 3 -> {
        return Faults.corrupt(frame, random);
      }
      case 4 -> {
        return frame instanceof Frame.Batch b ? Faults.forge(terms(h.lane), b, random) : frame;
      }
      default -> {
        queue.addFirst(frame);
        return frame instanceof Frame.Batch && !h.seen.isEmpty()
            ? h.seen.get(random.nextInt(h.seen.size()))
            : frame;
      }
    }
    return frame;
  }

  // What must hold of every effect.

  private void recordAtOriginator(Lane lane, LinkEffect e) {
    if (e instanceof LinkEffect.Gap g) {
      for (long n = g.from(); n <= g.to(); n++) {
        assertEquals(null, account(lane).lostAtOriginator.put(n, g.reason()), "lost twice: " + n);
      }
    } else if (e instanceof LinkEffect.Send s
        && (s.frame() instanceof Frame.Batch || s.frame() instanceof Frame.Gap)) {
      assertFalse(sendingSuspended, "sent while suspended");
    }
  }

  private void recordAtRecipient(Lane lane, LinkEffect e) {
    Account a = account(lane);
    switch (e) {
      case LinkEffect.Deliver d -> {
        assertArrayEquals(
            a.content.get(d.seq()), d.record(), "what was released, number " + d.seq());
        taken(lane, a, d.seq(), d.seq(), "record");
        assertTrue(
            a.afterUrgent.getOrDefault(d.seq(), 0L) <= account(Lane.URGENT).position,
            "bulk before the urgent report it follows");
      }
      case LinkEffect.Folded f -> {
        assertEquals(Lane.BULK, lane, "urgent is never folded");
        a.folded.put(f.seq(), f.into());
        taken(lane, a, f.seq(), f.seq(), "folded");
      }
      case LinkEffect.Gap g -> {
        for (long n = g.from(); n <= g.to(); n++) {
          a.lostAtRecipient.put(n, g.reason());
        }
        meet("gaps");
        taken(lane, a, g.from(), g.to(), "lost");
      }
      case LinkEffect.KeyChanged k -> {
        assertTrue(a.keysAt.contains(a.position + 1), "a change of key at its number");
        taken(lane, a, a.position + 1, a.position + 1, "key");
      }
      case LinkEffect.Send s -> {
        if (s.frame() instanceof Frame.Ack ack) {
          assertTrue(ack.cursor().next() <= a.position + 1, "a receipt only for what is held");
        }
      }
      default -> {}
    }
  }

  private void taken(Lane lane, Account a, long from, long to, String as) {
    assertFalse(receivingSuspended, "taken in while suspended");
    assertEquals(a.position + 1, from, "in order, without holes, never twice");
    for (long n = from; n <= to; n++) {
      a.taken.put(n, as);
    }
    a.position = to;
    trace.append(lane.name().charAt(0)).append(to).append(as.charAt(0)).append(' ');
  }

  private void carryOut(Lane lane, Nation node, LinkEffect e) {
    switch (e) {
      case LinkEffect.Send s -> {
        Hop h = hop(lane, node, s.peer());
        if (h.up) {
          (h.from.equals(node) ? h.there : h.back).addLast(s.frame());
          if (s.frame() instanceof Frame.Batch b && node.equals(KOR)) {
            h.seen.add(b);
          }
        }
      }
      case LinkEffect.Close c -> todo.addLast(() -> close(hop(lane, node, c.peer()), node));
      case LinkEffect.Cut c -> {
        Hop h = hop(lane, node, c.peer());
        (h.from.equals(node) ? h.there : h.back).clear();
        todo.addLast(() -> close(h, node));
      }
      case LinkEffect.Dial d -> todo.addLast(() -> hop(lane, node, d.peer()).dialled = true);
      case LinkEffect.SetAsideByPartner s -> throw new AssertionError("nobody sets aside: " + s);
      case LinkEffect.Violation v -> {
        meet("violations");
        assertTrue(
            line == Line.HOSTILE
                || (v.code() == ViolationCode.REFUSED_BY_PARTNER
                    && v.detail().startsWith("RELAY_INTERRUPTED")),
            () -> "an honest line is blamed at " + node + ": " + lane + " " + v);
      }
      case LinkEffect.StateChanged s ->
          trace.append(node).append('-').append(s.peer()).append(s.state()).append(' ');
      case LinkEffect.Passed p -> {
        assertEquals(USA, node);
        meet("batches relayed");
      }
      case LinkEffect.Deliver d -> assertEquals(JPN, node);
      case LinkEffect.Folded f -> assertEquals(JPN, node);
      case LinkEffect.KeyChanged k -> assertEquals(JPN, node);
      case LinkEffect.Gap g -> assertFalse(node.equals(USA));
      case LinkEffect.SuspendedByPartner s -> assertFalse(node.equals(USA));
    }
  }

  private void settle() {
    while (!todo.isEmpty()) {
      todo.removeFirst().run();
    }
  }

  // One step: something happens to everybody.

  private void step() {
    nowNs += chance(25) ? random.nextLong(6 * SECOND) : random.nextLong(SECOND / 10);
    if (!healed) {
      trouble();
    }
    for (Lane lane : Lane.values()) {
      for (Hop h : get(hops, lane)) {
        lines(h);
      }
    }
    if (!healed) {
      orders();
    }
    long now = originatorNow();
    atOriginator(o -> o.flush(now));
    settle();
    atOriginator(o -> o.onTick(now));
    settle();
    for (Lane lane : Lane.values()) {
      long then = recipientNow();
      atRecipient(lane, i -> i.onTick(then));
      settle();
    }
    for (int i = random.nextInt(healed ? 60 : 25); i > 0; i--) {
      carry();
    }
    for (Lane lane : Lane.values()) {
      assertTrue(in(lane).delivered() <= out.on(lane).everSent());
      assertTrue(out.on(lane).acknowledged() <= in(lane).delivered());
      assertEquals(account(lane).position, in(lane).delivered());
    }
  }

  private void lines(Hop h) {
    boolean dials = h.from.equals(KOR) ? healed || chance(5) : h.dialled;
    if (h.from.equals(USA) && h.dialled && !healed && chance(3)) {
      // The dial fails.
      h.dialled = false;
      atRelay(h.lane, r -> r.onDisconnected(JPN));
    } else if (!h.up && dials) {
      h.dialled = false;
      connect(h);
    } else if (h.up && !healed && chance(60)) {
      meet("connections reset");
      reset(h);
    } else if (h.up && !healed && chance(40)) {
      h.stalled = !h.stalled;
    }
    settle();
  }

  private void trouble() {
    crashOriginator |= chance(150);
    crashRecipient |= chance(150);
    if (chance(200)) {
      crashRelay();
      settle();
    }
    if (chance(80)) {
      originatorOffsetNs += random.nextLong(-7_200 * SECOND, 600 * SECOND);
    }
    if (chance(80)) {
      recipientOffsetNs += random.nextLong(-7_200 * SECOND, 600 * SECOND);
    }
  }

  private void orders() {
    if (!sendingSuspended && chance(4)) {
      for (int i = random.nextInt(chance(12) ? 60 : 10); i > 0; i--) {
        enqueue(chance(5) ? Lane.URGENT : Lane.BULK);
      }
    }
    if (chance(50)) {
      suspendOrResumeSending();
    }
    if (chance(60)) {
      suspendOrResumeReceiving();
    }
    if (rotations < 2 && chance(40)) {
      rotate();
    }
    if (!receiptKeyChanged && chance(80)) {
      receiptKeyChanged = true;
      for (Lane lane : Lane.values()) {
        onLane(
            lane,
            o -> {
              o.trust(LinkFixtures.JPN_NEXT.key());
              return List.of();
            });
        atRecipient(
            lane,
            i -> {
              i.signReceiptsWith(LinkFixtures.JPN_NEXT.key());
              return List.of();
            });
      }
    }
    settle();
  }

  private void enqueue(Lane lane) {
    Account a = account(lane);
    long next = out.on(lane).highWaterMark() + 1;
    // The track follows from the number, so that many seeds sign and verify the same.
    int track = 1 + (int) ((next * 7 + next / 5) % 3);
    atOriginator(
        o -> {
          long after = lane == Lane.BULK ? o.on(Lane.URGENT).highWaterMark() : 0;
          Outgoing.Numbered n =
              o.enqueue(
                  lane == Lane.URGENT ? LinkFixtures.REPORT : LinkFixtures.ofTrack(track), lane);
          byte[] before = a.content.put(n.seq(), n.bytes());
          assertTrue(before == null || java.util.Arrays.equals(before, n.bytes()), "replayed");
          a.afterUrgent.put(n.seq(), after);
          return List.of();
        });
    settle();
  }

  private void suspendOrResumeSending() {
    boolean suspend = !sendingSuspended;
    boolean announced = random.nextBoolean();
    sendingSuspended = suspend;
    meet(suspend ? "suspensions of sending" : "resumptions of sending");
    for (Lane lane : Lane.values()) {
      long now = originatorNow();
      long acknowledged = out.on(lane).acknowledged();
      long drop =
          chance(3)
              ? 0
              : acknowledged + random.nextLong(out.on(lane).highWaterMark() - acknowledged + 1);
      onLane(lane, o -> suspend ? o.suspend(announced, "x", now) : o.resume(drop, now));
      settle();
    }
  }

  private void suspendOrResumeReceiving() {
    boolean suspend = !receivingSuspended;
    boolean announced = random.nextBoolean();
    receivingSuspended = suspend;
    meet(suspend ? "suspensions of receiving" : "resumptions of receiving");
    for (Lane lane : Lane.values()) {
      long now = recipientNow();
      atRecipient(lane, i -> suspend ? i.suspend(announced, "y", now) : i.resume(now));
      settle();
    }
  }

  private void rotate() {
    for (Lane lane : Lane.values()) {
      if (!out.on(lane).partnerKnowsNewestKey()) {
        return;
      }
    }
    meet("changes of key");
    rotations++;
    SigningKey next = KOR_KEYS.get(rotations);
    for (Lane lane : Lane.values()) {
      account(lane).keysAt.add(out.on(lane).highWaterMark() + 1);
      onLane(
          lane,
          o -> {
            o.rotate(next.key());
            return List.of();
          });
      // A relay is a partner of the originator's too, and learns of it from its own stream.
      get(relays, lane).trust(next.key());
    }
    settle();
  }

  // The end: everything arrives that can.

  void run(int steps) {
    for (int i = 0; i < steps; i++) {
      step();
    }
    healed = true;
    crashOriginator = false;
    crashRecipient = false;
    for (Lane lane : Lane.values()) {
      get(hops, lane).forEach(h -> h.stalled = false);
    }
    if (sendingSuspended) {
      suspendOrResumeSending();
    }
    if (receivingSuspended) {
      suspendOrResumeReceiving();
    }
    for (int i = 0; i < 3_000 && !level(); i++) {
      step();
    }
    for (Lane lane : Lane.values()) {
      assertComplete(lane);
    }
  }

  private boolean level() {
    for (Lane lane : Lane.values()) {
      if (out.on(lane).acknowledged() < out.on(lane).highWaterMark()) {
        return false;
      }
    }
    return true;
  }

  private void assertComplete(Lane lane) {
    Account a = account(lane);
    OutboundStream o = out.on(lane);
    assertEquals(o.highWaterMark(), a.position, "everything arrives once the lines are good");
    assertEquals(o.highWaterMark(), o.acknowledged());
    assertEquals(o.cursor(), in(lane).cursor());
    for (Map.Entry<Long, Long> f : a.folded.entrySet()) {
      long n = f.getValue();
      for (Long next = a.folded.get(n); next != null; next = a.folded.get(n)) {
        assertTrue(next > n, "into a newer one");
        n = next;
      }
      String newer = a.taken.get(n);
      assertTrue(
          "record".equals(newer) || "lost".equals(newer),
          "folded into what is held or known to be lost: " + f);
    }
    a.lostAtRecipient.forEach(
        (n, reason) -> assertEquals(reason, a.lostAtOriginator.get(n), "lost to both: " + n));
    for (long n : a.lostAtOriginator.keySet()) {
      if (!a.lostAtRecipient.containsKey(n)) {
        // Two paths: it arrived by one while it was told lost on the other.
        assertFalse("lost".equals(a.taken.get(n)));
        meet("numbers lost to the originator alone");
      }
    }
    for (long n : a.keysAt) {
      assertEquals("key", a.taken.get(n), "a change of key always arrives");
    }
    met.merge("records", (int) o.highWaterMark(), Integer::sum);
    met.merge("records folded", a.folded.size(), Integer::sum);
    met.merge("records lost", a.lostAtRecipient.size(), Integer::sum);
    met.merge("records sent again", (int) o.health().counts().repeated(), Integer::sum);
  }

  /** Everything that two runs of one seed must agree on. */
  String outcome() {
    return trace
        + " "
        + met
        + " "
        + out.on(Lane.URGENT).health()
        + out.on(Lane.BULK).health()
        + in(Lane.URGENT).health()
        + in(Lane.BULK).health();
  }
}
