package parallax.journal.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.journal.JournalException;
import parallax.journal.JournalException.Kind;
import parallax.journal.log.JournalEntry;
import parallax.journal.log.StoredSnapshot;

/** Real processes: killed in the middle of anything, at a limit of the system, two at a time. */
final class ProcessesTest {
  private static final int KILLS = Integer.getInteger("parallax.kills", 24);

  @TempDir private Path folder = Path.of("");

  private Path journal() {
    return folder.resolve("journal");
  }

  /** Where the classes come from, whatever module or path they are on here. */
  private static String classPath() {
    TreeSet<String> roots = new TreeSet<>();
    for (Class<?> c :
        List.of(
            KilledWriter.class,
            SegmentLog.class,
            JournalException.class,
            org.junit.jupiter.api.Assertions.class,
            org.opentest4j.AssertionFailedError.class)) {
      String file = c.getName().replace('.', '/') + ".class";
      String url =
          Objects.requireNonNull(c.getResource(file.substring(file.lastIndexOf('/') + 1)))
              .toString();
      String root = url.substring(0, url.length() - file.length());
      if (root.startsWith("jar:")) {
        root = root.substring("jar:".length(), root.length() - "!/".length());
      }
      try {
        roots.add(Path.of(new URI(root)).toString());
      } catch (URISyntaxException e) {
        throw new AssertionError(e);
      }
    }
    return String.join(File.pathSeparator, roots);
  }

  private static List<String> java(Path journal) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-Xshare:auto",
        "-cp",
        classPath(),
        KilledWriter.class.getName(),
        journal.toString());
  }

  private static Process start(List<String> command) throws IOException {
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  @Test
  void everythingAcknowledgedBeforeAKillIsThereAfterwards() throws Exception {
    SplittableRandom random = new SplittableRandom(77);
    long acknowledged = 1;
    for (int round = 0; round < KILLS; round++) {
      acknowledged = Math.max(acknowledged, killAfter(random.nextInt(1, 250)));
      long read = verifyAsAnotherProgram();
      assertTrue(read >= acknowledged, read + " after " + acknowledged + " was acknowledged");
      if (round % 3 == 0) {
        try (SegmentLog log =
            SegmentLog.open(
                journal(), KilledWriter.OPTIONS.withCheckAtOpen(true), 0, (kind, line) -> {})) {
          assertEquals(read, log.nextPosition());
          log.replay(
              log.firstPosition(),
              (position, input, facts) ->
                  assertEquals(KilledWriter.entry(position), new JournalEntry(input, facts)));
          verifySnapshots(SnapshotFiles.open(journal(), log.id()));
        }
      }
    }
    assertTrue(acknowledged > 1);
  }

  /** Lets a process append, kills it after some lines, and gives the last position it reported. */
  private long killAfter(int lines) throws IOException, InterruptedException {
    Process process = start(java(journal()));
    String last = "0";
    try (BufferedReader reader = process.inputReader(StandardCharsets.US_ASCII)) {
      for (int i = 0; i < lines; i++) {
        last = Objects.requireNonNull(reader.readLine());
      }
      // Through the handle: it leaves the streams open.
      process.toHandle().destroyForcibly();
      // What it wrote before it died was acknowledged too; its last line may be cut.
      StringBuilder rest = new StringBuilder("\n");
      for (int c = reader.read(); c >= 0; c = reader.read()) {
        rest.append((char) c);
      }
      int end = rest.lastIndexOf("\n");
      if (end > 0) {
        last = rest.substring(rest.lastIndexOf("\n", end - 1) + 1, end);
      }
    }
    process.waitFor();
    return Long.parseLong(last);
  }

  private long verifyAsAnotherProgram() throws IOException {
    try (EntryLogReader reader = EntryLogReader.open(journal())) {
      long[] expected = {reader.firstPosition()};
      long next =
          reader.read(
              expected[0],
              (position, input, facts) -> {
                assertEquals(expected[0]++, position);
                assertEquals(KilledWriter.entry(position), new JournalEntry(input, facts));
              });
      assertEquals(expected[0], next);
      return next;
    }
  }

  private static void verifySnapshots(SnapshotFiles snapshots) throws IOException {
    for (StoredSnapshot s : snapshots.list()) {
      assertEquals(Optional.empty(), s.damage());
      assertArrayEquals(KilledWriter.entry(s.nextPosition()).input(), snapshots.read(s));
    }
  }

  @Test
  void aSecondProcessHearsWhoHasTheJournal() throws Exception {
    long own = ProcessHandle.current().pid();
    try (SegmentLog log = SegmentLog.open(journal(), KilledWriter.OPTIONS, 0, (kind, line) -> {})) {
      log.append(List.of(KilledWriter.entry(1)));
      // A second try of this process must not lose it the lock.
      JournalException e = assertThrows(JournalException.class, () -> SegmentLog.open(journal()));
      assertEquals(Kind.LOCKED, e.kind());
      assertTrue(
          String.valueOf(e.getMessage()).contains("is in use by process " + own), e.getMessage());
      assertEquals(Optional.of(Long.toString(own)), SegmentLog.holder(journal()));
      Process second = start(java(journal()));
      String said = new String(second.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(said.startsWith("LOCKED"), said);
      assertTrue(said.contains("is in use by process " + own), said);
      log.append(List.of(KilledWriter.entry(2)));
    }
    assertEquals(Optional.empty(), SegmentLog.holder(journal()));
    try (SegmentLog log = SegmentLog.open(journal())) {
      assertEquals(3, log.nextPosition());
    }
  }

  /** The system lets no file grow beyond a limit, as on a full disk. */
  @Test
  void aLimitOfTheSystemIsAFullDisk() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")));
    List<String> command = new ArrayList<>(List.of("/bin/sh", "-c"));
    command.add(
        "ulimit -f 100; exec "
            + String.join(" ", java(journal()).stream().map(a -> "'" + a + "'").toList()));
    Process process = start(command);
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    List<String> lines = said.lines().toList();
    assertTrue(lines.getLast().startsWith("FULL"), said);
    long acknowledged = Long.parseLong(lines.get(lines.size() - 2));
    assertEquals(acknowledged, verifyAsAnotherProgram());
    try (SegmentLog log = SegmentLog.open(journal(), KilledWriter.OPTIONS, 0, (kind, line) -> {})) {
      assertEquals(acknowledged, log.append(List.of(KilledWriter.entry(acknowledged))));
    }
    assertEquals(acknowledged + 1, verifyAsAnotherProgram());
  }
}
