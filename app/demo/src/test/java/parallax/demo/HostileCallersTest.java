package parallax.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.credentials.forged.ForgedCertificate;
import parallax.evaluation.ExerciseParties;
import parallax.files.waiting.Await;
import parallax.host.Node;
import parallax.host.NodeClock;
import parallax.host.NodeLog;
import parallax.model.Nation;
import parallax.model.UtcTime;
import parallax.transport.CallerRefusal;
import parallax.transport.PortLimits;
import parallax.transport.Rpc;

/**
 * Callers that mean harm, at the link port of a running node: each is turned away and counted by
 * its reason, and a partner is still served.
 */
class HostileCallersTest {
  private static final UtcTime NOW = new UtcTime(1_681_338_180_000_000_000L);
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Duration SHORT = Duration.ofSeconds(1);
  private static final PortLimits PATIENT = new PortLimits(256, 64, 8, LONG, LONG);

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
    node = Node.start(dirs.node(Nation.JPN).root(), log, PATIENT, PATIENT);
  }

  private void restartsWith(PortLimits limits) throws Exception {
    node.close();
    node = Node.start(dirs.node(Nation.JPN).root(), log, limits, limits);
  }

  @AfterEach
  void servesAPartnerAllTheSame() throws Exception {
    try (Node served = node;
        Caller partner = partner(dirs.node(Nation.KOR).keys(), "node")) {
      long before = log.count("LINK_VIOLATION");
      partner.send("garbage".getBytes(StandardCharsets.UTF_8));
      Await.until(() -> log.count("LINK_VIOLATION") > before, this::log);
      assertNull(served.failure());
    }
  }

  private String log() {
    return said.toString(StandardCharsets.UTF_8);
  }

  private InetSocketAddress port() {
    return dirs.settings(Nation.JPN).linkAddress();
  }

  private Caller partner(Path keys, String name) throws Exception {
    return new Caller(port(), keys, name, dirs.node(Nation.JPN).keys().resolve("ca.pem"), Rpc.LINK);
  }

  private void awaitCount(CallerRefusal reason, long count) throws Exception {
    Await.until(() -> log.count(reason.kind()) >= count, this::log);
    assertEquals(count, log.count(reason.kind()), this::log);
  }

  /** Calls with a certificate of its own making; it must be refused for that reason alone. */
  private void refused(CallerRefusal reason, String because, Path keys, String name)
      throws Exception {
    try (RawTls caller = new RawTls(port(), keys, name)) {
      caller.send(new byte[] {0});
      caller.awaitClose();
    }
    awaitCount(reason, 1);
    assertEquals(1, log.countAll("REFUSED_"), this::log);
    assertTrue(log().contains(because), this::log);
  }

  private Path forged(Nation authority, String subject, Instant from, Instant until)
      throws Exception {
    Path to = Files.createDirectory(folder.resolve("forged"));
    ForgedCertificate.issue(dirs.offline(authority), to, "node", subject, from, until);
    return to;
  }

  private static Instant days(int fromNow) {
    return Instant.now().plus(Duration.ofDays(fromNow));
  }

  @Test
  void refusesACallerWithoutACertificate() throws Exception {
    try (RawTls caller = new RawTls(port(), null, "")) {
      caller.send(new byte[] {0});
      caller.awaitClose();
    }
    awaitCount(CallerRefusal.NO_CERTIFICATE, 1);
    assertEquals(1, log.countAll("REFUSED_"), this::log);
  }

  @Test
  void refusesACertificateOfAnAuthorityNobodyPinned() throws Exception {
    Path strangers = folder.resolve("strangers");
    DemoDirectories.prepare(strangers); // the same nations' names, other keys
    refused(
        CallerRefusal.UNKNOWN_AUTHORITY,
        "is of no pinned authority",
        strangers.resolve("KOR/keys"),
        "node");
  }

  @Test
  void refusesOneOfTheOwnNationAtThePartnersPort() throws Exception {
    refused(
        CallerRefusal.UNKNOWN_AUTHORITY,
        "is of no pinned authority",
        dirs.node(Nation.JPN).keys(),
        "node");
  }

  @Test
  void refusesACertificateThatNamesAnotherNationThanItsAuthority() throws Exception {
    refused(
        CallerRefusal.WRONG_NATION,
        "names USA but was issued by the authority of KOR",
        forged(Nation.KOR, "O=USA,OU=NODE,CN=usa.node.parallax", days(-1), days(1)),
        "node");
  }

  @Test
  void refusesACertificateThatHasExpired() throws Exception {
    refused(
        CallerRefusal.EXPIRED,
        "certificate of KOR NODE is valid from",
        forged(Nation.KOR, "O=KOR,OU=NODE,CN=kor.node.parallax", days(-2), days(-1)),
        "node");
  }

  @Test
  void refusesACertificateThatIsNotValidYet() throws Exception {
    refused(
        CallerRefusal.EXPIRED,
        "certificate of KOR NODE is valid from",
        forged(Nation.KOR, "O=KOR,OU=NODE,CN=kor.node.parallax", days(1), days(2)),
        "node");
  }

  @Test
  void refusesACertificateWithoutARole() throws Exception {
    refused(
        CallerRefusal.BAD_CERTIFICATE,
        "has no role",
        forged(Nation.KOR, "O=KOR,CN=kor.node.parallax", days(-1), days(1)),
        "node");
  }

  @Test
  void refusesBytesThatAreNotTls() throws Exception {
    try (Socket s = new Socket(port().getAddress(), port().getPort())) {
      s.setSoTimeout(120_000);
      s.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      awaitClose(s);
    }
    awaitCount(CallerRefusal.NOT_TLS, 1);
  }

  @Test
  void countsACallerThatGoesBeforeItHasSaidWhoItIs() throws Exception {
    new Socket(port().getAddress(), port().getPort()).close();
    awaitCount(CallerRefusal.HUNG_UP, 1);
  }

  @Test
  void endsAHandshakeThatIsDribbled() throws Exception {
    restartsWith(new PortLimits(256, 64, 8, SHORT, LONG));
    byte[] hello = clientHelloStart();
    try (Socket s = new Socket(port().getAddress(), port().getPort())) {
      s.setSoTimeout(10);
      int sent = 0;
      int quiet = 0;
      // A byte at a time, for as long as anybody listens.
      while (log.count(CallerRefusal.TOO_SLOW.kind()) == 0) {
        try {
          if (sent < hello.length) {
            s.getOutputStream().write(hello[sent++]);
          }
          if (s.getInputStream().read() < 0) {
            break;
          }
        } catch (java.net.SocketTimeoutException e) {
          quiet++; // nobody has answered yet: the next byte
        } catch (java.io.IOException e) {
          break; // closed
        }
      }
      assertTrue(quiet > 0, "it was listened to for a while");
    }
    awaitCount(CallerRefusal.TOO_SLOW, 1);
    assertEquals(1, log.countAll("REFUSED_"), this::log);
  }

  /** A TLS record of 16 KiB that begins like a ClientHello and never ends. */
  private static byte[] clientHelloStart() {
    byte[] out = new byte[4000];
    System.arraycopy(new byte[] {22, 3, 1, 0x3f, 0, 1, 0, 0x3e, (byte) 0xfc, 3, 3}, 0, out, 0, 11);
    return out;
  }

  @Test
  void closesAPartnersConnectionWhoseHeadersNeverEnd() throws Exception {
    restartsWith(new PortLimits(256, 64, 8, LONG, SHORT));
    try (RawTls caller = new RawTls(port(), dirs.node(Nation.KOR).keys(), "node")) {
      caller.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      caller.send(new byte[] {0, 0, 0, 4, 0, 0, 0, 0, 0}); // SETTINGS
      caller.send(new byte[] {0, 0, 1, 1, 0, 0, 0, 0, 1, (byte) 0x83}); // HEADERS, to be continued
      caller.awaitClose();
    }
    Await.until(() -> node.partnerConnections() == 0, this::log);
  }

  @Test
  void closesAPartnersConnectionThatNeverBeginsToSpeak() throws Exception {
    restartsWith(new PortLimits(256, 64, 8, LONG, SHORT));
    try (RawTls caller = new RawTls(port(), dirs.node(Nation.KOR).keys(), "node")) {
      caller.peer();
      caller.awaitClose();
    }
    Await.until(() -> node.partnerConnections() == 0, this::log);
  }

  @Test
  void refusesAQuestionAboutTheLogThatIsNone() throws Exception {
    Path keys = dirs.node(Nation.KOR).keys();
    Path pinned = dirs.node(Nation.JPN).keys().resolve("ca.pem");
    try (Caller caller = new Caller(port(), keys, "node", pinned, Rpc.CHECKPOINT)) {
      caller.send(new byte[] {1, 2, 3});
      caller.awaitEnd();
      assertTrue(
          String.valueOf(caller.ended()).startsWith("INVALID_ARGUMENT: checkpoint question"),
          caller::ended);
    }
  }

  @Test
  void closesACallThatNeverSaysHello() throws Exception {
    restartsWith(new PortLimits(256, 64, 8, LONG, SHORT));
    try (Caller silent = partner(dirs.node(Nation.KOR).keys(), "node")) {
      silent.awaitEnd();
    }
    Await.until(() -> node.partnerConnections() == 0, this::log);
  }

  @Test
  void letsNoPartnerHoldMoreConnectionsThanItsShare() throws Exception {
    List<RawTls> open = new ArrayList<>();
    try {
      for (int i = 0; i < PATIENT.perNation() + 5; i++) {
        RawTls c = new RawTls(port(), dirs.node(Nation.KOR).keys(), "node");
        c.peer();
        open.add(c);
      }
      awaitCount(CallerRefusal.TOO_MANY, 5);
      assertEquals(PATIENT.perNation(), node.partnerConnections());
      for (RawTls oldest : open.subList(0, 5)) {
        oldest.awaitClose();
      }
    } finally {
      for (RawTls c : open) {
        c.close();
      }
    }
  }

  private static void awaitClose(Socket s) throws Exception {
    try {
      s.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
    } catch (java.net.SocketTimeoutException e) {
      throw new AssertionError("the connection was not closed", e);
    } catch (java.io.IOException e) {
      return; // broken off, which is closed too
    }
  }
}
