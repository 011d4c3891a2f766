package parallax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.demo.OneNode;
import parallax.files.waiting.Await;
import parallax.model.Nation;
import parallax.model.UtcTime;
import parallax.wire.FeedStatus;

/** {@code parallax feed} into a real node over real ports. */
class FeedCommandTest {
  private static final UtcTime BEGIN = new UtcTime(1_767_225_600_000_000_000L);
  private static final String HEADER = "time_utc,sensor,range_m,azimuth_deg,elevation_deg\n";

  @TempDir Path folder;
  private OneNode node;

  @BeforeEach
  void startsANodeWhoseExerciseIsAtTheTimesOfThePlots() throws Exception {
    node = OneNode.byAnExerciseClock(folder.resolve("nodes"), BEGIN.plusSeconds(29), 0.001);
  }

  @AfterEach
  void stopsIt() {
    node.close();
  }

  private Path file(String name, String text) throws Exception {
    Path file = folder.resolve(name);
    Files.writeString(file, text);
    return file;
  }

  /** A plot of the first second of the exercise, whose clock hardly moves: none is ever late. */
  private static String row(int i) {
    return String.format(
        Locale.ROOT, "%s,J/FPS-5 Sado,%d,10,5%n", BEGIN.plusSeconds(i * 0.001), 300_000 + i);
  }

  private static String rows(int from, int to) {
    StringBuilder b = new StringBuilder(HEADER);
    for (int i = from; i < to; i++) {
      b.append(row(i));
    }
    return b.toString();
  }

  private Typed feed(Object... args) {
    List<Object> all = new ArrayList<>(List.of("feed"));
    all.addAll(List.of(args));
    return Typed.run(all.toArray());
  }

  private FeedStatus status(String feed) throws Exception {
    return node.feeds().stream().filter(f -> f.feed().equals(feed)).findFirst().orElseThrow();
  }

  @Test
  void everyPlotOfAFileIsUsedAndTheExitCodeIs0() throws Exception {
    Path csv = file("good.csv", rows(0, 300));

    Typed ran = feed(csv, "--to", node.directory());

    assertEquals(0, ran.code(), ran.out() + ran.err());
    assertTrue(ran.out().contains("300 plots sent, 300 acknowledged, 0 refused"), ran.out());
    assertEquals(new FeedStatus("good.csv", 300, 0, ""), status("good.csv"));
  }

  @Test
  void anAddressNeedsTheCertificatesByNameAndIsFedLikeADirectory() throws Exception {
    Path csv = file("good.csv", rows(0, 10));
    Path keys = node.clients();

    Typed without = feed(csv, "--to", node.address());
    Typed with =
        feed(
            csv,
            "--to",
            node.address(),
            "--certificate",
            keys.resolve("sensor.pem"),
            "--key",
            keys.resolve("sensor.key"),
            "--ca",
            keys.resolve("ca.pem"),
            "--feed",
            "north");

    assertEquals(2, without.code(), without.err());
    assertTrue(without.err().contains("--ca FILE is needed"), without.err());
    assertEquals(0, with.code(), with.out() + with.err());
    assertEquals(10, status("north").durable());
  }

  @Test
  void refusalsAreListedByReasonWithTheFirstLineOfEach() throws Exception {
    String late = "2025-12-31T00:00:00Z,J/FPS-5 Sado,300000,10,5\n";
    String unknown = BEGIN + ",nowhere,300000,10,5\n";
    Path csv = file("mixed.csv", rows(0, 3) + late + unknown + late + row(3));

    Typed ran = feed(csv, "--to", node.directory());

    assertEquals(1, ran.code(), ran.out() + ran.err());
    assertTrue(ran.out().contains("7 plots sent, 7 acknowledged, 3 refused"), ran.out());
    assertTrue(
        ran.out().lines().anyMatch(l -> l.matches(" +2  .* s old; first: .*line 5")), ran.out());
    assertTrue(
        ran.out().lines().anyMatch(l -> l.matches(" +1  .*JPN/nowhere.*; first: .*line 6")),
        ran.out());
    FeedStatus f = status("mixed.csv");
    assertEquals(7, f.durable());
    assertEquals(3, f.notUsed());
  }

  @Test
  void aLineThatIsNoPlotIsSaidAndTheRestGoesOn() throws Exception {
    Path csv = file("bad.csv", rows(0, 2) + "yesterday,J/FPS-5 Sado,1,2,3\n" + row(2));

    Typed ran = feed(csv, "--to", node.directory());

    assertEquals(1, ran.code(), ran.out() + ran.err());
    assertTrue(
        ran.err().contains("bad.csv, line 4, column 1 (time_utc) is 'yesterday'"), ran.err());
    assertTrue(ran.out().contains("3 plots sent, 3 acknowledged, 0 refused"), ran.out());
    assertTrue(ran.out().contains("1 line is no plot"), ran.out());
  }

  @Test
  void strictSendsNothingOfAFileWithALineThatIsNoPlot() throws Exception {
    Path csv = file("bad.csv", rows(0, 2) + "yesterday,J/FPS-5 Sado,1,2,3\n");

    Typed ran = feed(csv, "--to", node.directory(), "--strict");

    assertEquals(2, ran.code(), ran.err());
    assertTrue(ran.err().contains("line 4, column 1"), ran.err());
    assertEquals(List.of(), node.feeds());
  }

