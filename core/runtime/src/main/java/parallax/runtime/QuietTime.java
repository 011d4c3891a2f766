package parallax.runtime;

import java.util.Optional;
import parallax.engine.Engine;
import parallax.engine.Input;
import parallax.model.UtcTime;

/**
 * Keeps account of the batches that stay out of the journal, because nothing lasting came of them.
 * What they lead to is written as one {@link Input.Quiet}: before the next batch that is written,
 * and once in a while when none is, so that the end of the journal is never much older than the
 * node's time.
 */
final class QuietTime {
  /** For how long nothing is written at most, by the wall clock, nanoseconds. */
  static final long LONGEST_NS = 10_000_000_000L;

  private boolean leftOut;
  private long writtenWallNs = Long.MIN_VALUE;

  /** What the batches before this one lead to; empty when the journal holds all of them. */
  private Optional<Input.Stamped> before = Optional.empty();

  private boolean quiet;

  /** Whether a batch was stepped that is neither in the journal nor left out yet. */
  private boolean stepping;

  /**
   * A batch, or the next part of one, is about to be stepped.
   *
   * @param time the newest time of receipt so far
   * @param wallNs the wall clock then, UTC nanoseconds
   */
  void begin(Engine engine, UtcTime time, long wallNs) {
    if (!stepping) {
      before = come(engine, time, wallNs);
      quiet = true;
      stepping = true;
    }
  }

  /** Whether the input that was stepped last may stay out of the journal. */
  void stepped(boolean wasQuiet) {
    quiet &= wasQuiet;
  }

  /** What the batches that stayed out of the journal lead to; empty when none did. */
  Optional<Input.Stamped> come(Engine engine, UtcTime time, long wallNs) {
    return leftOut
        ? Optional.of(new Input.Stamped(time, wallNs, engine.quietSoFar()))
        : Optional.empty();
  }

  /** The same, as it was before the batch that was stepped last. */
  Optional<Input.Stamped> before() {
    return before;
  }

  /** Whether the batch that was stepped last may stay out of the journal. */
  boolean isQuiet() {
    return quiet;
  }

  /** Whether something must be written, so that the journal's end does not fall behind. */
  boolean isDue(long wallNs) {
    return wallNs < writtenWallNs || wallNs - writtenWallNs >= LONGEST_NS;
  }

  /** The batch that was stepped last stays out of the journal. */
  void leaveOut() {
    leftOut = true;
    stepping = false;
  }

  /** The journal holds all there is, at this wall clock. */
  void written(long wallNs) {
    leftOut = false;
    stepping = false;
    writtenWallNs = wallNs;
  }
}
