package parallax.model;

/** Domain checks of the model's constructors; each returns the value it accepts. */
public final class Check {
  private Check() {}

  /** Accepts any finite number. */
  public static double finite(String field, double value) {
    if (!Double.isFinite(value)) {
      throw new InvalidValueException(field, value, "a finite number");
    }
    return value;
  }

  /** Accepts a finite number in the closed interval from {@code low} to {@code high}. */
  public static double within(String field, double value, double low, double high) {
    if (!(value >= low && value <= high)) {
      throw new InvalidValueException(field, value, "a number from " + low + " to " + high);
    }
    return value;
  }

  /** Accepts a finite number greater than zero. */
  public static double positive(String field, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new InvalidValueException(field, value, "a finite number greater than 0");
    }
    return value;
  }

  /** Accepts a finite number that is not negative. */
  public static double notNegative(String field, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new InvalidValueException(field, value, "a finite number, 0 or more");
    }
    return value;
  }

  /** Accepts text of 1 to {@code maxLength} characters without control characters. */
  public static String text(String field, String value, int maxLength) {
    if (value.isBlank() || value.length() > maxLength) {
      throw new InvalidValueException(
          field, "text of length " + value.length(), "1 to " + maxLength + " characters");
    }
    for (int i = 0; i < value.length(); i++) {
      if (Character.isISOControl(value.charAt(i))) {
        throw new InvalidValueException(
            field, "text with a control character at " + i, "printable characters");
      }
    }
    return value;
  }
}
