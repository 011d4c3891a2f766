package parallax.journal.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import parallax.journal.JournalException;
import parallax.journal.JournalException.Kind;
import parallax.journal.log.LogId;
import parallax.journal.log.SnapshotFormat;
import parallax.journal.log.SnapshotStore;
import parallax.journal.log.StoredSnapshot;

/**
 * Snapshots as files beside the segments of a log ({@link SnapshotFormat}), each under a name that
 * says its position. A snapshot is written under another name, made durable, and given its own name
 * then: what has its name is whole.
 */
public final class SnapshotFiles implements SnapshotStore {
  private final Disk disk;
  private final Path directory;
  private final LogId log;
  private final boolean writable;

  private SnapshotFiles(Disk disk, Path directory, LogId log, boolean writable) {
    this.disk = disk;
    this.directory = directory;
    this.log = log;
    this.writable = writable;
  }

  /**
   * The snapshots beside a log that this process has open. What an interrupted write has left is
   * deleted.
   *
   * @param log the log's id
   */
  public static SnapshotFiles open(Path directory, LogId log) throws JournalException {
    return open(new RealDisk(), directory, log);
  }

  static SnapshotFiles open(Disk disk, Path directory, LogId log) throws JournalException {
    try {
      LogDirectory.deleteParts(disk, directory, SnapshotFormat.SUFFIX);
    } catch (IOException e) {
      throw Failures.of("opening the snapshots in " + directory, e);
    }
    return new SnapshotFiles(disk, directory, log, true);
  }

  /**
   * The snapshots of a directory that another process may be writing; they can be listed and read.
   */
  public static SnapshotFiles openToRead(Path directory, LogId log) {
    return new SnapshotFiles(new RealDisk(), directory, log, false);
  }

  private void requireWritable() {
    if (!writable) {
      throw new IllegalStateException("these snapshots were opened for reading");
    }
  }

  /** Writes on at the end of a file. */
  private static final class FileOutput extends OutputStream {
    private final Disk.DiskFile file;
    private long place;

    FileOutput(Disk.DiskFile file, long place) {
      this.file = file;
      this.place = place;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      file.write(ByteBuffer.wrap(bytes, offset, length), place);
      place += length;
    }
  }

  /** Reads on from a place of a file. */
  private static final class FileInput extends InputStream {
    private final Disk.DiskFile file;
    private long place;

    FileInput(Disk.DiskFile file, long place) {
      this.file = file;
      this.place = place;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = file.read(ByteBuffer.wrap(bytes, offset, length), place);
      place += read;
      return read == 0 && length > 0 ? -1 : read;
    }
  }

  @Override
  public synchronized void write(long nextPosition, byte[] about, Content content)
      throws JournalException {
    requireWritable();
    SnapshotFormat.requireWritable(nextPosition, about);
    Path path = directory.resolve(SnapshotFormat.fileName(nextPosition));
    Path part = path.resolveSibling(path.getFileName() + LogDirectory.PART);
    boolean done = false;
    try {
      try (Disk.DiskFile file = disk.create(part)) {
        SnapshotFormat.Blocks blocks =
            new SnapshotFormat.Blocks(
                log,
                nextPosition,
                new FileOutput(file, SnapshotFormat.HEADER_BYTES + (long) about.length));
        content.writeTo(blocks);
        long contentBytes = blocks.finish();
        file.write(ByteBuffer.wrap(SnapshotFormat.head(log, nextPosition, about, contentBytes)), 0);
        file.force(true);
      }
      disk.rename(part, path);
      disk.syncDirectory(directory);
      done = true;
    } catch (IOException e) {
      throw Failures.writing("writing the snapshot " + path, directory, 1 << 20, e);
    } finally {
      if (!done) {
        deletePart(part);
      }
    }
  }

  private void deletePart(Path part) {
    try {
      disk.delete(part);
    } catch (IOException e) {
      // It is deleted when the store is opened next.
      return;
    }
  }

  @Override
  public List<StoredSnapshot> list() throws JournalException {
    return newest(Integer.MAX_VALUE);
  }

  @Override
  public List<StoredSnapshot> newest(int most) throws JournalException {
    List<StoredSnapshot> list = new ArrayList<>();
    try {
      for (String name : disk.names(directory).reversed()) {
        if (list.size() == most) {
          break;
        }
        OptionalLong position = SegmentHeader.positionIn(name, SnapshotFormat.SUFFIX);
        if (position.isPresent()) {
          Path path = directory.resolve(name);
          head(path, name, position.getAsLong()).ifPresent(list::add);
        }
      }
    } catch (IOException e) {
      throw Failures.of("listing the snapshots in " + directory, e);
    }
    return list;
  }

  /** Empty when the file was deleted meanwhile. */
  private Optional<StoredSnapshot> head(Path path, String name, long position) throws IOException {
    try (Disk.DiskFile file = disk.openToRead(path)) {
      InputStream in = new FileInput(file, 0);
      return Optional.of(SnapshotFormat.readHead(log, position, name, file.size(), in));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public byte[] read(StoredSnapshot snapshot) throws JournalException {
    Path path = directory.resolve(SnapshotFormat.fileName(snapshot.nextPosition()));
    try (Disk.DiskFile file = disk.openToRead(path)) {
      long content = SnapshotFormat.HEADER_BYTES + (long) snapshot.about().length;
      return SnapshotFormat.readContent(log, snapshot, new FileInput(file, content));
    } catch (NoSuchFileException e) {
      throw new JournalException(Kind.DELETED, path + " is not there any more", e);
    } catch (IOException e) {
      throw Failures.of("reading the snapshot " + path, e);
    }
  }

  @Override
  public synchronized void delete(StoredSnapshot snapshot) throws JournalException {
    requireWritable();
    Path path = directory.resolve(SnapshotFormat.fileName(snapshot.nextPosition()));
    try {
      disk.delete(path);
      disk.syncDirectory(directory);
    } catch (IOException e) {
      throw Failures.of("deleting the snapshot " + path, e);
    }
  }
}
