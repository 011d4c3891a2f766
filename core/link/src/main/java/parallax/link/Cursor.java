package parallax.link;

import parallax.model.InvalidValueException;

/**
 * A place in a numbered, hash-chained stream.
 *
 * @param next number of the next record, from 1
 * @param chainHash hash of the chain up to the record before it
 */
public record Cursor(long next, Digest chainHash) {
  /** Validates the number. */
  public Cursor {
    if (next < 1) {
      throw new InvalidValueException("cursor", next, "1 or more");
    }
  }
}
