package parallax.bench.common;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** What options of a bench may say. */
public final class Options {
  private Options() {}

  /**
   * Refuses a value that cannot be used.
   *
   * @param spec the command; null when it was not started from a command line
   * @param expected what would have been good
   */
  public static void require(
      @Nullable CommandSpec spec, String option, Object value, boolean good, String expected) {
    if (!good && spec != null) {
      throw new ParameterException(
          spec.commandLine(), option + " is " + value + "; expected " + expected);
    }
  }
}
