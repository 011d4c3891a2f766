package parallax.journal.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import parallax.journal.CursorRecord;

/**
 * The prepared statements of an append. Rows are gathered and go in as a batch, which costs the
 * driver less than half of what row by row does. The driver closes a statement that fails, so after
 * a failure the whole set is prepared anew.
 */
final class AppendStatements {
  private final PreparedStatement begin;
  private final PreparedStatement commit;
  private final PreparedStatement input;
  private final PreparedStatement record;
  private final PreparedStatement partner;
  private final PreparedStatement cursor;

  AppendStatements(Connection connection) throws SQLException {
    begin = connection.prepareStatement("BEGIN IMMEDIATE");
    commit = connection.prepareStatement("COMMIT");
    input = connection.prepareStatement("INSERT INTO input VALUES (?, ?, ?)");
    record = connection.prepareStatement("INSERT INTO outbox_record VALUES (?, ?, ?)");
    partner = connection.prepareStatement("INSERT INTO partner VALUES (?, ?)");
    cursor = connection.prepareStatement("INSERT OR REPLACE INTO cursor VALUES (?, ?, ?, ?)");
  }

  void begin() throws SQLException {
    begin.executeUpdate();
  }

  void commit() throws SQLException {
    commit.executeUpdate();
  }

  /** Gathers an input for {@link #inputs}. */
  void input(long position, long checksum, byte[] bytes) throws SQLException {
    row(input, position, checksum, bytes);
  }

  /** Inserts the inputs gathered. */
  void inputs() throws SQLException {
    input.executeBatch();
  }

  /** Gathers an outbox record for {@link #records}. */
  void record(long key, long checksum, byte[] bytes) throws SQLException {
    row(record, key, checksum, bytes);
  }

  /** Inserts the outbox records gathered. */
  void records() throws SQLException {
    record.executeBatch();
  }

  void partner(long id, String name) throws SQLException {
    partner.setLong(1, id);
    partner.setString(2, name);
    partner.executeUpdate();
  }

  void cursor(CursorRecord c, long checksum) throws SQLException {
    cursor.setString(1, c.name());
    cursor.setLong(2, c.next());
    cursor.setBytes(3, c.chainHash());
    cursor.setLong(4, checksum);
    cursor.executeUpdate();
  }

  void close() throws SQLException {
    for (PreparedStatement s :
        new PreparedStatement[] {begin, commit, input, record, partner, cursor}) {
      s.close();
    }
  }

  private static void row(PreparedStatement statement, long key, long checksum, byte[] bytes)
      throws SQLException {
    statement.setLong(1, key);
    statement.setLong(2, checksum);
    statement.setBytes(3, bytes);
    statement.addBatch();
  }
}
