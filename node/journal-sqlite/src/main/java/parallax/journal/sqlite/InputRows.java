package parallax.journal.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import parallax.journal.EntryVisitor;
import parallax.journal.JournalException;

/** The inputs of a journal's database, each checked as it is read. */
final class InputRows {
  private InputRows() {}

  /** Reads the inputs from a position on; returns the position after the last. */
  static long read(Connection connection, long from, EntryVisitor visitor) throws JournalException {
    Checksums checksums = new Checksums();
    String sql =
        "SELECT position, checksum, bytes FROM input WHERE position >= ? ORDER BY position";
    long expected = from;
    try (PreparedStatement s = connection.prepareStatement(sql)) {
      s.setLong(1, from);
      try (ResultSet r = s.executeQuery()) {
        while (r.next()) {
          byte[] input = Schema.bytes(r, 3);
          if (r.getLong(1) != expected) {
            throw JournalException.corruptInput(expected, "it is missing");
          }
          if (checksums.of(expected, input) != r.getLong(2)) {
            throw JournalException.corruptInput(expected, "its checksum is wrong");
          }
          visitor.entry(expected, input);
          expected++;
        }
      }
    } catch (SQLException e) {
      throw Failures.of("reading journal input " + expected, e);
    }
    return expected;
  }
}
