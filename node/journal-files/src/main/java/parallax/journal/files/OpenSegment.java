package parallax.journal.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.function.LongSupplier;
import parallax.journal.JournalException;
import parallax.journal.JournalException.Kind;

/**
 * The segment that is written to. Its room is made before it is needed, as zeros: a write into room
 * changes no length, so that making it durable costs one write of the disk, and a full disk is met
 * when room is made and not in the middle of a batch.
 *
 * <p>One thread appends; another may make room and make things durable beside it.
 */
final class OpenSegment implements AutoCloseable {
  private static final int PIECE = 1 << 20;

  private final Path path;
  private final Disk.DiskFile file;
  private final SegmentHeader header;
  private final long stepBytes;
  private final LongSupplier mostBytes;
  private final Object durableLock = new Object();
  private volatile SegmentEnd end;
  private volatile SegmentEnd durable;
  private volatile long roomEnd;
  private long dirtyEnd; // up to where a batch that failed may have left bytes

  /**
   * A segment that ends at {@code end}, where everything is durable.
   *
   * @param stepBytes how much room is made at a time
   * @param mostBytes how long it may become now, bytes
   */
  OpenSegment(
      Path path,
      Disk.DiskFile file,
      SegmentHeader header,
      SegmentEnd end,
      long stepBytes,
      LongSupplier mostBytes)
      throws IOException {
    this.path = path;
    this.file = file;
    this.header = header;
    this.stepBytes = stepBytes;
    this.mostBytes = mostBytes;
    this.end = end;
    this.durable = end;
    this.roomEnd = file.size();
    this.dirtyEnd = end.offset();
  }

  Path path() {
    return path;
  }

  SegmentHeader header() {
    return header;
  }

  Disk.DiskFile file() {
    return file;
  }

  SegmentEnd end() {
    return end;
  }

  /** Up to where everything is durable. */
  SegmentEnd durable() {
    return durable;
  }

  /** How long the file is, bytes. */
  long roomEnd() {
    return roomEnd;
  }

  boolean isEmpty() {
    return end.offset() == SegmentHeader.BYTES;
  }

  /** Whether it is time to make more room. */
  boolean wantsRoom(long segmentBytes) {
    return roomEnd - end.offset() < stepBytes / 2 && roomEnd < segmentBytes;
  }

  /**
   * Makes sure that there is room up to an offset.
   *
   * @throws JournalException {@code FULL}
   */
  void ensureRoom(long needed) throws JournalException {
    if (needed <= roomEnd) {
      return;
    }
    synchronized (this) {
      if (needed <= roomEnd) {
        return;
      }
      long most = mostBytes.getAsLong();
      if (needed > most) {
        throw new JournalException(
            Kind.FULL,
            "the journal may grow to no more than its limit, and "
                + needed
                + " bytes in "
                + path
                + " are beyond it");
      }
      try {
        grow(Math.clamp(roomEnd + stepBytes, needed, most));
      } catch (IOException e) {
        if (needed <= roomEnd) {
          return; // what was made is enough
        }
        throw Failures.writing("making room in " + path, path, needed - roomEnd, e);
      }
    }
  }

  /** Makes more room before it is needed. */
  synchronized void makeRoom(long segmentBytes) throws IOException {
    long most = Math.min(mostBytes.getAsLong(), segmentBytes);
    if (wantsRoom(segmentBytes) && most > roomEnd) {
      grow(Math.min(roomEnd + stepBytes, most));
      file.force(true);
    }
  }

  private void grow(long to) throws IOException {
    long at = roomEnd;
    ByteBuffer zeros = ByteBuffer.allocateDirect((int) Math.min(PIECE, to - at));
    try {
      while (at < to) {
        zeros.clear().limit((int) Math.min(zeros.capacity(), to - at));
        file.write(zeros, at);
        at += zeros.limit();
        roomEnd = at;
      }
    } catch (IOException e) {
      roomEnd = Math.max(roomEnd, file.size());
      throw e;
    }
  }

  /**
   * Writes a batch at the end. It counts once {@link #accept} is called. When this fails, what it
   * left behind is made zeros before anything else is written.
   */
  void write(ByteBuffer batch) throws IOException {
    long place = end.offset();
    clean();
    dirtyEnd = place + batch.remaining();
    try {
      file.write(batch, place);
    } catch (IOException e) {
      try {
        clean();
      } catch (IOException again) {
        e.addSuppressed(again); // it is tried once more before the next batch
      }
      throw e;
    }
  }

  private void clean() throws IOException {
    if (dirtyEnd == end.offset()) {
      return;
    }
    long to = Math.min(dirtyEnd, file.size());
    for (long at = end.offset(); at < to; at += PIECE) {
      file.write(ByteBuffer.allocate((int) Math.min(PIECE, to - at)), at);
    }
    // Else a failure of power could leave some of it among the bytes of the next batch.
    file.force(false);
    dirtyEnd = end.offset();
  }

  /** The batch that was written last counts. */
  void accept(SegmentEnd after) {
    end = after;
    dirtyEnd = after.offset();
  }

  /** Makes durable what was accepted before; up to where that is. */
  SegmentEnd force() throws IOException {
    SegmentEnd now = end;
    file.force(false);
    synchronized (durableLock) {
      if (now.offset() > durable.offset()) {
        durable = now;
      }
    }
    return now;
  }

  /** Gives back the room behind the end, once the segment is ended. */
  synchronized void cut() throws IOException {
    file.truncate(end.offset());
    roomEnd = end.offset();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
