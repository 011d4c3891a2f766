package parallax.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import parallax.link.Frame;
import parallax.link.Wire;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.wire.FrameCodec;

/**
 * The connections between nations, as byte streams in virtual time. Keeps what a transport keeps: a
 * connection's bytes arrive in order, once, or not at all, and never by another connection.
 */
final class Network {
  private final World world;
  private final Chance chance;
  private final SortedMap<Nation, SortedMap<Nation, Long>> latencyNs = new TreeMap<>();
  private final SortedMap<Nation, SortedMap<Nation, Long>> blockedUntilNs = new TreeMap<>();
  private final SortedMap<Nation, SortedMap<Wire, Port>> ports = new TreeMap<>();
  private final SortedMap<Nation, SortedMap<Wire, Dialler>> diallers = new TreeMap<>();
  private long connections;

  /** One end of a connection that is up, as its nation sees it. */
  record Port(Connection connection, Nation end) {
    Pipe out() {
      return connection.from(end);
    }
  }

  /** Dials again whenever its connection ends, as a node's dialler does. */
  private final class Dialler {
    private static final long FIRST_NS = 100_000_000;
    private static final long LAST_NS = 1_600_000_000;

    final Nation from;
    final Wire wire;
    final boolean again;
    long redialNs = FIRST_NS;
    boolean stopped;
    boolean waiting;

    Dialler(Nation from, Wire wire, boolean again) {
      this.from = from;
      this.wire = wire;
      this.again = again;
    }

    void redial() {
      if (!again || stopped || waiting) {
        return;
      }
      waiting = true;
      world.later(
          redialNs,
          () -> {
            waiting = false;
            if (!stopped && world.party(from).isUp()) {
              open(this);
            }
          });
      redialNs = Math.min(LAST_NS, 2 * redialNs);
    }
  }

  Network(World world, Chance chance, List<Nation> nations) {
    this.world = world;
    this.chance = chance;
    for (Nation a : nations) {
      SortedMap<Nation, Long> to = new TreeMap<>();
      nations.forEach(b -> to.put(b, chance.ns(0.002, 0.12)));
      latencyNs.put(a, to);
      blockedUntilNs.put(a, new TreeMap<>());
      ports.put(a, new TreeMap<>());
      diallers.put(a, new TreeMap<>());
    }
  }

  private static <T> T of(SortedMap<Nation, T> map, Nation n) {
    T value = map.get(n);
    if (value == null) {
      throw new IllegalStateException(n + " takes no part");
    }
    return value;
  }

  private long latency(Nation from, Nation to) {
    long base = of(of(latencyNs, from), to);
    return base + chance.ns(0, 0.01);
  }

  private boolean isBlocked(Nation from, Nation to) {
    return of(blockedUntilNs, from).getOrDefault(to, 0L) > world.now();
  }

  /** For a while nothing gets from one nation to another. */
  void block(Nation from, Nation to, long untilNs) {
    of(blockedUntilNs, from).put(to, untilNs);
  }

  void unblockAll() {
    blockedUntilNs.values().forEach(m -> m.clear());
  }

  /** Dials a connection now; and again when it ends, unless it was asked for once. */
  void dial(Nation from, Wire wire, boolean again) {
    if (!world.topology().joins(from, wire.peer())) {
      world.later(1, () -> world.party(from).onLink(wire, false));
      return;
    }
    Dialler d = new Dialler(from, wire, again);
    Dialler old = of(diallers, from).put(wire, d);
    if (old != null) {
      old.stopped = true;
    }
    open(d);
  }

  private void open(Dialler d) {
    Nation to = d.wire.peer();
    Connection c = new Connection(++connections, d.from, to, d.wire.stream());
    replace(d.from, d.wire, new Port(c, d.from));
    world.party(d.from).onLink(d.wire, true);
    world.later(latency(d.from, to), () -> arrive(c));
  }

  private void arrive(Connection c) {
    if (c.over) {
      return;
    }
    Party party = world.party(c.accepter);
    if (!party.isUp() || isBlocked(c.dialler, c.accepter) || isBlocked(c.accepter, c.dialler)) {
      world.later(
          latency(c.accepter, c.dialler),
          () -> {
            c.over = true;
            end(c, c.dialler);
          });
      return;
    }
    Wire wire = c.wireOf(c.accepter);
    c.accepted = true;
    replace(c.accepter, wire, new Port(c, c.accepter));
    party.onLink(wire, true);
    plan(c, c.forth, c.accepter);
  }

  private void replace(Nation at, Wire wire, Port port) {
    Port old = of(ports, at).put(wire, port);
    if (old != null) {
      world.party(at).onLink(wire, false);
      finish(old);
    }
  }

  /** A port is no longer used at this end: what was sent still goes out, then the end is seen. */
  private void finish(Port port) {
    Pipe out = port.out();
    out.closing = true;
    Connection c = port.connection();
    if (c.accepted) {
      plan(c, out, c.other(port.end()));
    } else {
      c.over = true;
    }
  }

  /** Sends a frame, if the connection is up; it is dropped otherwise. */
  void send(Nation from, Wire wire, Frame frame) {
    Port port = of(ports, from).get(wire);
    if (port != null) {
      byte[] bytes = FrameCodec.encode(frame);
      put(port, bytes, false);
      world.tamper().onFrame(port, frame, bytes);
    }
  }

  /** Puts a frame into a connection behind what is on its way. */
  void put(Port port, byte[] frame, boolean forged) {
    Connection c = port.connection();
    if (c.over || port.out().closing) {
      return;
    }
    Nation to = c.other(port.end());
    long due = world.now() + latency(port.end(), to);
    if (world.faults().strikes(Fault.DELAY, 0.02)) {
      due += chance.ns(0.2, 6);
    }
    port.out().send(frame, forged, due, chance);
    world.wires().queued(c, port.out().queued());
    if (c.accepted) {
      plan(c, port.out(), to);
    }
  }

