package parallax.journal.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import parallax.journal.JournalException;
import parallax.journal.log.BatchFormat;
import parallax.journal.log.EntryLog;

/** Reads the batches of a segment one after the other, each checked. */
final class BatchScan {
  private static final int BUFFER_BYTES = 1 << 20;

  private final Path path;
  private final Disk.DiskFile file;
  private final SegmentHeader segment;
  private ByteBuffer buffer = ByteBuffer.allocate(64 << 10).limit(0);
  private long bufferPlace;
  private SegmentEnd at;
  private int batchStart;
  private BatchFormat.@Nullable Header batch;

  BatchScan(Path path, Disk.DiskFile file, SegmentHeader segment) {
    this.path = path;
    this.file = file;
    this.segment = segment;
    this.at = segment.beginning();
  }

  /** After the last batch that was read. */
  SegmentEnd at() {
    return at;
  }

  /**
   * The next batch; null when no whole one stands there, which may be the end, a batch that is
   * being written, or damage.
   *
   * @throws JournalException {@code CORRUPT} when one stands there that belongs elsewhere
   */
  BatchFormat.@Nullable Header next() throws IOException {
    BatchFormat.Header h = batchAt(at.offset());
    if (h == null) {
      batch = null;
      return null;
    }
    if (h.firstPosition() != at.position() || h.previousCrc() != at.crc()) {
      throw Failures.corrupt(
          path,
          at.offset(),
          at.position(),
          "here stands the batch of entry "
              + h.firstPosition()
              + ", which does not follow what is before it");
    }
    batch = h;
    at = new SegmentEnd(at.offset() + h.length(), h.nextPosition(), h.crc());
    return h;
  }

  /** Shows the entries of the batch that was read last, from a position on. */
  void entries(long from, EntryLog.Visitor visitor) {
    BatchFormat.Header h = batch;
    if (h != null && h.nextPosition() > from) {
      BatchFormat.entries(buffer, batchStart, h, from, visitor);
    }
  }

  /** Whether the batch that was read last has its end. */
  boolean hasEnd() {
    BatchFormat.Header h = batch;
    return h != null && BatchFormat.hasEnd(buffer, batchStart, h);
  }

  /** The whole batch at any place; null when there is none. */
  BatchFormat.@Nullable Header batchAt(long place) throws IOException {
    for (int attempt = 0; attempt < 2; attempt++) {
      boolean fresh = attempt > 0;
      if (!fill(place, BatchFormat.HEADER_BYTES, fresh)) {
        continue; // the file may have grown since it was read
      }
      int length = BatchFormat.lengthAt(buffer, start(place));
      if (length > 0 && fill(place, length, fresh)) {
        batchStart = start(place);
        BatchFormat.Header h = BatchFormat.read(buffer, batchStart, segment.log());
        if (h != null) {
          return h;
        }
      }
    }
    return null;
  }

  private int start(long place) {
    return (int) (place - bufferPlace);
  }

  /** Has so many bytes of a place in the buffer; false when the file ends before. */
  private boolean fill(long place, int bytes, boolean fresh) throws IOException {
    boolean there = place >= bufferPlace && place + bytes <= bufferPlace + buffer.limit();
    if (there && !fresh) {
      return true;
    }
    if (bytes > buffer.capacity()) {
      if (place + bytes > file.size()) {
        return false;
      }
      buffer = ByteBuffer.allocate(Math.max(BUFFER_BYTES, bytes));
    } else if (buffer.limit() == buffer.capacity() && buffer.capacity() < BUFFER_BYTES) {
      buffer = ByteBuffer.allocate(BUFFER_BYTES); // a longer file than a few batches
    }
    buffer.clear();
    file.read(buffer, place);
    buffer.flip();
    bufferPlace = place;
    return buffer.limit() >= bytes;
  }

  /** Bytes of a place, as many as there are up to the end of the file. */
  ByteBuffer bytes(long place, int most) throws IOException {
    ByteBuffer b = ByteBuffer.allocate(Math.clamp(file.size() - place, 0, most));
    file.read(b, place);
    return b.flip();
  }

  long fileBytes() throws IOException {
    return file.size();
  }

  Path path() {
    return path;
  }

  SegmentHeader segment() {
    return segment;
  }
}
