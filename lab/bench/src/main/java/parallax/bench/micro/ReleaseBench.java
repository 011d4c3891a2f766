package parallax.bench.micro;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import parallax.bench.common.Samples;
import parallax.model.Report;
import parallax.release.ReleaseDecision;

/** One release decision: a track report for one partner, under the default files. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ReleaseBench {
  private final Samples samples = new Samples(1);
  private final Report report = samples.report();

  /** For JMH. */
  public ReleaseBench() {}

  /** Decides. */
  @Benchmark
  public ReleaseDecision decide() {
    return samples.decide(report);
  }
}
