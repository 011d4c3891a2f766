package parallax.journal.sqlite;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.function.BiConsumer;
import parallax.journal.CursorRecord;
import parallax.journal.EntryVisitor;
import parallax.journal.ForgettingJournal;
import parallax.journal.JournalException;
import parallax.journal.JournalException.Kind;
import parallax.journal.OutboxEntry;
import parallax.journal.Transaction;

/**
 * The journal in one SQLite database ({@code journal.db} with its write-ahead log) in a directory
 * of its own. One transaction of SQLite per transaction of the journal; a process killed at any
 * moment leaves every append that had returned, and nothing of any other.
 *
 * <p>Other programs may read the database. One that locks it holds an append up for a second; the
 * append then fails with {@code BUSY} and is to be tried again. One that goes on reading keeps the
 * write-ahead log from beginning anew; the log grows then, and that is said.
 */
public final class SqliteJournal implements ForgettingJournal {
  static final String DATABASE = "journal.db";
  private static final long MOST_PAGES = 4_294_967_294L;

  private final Path directory;
  private final DirectoryLock lock;
  private final Connection connection;
  private final Checkpointer checkpointer;
  private final StoredState state;
  private final Statement plain;
  private final boolean room;
  private final LockWait lockWait;
  private final Checksums checksums = new Checksums();
  private final long pageSize;
  private AppendStatements statements;
  private volatile boolean closed;

  private SqliteJournal(StoreFiles files, boolean room, BiConsumer<String, String> log)
      throws SQLException {
    this.directory = files.directory();
    this.lock = files.lock();
    this.connection = files.connection();
    this.checkpointer = files.checkpointer();
    this.state = files.state();
    this.room = room;
    this.lockWait = new LockWait(log, () -> closed);
    plain = connection.createStatement();
    pageSize = Schema.pageSize(connection);
    statements = new AppendStatements(connection);
  }

  /**
   * The number of the process that has the journal of a directory open now; empty when none has.
   * Nothing is opened for writing.
   */
  public static Optional<String> holder(Path directory) throws IOException {
    return DirectoryLock.holderOf(directory);
  }

  /** Opens the journal of a directory with the standard options; what it says is not heard. */
  public static SqliteJournal open(Path directory) throws JournalException {
    return open(directory, SqliteOptions.standard());
  }

  /** Opens the journal of a directory; what it says is not heard. */
  public static SqliteJournal open(Path directory, SqliteOptions options) throws JournalException {
    return open(directory, options, (kind, line) -> {});
  }

  /**
   * Opens the journal of a directory; both are made when they do not exist. While another program
   * has the database locked, it waits and says so.
   *
   * @param log takes what an operator should know, as a kind and a line; called from any thread
   * @throws JournalException {@code LOCKED} when another node has it open, {@code CORRUPT} when the
   *     database is damaged, {@code FULL} when there is no room, {@code OTHER} for the rest
   */
  public static SqliteJournal open(
      Path directory, SqliteOptions options, BiConsumer<String, String> log)
      throws JournalException {
    StoreFiles files = StoreFiles.open(directory, options, log);
    try {
      boolean room = options.durability() == SqliteOptions.Durability.FULL;
      SqliteJournal journal = new SqliteJournal(files, room, log);
      journal.limitBytes(options.maxBytes());
      if (journal.room) {
        LogRoom.make(directory.resolve(DATABASE + "-wal"));
      }
      journal.checkpointer.start();
      return journal;
    } catch (SQLException e) {
      throw files.closing(Failures.of("opening the journal in " + directory, e));
    } catch (JournalException e) {
      throw files.closing(e);
    }
  }

  @Override
  public long append(Transaction t) throws JournalException {
    requireOpen();
    final StoredState.Change change = state.check(t);
    final long first = state.nextPosition();
    if (t.isEmpty()) {
      return first;
    }
    long bytes;
    try {
      statements.begin();
      bytes = statements.write(t, state, change);
      statements.commit();
    } catch (SQLException e) {
      throw undone(Failures.of("appending to the journal in " + directory, e));
    } catch (RuntimeException e) {
      throw undone(new JournalException(Kind.OTHER, "appending to the journal: " + e, e));
    }
    state.accept(t, change);
    // A commit writes whole pages: never less than a few.
    appended(Math.max(bytes, 4 * pageSize));
    return first;
  }

  /** What was appended is durable already: a failure here is only noted. */
  private void appended(long bytes) {
    checkpointer.appended(bytes);
    if (!checkpointer.appenderMustFinish() && !checkpointer.logIsTooLong()) {
      return;
    }
    checkpointer.finish(plain);
  }

  /** Takes back a transaction that failed; some failures of SQLite have done so themselves. */
  private JournalException undone(JournalException failure) {
    try {
      plain.execute("ROLLBACK");
    } catch (SQLException e) {
      failure.addSuppressed(e);
    }
    try {
      statements.close();
      statements = new AppendStatements(connection);
    } catch (SQLException e) {
      failure.addSuppressed(e);
    }
    return failure;
  }

