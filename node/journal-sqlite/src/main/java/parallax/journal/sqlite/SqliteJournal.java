package parallax.journal.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
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
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import parallax.journal.CursorRecord;
import parallax.journal.EntryVisitor;
import parallax.journal.ForgettingJournal;
import parallax.journal.JournalException;
import parallax.journal.JournalException.Kind;
import parallax.journal.OutboxEntry;
import parallax.journal.OutboxNumbers;
import parallax.journal.Transaction;

/**
 * The journal in one SQLite database ({@code journal.db} with its write-ahead log) in a directory
 * of its own. One transaction of SQLite per transaction of the journal; a process killed at any
 * moment leaves every append that had returned, and nothing of any other.
 */
public final class SqliteJournal implements ForgettingJournal {
  static final String DATABASE = "journal.db";
  private static final long MOST_PAGES = 4_294_967_294L;

  private final Path directory;
  private final DirectoryLock lock;
  private final Connection connection;
  private final Checkpointer checkpointer;
  private final Statement plain;
  private final boolean room;
  private AppendStatements statements;
  private final Checksums checksums = new Checksums();
  private final TreeMap<String, Long> partnerIds = new TreeMap<>();
  private final OutboxNumbers numbers = new OutboxNumbers();
  private final TreeMap<String, CursorRecord> cursors = new TreeMap<>();
  private final long pageSize;
  private long nextPosition = 1;
  private boolean closed;

  private SqliteJournal(
      Path directory,
      DirectoryLock lock,
      Connection connection,
      Checkpointer checkpointer,
      boolean room)
      throws SQLException {
    this.room = room;
    this.directory = directory;
    this.lock = lock;
    this.connection = connection;
    this.checkpointer = checkpointer;
    plain = connection.createStatement();
    pageSize = Schema.pageSize(connection);
    statements = new AppendStatements(connection);
  }

  /** Opens the journal of a directory with the standard options. */
  public static SqliteJournal open(Path directory) throws JournalException {
    return open(directory, SqliteOptions.standard());
  }

  /**
   * Opens the journal of a directory; both are made when they do not exist.
   *
   * @throws JournalException {@code LOCKED} when another process has it open, {@code CORRUPT} when
   *     the database is damaged, {@code FULL} when there is no room, {@code OTHER} for the rest
   */
  public static SqliteJournal open(Path directory, SqliteOptions options) throws JournalException {
    DirectoryLock lock;
    try {
      Files.createDirectories(directory);
      lock = DirectoryLock.take(directory);
    } catch (JournalException e) {
      throw e;
    } catch (IOException e) {
      throw new JournalException(
          Kind.OTHER, "cannot open the journal in " + directory + ": " + e, e);
    }
    List<AutoCloseable> opened = new ArrayList<>(List.of(lock));
    try {
      Connection writer = connect(directory);
      opened.add(writer);
      Schema.configure(writer, options);
      Schema.prepare(writer, options);
      Connection copier = connect(directory);
      opened.add(copier);
      Schema.configure(copier, options);
      Checkpointer checkpointer = new Checkpointer(copier, Schema.pageSize(copier));
      boolean room = options.durability() == SqliteOptions.Durability.FULL;
      SqliteJournal journal = new SqliteJournal(directory, lock, writer, checkpointer, room);
      journal.restore();
      journal.limitBytes(options.maxBytes());
      if (journal.room) {
        LogRoom.make(directory.resolve(DATABASE + "-wal"));
      }
      checkpointer.start();
      return journal;
    } catch (SQLException e) {
      throw closing(opened, Failures.of("opening the journal in " + directory, e));
    } catch (JournalException e) {
      throw closing(opened, e);
    }
  }

