package parallax.journal.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.journal.CursorRecord;
import parallax.journal.JournalException;
import parallax.journal.JournalException.Kind;

/**
 * What is known of a stored journal without asking its database again.
 *
 * @param nextPosition the position after the last input; 1 when there is none
 * @param partnerIds the partners' numbers in the database, by their names
 * @param lastSeqs the number of each partner's last record; none for a partner without records
 * @param cursors all cursors, by their names
 */
record StoredState(
    long nextPosition,
    SortedMap<String, Long> partnerIds,
    SortedMap<String, Long> lastSeqs,
    SortedMap<String, CursorRecord> cursors) {

  StoredState {
    partnerIds = Collections.unmodifiableSortedMap(new TreeMap<>(partnerIds));
    lastSeqs = Collections.unmodifiableSortedMap(new TreeMap<>(lastSeqs));
    cursors = Collections.unmodifiableSortedMap(new TreeMap<>(cursors));
  }

  /** Reads it. */
  static StoredState read(Statement s) throws SQLException, JournalException {
    long next = Schema.number(s, "SELECT max(position) FROM input") + 1;
    TreeMap<String, Long> partnerIds = new TreeMap<>();
    try (ResultSet r = s.executeQuery("SELECT id, name FROM partner")) {
      while (r.next()) {
        partnerIds.put(r.getString(2), r.getLong(1));
      }
    }
    TreeMap<String, Long> lastSeqs = new TreeMap<>();
    for (Map.Entry<String, Long> partner : partnerIds.entrySet()) {
      long last =
          Schema.number(
              s,
              "SELECT max(key) FROM outbox_record WHERE key BETWEEN "
                  + OutboxKey.of(partner.getValue(), 0)
                  + " AND "
                  + OutboxKey.of(partner.getValue(), OutboxKey.SEQ_MASK));
      if (last != 0) {
        lastSeqs.put(partner.getKey(), OutboxKey.seq(last));
      }
    }
    return new StoredState(next, partnerIds, lastSeqs, readCursors(s));
  }

  private static SortedMap<String, CursorRecord> readCursors(Statement s)
      throws SQLException, JournalException {
    TreeMap<String, CursorRecord> cursors = new TreeMap<>();
    Checksums checksums = new Checksums();
    try (ResultSet r = s.executeQuery("SELECT name, next, chain_hash, checksum FROM cursor")) {
      while (r.next()) {
        String name = r.getString(1);
        long next = r.getLong(2);
        byte[] chainHash = Schema.bytes(r, 3);
        if (checksums.of(name, next, chainHash) != r.getLong(4)) {
          throw new JournalException(
              Kind.CORRUPT, "cursor " + name + " is corrupt: its checksum is wrong");
        }
        cursors.put(name, new CursorRecord(name, next, chainHash));
      }
    }
    return cursors;
  }
}
