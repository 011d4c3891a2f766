package parallax.audit;

import java.io.IOException;

/**
 * The files of a log do not belong together as they were signed. The message names the file, what
 * was found and what was expected.
 */
public final class DamagedLogException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Says that {@code what} of {@code file} was {@code found} where {@code expected} was wanted. */
  public DamagedLogException(String file, String what, Object found, Object expected) {
    super(file + ": " + what + " is " + found + "; expected " + expected);
  }

  DamagedLogException(String file, String problem) {
    super(file + ": " + problem);
  }
}
