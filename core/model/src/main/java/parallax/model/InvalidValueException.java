package parallax.model;

/**
 * A value from outside is not in the domain of its field. The message names the field, what was
 * found and what was expected, in that order.
 */
public final class InvalidValueException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** Says that {@code field} was {@code found} where {@code expected} was wanted. */
  public InvalidValueException(String field, Object found, String expected) {
    super(field + " is " + found + "; expected " + expected);
  }
}
