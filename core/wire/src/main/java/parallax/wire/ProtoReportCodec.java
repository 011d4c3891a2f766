package parallax.wire;

import parallax.engine.ReportCodec;
import parallax.model.InvalidValueException;
import parallax.model.Report;
import parallax.wire.fields.ReportFields;
import parallax.wire.fields.WireFields;

/** Reports as {@code parallax.v1.Report} messages: the records of a partner stream. */
public final class ProtoReportCodec implements ReportCodec {
  /** A record longer than this is refused unread, bytes. */
  public static final int MAX_RECORD_BYTES = 16 * 1024;

  /** Creates the codec; it has no state. */
  public ProtoReportCodec() {}

  @Override
  public byte[] encode(Report report) {
    return ReportFields.toProto(report).toByteArray();
  }

  @Override
  public Report decode(byte[] record) {
    if (record.length > MAX_RECORD_BYTES) {
      throw new InvalidValueException(
          "record", record.length + " bytes", "at most " + MAX_RECORD_BYTES + " bytes");
    }
    return ReportFields.TOLD.fromProto(
        WireFields.parse(parallax.wire.proto.Report.parser(), "record", record));
  }
}
