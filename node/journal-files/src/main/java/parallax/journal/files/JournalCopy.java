package parallax.journal.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import parallax.journal.JournalException;
import parallax.journal.JournalException.Kind;
import parallax.journal.log.LogId;
import parallax.journal.log.StoredSnapshot;

/**
 * Copies a journal, also while a node writes it: the snapshots that can be read, and the log up to
 * where it ends when the copy comes there. Every byte of it is verified on the way. The node is not
 * held up.
 */
public final class JournalCopy {
  /** Writes batches into files of the same names and places. */
  private static final class Writer implements LogWalk.Sink, AutoCloseable {
    private final Disk disk;
    private final Path from;
    private final Path to;
    private Disk.@Nullable DiskFile in;
    private Disk.@Nullable DiskFile out;
    private @Nullable SegmentHeader header;
    private long written;
    private SegmentEnd end = new SegmentEnd(0, 1, 0);

    Writer(Disk disk, Path from, Path to) {
      this.disk = disk;
      this.from = from;
      this.to = to;
    }

    @Override
    public void segment(SegmentHeader h) throws IOException {
      close();
      in = disk.openToRead(LogDirectory.path(from, h.firstPosition()));
      out = disk.create(LogDirectory.path(to, h.firstPosition()));
      header = h;
      end = h.beginning();
      written = 0;
      copyTo(end.offset());
    }

    @Override
    public void batch(BatchScan scan) throws IOException {
      end = scan.at();
      copyTo(end.offset());
    }

    private void copyTo(long offset) throws IOException {
      if (in == null || out == null) {
        throw new IllegalStateException("no segment was begun");
      }
      ByteBuffer b = ByteBuffer.allocate((int) (offset - written));
      in.read(b, written);
      out.write(b.flip(), written);
      written = offset;
    }

    /** Ends the copy; the position after the last entry. */
    long finish() throws IOException {
      if (header != null) {
        try (AcknowledgedMark mark = AcknowledgedMark.open(disk, to, header.log(), 0)) {
          mark.write(header.firstPosition(), end);
          mark.force();
        }
      }
      return end.position();
    }

    @Override
    public void close() throws IOException {
      if (in != null) {
        in.close();
      }
      if (out != null) {
        out.force(true);
        out.close();
      }
    }
  }

  private JournalCopy() {}

  /**
   * Copies the journal of one directory into another, which must not be there yet.
   *
   * @return the position after the last entry of the copy
   * @throws JournalException {@code CORRUPT} when the journal is damaged, {@code DELETED} when the
   *     node has deleted what was being copied: copy again then; {@code FULL} when there is no room
   */
  public static long copy(Path from, Path to) throws JournalException {
    Disk disk = new RealDisk();
    Path part = to.resolveSibling(to.getFileName() + LogDirectory.PART);
    try {
      if (Files.exists(to)) {
        throw new FileAlreadyExistsException(to.toString(), null, "it is there already");
      }
      Files.createDirectory(part);
      try (LogWalk walk = new LogWalk(disk, from)) {
        LogId id = LogDirectory.header(disk, from, walk.positions().last()).log();
        List<StoredSnapshot> snapshots = copySnapshots(disk, from, part, id);
        long first = walk.positions().first();
        long next;
        try (Writer writer = new Writer(disk, from, part)) {
          walk.walk(first, writer);
          next = writer.finish();
        }
        if (!snapshots.isEmpty() && snapshots.getFirst().nextPosition() < first) {
          throw JournalException.deleted(snapshots.getFirst().nextPosition(), first);
        }
        disk.syncDirectory(part);
        disk.rename(part, to);
        disk.syncDirectory(to.toAbsolutePath().resolveSibling("."));
        return next;
      }
    } catch (IOException e) {
      throw Failures.writing("copying the journal in " + from + " to " + to, from, 0, e);
    } finally {
      deleteWhole(part);
    }
  }

  private static List<StoredSnapshot> copySnapshots(Disk disk, Path from, Path to, LogId id)
      throws IOException {
    SnapshotFiles source = SnapshotFiles.openToRead(from, id);
    SnapshotFiles copies = SnapshotFiles.open(disk, to, id);
    for (StoredSnapshot s : source.list()) {
      if (s.damage().isEmpty()) {
        copySnapshot(source, copies, s);
      }
    }
    return copies.list();
  }

  /** A snapshot that is damaged or was deleted meanwhile is left out: the log is what counts. */
  private static void copySnapshot(SnapshotFiles source, SnapshotFiles copies, StoredSnapshot s)
      throws IOException {
    byte[] content;
    try {
      content = source.read(s);
    } catch (JournalException e) {
      if (e.kind() == Kind.CORRUPT || e.kind() == Kind.DELETED) {
        return;
      }
      throw e;
    }
    copies.write(s.nextPosition(), s.about(), out -> out.write(content));
  }

  private static void deleteWhole(Path part) {
    try {
      if (Files.isDirectory(part)) {
        for (String name : new RealDisk().names(part)) {
          Files.delete(part.resolve(name));
        }
        Files.delete(part);
      }
    } catch (IOException e) {
      // What is left of a copy that failed says by its name that it is none.
      return;
    }
  }
}
