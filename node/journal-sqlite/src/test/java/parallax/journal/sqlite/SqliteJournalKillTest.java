package parallax.journal.sqlite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.journal.Journal;
import parallax.journal.OutboxEntry;

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
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath(),
                KilledWriter.class.getName(),
                directory.toString()));
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    Process process = builder.start();
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

  /** Where the classes of the writer come from, whatever module or path they are on here. */
  private static String classPath() {
    TreeSet<String> roots = new TreeSet<>();
    for (Class<?> c : List.of(KilledWriter.class, SqliteJournal.class, Journal.class)) {
      roots.add(root(c));
    }
    roots.add(root(load("org.sqlite.JDBC")));
    return roots.stream().collect(Collectors.joining(File.pathSeparator));
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  private static String root(Class<?> c) {
    String file = c.getName().replace('.', '/') + ".class";
    String url =
        Objects.requireNonNull(c.getResource(file.substring(file.lastIndexOf('/') + 1))).toString();
    String root = url.substring(0, url.length() - file.length());
    if (root.startsWith("jar:")) {
      root = root.substring("jar:".length(), root.length() - "!/".length());
    }
    try {
      return Path.of(new URI(root)).toString();
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
