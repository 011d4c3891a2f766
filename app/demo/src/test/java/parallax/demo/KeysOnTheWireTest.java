package parallax.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.credentials.CertificateAuthority;
import parallax.credentials.CertificateAuthority.Role;
import parallax.credentials.NewKeys;
import parallax.credentials.Passphrase;
import parallax.credentials.Revocations;
import parallax.credentials.forged.ForgedCertificate;
import parallax.evaluation.ExerciseParties;
import parallax.files.WholeFile;
import parallax.files.waiting.Await;
import parallax.host.Node;
import parallax.host.NodeClock;
import parallax.host.NodeLog;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.model.Plot;
import parallax.model.SensorId;
import parallax.model.UtcTime;
import parallax.transport.CallerRefusal;
import parallax.transport.Rpc;
import parallax.wire.CheckpointCodec;
import parallax.wire.PlotCodec;

/** Keys that are renewed, revoked or expire while nodes run. */
class KeysOnTheWireTest {
  private static final UtcTime NOW = new UtcTime(1_681_338_180_000_000_000L);

  @TempDir Path folder;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final NodeLog log = new NodeLog(new PrintStream(said, true, StandardCharsets.UTF_8), "t");
  private DemoDirectories dirs;

  @BeforeEach
  void preparesDirectories() throws Exception {
    dirs = DemoDirectories.prepare(folder);
    for (Nation n : ExerciseParties.NATIONS) {
      new NodeClock.Setting(NOW, NodeClock.wallNs(), 1, NOW.plusSeconds(3600))
          .write(dirs.node(n).root());
    }
  }

  private Node start() throws Exception {
    return Node.start(dirs.node(Nation.JPN).root(), log);
  }

  private String log() {
    return said.toString(StandardCharsets.UTF_8);
  }

  private Path keys() {
    return dirs.node(Nation.JPN).keys();
  }

