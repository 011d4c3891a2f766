package parallax.journal.sqlite;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.journal.JournalException;
import parallax.journal.JournalException.Kind;
import parallax.journal.Transaction;
import parallax.journal.sqlite.process.OtherProgram;

/** What another program does to the database, in a process of its own, holds up and is said. */
final class LockedJournalTest {
  private static final byte[] BLOCK = new byte[1 << 20];

  @TempDir Path directory;
  private final List<String> said = new CopyOnWriteArrayList<>();

  private SqliteJournal open() throws JournalException {
    return SqliteJournal.open(
        directory,
        SqliteOptions.standard().withDurability(SqliteOptions.Durability.NORMAL),
        (kind, line) -> said.add(kind + ": " + line));
  }

  private static Transaction input(String text) {
    return Transaction.ofInputs(List.of(text.getBytes(StandardCharsets.UTF_8)));
  }

  private void append(SqliteJournal journal, int mebibytes) throws JournalException {
    for (int i = 0; i < mebibytes; i++) {
      journal.append(Transaction.ofInputs(List.of(BLOCK)));
    }
  }

  private List<String> saidOf(String kind) {
    return said.stream().filter(s -> s.startsWith(kind + ":")).toList();
  }

  @Test
  void openingWaitsForTheLockAndSaysSo() throws Exception {
    open().close();
    try (OtherProgram other =
        OtherProgram.holding(
            directory,
            "PRAGMA locking_mode = EXCLUSIVE",
            "BEGIN EXCLUSIVE",
            "DELETE FROM cursor")) {
      try (SqliteJournal journal =
          SqliteJournal.open(
              directory,
              SqliteOptions.standard(),
              (kind, line) -> {
                said.add(kind + ": " + line);
                if (said.size() == 2) {
                  other.release();
                }
              })) {
        journal.append(input("goes on"));
      }
    }
    assertEquals(2, said.size(), said::toString);
    assertTrue(said.get(0).startsWith("JOURNAL_BUSY: opening the journal in " + directory));
    assertTrue(said.get(0).contains("another program has locked journal.db"), said.get(0));
  }

  @Test
  void appendAndReplaceThatFindALockFailAsBusyAndSucceedOnceItIsGone() throws Exception {
    try (SqliteJournal journal = open();
        OtherProgram other = OtherProgram.holding(directory, "BEGIN IMMEDIATE")) {
      TreeMap<Long, byte[]> replaced = new TreeMap<>();
      replaced.put(1L, new byte[] {2});
      assertEquals(Kind.BUSY, busy(() -> journal.append(input("a"))).kind());
      assertEquals(Kind.BUSY, busy(() -> journal.replace(replaced)).kind());
      assertEquals(1, journal.nextPosition());
      other.release();
      assertEquals(1, journal.append(input("a")));
      journal.replace(replaced);
      assertEquals(List.of(2), journal.inputs(1, 9).stream().map(b -> (int) b[0]).toList());
    }
  }

  private static JournalException busy(org.junit.jupiter.api.function.Executable work) {
    return assertThrows(JournalException.class, work);
  }

  @Test
  void readerThatMakesTheLogGrowIsSaidWithWhatToDo() throws Exception {
    try (SqliteJournal journal = open()) {
      journal.append(input("a"));
      try (OtherProgram other =
          OtherProgram.holding(directory, "BEGIN", "SELECT count(*) FROM input")) {
        append(journal, 80);
        assertEquals(1, saidOf("JOURNAL_LOG_GROWS").size(), said::toString);
        String line = saidOf("JOURNAL_LOG_GROWS").getFirst();
        assertTrue(line.matches(".*has grown to \\d+ MiB, because another program.*"), line);
        assertTrue(line.contains("End that program"), line);
        assertEquals(List.of(), saidOf("JOURNAL_LOG_BEGINS_ANEW"));
        assertEquals(Kind.BUSY, busy(journal::purge).kind());
        other.release();
      }
      // At the latest when so much was appended the appender copies the log itself.
      long most = Checkpointer.TOO_LONG_BYTES >> 20;
      for (int i = 0; i <= most && saidOf("JOURNAL_LOG_BEGINS_ANEW").isEmpty(); i++) {
        append(journal, 1);
      }
      append(journal, 1);
      assertEquals(1, saidOf("JOURNAL_LOG_BEGINS_ANEW").size(), said::toString);
      long log = Files.size(directory.resolve("journal.db-wal"));
      assertTrue(log < 4 * LogRoom.BYTES, "the log was not cut: " + log);
      assertEquals(1, saidOf("JOURNAL_LOG_GROWS").size(), said::toString);
    }
  }

  @Test
  void growthIsSaidAgainEachTimeItHasDoubled() {
    LogGrowth growth = new LogGrowth((1 << 20) - 24, (kind, line) -> said.add(kind + ": " + line));
    for (int mebibytes = 1; mebibytes <= 300; mebibytes++) {
      growth.copied(mebibytes, mebibytes / 2);
    }
    assertEquals(3, saidOf("JOURNAL_LOG_GROWS").size(), said::toString);
    assertTrue(said.get(2).contains("256 MiB"), said.get(2));
    growth.copied(300, 300);
    growth.copied(1, 1);
    assertEquals(1, saidOf("JOURNAL_LOG_BEGINS_ANEW").size(), said::toString);
  }

  @Test
  void ourOwnReadingOfALiveJournalDoesNotMakeItsLogGrow() throws Exception {
    try (SqliteJournal journal = open()) {
      for (int i = 0; i < 1_200; i++) {
        journal.append(input("i" + i));
      }
      List<Long> seen = new ArrayList<>();
      InputRows.read(
          directory,
          (position, bytes) -> {
            seen.add(position);
            if (position == 600) {
              assertDoesNotThrow(() -> append(journal, 80));
            }
          });
      assertEquals(1_200, seen.size());
      assertEquals(List.of(), said);
    }
  }

  @Test
  void workThatFindsALockIsDoneAgainUntilItSucceedsOrTheJournalIsClosed() throws IOException {
    int[] times = {0};
    LockWait wait = new LockWait((kind, line) -> said.add(line), () -> times[0] == 3);
    JournalException busy = new JournalException(Kind.BUSY, "locked");
    assertEquals("done", wait.run(() -> again(times, 2, busy)));
    assertEquals(List.of("locked"), said);
    JournalException other = new JournalException(Kind.CORRUPT, "x");
    assertEquals(
        Kind.CORRUPT,
        assertThrows(JournalException.class, () -> wait.run(() -> again(times, 9, other))).kind());
    times[0] = 1;
    assertEquals(
        Kind.CLOSED,
        assertThrows(JournalException.class, () -> wait.run(() -> again(times, 9, busy))).kind());
    assertNull(busy.getCause());
  }

  private static String again(int[] times, int until, JournalException e) throws JournalException {
    if (++times[0] < until) {
      throw e;
    }
    return "done";
  }
}
