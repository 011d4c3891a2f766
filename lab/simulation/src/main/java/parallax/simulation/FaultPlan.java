package parallax.simulation;

import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/** Which faults strike in a run, how hard, and how often they did. */
final class FaultPlan {
  private static final double SHARE = 0.4;
  private static final double[] STRENGTHS = {0.3, 1, 1, 3};

  private final Chance chance;
  private final Map<Fault, Double> strength = new EnumMap<>(Fault.class);
  private final SortedMap<Fault, Long> counts = new TreeMap<>();
  private boolean calm;

  FaultPlan(Chance chance, SortedSet<Fault> allowed) {
    this.chance = chance;
    for (Fault f : Fault.values()) {
      boolean on = chance.hit(SHARE);
      double s = STRENGTHS[chance.below(STRENGTHS.length)];
      strength.put(f, on && allowed.contains(f) ? s : 0.0);
    }
  }

  /** How hard a fault strikes in this run; 0: not at all. */
  double strength(Fault f) {
    return calm ? 0 : strength.getOrDefault(f, 0.0);
  }

  boolean has(Fault f) {
    return strength(f) > 0;
  }

  /** Whether a fault strikes now, at one of the moments where it might with {@code probability}. */
  boolean strikes(Fault f, double probability) {
    double s = strength(f);
    if (s > 0 && chance.hit(probability * s)) {
      count(f);
      return true;
    }
    return false;
  }

  void count(Fault f) {
    counts.merge(f, 1L, Long::sum);
  }

  /** From now on nothing goes wrong any more. */
  void calm() {
    calm = true;
  }

  boolean isCalm() {
    return calm;
  }

  SortedMap<Fault, Long> counts() {
    return counts;
  }
}