  @Test
  void aFeedThatHasPlotsAlreadyIsResumedOrAppendedToOnlyWhenAsked() throws Exception {
    feed(file("all.csv", rows(0, 40)), "--to", node.directory());
    Path longer = file("all.csv", rows(0, 100));

    Typed asked = feed(longer, "--to", node.directory());
    assertEquals(2, asked.code(), asked.err());
    assertTrue(asked.err().contains("40 plots of feed 'all.csv'"), asked.err());

    Typed resumed = feed(longer, "--to", node.directory(), "--resume");
    assertEquals(0, resumed.code(), resumed.out() + resumed.err());
    assertTrue(resumed.out().contains("60 plots sent, 60 acknowledged, 0 refused"), resumed.out());
    assertEquals(100, status("all.csv").durable());

    Path others = file("others.csv", rows(100, 120));
    Typed shorter = feed(others, "--to", node.directory(), "--resume", "--feed", "all.csv");
    assertEquals(2, shorter.code(), shorter.err());
    Typed appended = feed(others, "--to", node.directory(), "--append", "--feed", "all.csv");
    assertEquals(0, appended.code(), appended.out() + appended.err());
    assertEquals(new FeedStatus("all.csv", 120, 0, ""), status("all.csv"));
  }

  @Test
  void anExampleIsWrittenAndPlaysIntoTheNodeItWasMadeFor() throws Exception {
    Path example = folder.resolve("example.csv");
    Typed.good("feed", "--example", example, "--to", node.directory());

    Typed ran = feed(example, "--to", node.directory(), "--speed", "1000");

    assertEquals(0, ran.code(), ran.out() + ran.err());
    assertTrue(ran.out().contains(" 0 refused"), ran.out());
  }

  @Test
  void saysWhyAGatewayIsNotLetInOrTheNodeDoesNotAnswer() throws Exception {
    Path csv = file("good.csv", rows(0, 3));
    Path foreign = node.clientsOf(Nation.KOR);
    Path own = node.clients();

    Typed operator =
        feed(
            csv,
            "--to",
            node.directory(),
            "--certificate",
            own.resolve("operator.pem"),
            "--key",
            own.resolve("operator.key"));
    Typed stranger =
        feed(
            csv,
            "--to",
            node.directory(),
            "--certificate",
            foreign.resolve("sensor.pem"),
            "--key",
            foreign.resolve("sensor.key"));
    Typed mixed =
        feed(csv, "--to", node.directory(), "--certificate", foreign.resolve("sensor.pem"));
    node.stop();
    Typed down = feed(csv, "--to", node.directory());

    assertEquals(1, operator.code(), operator.err());
    assertTrue(operator.err().contains("role OPERATOR where SENSOR is needed"), operator.err());
    assertEquals(1, stranger.code(), stranger.err());
    assertTrue(stranger.err().contains("does not accept the certificate"), stranger.err());
    assertEquals(2, mixed.code(), mixed.err());
    assertTrue(mixed.err().contains("is not the key of"), mixed.err());
    assertEquals(1, down.code(), down.err());
    assertTrue(down.err().contains("no node answers at"), down.err());
    for (Typed t : List.of(operator, stranger, mixed, down)) {
      HostilePlotsTest.requireNoJavaWord(t.out() + t.err());
    }
  }

  @Test
  void aNodeThatStopsAndStartsAgainLosesAndDoublesNothing() throws Exception {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            "parallax.cli.Main",
            "feed",
            "-",
            "--format",
            "csv",
            "--feed",
            "piped",
            "--to",
            node.directory().toString());
    Process p = new ProcessBuilder(command).start();
    CompletableFuture<String> err = CompletableFuture.supplyAsync(() -> read(p.getErrorStream()));
    CompletableFuture<String> out = CompletableFuture.supplyAsync(() -> read(p.getInputStream()));
    try (OutputStream in = p.getOutputStream()) {
      in.write(rows(0, 200).getBytes(StandardCharsets.UTF_8));
      in.flush();
      Await.until(() -> !node.feeds().isEmpty() && status("piped").durable() > 0);
      node.stop();
      for (int i = 200; i < 400; i++) {
        in.write(row(i).getBytes(StandardCharsets.UTF_8));
      }
      in.flush();
      node.start();
      for (int i = 400; i < 600; i++) {
        in.write(row(i).getBytes(StandardCharsets.UTF_8));
      }
    }
    assertEquals(0, p.waitFor(), err.get() + out.get());
    assertTrue(out.get().contains("600 plots sent, 600 acknowledged, 0 refused"), out.get());
    assertEquals(new FeedStatus("piped", 600, 0, ""), status("piped"));
    HostilePlotsTest.requireNoJavaWord(err.get());
  }

  private static String read(java.io.InputStream in) {
    try (in) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void saysThatTimesAreLongPastAndMovesThemWhenAsked() throws Exception {
    node.close();
    Path csv = file("old.csv", rows(0, 50));
    try (OneNode wall = OneNode.byTheWallClock(folder.resolve("wall"))) {
      Typed recorded = feed(csv, "--to", wall.directory());
      assertEquals(1, recorded.code(), recorded.out() + recorded.err());
      assertTrue(recorded.err().contains("--live moves the times to now"), recorded.err());
      assertTrue(recorded.out().contains("50 refused"), recorded.out());

      Typed live = feed(csv, "--to", wall.directory(), "--live", "--feed", "live");
      assertEquals(0, live.code(), live.out() + live.err());
      assertTrue(live.err().contains("the first plot is of now"), live.err());
    }
  }
}
