package parallax.release;

/**
 * An agreement, policy or signature file is not what it must be; says where and what was wanted.
 */
public final class MalformedFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String sourceName;
  private final int line;

  /**
   * Says that {@code sourceName} at {@code line} (from 1; 0 when it is the whole file) is wrong.
   */
  MalformedFileException(String sourceName, int line, String what) {
    super(sourceName + (line > 0 ? ", line " + line : "") + ": " + what);
    this.sourceName = sourceName;
    this.line = line;
  }

  /** The file, as the caller named it. */
  public String sourceName() {
    return sourceName;
  }

  /** The line, from 1; 0 when the file as a whole is wrong. */
  public int line() {
    return line;
  }
}
