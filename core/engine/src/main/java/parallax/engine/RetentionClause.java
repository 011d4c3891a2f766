package parallax.engine;

import parallax.release.Agreement;

/**
 * How long a receiver may keep what it is told.
 *
 * @param clause the clause of the agreement, for logs
 * @param days how long, days
 */
public record RetentionClause(String clause, int days) {
  private static final long DAY_NS = 86_400_000_000_000L;

  /** The clause of an agreement. */
  public static RetentionClause of(Agreement a) {
    return new RetentionClause(
        a.name() + " version " + a.version() + ", retentionDays " + a.retentionDays(),
        a.retentionDays());
  }

  /**
   * What came before this moment is to be deleted.
   *
   * @param wallNs now, wall clock, UTC nanoseconds
   */
  public long until(long wallNs) {
    return wallNs - days * DAY_NS;
  }

  /**
   * When something is to be deleted, UTC nanoseconds.
   *
   * @param cameWallNs when it came, wall clock, UTC nanoseconds
   */
  public long dueAt(long cameWallNs) {
    return cameWallNs + days * DAY_NS;
  }
}
