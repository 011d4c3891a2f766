package parallax.bench.link;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import parallax.bench.common.Options;
import parallax.bench.common.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code parallax bench link}. */
@Command(
    name = "link",
    mixinStandardHelpOptions = true,
    description =
        "From one nation to another on this machine: latency at 1,000 records a second and"
            + " throughput in batches of the raw transport, then the link's sessions in memory.")
public final class LinkCommand implements Callable<Integer> {
  private static final int MOST_BYTES = 8_000;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "of paced records for each course (default: ${DEFAULT-VALUE})")
  private double seconds = 15;

  @Option(
      names = "--records",
      paramLabel = "N",
      description = "for each course and batch size (default: ${DEFAULT-VALUE})")
  private long records = 1_500_000;

  @Option(
      names = "--size",
      paramLabel = "BYTES",
      description = "of a record on the raw transport (default: ${DEFAULT-VALUE})")
  private int size = 300;

  @Option(names = "--json", paramLabel = "FILE", description = "write the figures as JSON")
  private @Nullable Path json;

  @Spec private @Nullable CommandSpec spec;

  /** With the options' defaults. */
  public LinkCommand() {}

  @Override
  public Integer call() throws Exception {
    Options.require(
        spec, "--seconds", seconds, seconds > 0 && seconds <= 3_600, "above 0, at most 3600");
    Options.require(spec, "--records", records, records >= 1_500, "1500 or more");
    Options.require(spec, "--size", size, size >= 1 && size <= MOST_BYTES, "1 to " + MOST_BYTES);
    Output.requireWritable(json);
    Output output = new Output(System.out);
    LinkBench bench = new LinkBench(new LinkBench.Plan(seconds, records, size), output);
    output.write(json, bench.run());
    return 0;
  }
}
