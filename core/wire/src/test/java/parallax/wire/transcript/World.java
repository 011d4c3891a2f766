package parallax.wire.transcript;

import static parallax.model.Nation.JPN;
import static parallax.model.Nation.KOR;
import static parallax.model.Nation.USA;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import parallax.link.Digest;
import parallax.link.Frame;
import parallax.link.HashChain;
import parallax.link.InboundStream;
import parallax.link.Lane;
import parallax.link.LinkEffect;
import parallax.link.LinkHealth;
import parallax.link.Outgoing;
import parallax.link.RelayStream;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.release.Released;
import parallax.release.fixtures.ReleaseFixtures;
import parallax.signing.VerificationKey;

/**
 * The Republic of Korea tells Japan, directly or through the United States, over lines that take
 * the same time always; whatever happens is written down. The time of the world is that of the
 * originator's clock.
 */
final class World {
  static final long MS = 1_000_000;

  /** The time of 0.0 on the originator's clock: a minute after the launch of the reports. */
  static final long START = ReleaseFixtures.LAUNCH_TIME.nanos() + 60_000 * MS;

  /** How far the recipient's clock is ahead. */
  static final long AHEAD = 250 * MS;

  private static final long TICK = 50 * MS;

  final Transcript transcript;
  final Outgoing out;
  private final SortedMap<Lane, InboundStream> in = new TreeMap<>();
  private final SortedMap<Lane, RelayStream> relay = new TreeMap<>();
  private final List<Line> lines = new ArrayList<>();
  private final PriorityQueue<Event> coming = new PriorityQueue<>();
  private final HashChain chain = new HashChain();
  private UnaryOperator<Frame> hostile = UnaryOperator.identity();
  private String deed = "";

  /** What the recipient will set aside, by number, with the reason. */
  private final SortedMap<Long, String> unwanted = new TreeMap<>();

  private long now;
  private long ticked;
  private long events;

  private record Event(long atNs, long order, Runnable what) implements Comparable<Event> {
    @Override
    public int compareTo(Event o) {
      int c = Long.compare(atNs, o.atNs);
      return c != 0 ? c : Long.compare(order, o.order);
    }
  }

  /** One connection, from the side nearer the originator to the other. */
  private static final class Line {
    final Nation near;
    final Nation far;
    final Lane lane;
    final List<Frame> underWay = new ArrayList<>();
    boolean open = true;

    /** Who has closed it and hears nothing more. */
    Optional<Nation> closedBy = Optional.empty();

    Line(Nation near, Nation far, Lane lane) {
      this.near = near;
      this.far = far;
      this.lane = lane;
    }

    boolean joins(Nation a, Nation b, Lane l) {
      return open
          && lane == l
          && ((near.equals(a) && far.equals(b)) || (near.equals(b) && far.equals(a)));
    }
  }

  World(Transcript transcript, Outgoing out) {
    this.transcript = transcript;
    this.out = out;
  }

  void recipient(InboundStream stream) {
    in.put(stream.terms().stream().lane(), stream);
  }

  void relay(Lane lane, RelayStream stream) {
    relay.put(lane, stream);
  }

  InboundStream in(Lane lane) {
    InboundStream stream = in.get(lane);
    if (stream == null) {
      throw new IllegalStateException("no recipient on lane " + lane);
    }
    return stream;
  }

  private RelayStream relay(Lane lane) {
    RelayStream stream = relay.get(lane);
    if (stream == null) {
      throw new IllegalStateException("no relay on lane " + lane);
    }
    return stream;
  }

  /** From now on somebody on the way changes frames; a frame changed is marked with the deed. */
  void hostile(String what, UnaryOperator<Frame> change) {
    deed = what;
    hostile = change;
  }

  /** The time on the originator's clock. */
  long clock() {
    return START + now;
  }

  /** Seconds since the launch of the reports. */
  double sinceLaunch() {
    return 60 + now / 1e9;
  }

  void say(Object who, String what) {
    transcript.event(now, who + "  " + what);
  }

  // What a scenario asks for.

  void connect(Nation near, Nation far, Lane lane) {
    transcript.event(now, near + " and " + far + "  " + lane + "  connected");
    lines.add(new Line(near, far, lane));
    connected(far, near, lane);
    connected(near, far, lane);
  }

  /** The line breaks and both sides notice; what is under way is lost. */
  void cut(Nation near, Nation far, Lane lane) {
    end(line(near, far, lane), near + " and " + far + "  " + lane + "  the line breaks");
  }

