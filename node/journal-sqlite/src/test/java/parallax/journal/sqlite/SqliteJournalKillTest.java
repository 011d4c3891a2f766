package parallax.journal.sqlite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.journal.OutboxEntry;
import parallax.journal.sqlite.process.ChildJava;

final class SqliteJournalKillTest {
  @TempDir Path directory;

  @Test
  void everythingAcknowledgedBeforeAKillIsThereAfterwards() throws Exception {
    SplittableRandom random = new SplittableRandom(77);
    long acknowledged = 1;
    for (int round = 0; round < 6; round++) {
      acknowledged = killAfter(random.nextInt(1, 400));
      try (SqliteJournal journal = SqliteJournal.open(directory)) {
        verify(journal, acknowledged);
      }
    }
    assertTrue(acknowledged > 1);
  }

  /** Lets a process append, kills it after some lines, and gives the last position it reported. */
  private long killAfter(int lines) throws IOException, InterruptedException {
    Process process = ChildJava.start(KilledWriter.class, directory.toString());
    long acknowledged = 0;
    try (BufferedReader reader = process.inputReader(StandardCharsets.US_ASCII)) {
      for (int i = 0; i < lines; i++) {
        acknowledged = Long.parseLong(Objects.requireNonNull(reader.readLine()));
      }
      // Through the handle: it leaves the streams open.
      process.toHandle().destroyForcibly();
      // What it wrote before it died was acknowledged too; its last line may be cut.
      StringBuilder rest = new StringBuilder();
      for (int c = reader.read(); c >= 0; c = reader.read()) {
        rest.append((char) c);
      }
      int lastBreak = rest.lastIndexOf("\n");
      if (lastBreak > 0) {
        String whole = rest.substring(0, lastBreak).strip();
        acknowledged = Long.parseLong(whole.substring(whole.lastIndexOf('\n') + 1));
      }
    }
    process.waitFor();
    return acknowledged;
  }

  private static void verify(SqliteJournal journal, long acknowledged) throws IOException {
    long next = journal.nextPosition();
    assertTrue(next >= acknowledged, next + " after " + acknowledged + " was acknowledged");
    long[] count = {0};
    journal.replay(
        1,
        (position, input) -> {
          count[0]++;
          assertArrayEquals(KilledWriter.input(position), input);
        });
    assertEquals(next - 1, count[0]);
    assertEquals(OptionalLong.of(next - 1), journal.lastOutboxSeq("KOR"));
    assertEquals(next, journal.cursor("in/USA").orElseThrow().next());
    for (OutboxEntry e : journal.outbox("KOR", Math.max(1, next - 500), 1_000)) {
      assertArrayEquals(KilledWriter.input(e.seq()), e.record());
    }
  }
}
