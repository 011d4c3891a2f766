package parallax.link;

/**
 * The two ways of one nation's reports to one partner. Each is a stream of its own, on a connection
 * of its own, so that nothing urgent ever stands behind anything else.
 */
public enum Lane {
  /** Launches, impact predictions that changed, and withdrawals: few, and at once. */
  URGENT(0),
  /** Everything else; under congestion only the newest of each track and data class is sent. */
  BULK(1);

  private final int wire;

  Lane(int wire) {
    this.wire = wire;
  }

  /** The lane's byte in what is hashed and signed. */
  int wire() {
    return wire;
  }
}
