package parallax.journal.log;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a batch, version 1. Numbers are big-endian.
 *
 * <pre>
 *  offset  bytes
 *       0      4  "PXB1"
 *       4      4  CRC32C (RFC 3720, B.4) of the log's id and of bytes 8 to length - 8
 *       8      4  length of the whole batch, a multiple of 8
 *      12      4  number of entries, 1 or more
 *      16      8  position of the first entry
 *      24      8  up to which offset of the segment everything was durable when this was written
 *      32      4  CRC of the batch before in the segment; of the segment's header in the first
 *      36      4  bytes of entries
 *      40         each entry: length of input (4), length of facts (4), input, facts
 *                 zeros up to a multiple of 8
 *  length - 8  4  "PXE1"
 *  length - 4  4  the CRC once more
 * </pre>
 *
 * <p>The end tells a batch that was written whole and damaged afterwards from one of which a part
 * was never written.
 */
public final class BatchFormat {
  /** "PXB1": how a batch begins. */
  public static final int MAGIC = 0x50584231;

  /** "PXE1": how the last 8 bytes of a batch begin. */
  public static final int END_MAGIC = 0x50584531;

  /** Bytes before the first entry. */
  public static final int HEADER_BYTES = 40;

  /** Bytes of the end. */
  public static final int END_BYTES = 8;

  /** Every batch begins and ends at a multiple of this offset. */
  public static final int ALIGNMENT = 8;

  /** No batch is longer than this, bytes. */
  public static final int MOST_BYTES = 128 << 20;

  private static final int LEAST_BYTES = HEADER_BYTES + 8 + END_BYTES;

  /**
   * What a batch says of itself.
   *
   * @param crc its checksum
   * @param length of the whole batch, bytes
   * @param entries how many
   * @param firstPosition position of the first
   * @param durableEnd offset in the segment up to which everything was durable when it was written
   * @param previousCrc checksum of what stands before it
   */
  public record Header(
      int crc, int length, int entries, long firstPosition, long durableEnd, int previousCrc) {
    /** The position after the last entry. */
    public long nextPosition() {
      return firstPosition + entries;
    }
  }

  private BatchFormat() {}

  /**
   * How many bytes a batch takes.
   *
   * @throws IllegalArgumentException when that is more than {@link #MOST_BYTES}
   */
  public static int encodedBytes(List<JournalEntry> batch) {
    long bytes = HEADER_BYTES + ALIGNMENT - 1 + END_BYTES;
    for (JournalEntry e : batch) {
      bytes += 8L + e.input().length + e.facts().length;
    }
    bytes &= -ALIGNMENT;
    if (bytes > MOST_BYTES) {
      throw new IllegalArgumentException(
          "a batch of " + bytes + " bytes; expected " + MOST_BYTES + " at most");
    }
    return (int) bytes;
  }

  /**
   * Writes a batch at the buffer's position, which is moved behind it.
   *
   * @return its checksum
   */
  public static int encode(
      ByteBuffer out,
      LogId log,
      long firstPosition,
      long durableEnd,
      int previousCrc,
      List<JournalEntry> batch) {
    final int start = out.position();
    final int length = encodedBytes(batch);
    out.putInt(MAGIC).putInt(0).putInt(length).putInt(batch.size());
    out.putLong(firstPosition).putLong(durableEnd).putInt(previousCrc).putInt(0);
    for (JournalEntry e : batch) {
      out.putInt(e.input().length).putInt(e.facts().length).put(e.input()).put(e.facts());
    }
    out.putInt(start + 36, out.position() - start - HEADER_BYTES);
    int end = start + length - END_BYTES;
    while (out.position() < end) {
      out.put((byte) 0);
    }
    int crc = crc(out, start, length, log);
    out.putInt(start + 4, crc);
    out.putInt(END_MAGIC).putInt(crc);
    return crc;
  }

  /**
   * The length of the batch that begins at a place, as its header says; 0 when no batch begins
   * there. Needs the first 12 bytes only and verifies nothing.
   */
  public static int lengthAt(ByteBuffer in, int start) {
    if (in.getInt(start) != MAGIC) {
      return 0;
    }
    int length = in.getInt(start + 8);
    return length >= LEAST_BYTES && length <= MOST_BYTES && length % ALIGNMENT == 0 ? length : 0;
  }

  /**
   * The batch that begins at a place of a buffer; null when there is none that is whole, up to the
   * buffer's limit, and of this log. Its end is not looked at: what it holds is right without.
   */
  public static @Nullable Header read(ByteBuffer in, int start, LogId log) {
    if (in.limit() - start < LEAST_BYTES) {
      return null;
    }
    int length = lengthAt(in, start);
    if (length == 0 || length > in.limit() - start) {
      return null;
    }
    int crc = in.getInt(start + 4);
    if (crc(in, start, length, log) != crc || !isWellFormed(in, start, length)) {
      return null;
    }
    return new Header(
        crc,
        length,
        in.getInt(start + 12),
        in.getLong(start + 16),
        in.getLong(start + 24),
        in.getInt(start + 32));
  }

  /** Whether the end of a batch, which was read, is as it was written. */
  public static boolean hasEnd(ByteBuffer in, int start, Header batch) {
    int end = start + batch.length() - END_BYTES;
    return in.getInt(end) == END_MAGIC && in.getInt(end + 4) == batch.crc();
  }

  private static boolean isWellFormed(ByteBuffer in, int start, int length) {
    int entries = in.getInt(start + 12);
    long last = in.getLong(start + 16);
    int bytes = in.getInt(start + 36);
    int room = length - HEADER_BYTES - END_BYTES;
    if (entries < 1 || last < 1 || bytes < 0 || bytes > room || room - bytes >= ALIGNMENT) {
      return false;
    }
    long at = 0;
    for (int i = 0; i < entries; i++) {
      if (at + 8 > bytes) {
        return false;
      }
      int place = start + HEADER_BYTES + (int) at;
      int input = in.getInt(place);
      int facts = in.getInt(place + 4);
      at += 8L + input + facts;
      if (input < 0 || facts < 0 || at > bytes) {
        return false;
      }
    }
    return at == bytes;
  }

  /** Shows the entries of a batch, which was read, from a position on. */
  public static void entries(
      ByteBuffer in, int start, Header batch, long from, EntryLog.Visitor visitor) {
    int at = start + HEADER_BYTES;
    for (long p = batch.firstPosition(); p < batch.nextPosition(); p++) {
      int input = in.getInt(at);
      int facts = in.getInt(at + 4);
      at += 8;
      if (p >= from) {
        byte[] inputBytes = new byte[input];
        byte[] factBytes = new byte[facts];
        in.get(at, inputBytes);
        in.get(at + input, factBytes);
        visitor.entry(p, inputBytes, factBytes);
      }
      at += input + facts;
    }
  }

  private static int crc(ByteBuffer in, int start, int length, LogId log) {
    CRC32C crc = new CRC32C();
    crc.update(ByteBuffer.allocate(16).putLong(log.high()).putLong(log.low()).flip());
    crc.update(in.duplicate().limit(start + length - END_BYTES).position(start + 8));
    return (int) crc.getValue();
  }
}
