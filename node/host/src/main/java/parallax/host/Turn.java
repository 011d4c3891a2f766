package parallax.host;

import java.util.function.IntPredicate;

/**
 * Says when what is not urgent has been stepped for long enough, so that what is urgent never waits
 * long for it: by time, as some inputs are a thousand times the work of others. What was stepped is
 * then stored and carried out, which takes about as long again.
 */
final class Turn implements IntPredicate {
  /** The longest turn, nanoseconds. */
  private static final long LONGEST_NS = 2_000_000;

  /**
   * The shortest while something urgent waits, so that the rest has its share however much does.
   */
  private static final long LEAST_NS = 200_000;

  private final InputQueue queue;
  private final int urgent;
  private long begunNs = System.nanoTime();

  /** A turn that begins with so many inputs that are urgent. */
  Turn(InputQueue queue, int urgent) {
    this.queue = queue;
    this.urgent = urgent;
  }

  @Override
  public boolean test(int stepped) {
    long nowNs = System.nanoTime();
    if (stepped <= urgent) {
      begunNs = nowNs;
      return false;
    }
    long workedNs = nowNs - begunNs;
    return workedNs >= LONGEST_NS || (workedNs >= LEAST_NS && queue.isUrgentWaiting());
  }
}
