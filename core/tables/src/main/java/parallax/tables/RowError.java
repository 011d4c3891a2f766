package parallax.tables;

/**
 * A row that could not be used, and why.
 *
 * @param line line of the file on which the row starts, from 1
 * @param message what was wrong, found and expected
 */
public record RowError(int line, String message) {
  /** {@code line N: message}. */
  @Override
  public String toString() {
    return "line " + line + ": " + message;
  }
}
