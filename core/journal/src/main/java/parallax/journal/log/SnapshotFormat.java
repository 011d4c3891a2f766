package parallax.journal.log;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32C;
import parallax.journal.JournalException;
import parallax.journal.JournalException.Kind;

/**
 * The bytes of a snapshot, version 1. Numbers are big-endian.
 *
 * <pre>
 *  offset  bytes
 *       0      8  "PXSNAP", carriage return, line feed
 *       8      4  version of the format
 *      12      4  CRC32C of the header without these 4 bytes, and of what its writer said of it
 *      16     16  id of the log that it stands beside
 *      32      8  position of the first entry that it does not contain
 *      40      8  length of the content, bytes
 *      48      4  length of what its writer said of it, bytes
 *      52      4  length of a block of content, bytes: 262,144
 *      56      8  zeros
 *      64         what its writer said of it
 *                 each block: CRC32C (4) of the log's id, the position, the block's number from 0
 *                 (8 bytes each but the id) and its bytes; then its bytes. The last may be shorter.
 * </pre>
 */
public final class SnapshotFormat {
  /** The newest version that can be read, and the one that is written. */
  public static final int VERSION = 1;

  /** Length of the header, bytes. */
  public static final int HEADER_BYTES = 64;

  /** No writer may say more of a snapshot, bytes. */
  public static final int MOST_ABOUT_BYTES = 1 << 20;

  /** Length of a block of content, bytes. */
  public static final int BLOCK_BYTES = 256 << 10;

  /** The ending of a snapshot's file name. */
  public static final String SUFFIX = ".snapshot";

  private static final byte[] MAGIC = "PXSNAP\r\n".getBytes(StandardCharsets.US_ASCII);

  private SnapshotFormat() {}

  /** The name of the file of a position: 20 digits, so that names are in the order of positions. */
  public static String fileName(long nextPosition) {
    String digits = Long.toString(nextPosition);
    return "0".repeat(20 - digits.length()) + digits + SUFFIX;
  }

  /** Header and what is said of a snapshot, as they stand at the beginning of its file. */
  public static byte[] head(LogId log, long nextPosition, byte[] about, long contentBytes) {
    ByteBuffer head = ByteBuffer.allocate(HEADER_BYTES + about.length);
    head.put(MAGIC).putInt(VERSION).putInt(0).putLong(log.high()).putLong(log.low());
    head.putLong(nextPosition).putLong(contentBytes).putInt(about.length).putInt(BLOCK_BYTES);
    head.put(HEADER_BYTES, about);
    head.putInt(12, headCrc(head.array(), HEADER_BYTES + about.length));
    return head.array();
  }

  /** Refuses what no snapshot may have. */
  public static void requireWritable(long nextPosition, byte[] about) {
    if (nextPosition < 1 || about.length > MOST_ABOUT_BYTES) {
      throw new IllegalArgumentException(
          "a snapshot of position "
              + nextPosition
              + " of which "
              + about.length
              + " bytes are said; expected 1 or more, and "
              + MOST_ABOUT_BYTES
              + " at most");
    }
  }

  private static int headCrc(byte[] head, int length) {
    CRC32C crc = new CRC32C();
    crc.update(head, 0, 12);
    crc.update(head, 16, length - 16);
    return (int) crc.getValue();
  }

  /** How long the whole file of a snapshot is, bytes. */
  public static long fileBytes(int aboutBytes, long contentBytes) {
    long blocks = (contentBytes + BLOCK_BYTES - 1) / BLOCK_BYTES;
    return HEADER_BYTES + aboutBytes + contentBytes + 4 * blocks;
  }

