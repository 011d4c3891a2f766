package parallax.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.client.OperatorClient;
import parallax.credentials.CertificateAuthority;
import parallax.credentials.CertificateAuthority.Role;
import parallax.credentials.Fingerprints;
import parallax.credentials.NewKeys;
import parallax.credentials.Passphrase;
import parallax.engine.FiledTrack;
import parallax.engine.Order;
import parallax.evaluation.ExerciseParties;
import parallax.files.waiting.Await;
import parallax.host.Node;
import parallax.host.NodeClock;
import parallax.host.NodeLog;
import parallax.host.NodeSettings;
import parallax.link.Lane;
import parallax.link.LinkHealth;
import parallax.link.LinkState;
import parallax.link.StreamId;
import parallax.model.Covariance;
import parallax.model.Geodetic;
import parallax.model.ImpactPointPrediction;
import parallax.model.LaunchPointEstimate;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.model.TrackId;
import parallax.model.UtcTime;
import parallax.signing.VerificationKey;
import parallax.transport.Rpc;
import parallax.wire.OrderCodec;
import parallax.wire.PlotCodec;

/**
 * Three real nodes on their real ports: Korea and Japan have no direct link, the United States
 * relay. What operators order takes effect over all of it.
 */
class OrdersTest {
  private static final UtcTime NOW = new UtcTime(1_681_342_980_000_000_000L);
  private static final StreamId URGENT = new StreamId(Nation.KOR, Nation.JPN, Lane.URGENT);

  /** The number of the first track filed: above all numbers of the node's own tracks. */
  private static final TrackId FILED = new TrackId(Nation.KOR, 1_000_000_000_001L);

  @TempDir Path folder;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final NodeLog log = new NodeLog(new PrintStream(said, true, StandardCharsets.UTF_8), "t");
  private final SortedMap<Nation, Node> nodes = new TreeMap<>();
  private DemoDirectories dirs;
  private long filed;

  @BeforeEach
  void startsThreeNodes() throws Exception {
    dirs = DemoDirectories.prepare(folder);
    relay(Nation.KOR, Nation.JPN);
    relay(Nation.JPN, Nation.KOR);
    for (Nation n : ExerciseParties.NATIONS) {
      new NodeClock.Setting(NOW, NodeClock.wallNs(), 1, NOW.plusSeconds(3600))
          .write(dirs.node(n).root());
      nodes.put(n, Node.start(dirs.node(n).root(), log));
    }
    Await.until(() -> stream(Nation.KOR, URGENT).state() == LinkState.UP);
  }

  /** A nation reaches a partner through the United States only. */
  private void relay(Nation nation, Nation partner) throws Exception {
    Path root = dirs.node(nation).root();
    NodeSettings s = NodeSettings.read(root);
    SortedMap<Nation, InetSocketAddress> partners = new TreeMap<>(s.partners());
    partners.remove(partner);
    NodeSettings relayed =
        new NodeSettings(
            s.nation(),
            s.channel(),
            s.linkAddress(),
            s.nationalAddress(),
            partners,
            new TreeMap<>(java.util.Map.of(partner, new TreeSet<>(List.of(Nation.USA)))),
            s.exerciseClock(),
            s.durability());
    Files.writeString(root.resolve(NodeSettings.FILE), relayed.format());
  }

  @AfterEach
  void stopsThem() {
    nodes.values().forEach(Node::close);
  }

