package parallax.bench.journal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import parallax.bench.common.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code parallax bench journal}. */
@Command(
    name = "journal",
    mixinStandardHelpOptions = true,
    description =
        "Appends to the journal on disk, to plain SQLite and to the bare disk: single commits, and"
            + " rows a second by 100 and 500 a transaction.")
public final class JournalCommand implements Callable<Integer> {
  @Option(
      names = "--commits",
      paramLabel = "N",
      description = "single commits for each store (default: ${DEFAULT-VALUE})")
  private int commits = 3_000;

  @Option(
      names = "--rows",
      paramLabel = "N",
      description = "for each store and batch size (default: ${DEFAULT-VALUE})")
  private int rows = 300_000;

  @Option(
      names = "--size",
      paramLabel = "BYTES",
      description = "of a row (default: ${DEFAULT-VALUE})")
  private int size = 300;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "on the disk to be measured (default: the folder for temporary files)")
  private Path directory = Path.of(System.getProperty("java.io.tmpdir", "."));

  @Option(names = "--json", paramLabel = "FILE", description = "write the figures as JSON")
  private @Nullable Path json;

  @Spec private @Nullable CommandSpec spec;

  /** With the options' defaults. */
  public JournalCommand() {}

  @Override
  public Integer call() throws Exception {
    require("--commits", commits, commits >= 60, "60 or more");
    require("--rows", rows, rows >= 1_500, "1500 or more");
    require("--size", size, size >= 1 && size <= 1 << 20, "1 to " + (1 << 20));
    require("--dir", directory, Files.isDirectory(directory), "a folder that is there");
    Output.requireWritable(json);
    Output output = new Output(System.out);
    JournalBench.Plan plan = new JournalBench.Plan(commits, rows, size, directory);
    output.write(json, new JournalBench(plan, output).run());
    return 0;
  }

  private void require(String option, Object value, boolean good, String expected) {
    if (!good && spec != null) {
      throw new ParameterException(
          spec.commandLine(), option + " is " + value + "; expected " + expected);
    }
  }
}