  /**
   * Reads the beginning of a file.
   *
   * @param log whose snapshot it should be
   * @param nextPosition what its name says
   * @param fileBytes how long it is
   * @param in its bytes from the beginning on
   */
  public static StoredSnapshot readHead(
      LogId log, long nextPosition, String fileName, long fileBytes, InputStream in)
      throws IOException {
    byte[] header = in.readNBytes(HEADER_BYTES);
    ByteBuffer h = ByteBuffer.wrap(header);
    if (header.length < HEADER_BYTES || !h.slice(0, 8).equals(ByteBuffer.wrap(MAGIC))) {
      return damaged(nextPosition, fileName, "it does not begin like a snapshot");
    }
    if (h.getInt(8) > VERSION) {
      // All of a newer header may be otherwise; only its version is spoken of.
      return damaged(
          nextPosition,
          fileName,
          "it is of format version "
              + h.getInt(8)
              + ", made by a newer program; this one reads up to version "
              + VERSION);
    }
    int aboutBytes = h.getInt(48);
    if (aboutBytes < 0 || aboutBytes > MOST_ABOUT_BYTES) {
      return damaged(nextPosition, fileName, "its header is damaged");
    }
    byte[] about = in.readNBytes(aboutBytes);
    ByteBuffer head = ByteBuffer.allocate(HEADER_BYTES + about.length).put(header).put(about);
    if (headCrc(head.array(), head.capacity()) != h.getInt(12)
        || about.length != aboutBytes
        || h.getInt(8) != VERSION
        || h.getInt(52) != BLOCK_BYTES
        || h.getLong(40) < 0) {
      return damaged(nextPosition, fileName, "its header is damaged");
    }
    LogId of = new LogId(h.getLong(16), h.getLong(24));
    if (!of.equals(log)) {
      return damaged(
          nextPosition, fileName, "it belongs to log " + of + "; the log here is " + log);
    }
    if (h.getLong(32) != nextPosition) {
      return damaged(nextPosition, fileName, "it is the snapshot of position " + h.getLong(32));
    }
    long expected = fileBytes(aboutBytes, h.getLong(40));
    Optional<String> damage =
        fileBytes == expected
            ? Optional.empty()
            : Optional.of("it has " + fileBytes + " bytes; expected " + expected);
    return new StoredSnapshot(nextPosition, about, h.getLong(40), fileName, damage);
  }

  private static StoredSnapshot damaged(long nextPosition, String fileName, String what) {
    return new StoredSnapshot(nextPosition, new byte[0], 0, fileName, Optional.of(what));
  }

  /**
   * Reads the content behind the head of a snapshot and verifies every block.
   *
   * @param in the file's bytes from the first block on
   * @throws JournalException {@code CORRUPT} naming file and place
   */
  public static byte[] readContent(LogId log, StoredSnapshot s, InputStream in) throws IOException {
    if (s.damage().isPresent()) {
      throw new JournalException(Kind.CORRUPT, s.fileName() + ": " + s.damage().get());
    }
    if (s.contentBytes() > Integer.MAX_VALUE - 8) {
      throw new JournalException(
          Kind.OTHER,
          s.fileName() + " holds " + s.contentBytes() + " bytes, more than can be read");
    }
    byte[] content = new byte[(int) s.contentBytes()];
    long place = (long) HEADER_BYTES + s.about().length;
    long block = 0;
    for (int at = 0; at < content.length; block++) {
      int length = Math.min(BLOCK_BYTES, content.length - at);
      byte[] checksum = in.readNBytes(4);
      int read = in.readNBytes(content, at, length);
      if (checksum.length < 4 || read < length) {
        throw new JournalException(
            Kind.CORRUPT,
            s.fileName() + " ends before byte " + (place + 4 + length) + ", in block " + block);
      }
      int computed = blockCrc(log, s.nextPosition(), block, content, at, length);
      int stored = ByteBuffer.wrap(checksum).getInt();
      if (computed != stored) {
        throw new JournalException(
            Kind.CORRUPT,
            String.format(
                Locale.ROOT,
                "%s: block %d, bytes %d to %d, is not what was written: its checksum is %08x;"
                    + " expected %08x",
                s.fileName(),
                block,
                place,
                place + 4 + length,
                computed,
                stored));
      }
      at += length;
      place += 4 + length;
    }
    return content;
  }

  private static int blockCrc(
      LogId log, long nextPosition, long block, byte[] bytes, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(
        ByteBuffer.allocate(32)
            .putLong(log.high())
            .putLong(log.low())
            .putLong(nextPosition)
            .putLong(block)
            .flip());
    crc.update(bytes, from, length);
    return (int) crc.getValue();
  }

  /** Divides what is written to it into blocks with checksums. */
  public static final class Blocks extends OutputStream {
    private final LogId log;
    private final long nextPosition;
    private final OutputStream out;
    private final byte[] block = new byte[4 + BLOCK_BYTES];
    private int filled;
    private long number;
    private long contentBytes;

    /** Writes the blocks of a snapshot to {@code out}. */
    public Blocks(LogId log, long nextPosition, OutputStream out) {
      this.log = log;
      this.nextPosition = nextPosition;
      this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      int at = offset;
      int left = length;
      while (left > 0) {
        int some = Math.min(left, BLOCK_BYTES - filled);
        System.arraycopy(bytes, at, block, 4 + filled, some);
        filled += some;
        at += some;
        left -= some;
        if (filled == BLOCK_BYTES) {
          endBlock();
        }
      }
      contentBytes += length;
    }

    private void endBlock() throws IOException {
      ByteBuffer.wrap(block).putInt(blockCrc(log, nextPosition, number, block, 4, filled));
      out.write(block, 0, 4 + filled);
      number++;
      filled = 0;
    }

    /** Writes the last block; how long the content is, bytes. */
    public long finish() throws IOException {
      if (filled > 0) {
        endBlock();
      }
      return contentBytes;
    }
  }
}