  @Test
  void suspensionTakesEffectSurvivesARestartAndEndsWithABackfillThroughTheRelay() throws Exception {
    file(1);
    Await.until(() -> stream(Nation.KOR, URGENT).acknowledged() == 1);
    assertEquals(
        List.of(Nation.USA), List.copyOf(stream(Nation.KOR, URGENT).paths().keySet()), "the relay");

    order(Nation.KOR, new Order.Suspend(Nation.JPN, Order.Direction.SEND, "exercise"));
    file(2);
    restart(Nation.KOR);

    assertTrue(stream(Nation.KOR, URGENT).suspendedHere(), "still suspended after a restart");
    Await.until(() -> stream(Nation.JPN, URGENT).suspendedByPartner());
    assertEquals(1, stream(Nation.JPN, URGENT).acknowledged());
    StreamId third = new StreamId(Nation.KOR, Nation.USA, Lane.URGENT);
    Await.until(() -> stream(Nation.USA, third).acknowledged() == 2);

    order(Nation.KOR, new Order.Resume(Nation.JPN, Order.Backfill.ALL, Optional.empty()));
    Await.until(() -> stream(Nation.JPN, URGENT).acknowledged() == 2);
    Await.until(() -> !stream(Nation.KOR, URGENT).suspendedHere());
  }

  @Test
  void aRecallIsAcknowledgedByEveryoneWhoWasTold() throws Exception {
    file(1);
    Await.until(() -> stream(Nation.KOR, URGENT).acknowledged() == 1);

    order(Nation.KOR, new Order.Recall(FILED, Optional.empty(), Report.RecallReason.FALSE_REPORT));

    Await.until(() -> log.count("NOTICE_APPLIED") == 2);
  }

  @Test
  void streamsGoOnUnderAnotherKeyWithoutABreak() throws Exception {
    file(1);
    Await.until(() -> stream(Nation.KOR, URGENT).acknowledged() == 1);
    NewKeys.rotateStream(dirs.node(Nation.KOR).keys(), ExerciseParties.CHANNEL);
    var next =
        dirs.node(Nation.KOR)
            .streamKeys(NodeSettings.read(dirs.node(Nation.KOR).root()))
            .getLast()
            .key();

    order(Nation.KOR, new Order.RotateKey(next));
    Await.until(() -> stream(Nation.KOR, URGENT).acknowledged() == 2);
    file(2);
    Await.until(() -> stream(Nation.JPN, URGENT).acknowledged() == 3);
    restart(Nation.KOR);
    file(3);

    Await.until(() -> stream(Nation.JPN, URGENT).acknowledged() == 4);
    assertEquals(0, stream(Nation.JPN, URGENT).counts().violations());
  }

  @Test
  void aNationThatLostItsJournalIsTakenBackByItsPartnersUnderANewKey() throws Exception {
    file(1);
    Await.until(() -> stream(Nation.KOR, URGENT).acknowledged() == 1);
    java.util.Objects.requireNonNull(nodes.remove(Nation.JPN)).close();
    Path japan = dirs.node(Nation.JPN).root();
    deleteTree(japan.resolve("journal"));
    NewKeys.replaceStream(
        dirs.node(Nation.JPN).keys(), ExerciseParties.CHANNEL, java.time.Instant.now());
    VerificationKey next =
        dirs.node(Nation.JPN).streamKeys(NodeSettings.read(japan)).getFirst().key();
    nodes.put(Nation.JPN, Node.start(japan, log));
    Await.until(() -> said.toString(StandardCharsets.UTF_8).contains("CURSOR_BEHIND"));

    order(Nation.KOR, new Order.StartOver(Nation.JPN, next));
    order(Nation.USA, new Order.StartOver(Nation.JPN, next));
    Await.until(() -> stream(Nation.JPN, URGENT).state() == LinkState.UP);
    file(2);
    Await.until(
        () ->
            stream(Nation.JPN, URGENT).acknowledged()
                == stream(Nation.KOR, URGENT).highWaterMark());
    assertEquals(1, stream(Nation.JPN, URGENT).counts().lost());
    restart(Nation.KOR);
    file(3);
    Await.until(
        () ->
            stream(Nation.JPN, URGENT).acknowledged()
                == stream(Nation.KOR, URGENT).highWaterMark());
  }

  private static void deleteTree(Path folder) throws Exception {
    try (java.util.stream.Stream<Path> all = Files.walk(folder)) {
      for (Path p : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(p);
      }
    }
  }

