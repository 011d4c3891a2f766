package parallax.journal.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.zip.CRC32C;
import parallax.journal.JournalException;
import parallax.journal.JournalException.Kind;
import parallax.journal.log.LogId;

/**
 * How a segment's file begins, version 1. Numbers are big-endian. Batches follow from byte 80 on
 * ({@link parallax.journal.log.BatchFormat}), then zeros.
 *
 * <pre>
 *  offset  bytes
 *       0      8  "PXLOG", carriage return, line feed, 1a hex
 *       8      4  version of the format
 *      12      4  CRC32C of the header without these 4 bytes
 *      16     16  id of the log
 *      32      8  position of the first entry, as in the file's name
 *      40      8  when the segment was begun, nanoseconds since 1970; 0 when nobody told the time
 *      48      8  first position of the segment before; 0 in the first
 *      56      8  where the batches of the segment before end, its offset; 0 in the first
 *      64      4  CRC of the last batch before; 0 in the first
 *      68     12  zeros
 * </pre>
 *
 * @param log id of the log
 * @param firstPosition position of the first entry
 * @param createdNs when it was begun
 * @param previousFirst first position of the segment before
 * @param previousEnd where its batches end
 * @param previousCrc CRC of its last batch, or of its header when it has none
 * @param crc of this header
 */
record SegmentHeader(
    LogId log,
    long firstPosition,
    long createdNs,
    long previousFirst,
    long previousEnd,
    int previousCrc,
    int crc) {
  static final int BYTES = 80;
  static final int VERSION = 1;
  static final String SUFFIX = ".log";

  private static final byte[] MAGIC = "PXLOG\r\n\u001a".getBytes(StandardCharsets.US_ASCII);
  private static final int NAME_DIGITS = 20;

  /** The bytes of a header that is to be written. */
  static ByteBuffer encode(
      LogId log,
      long firstPosition,
      long createdNs,
      long previousFirst,
      long previousEnd,
      int previousCrc) {
    ByteBuffer b = ByteBuffer.allocate(BYTES);
    b.put(MAGIC).putInt(VERSION).putInt(0).putLong(log.high()).putLong(log.low());
    b.putLong(firstPosition).putLong(createdNs).putLong(previousFirst).putLong(previousEnd);
    b.putInt(previousCrc);
    b.putInt(12, checksum(b));
    return b.clear();
  }

  private static int checksum(ByteBuffer b) {
    CRC32C crc = new CRC32C();
    crc.update(b.slice(0, 12));
    crc.update(b.slice(16, BYTES - 16));
    return (int) crc.getValue();
  }

  /** The name of a segment's file: 20 digits, so that names are in the order of positions. */
  static String fileName(long firstPosition) {
    String digits = Long.toString(firstPosition);
    return "0".repeat(NAME_DIGITS - digits.length()) + digits + SUFFIX;
  }

  /** The position in the name of a segment's or snapshot's file; empty for any other file. */
  static OptionalLong positionIn(String fileName, String suffix) {
    if (fileName.length() != NAME_DIGITS + suffix.length() || !fileName.endsWith(suffix)) {
      return OptionalLong.empty();
    }
    long position = 0;
    for (int i = 0; i < NAME_DIGITS; i++) {
      int digit = fileName.charAt(i) - '0';
      if (digit < 0 || digit > 9 || position > (Long.MAX_VALUE - digit) / 10) {
        return OptionalLong.empty();
      }
      position = 10 * position + digit;
    }
    return position < 1 ? OptionalLong.empty() : OptionalLong.of(position);
  }

  /**
   * Reads the header of a file.
   *
   * @throws JournalException {@code CORRUPT}, or {@code OTHER} for a newer version
   */
  static SegmentHeader read(Path path, long nameSays, Disk.DiskFile file) throws IOException {
    ByteBuffer b = ByteBuffer.allocate(BYTES);
    int read = file.read(b, 0);
    if (read < BYTES || !b.slice(0, 8).equals(ByteBuffer.wrap(MAGIC))) {
      throw Failures.corrupt(path, "it does not begin like a segment of a journal");
    }
    if (checksum(b) != b.getInt(12)) {
      throw Failures.corrupt(path, "its header, bytes 0 to " + BYTES + ", is damaged");
    }
    if (b.getInt(8) != VERSION) {
      throw new JournalException(
          Kind.OTHER,
          path
              + " is of format version "
              + b.getInt(8)
              + ", made by a newer program; this one reads version "
              + VERSION
              + ". Use the newer program");
    }
    SegmentHeader h =
        new SegmentHeader(
            new LogId(b.getLong(16), b.getLong(24)),
            b.getLong(32),
            b.getLong(40),
            b.getLong(48),
            b.getLong(56),
            b.getInt(64),
            b.getInt(12));
    if (h.firstPosition != nameSays) {
      throw Failures.corrupt(
          path, "it is the segment of position " + h.firstPosition + " under another's name");
    }
    return h;
  }

  /** Where a segment's batches begin and what they are chained to. */
  SegmentEnd beginning() {
    return new SegmentEnd(BYTES, firstPosition, crc);
  }

  /** Whether this segment goes on where another ends. */
  boolean follows(SegmentHeader before, SegmentEnd end) {
    return log.equals(before.log)
        && previousFirst == before.firstPosition
        && previousEnd == end.offset()
        && previousCrc == end.crc()
        && firstPosition == end.position();
  }
}