  @Override
  public void replay(long fromPosition, EntryVisitor visitor) throws JournalException {
    requireOpen();
    requireAtLeastOne("first position", fromPosition);
    long[] next = {fromPosition};
    lockWait.run(
        () ->
            InputRows.read(
                connection,
                next[0],
                (position, bytes) -> {
                  next[0] = position + 1;
                  visitor.entry(position, bytes);
                }));
    if (next[0] < state.nextPosition()) {
      throw JournalException.corruptInput(next[0], "it is missing");
    }
  }

  @Override
  public List<byte[]> inputs(long fromPosition, int limit) throws JournalException {
    requireOpen();
    requireAtLeastOne("first position", fromPosition);
    requireAtLeastOne("limit", limit);
    return InputRows.read(connection, fromPosition, limit);
  }

  /**
   * {@inheritDoc}
   *
   * <p>An input of the length of the one it replaces is written over in its place, so that no page
   * is divided or joined and no copy of it is left in one.
   */
  @Override
  public void replace(SortedMap<Long, byte[]> inputs) throws JournalException {
    requireOpen();
    long bytes = 0;
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE input SET checksum = ?, bytes = ? WHERE position = ?")) {
      plain.execute("BEGIN IMMEDIATE");
      for (Map.Entry<Long, byte[]> e : inputs.entrySet()) {
        update.setLong(1, checksums.of(e.getKey(), e.getValue()));
        update.setBytes(2, e.getValue());
        update.setLong(3, e.getKey());
        if (update.executeUpdate() != 1) {
          throw new IllegalArgumentException(
              "replacing " + e.getKey() + "; there is no such input");
        }
        bytes += pageSize; // a page each, as they lie apart
      }
      plain.execute("COMMIT");
    } catch (SQLException e) {
      throw undone(Failures.of("replacing inputs of the journal in " + directory, e));
    } catch (IllegalArgumentException e) {
      e.addSuppressed(undone(new JournalException(Kind.OTHER, "no such input", e)));
      throw e;
    }
    appended(bytes);
  }

  /**
   * {@inheritDoc}
   *
   * <p>The write-ahead log is copied into the database and cut to nothing; then its room is made
   * anew.
   */
  @Override
  public void purge() throws JournalException {
    requireOpen();
    try {
      Schema.busyTimeout(plain, 0); // the engine's thread does not wait for a reader
      long busy = checkpointer.alone(() -> Schema.number(plain, "PRAGMA wal_checkpoint(TRUNCATE)"));
      Schema.busyTimeout(plain, Schema.BUSY_TIMEOUT_MS);
      if (busy != 0) {
        throw new JournalException(
            Kind.BUSY,
            "the write-ahead log in "
                + directory
                + " is being read by another program and cannot be cut yet");
      }
    } catch (SQLException e) {
      throw Failures.of("cutting the write-ahead log in " + directory, e);
    }
    if (room) {
      LogRoom.make(directory.resolve(DATABASE + "-wal"));
    }
  }

  @Override
  public long nextPosition() throws JournalException {
    requireOpen();
    return state.nextPosition();
  }

  @Override
  public List<OutboxEntry> outbox(String partner, long fromSeq, int limit) throws JournalException {
    requireOpen();
    requireAtLeastOne("first number", fromSeq);
    requireAtLeastOne("limit", limit);
    Long id = state.partnerId(partner);
    return id == null
        ? new ArrayList<>()
        : OutboxRows.read(connection, partner, id, fromSeq, limit);
  }

  @Override
  public OptionalLong lastOutboxSeq(String partner) throws JournalException {
    requireOpen();
    return state.numbers().last(partner);
  }

  @Override
  public Optional<CursorRecord> cursor(String name) throws JournalException {
    requireOpen();
    return Optional.ofNullable(state.cursor(name));
  }

  /** Changes the size the database may grow to; what it has already stays. */
  public void limitBytes(long maxBytes) throws JournalException {
    requireOpen();
    long pages = Math.clamp(maxBytes / pageSize, 1L, MOST_PAGES);
    try {
      Schema.number(plain, "PRAGMA max_page_count = " + pages);
    } catch (SQLException e) {
      throw Failures.of("limiting the journal in " + directory, e);
    }
  }

  @Override
  public void close() throws JournalException {
    if (closed) {
      return;
    }
    closed = true;
    try {
      checkpointer.close();
      connection.close();
    } catch (SQLException e) {
      throw Failures.of("closing the journal in " + directory, e);
    } finally {
      try {
        lock.close();
      } catch (IOException e) {
        // The system gives the lock back when the process ends.
      }
    }
  }

  private void requireOpen() throws JournalException {
    if (closed) {
      throw JournalException.closed();
    }
  }

  private static void requireAtLeastOne(String field, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(field + " is " + value + "; expected 1 or more");
    }
  }

  /** SQLite gives an empty blob as no bytes at all. */
  static byte[] bytes(ResultSet r, int column) throws SQLException {
    byte[] bytes = r.getBytes(column);
    return bytes == null ? new byte[0] : bytes;
  }
}
