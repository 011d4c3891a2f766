package parallax.journal.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import parallax.journal.CursorRecord;
import parallax.journal.JournalException;
import parallax.journal.JournalException.Kind;
import parallax.journal.OutboxNumbers;
import parallax.journal.Transaction;

/**
 * What of a stored journal is known without asking the database: the next position, the partners'
 * numbers in the database, the last number of each outbox, and the cursors.
 */
final class StoredState {
  private final TreeMap<String, Long> partnerIds = new TreeMap<>();
  private final OutboxNumbers numbers = new OutboxNumbers();
  private final TreeMap<String, CursorRecord> cursors = new TreeMap<>();
  private long nextPosition = 1;

  /**
   * What a transaction changes, once it is stored.
   *
   * @param numbersAfter the last number of each outbox that it adds to
   * @param newPartners partners whose first record it brings, with their numbers in the database
   */
  record Change(Map<String, Long> numbersAfter, SortedMap<String, Long> newPartners) {}

  /** Reads it back. */
  static StoredState read(Statement s) throws SQLException, JournalException {
    StoredState state = new StoredState();
    state.nextPosition = Schema.number(s, "SELECT max(position) FROM input") + 1;
    try (ResultSet r = s.executeQuery("SELECT id, name FROM partner")) {
      while (r.next()) {
        state.partnerIds.put(r.getString(2), r.getLong(1));
      }
    }
    for (Map.Entry<String, Long> partner : state.partnerIds.entrySet()) {
      long last =
          Schema.number(
              s,
              "SELECT max(key) FROM outbox_record WHERE key BETWEEN "
                  + OutboxKey.of(partner.getValue(), 0)
                  + " AND "
                  + OutboxKey.of(partner.getValue(), OutboxKey.SEQ_MASK));
      if (last != 0) {
        state.numbers.restore(partner.getKey(), OutboxKey.seq(last));
      }
    }
    state.readCursors(s);
    return state;
  }

  private void readCursors(Statement s) throws SQLException, JournalException {
    Checksums checksums = new Checksums();
    try (ResultSet r = s.executeQuery("SELECT name, next, chain_hash, checksum FROM cursor")) {
      while (r.next()) {
        String name = r.getString(1);
        CursorRecord cursor = new CursorRecord(name, r.getLong(2), SqliteJournal.bytes(r, 3));
        if (checksums.of(name, cursor.next(), cursor.chainHash()) != r.getLong(4)) {
          throw new JournalException(
              Kind.CORRUPT, "cursor " + name + " is corrupt: its checksum is wrong");
        }
        cursors.put(name, cursor);
      }
    }
  }

  /** What a transaction would change; refuses one whose numbers do not follow. */
  Change check(Transaction t) {
    Map<String, Long> after = numbers.check(t.outbox());
    TreeMap<String, Long> added = new TreeMap<>();
    for (String partner : after.keySet()) {
      if (!partnerIds.containsKey(partner)) {
        added.put(partner, partnerIds.size() + added.size() + 1L);
      }
    }
    return new Change(after, Collections.unmodifiableSortedMap(added));
  }

  /** The transaction is stored. */
  void accept(Transaction t, Change change) {
    nextPosition += t.inputs().size();
    numbers.accept(change.numbersAfter());
    partnerIds.putAll(change.newPartners());
    for (CursorRecord c : t.cursors()) {
      cursors.put(c.name(), new CursorRecord(c.name(), c.next(), c.chainHash().clone()));
    }
  }

  long nextPosition() {
    return nextPosition;
  }

  /** The partner's number in the database; null when it has no record yet. */
  @Nullable Long partnerId(String partner) {
    return partnerIds.get(partner);
  }

  /** Names of the partners that have records. */
  SortedSet<String> partners() {
    return Collections.unmodifiableSortedSet(partnerIds.navigableKeySet());
  }

  /** All cursors. */
  SortedMap<String, CursorRecord> cursors() {
    return Collections.unmodifiableSortedMap(cursors);
  }

  OutboxNumbers numbers() {
    return numbers;
  }

  @Nullable CursorRecord cursor(String name) {
    return cursors.get(name);
  }
}
