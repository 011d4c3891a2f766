package parallax.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** {@code parallax bench}, which the launcher starts as a program of its own. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = {
      "Measures what the hot path costs on this machine, beside what it stands on.",
      "The launcher knows its commands: ./parallax bench --help lists them."
    })
final class BenchCommand implements Callable<Integer> {
  @Unmatched private List<String> words = new ArrayList<>(); // picocli adds to it

  @Override
  public Integer call() {
    throw new WrongUse(
        "bench "
            + String.join(" ", words)
            + ": only the launcher has the measurements; start them by ./parallax bench");
  }
}
