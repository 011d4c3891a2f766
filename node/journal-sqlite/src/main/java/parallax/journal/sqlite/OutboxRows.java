package parallax.journal.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import parallax.journal.JournalException;
import parallax.journal.OutboxEntry;

/** The outbox records of a journal's database, each checked as it is read. */
final class OutboxRows {
  private OutboxRows() {}

  /** Reads at most {@code limit} records of a partner from a number on. */
  static List<OutboxEntry> read(
      Connection connection, String partner, long id, long fromSeq, int limit)
      throws JournalException {
    List<OutboxEntry> entries = new ArrayList<>();
    if (fromSeq > OutboxKey.SEQ_MASK) {
      return entries;
    }
    Checksums checksums = new Checksums();
    String sql =
        "SELECT key, checksum, bytes FROM outbox_record WHERE key BETWEEN ? AND ? ORDER BY key"
            + " LIMIT ?";
    try (PreparedStatement s = connection.prepareStatement(sql)) {
      s.setLong(1, OutboxKey.of(id, fromSeq));
      s.setLong(2, OutboxKey.of(id, OutboxKey.SEQ_MASK));
      s.setInt(3, limit);
      try (ResultSet r = s.executeQuery()) {
        for (long seq = fromSeq; r.next(); seq++) {
          entries.add(entry(checksums, partner, seq, r));
        }
      }
    } catch (SQLException e) {
      throw Failures.of("reading the outbox for " + partner, e);
    }
    return entries;
  }

  private static OutboxEntry entry(Checksums checksums, String partner, long seq, ResultSet r)
      throws SQLException, JournalException {
    long key = r.getLong(1);
    byte[] record = Schema.bytes(r, 3);
    if (OutboxKey.seq(key) != seq) {
      throw JournalException.corruptOutbox(partner, seq, "it is missing");
    }
    if (checksums.of(key, record) != r.getLong(2)) {
      throw JournalException.corruptOutbox(partner, seq, "its checksum is wrong");
    }
    return new OutboxEntry(partner, seq, record);
  }
}
