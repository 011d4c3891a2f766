package parallax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.demo.TwoNodes;
import parallax.files.waiting.Await;
import parallax.model.Nation;

/** {@code parallax watch} as a process of its own, beside a node that sees a launch. */
class WatchTest {
  @TempDir Path folder;

  private static Process watch(Path node, String... more) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "parallax.cli.Main",
                "watch",
                "--dir",
                node.toString(),
                "--operator",
                node.resolveSibling("clients").resolve("JPN").toString()));
    command.addAll(List.of(more));
    return new ProcessBuilder(command).start();
  }

  /** Reads lines on a thread of its own. */
  private static List<String> lines(BufferedReader from) {
    List<String> lines = java.util.Collections.synchronizedList(new ArrayList<>());
    Thread.ofVirtual()
        .start(
            () -> {
              try (from) {
                for (String l = from.readLine(); l != null; l = from.readLine()) {
                  lines.add(l);
                }
              } catch (java.io.IOException e) {
                lines.add(e.toString());
              }
            });
    return lines;
  }

  private static boolean has(List<String> lines, String... parts) {
    synchronized (lines) {
      return lines.stream().anyMatch(l -> List.of(parts).stream().allMatch(l::contains));
    }
  }

  private static void assertListed(Path node) throws Exception {
    String launches = printed(node, "launches");
    assertTrue(launches.contains("comes down at"), launches);
    assertTrue(launches.contains("known from"), launches);
    assertTrue(launches.contains("launched at"), launches);
    JsonNode json = new ObjectMapper().readTree(printed(node, "launches", "--json"));
    assertTrue(json.get("impactSigmaM").asDouble() > 0, json::toString);
    Await.until(() -> printed(node, "tracks").contains("JPN-"));
    String events = printed(node, "events", "--kind", "launch");
    assertTrue(events.contains("LAUNCH    ") && !events.contains("IMPACT"), events);
    assertEquals("", printed(node, "events", "--since", "2090-01-01T00:00:00Z"));
    String status = printed(node, "status");
    assertTrue(status.contains("KOR>JPN/URGENT") && status.contains("set aside"), status);
    assertEquals(
        status.lines().findFirst(), printed(node, "partner", "status").lines().findFirst());
  }

  private static void assertNothingListed(Path node) {
    assertEquals("no launch is known\n", printed(node, "launches"));
    assertEquals("no own sensor has a track\n", printed(node, "tracks"));
    assertEquals("no alert was issued\n", printed(node, "alerts"));
  }

  @Test
  void showsALaunchFromTheFirstDetectionToTheImpactLiveInListsAndInTheLog() throws Exception {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    try (TwoNodes two =
        new TwoNodes(
            folder,
            (from, to, address) -> address,
            new PrintStream(said, true, StandardCharsets.UTF_8))) {
      Path node = two.directory(Nation.JPN);
      assertNothingListed(node);
      Process plain = watch(two.directory(Nation.JPN));
      Process json = watch(two.directory(Nation.JPN), "--json");
      List<String> text = lines(plain.inputReader(StandardCharsets.UTF_8));
      List<String> objects = lines(json.inputReader(StandardCharsets.UTF_8));
      try {
        two.launch();
        Await.until(
            () -> has(text, "IMPACT", "areas at risk") && has(objects, "\"IMPACT\"", "secondsLeft"),
            () -> String.join("\n", text) + "\n" + String.join("\n", objects));
        assertTrue(has(text, "LAUNCH", "a launch at"), text::toString);
        assertTrue(has(text, "TRACK", "confirmed"), text::toString);
        assertTrue(has(text, "SOURCES", "KOR"), text::toString);
        assertTrue(has(text, "LINK_STATE", "KOR"), text::toString);
        assertListed(node);
        String log = said.toString(StandardCharsets.UTF_8);
        assertTrue(log.contains("LAUNCH: ") && log.contains("a launch at"), log);
        assertTrue(log.contains("IMPACT: "), log);
        synchronized (objects) {
          for (String o : objects) {
            JsonNode n = new ObjectMapper().readTree(o);
            assertFalse(n.get("kind").asText().isEmpty(), o);
          }
        }
      } finally {
        plain.destroy();
        json.destroy();
      }
    }
  }

  /** What a command prints on standard output, run in this process; it must end well. */
  private static String printed(Path node, String... command) {
    List<String> args = new ArrayList<>(List.of(command));
    args.addAll(
        List.of(
            "--dir",
            node.toString(),
            "--operator",
            node.resolveSibling("clients").resolve("JPN").toString()));
    PrintStream before = System.out;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      assertEquals(0, Main.run(args.toArray(String[]::new)), out::toString);
    } finally {
      System.setOut(before);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void saysInWordsThatNoNodeAnswersAndTriesAgain() throws Exception {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    Path node;
    try (TwoNodes two =
        new TwoNodes(
            folder,
            (from, to, address) -> address,
            new PrintStream(said, true, StandardCharsets.UTF_8))) {
      node = two.directory(Nation.JPN);
    }
    Process watch = watch(node);
    try {
      List<String> errors = lines(watch.errorReader(StandardCharsets.UTF_8));
      Await.until(() -> has(errors, "no node answers at"), errors::toString);
      assertFalse(has(errors, "Exception"), errors::toString);
      assertFalse(has(errors, "finishConnect"), errors::toString);
      assertEquals(
          1, errors.stream().filter(l -> l.contains("no node answers")).count(), errors::toString);
    } finally {
      watch.destroy();
    }
  }
}
