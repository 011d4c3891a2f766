package parallax.bench.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/** SQLite in WAL mode as a plain program would use it: numbered rows, one prepared statement. */
final class PlainSqlite implements Store {
  private final String durability;
  private final Connection connection;
  private final PreparedStatement insert;
  private long next = 1;

  PlainSqlite(Path folder, String durability) throws IOException {
    this.durability = durability;
    try {
      connection =
          DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("plain-" + durability));
      try (Statement s = connection.createStatement()) {
        s.execute("PRAGMA journal_mode = WAL");
        s.execute("PRAGMA synchronous = " + durability);
        s.execute("CREATE TABLE row (position INTEGER PRIMARY KEY, bytes BLOB NOT NULL)");
      }
      connection.setAutoCommit(false);
      insert = connection.prepareStatement("INSERT INTO row VALUES (?, ?)");
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  @Override
  public String name() {
    return "plain SQLite " + durability;
  }

  @Override
  public void append(byte[][] rows) throws IOException {
    try {
      for (byte[] row : rows) {
        insert.setLong(1, next++);
        insert.setBytes(2, row);
        insert.executeUpdate();
      }
      connection.commit();
    } catch (SQLException e) {
      throw new IOException(e);
    }
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
