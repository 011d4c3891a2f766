package parallax.journal.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.journal.JournalException;
import parallax.journal.JournalException.Kind;
import parallax.journal.OutboxEntry;
import parallax.journal.Transaction;

final class SqliteJournalTest {
  @TempDir Path directory;
  private final List<String> said = new CopyOnWriteArrayList<>();

  private static Transaction input(String text) {
    return Transaction.ofInputs(List.of(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static SqliteOptions quick() {
    return SqliteOptions.standard().withDurability(SqliteOptions.Durability.NORMAL);
  }

  @Test
  void secondOpeningOfADirectoryIsRefusedWithTheHolder() throws IOException {
    try (SqliteJournal first = SqliteJournal.open(directory)) {
      JournalException e =
          assertThrows(JournalException.class, () -> SqliteJournal.open(directory));
      assertEquals(Kind.LOCKED, e.kind());
      assertTrue(e.toString().contains("process " + ProcessHandle.current().pid()));
      first.append(input("still works"));
    }
    SqliteJournal.open(directory).close();
  }

  @Test
  void directoryNamesNeedNoCare() throws IOException {
    Path odd = directory.resolve("a ?b=c&d%20e#f 日本");
    try (SqliteJournal journal = SqliteJournal.open(odd)) {
      journal.append(input("a"));
    }
    assertTrue(Files.exists(odd.resolve("journal.db")));
    try (SqliteJournal journal = SqliteJournal.open(odd)) {
      assertEquals(2, journal.nextPosition());
    }
  }

  @Test
  void whatIsNoDatabaseIsRefused() throws IOException {
    Files.writeString(directory.resolve("journal.db"), "not a database ".repeat(1000));
    JournalException e = assertThrows(JournalException.class, () -> SqliteJournal.open(directory));
    assertEquals(Kind.CORRUPT, e.kind());
    Files.delete(directory.resolve("journal.db"));
    SqliteJournal.open(directory).close();
  }

  @Test
  void directoryThatIsAFileIsRefused() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "x");
    assertEquals(
        Kind.OTHER, assertThrows(JournalException.class, () -> SqliteJournal.open(file)).kind());
  }

  @Test
  void damagedDatabaseNeverShowsWrongInputs() throws IOException {
    SplittableRandom random = new SplittableRandom(21);
    byte[] block = new byte[700];
    try (SqliteJournal journal = SqliteJournal.open(directory, quick())) {
      for (int i = 0; i < 300; i++) {
        random.nextBytes(block);
        journal.append(Transaction.ofInputs(List.of(block.clone())));
      }
    }
    byte[] good = Files.readAllBytes(directory.resolve("journal.db"));
    List<byte[]> inputs = replayAll();
    int found = 0;
    for (int round = 0; round < 60; round++) {
      byte[] bad = good.clone();
      for (int i = 0; i < 4; i++) {
        bad[random.nextInt(100, bad.length)] ^= (byte) (1 << random.nextInt(8));
      }
      Files.write(directory.resolve("journal.db"), bad);
      Files.deleteIfExists(directory.resolve("journal.db-wal"));
      Files.deleteIfExists(directory.resolve("journal.db-shm"));
      try {
        List<byte[]> seen = replayAll();
        for (int i = 0; i < seen.size(); i++) {
          assertEquals(0, java.util.Arrays.compare(inputs.get(i), seen.get(i)));
        }
      } catch (JournalException e) {
        found++;
        assertTrue(e.kind() == Kind.CORRUPT || e.kind() == Kind.OTHER, e::toString);
      }
    }
    assertTrue(found > 30, "found " + found);
  }

  private List<byte[]> replayAll() throws JournalException {
    List<byte[]> seen = new ArrayList<>();
    try (SqliteJournal journal = SqliteJournal.open(directory, quick())) {
      journal.replay(1, (position, input) -> seen.add(input));
    }
    return seen;
  }

  @Test
  void logDoesNotGrowWithoutEndWhileAppendsNeverPause() throws IOException {
    try (SqliteJournal journal =
        SqliteJournal.open(directory, quick(), (kind, line) -> said.add(kind + ": " + line))) {
      assertTheLogHasAnEnd(journal);
    }
  }

  @Test
  void logDoesNotGrowWithoutEndWhenNobodyCopiesItInTheBackground() throws Exception {
    try (SqliteJournal journal =
        SqliteJournal.open(directory, quick(), (kind, line) -> said.add(kind + ": " + line))) {
      for (Thread thread : Thread.getAllStackTraces().keySet()) {
        if (thread.getName().equals("journal-checkpoint")) {
          thread.interrupt();
          thread.join();
        }
      }
      assertTheLogHasAnEnd(journal);
    }
  }

  private void assertTheLogHasAnEnd(SqliteJournal journal) throws IOException {
    byte[] block = new byte[64 << 10];
    long longest = 0;
    for (int i = 0; i < 4_000; i++) {
      journal.append(Transaction.ofInputs(List.of(block)));
      if (i % 100 == 0) {
        longest = Math.max(longest, Files.size(directory.resolve("journal.db-wal")));
      }
    }
    assertEquals(List.of(), said);
    // Whole pages are logged, each with its header, and those of the tree beside what is appended.
    assertTrue(longest < Checkpointer.TOO_LONG_BYTES * 3 / 2, "longest log " + longest);
  }

  @Test
  void fullDiskInTheMiddleOfManyAppendsLosesNothing() throws IOException {
    List<String> expected = new ArrayList<>();
    int refused = 0;
    try (SqliteJournal journal = SqliteJournal.open(directory, quick().withMaxBytes(1 << 20))) {
      long limit = 1 << 20;
      for (int i = 0; i < 400; i++) {
        String text = i + "x".repeat(10_000);
        Transaction t =
            new Transaction(
                List.of(text.getBytes(StandardCharsets.UTF_8)),
                List.of(new OutboxEntry("KOR", i + 1, new byte[100])),
                List.of());
        boolean done = false;
        while (!done) {
          try {
            assertEquals(i + 1, journal.append(t));
            done = true;
          } catch (JournalException e) {
            assertEquals(Kind.FULL, e.kind(), e::toString);
            refused++;
            limit += 512 << 10;
            journal.limitBytes(limit);
          }
        }
        expected.add(text);
      }
    }
    assertTrue(refused > 3, "refused " + refused);
    List<String> seen = new ArrayList<>();
    try (SqliteJournal journal = SqliteJournal.open(directory)) {
      journal.replay(1, (position, input) -> seen.add(new String(input, StandardCharsets.UTF_8)));
      assertEquals(OptionalLong.of(400), journal.lastOutboxSeq("KOR"));
      assertEquals(400, journal.outbox("KOR", 1, 1_000).size());
    }
    assertEquals(expected, seen);
  }

  /** An input of random bytes, some longer than a page, with a marker at a random place. */
  private static byte[] marked(SplittableRandom random, long number) {
    byte[] bytes = new byte[random.nextInt(10) == 0 ? 20_000 : random.nextInt(60, 900)];
    random.nextBytes(bytes);
    byte[] marker = marker(number);
    System.arraycopy(
        marker, 0, bytes, random.nextInt(bytes.length - marker.length + 1), marker.length);
    return bytes;
  }

  private static byte[] marker(long number) {
    return String.format(Locale.ROOT, "<secret no %06d>", number)
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** The markers that are found in any file of the journal. */
  private SortedSet<Long> found() throws IOException {
    SortedSet<Long> out = new TreeSet<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        Matcher m = Pattern.compile("<secret no ([0-9]{6})>").matcher(text);
        while (m.find()) {
          out.add(Long.parseLong(m.group(1)));
        }
      }
    }
    return out;
  }

