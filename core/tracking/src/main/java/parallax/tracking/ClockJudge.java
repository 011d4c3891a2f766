package parallax.tracking;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Decides which clocks are wrong. Comparisons tell differences of clocks only. Clocks are right as
 * a rule, so the fewest wrong ones that explain the differences are taken to be the wrong ones: one
 * that differs from several others which agree is wrong itself. Of two clocks that differ, with no
 * third to ask, either may be wrong; that of the radar in use for longer is taken to be right, so
 * that tracks go on as they are.
 */
final class ClockJudge {
  /** How well a clock that is right keeps the time, seconds. */
  private static final double RIGHT_SIGMA_S = 2e-3;

  /** By how much chi-square falls when a clock is no longer taken to be right: a doubt. */
  private static final double DOUBT = 12;

  /** The same of a clock that was doubted before: what was decided is not changed lightly. */
  private static final double STILL_IN_DOUBT = 6;

  /** The same: beyond doubt. */
  private static final double BEYOND_DOUBT = 25;

  /** Two explanations that differ by less in chi-square are as good as each other. */
  private static final double AS_GOOD = 12;

  /** The same when it was decided before which of them is wrong. */
  private static final double STILL_AS_GOOD = 4;

  private static final int LEAST_TO_DOUBT = 3;
  private static final int LEAST_TO_KNOW = 8;

  /** An offset so plain needs fewer comparisons. */
  private static final double OBVIOUS = 200;

  private static final int LEAST_TO_SEE = 4;

  /**
   * What was decided of one wrong clock.
   *
   * @param known whether it is wrong beyond doubt
   * @param group the clocks of which one at least is wrong, this one among them
   */
  record Wrong(boolean known, SortedSet<Integer> group) {
    TrackerState.WrongClock state() {
      return new TrackerState.WrongClock(known, List.copyOf(group));
    }
  }

  /** The errors, given that all clocks but the wrong ones are right. */
  final BiasFilter errors;

  /** The wrong clocks, by the radar's place in the filter. */
  final TreeMap<Integer, Wrong> wrong = new TreeMap<>();

  /** Clocks that may be wrong instead of others, but are taken to be right. */
  final TreeMap<Integer, SortedSet<Integer>> maybe = new TreeMap<>();

  /**
   * Judges.
   *
   * @param known what comparisons have told
   * @param comparisons how many there were of each radar
   * @param inUseSince a number for each radar, less for one that has been in use for longer
   * @param before what was decided last
   */
  ClockJudge(
      BiasFilter known, int[] comparisons, long[] inUseSince, SortedMap<Integer, Wrong> before) {
    Given allRight = given(known, Set.of());
    Given now = allRight;
    while (wrong.size() < comparisons.length) {
      TreeMap<Integer, Double> without = new TreeMap<>();
      double least = Double.POSITIVE_INFINITY;
      int likeliest = -1;
      for (int i = 0; i < comparisons.length; i++) {
        if (!wrong.containsKey(i) && comparisons[i] >= LEAST_TO_DOUBT) {
          TreeSet<Integer> free = new TreeSet<>(wrong.keySet());
          free.add(i);
          double d = given(known, free).distance;
          without.put(i, d);
          likeliest = d < least ? i : likeliest;
          least = Math.min(least, d);
        }
      }
      double gain = now.distance - least;
      if (!(gain > (wrong.size() < before.size() ? STILL_IN_DOUBT : DOUBT))) {
        break;
      }
      Wrong was = before.get(likeliest);
      double asGood = was != null && was.group.size() == 1 ? STILL_AS_GOOD : AS_GOOD;
      TreeSet<Integer> group = new TreeSet<>();
      for (Map.Entry<Integer, Double> w : without.entrySet()) {
        if (w.getValue() - least < asGood && allRight.distance - w.getValue() > 0) {
          group.add(w.getKey());
        }
      }
      int right = group.stream().min(Comparator.comparingLong(i -> inUseSince[i])).orElseThrow();
      int count = group.stream().mapToInt(i -> comparisons[i]).min().orElse(0);
      boolean beyond =
          group.stream().anyMatch(i -> before.containsKey(i) && before.get(i).known)
              || (gain > BEYOND_DOUBT && count >= LEAST_TO_KNOW)
              || (gain > OBVIOUS && count >= LEAST_TO_SEE);
      for (int i : group) {
        if (i != right || group.size() == 1) {
          wrong.put(i, new Wrong(beyond, group));
        } else {
          maybe.put(i, group);
        }
      }
      now = given(known, wrong.keySet());
    }
    errors = now.errors;
  }

  /** What was judged, by its state. */
  ClockJudge(TrackerState.Errors state) {
    errors = BiasFilter.of(state.judged());
    for (int i = 0; i < state.radars().size(); i++) {
      TrackerState.Radar r = state.radars().get(i);
      if (r.wrong().isPresent()) {
        TrackerState.WrongClock w = r.wrong().get();
        wrong.put(i, new Wrong(w.known(), new TreeSet<>(w.group())));
      }
      if (!r.maybe().isEmpty()) {
        maybe.put(i, new TreeSet<>(r.maybe()));
      }
    }
  }

  private record Given(BiasFilter errors, double distance) {}

  /** The errors, given that all clocks but those {@code free} are right; and how ill that fits. */
  private static Given given(BiasFilter known, Set<Integer> free) {
    BiasFilter errors = known.copy();
    double distance = 0;
    for (int i = 0; clock(i) < known.size; i++) {
      if (!free.contains(i)) {
        distance += errors.suppose(clock(i), 0, RIGHT_SIGMA_S);
      }
    }
    return new Given(errors, distance);
  }

  private static int clock(int radar) {
    return BiasFilter.EACH * radar + BiasFilter.CLOCK;
  }
}
