package parallax.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.MethodDescriptor;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.client.OperatorClient;
import parallax.credentials.CertificateAuthority;
import parallax.evaluation.ExerciseParties;
import parallax.files.waiting.Await;
import parallax.host.Node;
import parallax.host.NodeClock;
import parallax.host.NodeLog;
import parallax.host.NodeSettings;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.model.Plot;
import parallax.model.SensorId;
import parallax.model.UtcTime;
import parallax.transport.Rpc;
import parallax.wire.EventCodec;
import parallax.wire.FeedStatus;
import parallax.wire.NodeEvent;
import parallax.wire.OrderCodec;
import parallax.wire.PlotCodec;

/** One node on loopback and callers it must refuse, or refuse a part of. */
class NodeOnTheWireTest {
  private static final UtcTime NOW = new UtcTime(1_681_338_180_000_000_000L);
  private static final SensorId OWN = new SensorId(Nation.JPN, "J/FPS-5 Sado");

  @TempDir Path folder;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final NodeLog log = new NodeLog(new PrintStream(said, true, StandardCharsets.UTF_8), "t");
  private DemoDirectories dirs;
  private Node node;

  @BeforeEach
  void startsTheJapaneseNode() throws Exception {
    dirs = DemoDirectories.prepare(folder);
    for (Nation n : ExerciseParties.NATIONS) {
      new NodeClock.Setting(NOW, NodeClock.wallNs(), 1, NOW.plusSeconds(3600))
          .write(dirs.node(n).root());
    }
    node = Node.start(dirs.node(Nation.JPN).root(), log);
  }

  @AfterEach
  void stopsIt() {
    node.close();
  }

  @Test
  void refusesAPlotWithNaNByNumberAndTakesTheNextOne() throws Exception {
    try (Caller feed = call(Nation.JPN, "sensor", national(), Rpc.FEED)) {
      byte[] good = PlotCodec.encodeMessage("f", 2, plot(OWN));
      byte[] bad = PlotCodec.encodeMessage("f", 1, plot(OWN));
      replace(bad, 300_000.0, Double.NaN);
      feed.send(bad);
      PlotCodec.FeedAck refused = refusal(feed);
      assertEquals(1, refused.rejectedSeq());
      assertTrue(refused.reason().contains("range (m) is NaN"), refused.reason());
      feed.send(good);
      readUntilDurable(feed, 2);
    }
  }

  /** Reads answers as they come, until one says that a number is durable. */
  private static void readUntilDurable(Caller feed, long seq) {
    long durable = 0;
    while (durable != seq) {
      durable = PlotCodec.decodeAck(feed.next()).durableSeq();
    }
  }

  /** The next answer that is about a report that was not used. */
  private static PlotCodec.FeedAck refusal(Caller feed) {
    PlotCodec.FeedAck a = PlotCodec.decodeAck(feed.next());
    return a.rejectedSeq() == 0 ? refusal(feed) : a;
  }

  @Test
  void tellsAFeedWhyEachOfItsReportsWasNotUsedAndCountsThemForOperators() throws Exception {
    try (Caller feed = call(Nation.JPN, "sensor", national(), Rpc.FEED)) {
      feed.send(PlotCodec.encodeMessage("f", 1, plot(OWN, NOW.plusSeconds(-86_400))));
      assertTrue(refusal(feed).reason().contains("old"), "a day old");
      feed.send(PlotCodec.encodeMessage("f", 2, plot(OWN, NOW.plusSeconds(9 * 3600))));
      assertTrue(refusal(feed).reason().contains("in the future"), "local time sent as UTC");
      feed.send(PlotCodec.encodeMessage("f", 7, plot(OWN)));
      PlotCodec.FeedAck skipped = refusal(feed);
      assertEquals(7, skipped.rejectedSeq());
      assertTrue(skipped.reason().contains("expected 3"), skipped.reason());
    }
    try (OperatorClient operator =
        new OperatorClient(
            Nation.JPN,
            national(),
            dirs.clients(Nation.JPN),
            CertificateAuthority.readCertificates(
                dirs.node(Nation.JPN).keys().resolve("ca.pem")))) {
      FeedStatus f = operator.ask(new OrderCodec.StatusRequest()).feeds().getFirst();
      assertEquals("f", f.feed());
      assertEquals(2, f.durable());
      assertEquals(3, f.notUsed());
      assertTrue(f.lastReason().contains("expected 3"), f.lastReason());
    }
  }

