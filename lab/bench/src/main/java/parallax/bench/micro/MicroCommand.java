package parallax.bench.micro;

import java.nio.file.Path;
import java.util.Collection;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import parallax.bench.common.Options;
import parallax.bench.common.Output;
import parallax.bench.common.Setting;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code parallax bench micro}. */
@Command(
    name = "micro",
    mixinStandardHelpOptions = true,
    description =
        "The pieces of the hot path one by one, under JMH: signing, chain, codec, release.")
public final class MicroCommand implements Callable<Integer> {
  private static final int ITERATIONS = 5;

  @Parameters(
      paramLabel = "NAME",
      arity = "0..1",
      description = "only benches whose name matches this regular expression")
  private String name = "";

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "for each bench, as much again to warm up (default: ${DEFAULT-VALUE})")
  private double seconds = 5;

  @Option(names = "--in-process", hidden = true, description = "no process of its own: for tests")
  private boolean inProcess;

  @Option(names = "--json", paramLabel = "FILE", description = "write JMH's figures as JSON")
  private @Nullable Path json;

  @Spec private @Nullable CommandSpec spec;

  /** With the options' defaults. */
  public MicroCommand() {}

  @Override
  public Integer call() throws Exception {
    Options.require(spec, "--seconds", seconds, seconds >= 0.05 && seconds <= 600, "0.05 to 600");
    Output.requireWritable(json);
    System.out.println(Setting.line());
    TimeValue each = TimeValue.milliseconds(Math.max(10, Math.round(seconds * 1e3 / ITERATIONS)));
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("parallax\\.bench\\.micro\\..*" + name)
            .forks(inProcess ? 0 : 1)
            .warmupIterations(ITERATIONS)
            .warmupTime(each)
            .measurementIterations(ITERATIONS)
            .measurementTime(each);
    if (json != null) {
      options.resultFormat(ResultFormatType.JSON).result(json.toString());
    }
    Collection<RunResult> results = new Runner(options.build()).run();
    return results.isEmpty() ? 1 : 0;
  }
}
