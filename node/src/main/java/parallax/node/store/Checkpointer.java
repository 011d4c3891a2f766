package parallax.node.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Copies the write-ahead log into the database on a thread and connection of its own, so that no
 * append waits for it. While appends never pause, the copy is always a little behind and the log
 * cannot begin anew; once it is long, {@link #appenderMustFinish} asks the appender for the last
 * short piece.
 */
final class Checkpointer implements AutoCloseable {
  /** Bytes appended after which a checkpoint is due: 8 MiB. */
  private static final long DUE_BYTES = 8L << 20;

  /** Frames (pages) of log after which the appender finishes: 64 MiB. */
  private static final long LONG_FRAMES = 16_384;

  private final Connection connection;
  private final Semaphore due = new Semaphore(0);
  private final Semaphore finished = new Semaphore(0);
  private final Thread thread;
  private final AtomicReference<@Nullable SQLException> failure = new AtomicReference<>();
  private volatile boolean closing;
  private volatile boolean finish;
  private long appendedBytes;

  Checkpointer(Connection connection) {
    this.connection = connection;
    this.thread = Thread.ofPlatform().name("journal-checkpoint").daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** The appender has committed so many bytes. */
  void appended(long bytes) {
    appendedBytes += bytes;
    if (appendedBytes >= DUE_BYTES) {
      appendedBytes = 0;
      due.release();
    }
  }

  /**
   * Whether the appender should copy the last piece itself, now, while the checkpointer waits; it
   * then says {@link #appenderHasFinished}.
   */
  boolean appenderMustFinish() {
    return finish;
  }

  /** The appender has copied the last piece, or failed to; the log begins anew if it has. */
  void appenderHasFinished() {
    finish = false;
    finished.release();
  }

  /** A checkpoint failed. */
  void failed(SQLException e) {
    failure.set(e);
  }

  /** The last failure, once; the log only grows longer by it, nothing is lost. */
  @Nullable SQLException takeFailure() {
    return failure.getAndSet(null);
  }

  private void run() {
    try (Statement s = connection.createStatement()) {
      while (!closing) {
        due.acquire();
        due.drainPermits();
        if (!closing && copy(s) > LONG_FRAMES) {
          finished.drainPermits();
          finish = true;
          finished.acquire();
        }
      }
    } catch (SQLException e) {
      failure.set(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Copies what the log holds now; how many frames long the log is. */
  private long copy(Statement s) {
    try (ResultSet r = s.executeQuery("PRAGMA wal_checkpoint(PASSIVE)")) {
      return r.next() ? r.getLong(2) : 0;
    } catch (SQLException e) {
      failure.set(e);
      return 0;
    }
  }

  @Override
  public void close() throws SQLException {
    closing = true;
    due.release();
    finished.release();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    connection.close();
  }
}
