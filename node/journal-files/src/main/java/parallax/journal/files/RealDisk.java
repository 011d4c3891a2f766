package parallax.journal.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The file system of this machine. */
final class RealDisk implements Disk {
  /** An operation on an open channel. */
  private interface Use {
    int on(FileChannel channel) throws IOException;
  }

  /**
   * A file that stays open when a thread that uses it is interrupted. Java closes a channel then;
   * it is opened again, and what was under way is done once more, which changes nothing, as every
   * place is given by number.
   */
  private static final class RealFile implements DiskFile {
    private final Path path;
    private final Set<OpenOption> reopen;
    private FileChannel channel;
    private boolean closed;

    RealFile(Path path, Set<OpenOption> first, Set<OpenOption> reopen) throws IOException {
      this.path = path;
      this.reopen = reopen;
      this.channel = FileChannel.open(path, first);
    }

    private int use(Use work) throws IOException {
      boolean interrupted = false;
      try {
        while (true) {
          FileChannel c = current();
          try {
            return work.on(c);
          } catch (ClosedChannelException e) {
            // By an interruption of this thread, or of another that used it at the same time.
            interrupted |= Thread.interrupted();
            requireOpen(e);
          }
        }
      } finally {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }

    private synchronized FileChannel current() throws IOException {
      if (!closed && !channel.isOpen()) {
        channel = FileChannel.open(path, reopen);
      }
      return channel;
    }

    private synchronized void requireOpen(ClosedChannelException e) throws IOException {
      if (closed) {
        throw e;
      }
    }

    @Override
    public int read(ByteBuffer into, long place) throws IOException {
      int start = into.position();
      return use(
          c -> {
            into.position(start);
            while (into.hasRemaining()) {
              int read = c.read(into, place + into.position() - start);
              if (read < 0) {
                break;
              }
            }
            return into.position() - start;
          });
    }

    @Override
    public void write(ByteBuffer from, long place) throws IOException {
      int start = from.position();
      use(
          c -> {
            from.position(start);
            while (from.hasRemaining()) {
              c.write(from, place + from.position() - start);
            }
            return 0;
          });
    }

    @Override
    public void force(boolean metadata) throws IOException {
      use(
          c -> {
            c.force(metadata);
            return 0;
          });
    }

    @Override
    public long size() throws IOException {
      long[] size = new long[1];
      use(
          c -> {
            size[0] = c.size();
            return 0;
          });
      return size[0];
    }

    @Override
    public void truncate(long size) throws IOException {
      use(
          c -> {
            c.truncate(size);
            return 0;
          });
    }

    @Override
    public synchronized void close() throws IOException {
      closed = true;
      channel.close();
    }
  }

  @Override
  public DiskFile openToRead(Path file) throws IOException {
    Set<OpenOption> read = Set.of(StandardOpenOption.READ);
    return new RealFile(file, read, read);
  }

  @Override
  public DiskFile openToWrite(Path file) throws IOException {
    Set<OpenOption> write = Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE);
    return new RealFile(file, write, write);
  }

  @Override
  public DiskFile create(Path file) throws IOException {
    return new RealFile(
        file,
        Set.of(
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING),
        Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE));
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void delete(Path file) throws IOException {
    Files.deleteIfExists(file);
  }

  @Override
  public void syncDirectory(Path directory) throws IOException {
    RealFile d =
        new RealFile(directory, Set.of(StandardOpenOption.READ), Set.of(StandardOpenOption.READ));
    try (d) {
      d.force(true);
    }
  }

  @Override
  public List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(p -> String.valueOf(p.getFileName())).sorted().toList();
    }
  }
}
