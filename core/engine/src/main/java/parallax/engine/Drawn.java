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
 * @param combined whether the tracks were combined; otherwise it is to be drawn again
 * @param kept what was combined, where it is still at hand: it follows from the tracks
 * @param shown whether anything was ever drawn by its name
 */
record Drawn(
    UtcTime at,
    long wallNs,
    List<KnownTrack> from,
    boolean combined,
    Optional<CombinedLaunch> kept,
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
    return combined && from.equals(tracks);
  }

  /** The same, to be drawn again after the period. */
  Drawn failed() {
    return new Drawn(at, wallNs, from, false, Optional.empty(), shown);
  }

  /** As another had it. */
  static Drawn of(KnowledgeState.Drawing d) {
    return new Drawn(d.at(), d.wallNs(), d.from(), d.combined(), Optional.empty(), d.shown());
  }

  KnowledgeState.Drawing state() {
    return new KnowledgeState.Drawing(at, wallNs, from, combined, shown);
  }
}
