package parallax.journal.sqlite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.journal.CursorRecord;
import parallax.journal.JournalException;
import parallax.journal.JournalException.Kind;
import parallax.journal.OutboxEntry;
import parallax.journal.Transaction;
import parallax.journal.sqlite.process.ChildJava;

final class OldJournalTest {
  @TempDir private Path directory = Path.of("");

  private SortedMap<String, String> files() throws IOException {
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

  @Test
  void givesWhatIsStoredAndChangesNoByte() throws IOException {
    byte[] record = {4, 5};
    try (SqliteJournal journal = SqliteJournal.open(directory)) {
      for (int i = 1; i <= 30; i++) {
        journal.append(
            new Transaction(
                List.of(KilledWriter.input(2L * i - 1), KilledWriter.input(2L * i)),
                List.of(new OutboxEntry("KOR", i, record)),
                List.of(new CursorRecord("in/USA", i, new byte[] {(byte) i}))));
      }
    }
    SortedMap<String, String> before = files();
    assertTrue(OldJournal.isThere(directory));
    try (OldJournal old = OldJournal.open(directory)) {
      assertEquals(61, old.nextPosition());
      long[] expected = {5};
      old.replay(
          5,
          (position, input) -> {
            assertEquals(expected[0]++, position);
            assertArrayEquals(KilledWriter.input(position), input);
          });
      assertEquals(61, expected[0]);
      assertEquals(List.of("KOR"), List.copyOf(old.partners()));
      assertEquals(30, old.lastOutboxSeq("KOR").orElseThrow());
      assertEquals(
          List.of(new OutboxEntry("KOR", 29, record), new OutboxEntry("KOR", 30, record)),
          old.outbox("KOR", 29, 10));
      assertEquals(List.of(), old.outbox("USA", 1, 10));
      assertEquals(
          List.of(new CursorRecord("in/USA", 30, new byte[] {30})),
          List.copyOf(old.cursors().values()));
    }
    assertEquals(before, files());
  }

  @Test
  void readsWhatANodeLeftThatWasKilledAndChangesNoByte() throws Exception {
    Process process = ChildJava.start(KilledWriter.class, directory.toString());
    long acknowledged = 0;
    try (BufferedReader reader = process.inputReader(StandardCharsets.US_ASCII)) {
      for (int i = 0; i < 40; i++) {
        acknowledged = Long.parseLong(Objects.requireNonNull(reader.readLine()));
      }
      process.toHandle().destroyForcibly();
      process.waitFor();
    }
    assertTrue(Files.size(directory.resolve("journal.db-wal")) > 0);
    SortedMap<String, String> before = files();
    try (OldJournal old = OldJournal.open(directory)) {
      assertTrue(old.nextPosition() >= acknowledged);
      long[] count = {0};
      old.replay(
          1,
          (position, input) -> {
            count[0]++;
            assertArrayEquals(KilledWriter.input(position), input);
          });
      assertEquals(old.nextPosition() - 1, count[0]);
    }
    assertEquals(before, files());
  }

  @Test
  void refusesWhatIsDamagedOrNotThere() throws IOException {
    JournalException none = assertThrows(JournalException.class, () -> OldJournal.open(directory));
    assertTrue(String.valueOf(none.getMessage()).contains("there is no journal.db in"));
    try (SqliteJournal journal = SqliteJournal.open(directory)) {
      journal.append(Transaction.ofInputs(List.of(KilledWriter.input(1))));
    }
    Path database = directory.resolve("journal.db");
    byte[] sound = Files.readAllBytes(database);
    for (int place = 0; place < sound.length; place += 37) {
      byte[] bytes = sound.clone();
      bytes[place] ^= 0x10;
      Files.write(database, bytes);
      try (OldJournal old = OldJournal.open(directory)) {
        old.replay(1, (position, input) -> assertArrayEquals(KilledWriter.input(position), input));
      } catch (JournalException e) {
        assertTrue(e.kind() == Kind.CORRUPT || e.kind() == Kind.OTHER, e.getMessage());
      }
    }
  }
}
