package parallax.journal.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import parallax.journal.JournalException;
import parallax.journal.JournalException.Kind;

/**
 * The right to write in a directory, held by one process until it ends.
 *
 * <p>A process loses all its locks on a file when it closes the file anywhere. So a directory that
 * this process holds is known by name, and its lock file is not opened a second time.
 */
final class DirectoryLock implements AutoCloseable {
  static final String FILE = "lock";

  private static final int PID_BYTES = 20;
  private static final int ATTEMPTS = 20;
  private static final long PAUSE_NS = 50_000_000;
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path real;
  private final FileChannel channel;
  private boolean closed;

  private DirectoryLock(Path real, FileChannel channel) {
    this.real = real;
    this.channel = channel;
  }

  /** Takes the lock, or says who has it. */
  static DirectoryLock take(Path directory) throws IOException {
    Path real = directory.toRealPath();
    if (!HELD.add(real)) {
      throw held(directory, Long.toString(ProcessHandle.current().pid()));
    }
    boolean taken = false;
    try {
      FileChannel channel =
          FileChannel.open(
              real.resolve(FILE),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      try {
        if (!locked(channel)) {
          throw held(directory, holder(channel));
        }
        byte[] pid = new byte[PID_BYTES];
        Arrays.fill(pid, (byte) ' ');
        byte[] digits =
            Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(digits, 0, pid, 0, digits.length);
        channel.write(ByteBuffer.wrap(pid), 0);
        taken = true;
        return new DirectoryLock(real, channel);
      } finally {
        if (!taken) {
          channel.close();
        }
      }
    } finally {
      if (!taken) {
        HELD.remove(real);
      }
    }
  }

  /** Tries for a second: a program that asks who has the lock has it itself for a moment. */
  private static boolean locked(FileChannel channel) throws IOException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      @Nullable FileLock lock = channel.tryLock();
      if (lock != null) {
        return true;
      }
      LockSupport.parkNanos(PAUSE_NS);
    }
    return false;
  }

  private static JournalException held(Path directory, String holder) {
    return new JournalException(
        Kind.LOCKED,
        directory
            + " is in use by process "
            + holder
            + ". One node at a time may write a journal: stop that one first, or start this one in"
            + " another directory");
  }

  /** Which process holds the lock of a directory now; nothing is taken or written. */
  static Optional<String> holderOf(Path directory) throws IOException {
    Path file = directory.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    if (HELD.contains(directory.toRealPath())) {
      return Optional.of(Long.toString(ProcessHandle.current().pid()));
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        @Nullable FileLock free = channel.tryLock(0, Long.MAX_VALUE, true)) {
      return free == null ? Optional.of(holder(channel)) : Optional.empty();
    }
  }

  private static String holder(FileChannel channel) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(PID_BYTES);
    channel.read(text, 0);
    String pid = new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII);
    return pid.isBlank() ? "(unknown)" : pid.strip();
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      HELD.remove(real);
      channel.close();
    }
  }
}
