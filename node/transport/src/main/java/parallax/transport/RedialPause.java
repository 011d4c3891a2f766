package parallax.transport;

/**
 * How long to wait before a wire is dialled again: longer each time, until a connection has held
 * for a while. One that is answered and refused at once, as by a relay that cannot reach the
 * partner, is no reason for haste. Not thread-safe.
 */
final class RedialPause {
  /** The first pause, milliseconds. */
  static final long FIRST_MS = 100;

  /** The longest pause, milliseconds. */
  static final long LAST_MS = 1_600;

  /** How long the neighbour must have been heard for the next pause to be the first one again. */
  static final long HELD_NS = LAST_MS * 1_000_000;

  private long nextMs = FIRST_MS;
  private boolean heard;
  private long heardSinceNs;

  /** The neighbour has said something on the present connection. */
  void heard(long nowNs) {
    if (!heard) {
      heard = true;
      heardSinceNs = nowNs;
    }
  }

  /** The present connection has ended: how long to wait now, milliseconds. */
  long ended(long nowNs) {
    if (heard && nowNs - heardSinceNs >= HELD_NS) {
      nextMs = FIRST_MS;
    }
    heard = false;
    long pause = nextMs;
    nextMs = Math.min(LAST_MS, nextMs * 2);
    return pause;
  }
}
