package parallax.runtime;

/**
 * Says when the next snapshot is due: after so many inputs, after so long if any input came, or
 * when to step the inputs since the last one again would take a start too long. For one thread.
 */
public final class SnapshotDue {
  /**
   * Time that the inputs since the last snapshot may have taken, nanoseconds. A start, whose code
   * is not compiled yet, takes some ten times as long for them.
   */
  static final long MOST_WORK_NS = 100_000_000;

  /** Such a snapshot follows another no sooner than this, nanoseconds. */
  static final long LEAST_BETWEEN_NS = 10_000_000_000L;

  private final long everyInputs;
  private final long everyNs;
  private long lastPosition;
  private long lastNs;
  private long workedNs;
  private boolean now;

  /**
   * A rule.
   *
   * @param everyInputs after so many inputs, 1 or more
   * @param everyNs after so long, nanoseconds
   */
  public SnapshotDue(long everyInputs, long everyNs) {
    this.everyInputs = everyInputs;
    this.everyNs = everyNs;
  }

  /** A snapshot was taken, or the node has started. */
  public void taken(long nextPosition, long monotonicNs) {
    now = false;
    workedNs = 0;
    lastPosition = nextPosition;
    lastNs = monotonicNs;
  }

  /** Inputs were stepped, which took so long, nanoseconds. */
  public void worked(long ns) {
    workedNs += ns;
  }

  /** One is due now, whatever came. */
  public void now() {
    now = true;
  }

  /** Whether anything came since the last one. */
  public boolean isAny(long nextPosition) {
    return nextPosition > lastPosition;
  }

  /** Whether one is due. */
  public boolean isDue(long nextPosition, long monotonicNs) {
    long inputs = nextPosition - lastPosition;
    long sinceNs = monotonicNs - lastNs;
    return now
        || inputs >= everyInputs
        || (inputs > 0 && sinceNs >= everyNs)
        || (workedNs >= MOST_WORK_NS && inputs > 0 && sinceNs >= LEAST_BETWEEN_NS);
  }
}
