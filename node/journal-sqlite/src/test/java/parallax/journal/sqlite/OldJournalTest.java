package parallax.journal.sqlite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.journal.CursorRecord;
import parallax.journal.JournalException;
import parallax.journal.JournalException.Kind;
import parallax.journal.OutboxEntry;
import parallax.journal.sqlite.old.OldWriter;

final class OldJournalTest {
  private static final byte[] RECORD = {4, 5};

  @TempDir private Path folder = Path.of("");

  private Path directory() {
    return folder.resolve("journal");
  }

  private static byte[] input(long position) {
    SplittableRandom random = new SplittableRandom(position);
    byte[] bytes = new byte[random.nextInt(2_000)];
    random.nextBytes(bytes);
    return bytes;
  }

  /** Two inputs, a record and a cursor in each transaction. */
  private static void append(OldWriter writer, int first, int last) throws IOException {
    for (int i = first; i <= last; i++) {
      writer.append(
          List.of(input(2L * i - 1), input(2L * i)),
          List.of(new OutboxEntry("KOR", i, RECORD)),
          List.of(new CursorRecord("in/USA", i, new byte[] {(byte) i})));
    }
  }

  private static void write(Path directory, int transactions) throws IOException {
    try (OldWriter writer = new OldWriter(directory)) {
      append(writer, 1, transactions);
    }
  }

  private static SortedMap<String, String> files(Path directory) throws IOException {
    TreeMap<String, String> all = new TreeMap<>();
    try (Stream<Path> list = Files.list(directory)) {
      for (Path p : list.toList()) {
        byte[] bytes = Files.readAllBytes(p);
        all.put(
            p.getFileName() + " " + Files.getLastModifiedTime(p),
            bytes.length + " " + Arrays.hashCode(bytes));
      }
    }
    return all;
  }

  private static void assertHolds(int transactions, OldJournal old) throws JournalException {
    assertEquals(2L * transactions + 1, old.nextPosition());
    long[] expected = {5};
    old.replay(
        5,
        (position, input) -> {
          assertEquals(expected[0]++, position);
          assertArrayEquals(input(position), input);
        });
    assertEquals(old.nextPosition(), expected[0]);
    assertEquals(transactions, old.lastOutboxSeq("KOR").orElseThrow());
    assertEquals(OptionalLong.empty(), old.lastOutboxSeq("USA"));
    assertEquals(
        List.of(
            new OutboxEntry("KOR", transactions - 1, RECORD),
            new OutboxEntry("KOR", transactions, RECORD)),
        old.outbox("KOR", transactions - 1, 10));
    assertEquals(1, old.outbox("KOR", 1, 1).size());
    assertEquals(List.of(), old.outbox("USA", 1, 10));
    assertEquals(
        List.of(new CursorRecord("in/USA", transactions, new byte[] {(byte) transactions})),
        List.copyOf(old.cursors().values()));
  }

  @Test
  void givesWhatIsStoredAndChangesNoByte() throws IOException {
    assertFalse(OldJournal.isThere(directory()));
    write(directory(), 30);
    SortedMap<String, String> before = files(directory());
    assertTrue(OldJournal.isThere(directory()));
    try (OldJournal old = OldJournal.open(directory())) {
      assertHolds(30, old);
    }
    assertEquals(before, files(directory()));
  }

  @Test
  void readsWhatANodeLeftThatWasKilledAndChangesNoByte() throws IOException {
    Path left = Files.createDirectory(folder.resolve("left"));
    try (OldWriter writer = new OldWriter(directory())) {
      append(writer, 1, 40);
      try (Stream<Path> list = Files.list(directory())) {
        for (Path p : list.toList()) {
          Files.copy(p, left.resolve(p.getFileName()));
        }
      }
    }
    assertTrue(Files.size(left.resolve("journal.db-wal")) > 0);
    SortedMap<String, String> before = files(left);
    try (OldJournal old = OldJournal.open(left)) {
      assertHolds(40, old);
    }
    assertEquals(before, files(left));
  }

  @Test
  void refusesWhatANodeHasOpen() throws IOException {
    write(directory(), 1);
    Path lock = Files.writeString(directory().resolve("lock"), "4711");
    try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE)) {
      FileLock held = channel.lock();
      JournalException e = assertThrows(JournalException.class, () -> OldJournal.open(directory()));
      assertEquals(Kind.LOCKED, e.kind());
      assertTrue(String.valueOf(e.getMessage()).contains("in use by process 4711"));
      held.release();
    }
    OldJournal.open(directory()).close();
  }

  @Test
  void refusesWhatIsNotThereOrOfAnotherVersion() throws IOException, SQLException {
    JournalException none =
        assertThrows(JournalException.class, () -> OldJournal.open(directory()));
    assertTrue(String.valueOf(none.getMessage()).contains("there is no journal.db in"));
    write(directory(), 1);
    sql("PRAGMA user_version = 2");
    JournalException other =
        assertThrows(JournalException.class, () -> OldJournal.open(directory()));
    assertTrue(String.valueOf(other.getMessage()).contains("not a journal of version 1"));
  }

  private void sql(String... statements) throws SQLException {
    try (Connection c =
            DriverManager.getConnection("jdbc:sqlite:" + directory().resolve("journal.db"));
        Statement s = c.createStatement()) {
      for (String one : statements) {
        s.execute(one);
      }
    }
  }

  /** Opens the directory, reads all of it, and gives what it is refused for. */
  private JournalException refused() {
    return assertThrows(
        JournalException.class,
        () -> {
          try (OldJournal old = OldJournal.open(directory())) {
            old.replay(1, (position, input) -> {});
            old.outbox("KOR", 1, 100);
          }
        });
  }

  @Test
  void findsWhatIsMissingOrChanged() throws IOException, SQLException {
    for (String damage :
        List.of(
            "DELETE FROM input WHERE position = 4",
            "UPDATE input SET bytes = x'00' WHERE position = 4",
            "UPDATE input SET checksum = checksum + 1 WHERE position = 4",
            "DELETE FROM outbox_record WHERE key & 255 = 2",
            "UPDATE outbox_record SET bytes = x'00' WHERE key & 255 = 2",
            "UPDATE cursor SET next = -1",
            "UPDATE cursor SET name = ''",
            "UPDATE cursor SET chain_hash = x''")) {
      Files.deleteIfExists(directory().resolve("journal.db"));
      write(directory(), 3);
      sql(damage);
      JournalException e = refused();
      assertEquals(Kind.CORRUPT, e.kind(), damage);
      assertEquals(damage.contains("input") ? 4 : 0, e.position(), damage);
    }
  }

  @Test
  void noChangedBitGivesWhatWasNotAppended() throws IOException {
    write(directory(), 1);
    Path database = directory().resolve("journal.db");
    byte[] sound = Files.readAllBytes(database);
    for (int place = 0; place < sound.length; place += 37) {
      byte[] bytes = sound.clone();
      bytes[place] ^= 0x10;
      Files.write(database, bytes);
      try (OldJournal old = OldJournal.open(directory())) {
        old.replay(1, (position, input) -> assertArrayEquals(input(position), input));
        for (OutboxEntry e : old.outbox("KOR", 1, 10)) {
          assertArrayEquals(RECORD, e.record());
        }
      } catch (JournalException e) {
        assertTrue(e.kind() == Kind.CORRUPT || e.kind() == Kind.OTHER, e.getMessage());
      }
    }
  }
}
