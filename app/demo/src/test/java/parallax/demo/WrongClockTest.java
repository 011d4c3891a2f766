package parallax.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import parallax.client.OperatorClient;
import parallax.credentials.CertificateAuthority;
import parallax.evaluation.FlownLaunch;
import parallax.exercise.Flight;
import parallax.exercise.LaunchTable;
import parallax.exercise.NotionalSensors;
import parallax.exercise.PlotGenerator;
import parallax.files.waiting.Await;
import parallax.host.Node;
import parallax.host.NodeClock;
import parallax.host.NodeLog;
import parallax.host.NodeSettings;
import parallax.link.LinkHealth;
import parallax.model.Nation;
import parallax.model.Plot;
import parallax.model.UtcTime;
import parallax.transport.Rpc;
import parallax.wire.OrderCodec;
import parallax.wire.PlotCodec;

/**
 * A real node in a process whose wall clock, and no other clock, is hours wrong (libfaketime), with
 * plots of a computed flight that its radars see now by the right clock.
 */
class WrongClockTest {
  private static final String LAUNCH = "L48";
  private static final Nation NATION = Nation.KOR;

  /** From so long after the launch on the radars see it well. */
  private static final double SEEN_FROM_S = 55;

  /** Plots between two looks at what the node says. */
  private static final int LOOK_EVERY = 5;

  @TempDir Path folder;
  private DemoDirectories dirs;
  private Path offset;
  private Path log;
  private @Nullable Process node;
  private @Nullable Caller feed;
  private long lastSeq;

  /** The node's own process. */
  public static final class NodeMain {
    private NodeMain() {}

    /** Runs the node of a directory until it fails or the process is ended. */
    public static void main(String[] args) throws Exception {
      try (Node node = Node.start(Path.of(args[0]), new NodeLog("node"))) {
        CountDownLatch never = new CountDownLatch(1);
        while (node.failure() == null) {
          var unused = never.await(200, TimeUnit.MILLISECONDS);
        }
      }
    }
  }

  private static Optional<Path> library() {
    for (String arch : List.of("x86_64-linux-gnu", "aarch64-linux-gnu")) {
      Path p = Path.of("/usr/lib", arch, "faketime", "libfaketime.so.1");
      if (Files.exists(p)) {
        return Optional.of(p);
      }
    }
    return Optional.empty();
  }

  private static boolean canFake() {
    if (library().isEmpty()) {
      System.out.println("NOT CHECKED: a node with a wrong clock; faketime is not installed");
    }
    return library().isPresent();
  }

  @BeforeEach
  void preparesANode() throws Exception {
    dirs = DemoDirectories.prepare(folder, Instant.now().minus(Duration.ofDays(10)));
    NodeSettings s = dirs.settings(NATION);
    NodeSettings alone =
        new NodeSettings(
            NATION,
            s.channel(),
            s.linkAddress(),
            s.nationalAddress(),
            new TreeMap<>(),
            new TreeMap<>(),
            false,
            s.durability());
    Files.writeString(dirs.node(NATION).root().resolve(NodeSettings.FILE), alone.format());
    offset = folder.resolve("offset");
    log = folder.resolve("log");
    Files.createFile(log);
  }

  @AfterEach
  void stopsIt() throws Exception {
    stop();
  }

