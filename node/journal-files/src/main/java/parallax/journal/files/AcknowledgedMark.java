package parallax.journal.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.CRC32C;
import parallax.journal.log.LogId;

/**
 * The small file that says up to where the log was durable, so that a log that has lost its end is
 * told from one that never had more. It is written after each time the log was made durable, but
 * not made durable itself except when a log is closed: after a failure of power it may say less
 * than the log holds, never more.
 *
 * <p>Two places of 512 bytes are written in turn. Numbers are big-endian.
 *
 * <pre>
 *  offset  bytes
 *       0      8  "PXACK", carriage return, line feed, 1
 *       8      4  CRC32C of bytes 12 to 64
 *      12      4  zeros
 *      16     16  id of the log
 *      32      8  counter; the higher one counts
 *      40      8  first position of the segment
 *      48      8  offset in it up to which everything is durable
 *      56      8  position of the entry that comes next
 * </pre>
 */
final class AcknowledgedMark implements AutoCloseable {
  static final String FILE = "acknowledged";

  private static final int SLOT_BYTES = 512;
  private static final int BYTES = 64;
  private static final byte[] MAGIC = "PXACK\r\n\u0001".getBytes(StandardCharsets.US_ASCII);

  /**
   * What was durable.
   *
   * @param log id of the log
   * @param segment first position of the segment
   * @param offset in it
   * @param next position of the entry that comes next
   * @param counter how often that was said
   */
  record Place(LogId log, long segment, long offset, long next, long counter) {}

  private final Disk.DiskFile file;
  private final LogId log;
  private final ByteBuffer bytes = ByteBuffer.allocate(BYTES);
  private long counter;

  private AcknowledgedMark(Disk.DiskFile file, LogId log, long counter) {
    this.file = file;
    this.log = log;
    this.counter = counter;
  }

  /** What a directory's mark says; empty when there is none or it is damaged. */
  static Optional<Place> read(Disk disk, Path directory) throws IOException {
    try (Disk.DiskFile file = disk.openToRead(directory.resolve(FILE))) {
      Optional<Place> first = slot(file, 0);
      Optional<Place> second = slot(file, 1);
      boolean secondCounts =
          second.isPresent() && (first.isEmpty() || second.get().counter() > first.get().counter());
      return secondCounts ? second : first;
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static Optional<Place> slot(Disk.DiskFile file, int number) throws IOException {
    ByteBuffer b = ByteBuffer.allocate(BYTES);
    if (file.read(b, (long) number * SLOT_BYTES) < BYTES
        || !b.slice(0, 8).equals(ByteBuffer.wrap(MAGIC))
        || checksum(b) != b.getInt(8)) {
      return Optional.empty();
    }
    return Optional.of(
        new Place(
            new LogId(b.getLong(16), b.getLong(24)),
            b.getLong(40),
            b.getLong(48),
            b.getLong(56),
            b.getLong(32)));
  }

  private static int checksum(ByteBuffer b) {
    CRC32C crc = new CRC32C();
    crc.update(b.slice(12, BYTES - 12));
    return (int) crc.getValue();
  }

  /** Opens the mark of a directory for writing, after its last counter; makes it if need be. */
  static AcknowledgedMark open(Disk disk, Path directory, LogId log, long counter)
      throws IOException {
    Path path = directory.resolve(FILE);
    Disk.DiskFile file = openOrCreate(disk, path);
    try {
      long size = file.size();
      if (size < 2 * SLOT_BYTES) {
        file.write(ByteBuffer.allocate((int) (2 * SLOT_BYTES - size)), size);
        file.force(true);
      }
      return new AcknowledgedMark(file, log, counter);
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  private static Disk.DiskFile openOrCreate(Disk disk, Path path) throws IOException {
    try {
      return disk.openToWrite(path);
    } catch (NoSuchFileException e) {
      return disk.create(path);
    }
  }

  /** Says up to where the log is durable. */
  synchronized void write(long segment, SegmentEnd end) throws IOException {
    counter++;
    bytes.clear();
    bytes.put(MAGIC).putInt(0).putInt(0).putLong(log.high()).putLong(log.low()).putLong(counter);
    bytes.putLong(segment).putLong(end.offset()).putLong(end.position()).flip();
    bytes.putInt(8, checksum(bytes));
    file.write(bytes, counter % 2 * SLOT_BYTES);
  }

  /** Makes the mark durable itself. */
  void force() throws IOException {
    file.force(true);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
