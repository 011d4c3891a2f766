package parallax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import parallax.journal.CursorRecord;
import parallax.journal.OutboxEntry;
import parallax.journal.Transaction;
import parallax.journal.sqlite.SqliteJournal;
import parallax.link.Entry;
import parallax.link.Frame;
import parallax.link.Lane;
import parallax.link.StreamId;
import parallax.model.Nation;
import parallax.runtime.Retention;
import parallax.runtime.Runner;
import parallax.signing.SigningKey;
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

  /** The same journal, as if everything had come two years before. */
  private static void makeOld(Path directory) throws IOException {
    Path old = directory.resolveSibling("journal.old");
    try (SqliteJournal from = SqliteJournal.open(directory);
        SqliteJournal into = SqliteJournal.open(old)) {
      List<byte[]> inputs = new ArrayList<>();
      for (byte[] bytes : from.inputs(1, Integer.MAX_VALUE)) {
        Input.Stamped in = InputCodec.decode(bytes);
        inputs.add(
            InputCodec.encode(new Input.Stamped(in.time(), in.wallNs() - YEARS_NS, in.input())));
      }
      List<OutboxEntry> outbox = new ArrayList<>();
      List<CursorRecord> cursors = new ArrayList<>();
      for (Nation partner : List.of(Nation.KOR, Nation.USA)) {
        for (Lane lane : Lane.values()) {
          outbox.addAll(
              from.outbox(
                  Runner.outboxName(new StreamId(Nation.JPN, partner, lane)),
                  1,
                  Integer.MAX_VALUE));
          from.cursor(Runner.cursorName(new StreamId(partner, Nation.JPN, lane)))
              .ifPresent(cursors::add);
        }
      }
      into.append(new Transaction(inputs, outbox, cursors));
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
    try (SqliteJournal j = SqliteJournal.open(journal)) {
      for (byte[] bytes : j.inputs(1, Integer.MAX_VALUE)) {
        if (InputCodec.decode(bytes).input() instanceof Input.FrameReceived f
            && f.frame() instanceof Frame.Batch b) {
          for (Entry e : b.entries()) {
            if (e instanceof Entry.Whole w) {
              String text = new String(w.bytes(), StandardCharsets.ISO_8859_1);
              out.add(text.substring(text.length() / 2 - 20, text.length() / 2 + 20));
            }
          }
        }
      }
    }
    return out;
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

  private NodeLog runUntil(Path node, String kind) throws Exception {
    NodeLog log = new NodeLog(to, "JPN");
    try (Node running = Node.start(node, log)) {
      Await.until(
          () -> log.count(kind) > 0 || running.failure() != null,
          () -> said.toString(StandardCharsets.UTF_8));
      assertEquals(null, running.failure());
    }
    return log;
  }

  /** As a crash leaves it: a deletion is begun, and some of it done. */
  private static void deleteAPiece(Path journal) throws IOException {
    try (SqliteJournal j = SqliteJournal.open(journal)) {
      Retention r = new Retention(j);
      if (!Retention.isUnderWay(j)) {
        assertTrue(
            r.look(NodeClock.wallNs() - YEARS_NS / 2, NodeClock.wallNs(), Integer.MAX_VALUE));
      }
      assertFalse(r.delete(60));
      assertTrue(Retention.isUnderWay(j));
    }
  }

  @Test
  void whatIsDueIsInNoFileOfTheNodeAndItsLogGoesOnAcrossRestarts() throws Exception {
    Path node = talk();
    List<String> records = records(node.resolve("journal"));
    assertTrue(records.size() > 20);
    makeOld(node.resolve("journal"));
    remove(node.resolve("log"));
    remove(node.resolve("heads"));
    assertEquals(records.size(), found(node, records));

    try (Node interrupted = Node.start(node, new NodeLog(to, "JPN"))) {
      assertEquals(null, interrupted.failure());
    }
    deleteAPiece(node.resolve("journal"));
    NodeLog first = runUntil(node, "RECORDS_DELETED");

    assertEquals(0, found(node, records), "records are still in a file");
    assertEquals(0, first.count("AUDIT_SET_ASIDE"));
    assertEquals(List.of(), records(node.resolve("journal")));
    LogEntry e = deletions(node).getFirst();
    assertEquals(records.size(), e.number("records").orElseThrow());
    assertTrue(e.text("clause").orElseThrow().endsWith("retentionDays 365"));

    for (int restart = 0; restart < 2; restart++) {
      NodeLog again = runUntil(node, "START");
      assertEquals(0, again.count("AUDIT_SET_ASIDE"), said::toString);
      assertEquals(0, again.count("AUDIT_REPAIRED"));
      assertEquals(0, again.count("RECORDS_DELETED"));
      assertEquals(1, deletions(node).size());
    }
    Typed shown = Typed.run("retention", node);
    assertEquals(0, shown.code(), shown.err());
    assertTrue(shown.out().contains(records.size() + " records that came before"), shown.out());
    Typed verified = Typed.run("audit", "verify", node);
    assertEquals(0, verified.code(), verified.err());
    assertTrue(
        verified.out().contains(records.size() + " records of partners that came before"),
        verified.out());
  }
}
