package parallax.journal.sqlite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parallax.journal.JournalException;

/** The right to use a directory, held by one process until it ends. */
final class DirectoryLock implements AutoCloseable {
  private static final String FILE = "lock";

  private final FileChannel channel;

  private DirectoryLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Takes the lock, or says who has it. */
  static DirectoryLock take(Path directory) throws IOException {
    FileChannel channel =
        FileChannel.open(
            directory.resolve(FILE),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    try {
      if (!locked(channel)) {
        String holder = holder(channel);
        channel.close();
        throw new JournalException(
            JournalException.Kind.LOCKED, directory + " is in use by process " + holder);
      }
      channel.truncate(0);
      channel.write(
          ByteBuffer.wrap(
              Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)),
          0);
      return new DirectoryLock(channel);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Which process holds the lock of a directory now; nothing is taken or written. */
  static Optional<String> holderOf(Path directory) throws IOException {
    Path file = directory.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      try (@Nullable FileLock free = channel.tryLock(0, Long.MAX_VALUE, true)) {
        return free == null ? Optional.of(holder(channel)) : Optional.empty();
      } catch (OverlappingFileLockException e) {
        return Optional.of(holder(channel)); // this process holds it
      }
    }
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      @Nullable FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false; // this process holds it through another journal
    }
  }

  private static String holder(FileChannel channel) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(20);
    channel.read(text, 0);
    String pid = new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII);
    return pid.isBlank() ? "(unknown)" : pid.strip();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
