package parallax.journal.files;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.NavigableSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parallax.journal.JournalException;
import parallax.journal.JournalException.Kind;

/**
 * Goes through the batches of a directory that another process may be writing in, or of a copy of
 * one. Nothing is locked or written.
 */
final class LogWalk implements AutoCloseable {
  /** What receives the batches. */
  interface Sink {
    /** The batches that follow are of this segment. */
    void segment(SegmentHeader header) throws IOException;

    /** The scan has read one batch. */
    void batch(BatchScan scan) throws IOException;
  }

  private final Disk disk;
  private final Path directory;
  private Disk.@Nullable DiskFile file;
  private @Nullable BatchScan scan;
  private Optional<String> stoppedBy = Optional.empty();

  LogWalk(Disk disk, Path directory) {
    this.disk = disk;
    this.directory = directory;
  }

  /** First positions of the segments that are there; never empty. */
  NavigableSet<Long> positions() throws IOException {
    NavigableSet<Long> positions = LogDirectory.positions(disk, directory);
    if (positions.isEmpty()) {
      throw new JournalException(Kind.OTHER, "there is no journal in " + directory);
    }
    return positions;
  }

  /** What stands behind the last batch that was read, if there is anything. */
  Optional<String> stoppedBy() {
    return stoppedBy;
  }

  /**
   * Goes from the batch that holds a position, or is the next to come, to the end; the position
   * after it. The end is at most that of the segment which is the last now, so that a reader that
   * is slower than the node comes to an end all the same.
   */
  long walk(long from, Sink sink) throws IOException {
    long last = positions().last();
    BatchScan s = at(from);
    stoppedBy = Optional.empty();
    sink.segment(s.segment());
    while (true) {
      if (s.next() != null) {
        sink.batch(s);
        continue;
      }
      Long higher = positions().higher(s.segment().firstPosition());
      // What was written before the next segment was begun is there now.
      if (s.next() != null) {
        sink.batch(s);
        continue;
      }
      if (higher == null) {
        TailSearch tail = TailSearch.look(s, s.at().offset());
        if (mustBeWhole(tail) && s.next() != null) {
          sink.batch(s);
          continue;
        }
        stoppedBy = stoppedByTail(s, tail);
        return s.at().position();
      }
      SegmentHeader next = header(higher);
      requireNext(s.segment(), next);
      if (!next.follows(s.segment(), s.at())) {
        stoppedBy = stoppedBeforeNext(s, next);
        return s.at().position();
      }
      if (higher > last) {
        return s.at().position();
      }
      s = open(higher);
      sink.segment(s.segment());
    }
  }

  private static boolean mustBeWhole(TailSearch tail) {
    return !tail.hasHole() && tail.proofOfDamage().isPresent();
  }

  private static Optional<String> stoppedByTail(BatchScan s, TailSearch tail) throws IOException {
    if (tail.isClean()) {
      return Optional.empty();
    }
    if (mustBeWhole(tail)) {
      throw Failures.corrupt(
          s.path(), s.at().offset(), s.at().position(), tail.proofOfDamage().orElse(""));
    }
    String where = s.path() + ", from byte " + s.at().offset() + " on: ";
    return Optional.of(
        tail.later() > 0
            ? where
                + "a piece was never written here, but the batch at byte "
                + tail.later()
                + " was: the file was copied while a node wrote it, or the disk has lost the piece"
            : where + "the batch that stands here is not written whole");
  }

  private static Optional<String> stoppedBeforeNext(BatchScan s, SegmentHeader next)
      throws IOException {
    TailSearch tail = TailSearch.look(s, s.at().offset());
    if (!tail.isClean() && !tail.hasHole()) {
      Recovery.requireEnd(s, next);
    }
    return Optional.of(
        s.path()
            + ", from byte "
            + s.at().offset()
            + " on: what should follow up to byte "
            + next.previousEnd()
            + " is not there, though there is a later segment: the file was copied while a node"
            + " wrote it, or the disk has lost the piece");
  }

  private BatchScan at(long from) throws IOException {
    BatchScan s = scan;
    for (int attempt = 0; ; attempt++) {
      NavigableSet<Long> positions = positions();
      Long floor = positions.floor(from);
      if (floor == null) {
        throw JournalException.deleted(from, positions.first());
      }
      boolean goesOn =
          s != null && s.at().position() <= from && s.segment().firstPosition() >= floor;
      if (s != null && goesOn) {
        return s;
      }
      try {
        return open(floor);
      } catch (NoSuchFileException e) {
        if (attempt > 2) {
          throw e;
        }
      }
    }
  }

  private SegmentHeader header(long first) throws IOException {
    try {
      return LogDirectory.header(disk, directory, first);
    } catch (NoSuchFileException e) {
      throw JournalException.deleted(first, positions().first());
    }
  }

  private void requireNext(SegmentHeader before, SegmentHeader next) throws IOException {
    if (next.previousFirst() != before.firstPosition()
        && !positions().contains(before.firstPosition())) {
      throw JournalException.deleted(before.firstPosition(), next.firstPosition());
    }
    LogDirectory.requireNext(directory, before, next);
  }

  private BatchScan open(long first) throws IOException {
    close();
    Path path = LogDirectory.path(directory, first);
    Disk.DiskFile f = disk.openToRead(path);
    file = f;
    BatchScan s = new BatchScan(path, f, SegmentHeader.read(path, first, f));
    scan = s;
    return s;
  }

  @Override
  public void close() throws IOException {
    scan = null;
    Disk.DiskFile f = file;
    file = null;
    if (f != null) {
      f.close();
    }
  }
}
