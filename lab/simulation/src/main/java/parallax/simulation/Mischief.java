package parallax.simulation;

import java.util.List;
import parallax.model.Nation;

/** What happens to machines and lines in a run, at moments of its own. */
final class Mischief {
  /** How much faster or slower than it should a wall clock goes, seconds a second. */
  static final double MOST_DRIFT = 0.002;

  private final World world;
  private final Chance chance;

  Mischief(World world, Chance chance) {
    this.world = world;
    this.chance = chance;
  }

  /** Sets the clocks wrong, and plans the rest. */
  void begin(double lengthS) {
    for (SimNode n : world.nodes()) {
      if (world.faults().strikes(Fault.CLOCK_SKEW, 0.5)) {
        n.clock().offset(chance.ns(-3, 3));
      }
      if (world.faults().strikes(Fault.CLOCK_SKEW, 0.15)) {
        setWrong(n, chance.ns(0.5, 3));
      }
      if (world.faults().strikes(Fault.CLOCK_DRIFT, 0.5)) {
        n.clock().drift(chance.between(-MOST_DRIFT, MOST_DRIFT));
      }
    }
    again(lengthS);
  }

  /** Sets a node's clock wrong by minutes or hours, and right again after a while. */
  private void setWrong(SimNode n, long forNs) {
    long by = chance.ns(30, chance.hit(0.5) ? 600 : 32_400);
    n.clock().wrong(chance.hit(0.5) ? by : -by, world.now());
    world.later(forNs, () -> n.clock().wrong(0, world.now()));
  }

  private void again(double lengthS) {
    world.later(
        chance.ns(0.3, 1.2),
        () -> {
          if (!world.faults().isCalm()) {
            strike();
            again(lengthS);
          }
        });
  }

  private void crashDamaged(SimNode n) {
    if (!world.faults().isCalm()) {
      n.crash("with a damaged store");
    }
  }

  private void strike() {
    FaultPlan f = world.faults();
    List<Connection> connections = world.network().connections();
    if (!connections.isEmpty()) {
      Connection c = chance.pick(connections);
      if (f.strikes(Fault.CUT, 0.2)) {
        world.say(c.dialler, "loses " + c);
        world.network().sever(c, false);
      }
      c = chance.pick(connections);
      if (f.strikes(Fault.RESET, 0.2)) {
        world.say(c.dialler, "is reset on " + c);
        world.network().sever(c, true);
      }
      c = chance.pick(connections);
      if (f.strikes(Fault.SLOW_READER, 0.15)) {
        Pipe pipe = chance.hit(0.5) ? c.forth : c.back;
        pipe.stalledUntilNs = world.now() + chance.ns(0.3, 6);
      }
    }
    if (f.strikes(Fault.PARTITION, 0.08)) {
      Nation from = chance.pick(world.topology().nations());
      Nation to = chance.pick(world.topology().partners(from));
      world.say(from, "does not get through to " + to);
      world.network().block(from, to, world.now() + chance.ns(0.5, 12));
    }
    SimNode n = chance.pick(world.nodes());
    if (f.strikes(Fault.CLOCK_STEP, 0.08)) {
      n.clock().step(chance.ns(-4, 4), 4_000_000_000L, world.now());
    }
    if (f.strikes(Fault.CLOCK_STEP, 0.03)) {
      setWrong(n, chance.ns(0.3, 4));
    }
    if (f.strikes(Fault.DISK_FULL, 0.05)) {
      world.say(n.nation(), "has a full disk");
      n.disk().full(true);
      world.later(chance.ns(0.2, 4), () -> n.disk().full(false));
    }
    if (n.isUp() && f.strikes(Fault.STORE_FLIP, 0.03)) {
      n.disk().flip(chance);
      world.later(chance.ns(0, 2), () -> crashDamaged(n));
    }
    if (f.strikes(Fault.CRASH, 0.015)) {
      n.crash("at rest");
    }
  }
}
