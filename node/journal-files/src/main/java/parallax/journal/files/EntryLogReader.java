package parallax.journal.files;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parallax.journal.JournalException;
import parallax.journal.log.EntryLog;
import parallax.journal.log.LogId;
import parallax.journal.log.LogSegment;

/**
 * Reads the log of a directory, which a node may be writing, or a copy of one. It takes no lock and
 * writes nothing, so that the node neither notices nor waits. What it gives is always a beginning
 * of what was appended, every byte verified. One thread at a time may use a reader.
 */
public final class EntryLogReader implements AutoCloseable {
  private final Disk disk;
  private final Path directory;
  private final LogWalk walk;

  private EntryLogReader(Disk disk, Path directory) {
    this.disk = disk;
    this.directory = directory;
    this.walk = new LogWalk(disk, directory);
  }

  /**
   * Opens a directory.
   *
   * @throws JournalException when there is no log in it
   */
  public static EntryLogReader open(Path directory) throws JournalException {
    return open(new RealDisk(), directory);
  }

  static EntryLogReader open(Disk disk, Path directory) throws JournalException {
    EntryLogReader reader = new EntryLogReader(disk, directory);
    reader.firstPosition();
    return reader;
  }

  /** Something that is read. */
  private interface Reading<T> {
    T run() throws IOException;
  }

  private <T> T reading(Reading<T> what) throws JournalException {
    try {
      return what.run();
    } catch (IOException e) {
      throw Failures.of("reading the journal in " + directory, e);
    }
  }

  /** Position of the oldest entry that is kept, or that the first entry will have. */
  public long firstPosition() throws JournalException {
    return reading(() -> walk.positions().first());
  }

  /** The id of the log. */
  public LogId id() throws JournalException {
    return reading(() -> LogDirectory.header(disk, directory, walk.positions().last()).log());
  }

  /** The segments that are there, oldest first. */
  public List<LogSegment> segments() throws JournalException {
    return reading(
        () -> {
          List<LogSegment> all = new ArrayList<>();
          for (long first : walk.positions()) {
            Path path = LogDirectory.path(directory, first);
            try (Disk.DiskFile file = disk.openToRead(path)) {
              SegmentHeader h = SegmentHeader.read(path, first, file);
              all.add(new LogSegment(first, h.createdNs(), file.size()));
            }
          }
          return all;
        });
  }

  /**
   * Shows the entries from a position to where the log ends now. To follow the log, call it again
   * with what it returned.
   *
   * @param from first to show, 1 or more
   * @return the position after the last entry of the log
   * @throws JournalException {@code DELETED} when the entries at the position are not there any
   *     more, {@code CORRUPT} when what is stored is not what was appended
   */
  public long read(long from, EntryLog.Visitor visitor) throws JournalException {
    if (from < 1) {
      throw new IllegalArgumentException("reading from " + from + "; expected 1 or more");
    }
    return reading(
        () ->
            walk.walk(
                from,
                new LogWalk.Sink() {
                  @Override
                  public void segment(SegmentHeader header) {}

                  @Override
                  public void batch(BatchScan scan) {
                    scan.entries(from, visitor);
                  }
                }));
  }

  /**
   * What stands behind the last entry that was read, though it is no whole batch: one that a node
   * is writing just now, one that was cut short by a failure, or, in a copy that was made while a
   * node wrote, what the copy lacks. Empty when the log ends there.
   */
  public Optional<String> stoppedBy() {
    return walk.stoppedBy();
  }

  @Override
  public void close() throws JournalException {
    reading(
        () -> {
          walk.close();
          return Optional.empty();
        });
  }
}
