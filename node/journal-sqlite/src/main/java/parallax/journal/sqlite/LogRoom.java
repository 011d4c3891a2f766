package parallax.journal.sqlite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Room for the write-ahead log, written before it is needed. A flush of a file that has grown must
 * also make its new length durable, which costs as much again; a log that is written over in place
 * costs one flush. SQLite reads a log up to the first frame whose checksum is wrong, so zeros
 * behind its end mean nothing.
 */
final class LogRoom {
  /** How long the log is made. */
  static final long BYTES = 16L << 20;

  private static final int BLOCK = 1 << 20;

  private LogRoom() {}

  /**
   * Fills the log with zeros from its end on. To be called while nobody writes to it. Whatever goes
   * wrong, such as a full disk, only leaves the log to grow by itself.
   */
  static void make(Path log) {
    if (!Files.exists(log)) {
      return;
    }
    try (FileChannel file = FileChannel.open(log, StandardOpenOption.WRITE)) {
      ByteBuffer zeros = ByteBuffer.allocateDirect(BLOCK);
      for (long at = file.size(); at < BYTES; ) {
        zeros.clear().limit((int) Math.min(BLOCK, BYTES - at));
        at += file.write(zeros, at);
      }
      file.force(true);
    } catch (IOException e) {
      // The log is as good without.
      return;
    }
  }
}
