package parallax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.audit.LogCheck;
import parallax.audit.LogEntry;
import parallax.audit.LogReader;
import parallax.audit.NoteKey;
import parallax.credentials.NationKeys;
import parallax.demo.TwoNodes;
import parallax.engine.Input;
import parallax.evaluation.ExerciseParties;
import parallax.files.waiting.Await;
import parallax.host.LogDirectory;
import parallax.host.Node;
import parallax.host.NodeClock;
import parallax.host.NodeLog;
import parallax.host.PastJournal;
import parallax.journal.files.LogOptions;
import parallax.journal.files.SegmentLog;
import parallax.journal.log.JournalEntry;
import parallax.link.Entry;
import parallax.link.Frame;
import parallax.model.Nation;
import parallax.signing.SigningKey;
import parallax.wire.FactsCodec;
import parallax.wire.InputCodec;

/** A node whose journal holds what a partner told more than a year ago. */
class RetentionOfNodesTest {
  private static final long YEARS_NS = 2 * 365 * 86_400_000_000_000L;

  @TempDir Path folder;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final PrintStream to = new PrintStream(said, true, StandardCharsets.UTF_8);

  /** Both nodes see a launch and tell each other of it; returns the directory of JPN's. */
  private Path talk() throws Exception {
    try (TwoNodes nodes = new TwoNodes(folder, (from, partner, address) -> address, to)) {
      Await.until(nodes::linked, nodes::progress);
      nodes.launch();
      Await.until(() -> nodes.told(Nation.JPN).delivered() > 20, nodes::progress);
      return nodes.directory(Nation.JPN);
    }
  }

  /** The same journal, as if everything had come two years before, and without snapshots. */
  private static void makeOld(Path directory) throws IOException {
    Path old = directory.resolveSibling("journal.old");
    try (PastJournal from = PastJournal.open(directory);
        SegmentLog into =
            SegmentLog.open(
                old,
                LogOptions.standard().withDurability(LogOptions.Durability.NORMAL),
                NodeClock.wallNs() - YEARS_NS,
                (kind, line) -> {})) {
      List<JournalEntry> batch = new ArrayList<>();
      var unused =
          from.entries(
              1,
              (position, in, facts) ->
                  batch.add(
                      new JournalEntry(
                          InputCodec.encode(
                              new Input.Stamped(in.time(), in.wallNs() - YEARS_NS, in.input())),
                          FactsCodec.encode(Optional.empty(), facts))));
      for (JournalEntry e : batch) {
        into.append(List.of(e));
      }
    }
    remove(directory);
    Files.move(old, directory);
  }

  private static void remove(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path p : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(p);
      }
    }
  }

  /** Bytes out of the middle of each record that KOR told. */
  private static List<String> records(Path journal) throws IOException {
    List<String> out = new ArrayList<>();
    try (PastJournal past = PastJournal.open(journal)) {
      var unused =
          past.entries(
              1,
              (position, in, facts) -> {
                if (in.input() instanceof Input.FrameReceived f
                    && f.frame() instanceof Frame.Batch b) {
                  b.entries().forEach(e -> middle(e).ifPresent(out::add));
                }
              });
    }
    return out;
  }

  private static Optional<String> middle(Entry e) {
    if (!(e instanceof Entry.Whole w)) {
      return Optional.empty();
    }
    String text = new String(w.bytes(), StandardCharsets.ISO_8859_1);
    return Optional.of(text.substring(text.length() / 2 - 20, text.length() / 2 + 20));
  }

  /** How many of the records are in any file below a directory. */
  private static long found(Path directory, List<String> records) throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path p : files.filter(Files::isRegularFile).toList()) {
        all.append(new String(Files.readAllBytes(p), StandardCharsets.ISO_8859_1)).append('\n');
      }
    }
    String text = all.toString();
    return records.stream().filter(text::contains).count();
  }

  private static List<LogEntry> deletions(Path node) throws IOException {
    LogDirectory files = new LogDirectory(node.resolve("log"));
    SigningKey key =
        NationKeys.ownLogSeed(node.resolve("keys"), Nation.JPN, ExerciseParties.CHANNEL);
    String origin = LogReader.checkpoint(files).checkpoint().origin();
    List<LogEntry> out = new ArrayList<>();
    new LogCheck(files)
        .check(
            new NoteKey(origin, NoteKey.Use.NOTE, key.key()),
            (i, bytes) -> {
              LogEntry e = LogEntry.parse(bytes);
              if (e.kind().equals(LogEntry.Kind.DELETED.text())) {
                out.add(e);
              }
            });
    return out;
  }

  private NodeLog runUntil(Path node, Await.Condition reached) throws Exception {
    NodeLog log = new NodeLog(to, "JPN");
    try (Node running = Node.start(node, log)) {
      Await.until(
          () -> reached.holds() || running.failure() != null,
          () -> said.toString(StandardCharsets.UTF_8));
      assertEquals(null, running.failure());
    }
    return log;
  }

  /** Whether the first segment of a journal is gone. */
  private static boolean isCut(Path journal) {
    try (PastJournal past = PastJournal.open(journal)) {
      return past.firstPosition() > 1;
    } catch (IOException e) {
      return false; // it is being cut
    }
  }

  @Test
  void whatIsDueIsInNoFileOfTheNodeAndItsLogGoesOnAcrossRestarts() throws Exception {
    Path node = talk();
    Path journal = node.resolve("journal");
    List<String> records = records(journal);
    assertTrue(records.size() > 20);
    makeOld(journal);
    remove(node.resolve("log"));
    remove(node.resolve("heads"));
    assertEquals(records.size(), found(node, records));
    String due = Typed.good("retention", node).out();
    String row = "KOR +" + records.size() + " +" + records.size() + " +0 .*";
    assertTrue(due.lines().anyMatch(l -> l.matches(row)), due);

    NodeLog first = runUntil(node, () -> isCut(journal));

    assertEquals(1, first.count("RECORDS_DELETED"), said::toString);
    assertEquals(0, found(node, records), "records are still in a file");
    assertEquals(0, first.count("AUDIT_SET_ASIDE"));
    assertEquals(List.of(), records(journal));
    LogEntry e = deletions(node).getFirst();
    assertTrue(e.text("clause").orElseThrow().endsWith("retentionDays 365"));

    for (int restart = 0; restart < 2; restart++) {
      NodeLog again = new NodeLog(to, "JPN");
      try (Node running = Node.start(node, again)) {
        Await.until(() -> again.count("START") > 0 || running.failure() != null);
        assertEquals(null, running.failure());
      }
      assertEquals(0, again.count("AUDIT_SET_ASIDE"), said::toString);
      assertEquals(0, again.count("AUDIT_REPAIRED"));
      assertEquals(0, again.count("RECORDS_DELETED"));
      assertEquals(1, deletions(node).size());
    }
    String shown = Typed.good("retention", node).out();
    assertTrue(shown.contains("the journal begins with input "), shown);
    assertTrue(shown.contains("1 deletions; the last: what came before "), shown);
    assertTrue(shown.lines().noneMatch(l -> l.startsWith("KOR")), shown);
    String verified = Typed.good("audit", "verify", node).out();
    assertTrue(verified.contains("what partners told before "), verified);
    String status = Typed.good("journal", "status", node, "--check").out();
    assertTrue(status.contains("pictures can be shown from "), status);
  }
}
