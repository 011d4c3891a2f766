package parallax.journal.sqlite.old;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import parallax.journal.CursorRecord;
import parallax.journal.OutboxEntry;

/**
 * Writes a journal as a version before there were snapshots did: a database with a write-ahead log,
 * which is copied into it when the writer is closed. A copy of the files made before that is what a
 * node leaves that is killed. The format stands here once more, apart from the code that reads it.
 */
public final class OldWriter implements AutoCloseable {
  private static final int SEQ_BITS = 44;

  private final Connection connection;
  private final List<String> partners = new ArrayList<>();
  private long nextPosition = 1;

  /** Makes the journal of a directory, which is made too when it does not exist. */
  public OldWriter(Path directory) throws IOException {
    Files.createDirectories(directory);
    try {
      connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("journal.db"));
      try (Statement s = connection.createStatement()) {
        for (String sql :
            List.of(
                "PRAGMA page_size = 8192",
                "PRAGMA journal_mode = WAL",
                "PRAGMA wal_autocheckpoint = 0",
                "CREATE TABLE input (position INTEGER PRIMARY KEY, checksum INTEGER NOT NULL,"
                    + " bytes BLOB NOT NULL)",
                "CREATE TABLE partner (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)",
                "CREATE TABLE outbox_record (key INTEGER PRIMARY KEY, checksum INTEGER NOT NULL,"
                    + " bytes BLOB NOT NULL)",
                "CREATE TABLE cursor (name TEXT PRIMARY KEY, next INTEGER NOT NULL,"
                    + " chain_hash BLOB NOT NULL, checksum INTEGER NOT NULL) WITHOUT ROWID",
                "PRAGMA application_id = " + 0x506c7831,
                "PRAGMA user_version = 1")) {
          s.execute(sql);
        }
      }
      connection.setAutoCommit(false);
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  /** Appends everything in one transaction. */
  public void append(List<byte[]> inputs, List<OutboxEntry> outbox, List<CursorRecord> cursors)
      throws IOException {
    try {
      for (byte[] input : inputs) {
        row("INSERT INTO input VALUES (?, ?, ?)", nextPosition++, input);
      }
      for (OutboxEntry e : outbox) {
        long key = partnerId(e.partner()) << SEQ_BITS | e.seq();
        row("INSERT INTO outbox_record VALUES (?, ?, ?)", key, e.record());
      }
      for (CursorRecord c : cursors) {
        execute(
            "INSERT OR REPLACE INTO cursor VALUES (?, ?, ?, ?)",
            c.name(),
            c.next(),
            c.chainHash(),
            checksum(c.name().getBytes(StandardCharsets.UTF_8), number(c.next()), c.chainHash()));
      }
      connection.commit();
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  private long partnerId(String name) throws SQLException {
    if (!partners.contains(name)) {
      partners.add(name);
      execute("INSERT INTO partner VALUES (?, ?)", partners.size(), name);
    }
    return partners.indexOf(name) + 1L;
  }

  private void row(String sql, long key, byte[] bytes) throws SQLException {
    execute(sql, key, checksum(number(key), bytes), bytes);
  }

  private void execute(String sql, Object... values) throws SQLException {
    try (PreparedStatement s = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        s.setObject(i + 1, values[i]);
      }
      s.executeUpdate();
    }
  }

  private static byte[] number(long number) {
    return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
  }

  /** CRC32C over all parts. */
  private static long checksum(byte[]... parts) {
    CRC32C crc = new CRC32C();
    for (byte[] part : parts) {
      crc.update(part);
    }
    return crc.getValue();
  }

  @Override
  public void close() throws IOException {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }
}