  @Test
  void aPolicyPutInForceHoldsWithoutABreakAndOverARestartUntilItIsRevertedAgain() throws Exception {
    file(1);
    Await.until(() -> stream(Nation.KOR, URGENT).acknowledged() == 1);
    var directory = dirs.node(Nation.KOR);
    String before = Files.readString(directory.policy());
    String after = before.replace("[JPN, USA]", "[USA]").replace("version: 1", "version: 2");
    OrderCodec.Request request =
        new OrderCodec.PolicyRequest(Fingerprints.sha256(after.getBytes(StandardCharsets.UTF_8)));

    Files.writeString(directory.nextPolicy(), before);
    assertFalse(ask(Nation.KOR, request).done(), "another lies ready than was ordered");
    Files.writeString(directory.nextPolicy(), after);
    OrderCodec.Answer a = ask(Nation.KOR, request);
    assertTrue(a.done(), a.detail());
    assertTrue(a.detail().contains("KOR>JPN/URGENT 2"), a.detail());
    assertEquals(after, Files.readString(directory.policy()));

    StreamId third = new StreamId(Nation.KOR, Nation.USA, Lane.URGENT);
    file(2);
    Await.until(() -> stream(Nation.USA, third).acknowledged() == 2);
    Files.writeString(directory.policy(), before); // as if the node had ended before it wrote
    restart(Nation.KOR);
    assertEquals(after, Files.readString(directory.policy()));
    file(3);
    Await.until(() -> stream(Nation.USA, third).acknowledged() == 3);
    assertEquals(1, stream(Nation.KOR, URGENT).highWaterMark());

    order(Nation.KOR, new Order.RevertPolicy());
    assertEquals(before, Files.readString(directory.policy()));
    file(4);
    Await.until(() -> stream(Nation.JPN, URGENT).acknowledged() == 2);
    assertEquals(0, stream(Nation.JPN, URGENT).counts().violations());
  }

  @Test
  void orderOfACertificateThatNamesNoPersonIsRefusedButItMayLook() throws Exception {
    Path nameless = Files.createDirectories(folder.resolve("nameless"));
    NewKeys.renew(
        dirs.offline(Nation.KOR),
        nameless,
        Role.OPERATOR,
        java.time.Instant.now(),
        5,
        Passphrase.beside());
    OrderCodec.Answer a =
        ask(
            Nation.KOR,
            nameless,
            new OrderCodec.OrderRequest(
                new Order.Suspend(Nation.JPN, Order.Direction.SEND, "nobody")));
    assertFalse(a.done());
    assertTrue(a.detail().contains("names no person"), a.detail());
    assertTrue(ask(Nation.KOR, nameless, new OrderCodec.StatusRequest()).done());
    assertFalse(stream(Nation.KOR, URGENT).suspendedHere());
  }

  @Test
  void namesInAnyScriptStandInLogAndAnswers() throws Exception {
    OrderCodec.Answer a =
        ask(
            Nation.KOR,
            desk("김민지"),
            new OrderCodec.OrderRequest(
                new Order.Suspend(Nation.JPN, Order.Direction.SEND, "전화로 요청")));
    assertTrue(a.done(), a.detail());
    assertTrue(a.detail().contains("전화로 요청"), a.detail());
    String log = said.toString(StandardCharsets.UTF_8);
    assertTrue(log.contains("ORDER: 김민지: JPN is suspended"), log);
    Await.until(
        () ->
            said.toString(StandardCharsets.UTF_8).contains("is suspended by the partner: 전화로 요청"));
  }

