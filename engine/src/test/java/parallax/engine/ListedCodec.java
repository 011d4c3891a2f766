package parallax.engine;

import java.nio.ByteBuffer;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.model.InvalidValueException;
import parallax.model.Report;

/**
 * Stands for a wire format: a record's bytes are its report's place in a list all engines share.
 */
final class ListedCodec implements ReportCodec {
  private final SortedMap<String, Integer> numbers = new TreeMap<>();
  private final SortedMap<Integer, Report> reports = new TreeMap<>();

  @Override
  public byte[] encode(Report report) {
    int number = numbers.computeIfAbsent(report.toString(), r -> reports.size());
    reports.put(number, report);
    return ByteBuffer.allocate(8).putInt(0x50415258).putInt(number).array();
  }

  @Override
  public Report decode(byte[] record) {
    if (record.length != 8 || ByteBuffer.wrap(record).getInt() != 0x50415258) {
      throw new InvalidValueException("record", record.length + " bytes", "a listed report");
    }
    Report report = reports.get(ByteBuffer.wrap(record).getInt(4));
    if (report == null) {
      throw new InvalidValueException("record", "unknown", "a listed report");
    }
    return report;
  }
}
