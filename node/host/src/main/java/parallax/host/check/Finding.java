package parallax.host.check;

import java.util.Locale;

/**
 * One thing that was looked at.
 *
 * @param grade how it is
 * @param about what was looked at: a word for people
 * @param text what was found, and what to do where something is to be done
 */
public record Finding(Grade grade, String about, String text) {
  /** How a thing is. */
  public enum Grade {
    /** As it should be. */
    OK(0),
    /** The node starts and works, but somebody should look at this. */
    WARNING(1),
    /** The node does not start, or does not do its work. */
    ERROR(2);

    private final int exitCode;

    Grade(int exitCode) {
      this.exitCode = exitCode;
    }

    /** The exit code of a check whose worst finding has this grade. */
    public int exitCode() {
      return exitCode;
    }
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%-8s %-10s %s", grade, about, text);
  }
}
