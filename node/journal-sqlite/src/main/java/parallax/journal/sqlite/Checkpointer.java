package parallax.journal.sqlite;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Semaphore;
import java.util.function.BiConsumer;

/**
 * Copies the write-ahead log into the database on a thread and connection of its own, so that no
 * append waits for it. While appends never pause, the copy is always a little behind and the log
 * cannot begin anew; once it is long, {@link #appenderMustFinish} asks the appender for the last
 * short piece. Should the copy fall far behind all the same, on a slow disk or because its thread
 * has ended, {@link #logIsTooLong} makes the appender wait for it and copy everything itself: the
 * log has an end.
 */
final class Checkpointer implements AutoCloseable {
  /** The kind of log line that says that the log was not copied. */
  static final String NOT_COPIED = "JOURNAL_NOT_COPIED";

  private static final String COPY = "PRAGMA wal_checkpoint(PASSIVE)";

  /** Bytes appended after which a checkpoint is due. */
  private static final long DUE_BYTES = LogRoom.BYTES / 4;

  /** Bytes of log beyond which the appender finishes, so that the log stays within its room. */
  private static final long LONG_BYTES = LogRoom.BYTES / 2;

  /** Bytes appended since the log was last copied to its end at which the appender waits. */
  static final long TOO_LONG_BYTES = 4 * LogRoom.BYTES;

  private final Connection connection;
  private final long pageBytes;
  private final Semaphore due = new Semaphore(0);
  private final Semaphore finished = new Semaphore(0);
  private final Thread thread;
  private final BiConsumer<String, String> log;
  private final LogGrowth growth;
  private volatile boolean closing;
  private volatile boolean finish;
  private long appendedBytes;
  private long bytesSinceEnd;
  private final Object copying = new Object();

  /** What is done to the write-ahead log while nobody copies it. */
  interface LogWork {
    long run() throws SQLException;
  }

  Checkpointer(Connection connection, long pageBytes, BiConsumer<String, String> log) {
    this.connection = connection;
    this.log = log;
    this.growth = new LogGrowth(pageBytes, log);
    this.pageBytes = pageBytes;
    this.thread = Thread.ofPlatform().name("journal-checkpoint").daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** The appender has committed so many bytes. */
  void appended(long bytes) {
    appendedBytes += bytes;
    bytesSinceEnd += bytes;
    if (appendedBytes >= DUE_BYTES) {
      appendedBytes = 0;
      due.release();
    }
  }

  /**
   * Whether the appender should {@link #finish} the copy itself, now, while the checkpointer waits.
   */
  boolean appenderMustFinish() {
    return finish;
  }

  /** Whether the appender should {@link #finish} the copy itself before it appends more. */
  boolean logIsTooLong() {
    return bytesSinceEnd >= TOO_LONG_BYTES;
  }

  /**
   * Copies what is left, on the appender's thread and by a statement of its connection. What was
   * appended is durable already: a failure is only spoken of.
   */
  void finish(Statement appenders) {
    try {
      synchronized (copying) {
        try (ResultSet r = appenders.executeQuery(COPY)) {
          if (r.next()) {
            growth.copied(r.getLong(2), r.getLong(3));
          }
        }
      }
    } catch (SQLException e) {
      failed(e);
    }
    bytesSinceEnd = 0;
    finish = false;
    finished.release();
  }

  /** Nothing is lost by it, but the log grows until a checkpoint succeeds. */
  private void failed(SQLException e) {
    log.accept(
        NOT_COPIED,
        "the journal's write-ahead log could not be copied into the database and grows until it"
            + " can; it is tried again, and nothing is lost: "
            + e.getMessage());
  }

  private void run() {
    try (Statement s = connection.createStatement()) {
      while (!closing) {
        due.acquire();
        due.drainPermits();
        if (!closing && copy(s) * pageBytes > LONG_BYTES) {
          copy(s); // what came meanwhile, so that less is left for the appender
          waitForAppender();
        }
      }
    } catch (SQLException e) {
      failed(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Asks the appender for the last piece and waits for it, unless the journal is closing. */
  void waitForAppender() throws InterruptedException {
    finished.drainPermits();
    finish = true;
    // Looked at only after the permits were drained: a close before that took its permit with them.
    if (!closing) {
      finished.acquire();
    }
  }

  /** Copies what the log holds now; how many frames long the log is. */
  private long copy(Statement s) {
    synchronized (copying) {
      try (ResultSet r = s.executeQuery(COPY)) {
        return r.next() ? r.getLong(2) : 0;
      } catch (SQLException e) {
        failed(e);
        return 0;
      }
    }
  }

  /** Waits until no copy is under way, and holds the next one up meanwhile. */
  long alone(LogWork work) throws SQLException {
    synchronized (copying) {
      return work.run();
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
