package parallax.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import parallax.model.Nation;

/** Who can be reached from where: all from all, through a hub, or both. */
record Topology(Shape shape, List<Nation> nations, Nation hub) {
  enum Shape {
    /** Everybody reaches everybody. */
    MESH,
    /** Everybody reaches the hub, and the hub everybody. */
    HUB,
    /** Everybody reaches everybody, and has the way through the hub as well. */
    BOTH
  }

  /** Whether there is a way from one to the other without a third. */
  boolean joins(Nation a, Nation b) {
    return shape != Shape.HUB || a.equals(hub) || b.equals(hub);
  }

  /** Whether the hub relays. */
  boolean relays() {
    return shape != Shape.MESH;
  }

  /** The neighbours by which a nation's streams to another go. */
  SortedSet<Nation> ways(Nation from, Nation to) {
    SortedSet<Nation> ways = new TreeSet<>();
    if (joins(from, to)) {
      ways.add(to);
    }
    if (relays() && !from.equals(hub) && !to.equals(hub)) {
      ways.add(hub);
    }
    return ways;
  }

  /** The others. */
  List<Nation> partners(Nation of) {
    List<Nation> out = new ArrayList<>(nations);
    out.remove(of);
    return out;
  }
}
