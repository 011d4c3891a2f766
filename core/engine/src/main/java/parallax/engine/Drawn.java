package parallax.engine;

import java.util.List;
import java.util.Optional;
import parallax.model.UtcTime;

/**
 * A launch as it was last drawn.
 *
 * @param at when, the node's time
 * @param wallNs when, wall clock, UTC nanoseconds
 * @param from the tracks it was drawn from
 * @param launch what was drawn; empty when that failed, so that it is to be drawn again
 * @param shown whether anything was ever drawn by its name
 */
record Drawn(
    UtcTime at,
    long wallNs,
    List<KnownTrack> from,
    Optional<CombinedLaunch> launch,
    boolean shown) {
  /** Least time between two drawings of one launch, seconds. */
  private static final double PERIOD_S = 1.0;

  /**
   * Whether the period has passed. It counts on either clock: an exercise that stands still is
   * drawn to its end all the same. A clock that was set back does not hold anything up.
   */
  boolean isDue(UtcTime now, long wallNow) {
    return now.secondsSince(at) >= PERIOD_S
        || (wallNow - wallNs) * 1e-9 >= PERIOD_S
        || wallNow < wallNs;
  }

  /** Whether these tracks look as they did when it was drawn. */
  boolean isOf(List<KnownTrack> tracks) {
    return launch.isPresent() && from.equals(tracks);
  }

  /** The same, to be drawn again after the period. */
  Drawn failed() {
    return new Drawn(at, wallNs, from, Optional.empty(), shown);
  }
}