  private BigInteger shown() {
    try (RawTls c =
        new RawTls(dirs.settings(Nation.JPN).linkAddress(), dirs.node(Nation.KOR).keys(), "node")) {
      return c.peer().getSerialNumber();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] plot(long seq) {
    return PlotCodec.encodeMessage(
        "f",
        seq,
        new Plot.RadarPlot(
            new SensorId(Nation.JPN, "J/FPS-5 Sado"),
            NOW,
            300_000.0,
            1,
            0.5,
            OptionalDouble.empty()));
  }

  private Caller feed() throws Exception {
    return new Caller(
        dirs.settings(Nation.JPN).nationalAddress(),
        dirs.clients(Nation.JPN),
        "sensor",
        keys().resolve("ca.pem"),
        Rpc.FEED);
  }

  private static void acknowledged(Caller feed, long seq) throws Exception {
    Await.until(() -> PlotCodec.decodeAck(feed.next()).durableSeq() == seq, () -> "plot " + seq);
  }

  @Test
  void takesUpARenewedCertificateAndDropsNothingThatIsOpen() throws Exception {
    try (Node node = start();
        Caller feed = feed()) {
      feed.send(plot(1));
      acknowledged(feed, 1);
      BigInteger old = shown();
      X509Certificate fresh =
          NewKeys.renew(
              dirs.offline(Nation.JPN), keys(), Role.NODE, Instant.now(), 60, Passphrase.beside());
      assertNotEquals(old, fresh.getSerialNumber());
      Await.until(() -> shown().equals(fresh.getSerialNumber()), this::log);
      feed.send(plot(2));
      acknowledged(feed, 2);
      assertNull(feed.ended());
      assertEquals(1, log.count("CERTIFICATE_RENEWED"));
      assertNull(node.failure());
    }
  }

  @Test
  void goesOnWithTheOldCertificateWhenTheNewOneIsNotItsOwn() throws Exception {
    try (Node node = start()) {
      BigInteger old = shown();
      for (String name : List.of("node.key", "node.pem")) {
        Files.copy(
            dirs.node(Nation.KOR).keys().resolve(name),
            keys().resolve(name),
            StandardCopyOption.REPLACE_EXISTING);
      }
      Await.until(() -> log.count("CERTIFICATE_NOT_TAKEN") > 0, this::log);
      assertTrue(log().contains("was not issued by the authority beside it"), this::log);
      assertEquals(old, shown());
      assertNull(node.failure());
    }
  }

  @Test
  void closesWhatARevokedSensorHasOpenAndRefusesItFromThenOn() throws Exception {
    try (Node node = start();
        Caller feed = feed()) {
      feed.send(plot(1));
      acknowledged(feed, 1);
      Revocations.append(
          dirs.node(Nation.JPN).revoked(Nation.JPN, Nation.JPN),
          CertificateAuthority.readCertificate(dirs.clients(Nation.JPN).resolve("sensor.pem"))
              .getSerialNumber(),
          Instant.now());
      feed.awaitEnd();
      long before = log.count(CallerRefusal.REVOKED.kind());
      assertEquals(1, before, this::log);
      try (Caller again = feed()) {
        again.awaitEnd();
      }
      assertTrue(log.count(CallerRefusal.REVOKED.kind()) > before, this::log);
      assertNull(node.failure());
    }
  }

  @Test
  void cutsOffARevokedPartnerBothWaysAndTakesItBackWithANewCertificate() throws Exception {
    try (TwoNodes two =
        new TwoNodes(
            folder.resolve("two"),
            (from, to, address) -> address,
            new PrintStream(said, true, StandardCharsets.UTF_8))) {
      Await.until(two::linked, this::log);
      Path korea = two.dirs().node(Nation.KOR).keys();
      two.forgetLinks();
      Revocations.append(
          two.dirs().node(Nation.JPN).revoked(Nation.JPN, Nation.KOR),
          CertificateAuthority.readCertificate(korea.resolve("node.pem")).getSerialNumber(),
          Instant.now());
      // Once for the connection that is cut, then for each handshake that is refused.
      Await.until(() -> two.log(Nation.JPN).count(CallerRefusal.REVOKED.kind()) >= 3, this::log);
      Await.until(
          () ->
              log().lines().anyMatch(l -> l.contains("JPN STREAM_ENDED") && l.contains("revoked")),
          this::log);
      assertTrue(two.ups().isEmpty(), this::log);

      NewKeys.renew(
          two.dirs().offline(Nation.KOR), korea, Role.NODE, Instant.now(), 60, Passphrase.beside());
      Await.until(two::linked, this::log);
    }
  }

  @Test
  void doesNotStartWithAnExpiredCertificateOfItsOwnAndSaysWhatToDo() throws Exception {
    Instant yesterday = Instant.now().minus(Duration.ofDays(1));
    ForgedCertificate.issue(
        dirs.offline(Nation.JPN),
        keys(),
        "node",
        "O=JPN,OU=NODE,CN=jpn.node.parallax",
        yesterday.minus(Duration.ofDays(1)),
        yesterday);
    doesNotStart("node.pem is expired since", "parallax keys renew");
  }

  @Test
  void doesNotStartWithASecretThatOthersMayReadAndSaysWhatToDo() throws Exception {
    Files.setPosixFilePermissions(
        keys().resolve("node.key"), PosixFilePermissions.fromString("rw-r--r--"));
    doesNotStart("node.key (rw-r--r--)", "chmod 600");
  }

  @Test
  void saysThatASecretLiesBesideItThatBelongsOffline() throws Exception {
    Path secret = Files.writeString(keys().resolve("ca.key"), "a secret");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    try (Node node = start()) {
      assertEquals(1, log.count("KEYS_AT_RISK"), node::failure);
      assertTrue(log().contains("ca.key"), log());
      assertFalse(log().contains("a secret"), log());
    }
  }

  /** A certificate of the node's own authority for the node, with something that is no use. */
  private void useless(String curve, int keyUsage, KeyPurposeId... purposes) throws Exception {
    ForgedCertificate.issue(
        dirs.offline(Nation.JPN),
        keys(),
        "node",
        "C=JP,O=JPN,OU=NODE,CN=jpn.node.parallax",
        Instant.now().minus(Duration.ofDays(1)),
        Instant.now().plus(Duration.ofDays(9)),
        curve,
        b -> {
          b.addExtension(Extension.keyUsage, true, new KeyUsage(keyUsage));
          b.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes));
          b.addExtension(
              Extension.subjectAlternativeName,
              false,
              new GeneralNames(new GeneralName(GeneralName.dNSName, "jpn.node.parallax")));
        });
  }

  private static final KeyPurposeId SERVER = KeyPurposeId.id_kp_serverAuth;
  private static final KeyPurposeId CLIENT = KeyPurposeId.id_kp_clientAuth;

  @Test
  void doesNotStartWithAKeyOnACurveThatNobodyCanConnectWith() throws Exception {
    useless("secp521r1", KeyUsage.digitalSignature, SERVER, CLIENT);
    doesNotStart("node.pem", "cannot be used", "parallax keys renew");
  }

  @Test
  void doesNotStartWithACertificateThatIsForSomethingElse() throws Exception {
    useless("secp256r1", KeyUsage.keyAgreement, SERVER, CLIENT);
    doesNotStart("node.pem", "cannot be used");
    useless("secp256r1", KeyUsage.digitalSignature, SERVER);
    doesNotStart("node.pem", "cannot be used");
    useless("secp256r1", KeyUsage.digitalSignature, CLIENT);
    doesNotStart("node.pem", "cannot be used");
  }

  @Test
  void goesOnWithTheOldCertificateWhenNobodyCouldConnectWithTheNewOne() throws Exception {
    try (Node node = start()) {
      BigInteger old = shown();
      useless("secp521r1", KeyUsage.digitalSignature, SERVER, CLIENT);
      Await.until(
          () -> log.count("CERTIFICATE_NOT_TAKEN") + log.count("CERTIFICATE_RENEWED") > 0,
          this::log);
      assertEquals(0, log.count("CERTIFICATE_RENEWED"), this::log);
      assertTrue(log().contains("cannot be used"), this::log);
      assertEquals(old, shown());
      assertNull(node.failure());
    }
  }

  private Caller feedOf(Path gateway) throws Exception {
    return new Caller(
        dirs.settings(Nation.JPN).nationalAddress(),
        gateway,
        "sensor",
        keys().resolve("ca.pem"),
        Rpc.FEED);
  }

  private Path gateway(String name) throws Exception {
    Path to = Files.createDirectories(folder.resolve("gateway").resolve(name));
    NewKeys.renewFor(
        name, dirs.offline(Nation.JPN), to, Role.SENSOR, Instant.now(), 5, Passphrase.beside());
    return to;
  }

  @Test
  void aGatewayCannotUseUpTheNumbersOfAnotherGatewaysFeed() throws Exception {
    Path north = gateway("north");
    Path south = gateway("south");
    try (Node node = start()) {
      try (Caller feed = feedOf(north)) {
        feed.send(plot(1));
        acknowledged(feed, 1);
      }
      try (Caller thief = feedOf(south)) {
        thief.send(plot(2));
        thief.awaitEnd();
        assertTrue(String.valueOf(thief.ended()).contains("belongs to gateway 'north'"));
      }
      try (Caller asks = feedOf(south)) {
        asks.send(PlotCodec.encodeQuestion("f"));
        asks.awaitEnd();
      }
      assertEquals(2, log.count(CallerRefusal.FEED_OF_ANOTHER.kind()), this::log);
      assertNull(node.failure());
    }
    try (Node node = start();
        Caller renewed = feedOf(gateway("north"))) {
      renewed.send(PlotCodec.encodeQuestion("f"));
      assertEquals(1, PlotCodec.decodeAck(renewed.next()).durableSeq());
      try (Caller thief = feedOf(south)) {
        thief.send(plot(2));
        thief.awaitEnd();
      }
      renewed.send(plot(2));
      acknowledged(renewed, 2);
      assertNull(node.failure());
    }
  }

  @Test
  void runsWithKeysThatAreEncryptedAndTakesUpAnEncryptedOne() throws Exception {
    WholeFile.writeSecret(
        keys().resolve(Passphrase.FILE), "open sesame".getBytes(StandardCharsets.US_ASCII));
    NewKeys.renew(
        dirs.offline(Nation.JPN), keys(), Role.NODE, Instant.now(), 60, Passphrase.beside());
    assertTrue(Files.readString(keys().resolve("node.key")).contains("ENCRYPTED"));
    try (Node node = start()) {
      BigInteger old = shown();
      X509Certificate fresh =
          NewKeys.renew(
              dirs.offline(Nation.JPN), keys(), Role.NODE, Instant.now(), 60, Passphrase.beside());
      assertNotEquals(old, fresh.getSerialNumber());
      Await.until(() -> shown().equals(fresh.getSerialNumber()), this::log);
      assertNull(node.failure());
    }
  }

  @Test
  void believesEveryAuthorityOfABundle() throws Exception {
    Instant now = Instant.now();
    CertificateAuthority fresh = CertificateAuthority.create(Nation.KOR, now, 20);
    CertificateAuthority old = CertificateAuthority.create(Nation.KOR, now, 20);
    Path renewed = Files.createDirectories(folder.resolve("renewed"));
    Path before = Files.createDirectories(folder.resolve("before"));
    fresh.issue(Role.NODE, renewed, "node", now, 10);
    old.issue(Role.NODE, before, "node", now, 10);
    CertificateAuthority.writeCertificates(
        dirs.node(Nation.JPN).partner(Nation.KOR).resolve("ca.pem"),
        List.of(old.certificate(), fresh.certificate()));
    try (Node node = start()) {
      for (Path shows : List.of(before, renewed)) {
        try (Caller caller =
            new Caller(
                dirs.settings(Nation.JPN).linkAddress(),
                shows,
                "node",
                keys().resolve("ca.pem"),
                Rpc.CHECKPOINT)) {
          caller.send(CheckpointCodec.encode(new CheckpointCodec.Question("", 0)));
          caller.next();
        }
      }
      assertEquals(0, log.countAll("REFUSED_"), this::log);
      assertNull(node.failure());
    }
  }

  @Test
  void doesNotStartWithAnotherNationsAuthorityFurtherDownInABundle() throws Exception {
    Instant now = Instant.now();
    CertificateAuthority.writeCertificates(
        dirs.node(Nation.JPN).partner(Nation.USA).resolve("ca.pem"),
        List.of(
            CertificateAuthority.create(Nation.USA, now, 20).certificate(),
            CertificateAuthority.create(Nation.KOR, now, 20).certificate()));
    doesNotStart("is the authority of KOR; expected that of USA");
  }

  @Test
  void doesNotStartWithAKeyThatIsNotTheCertificates() throws Exception {
    Files.copy(
        dirs.node(Nation.KOR).keys().resolve("node.key"),
        keys().resolve("node.key"),
        StandardCopyOption.REPLACE_EXISTING);
    doesNotStart("node.key is not the key of");
  }

  @Test
  void doesNotStartWithAnotherNationsAuthorityInAPartnersFolder() throws Exception {
    Files.copy(
        dirs.node(Nation.JPN).partner(Nation.KOR).resolve("ca.pem"),
        dirs.node(Nation.JPN).partner(Nation.USA).resolve("ca.pem"),
        StandardCopyOption.REPLACE_EXISTING);
    doesNotStart("is the authority of KOR; expected that of USA");
  }

  @Test
  void doesNotStartWithARevocationItCannotRead() throws Exception {
    Files.writeString(
        dirs.node(Nation.JPN).revoked(Nation.JPN, Nation.USA), "# fine\nabc fine\nwho?\n");
    doesNotStart("revoked.txt is wrong in line 3");
  }

  private void doesNotStart(String... because) {
    Exception e = assertThrows(Exception.class, this::start);
    for (String b : because) {
      assertTrue(String.valueOf(e.getMessage()).contains(b), e.toString());
    }
    assertTrue(
        e instanceof InvalidValueException || e instanceof java.security.GeneralSecurityException,
        e.toString());
  }

  @Test
  void saysAtTheStartWhatExpiresAndStartsEvenIfAPartnersAuthorityHasExpired() throws Exception {
    Instant now = Instant.now();
    NewKeys.renew(dirs.offline(Nation.JPN), keys(), Role.NODE, now, 10, Passphrase.beside());
    pin(Nation.USA, CertificateAuthority.create(Nation.USA, now, 29));
    pin(Nation.KOR, CertificateAuthority.create(Nation.KOR, now.minus(Duration.ofDays(40)), 5));
    try (Node node = start()) {
      Await.until(() -> log.count("CERTIFICATE_EXPIRES") >= 3, this::log);
      assertEquals(3, log.count("CERTIFICATE_EXPIRES"), this::log);
      assertTrue(log().contains("own certificate") && log().contains("in 9 days"), this::log);
      assertTrue(log().contains("authority of USA") && log().contains("in 28 days"), this::log);
      assertTrue(log().contains("EXPIRED on"), this::log);
      assertNull(node.failure());
    }
  }

  private void pin(Nation partner, CertificateAuthority authority) throws Exception {
    CertificateAuthority.writeCertificates(
        dirs.node(Nation.JPN).partner(partner).resolve("ca.pem"), List.of(authority.certificate()));
  }
}
