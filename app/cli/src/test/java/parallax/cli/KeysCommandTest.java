package parallax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.credentials.CertificateAuthority;
import parallax.credentials.CertificateSubject;
import parallax.credentials.Fingerprints;
import parallax.credentials.Revocations;
import parallax.model.Nation;

/** {@code parallax keys}, as it is typed. */
class KeysCommandTest {
  @TempDir Path folder;
  private Path keys;

  private static SortedSet<String> names(Path directory) throws Exception {
    TreeSet<String> out = new TreeSet<>();
    try (var list = Files.list(directory)) {
      list.forEach(p -> out.add(String.valueOf(p.getFileName())));
    }
    return out;
  }

  @BeforeEach
  void makesKeys() {
    keys = folder.resolve("kor");
    Typed ran = Typed.run("keys", "new", "--nation", "KOR", "--dir", keys);
    assertEquals(0, ran.code(), ran.err());
  }

  @Test
  void makesEveryKeyOnceAndSecretsForTheOwnerOnly() throws Exception {
    List<String> secrets =
        List.of(
            "agreement.seed",
            "ca.key",
            "log-EXERCISE.seed",
            "log-REAL.seed",
            "log-TEST.seed",
            "node.key",
            "operator.key",
            "sensor.key",
            "stream-EXERCISE.seed",
            "stream-REAL.seed",
            "stream-TEST.seed");
    TreeSet<String> expected = new TreeSet<>(secrets);
    expected.addAll(
        List.of(
            "agreement.pub",
            "ca.pem",
            "log-EXERCISE.pub",
            "log-REAL.pub",
            "log-TEST.pub",
            "node.pem",
            "operator.pem",
            "sensor.pem",
            "stream-EXERCISE.pub",
            "stream-REAL.pub",
            "stream-TEST.pub"));
    assertEquals(expected, names(keys));
    TreeSet<String> contents = new TreeSet<>();
    for (String s : secrets) {
      assertEquals(
          "rw-------",
          PosixFilePermissions.toString(Files.getPosixFilePermissions(keys.resolve(s))),
          s);
      contents.add(Files.readString(keys.resolve(s)));
    }
    assertEquals(secrets.size(), contents.size(), "no two secrets are the same");
    assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(keys)));
  }

  @Test
  void saysWhatEachFileIsForAndWhatMustStayOffline() throws Exception {
    Typed ran = Typed.run("keys", "new", "--nation", "JPN", "--dir", folder.resolve("jpn"));
    for (String name : names(keys)) {
      assertTrue(ran.out().contains("  " + name + " "), name + " is not in: " + ran.out());
    }
    String offline =
        ran.out().substring(ran.out().indexOf("KEEP OFFLINE"), ran.out().indexOf("For the node"));
    assertTrue(offline.contains("ca.key") && offline.contains("agreement.seed"), offline);
    assertFalse(offline.contains("node.key"), offline);
  }

  @Test
  void refusesToOverwriteAnythingThatIsThere() throws Exception {
    for (String name : names(keys)) {
      Path other = Files.createDirectory(folder.resolve("other-" + name));
      Files.writeString(other.resolve(name), "mine");
      Typed ran = Typed.run("keys", "new", "--nation", "KOR", "--dir", other);
      assertEquals(2, ran.code());
      assertTrue(ran.err().contains(name), ran.err());
      assertEquals("mine", Files.readString(other.resolve(name)));
      assertEquals(new TreeSet<>(List.of(name)), names(other));
    }
  }

  @Test
  void exportsWhatPartnersNeedAndNoSecret() throws Exception {
    Path to = folder.resolve("for partners");
    Typed ran = Typed.run("keys", "export", "--dir", keys, "--to", to);
    assertEquals(0, ran.code(), ran.err());
    assertEquals(
        new TreeSet<>(
            List.of(
                "agreement.pub",
                "ca.pem",
                "fingerprints.txt",
                "log-EXERCISE.pub",
                "log-REAL.pub",
                "log-TEST.pub",
                "stream-EXERCISE.pub",
                "stream-REAL.pub",
                "stream-TEST.pub")),
        names(to));
    for (String name : names(to)) {
      String text = Files.readString(to.resolve(name));
      assertFalse(text.contains("PRIVATE") || text.contains(" secret "), name);
    }
    String shown = Typed.run("keys", "show", keys.resolve("stream-REAL.seed")).out();
    String fingerprint = shown.substring(shown.indexOf("SHA-256 ") + 8).strip();
    assertTrue(
        Files.readString(to.resolve("fingerprints.txt")).contains(fingerprint),
        "the public half's fingerprint is that shown of the secret half");
  }

  @Test
  void neverExportsASecretThatIsCalledPublic() throws Exception {
    Files.copy(keys.resolve("stream-REAL.seed"), keys.resolve("stream-X.pub"));
    Path to = folder.resolve("for partners");
    Typed ran = Typed.run("keys", "export", "--dir", keys, "--to", to);
    assertEquals(2, ran.code());
    assertTrue(ran.err().contains("the secret half of the stream-REAL key of KOR"), ran.err());
    assertFalse(Files.exists(to));
  }

  @Test
  void showsNationRoleAndDaysLeftForPeopleAndNoSecret() throws Exception {
    Typed ran = Typed.run("keys", "show", keys);
    assertEquals(0, ran.code(), ran.err());
    assertTrue(ran.out().contains("KOR authority"), ran.out());
    assertTrue(ran.out().contains("KOR node"), ran.out());
    assertTrue(ran.out().contains("364 days left"), ran.out());
    for (String seed : List.of("stream-REAL.seed", "agreement.seed")) {
      String hex =
          Files.readString(keys.resolve(seed)).lines().toList().getLast().split(" ", -1)[3];
      assertFalse(ran.out().replace("-", "").contains(hex), seed);
    }
  }

  @Test
  void showsOneCertificateAsJson() throws Exception {
    Typed ran = Typed.run("keys", "show", keys.resolve("operator.pem"), "--json");
    JsonNode all = new ObjectMapper().readTree(ran.out());
    assertEquals(1, all.size());
    JsonNode o = all.get(0);
    X509Certificate c = CertificateAuthority.readCertificate(keys.resolve("operator.pem"));
    assertEquals("KOR", o.get("nation").asText());
    assertEquals("operator", o.get("role").asText());
    assertEquals(c.getSerialNumber().toString(16), o.get("serial").asText());
    assertEquals(c.getNotAfter().toInstant().toString(), o.get("validUntil").asText());
    assertEquals(64, o.get("sha256").asText().length());
    assertEquals(364, o.get("daysLeft").asInt());
  }

  @Test
  void renewsACertificateOfTheSameAuthorityWithAnotherKey() throws Exception {
    X509Certificate old = CertificateAuthority.readCertificate(keys.resolve("node.pem"));
    Typed ran = Typed.run("keys", "renew", "--dir", keys);
    assertEquals(0, ran.code(), ran.err());
    X509Certificate fresh = CertificateAuthority.readCertificate(keys.resolve("node.pem"));
    assertNotEquals(old.getSerialNumber(), fresh.getSerialNumber());
    assertNotEquals(old.getPublicKey(), fresh.getPublicKey());
    assertEquals(old.getSubjectX500Principal(), fresh.getSubjectX500Principal());
    assertTrue(
        CertificateAuthority.isIssuedBy(
            fresh, CertificateAuthority.readCertificate(keys.resolve("ca.pem"))));
    assertTrue(ran.out().contains(old.getSerialNumber().toString(16)), ran.out());
    assertFalse(names(keys).stream().anyMatch(n -> n.endsWith(".new")));
  }

  @Test
  void anOperatorsCertificateNamesThePerson() throws Exception {
    Path desk = Files.createDirectory(folder.resolve("desk"));
    Typed ran = renewedFor("Kim Min-ji", desk);
    assertEquals(0, ran.code(), ran.err());
    X509Certificate c = CertificateAuthority.readCertificate(desk.resolve("operator.pem"));
    assertEquals("Kim Min-ji", CertificateSubject.of(c).name());
    for (String wrong : List.of("", " ", "a,OU=NODE", "Kim\nLee", "kor.node.parallax")) {
      Typed refused = renewedFor(wrong, desk);
      assertEquals(2, refused.code(), wrong);
    }
    assertEquals(2, Typed.run("keys", "renew", "--dir", keys, "--person", "Kim").code());
    assertEquals(0, renewedFor(" Kim\n", desk).code());
    X509Certificate stripped = CertificateAuthority.readCertificate(desk.resolve("operator.pem"));
    assertEquals("Kim", CertificateSubject.of(stripped).name());
  }

  @Test
  void whatCouldNotBeRenewedIsNotSaidToBeReplaced() throws Exception {
    Files.delete(keys.resolve("ca.key"));
    Typed ran = Typed.bad(2, "keys", "renew", "--dir", keys);
    assertEquals("", ran.out());
    assertTrue(ran.err().contains("ca.key"), ran.err());
  }

  private Typed renewedFor(String person, Path desk) {
    return Typed.run(
        "keys", "renew", "--dir", keys, "--to", desk, "--role", "operator", "--person", person);
  }

  @Test
  void encryptsEverySecretWhenGivenAPassphraseAndAsksForItAfterwards() throws Exception {
    Path word = Files.writeString(folder.resolve("word"), "open sesame\n");
    Path closed = folder.resolve("closed");
    String[] make = {
      "keys", "new", "--nation", "KOR", "--dir", closed.toString(), "--passphrase-file", "" + word
    };
    Files.setPosixFilePermissions(word, PosixFilePermissions.fromString("rw-r--r--"));
    Typed open = Typed.run((Object[]) make);
    assertEquals(2, open.code());
    assertTrue(open.err().contains("open to others than its owner"), open.err());
    Files.setPosixFilePermissions(word, PosixFilePermissions.fromString("rw-------"));
    Typed made = Typed.run((Object[]) make);
    assertEquals(0, made.code(), made.err());
    assertTrue(made.out().contains("key.passphrase"), made.out());
    for (String secret : List.of("ca.key", "node.key", "agreement.seed", "stream-REAL.seed")) {
      assertTrue(
          Files.readString(closed.resolve(secret)).contains("BEGIN ENCRYPTED PRIVATE KEY"), secret);
    }
    Typed shown = Typed.run("keys", "show", closed);
    assertTrue(shown.out().contains("stream-REAL, secret, encrypted"), shown.out());
    Typed renewed = Typed.run("keys", "renew", "--dir", closed);
    assertEquals(2, renewed.code());
    assertTrue(renewed.err().contains("ca.key is encrypted, and there is no"), renewed.err());
    renewed = Typed.run("keys", "renew", "--dir", closed, "--passphrase-file", word);
    assertEquals(0, renewed.code(), renewed.err());
  }

  @Test
  void encryptsSecretsThatLieThereOnceAndNothingElse() throws Exception {
    Path word = Files.writeString(folder.resolve("word"), "open sesame\n");
    Files.setPosixFilePermissions(word, PosixFilePermissions.fromString("rw-------"));
    Path ca = keys.resolve("ca.key");
    Path seed = keys.resolve("agreement.seed");
    String shown = Typed.good("keys", "show", seed).out();
    Typed.good("keys", "encrypt", ca, seed, "--passphrase-file", word);
    for (Path p : List.of(ca, seed)) {
      assertTrue(Files.readString(p).contains("BEGIN ENCRYPTED PRIVATE KEY"), p.toString());
      Typed again = Typed.bad(2, "keys", "encrypt", p, "--passphrase-file", word);
      assertTrue(again.err().contains("encrypted already"), again.err());
    }
    assertEquals(
        shown.replace("secret", "secret, encrypted"), Typed.good("keys", "show", seed).out());
    Typed.good("keys", "renew", "--dir", keys, "--passphrase-file", word);
    Typed.bad(2, "keys", "encrypt", keys.resolve("ca.pem"), "--passphrase-file", word);
    Typed.bad(2, "keys", "encrypt", keys.resolve("agreement.pub"), "--passphrase-file", word);
  }

  @Test
  void aGatewaysCertificateNamesTheGateway() throws Exception {
    Typed ran =
        Typed.run("keys", "renew", "--dir", keys, "--role", "sensor", "--gateway", "Sado radar");
    assertEquals(0, ran.code(), ran.err());
    X509Certificate c = CertificateAuthority.readCertificate(keys.resolve("sensor.pem"));
    assertTrue(c.getSubjectX500Principal().getName().contains("CN=Sado radar"), ran.out());
    Typed wrong = Typed.run("keys", "renew", "--dir", keys, "--gateway", "Sado radar");
    assertEquals(2, wrong.code());
    assertTrue(wrong.err().contains("--gateway belongs to --role sensor"), wrong.err());
  }

  @Test
  void showsAndExportsEveryAuthorityOfABundle() throws Exception {
    X509Certificate old = CertificateAuthority.readCertificate(keys.resolve("ca.pem"));
    X509Certificate fresh = CertificateAuthority.create(Nation.KOR, Instant.now(), 9).certificate();
    CertificateAuthority.writeCertificates(keys.resolve("ca.pem"), List.of(old, fresh));
    Path to = folder.resolve("for partners");
    assertEquals(0, Typed.run("keys", "export", "--dir", keys, "--to", to).code());
    String shown = Typed.run("keys", "show", keys.resolve("ca.pem")).out();
    for (X509Certificate c : List.of(old, fresh)) {
      assertTrue(shown.contains(Fingerprints.of(c)), shown);
      assertTrue(
          Files.readString(to.resolve("fingerprints.txt")).contains(Fingerprints.of(c)),
          "an authority that is not in the list cannot be compared");
    }
    assertEquals(0, Typed.run("keys", "renew", "--dir", keys).code(), "the key is the old one's");
  }

  @Test
  void neverIssuesACertificateThatOutlastsItsAuthority() throws Exception {
    Path brief = folder.resolve("brief");
    Typed.run(
        "keys", "new", "--nation", "USA", "--dir", brief, "--authority-days", 30, "--days", 10);
    Typed ran = Typed.run("keys", "renew", "--dir", brief, "--role", "sensor", "--days", 365);
    assertEquals(0, ran.code(), ran.err());
    assertEquals(
        CertificateAuthority.readCertificate(brief.resolve("ca.pem")).getNotAfter(),
        CertificateAuthority.readCertificate(brief.resolve("sensor.pem")).getNotAfter());
  }

  @Test
  void saysThatTheAuthoritysKeyIsNotThere() throws Exception {
    Files.delete(keys.resolve("ca.key"));
    Typed ran = Typed.run("keys", "renew", "--dir", keys);
    assertEquals(2, ran.code());
    assertTrue(ran.err().contains("there is no") && ran.err().contains("ca.key"), ran.err());
  }

  @Test
  void makesTheNextStreamKeyBesideThePresentOneOnce() throws Exception {
    byte[] present = Files.readAllBytes(keys.resolve("stream-REAL.seed"));
    Typed ran = Typed.run("keys", "rotate-stream", "--dir", keys, "--channel", "REAL");
    assertEquals(0, ran.code(), ran.err());
    assertTrue(names(keys).containsAll(List.of("stream-REAL.next.seed", "stream-REAL.next.pub")));
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(
            Files.getPosixFilePermissions(keys.resolve("stream-REAL.next.seed"))));
    assertEquals(
        -1,
        java.util.Arrays.mismatch(present, Files.readAllBytes(keys.resolve("stream-REAL.seed"))));
    Typed again = Typed.run("keys", "rotate-stream", "--dir", keys, "--channel", "REAL");
    assertEquals(2, again.code());
    assertTrue(again.err().contains("stream-REAL.next.seed"), again.err());
  }

  @Test
  void revokesByCertificateAndBySerialAndSaysWhenItWasDoneAlready() throws Exception {
    Path node = node();
    Typed ran =
        Typed.run(
            "keys",
            "revoke",
            "--dir",
            node,
            "--partner",
            "KOR",
            "--certificate",
            keys.resolve("node.pem"));
    assertEquals(0, ran.code(), ran.err());
    Typed.run("keys", "revoke", "--dir", node, "--partner", "KOR", "--serial", "0A:bc");
    Typed again = Typed.run("keys", "revoke", "--dir", node, "--partner", "KOR", "--serial", "abc");
    assertTrue(again.out().contains("already"), again.out());
    Revocations r = Revocations.read(node.resolve("partners/KOR/revoked.txt"));
    assertEquals(
        new TreeSet<>(
            List.of(
                Revocations.serial("abc"),
                CertificateAuthority.readCertificate(keys.resolve("node.pem")).getSerialNumber())),
        r.serials());
    assertEquals(List.of(), r.faults());
  }

  @Test
  void refusesToRevokeACertificateOfAnotherAuthority() throws Exception {
    Path other = folder.resolve("usa");
    Typed.run("keys", "new", "--nation", "USA", "--dir", other);
    Typed ran =
        Typed.run(
            "keys",
            "revoke",
            "--dir",
            node(),
            "--partner",
            "KOR",
            "--certificate",
            other.resolve("node.pem"));
    assertEquals(2, ran.code());
    assertTrue(ran.err().contains("was not issued by"), ran.err());
  }

  private Path node() throws Exception {
    Path node = folder.resolve("node");
    Files.createDirectories(node.resolve("partners/KOR"));
    Files.copy(keys.resolve("ca.pem"), node.resolve("partners/KOR/ca.pem"));
    Files.writeString(
        node.resolve("node.yaml"),
        """
        nation: JPN
        channel: EXERCISE
        linkAddress: "127.0.0.1:7101"
        nationalAddress: "127.0.0.1:7201"
        """);
    return node;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "keys --bogus",
        "keys new --nation KOR",
        "keys new --nation Korea --dir DIR/new",
        "keys new --nation KOR --dir DIR/new --days 0",
        "keys export --dir DIR/nowhere --to DIR/to",
        "keys show DIR/nowhere",
        "keys show DIR/plain.txt",
        "keys show DIR/plain.pem",
        "keys show DIR/plain.seed",
        "keys renew --dir DIR/nowhere",
        "keys renew --dir DIR/kor --role cook",
        "keys rotate-stream --dir DIR/nowhere --channel REAL",
        "keys rotate-stream --dir DIR/kor --channel RADIO",
        "keys revoke --dir DIR/nowhere --partner KOR --serial 1",
        "keys revoke --dir DIR/node --partner KOR",
        "keys revoke --dir DIR/node --partner KOR --serial xyz",
        "keys revoke --dir DIR/node --partner USA --serial 1"
      })
  void wrongUseIsToldInOneLineAndExitsWith2(String line) throws Exception {
    node();
    for (String name : List.of("plain.txt", "plain.pem", "plain.seed")) {
      Files.writeString(folder.resolve(name), "neither key nor certificate\n");
    }
    Typed ran = Typed.run((Object[]) line.replace("DIR", folder.toString()).split(" "));
    assertEquals(2, ran.code(), ran.err());
    assertFalse(ran.err().contains("\tat "), ran.err());
    assertTrue(ran.err().lines().count() <= 2, ran.err());
  }
}
