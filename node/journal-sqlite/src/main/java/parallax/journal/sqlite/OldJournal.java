package parallax.journal.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import parallax.journal.CursorRecord;
import parallax.journal.EntryVisitor;
import parallax.journal.JournalException;
import parallax.journal.JournalException.Kind;
import parallax.journal.OutboxEntry;

/**
 * Reads the directory of a journal as a version before there were snapshots wrote it, to take what
 * is in it over into another journal. Not a byte of the directory is changed: a database whose
 * write-ahead log was not copied into it, as after a crash, is copied to a folder for temporary
 * files and read there.
 */
public final class OldJournal implements AutoCloseable {
  private final Path directory;
  private final @Nullable Path copy;
  private final Connection connection;
  private final StoredState state;

  private OldJournal(
      Path directory, @Nullable Path copy, Connection connection, StoredState state) {
    this.directory = directory;
    this.copy = copy;
    this.connection = connection;
    this.state = state;
  }

  /** Whether there is such a journal in a directory. */
  public static boolean isThere(Path directory) {
    return Files.isRegularFile(directory.resolve(Schema.DATABASE));
  }

  /**
   * Opens a directory and checks the whole database for damage.
   *
   * @throws JournalException {@code LOCKED} when a node has it open, {@code CORRUPT} when it is
   *     damaged, {@code OTHER} when there is none
   */
  public static OldJournal open(Path directory) throws JournalException {
    if (!isThere(directory)) {
      throw new JournalException(Kind.OTHER, "there is no " + Schema.DATABASE + " in " + directory);
    }
    @Nullable Path copy = null;
    try {
      Optional<String> holder = DirectoryLock.holderOf(directory);
      if (holder.isPresent()) {
        throw new JournalException(
            Kind.LOCKED,
            directory + " is in use by process " + holder.get() + "; stop that node first");
      }
      Path log = directory.resolve(Schema.DATABASE + "-wal");
      if (Files.exists(log) && Files.size(log) > 0) {
        copy = Files.createTempDirectory("parallax-old-journal");
        for (String name : List.of(Schema.DATABASE, Schema.DATABASE + "-wal")) {
          Files.copy(directory.resolve(name), copy.resolve(name));
        }
      }
      return open(directory, copy);
    } catch (IOException e) {
      deleteCopy(copy);
      throw e instanceof JournalException j
          ? j
          : new JournalException(
              Kind.OTHER, "reading the old journal in " + directory + ": " + e.getMessage(), e);
    }
  }

  private static OldJournal open(Path directory, @Nullable Path copy) throws JournalException {
    @Nullable Connection connection = null;
    try {
      // A database without a write-ahead log is read as a file that nobody changes, so that SQLite
      // makes no files beside it.
      String how = copy == null ? "?mode=ro&immutable=1" : "";
      Path from = copy == null ? directory : copy;
      connection =
          DriverManager.getConnection(
              "jdbc:sqlite:" + from.toAbsolutePath().resolve(Schema.DATABASE).toUri() + how);
      try (Statement s = connection.createStatement()) {
        Schema.require(s);
        Schema.check(s);
        return new OldJournal(directory, copy, connection, StoredState.read(s));
      }
    } catch (SQLException e) {
      close(connection, e);
      throw Failures.of("reading the old journal in " + directory, e);
    } catch (JournalException e) {
      close(connection, e);
      throw e;
    }
  }

  private static void close(@Nullable Connection connection, Exception because) {
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (SQLException e) {
      because.addSuppressed(e);
    }
  }

  /** The position after the last input; 1 when there is none. */
  public long nextPosition() {
    return state.nextPosition();
  }

  /**
   * Shows the inputs from a position to the end, in order.
   *
   * @throws JournalException {@code CORRUPT} when one is not what was appended
   */
  public void replay(long from, EntryVisitor visitor) throws JournalException {
    long next = InputRows.read(connection, from, visitor);
    if (next < state.nextPosition()) {
      throw JournalException.corruptInput(next, "it is missing");
    }
  }

  /** The number of a partner's last record; empty when there is none. */
  public OptionalLong lastOutboxSeq(String partner) {
    Long last = state.lastSeqs().get(partner);
    return last == null ? OptionalLong.empty() : OptionalLong.of(last);
  }

  /** At most {@code limit} of a partner's records from a number on, as they are stored. */
  public List<OutboxEntry> outbox(String partner, long fromSeq, int limit) throws JournalException {
    Long id = state.partnerIds().get(partner);
    return id == null ? List.of() : OutboxRows.read(connection, partner, id, fromSeq, limit);
  }

  /** All cursors as they are stored, by their names. */
  public SortedMap<String, CursorRecord> cursors() {
    return state.cursors();
  }

  @Override
  public void close() throws JournalException {
    try {
      connection.close();
    } catch (SQLException e) {
      throw Failures.of("closing the old journal in " + directory, e);
    } finally {
      deleteCopy(copy);
    }
  }

  private static void deleteCopy(@Nullable Path copy) {
    if (copy == null) {
      return;
    }
    try {
      for (String end : List.of("-wal", "-shm", "")) {
        Files.deleteIfExists(copy.resolve(Schema.DATABASE + end));
      }
      Files.deleteIfExists(copy);
    } catch (IOException e) {
      // A folder for temporary files is cleared by the system some time.
      return;
    }
  }
}
