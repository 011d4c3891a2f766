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

  @Test
  void showsALaunchFromTheFirstDetectionToTheImpactWithWhoKnowsOfIt() throws Exception {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    try (TwoNodes two =
        new TwoNodes(
            folder,
            (from, to, address) -> address,
            new PrintStream(said, true, StandardCharsets.UTF_8))) {
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
