package parallax.engine;

import java.util.ArrayList;
import java.util.List;
import parallax.model.LaunchPointEstimate;
import parallax.model.UtcTime;

/**
 * When a target was in flight, as far as its tracks tell.
 *
 * @param from the earliest moment they speak of, at most {@link #LONGEST_S} before the last
 * @param to the latest moment they speak of
 */
record FlightTime(UtcTime from, UtcTime to) {
  /** No ballistic flight that a warning is about lasts longer, seconds. */
  private static final double LONGEST_S = 7_200;

  /**
   * Targets whose flights are further apart in time are never one, seconds. Times of launches are
   * known to seconds or minutes; this leaves room for the worst of them.
   */
  private static final double NEAR_S = 3_600;

  /** The flight that some tracks speak of. */
  static FlightTime of(List<KnownTrack> tracks) {
    List<UtcTime> moments = new ArrayList<>();
    for (KnownTrack k : tracks) {
      k.launch().map(LaunchPointEstimate::time).ifPresent(moments::add);
      k.estimate().ifPresent(e -> moments.add(e.state().timeOfValidity()));
      k.impact().ifPresent(i -> moments.add(i.madeFrom()));
    }
    UtcTime to = moments.stream().reduce(new UtcTime(Long.MIN_VALUE), UtcTime::max);
    UtcTime from = moments.stream().reduce(to, UtcTime::min);
    return new FlightTime(UtcTime.max(from, moved(to, -LONGEST_S)), to);
  }

  /** Whether the two were in flight at nearly the same time. */
  boolean isNear(FlightTime other) {
    return !moved(to, NEAR_S).isBefore(other.from) && !moved(other.to, NEAR_S).isBefore(from);
  }

  /** No flight that ended before this moment is near. */
  UtcTime earliestEndNear() {
    return moved(from, -NEAR_S);
  }

  /** A moment moved by some seconds, but not beyond the first or last that a time can name. */
  private static UtcTime moved(UtcTime t, double seconds) {
    long by = Math.round(seconds * 1e9);
    long sum = t.nanos() + by;
    boolean overflows = by > 0 ? sum < t.nanos() : sum > t.nanos();
    return new UtcTime(overflows ? (by > 0 ? Long.MAX_VALUE : Long.MIN_VALUE) : sum);
  }
}
