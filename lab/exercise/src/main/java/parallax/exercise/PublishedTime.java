package parallax.exercise;

import parallax.model.Check;

/**
 * A flight time as one publisher gave it.
 *
 * @param publisher who, for example {@code KCNA}
 * @param seconds launch to impact, seconds
 */
public record PublishedTime(String publisher, double seconds) {
  /** Validates the time. */
  public PublishedTime {
    Check.text("publisher", publisher, 40);
    Check.positive("published flight time (s)", seconds);
  }
}
