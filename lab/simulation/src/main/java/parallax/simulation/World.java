package parallax.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import parallax.link.LinkConfig;
import parallax.model.Channel;
import parallax.model.Nation;
import parallax.model.Plot;
import parallax.model.Sensor;
import parallax.warning.AreaCatalogue;

/**
 * Three to five nations in one thread and virtual time, all of it from one seed: what is launched
 * and seen, how they are joined, what goes wrong, and what people do. First trouble, then calm, and
 * in the calm everything must come right.
 */
final class World {
  /** The areas that can be warned; read once for all runs. */
  static final AreaCatalogue AREAS = AreaCatalogue.bundled();

  private static final long USUAL_START_NS = 1_750_000_000_000_000_000L;
  private static final double FLOWN_S = 100;
  private static final double SHORT_FLOWN_S = 45;

  /** A world that nobody judges begins so long after the launch: then there are plots at once. */
  private static final long UNJUDGED_FROM_S = 15;

  private static final long SECOND = 1_000_000_000L;
  private static final long MOST_EVENTS = 2_000_000;

  private final long seed;
  private final @Nullable InjectedBug bug;
  private final long snapshots;
  private final @Nullable Suspects suspects;
  private final Trace trace;
  private final FaultPlan faults;
  private final Topology topology;
  private final Channel channel;
  private final Treaty treaty;
  private final LinkConfig links;
  private final Signatures signatures = new Signatures();
  private final Script script;
  private final Watch watch;
  private final WireWatch wires;
  private final Network network;
  private final Tamper tamper;
  private final Lies lies;
  private final Operators operators;
  private final Mischief mischief;
  private final Officers officers;
  private final SortedMap<Nation, SimNode> nodes = new TreeMap<>();
  private final SortedMap<Nation, Party> parties = new TreeMap<>();
  private final Optional<Nation> hostile;
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::atNs).thenComparingLong(Event::order));
  private final double lengthS;
  private final long tickNs;
  private final double compares;
  private final boolean flown;
  private final boolean judged;
  private final long startNs;
  private long now;
  private long order;
  private long steps;

  /** Whether a hostile party still told something when all others were through. */
  private boolean toldLate;

  private boolean finished;
  private long starts;

  private record Event(long atNs, long order, Runnable what) {}

  /**
   * The world of a seed.
   *
   * @param snapshots after how many steps each engine is made anew from its state; 0: never; empty:
   *     as the seed has it
   * @param suspects bugs to be tried beside the nodes; null: none
   */
  World(
      long seed,
      SortedSet<Fault> allowed,
      @Nullable InjectedBug bug,
      OptionalLong snapshots,
      @Nullable Suspects suspects,
      int keptLines) {
    this.seed = seed;
    this.snapshots = snapshots.orElseGet(() -> snapshotsOf(seed, bug));
    this.bug = bug;
    this.trace = new Trace(keptLines);
    Chance apart = new Chance(~seed * 31);
    boolean seeks = suspects != null || (bug != null && bug.forgets().isPresent());
    this.suspects = suspects;
    this.judged = !apart.hit(seeks ? 0.7 : 0.05);
    Chance chance = new Chance(seed);
    this.faults = new FaultPlan(chance.split(), judged ? allowed : honest(allowed));
    this.topology = topology(chance);
    boolean three = topology.nations().size() == 3;
    this.flown = (three && chance.hit(0.001)) || (three && !judged && apart.hit(flies(bug)));
    this.startNs =
        flown ? Flown.launchNs() + (judged ? -5 : UNJUDGED_FROM_S) * SECOND : USUAL_START_NS;
    this.now = startNs;
    this.channel =
        chance.pick(List.of(Channel.REAL, Channel.EXERCISE, Channel.EXERCISE, Channel.TEST));
    this.hostile = judged ? hostile(chance) : Optional.empty();
    this.treaty = new Treaty(chance.split(), topology, channel);
    this.links = links(chance);
    this.lengthS = !flown ? chance.between(6, 16) : judged ? FLOWN_S : SHORT_FLOWN_S;
    this.tickNs = chance.pick(List.of(SECOND / 4, SECOND / 2, SECOND / 2, SECOND));
    this.compares = chance.hit(0.2) ? 0.004 : 0;
    this.script = new Script(chance.split(), topology, now, lengthS, !judged);
    this.watch = new Watch(this, channel, topology, hostile);
    this.wires = new WireWatch(this, watch);
    this.network = new Network(this, chance.split(), topology.nations());
    this.tamper = new Tamper(this, chance.split());
    Treaty.Text agreement = treaty.agreement(1);
    this.operators = new Operators(this, chance.split(), agreement);
    this.mischief = new Mischief(this, chance.split());
    this.lies = new Lies(this, chance.split());
    this.officers = new Officers(this, apart.split());
    for (Nation n : topology.nations()) {
      if (hostile.isPresent() && hostile.get().equals(n)) {
        parties.put(n, new HostileParty(this, n, chance.split()));
      } else {
        SimNode node = new SimNode(this, n, chance.split(), new SimClock(now), agreement);
        nodes.put(n, node);
        parties.put(n, node);
      }
    }
  }

  /**
   * How often engines are made anew: in most seeds not at all. Drawn apart from all else, so that
   * the rest of the world is the same with snapshots and without.
   */
  private static long snapshotsOf(long seed, @Nullable InjectedBug bug) {
    Chance chance = new Chance(~seed);
    double never = bug != null && bug.forgets().isPresent() ? 0 : 0.6;
    return chance.hit(never) ? 0 : chance.pick(List.of(1L, 2L, 5L, 20L, 20L, 20L, 50L, 100L));
  }

  private static Topology topology(Chance chance) {
    int size = chance.hit(0.85) ? 3 : chance.hit(0.75) ? 4 : 5;
    return new Topology(
        chance.pick(List.of(Topology.Shape.values())), Keys.NATIONS.subList(0, size), Nation.USA);
  }

  /** How often nations have sensors in a world that nobody judges: where it shows something. */
  private static double flies(@Nullable InjectedBug bug) {
    Optional<String> part = bug == null ? Optional.empty() : bug.forgets();
    return part.map(p -> p.startsWith("own.surveillance") ? 0.5 : 0.0).orElse(0.1);
  }

  private static SortedSet<Fault> honest(SortedSet<Fault> allowed) {
    SortedSet<Fault> out = new TreeSet<>(allowed);
    out.removeAll(List.of(Fault.HOSTILE_PARTY, Fault.HOSTILE_FRAMES));
    return out;
  }

  /** Any party may be hostile but the hub that others depend on. */
  private Optional<Nation> hostile(Chance chance) {
    List<Nation> may = new ArrayList<>(topology.nations());
    if (topology.relays()) {
      may.remove(topology.hub());
    }
    Nation one = chance.pick(may);
    return faults.has(Fault.HOSTILE_PARTY) && chance.hit(0.5) ? Optional.of(one) : Optional.empty();
  }

  private static LinkConfig links(Chance chance) {
    long heartbeat = chance.pick(List.of(1L, 2L, 2L, 4L, 4L, 4L, 8L, 8L)) * SECOND;
    int batchRecords = chance.pick(List.of(1, 3, 20, 500));
    int batchBytes = chance.pick(List.of(400, 2_000, 256 << 10));
    return new LinkConfig(
        heartbeat,
        5 * heartbeat / 2,
        4 * heartbeat,
        batchRecords,
        batchBytes,
        chance.pick(List.of(600, 3_000, 4 << 20)),
        chance.pick(List.of(1_500, 6_000, 256 << 20)),
        chance.pick(List.of(3, 10, 2_000_000)),
        chance.pick(List.of(500, 1_500, 1 << 20)),
        Math.max(50, batchRecords),
        Math.max(20_000, 2 * batchBytes));
  }

  // What the parts of the world ask.

  long now() {
    return now;
  }

  /** Something happens after a while. */
  void later(long ns, Runnable what) {
    events.add(new Event(now + Math.max(0, ns), order++, what));
  }

  void say(Nation who, String what) {
    trace.say(now - startNs, who.code(), what);
  }

  /** Begins a line of the trace. */
  StringBuilder line(Nation who) {
    return trace.line(now - startNs, who.code());
  }

  void countStep() {
    steps++;
  }

  @Nullable InjectedBug bug() {
    return bug;
  }

  /** After how many steps each engine is made anew from its state; 0: never. */
  long snapshots() {
    return snapshots;
  }

  /** Bugs to be tried beside the nodes; null: none. */
  @Nullable Suspects suspects() {
    return suspects;
  }

  FaultPlan faults() {
    return faults;
  }

  Topology topology() {
    return topology;
  }

  Channel channel() {
    return channel;
  }

  Treaty treaty() {
    return treaty;
  }

  LinkConfig links() {
    return links;
  }

  Signatures signatures() {
    return signatures;
  }

  Script script() {
    return script;
  }

  Watch watch() {
    return watch;
  }

  WireWatch wires() {
    return wires;
  }

  Network network() {
    return network;
  }

  Tamper tamper() {
    return tamper;
  }

  Lies lies() {
    return lies;
  }

  Operators operators() {
    return operators;
  }

  Party party(Nation n) {
    Party p = parties.get(n);
    if (p == null) {
      throw new IllegalStateException(n + " takes no part");
    }
    return p;
  }

  List<SimNode> nodes() {
    return List.copyOf(nodes.values());
  }

  Optional<SimNode> node(Nation n) {
    return Optional.ofNullable(nodes.get(n));
  }

  String policyOf(Nation n) {
    return node(n).map(SimNode::policy).orElseThrow();
  }

  List<Sensor> sensors(Nation n) {
    return flown ? Flown.sensors(n) : List.of();
  }

  /** Whether a computed flight with plots is part of this run. */
  boolean isFlown() {
    return flown;
  }

  /**
   * Whether what is told is held against the promises. In some worlds nobody does: there the
   * nations use all that a node offers, and software fails, and what counts is that replays and
   * snapshots give the same.
   */
  boolean isJudged() {
    return judged;
  }

  long tickNs() {
    return tickNs;
  }

  /** How often a node is compared with a replay of its journal. */
  double compares() {
    return compares;
  }

  /** The most that may be under way on a connection by the limits of its ends. */
  long mostQueuedBytes() {
    return 4 * (links.inFlightBytes() + links.batchBytes() + 2_000) + (64 << 10);
  }

  // The run.

  /** Runs it; throws what invariant it breaks. */
  void run() {
    for (SimNode n : nodes()) {
      later(Math.round(0.3 * SECOND * nodes.headMap(n.nation()).size()), n::start);
    }
    for (Script.Filing f : script.filings()) {
      later(f.atNs() - now, () -> node(f.nation()).ifPresent(n -> n.file(f.track())));
    }
    if (flown) {
      for (Plot p : plots()) {
        later(
            p.timeOfValidity().nanos() - now,
            () -> node(p.sensor().owner()).ifPresent(n -> n.plot(p)));
      }
    }
    hostile.ifPresent(h -> later(0, ((HostileParty) party(h))::begin));
    mischief.begin(lengthS);
    operators.plan(lengthS);
    if (!judged) {
      officers.begin();
    }
    remind();
    later(Math.round(lengthS * 1e9), this::calm);
    for (long i = 0; !finished; i++) {
      Event e = events.poll();
      if (e == null || i > MOST_EVENTS) {
        throw new BrokenInvariant("progress", i + " events, and no end");
      }
      now = e.atNs();
      e.what().run();
    }
    if (judged) {
      new EndWatch(this, watch).finish(hostile, toldLate);
    }
  }

  private List<Plot> plots() {
    return judged
        ? Flown.plots(seed, lengthS)
        : Flown.plotsForAll(startNs, startNs + Math.round(lengthS * 1e9));
  }

  private void remind() {
    later(
        SECOND,
        () -> {
          operators.remind();
          remind();
        });
  }

  private void calm() {
    trace.say(now - startNs, "---", "calm");
    faults.calm();
    network.unblockAll();
    tamper.end(hostile);
    if (flown) {
      watch.streams().values().forEach(l -> l.calmAt = l.given());
    }
    for (SimNode n : nodes()) {
      n.disk().full(false);
      n.disk().unflip();
      n.clock().wrong(0, now);
    }
    settle(now + 60 * SECOND + 8 * links.silentNs());
  }

  private void settle(long deadlineNs) {
    Optional<String> open = open();
    if (open.isEmpty()) {
      long of = starts;
      long before = watch.takenInAll();
      later(
          2 * SECOND + 2 * tickNs,
          () -> {
            finished = starts == of && open().isEmpty();
            toldLate = watch.takenInAll() != before;
            if (!finished) {
              settle(deadlineNs);
            }
          });
    } else if (now > deadlineNs) {
      throw new BrokenInvariant("lost", "in the end not through: " + open.get());
    } else {
      later(SECOND, () -> settle(deadlineNs));
    }
  }

  /** What is still to come right. */
  private Optional<String> open() {
    boolean settled = operators.settle();
    Optional<String> open = new EndWatch(this, watch).unfinished(hostile);
    if (open.isEmpty() && !flown && judged) {
      open = operators.unacknowledged(hostile);
    }
    return open.isPresent() || settled ? open : Optional.of("orders or nodes");
  }

  /** A node has started. */
  void started() {
    starts++;
  }

  long seed() {
    return seed;
  }

  long steps() {
    return steps;
  }

  double simulatedS() {
    return (now - startNs) * 1e-9;
  }

  Trace trace() {
    return trace;
  }
}
