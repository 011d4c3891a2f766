package parallax.journal.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.junit.jupiter.api.io.TempDir;
import parallax.journal.Journal;
import parallax.journal.contract.ForgettingJournalContract;

final class SqliteJournalContractTest extends ForgettingJournalContract {
  @TempDir Path directory;

  @Override
  protected SqliteJournal open() throws IOException {
    return SqliteJournal.open(directory);
  }

  @Override
  protected void corrupt(long position) throws IOException {
    update("UPDATE input SET bytes = CAST('xravo' AS BLOB) WHERE position = ?", position);
  }

  @Override
  protected void corruptOutbox(String partner, long seq) throws IOException {
    update(
        "UPDATE outbox_record SET bytes = CAST('kx' AS BLOB) WHERE key & "
            + OutboxKey.SEQ_MASK
            + " = ?",
        seq);
  }

  @Override
  protected void fillDisk(Journal journal) throws IOException {
    ((SqliteJournal) journal).limitBytes(1 << 20);
  }

  @Override
  protected void freeDisk(Journal journal) throws IOException {
    ((SqliteJournal) journal).limitBytes(1 << 30);
  }

  private void update(String sql, long key) throws IOException {
    try (Connection c =
            DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("journal.db"));
        PreparedStatement s = c.prepareStatement(sql)) {
      s.setLong(1, key);
      assertEquals(1, s.executeUpdate());
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }
}