  /** Plans the next arrival of a pipe, unless it is planned already. */
  private void plan(Connection c, Pipe pipe, Nation to) {
    if (pipe.planned || c.over) {
      return;
    }
    long due = pipe.nextDueNs();
    if (due == Long.MAX_VALUE) {
      if (!pipe.closing) {
        return;
      }
      due = world.now() + latency(c.other(to), to);
    }
    pipe.planned = true;
    world.later(Math.max(0, due - world.now()), () -> move(c, pipe, to));
  }

  private void move(Connection c, Pipe pipe, Nation to) {
    pipe.planned = false;
    if (c.over) {
      return;
    }
    Nation from = c.other(to);
    if (isBlocked(from, to)) {
      pipe.stalledUntilNs = of(blockedUntilNs, from).getOrDefault(to, 0L);
      waitFor(c, pipe, to);
      return;
    }
    if (!world.party(to).reads()) {
      pipe.stalledUntilNs = world.now() + 100_000_000;
      waitFor(c, pipe, to);
      return;
    }
    while (!c.over && pipe.nextDueNs() <= world.now()) {
      pipe.arrive();
      frames(c, pipe, to);
    }
    if (!c.over && pipe.isEmpty() && pipe.closing) {
      end(c, to);
      c.over = true;
      return;
    }
    plan(c, pipe, to);
  }

  private void waitFor(Connection c, Pipe pipe, Nation to) {
    pipe.planned = true;
    world.later(Math.max(1, pipe.stalledUntilNs - world.now()), () -> move(c, pipe, to));
  }

  private void frames(Connection c, Pipe pipe, Nation to) {
    for (byte[] f = pipe.next(); f != null; f = pipe.next()) {
      boolean forged = pipe.wasForged();
      Wire wire = c.wireOf(to);
      Port port = of(ports, to).get(wire);
      if (port != null && port.connection() == c) {
        Dialler d = of(diallers, to).get(wire);
        if (d != null && to.equals(c.dialler)) {
          d.redialNs = Dialler.FIRST_NS;
        }
        hear(to, wire, f, forged);
      }
    }
  }

  private void hear(Nation to, Wire wire, byte[] bytes, boolean forged) {
    Frame frame;
    try {
      frame = FrameCodec.decode(bytes);
    } catch (InvalidValueException e) {
      world.party(to).onMalformed(wire, String.valueOf(e.getMessage()), forged);
      return;
    }
    world.wires().arrived(to, wire, frame, forged);
    world.party(to).onFrame(wire, frame, forged);
  }

  /** An end sees that a connection is over. */
  private void end(Connection c, Nation at) {
    Wire wire = c.wireOf(at);
    Port port = of(ports, at).get(wire);
    if (port != null && port.connection() == c) {
      of(ports, at).remove(wire);
      if (world.party(at).isUp()) {
        world.party(at).onLink(wire, false);
      }
    }
    if (at.equals(c.dialler)) {
      redial(at, wire, c);
    }
  }

  private void redial(Nation at, Wire wire, @Nullable Connection ended) {
    Dialler d = of(diallers, at).get(wire);
    if (d != null && (ended == null || !of(ports, at).containsKey(wire))) {
      d.redial();
    }
  }

  /** Closes a connection once what was sent is out; whoever dialled it dials again. */
  void close(Nation at, Wire wire) {
    Port port = of(ports, at).remove(wire);
    if (port != null) {
      world.party(at).onLink(wire, false);
      finish(port);
    }
    redial(at, wire, null);
  }

  /** Ends a connection at once: what is on its way out of this end does not leave. */
  void cut(Nation at, Wire wire) {
    Port port = of(ports, at).remove(wire);
    if (port != null) {
      world.party(at).onLink(wire, false);
      port.out().drop();
      finish(port);
    }
    redial(at, wire, null);
  }

  /** Breaks a connection under way: both ends see it soon, after some of the bytes or none. */
  void sever(Connection c, boolean inPart) {
    if (c.over) {
      return;
    }
    if (inPart && c.accepted) {
      c.forth.arriveInPart(chance);
      frames(c, c.forth, c.accepter);
      c.back.arriveInPart(chance);
      frames(c, c.back, c.dialler);
    }
    c.over = true;
    world.later(chance.ns(0, 0.3), () -> end(c, c.dialler));
    world.later(chance.ns(0, 0.3), () -> end(c, c.accepter));
  }

  /**
   * A nation's process is gone, and all its connections with it.
   *
   * @param silent whether the others are told nothing: they see silence
   */
  void vanish(Nation n, boolean silent) {
    of(diallers, n).values().forEach(d -> d.stopped = true);
    of(diallers, n).clear();
    List<Port> gone = new ArrayList<>(of(ports, n).values());
    of(ports, n).clear();
    for (Port p : gone) {
      Connection c = p.connection();
      c.over = true;
      Nation other = c.other(n);
      world.later(silent ? chance.ns(20, 60) : chance.ns(0, 0.3), () -> end(c, other));
    }
  }

  /** Every connection that is up at both ends. */
  List<Connection> connections() {
    List<Connection> out = new ArrayList<>();
    ports.forEach(
        (n, of) ->
            of.values()
                .forEach(
                    p -> {
                      Connection c = p.connection();
                      if (c.dialler.equals(n) && c.accepted && !c.over) {
                        out.add(c);
                      }
                    }));
    return out;
  }

  /** The port of one end, if that connection is the one in use there. */
  @Nullable Port port(Nation at, Wire wire) {
    return of(ports, at).get(wire);
  }
}
