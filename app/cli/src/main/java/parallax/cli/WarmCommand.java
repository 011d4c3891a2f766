package parallax.cli;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import parallax.demo.Training;
import parallax.demo.WarmStart;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code parallax warm}. */
@Command(
    name = "warm",
    mixinStandardHelpOptions = true,
    description = {
      "Prepares this installation, so that nodes are fast from their first second.",
      "Two nodes on this machine, made for it and removed afterwards, are loaded for a while, and"
          + " what Java learns of them is kept for every later start. Needed once after an"
          + " installation, and again after another JDK or other jars were installed."
    })
final class WarmCommand implements Callable<Integer> {
  private static final int MOST_SECONDS = 3_600;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "how long the nodes are loaded (default: ${DEFAULT-VALUE})")
  private int seconds = 25;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "write the file there (default: where the launcher looks for it)")
  private @Nullable Path out;

  @Override
  public Integer call() throws Exception {
    if (seconds < 1 || seconds > MOST_SECONDS) {
      throw new WrongUse("--seconds is " + seconds + "; expected 1 to " + MOST_SECONDS);
    }
    Path file = file();
    long from = System.nanoTime();
    Training.Plan plan =
        new Training.Plan(
            Files.createTempDirectory("parallax-warm"), file, Duration.ofSeconds(seconds));
    new Training(plan, System.err::println).run();
    if (out == null) {
      removeOthers(file);
    }
    System.out.printf(
        Locale.ROOT,
        "%s, %.0f MB, made in %.0f s; nodes that the launcher starts use it%n",
        file,
        Files.size(file) / 1e6,
        (System.nanoTime() - from) * 1e-9);
    return 0;
  }

  private Path file() throws IOException {
    if (out != null) {
      GivenFile.requireWritable("--out", out);
      return out.toAbsolutePath();
    }
    Path file =
        WarmStart.file()
            .orElseThrow(
                () ->
                    new WrongUse(
                        "this was started without the launcher, which knows where the file"
                            + " belongs; --out FILE names a place"));
    Files.createDirectories(file.toAbsolutePath().getParent());
    return file;
  }

  /** What was made for other jars or another JDK is of no use any more. */
  private static void removeOthers(Path file) throws IOException {
    try (DirectoryStream<Path> all =
        Files.newDirectoryStream(file.toAbsolutePath().getParent(), "node-*.{aot,jsa}")) {
      for (Path other : all) {
        if (!other.getFileName().equals(file.getFileName())) {
          Files.delete(other);
        }
      }
    }
  }
}