  private static Connection connect(Path directory) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:sqlite:" + directory.toAbsolutePath().resolve(DATABASE).toUri());
  }

  private static JournalException closing(List<AutoCloseable> opened, JournalException e) {
    for (AutoCloseable resource : opened.reversed()) {
      try {
        resource.close();
      } catch (Exception suppressed) {
        e.addSuppressed(suppressed);
      }
    }
    return e;
  }

  /** Reads back positions, numbers and cursors. */
  private void restore() throws SQLException, JournalException {
    nextPosition = Schema.number(plain, "SELECT max(position) FROM input") + 1;
    try (ResultSet r = plain.executeQuery("SELECT id, name FROM partner")) {
      while (r.next()) {
        partnerIds.put(r.getString(2), r.getLong(1));
      }
    }
    for (Map.Entry<String, Long> partner : partnerIds.entrySet()) {
      long last =
          Schema.number(
              plain,
              "SELECT max(key) FROM outbox_record WHERE key BETWEEN "
                  + OutboxKey.of(partner.getValue(), 0)
                  + " AND "
                  + OutboxKey.of(partner.getValue(), OutboxKey.SEQ_MASK));
      if (last != 0) {
        numbers.restore(partner.getKey(), OutboxKey.seq(last));
      }
    }
    try (ResultSet r = plain.executeQuery("SELECT name, next, chain_hash, checksum FROM cursor")) {
      while (r.next()) {
        String name = r.getString(1);
        CursorRecord cursor = new CursorRecord(name, r.getLong(2), bytes(r, 3));
        if (checksums.of(name, cursor.next(), cursor.chainHash()) != r.getLong(4)) {
          throw new JournalException(
              Kind.CORRUPT, "cursor " + name + " is corrupt: its checksum is wrong");
        }
        cursors.put(name, cursor);
      }
    }
  }

  @Override
  public long append(Transaction t) throws JournalException {
    requireOpen();
    final Map<String, Long> numbersAfter = numbers.check(t.outbox());
    final Map<String, Long> newPartners = newPartners(numbersAfter);
    final long first = nextPosition;
    if (t.isEmpty()) {
      return first;
    }
    long bytes;
    try {
      statements.begin();
      bytes = write(t, newPartners);
      statements.commit();
    } catch (SQLException e) {
      throw undone(Failures.of("appending to the journal in " + directory, e));
    } catch (RuntimeException e) {
      throw undone(new JournalException(Kind.OTHER, "appending to the journal: " + e, e));
    }
    nextPosition = first + t.inputs().size();
    numbers.accept(numbersAfter);
    partnerIds.putAll(newPartners);
    for (CursorRecord c : t.cursors()) {
      cursors.put(c.name(), new CursorRecord(c.name(), c.next(), c.chainHash().clone()));
    }
    appended(bytes);
    return first;
  }

  /** What was appended is durable already: a failure here is only noted. */
  private void appended(long bytes) {
    checkpointer.appended(bytes);
    if (!checkpointer.appenderMustFinish() && !checkpointer.logIsTooLong()) {
      return;
    }
    try {
      checkpointer.alone(() -> Schema.number(plain, "PRAGMA wal_checkpoint(PASSIVE)"));
    } catch (SQLException e) {
      checkpointer.failed(e);
    }
    checkpointer.appenderHasFinished();
  }

  private Map<String, Long> newPartners(Map<String, Long> numbersAfter) {
    TreeMap<String, Long> added = new TreeMap<>();
    for (String partner : numbersAfter.keySet()) {
      if (!partnerIds.containsKey(partner)) {
        added.put(partner, partnerIds.size() + added.size() + 1L);
      }
    }
    return added;
  }

  private long write(Transaction t, Map<String, Long> newPartners) throws SQLException {
    long bytes = 0;
    long position = nextPosition;
    for (byte[] input : t.inputs()) {
      statements.input(position, checksums.of(position, input), input);
      position++;
      bytes += input.length;
    }
    statements.inputs();
    for (Map.Entry<String, Long> partner : newPartners.entrySet()) {
      statements.partner(partner.getValue(), partner.getKey());
    }
    for (OutboxEntry e : t.outbox()) {
      Long known = partnerIds.get(e.partner());
      long id = known != null ? known : newPartners.getOrDefault(e.partner(), 0L);
      long key = OutboxKey.of(id, e.seq());
      statements.record(key, checksums.of(key, e.record()), e.record());
      bytes += e.record().length;
    }
    statements.records();
    for (CursorRecord c : t.cursors()) {
      statements.cursor(c, checksums.of(c.name(), c.next(), c.chainHash()));
    }
    // A commit writes whole pages: never less than a few.
    return Math.max(bytes, 4 * pageSize);
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
    long expected = InputRows.read(connection, fromPosition, visitor);
    if (expected < nextPosition) {
      throw JournalException.corruptInput(expected, "it is missing");
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
      long busy = checkpointer.alone(() -> Schema.number(plain, "PRAGMA wal_checkpoint(TRUNCATE)"));
      if (busy != 0) {
        throw new JournalException(
            Kind.OTHER,
            "the write-ahead log in " + directory + " is being read and cannot be cut yet");
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
    return nextPosition;
  }

  @Override
  public List<OutboxEntry> outbox(String partner, long fromSeq, int limit) throws JournalException {
    requireOpen();
    requireAtLeastOne("first number", fromSeq);
    requireAtLeastOne("limit", limit);
    List<OutboxEntry> entries = new ArrayList<>();
    Long id = partnerIds.get(partner);
    if (id == null || fromSeq > OutboxKey.SEQ_MASK) {
      return entries;
    }
    String sql =
        "SELECT key, checksum, bytes FROM outbox_record WHERE key BETWEEN ? AND ? ORDER BY key"
            + " LIMIT ?";
    try (PreparedStatement s = connection.prepareStatement(sql)) {
      s.setLong(1, OutboxKey.of(id, fromSeq));
      s.setLong(2, OutboxKey.of(id, OutboxKey.SEQ_MASK));
      s.setInt(3, limit);
      try (ResultSet r = s.executeQuery()) {
        for (long seq = fromSeq; r.next(); seq++) {
          entries.add(entry(partner, seq, r));
        }
      }
    } catch (SQLException e) {
      throw Failures.of("reading the outbox for " + partner, e);
    }
    return entries;
  }

  private OutboxEntry entry(String partner, long seq, ResultSet r)
      throws SQLException, JournalException {
    long key = r.getLong(1);
    byte[] record = bytes(r, 3);
    if (OutboxKey.seq(key) != seq) {
      throw JournalException.corruptOutbox(partner, seq, "it is missing");
    }
    if (checksums.of(key, record) != r.getLong(2)) {
      throw JournalException.corruptOutbox(partner, seq, "its checksum is wrong");
    }
    return new OutboxEntry(partner, seq, record);
  }

  @Override
  public OptionalLong lastOutboxSeq(String partner) throws JournalException {
    requireOpen();
    return numbers.last(partner);
  }

  @Override
  public Optional<CursorRecord> cursor(String name) throws JournalException {
    requireOpen();
    return Optional.ofNullable(cursors.get(name));
  }

  /**
   * Copies the write-ahead log into the database now, on this thread. Never needed: a thread of the
   * journal's own does it; useful when the owner knows it is idle.
   */
  public void checkpoint() throws JournalException {
    requireOpen();
    try {
      Schema.number(plain, "PRAGMA wal_checkpoint(PASSIVE)");
    } catch (SQLException e) {
      throw Failures.of("checkpointing the journal in " + directory, e);
    }
  }

  /**
   * The last failure of a checkpoint in the background, once; null when there was none. Nothing is
   * lost by it, but the write-ahead log grows until one succeeds.
   */
  public @Nullable JournalException takeCheckpointFailure() {
    SQLException e = checkpointer.takeFailure();
    return e == null ? null : Failures.of("checkpointing the journal in " + directory, e);
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
