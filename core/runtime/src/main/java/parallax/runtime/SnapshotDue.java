package parallax.runtime;

/**
 * Says when the next snapshot is due: after so many inputs, or after so long if any input came. For
 * one thread.
 */
public final class SnapshotDue {
  private final long everyInputs;
  private final long everyNs;
  private long lastPosition;
  private long lastNs;
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
    lastPosition = nextPosition;
    lastNs = monotonicNs;
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
    return now || inputs >= everyInputs || (inputs > 0 && monotonicNs - lastNs >= everyNs);
  }
}
