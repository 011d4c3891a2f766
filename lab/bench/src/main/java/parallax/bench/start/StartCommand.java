package parallax.bench.start;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import parallax.bench.common.Folders;
import parallax.bench.common.Options;
import parallax.bench.common.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code parallax bench start}. */
@Command(
    name = "start",
    mixinStandardHelpOptions = true,
    description =
        "Makes the journals of a new node, of one that was idle for a year and of one that took"
            + " plots for a month, ends all three as if killed while they track the same, and"
            + " measures how long each takes to be ready again, and its memory.")
public final class StartCommand implements Callable<Integer> {
  @Option(
      names = "--days",
      paramLabel = "N",
      description = "that the idle node was idle (default: ${DEFAULT-VALUE})")
  private int days = 365;

  @Option(
      names = "--month-days",
      paramLabel = "N",
      description =
          "that the busy node has taken plots, of which 30 are kept (default: ${DEFAULT-VALUE})")
  private int monthDays = FastNode.KEEP_DAYS;

  @Option(names = "--plots", paramLabel = "N", description = "a second (default: ${DEFAULT-VALUE})")
  private int plots = 100;

  @Option(
      names = "--tracks",
      paramLabel = "N",
      description = "live when the node ends (default: ${DEFAULT-VALUE})")
  private int tracks = 25;

  @Option(
      names = "--snapshot-seconds",
      paramLabel = "N",
      description =
          "between two snapshots, as a node takes them in a raid; the last is so old when the node"
              + " ends (default: ${DEFAULT-VALUE})")
  private int snapshotSeconds = 10;

  @Option(
      names = "--filler-bytes",
      paramLabel = "N",
      description =
          "of each input of the busy node's past, to spare the disk; 0: as recorded, with facts"
              + " (default: ${DEFAULT-VALUE})")
  private int fillerBytes = 32;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "starts from each (default: ${DEFAULT-VALUE})")
  private int rounds = 5;

  @Option(
      names = "--keep",
      paramLabel = "DIR",
      description = "make the journals there and keep them; those that are there are used again")
  private @Nullable Path keep;

  @Option(names = "--in-process", hidden = true, description = "no process of its own: for tests")
  private boolean inProcess;

  @Option(names = "--json", paramLabel = "FILE", description = "write the figures as JSON")
  private @Nullable Path json;

  @Spec private @Nullable CommandSpec spec;

  /** With the options' defaults. */
  public StartCommand() {}

  @Override
  public Integer call() throws Exception {
    require("--days", days, 1, 3_650);
    require("--month-days", monthDays, 1, FastNode.KEEP_DAYS);
    require("--plots", plots, 1, 10_000);
    require("--tracks", tracks, 1, 1_000);
    Options.require(
        spec,
        "--snapshot-seconds",
        snapshotSeconds,
        snapshotSeconds > 0
            && snapshotSeconds < Present.SECONDS
            && Present.SECONDS % snapshotSeconds == 0,
        "a number that goes into " + Present.SECONDS + ", such as 10 or 60");
    require("--filler-bytes", fillerBytes, 0, 1 << 16);
    require("--rounds", rounds, 1, 1_000);
    Output.requireWritable(json);
    Output output = new Output(System.out);
    StartPlan plan =
        new StartPlan(days, monthDays, plots, tracks, snapshotSeconds, fillerBytes, rounds);
    Path folder;
    if (keep == null) {
      folder = Files.createTempDirectory("parallax-bench");
    } else {
      folder = Files.createDirectories(keep);
    }
    try {
      Journals journals = new Journals(folder, plan, output);
      output.write(json, new StartBench(plan, output, inProcess).run(journals));
    } finally {
      if (keep == null) {
        Folders.delete(folder);
      }
    }
    return 0;
  }

  private void require(String option, int value, int least, int most) {
    Options.require(spec, option, value, value >= least && value <= most, least + " to " + most);
  }
}
