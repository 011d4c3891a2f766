package parallax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.demo.OneNode;
import parallax.model.UtcTime;
import parallax.wire.FeedStatus;

/** The clients that docs/sensors.md gives to gateways, against a real node with real TLS. */
class GatewayGuideTest {
  private static final Path ROOT = Path.of(System.getProperty("parallax.root", "../.."));
  private static final UtcTime BEGIN = new UtcTime(1_767_225_600_000_000_000L);
  private static final int PLOTS = 400;
  private static final int UNKNOWN = 7;

  @TempDir Path folder;
  private OneNode node;

  private record Ran(int code, String said) {}

  @BeforeEach
  void startsANode() throws Exception {
    node = OneNode.byAnExerciseClock(folder.resolve("nodes"), BEGIN, 0.001);
  }

  @AfterEach
  void stopsIt() {
    node.close();
  }

  private Ran run(List<String> command, Path pythonPath) throws Exception {
    Path out = folder.resolve("out.txt");
    ProcessBuilder b = new ProcessBuilder(command).redirectErrorStream(true);
    b.environment().put("PYTHONPATH", pythonPath.toString());
    b.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    Process p = b.redirectOutput(out.toFile()).start();
    return new Ran(p.waitFor(), Files.readString(out));
  }

  private static String sensor(int i) {
    return i == UNKNOWN ? "nowhere" : "J/FPS-5 Sado";
  }

  private Path file(String name, String header, String row) throws IOException {
    StringBuilder b = new StringBuilder(header);
    for (int i = 1; i <= PLOTS; i++) {
      UtcTime t = BEGIN.plusSeconds(i * 0.001);
      b.append(String.format(Locale.ROOT, row, t, sensor(i), 300_000 + i)).append('\n');
    }
    return Files.writeString(folder.resolve(name), b);
  }

  /** Plays a file whole, then again: all is durable already, and nothing is doubled. */
  private void plays(List<String> client, Path plots, Path pythonPath) throws Exception {
    List<String> command = new ArrayList<>(client);
    command.addAll(
        List.of(node.address(), "JPN", "guide", node.clients().toString(), plots.toString()));

    Ran first = run(command, pythonPath);
    node.stop();
    node.start();
    Ran again = run(command, pythonPath);

    assertEquals(0, first.code(), first.said());
    assertTrue(first.said().contains("plot " + UNKNOWN + " was not used"), first.said());
    assertTrue(first.said().contains(PLOTS + " plots are durable"), first.said());
    assertEquals(0, again.code(), again.said());
    assertTrue(again.said().contains(PLOTS + " plots are durable"), again.said());
    FeedStatus f = node.feeds().getFirst();
    assertEquals(PLOTS, f.durable());
    assertEquals(1, f.notUsed());
  }

  @Test
  void theJavaClientReportsEachPlotOnceAndHearsOfRefusals() throws Exception {
    Path plots =
        file("p.csv", "time_utc,sensor,range_m,azimuth_deg,elevation_deg\n", "%s,%s,%d,10,5");

    plays(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            ROOT.resolve("docs/sensors/Feed.java").toString()),
        plots,
        folder);
  }

  @Test
  void thePythonClientReportsEachPlotOnceAndHearsOfRefusals() throws Exception {
    String python = pythonWithGrpc();
    boolean there = !python.isEmpty() && succeeds(List.of("protoc", "--version"));
    if (!there) {
      System.err.println(
          "NOT CHECKED: docs/sensors/feed.py; install python3-grpcio, python3-protobuf and"
              + " protobuf-compiler");
    }
    Assumptions.assumeTrue(there, "no Python with grpc, or no protoc");
    Path stubs = Files.createDirectories(folder.resolve("stubs"));
    Ran made =
        run(
            List.of(
                "protoc",
                "-I",
                ROOT.resolve("core/wire/src/main/protobuf").toString(),
                "--python_out=" + stubs,
                "parallax/v1/plot.proto",
                "parallax/v1/report.proto"),
            folder);
    assertEquals(0, made.code(), made.said());
    Path plots =
        file(
            "p.jsonl",
            "",
            "{\"time_utc\":\"%s\",\"sensor\":\"%s\",\"range_m\":%d,\"azimuth_deg\":10,\"elevation_deg\":5}");

    plays(List.of(python, ROOT.resolve("docs/sensors/feed.py").toString()), plots, stubs);
  }

  /** A Python that knows gRPC; empty when there is none. */
  private String pythonWithGrpc() throws Exception {
    for (String python : List.of("python3", "/usr/bin/python3")) {
      if (succeeds(List.of(python, "-c", "import grpc, google.protobuf"))) {
        return python;
      }
    }
    return "";
  }

  private boolean succeeds(List<String> command) throws Exception {
    try {
      return run(command, folder).code() == 0;
    } catch (IOException e) {
      return false; // no such program
    }
  }

  @Test
  void theGuideNamesTheClientsAndEveryColumn() throws Exception {
    String guide = Files.readString(ROOT.resolve("docs/sensors.md"), StandardCharsets.UTF_8);
    for (String name : List.of("feed.py", "Feed.java")) {
      String client =
          Files.readString(ROOT.resolve("docs/sensors").resolve(name), StandardCharsets.UTF_8);
      assertTrue(guide.contains("(sensors/" + name + ")"), name);
      assertTrue(client.lines().count() < 80, name + " is short");
    }
    for (PlotColumn c : PlotColumn.values()) {
      assertTrue(guide.contains("`" + c.key + "`"), c.key + " is in the guide");
    }
  }
}
