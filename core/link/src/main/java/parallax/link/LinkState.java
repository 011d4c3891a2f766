package parallax.link;

/** Where one direction of a link stands. */
public enum LinkState {
  /** No connection. */
  DOWN,
  /** Connected; Hello or Welcome is awaited. */
  GREETING,
  /** Greeted and heard of lately. */
  UP,
  /** Greeted, but silent for longer than {@link LinkConfig#staleNs}. */
  STALE,
  /** Broken off over a violation by either side; stays so until the next connection. */
  REFUSED
}