  /** A report is released to the recipient and gets its number. */
  void enqueue(Lane lane, Report report) {
    Released<Report> released = ReleaseFixtures.released(report, JPN);
    Outgoing.Numbered n = out.enqueue(released, lane);
    numbered(lane, n.seq(), Transcript.record(n.bytes()), chain.ofRecord(n.bytes()));
  }

  void rotate(Lane lane, VerificationKey key) {
    Digest r = chain.ofKey(out.on(lane).terms().channel(), key);
    numbered(lane, out.on(lane).rotate(key), "a new key", r);
  }

  private void numbered(Lane lane, long seq, String what, Digest r) {
    say(KOR, lane + "  gives number " + seq + " to " + what);
    transcript.hex("r(" + seq + ")", r);
    transcript.hex("h(" + seq + ")", out.on(lane).cursor().chainHash());
  }

  void flush() {
    atOriginator(out.flush(clock()));
  }

  void atOriginator(List<Outgoing.OfLane> lanes) {
    lanes.forEach(l -> carryOut(KOR, l.lane(), l.effects()));
  }

  void atOriginator(Lane lane, List<LinkEffect> effects) {
    carryOut(KOR, lane, effects);
  }

  /** Time passes up to here. */
  void until(long ms) {
    long end = ms * MS;
    while (true) {
      Event e = coming.peek();
      if (e != null && e.atNs <= Math.min(ticked + TICK, end)) {
        coming.remove(e);
        now = e.atNs;
        e.what.run();
      } else if (ticked + TICK <= end) {
        ticked += TICK;
        now = ticked;
        tick();
      } else {
        now = end;
        return;
      }
    }
  }

  private void tick() {
    atOriginator(out.onTick(clock()));
    in.forEach((lane, stream) -> carryOut(JPN, lane, stream.onTick(clock() + AHEAD)));
  }

  // What the lines do.

  private Line line(Nation a, Nation b, Lane lane) {
    return lines.stream()
        .filter(l -> l.joins(a, b, lane))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no line from " + a + " to " + b));
  }

  private static long delay(Nation from, Nation to) {
    boolean down = from.equals(KOR) || to.equals(JPN);
    if (from.equals(USA) || to.equals(USA)) {
      return (down ? 80 : 90) * MS;
    }
    return (down ? 20 : 30) * MS;
  }

  private void later(long ns, Runnable what) {
    coming.add(new Event(now + ns, events++, what));
  }

  private void send(Nation from, Nation to, Lane lane, Frame sent) {
    Line line = line(from, to, lane);
    Frame frame = hostile.apply(sent);
    transcript.frame(now, from + " -> " + to, lane, frame);
    if (!frame.equals(sent)) {
      transcript.field("changed on the way", deed);
    }
    line.underWay.add(frame);
    later(
        delay(from, to),
        () -> {
          if (line.open && !line.closedBy.equals(Optional.of(to))) {
            line.underWay.remove(frame);
            received(to, from, lane, frame);
          }
        });
  }

  private void end(Line line, String what) {
    String lost = Transcript.names(line.underWay);
    transcript.event(now, what + "; lost under way: " + lost);
    line.open = false;
    disconnected(line.near, line.far, line.lane);
    disconnected(line.far, line.near, line.lane);
  }

  private void close(Nation who, Nation peer, Lane lane, String reason) {
    Line line = line(who, peer, lane);
    if (line.closedBy.isEmpty()) {
      say(who, lane + "  closes the connection with " + peer + ": " + reason);
      line.closedBy = Optional.of(who);
      later(
          delay(who, peer),
          () -> {
            if (line.open) {
              line.open = false;
              disconnected(peer, who, lane);
              disconnected(who, peer, lane);
            }
          });
    }
  }

  private void connected(Nation at, Nation peer, Lane lane) {
    if (at.equals(KOR)) {
      carryOut(at, lane, out.on(lane).onConnected(peer, clock()));
    } else if (at.equals(JPN)) {
      carryOut(at, lane, in(lane).onConnected(peer, clock() + AHEAD));
    } else {
      carryOut(at, lane, relay(lane).onConnected(peer));
    }
  }

  private void disconnected(Nation at, Nation peer, Lane lane) {
    if (at.equals(KOR)) {
      carryOut(at, lane, out.on(lane).onDisconnected(peer, clock()));
    } else if (at.equals(JPN)) {
      carryOut(at, lane, in(lane).onDisconnected(peer, clock() + AHEAD));
    } else {
      carryOut(at, lane, relay(lane).onDisconnected(peer));
    }
  }

