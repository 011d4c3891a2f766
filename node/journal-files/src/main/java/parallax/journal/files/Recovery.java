package parallax.journal.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import parallax.journal.JournalException;
import parallax.journal.JournalException.Kind;
import parallax.journal.log.BatchFormat;
import parallax.journal.log.LogId;

/**
 * Finds where a stored log ends, when it is opened for writing: reads the last segment, cuts off a
 * batch that was never written whole, and refuses what was acknowledged and is not there.
 */
final class Recovery {
  /** The kind of log line that says that the end of a batch was cut off. */
  static final String TAIL_CUT = "JOURNAL_TAIL_CUT";

  /** The kind of log line that says that the mark of what was acknowledged is missing. */
  static final String MARK_LOST = "JOURNAL_MARK_LOST";

  private static final int PIECE = 1 << 20;

  private final Disk disk;
  private final Path directory;
  private final BiConsumer<String, String> log;

  Recovery(Disk disk, Path directory, BiConsumer<String, String> log) {
    this.disk = disk;
    this.directory = directory;
    this.log = log;
  }

  /**
   * What is stored.
   *
   * @param segments headers of all segments, oldest first; empty in a new directory
   * @param end where the last one ends
   * @param mark what was acknowledged, as far as that is known
   */
  record Found(
      List<SegmentHeader> segments, SegmentEnd end, Optional<AcknowledgedMark.Place> mark) {}

  /** Looks, and cuts. */
  Found run(boolean checkAll) throws IOException {
    LogDirectory.deleteParts(disk, directory, SegmentHeader.SUFFIX);
    List<SegmentHeader> segments = LogDirectory.headers(disk, directory);
    Optional<AcknowledgedMark.Place> mark = AcknowledgedMark.read(disk, directory);
    if (segments.isEmpty()) {
      requireNothingLost(mark, 1);
      return new Found(segments, new SegmentEnd(0, 1, 0), mark);
    }
    requireSameLog(segments.getLast().log(), mark);
    if (checkAll) {
      for (int i = 0; i + 1 < segments.size(); i++) {
        requireWhole(segments.get(i), segments.get(i + 1));
      }
    } else {
      for (int i = 0; i + 1 < segments.size(); i++) {
        requireLength(segments.get(i), segments.get(i + 1));
      }
    }
    SegmentEnd end = lastEnd(segments.getLast(), mark);
    requireNothingLost(mark, end.position());
    if (mark.isEmpty()) {
      log.accept(
          MARK_LOST,
          "the file '"
              + AcknowledgedMark.FILE
              + "' in "
              + directory
              + " is missing or damaged, so it cannot be said whether the journal has lost its end;"
              + " it ends with entry "
              + (end.position() - 1)
              + ". The file is made anew");
    }
    return new Found(segments, end, mark);
  }

  private void requireSameLog(LogId id, Optional<AcknowledgedMark.Place> mark)
      throws JournalException {
    if (mark.isPresent() && !mark.get().log().equals(id)) {
      throw new JournalException(
          Kind.CORRUPT,
          directory.resolve(AcknowledgedMark.FILE)
              + ": it belongs to log "
              + mark.get().log()
              + ", but the segments to log "
              + id
              + ": files of two journals were mixed in this directory. If the segments are the"
              + " right ones, delete this file");
    }
  }

  private void requireNothingLost(Optional<AcknowledgedMark.Place> mark, long next)
      throws JournalException {
    if (mark.isPresent() && mark.get().next() > next) {
      AcknowledgedMark.Place m = mark.get();
      throw new JournalException(
          Kind.CORRUPT,
          "the journal in "
              + directory
              + " ends before entry "
              + next
              + ", but entries up to "
              + (m.next() - 1)
              + " were acknowledged, the last in "
              + SegmentHeader.fileName(m.segment())
              + " up to byte "
              + m.offset()
              + ": its end is missing. What the node told partners after that would be told again"
              + " under the same numbers. Bring the missing file back; for a copy that was made"
              + " while the node ran, delete the file '"
              + AcknowledgedMark.FILE
              + "' in it");
    }
  }

