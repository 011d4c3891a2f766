package parallax.bench.micro;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import parallax.bench.common.Samples;
import parallax.credentials.NativeSignatures;
import parallax.signing.SignatureDomain;
import parallax.signing.SignaturesBy;
import parallax.signing.SigningKey;

/** One signature, and one verification, over the 54 bytes that a batch signs. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SigningBench {
  /** What signs; in one process, so in this order: a library that was taken stays. */
  @Param({"BouncyCastle", "AWS-LC"})
  private String by = "";

  private final SignatureDomain domain = new SignatureDomain(Samples.CHANNEL, "link-batch");
  private final SigningKey key = Samples.key("link key");
  private final byte[] message = new byte[54];
  private final byte[] signature = key.sign(domain, message);

  /** For JMH. */
  public SigningBench() {}

  /** Loads the library that is measured. */
  @Setup
  public void load() {
    if (!by.equals(SignaturesBy.BOUNCY_CASTLE)) {
      NativeSignatures.use()
          .ifPresent(
              why -> {
                throw new IllegalStateException(why);
              });
    }
  }

  /** Signs. */
  @Benchmark
  public byte[] sign() {
    return key.sign(domain, message);
  }

  /** Verifies. */
  @Benchmark
  public boolean verify() {
    return key.key().verify(domain, message, signature);
  }
}
