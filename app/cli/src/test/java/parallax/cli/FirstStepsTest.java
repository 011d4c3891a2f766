package parallax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What docs/first-steps.md tells a new integrator to type, typed: its own commands, in its order,
 * as processes of a shell. Only the ports are others, so that nothing on this machine is in the
 * way.
 */
class FirstStepsTest {
  private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
  private static final long MOST_S = 600;

  @TempDir Path folder;

  private static String commands() throws Exception {
    Path page =
        Path.of(System.getProperty("parallax.root", ".."))
            .resolve("docs")
            .resolve("first-steps.md");
    StringBuilder all = new StringBuilder();
    Matcher block = BLOCK.matcher(Files.readString(page));
    while (block.find()) {
      all.append(block.group(1));
    }
    String text = all.toString();
    for (String port : List.of("7101", "7102", "7201", "7202")) {
      assertTrue(text.contains(":" + port), "the page no longer names port " + port);
      try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        text = text.replace(":" + port, ":" + free.getLocalPort());
      }
    }
    return text;
  }

  private String typed() throws Exception {
    Path parallax = Files.createDirectory(folder.resolve("bin")).resolve("parallax");
    Files.writeString(
        parallax,
        "#!/bin/bash\nexec " // so that the job is the node, and is over when the node is
            + Path.of(System.getProperty("java.home"), "bin", "java")
            + " -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED -cp \"$CLASSES\""
            + " parallax.cli.Main \"$@\"\n");
    assertTrue(parallax.toFile().setExecutable(true));
    Path script = folder.resolve("typed.sh");
    Files.writeString(
        script,
        "set -em\nPATH=$PWD/bin:$PATH\n"
            + commands()
            + "wait || true\n"); // until both nodes have written what they know
    Path out = folder.resolve("out.txt");
    ProcessBuilder shell = new ProcessBuilder("bash", script.toString());
    shell.environment().put("CLASSES", System.getProperty("java.class.path"));
    Process p =
        shell
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    try {
      boolean ended = p.waitFor(MOST_S, TimeUnit.SECONDS);
      String said = Files.readString(out, StandardCharsets.UTF_8);
      assertTrue(ended, said);
      assertEquals(0, p.exitValue(), said);
      return said;
    } finally {
      p.descendants().forEach(ProcessHandle::destroyForcibly);
      p.destroyForcibly();
    }
  }

  @Test
  void newIntegratorWhoTypesWhatThePageSaysLinksFeedsAndWarnsTwoNations() throws Exception {
    String said = typed();
    assertTrue(said.contains("Nothing is missing."), said);
    assertTrue(said.contains("0 errors"), said);
    assertTrue(said.contains("JPN node is up on channel EXERCISE, and shares with [KOR]"), said);
    assertTrue(said.lines().anyMatch(l -> l.matches("KOR>JPN/BULK +UP .*")), said);
    assertTrue(said.contains("known from JPN, KOR"), said);
    assertTrue(said.contains("EXERCISE: ") && said.contains("Hokkaido"), said);
    assertTrue(said.contains("a launch at"), said);
    assertFalse(said.contains("Exception"), said);
    try (Stream<Path> alerts = Files.list(folder.resolve("jpn").resolve("alerts"))) {
      assertTrue(alerts.count() >= 2, "the warning and its end, as CAP");
    }
  }
}