  /** Sets the node's wall clock, which is so many hours off from then on. */
  private void setClock(double hours) throws IOException {
    Path next = folder.resolve("offset.new");
    Files.writeString(next, String.format(java.util.Locale.ROOT, "%+.0f\n", hours * 3600));
    Files.move(next, offset, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
  }

  private void start() throws Exception {
    int before = count("node is up");
    ProcessBuilder b =
        new ProcessBuilder(
            ProcessHandle.current().info().command().orElse("java"),
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            classPath(),
            NodeMain.class.getName(),
            dirs.node(NATION).root().toString());
    Map<String, String> env = b.environment();
    env.put("LD_PRELOAD", library().orElseThrow().toString());
    env.put("FAKETIME_TIMESTAMP_FILE", offset.toString());
    env.put("FAKETIME_CACHE_DURATION", "1");
    env.put("FAKETIME_DONT_FAKE_MONOTONIC", "1");
    env.put("DONT_FAKE_MONOTONIC", "1");
    node =
        b.redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    await(() -> count("node is up") > before);
    feed =
        new Caller(
            dirs.settings(NATION).nationalAddress(),
            dirs.clients(NATION),
            "sensor",
            dirs.node(NATION).keys().resolve("ca.pem"),
            Rpc.FEED,
            NATION);
  }

  /** All classes of this process, whether they came by the class path or the module path. */
  private static String classPath() throws URISyntaxException {
    URL self = Objects.requireNonNull(WrongClockTest.class.getResource("WrongClockTest.class"));
    Path tests = Path.of(self.toURI()).resolve("../../..").normalize();
    return String.join(
        File.pathSeparator,
        tests.toString(),
        System.getProperty("jdk.module.path", ""),
        System.getProperty("java.class.path", ""));
  }

  private void stop() throws Exception {
    Caller f = feed;
    if (f != null) {
      f.close();
    }
    Process p = node;
    if (p != null) {
      p.destroyForcibly().waitFor();
    }
  }

  private String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private int count(String text) {
    return log().split(java.util.regex.Pattern.quote(text), -1).length - 1;
  }

  private void await(Await.Condition condition) throws Exception {
    Await.until(condition, this::log);
  }

  /** How many reports the node has given a number for its partners. */
  private long released() {
    try (OperatorClient client =
        new OperatorClient(
            NATION,
            dirs.settings(NATION).nationalAddress(),
            dirs.clients(NATION),
            CertificateAuthority.readCertificates(dirs.node(NATION).keys().resolve("ca.pem")))) {
      return client.ask(new OrderCodec.StatusRequest()).streams().stream()
          .filter(h -> h.stream().originator().equals(NATION))
          .mapToLong(LinkHealth::highWaterMark)
          .sum();
    } catch (Exception e) {
      throw new AssertionError(log(), e);
    }
  }

  /** The radars see a missile from now on, until something is the case. */
  private void seeUntil(BooleanSupplier done) throws Exception {
    Caller radars = Objects.requireNonNull(feed);
    Flight flight =
        LaunchTable.bundled().launches().stream()
            .filter(l -> l.id().equals(LAUNCH))
            .findFirst()
            .flatMap(l -> FlownLaunch.of(l).flight())
            .orElseThrow();
    List<Plot> plots = new ArrayList<>();
    for (Plot p : PlotGenerator.plots(flight, NotionalSensors.table().sensors(), 1)) {
      if (p instanceof Plot.RadarPlot
          && p.sensor().owner().equals(NATION)
          && p.timeOfValidity().secondsSince(flight.launchTime()) > SEEN_FROM_S) {
        plots.add(p);
      }
    }
    double toNow = new UtcTime(NodeClock.wallNs()).secondsSince(plots.getFirst().timeOfValidity());
    for (Plot p : plots) {
      Plot.RadarPlot r = (Plot.RadarPlot) p;
      UtcTime at = r.timeOfValidity().plusSeconds(toNow);
      while (at.nanos() > NodeClock.wallNs()) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
      Plot.RadarPlot now =
          new Plot.RadarPlot(
              r.sensor(), at, r.rangeM(), r.azimuthRad(), r.elevationRad(), r.rangeRateMps());
      long seq = ++lastSeq;
      radars.send(PlotCodec.encodeMessage("radars", seq, now));
      if (seq % LOOK_EVERY == 0 && done.getAsBoolean()) {
        return;
      }
    }
    throw new AssertionError("it came down before that was the case: " + log());
  }

  /** Hours that the clock is ahead: one case unless {@code -Dclock.hours=9,-72,0.05} names more. */
  static DoubleStream hours() {
    return Arrays.stream(System.getProperty("clock.hours", "9").split(",", -1))
        .mapToDouble(Double::parseDouble);
  }

  @ParameterizedTest
  @MethodSource("hours")
  void aNodeReleasesAgainOnceItsClockIsSetRight(double hours) throws Exception {
    if (!canFake()) {
      return;
    }
    setClock(hours);
    start();
    seeUntil(() -> count("PLOT_REFUSED") > 0);
    assertEquals(0, released());

    setClock(0);
    await(() -> count("CLOCK_BELIEVED") == 1);

    seeUntil(() -> released() > 0);
    assertEquals(1, count("CLOCK_STEPPED"));
  }

  @Test
  void aNodeReleasesAgainAfterARestartThoughItsJournalEndsHoursAhead() throws Exception {
    if (!canFake()) {
      return;
    }
    setClock(9);
    start();
    seeUntil(() -> count("PLOT_REFUSED") > 0);
    assertEquals(0, released());
    stop();

    setClock(0);
    start();
    assertEquals(1, count("CLOCK_BEFORE_JOURNAL"));
    seeUntil(() -> released() > 0);
  }
}