  /** Requires that a segment is as long as the next one says. */
  private void requireLength(SegmentHeader h, SegmentHeader next) throws IOException {
    Path path = LogDirectory.path(directory, h.firstPosition());
    try (Disk.DiskFile file = disk.openToRead(path)) {
      if (file.size() < next.previousEnd()) {
        throw Failures.corrupt(
            path, "it has " + file.size() + " bytes; expected " + next.previousEnd() + " or more");
      }
    }
  }

  private void requireWhole(SegmentHeader h, SegmentHeader next) throws IOException {
    Path path = LogDirectory.path(directory, h.firstPosition());
    try (Disk.DiskFile file = disk.openToRead(path)) {
      BatchScan scan = new BatchScan(path, file, h);
      readTo(scan, next);
    }
  }

  /** Reads a segment to the end that the next one says it has. */
  static void readTo(BatchScan scan, SegmentHeader next) throws IOException {
    while (scan.at().offset() < next.previousEnd()) {
      if (scan.next() == null) {
        break;
      }
    }
    requireEnd(scan, next);
  }

  /** Requires that a segment was read to the end that the next one says it has. */
  static void requireEnd(BatchScan scan, SegmentHeader next) throws IOException {
    if (!next.follows(scan.segment(), scan.at())) {
      throw Failures.corrupt(
          scan.path(),
          scan.at().offset(),
          scan.at().position(),
          "what stands here is not what was written; the segment goes on to byte "
              + next.previousEnd()
              + ", as the next one says");
    }
  }

  private SegmentEnd lastEnd(SegmentHeader h, Optional<AcknowledgedMark.Place> mark)
      throws IOException {
    Path path = LogDirectory.path(directory, h.firstPosition());
    try (Disk.DiskFile file = disk.openToWrite(path)) {
      BatchScan scan = new BatchScan(path, file, h);
      BatchFormat.@Nullable Header last = null;
      boolean hasEnd = true;
      for (BatchFormat.Header b = scan.next(); b != null; b = scan.next()) {
        last = b;
        hasEnd = scan.hasEnd();
      }
      SegmentEnd end = scan.at();
      TailSearch tail = TailSearch.look(scan, end.offset());
      if (!tail.isClean()) {
        Optional<String> proof = markProof(h, end, mark).or(tail::proofOfDamage);
        if (proof.isPresent()) {
          throw Failures.corrupt(path, end.offset(), end.position(), proof.get());
        }
        cut(file, tail);
        log.accept(
            TAIL_CUT,
            path
                + ": "
                + (tail.end() - end.offset())
                + " bytes from byte "
                + end.offset()
                + " on were cut off. They are of a batch that was never written whole, nor"
                + " acknowledged; the journal ends with entry "
                + (end.position() - 1));
      }
      if (last != null && !hasEnd) {
        ByteBuffer b = ByteBuffer.allocate(BatchFormat.END_BYTES);
        b.putInt(BatchFormat.END_MAGIC).putInt(last.crc()).flip();
        file.write(b, end.offset() - BatchFormat.END_BYTES);
      }
      // What a process left behind in the memory of the system may not be on the disk yet.
      file.force(true);
      disk.syncDirectory(directory);
      return end;
    }
  }

  private static Optional<String> markProof(
      SegmentHeader h, SegmentEnd end, Optional<AcknowledgedMark.Place> mark) {
    return mark.filter(m -> m.next() > end.position())
        .map(
            m ->
                m.segment() == h.firstPosition()
                    ? "what stands here is no batch, but everything up to byte "
                        + m.offset()
                        + " was durable, as the file '"
                        + AcknowledgedMark.FILE
                        + "' says"
                    : "what stands here is no batch, but there was a later segment, as the file '"
                        + AcknowledgedMark.FILE
                        + "' says");
  }

  private static void cut(Disk.DiskFile file, TailSearch tail) throws IOException {
    for (long place = tail.from(); place < tail.end(); place += PIECE) {
      file.write(ByteBuffer.allocate((int) Math.min(PIECE, tail.end() - place)), place);
    }
    file.force(true);
  }
}
