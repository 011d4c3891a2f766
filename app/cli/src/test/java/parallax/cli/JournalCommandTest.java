package parallax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.demo.TwoNodes;
import parallax.files.waiting.Await;
import parallax.host.PastJournal;
import parallax.model.Nation;
import parallax.model.UtcTime;

/** What a person reads of a node's journal, while the node runs and afterwards. */
class JournalCommandTest {
  @TempDir Path folder;

  @Test
  void tellsWhatIsKeptWhatWasKnownAndWhatIsDamaged() throws Exception {
    PrintStream nowhere =
        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    Path node;
    try (TwoNodes nodes = new TwoNodes(folder, (from, partner, address) -> address, nowhere)) {
      Await.until(nodes::linked, nodes::progress);
      nodes.launch();
      Await.until(() -> nodes.told(Nation.JPN).delivered() > 20, nodes::progress);
      node = nodes.directory(Nation.JPN);
      String running = Typed.good("journal", "status", node).out();
      assertTrue(running.contains("first input  1 at "), running);
    }
    String status = Typed.good("journal", "status", node, "--check").out();
    assertTrue(status.lines().anyMatch(l -> l.startsWith("1    ")), status);
    assertTrue(status.contains("of a development build"), status);
    assertTrue(status.contains("pictures can be shown from "), status);
    assertTrue(status.matches("(?s).* inputs and [1-9] snapshots\\s*"), status);

    String shown = Typed.good("journal", "show", node, "--most", 3).out();
    assertTrue(shown.startsWith("1  "), shown);
    assertTrue(shown.contains("the node of JPN started, on EXERCISE"), shown);
    assertEquals(3, shown.lines().filter(l -> l.matches("[0-9]+  .*")).count(), shown);
    String all = Typed.good("journal", "show", node, "--most", 1_000_000).out();
    assertTrue(all.contains("took in "), "what partners told");
    assertTrue(all.contains("released to KOR"), "what was decided");

    UtcTime last = last(node);
    String now = Typed.good("journal", "show", node, "--at", last).out();
    assertTrue(now.startsWith("at " + last), now);
    assertTrue(now.contains("KOR-") && now.contains("inputs replayed"), now);
    String before = Typed.good("journal", "show", node, "--at", "2000-01-01T00:00:00Z").out();
    assertTrue(before.contains("no launch is known"), before);
    Typed.bad(2, "journal", "show", node, "--at", last, "--from", 1);
    Typed.bad(2, "journal", "show", node, "--most", 0);
    Typed.bad(2, "journal", "status", folder.resolve("nowhere"));

    damageTheSnapshot(node);
    String damaged = Typed.bad(1, "journal", "status", node, "--check").out();
    assertTrue(damaged.contains("damaged: ") && damaged.contains(".snapshot"), damaged);
    assertTrue(Typed.good("journal", "show", node, "--at", last).out().contains("KOR-"));
  }

  private static UtcTime last(Path node) throws Exception {
    try (PastJournal past = PastJournal.open(node.resolve("journal"))) {
      return past.last().orElseThrow().in().time();
    }
  }

  private static void damageTheSnapshot(Path node) throws Exception {
    try (Stream<Path> all = Files.list(node.resolve("journal"))) {
      Path p = all.filter(f -> f.toString().endsWith(".snapshot")).findFirst().orElseThrow();
      byte[] bytes = Files.readAllBytes(p);
      bytes[bytes.length / 2] ^= 1;
      Files.write(p, bytes);
    }
  }
}