  @Test
  void saysThatASensorIsUnknownAndGoesOn() throws Exception {
    try (Caller feed = call(Nation.JPN, "sensor", national(), Rpc.FEED)) {
      feed.send(PlotCodec.encodeMessage("f", 1, plot(new SensorId(Nation.JPN, "nowhere"))));
      PlotCodec.FeedAck refused = refusal(feed);
      assertEquals(1, refused.rejectedSeq());
      assertTrue(refused.reason().contains("nowhere"), refused.reason());
      feed.send(PlotCodec.encodeMessage("f", 2, plot(OWN)));
      readUntilDurable(feed, 2);
    }
    Await.until(() -> log.count("PLOT_REFUSED") == 1);
  }

  @Test
  void tellsAWatcherThatComesLateWhatIsNotHeldAnyMore() throws Exception {
    node.close();
    Path settings = dirs.node(Nation.JPN).root().resolve(NodeSettings.FILE);
    Files.writeString(
        settings, Files.readString(settings).replaceAll("eventsMiB: .*", "eventsMiB: 1"));
    node = Node.start(dirs.node(Nation.JPN).root(), log);
    int plots = 4_000; // each is refused, with an event that takes 300 bytes or more
    SensorId unknown = new SensorId(Nation.JPN, "nowhere");
    try (Caller feed = call(Nation.JPN, "sensor", national(), Rpc.FEED)) {
      for (int i = 1; i <= plots; i++) {
        feed.send(PlotCodec.encodeMessage("f", i, plot(unknown)));
      }
      readUntilDurable(feed, plots);
    }
    try (Caller watch = call(Nation.JPN, "operator", national(), Rpc.WATCH)) {
      watch.send(EventCodec.encodeRequest(EventCodec.Wish.from(1)));
      NodeEvent first = decode(watch.next());
      NodeEvent.Noticed n = assertInstanceOf(NodeEvent.Noticed.class, first.body());
      assertEquals(EventCodec.MISSING, n.kind());
      assertTrue(n.detail().startsWith("events 1 to " + first.id()), n.detail());
      assertTrue(decode(watch.next()).id() > first.id());
    }
  }

  private static NodeEvent decode(byte[] event) {
    return EventCodec.decode(
        event,
        code -> {
          throw new AssertionError(code);
        });
  }

  @Test
  void breaksOffAFeedOfGarbageAndServesTheNextOne() throws Exception {
    try (Caller feed = call(Nation.JPN, "sensor", national(), Rpc.FEED)) {
      feed.send("no plot at all".getBytes(StandardCharsets.UTF_8));
      Await.until(() -> feed.ended() != null);
      assertTrue(String.valueOf(feed.ended()).contains("INVALID_ARGUMENT"), feed.ended());
    }
    try (Caller feed = call(Nation.JPN, "sensor", national(), Rpc.FEED)) {
      feed.send(PlotCodec.encodeMessage("f", 1, plot(OWN)));
      readUntilDurable(feed, 1);
    }
  }

  @Test
  void refusesASensorsCertificateWhereAnOperatorsIsNeededAndCountsIt() throws Exception {
    try (Caller watch = call(Nation.JPN, "sensor", national(), Rpc.WATCH)) {
      watch.send(EventCodec.encodeRequest(EventCodec.Wish.from(1)));
      Await.until(() -> watch.ended() != null);
      assertTrue(
          String.valueOf(watch.ended()).contains("PERMISSION_DENIED"),
          String.valueOf(watch.ended()));
    }
    assertEquals(1, log.count("REFUSED_WRONG_ROLE"));
  }

  @Test
  void refusesACertificateOfAnotherNationAtTheNationalPort() throws Exception {
    try (Caller feed = call(Nation.KOR, "sensor", national(), Rpc.FEED)) {
      feed.send(PlotCodec.encodeMessage("f", 1, plot(OWN)));
      Await.until(() -> feed.ended() != null);
      assertTrue(String.valueOf(feed.ended()).contains("UNAVAILABLE"), feed.ended());
    }
  }

