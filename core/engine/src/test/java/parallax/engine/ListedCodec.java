package parallax.engine;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.model.InvalidValueException;
import parallax.model.Report;

/** Stands for a wire format: a record's bytes name its report in a list all engines share. */
final class ListedCodec implements ReportCodec {
  private static final int LENGTH = 16;
  private final SortedMap<String, Report> reports = new TreeMap<>();

  @Override
  public byte[] encode(Report report) {
    byte[] name = Arrays.copyOf(digest(report.toString()), LENGTH);
    reports.put(HexFormat.of().formatHex(name), report);
    return name;
  }

  private static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public Report decode(byte[] record) {
    if (record.length != LENGTH) {
      throw new InvalidValueException("record", record.length + " bytes", "a listed report");
    }
    Report report = reports.get(HexFormat.of().formatHex(record));
    if (report == null) {
      throw new InvalidValueException("record", "unknown", "a listed report");
    }
    return report;
  }
}
