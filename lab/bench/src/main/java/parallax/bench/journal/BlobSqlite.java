package parallax.bench.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.zip.CRC32C;

/** SQLite in WAL mode with one row a transaction, which holds all inputs and their checksum. */
final class BlobSqlite implements Store {
  private final Connection connection;
  private final PreparedStatement insert;
  private long next = 1;

  BlobSqlite(Path folder) throws IOException {
    try {
      connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("blob"));
      try (Statement s = connection.createStatement()) {
        s.execute("PRAGMA page_size = 8192");
        s.execute("PRAGMA journal_mode = WAL");
        s.execute("PRAGMA synchronous = FULL");
        s.execute("CREATE TABLE batch (position INTEGER PRIMARY KEY, bytes BLOB NOT NULL)");
      }
      connection.setAutoCommit(false);
      insert = connection.prepareStatement("INSERT INTO batch VALUES (?, ?)");
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  @Override
  public String name() {
    return "SQLite, one blob a batch";
  }

  @Override
  public void append(byte[][] rows) throws IOException {
    try {
      insert.setLong(1, next);
      insert.setBytes(2, encode(rows));
      insert.executeUpdate();
      connection.commit();
      next += rows.length;
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  /** A checksum, then each row's length and bytes. */
  static byte[] encode(byte[][] rows) {
    int bytes = 4;
    for (byte[] row : rows) {
      bytes += 4 + row.length;
    }
    ByteBuffer b = ByteBuffer.allocate(bytes).putInt(0);
    for (byte[] row : rows) {
      b.putInt(row.length).put(row);
    }
    b.putInt(0, crc(b.array()));
    return b.array();
  }

  private static int crc(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 4, bytes.length - 4);
    return (int) crc.getValue();
  }

  /** The bytes of all rows of a blob, each copied as whoever reads them gets it. */
  static long decode(byte[] blob) throws IOException {
    ByteBuffer b = ByteBuffer.wrap(blob);
    if (b.getInt() != crc(blob)) {
      throw new IOException("a checksum is wrong");
    }
    long sum = 0;
    while (b.hasRemaining()) {
      byte[] row = new byte[b.getInt()];
      b.get(row);
      sum += row.length;
    }
    return sum;
  }

  @Override
  public long readAll() throws IOException {
    long sum = 0;
    try (Statement s = connection.createStatement();
        ResultSet r = s.executeQuery("SELECT bytes FROM batch ORDER BY position")) {
      while (r.next()) {
        sum += decode(r.getBytes(1));
      }
      connection.commit();
    } catch (SQLException e) {
      throw new IOException(e);
    }
    return sum;
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