  @Test
  void twoPeopleAreTwoOperatorsWithNamesOfTheirOwn() throws Exception {
    String held =
        Files.readString(dirs.node(Nation.KOR).policy())
            .replace("version: 1", "version: 2")
            .replace(
                "rules:",
                """
                rules:
                  - name: ask
                    dataClasses: [LAUNCH_POINT]
                    to: [JPN]
                    decision: hold
                    hold: {deadlineS: 3600, otherwise: withhold, twoPerson: true}\
                """);
    order(Nation.KOR, new Order.PutPolicy(held));
    file(1);
    Await.until(() -> ask(Nation.KOR, new OrderCodec.HeldRequest()).held().size() == 1);
    OrderCodec.Request release =
        new OrderCodec.OrderRequest(new Order.Decide(1, Order.Answer.RELEASE));
    Path kim = desk("Kim");
    assertTrue(ask(Nation.KOR, kim, release).done());
    assertFalse(ask(Nation.KOR, kim, release).done(), "the same person again");
    assertEquals(
        List.of("Kim"),
        List.copyOf(ask(Nation.KOR, new OrderCodec.HeldRequest()).held().getFirst().releasedBy()));
    assertEquals(0, stream(Nation.KOR, URGENT).highWaterMark());
    assertTrue(ask(Nation.KOR, desk("Lee"), release).done());
    Await.until(() -> stream(Nation.JPN, URGENT).acknowledged() == 1);
  }

  /** The folder of a person's own operator certificate. */
  private Path desk(String person) throws Exception {
    Path to = Files.createDirectories(folder.resolve("desk").resolve(person));
    NewKeys.renewFor(
        person,
        dirs.offline(Nation.KOR),
        to,
        Role.OPERATOR,
        java.time.Instant.now(),
        5,
        Passphrase.beside());
    return to;
  }

  private void restart(Nation nation) throws Exception {
    Node old = nodes.remove(nation);
    if (old != null) {
      old.close();
    }
    nodes.put(nation, Node.start(dirs.node(nation).root(), log));
    Await.until(() -> stream(nation, URGENT).state() == LinkState.UP);
  }

  /** Korea's own tracking system files a launch: the n-th report of its feed. */
  private void file(long number) throws Exception {
    filed++;
    FiledTrack track =
        new FiledTrack(
            number,
            Optional.of(
                new LaunchPointEstimate(
                    Geodetic.ofDegrees(39.03, 125.75, 0),
                    Covariance.diagonal(1e8, 1e8),
                    NOW.plusSeconds((double) number),
                    5)),
            Optional.empty(),
            Optional.of(
                new ImpactPointPrediction.CannotTellYet(
                    NOW.plusSeconds((double) number), "boost")));
    long seq = filed;
    try (Caller feed =
        new Caller(
            settings(Nation.KOR).nationalAddress(),
            dirs.clients(Nation.KOR),
            "sensor",
            dirs.node(Nation.KOR).keys().resolve("ca.pem"),
            Rpc.FEED,
            Nation.KOR)) {
      feed.send(PlotCodec.encodeMessage("tracks", seq, track));
      Await.until(() -> PlotCodec.decodeAck(feed.next()).durableSeq() == seq);
    }
  }

  private NodeSettings settings(Nation nation) throws Exception {
    return NodeSettings.read(dirs.node(nation).root());
  }

  private void order(Nation nation, Order order) throws Exception {
    OrderCodec.Answer a = ask(nation, new OrderCodec.OrderRequest(order));
    assertTrue(a.done(), a.detail());
  }

  private LinkHealth stream(Nation at, StreamId stream) throws Exception {
    return ask(at, new OrderCodec.StatusRequest()).streams().stream()
        .filter(h -> h.stream().equals(stream))
        .findFirst()
        .orElse(
            new LinkHealth(
                stream,
                new TreeMap<>(),
                0,
                0,
                0,
                false,
                false,
                new LinkHealth.Counts(0, 0, 0, 0, 0, 0, 0, 0, 0),
                LinkHealth.NotUsed.NONE));
  }

  private OrderCodec.Answer ask(Nation nation, OrderCodec.Request request) throws Exception {
    return ask(nation, dirs.clients(nation), request);
  }

  private OrderCodec.Answer ask(Nation nation, Path identity, OrderCodec.Request request)
      throws Exception {
    Path ca = dirs.node(nation).keys().resolve("ca.pem");
    try (OperatorClient client =
        new OperatorClient(
            nation,
            settings(nation).nationalAddress(),
            identity,
            CertificateAuthority.readCertificates(ca))) {
      return client.ask(request);
    }
  }
}
