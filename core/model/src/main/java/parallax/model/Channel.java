package parallax.model;

/**
 * What the data is: of the world, of an exercise, or of a technical test. A channel has its own
 * keys and its own signature domain, so data of one channel never verifies as data of another.
 */
public enum Channel {
  /** The world as it is: may raise real warnings. */
  REAL,
  /** Made-up or replayed events for training: never raises a real warning. */
  EXERCISE,
  /** Technical test of equipment and links: shown to maintainers only. */
  TEST
}