  private void received(Nation at, Nation from, Lane lane, Frame frame) {
    if (at.equals(KOR)) {
      atOriginator(out.onFrame(lane, from, frame, clock()));
      if (frame instanceof Frame.Ack a && a.answersHeartbeat()) {
        measured(from, lane);
      }
    } else if (at.equals(JPN)) {
      carryOut(at, lane, in(lane).onFrame(from, frame, clock() + AHEAD));
    } else {
      carryOut(at, lane, relay(lane).onFrame(from, frame));
    }
  }

  private void measured(Nation by, Lane lane) {
    LinkHealth.PathHealth path = out.on(lane).health().paths().get(by);
    if (path != null && path.roundTripNs().isPresent() && path.clockOffsetNs().isPresent()) {
      String trip = Transcript.seconds(path.roundTripNs().getAsLong());
      String offset = Transcript.seconds(path.clockOffsetNs().getAsLong());
      say(KOR, lane + "  by " + by + ": round trip " + trip + " s, clock offset " + offset + " s");
    }
  }

  /** The recipient will find, when a record arrives, that it may not use it. */
  void willSetAside(long seq, String reason) {
    unwanted.put(seq, reason);
  }

  /** What was delivered is judged before a receipt for it is sent. */
  private void judge(Nation at, Lane lane, List<Frame.SetAside.Item> notUsed) {
    if (!notUsed.isEmpty()) {
      List<Frame.SetAside.Item> items = List.copyOf(notUsed);
      notUsed.clear();
      items.forEach(i -> say(at, lane + "  sets aside " + i.seq() + ": " + i.reason()));
      carryOut(at, lane, in(lane).setAside(items));
    }
  }

  private void carryOut(Nation at, Lane lane, List<LinkEffect> effects) {
    List<Frame.SetAside.Item> notUsed = new ArrayList<>();
    for (LinkEffect e : effects) {
      if (e instanceof LinkEffect.Send) {
        judge(at, lane, notUsed);
      } else if (e instanceof LinkEffect.Deliver d && unwanted.containsKey(d.seq())) {
        notUsed.add(new Frame.SetAside.Item(d.seq(), unwanted.get(d.seq())));
      }
      switch (e) {
        case LinkEffect.Send s -> send(at, s.peer(), lane, s.frame());
        case LinkEffect.Close c -> close(at, c.peer(), lane, c.reason());
        case LinkEffect.Cut c ->
            end(
                line(at, c.peer(), lane),
                at + "  " + lane + "  cuts the connection with " + c.peer() + ": " + c.reason());
        case LinkEffect.Dial d -> later(delay(at, d.peer()), () -> connect(at, d.peer(), lane));
        case LinkEffect.Passed p -> say(at, lane + "  has passed on " + p.from() + " to " + p.to());
        case LinkEffect.Deliver d ->
            say(at, lane + "  takes in " + d.seq() + ": " + Transcript.record(d.record()));
        case LinkEffect.Folded f ->
            say(at, lane + "  books " + f.seq() + " as folded into " + f.into());
        case LinkEffect.Gap g -> say(at, lane + "  books " + gap(g));
        case LinkEffect.KeyChanged k -> {
          say(at, lane + "  trusts another key of " + KOR);
          transcript.hex("key", k.key().bytes());
        }
        case LinkEffect.SetAsideByPartner s ->
            s.newest()
                .forEach(
                    i -> say(at, lane + "  hears that " + i.seq() + " is not used: " + i.reason()));
        case LinkEffect.SuspendedByPartner s ->
            say(at, lane + "  is told that the stream is " + suspended(s));
        case LinkEffect.Violation v ->
            say(at, lane + "  finds " + v.code() + " by " + v.peer() + ": " + v.detail());
        case LinkEffect.StateChanged s ->
            say(at, lane + "  path by " + s.peer() + " is " + s.state());
      }
    }
  }

  private static String suspended(LinkEffect.SuspendedByPartner s) {
    return s.suspended() ? "suspended: " + s.reason() : "suspended no longer";
  }

  private static String gap(LinkEffect.Gap g) {
    String reason = g.reason().name().toLowerCase(Locale.ROOT);
    return "a gap, " + g.from() + " to " + g.to() + ", by " + reason;
  }
}
