package parallax.journal.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.journal.Transaction;

/** Room behind the end of the log is never taken for part of it. */
final class LogRoomTest {
  @TempDir Path folder;

  private Path live() {
    return folder.resolve("live");
  }

  private static void append(SqliteJournal journal, String text) throws IOException {
    journal.append(Transaction.ofInputs(List.of(text.getBytes(StandardCharsets.UTF_8))));
  }

  /** What a crash at this moment would leave, read back. */
  private List<String> afterACrash(String name) throws IOException {
    Path copy = Files.createDirectories(folder.resolve(name));
    for (String file : List.of("journal.db", "journal.db-wal")) {
      Files.copy(live().resolve(file), copy.resolve(file));
    }
    List<String> seen = new ArrayList<>();
    try (SqliteJournal journal = SqliteJournal.open(copy)) {
      journal.replay(1, (position, input) -> seen.add(new String(input, StandardCharsets.UTF_8)));
    }
    return seen;
  }

  private long logBytes() throws IOException {
    return Files.size(live().resolve("journal.db-wal"));
  }

  @Test
  void roomIsMadeAtOpeningAndTheLogReadsBackUpToItsEnd() throws IOException {
    try (SqliteJournal journal = SqliteJournal.open(live())) {
      assertEquals(LogRoom.BYTES, logBytes());
      assertEquals(List.of(), afterACrash("empty"));
      append(journal, "a");
      append(journal, "b");
      assertEquals(LogRoom.BYTES, logBytes());
      assertEquals(List.of("a", "b"), afterACrash("two"));
    }
  }

  @Test
  void logOfNothingButRoomIsAnEmptyLog() throws IOException {
    try (SqliteJournal journal = SqliteJournal.open(live())) {
      append(journal, "a");
    }
    try (SqliteJournal journal = SqliteJournal.open(live())) {
      assertEquals(LogRoom.BYTES, logBytes());
      assertEquals(List.of("a"), afterACrash("unused"));
      append(journal, "b");
      assertEquals(List.of("a", "b"), afterACrash("used"));
    }
  }

  @Test
  void roomIsMadeBehindWhatACrashLeft() throws IOException {
    Path copy = Files.createDirectories(folder.resolve("crashed"));
    try (SqliteJournal journal =
        SqliteJournal.open(
            live(), SqliteOptions.standard().withDurability(SqliteOptions.Durability.NORMAL))) {
      append(journal, "a");
      assertTrue(logBytes() < LogRoom.BYTES);
      for (String file : List.of("journal.db", "journal.db-wal")) {
        Files.copy(live().resolve(file), copy.resolve(file));
      }
    }
    List<String> seen = new ArrayList<>();
    try (SqliteJournal journal = SqliteJournal.open(copy)) {
      assertEquals(LogRoom.BYTES, Files.size(copy.resolve("journal.db-wal")));
      append(journal, "b");
      journal.replay(1, (position, input) -> seen.add(new String(input, StandardCharsets.UTF_8)));
    }
    assertEquals(List.of("a", "b"), seen);
  }

  @Test
  void logStaysWithinItsRoomWhileAppendsNeverPause() throws IOException {
    byte[] block = new byte[60 << 10];
    try (SqliteJournal journal = SqliteJournal.open(live())) {
      for (int i = 0; i < 1_000; i++) {
        journal.append(Transaction.ofInputs(List.of(block)));
      }
      assertEquals(1_001, journal.nextPosition());
      assertTrue(logBytes() < 4 * LogRoom.BYTES, "log of " + logBytes());
    }
  }
}
