package parallax.bench.micro;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import parallax.bench.common.Samples;
import parallax.link.Digest;
import parallax.link.Entry;
import parallax.link.Frame;
import parallax.model.Report;
import parallax.wire.FrameCodec;
import parallax.wire.ProtoReportCodec;

/** One track report, and one batch of 100 of them, to bytes and back. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class CodecBench {
  private static final int RECORDS = 100;

  private final ProtoReportCodec codec = new ProtoReportCodec();
  private final Report report;
  private final byte[] record;
  private final Frame.Batch batch;
  private final byte[] frame;

  /** For JMH. */
  public CodecBench() {
    Samples samples = new Samples(1);
    report = samples.report();
    record = codec.encode(report);
    List<Entry> records = new ArrayList<>();
    for (int i = 0; i < RECORDS; i++) {
      records.add(new Entry.Whole(codec.encode(samples.report())));
    }
    batch = new Frame.Batch(1, records, Digest.of(new byte[Digest.LENGTH]), new byte[64], 1);
    frame = FrameCodec.encode(batch);
  }

  /** A report to bytes. */
  @Benchmark
  public byte[] encodeReport() {
    return codec.encode(report);
  }

  /** Bytes to a report. */
  @Benchmark
  public Report decodeReport() {
    return codec.decode(record);
  }

  /** A batch of 100 to bytes. */
  @Benchmark
  public byte[] encodeBatch100() {
    return FrameCodec.encode(batch);
  }

  /** Bytes to a batch of 100. */
  @Benchmark
  public Frame decodeBatch100() {
    return FrameCodec.decode(frame);
  }
}