  @Test
  void refusesAPartnersSensorAtTheLinkPortAndTakesItsNode() throws Exception {
    try (Caller link = call(Nation.KOR, "sensor", link(), Rpc.LINK)) {
      link.send(new byte[] {1});
      Await.until(() -> link.ended() != null);
      assertTrue(String.valueOf(link.ended()).contains("PERMISSION_DENIED"), link.ended());
    }
    assertEquals(1, log.count("REFUSED_WRONG_ROLE"));
  }

  @Test
  void callsBytesThatAreNoFrameAViolationOfTheStream() throws Exception {
    try (Caller link =
        new Caller(
            link(),
            dirs.node(Nation.KOR).keys(),
            "node",
            dirs.node(Nation.JPN).keys().resolve("ca.pem"),
            Rpc.LINK)) {
      link.send("garbage".getBytes(StandardCharsets.UTF_8));
      Await.until(() -> log.count("LINK_VIOLATION") > 0);
    }
  }

  @Test
  void doesNotStartOnTheJournalOfAnotherNation() throws Exception {
    node.close();
    Path from = dirs.node(Nation.JPN).journal();
    Path to = dirs.node(Nation.KOR).journal();
    Files.createDirectories(to);
    try (var list = Files.list(from)) {
      for (Path p : list.toList()) {
        Files.copy(p, to.resolve(p.getFileName()));
      }
    }
    InvalidValueException e =
        assertThrows(
            InvalidValueException.class, () -> Node.start(dirs.node(Nation.KOR).root(), log));
    assertTrue(String.valueOf(e.getMessage()).contains("journal is that of JPN"), e.getMessage());
  }

  @Test
  void releasesNothingUnderAnAgreementWithABadSignatureButStaysUp() throws Exception {
    node.close();
    Path sig = dirs.node(Nation.JPN).agreement().resolve("agreement.yaml.KOR.sig");
    Path other = dirs.node(Nation.JPN).agreement().resolve("agreement.yaml.USA.sig");
    Files.writeString(sig, Files.readString(other).replace("USA", "KOR"));
    node = Node.start(dirs.node(Nation.JPN).root(), log);
    Await.until(() -> log.count("CONFIGURATION_REFUSED") == 1);
    assertTrue(said.toString(StandardCharsets.UTF_8).contains("KOR"));
    try (Caller feed = call(Nation.JPN, "sensor", national(), Rpc.FEED)) {
      feed.send(PlotCodec.encodeMessage("f", 1, plot(OWN)));
      readUntilDurable(feed, 1);
    }
  }

  private InetSocketAddress national() {
    return dirs.settings(Nation.JPN).nationalAddress();
  }

  private InetSocketAddress link() {
    return dirs.settings(Nation.JPN).linkAddress();
  }

  private Caller call(
      Nation caller, String name, InetSocketAddress to, MethodDescriptor<byte[], byte[]> method)
      throws Exception {
    return new Caller(
        to, dirs.clients(caller), name, dirs.node(Nation.JPN).keys().resolve("ca.pem"), method);
  }

  private static Plot plot(SensorId sensor) {
    return plot(sensor, NOW);
  }

  private static Plot plot(SensorId sensor, UtcTime at) {
    return new Plot.RadarPlot(sensor, at, 300_000.0, 1, 0.5, OptionalDouble.empty());
  }

  /** Replaces a number inside encoded bytes. */
  private static void replace(byte[] bytes, double from, double to) {
    byte[] f = littleEndian(from);
    for (int i = 0; i + 8 <= bytes.length; i++) {
      if (java.util.Arrays.equals(bytes, i, i + 8, f, 0, 8)) {
        System.arraycopy(littleEndian(to), 0, bytes, i, 8);
        return;
      }
    }
    throw new AssertionError("the number is not in the message");
  }

  private static byte[] littleEndian(double v) {
    return java.nio.ByteBuffer.allocate(8)
        .order(java.nio.ByteOrder.LITTLE_ENDIAN)
        .putDouble(v)
        .array();
  }
}