  @Test
  void whatWasReplacedIsInNoFile() throws IOException {
    for (SqliteOptions options : List.of(SqliteOptions.standard(), quick())) {
      SplittableRandom random = new SplittableRandom(7);
      int inputs = 3_000;
      SortedSet<Long> kept = new TreeSet<>();
      try (SqliteJournal journal = SqliteJournal.open(directory, options)) {
        for (int i = 0; i < inputs; i += 10) {
          List<byte[]> batch = new ArrayList<>();
          for (int k = 1; k <= 10; k++) {
            batch.add(marked(random, i + k));
          }
          journal.append(Transaction.ofInputs(batch));
        }
        SortedSet<Long> whole = found(); // a marker may lie across two pages
        assertTrue(whole.size() > 0.99 * inputs, () -> whole.size() + " markers");
        TreeMap<Long, byte[]> replaced = new TreeMap<>();
        for (long p = 1; p <= inputs; p++) {
          if (random.nextInt(3) > 0) {
            replaced.put(p, new byte[journal.inputs(p, 1).getFirst().length]);
          } else if (whole.contains(p)) {
            kept.add(p);
          }
        }
        while (!replaced.isEmpty()) {
          TreeMap<Long, byte[]> piece = new TreeMap<>();
          while (!replaced.isEmpty() && piece.size() < 100) {
            piece.put(replaced.firstKey(), replaced.pollFirstEntry().getValue());
          }
          journal.replace(piece);
        }
        journal.purge();
        assertEquals(kept, found());
        journal.append(input("goes on"));
      }
      try (SqliteJournal journal = SqliteJournal.open(directory, options)) {
        assertEquals(inputs + 2, journal.nextPosition());
        assertEquals(kept, found());
      }
      for (String name : List.of("journal.db", "journal.db-wal", "journal.db-shm")) {
        Files.deleteIfExists(directory.resolve(name));
      }
    }
  }
}
