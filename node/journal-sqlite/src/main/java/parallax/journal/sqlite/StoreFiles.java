package parallax.journal.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import parallax.journal.JournalException;
import parallax.journal.JournalException.Kind;

/**
 * An opened journal directory: its lock, the connection that appends, the one that copies, and what
 * was read back.
 *
 * @param directory the directory
 * @param lock keeps other nodes out
 * @param connection appends and reads
 * @param checkpointer copies the write-ahead log; not started yet
 * @param state what is stored
 */
record StoreFiles(
    Path directory,
    DirectoryLock lock,
    Connection connection,
    Checkpointer checkpointer,
    StoredState state) {

  /** Opens a directory, waiting for as long as another program has its database locked. */
  static StoreFiles open(Path directory, SqliteOptions options, BiConsumer<String, String> log)
      throws JournalException {
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
    try {
      return new LockWait(log, () -> false).run(() -> open(directory, options, lock, log));
    } catch (JournalException e) {
      throw closing(List.of(lock), e);
    }
  }

  private static StoreFiles open(
      Path directory, SqliteOptions options, DirectoryLock lock, BiConsumer<String, String> log)
      throws JournalException {
    List<AutoCloseable> opened = new ArrayList<>();
    try {
      Connection writer = connect(directory);
      opened.add(writer);
      Schema.configure(writer, options);
      Schema.prepare(writer, options);
      Connection copier = connect(directory);
      opened.add(copier);
      Schema.configure(copier, options);
      StoredState state;
      try (Statement s = writer.createStatement()) {
        state = StoredState.read(s);
      }
      return new StoreFiles(
          directory, lock, writer, new Checkpointer(copier, Schema.pageSize(copier), log), state);
    } catch (SQLException e) {
      throw closing(opened, Failures.of("opening the journal in " + directory, e));
    } catch (JournalException e) {
      throw closing(opened, e);
    }
  }

  private static Connection connect(Path directory) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:sqlite:" + directory.toAbsolutePath().resolve(SqliteJournal.DATABASE).toUri());
  }

  /** Closes everything because opening failed. */
  JournalException closing(JournalException e) {
    return closing(List.of(lock, connection, checkpointer), e);
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
}
