package parallax.host.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import parallax.credentials.CertificateAuthority;
import parallax.credentials.CertificateAuthority.Role;
import parallax.credentials.NewKeys;
import parallax.credentials.Passphrase;
import parallax.host.NodeSettings;
import parallax.host.check.Finding.Grade;
import parallax.host.setup.Prepared;
import parallax.model.Nation;
import parallax.warning.AreaCatalogue;

/** A good directory, and every fault that is planted in it. */
class NodeCheckTest {
  private static final AreaCatalogue AREAS = AreaCatalogue.bundled();
  private static final Machine FINE = machine(Optional.of(true), 100_000_000_000L);

  @TempDir static Path made;
  @TempDir Path folder;

  private static Machine machine(Optional<Boolean> kept, long room) {
    return new Machine() {
      @Override
      public Optional<Boolean> clockIsKept() {
        return kept;
      }

      @Override
      public long roomBytes(Path where) {
        return room;
      }
    };
  }

  private static List<Finding> check(Path node, Machine machine) {
    return NodeCheck.run(node, machine, AREAS);
  }

  @BeforeAll
  static void setsUpTwoNations() throws Exception {
    var unused = new Prepared(made).both();
  }

  private static Path copy(Path from, Path to) throws IOException {
    try (Stream<Path> walk = Files.walk(from)) {
      for (Path p : walk.sorted().toList()) {
        Files.copy(
            p, to.resolve(from.relativize(p).toString()), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
    return to;
  }

  private Path node() throws IOException {
    return copy(made.resolve("JPN"), folder.resolve("JPN"));
  }

  private static String text(List<Finding> findings) {
    return String.join("\n", findings.stream().map(Finding::toString).toList());
  }

  @Test
  void findsNothingInAGoodDirectoryAndWritesNothing() throws Exception {
    Path node = node();
    List<Path> before = tree(node);
    List<Finding> found = check(node, FINE);
    assertTrue(found.stream().allMatch(f -> f.grade() == Grade.OK), text(found));
    assertEquals(0, NodeCheck.exitCode(found));
    assertEquals(before, tree(node));
    for (String about :
        List.of(
            "settings",
            "keys",
            "partners",
            "agreement",
            "policy",
            "sensors",
            "ports",
            "areas",
            "sharing",
            "clock",
            "disk")) {
      assertTrue(found.stream().anyMatch(f -> f.about().equals(about)), about);
    }
    assertTrue(text(found).contains("a TLS connection of the node with itself succeeds"));
    assertTrue(text(found).contains("KOR has signed"), text(found));
  }

  private static List<Path> tree(Path root) throws IOException {
    try (Stream<Path> walk = Files.walk(root)) {
      return walk.sorted().toList();
    }
  }

  /** Puts a fault in a directory. */
  private interface Planting {
    void plant(Path node) throws Exception;
  }

  /** What may be wrong, and the words in which it must be said. */
  enum Fault {
    NO_SETTINGS(Grade.ERROR, "settings", "node.yaml", n -> delete(n, "node.yaml")),
    UNKNOWN_KEY(Grade.ERROR, "settings", "'colour'", n -> append(n, "node.yaml", "colour: red\n")),
    BAD_CHANNEL(
        Grade.ERROR, "settings", "channel", n -> replace(n, "node.yaml", "EXERCISE", "REALLY")),
    BAD_DURABILITY(
        Grade.ERROR, "settings", "durability", n -> replace(n, "node.yaml", "full", "maybe")),
    NO_EXERCISE_CLOCK(
        Grade.ERROR,
        "settings",
        "clock.properties",
        n -> replace(n, "node.yaml", "exerciseClock: false", "exerciseClock: true")),
    SELF_AS_PARTNER(
        Grade.ERROR, "settings", "itself", n -> replace(n, "node.yaml", "  KOR:", "  JPN:")),
    NO_CERTIFICATE(Grade.ERROR, "keys", "node.pem", n -> delete(n, "keys/node.pem")),
    DAMAGED_CERTIFICATE(
        Grade.ERROR, "keys", "node.pem", n -> Files.writeString(n.resolve("keys/node.pem"), "x")),
    OTHERS_KEY(
        Grade.ERROR,
        "keys",
        "is not the key of",
        n -> replaceBy(n, "keys/node.key", made("JPN/keys/sensor.key"))),
    OTHERS_CERTIFICATE(
        Grade.ERROR,
        "keys",
        "no certificate of a node",
        n -> {
          replaceBy(n, "keys/node.key", made("JPN/keys/sensor.key"));
          replaceBy(n, "keys/node.pem", made("JPN/keys/sensor.pem"));
        }),
    OTHERS_AUTHORITY(
        Grade.ERROR,
        "keys",
        "the authority of KOR",
        n -> replaceBy(n, "keys/ca.pem", made("KOR/keys/ca.pem"))),
    EXPIRED(Grade.ERROR, "keys", "expired", n -> renew(n, -40, 10)),
    ENDS_SOON(Grade.WARNING, "keys", "only 9 days", n -> renew(n, 0, 10)),
    NO_STREAM_KEY(
        Grade.ERROR, "keys", "stream-EXERCISE.seed", n -> delete(n, "keys/stream-EXERCISE.seed")),
    STREAM_KEY_OF_REAL(
        Grade.ERROR,
        "keys",
        "stream-REAL",
        n -> replaceBy(n, "keys/stream-EXERCISE.seed", made("JPN-offline/stream-REAL.seed"))),
    HALF_A_LOG_KEY(
        Grade.ERROR, "keys", "log-EXERCISE.seed", n -> delete(n, "keys/log-EXERCISE.seed")),
    READABLE_SECRET(
        Grade.ERROR,
        "keys",
        "chmod 600",
        n ->
            Files.setPosixFilePermissions(
                n.resolve("keys/node.key"), PosixFilePermissions.fromString("rw-r--r--"))),
    OFFLINE_KEY(
        Grade.WARNING, "keys", "ca.key", n -> copyTo(made("JPN-offline/ca.key"), n, "keys/ca.key")),
    BAD_REVOCATION(
        Grade.ERROR,
        "keys",
        "line 1",
        n -> Files.writeString(n.resolve("keys/revoked.txt"), "nonsense\n")),
    NO_PIN(Grade.ERROR, "partners", "ca.pem", n -> delete(n, "partners/KOR/ca.pem")),
    WRONG_PIN(
        Grade.ERROR,
        "partners",
        "the authority of JPN",
        n -> replaceBy(n, "partners/KOR/ca.pem", made("JPN/keys/ca.pem"))),
    NO_PARTNERS_KEY(
        Grade.ERROR,
        "partners",
        "stream-EXERCISE.pub",
        n -> delete(n, "partners/KOR/stream-EXERCISE.pub")),
    NO_PARTNERS_LOG_KEY(
        Grade.WARNING,
        "partners",
        "log-EXERCISE.pub",
        n -> delete(n, "partners/KOR/log-EXERCISE.pub")),
    NO_ADDRESS(
        Grade.WARNING,
        "partners",
        "tells it nothing",
        n -> rewrite(n, "node.yaml", "(?m)^  KOR: .*\\n", "")),
    UNKNOWN_PARTNER(
        Grade.ERROR,
        "partners",
        "parallax setup --partner USA",
        n -> rewrite(n, "node.yaml", "(?m)^partners:", "partners:\n  USA: \"127.0.0.1:9\"")),
    RUBBISH_AMONG_PARTNERS(
        Grade.ERROR,
        "partners",
        "is no partner",
        n -> Files.writeString(n.resolve("partners/notes.txt"), "x")),
    NOT_SIGNED(
        Grade.ERROR,
        "agreement",
        "KOR has not signed",
        n -> delete(n, "agreement/agreement.yaml.KOR.sig")),
    OTHER_TEXT(
        Grade.ERROR,
        "agreement",
        "is no signature",
        n -> append(n, "agreement/agreement.yaml", "# a remark\n")),
    NO_AGREEMENT(
        Grade.ERROR, "agreement", "agreement.yaml", n -> delete(n, "agreement/agreement.yaml")),
    NO_PARTYS_KEY(Grade.ERROR, "agreement", "KOR.pub", n -> delete(n, "agreement/KOR.pub")),
    EXPIRED_AGREEMENT(
        Grade.ERROR,
        "agreement",
        "expired at 2017",
        n -> replace(n, "agreement/agreement.yaml", "until: 2036", "until: 2017")),
    AGREEMENT_ENDS_SOON(
        Grade.WARNING,
        "agreement",
        "only 4 days",
        n ->
            replace(
                n,
                "agreement/agreement.yaml",
                "until: 2036-01-01T00:00:00Z",
                "until: "
                    + Instant.now().plus(5, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS))),
    BAD_POLICY(
        Grade.ERROR,
        "policy",
        "line",
        n -> replace(n, "policy.yaml", "decision: release", "decision: perhaps")),
    POLICY_OF_ANOTHER(
        Grade.ERROR,
        "policy",
        "that of KOR",
        n -> replaceBy(n, "policy.yaml", made("KOR/policy.yaml"))),
    BAD_NEXT_POLICY(
        Grade.WARNING,
        "policy",
        "policy.next.yaml",
        n -> Files.writeString(n.resolve("policy.next.yaml"), "name: x\n")),
    BAD_SENSOR(
        Grade.ERROR, "sensors", "line 2", n -> replace(n, "sensors.csv", "ship radar", "sonar")),
    NO_SENSORS(
        Grade.WARNING,
        "sensors",
        "no sensor of JPN",
        n -> rewrite(n, "sensors.csv", "\\nSea.*", "")),
    BAD_FEEDS(
        Grade.ERROR,
        "sensors",
        "feeds.txt",
        n -> Files.writeString(n.resolve("feeds.txt"), "a b\n")),
    SHARES_NOTHING(
        Grade.ERROR,
        "sharing",
        "SHARING NOTHING BECAUSE",
        n -> delete(n, "agreement/agreement.yaml.KOR.sig")),
    NOT_OF_THIS_MACHINE(
        Grade.ERROR,
        "ports",
        "this is not an address of this machine",
        n -> rewrite(n, "node.yaml", "linkAddress: .*", "linkAddress: \"192.0.2.1:7100\"")),
    SAME_PORTS(
        Grade.ERROR,
        "settings",
        "expected two ports",
        n -> rewrite(n, "node.yaml", "ationalAddress: .*", "ationalAddress: " + linkAddress(n))),
    ALERTS_IS_A_FILE(
        Grade.ERROR, "disk", "is a file", n -> Files.writeString(n.resolve("alerts"), "x")),
    JOURNAL_FROM_THE_FUTURE(
        Grade.WARNING,
        "clock",
        "later than now",
        n -> {
          Path journal = Files.createDirectories(n.resolve("journal")).resolve("journal.db");
          Files.writeString(journal, "");
          Files.setLastModifiedTime(journal, FileTime.from(Instant.now().plus(1, ChronoUnit.DAYS)));
        });

    private final Grade grade;
    private final String about;
    private final String words;

    @SuppressWarnings("ImmutableEnumChecker") // every planting is a function without state
    private final Planting planting;

    Fault(Grade grade, String about, String words, Planting planting) {
      this.grade = grade;
      this.about = about;
      this.words = words;
      this.planting = planting;
    }
  }

  private static Path made(String name) {
    return made.resolve(name);
  }

  private static void delete(Path node, String name) throws IOException {
    Files.delete(node.resolve(name));
  }

  private static void append(Path node, String name, String text) throws IOException {
    Files.writeString(node.resolve(name), Files.readString(node.resolve(name)) + text);
  }

  private static void replace(Path node, String name, String from, String to) throws IOException {
    String before = Files.readString(node.resolve(name));
    assertTrue(before.contains(from), name);
    Files.writeString(node.resolve(name), before.replace(from, to));
  }

  private static void rewrite(Path node, String name, String pattern, String to)
      throws IOException {
    String before = Files.readString(node.resolve(name));
    String after = before.replaceFirst(pattern, to);
    assertTrue(!after.equals(before), name);
    Files.writeString(node.resolve(name), after);
  }

  private static void replaceBy(Path node, String name, Path other) throws IOException {
    Files.copy(
        other,
        node.resolve(name),
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.COPY_ATTRIBUTES);
  }

  private static void copyTo(Path from, Path node, String name) throws IOException {
    Files.copy(from, node.resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
  }

  private static String linkAddress(Path node) throws IOException {
    InetSocketAddress a = NodeSettings.read(node).linkAddress();
    return "\"" + a.getHostString() + ":" + a.getPort() + "\"";
  }

  /** Issues the node's certificate anew as if it were some days from now. */
  private static void renew(Path node, int fromNow, int days) throws Exception {
    Path ca = Files.createTempDirectory(node.getParent(), "ca");
    for (String name : List.of("ca.pem", "ca.key")) {
      Files.copy(made.resolve("JPN-offline").resolve(name), ca.resolve(name));
    }
    if (fromNow < 0) { // an authority that was valid then
      Instant then = Instant.now().plus(fromNow, ChronoUnit.DAYS);
      Path old = node.resolveSibling("old");
      NewKeys.create(Nation.JPN, old, then, 3650, days);
      for (String name : List.of("ca.pem", "node.pem", "node.key")) {
        replaceBy(node, "keys/" + name, old.resolve(name));
      }
    } else {
      var unused =
          CertificateAuthority.read(ca, Passphrase.beside())
              .issue(
                  Role.NODE,
                  node.resolve("keys"),
                  "node",
                  Instant.now().plus(fromNow, ChronoUnit.DAYS),
                  days);
    }
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void findsEveryPlantedFault(Fault fault) throws Exception {
    Path node = node();
    fault.planting.plant(node);
    List<Finding> found = check(node, FINE);
    assertTrue(
        found.stream()
            .anyMatch(
                f ->
                    f.grade() == fault.grade
                        && f.about().equals(fault.about)
                        && f.text().contains(fault.words)),
        text(found));
    assertTrue(NodeCheck.exitCode(found) >= fault.grade.exitCode());
    if (fault.grade == Grade.WARNING && fault != Fault.AGREEMENT_ENDS_SOON) {
      assertEquals(1, NodeCheck.exitCode(found), text(found));
    }
    for (Finding f : found) {
      assertTrue(!f.text().contains("Exception") && !f.text().contains("null"), f.toString());
    }
  }

  @Test
  void saysAllThatIsWrongAtOnce() throws Exception {
    Path node = node();
    rewrite(node, "node.yaml", "nation: JPN", "nation: Japan");
    replace(node, "node.yaml", "durability: full", "durability: maybe");
    rewrite(node, "node.yaml", "linkAddress: .*", "linkAddress: here");
    List<Finding> found = check(node, FINE);
    for (String key : List.of("nation", "linkAddress", "durability")) {
      assertTrue(
          found.stream().anyMatch(f -> f.grade() == Grade.ERROR && f.text().contains(": " + key)),
          key + " in " + text(found));
    }
  }

  @Test
  void namesAPortThatAnotherProgramHas() throws Exception {
    Path node = node();
    try (ServerSocket taken = new ServerSocket()) {
      taken.bind(NodeSettings.read(node).linkAddress());
      List<Finding> found = check(node, FINE);
      assertEquals(2, NodeCheck.exitCode(found));
      assertTrue(text(found).contains("the port is taken by another program"), text(found));
    }
  }

  @Test
  void warnsOfADiskThatFillsAndOfAClockThatNobodyKeeps() throws Exception {
    Path node = node();
    assertEquals(1, NodeCheck.exitCode(check(node, machine(Optional.of(false), 1L << 40))));
    assertEquals(1, NodeCheck.exitCode(check(node, machine(Optional.of(true), 1L << 30))));
    assertEquals(2, NodeCheck.exitCode(check(node, machine(Optional.of(true), 1L << 20))));
    List<Finding> unknown = check(node, machine(Optional.empty(), 1L << 40));
    assertTrue(text(unknown).contains("cannot be seen from here"), text(unknown));
  }
}
