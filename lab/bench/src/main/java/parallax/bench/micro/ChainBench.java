package parallax.bench.micro;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import parallax.link.Digest;
import parallax.link.HashChain;

/** The hash chain over one record of 300 bytes. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ChainBench {
  private final HashChain chain = new HashChain();
  private final byte[] record = new byte[300];
  private Digest hash = Digest.of(new byte[Digest.LENGTH]);
  private long seq;

  /** For JMH. */
  public ChainBench() {}

  /** The digest of the record and the next hash. */
  @Benchmark
  public Digest next() {
    hash = chain.next(hash, ++seq, chain.ofRecord(record));
    return hash;
  }
}
