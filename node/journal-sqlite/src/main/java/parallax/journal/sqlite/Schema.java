package parallax.journal.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import parallax.journal.JournalException;

/**
 * The database of an old version's journal.
 *
 * <pre>
 * input          position (from 1, no holes), checksum, bytes
 * partner        id, name
 * outbox_record  key ({@link OutboxKey}), checksum, bytes
 * cursor         name, next, chain_hash, checksum
 * </pre>
 */
final class Schema {
  /** The file's name; its write-ahead log has it with {@code -wal}. */
  static final String DATABASE = "journal.db";

  /** "Plx1" as a number: tells our databases from others. */
  private static final int APPLICATION_ID = 0x506c7831;

  private static final int VERSION = 1;

  private Schema() {}

  /** Refuses a database that is no journal of this version. */
  static void require(Statement s) throws SQLException, JournalException {
    long id = number(s, "PRAGMA application_id");
    long version = number(s, "PRAGMA user_version");
    if (id != APPLICATION_ID || version != VERSION) {
      throw new JournalException(
          JournalException.Kind.OTHER,
          "the database is not a journal of version " + VERSION + " but " + id + "/" + version);
    }
  }

  /** Checks the whole database. */
  static void check(Statement s) throws SQLException, JournalException {
    try (ResultSet r = s.executeQuery("PRAGMA quick_check(1)")) {
      String found = r.next() ? r.getString(1) : "no answer";
      if (!"ok".equals(found)) {
        throw new JournalException(
            JournalException.Kind.CORRUPT, "the database is damaged: " + found);
      }
    }
  }

  /** The first number of the answer, 0 when there is none; leaves no statement open. */
  static long number(Statement s, String sql) throws SQLException {
    try (ResultSet r = s.executeQuery(sql)) {
      return r.next() ? r.getLong(1) : 0;
    }
  }

  /** The bytes of a column; SQLite gives an empty blob as no bytes at all. */
  static byte[] bytes(ResultSet r, int column) throws SQLException {
    byte[] bytes = r.getBytes(column);
    return bytes == null ? new byte[0] : bytes;
  }
}
