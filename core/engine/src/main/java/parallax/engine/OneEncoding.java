package parallax.engine;

import org.jspecify.annotations.Nullable;
import parallax.model.Report;

/** Encodes a report once that several partners are told alike, one after the other. */
final class OneEncoding implements ReportCodec {
  private final ReportCodec codec;
  private @Nullable Report last;
  private byte[] record = {};

  OneEncoding(ReportCodec codec) {
    this.codec = codec;
  }

  /** The bytes, which nobody may change. */
  @Override
  public byte[] encode(Report report) {
    if (!report.equals(last)) {
      record = codec.encode(report);
      last = report;
    }
    return record;
  }

  @Override
  public Report decode(byte[] bytes) {
    return codec.decode(bytes);
  }
}
