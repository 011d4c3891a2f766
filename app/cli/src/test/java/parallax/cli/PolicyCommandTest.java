package parallax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.engine.Engine;
import parallax.engine.EngineState;
import parallax.engine.FiledTrack;
import parallax.engine.Input;
import parallax.engine.NodeConfiguration;
import parallax.engine.TrialParties;
import parallax.journal.files.SegmentLog;
import parallax.journal.files.SnapshotFiles;
import parallax.link.Keyring;
import parallax.model.Channel;
import parallax.model.Covariance;
import parallax.model.FlightPhase;
import parallax.model.Geodetic;
import parallax.model.LaunchPointEstimate;
import parallax.model.Nation;
import parallax.model.StateVector;
import parallax.model.ThreatClass;
import parallax.model.TrackEstimate;
import parallax.model.TrackStatus;
import parallax.model.UtcTime;
import parallax.model.Vector3;
import parallax.model.Wgs84;
import parallax.release.DefaultFiles;
import parallax.runtime.Engines;
import parallax.runtime.Runner;
import parallax.signing.SigningKey;
import parallax.warning.AdministrativeArea;
import parallax.warning.AreaCatalogue;
import parallax.wire.ProtoReportCodec;

/** {@code parallax policy}, as it is typed. */
class PolicyCommandTest {
  private static final UtcTime LAUNCH = new UtcTime(1_681_338_180_000_000_000L);
  private static final String COARSE =
      """
      name: Coarse
      version: 2
      nation: KOR
      rules:
        - name: coarse paths
          dataClasses: [FLIGHT_PATH]
          to: [JPN]
          decision: sanitise
          sanitise: {roundPosition: {gridKm: 10}, covarianceFloorKm: 5}
        - name: the rest
          dataClasses: [LAUNCH_POINT, FLIGHT_PATH]
          to: [JPN, USA]
          decision: release
      default: withhold
      """;

  @TempDir Path folder;

  private Path file(String name, String text) throws Exception {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void theDefaultPoliciesAndTheirExamplesAreGood() {
    for (String n : List.of("jpn", "kor", "usa")) {
      Typed.good(
          "policy", "new", "--nation", n.toUpperCase(java.util.Locale.ROOT), "--dir", folder);
      Path policy = folder.resolve("default-policy-" + n + ".yaml");
      assertTrue(Typed.good("policy", "check", policy).out().contains(": good."));
      Path examples = folder.resolve("default-policy-" + n + "-examples.yaml");
      String out = Typed.good("policy", "test", examples).out();
      assertTrue(out.contains("16 of 16 decisions as expected"), out);
    }
    Typed.bad(2, "policy", "new", "--nation", "JPN", "--dir", folder);
    Typed.bad(2, "policy", "new", "--nation", "FRA", "--dir", folder);
  }

  @Test
  void aPolicyThatNoNodeStartsWithIsRefusedWithFileAndLine() throws Exception {
    Path wider = file("wide.yaml", COARSE.replace("to: [JPN, USA]", "to: [JPN, USA, FRA]"));
    String err = Typed.bad(1, "policy", "check", wider).err();
    assertEquals(
        "BAD: " + wider + ", line 12: rules.to names FRA; expected partners: [JPN, USA]",
        err.strip());
    Path never =
        file(
            "never.yaml",
            COARSE.replace("to: [JPN, USA]", "to: [JPN]").replace("LAUNCH_POINT, ", ""));
    err = Typed.bad(1, "policy", "check", never).err();
    assertTrue(err.startsWith("BAD: " + never + ", line 10: "), err);
    assertTrue(err.contains("can never decide"), err);
    Typed.bad(2, "policy", "check", folder.resolve("nowhere.yaml"));
  }

  @Test
  void anExampleThatComesOutOtherwiseFailsAndSaysWhy() throws Exception {
    file("coarse.yaml", COARSE);
    Path examples =
        file(
            "examples.yaml",
            """
            policy: coarse.yaml
            examples:
              - name: an impact
                record: IMPACT_POINT
                afterLaunchS: 60
                launch: {latitudeDeg: 39.2, longitudeDeg: 125.67, sigmaKm: 10}
                impact: {latitudeDeg: 40, longitudeDeg: 135, sigmaKm: 10, inS: 300}
                expect: {JPN: release, USA: withhold}
            """);
    Typed t = Typed.bad(1, "policy", "test", examples);
    assertTrue(
        t.out()
            .contains(
                "line 3: 'an impact' to JPN: expected release, found withhold by rule '(default)'"),
        t.out());
    assertTrue(t.out().contains("1 of 2 decisions as expected"), t.out());
  }

  @Test
  void anExplanationShowsWhatEachPartnerReads() throws Exception {
    file("coarse.yaml", COARSE);
    Path examples =
        file(
            "examples.yaml",
            """
            policy: coarse.yaml
            examples:
              - name: a path
                record: FLIGHT_PATH
                afterLaunchS: 60
                status: TENTATIVE
                launch: {latitudeDeg: 39.2, longitudeDeg: 125.67, sigmaKm: 10}
                state: {latitudeDeg: 39.2, longitudeDeg: 125.7, altitudeKm: 12, speedKmps: 1, sigmaKm: 1}
            """);
    String brief = Typed.good("policy", "explain", "--record", examples).out();
    assertEquals(
        """
        a path: FLIGHT_PATH of KOR-1
          to JPN: sanitise by 'coarse paths', roundPosition 10.0 km, covarianceFloorKm 5.0
          to USA: release by 'the rest'
        With --all: each record, the clause that permits it, and what each partner would read.
        """,
        brief.replaceAll("of KOR-[0-9]+", "of KOR-1"));
    String out = Typed.good("policy", "explain", "--all", "--record", examples).out();
    assertTrue(out.contains("taken   roundPosition 10.0 km, covarianceFloorKm 5.0"), out);
    assertTrue(out.contains("clause  scope.launchRegions[DPRK and adjacent waters]"), out);
    JsonNode json =
        new ObjectMapper()
            .readTree(Typed.good("policy", "explain", "--record", examples, "--json").out())
            .get(0);
    JsonNode jpn = json.get("partners").get(0);
    assertEquals("sanitise", jpn.get("decision").asText());
    assertEquals(json.get("record"), json.get("partners").get(1).get("seen"));
    Vector3 real = vector(json.get("record").get("positionM"));
    Vector3 seen = vector(jpn.get("seen").get("positionM"));
    double off = seen.minus(real).norm();
    assertTrue(off > 1 && off < 10_000 * Math.sqrt(3) / 2, "off by " + off);
  }

  private static Vector3 vector(JsonNode n) {
    return new Vector3(n.get(0).asDouble(), n.get(1).asDouble(), n.get(2).asDouble());
  }

  private static SigningKey key(int n) {
    byte[] seed = new byte[32];
    seed[0] = (byte) n;
    return SigningKey.fromSeed(seed);
  }

  private static NodeConfiguration configuration() {
    List<Nation> nations = List.of(Nation.JPN, Nation.KOR, Nation.USA);
    return new TrialParties(
            nations,
            Channel.EXERCISE,
            "agreement",
            n -> key(1 + nations.indexOf(n)),
            n -> key(n.equals(Nation.KOR) ? 20 : 11 + nations.indexOf(n)))
        .configuration(Nation.KOR, List.of());
  }

  /** A launch and twenty states, one a second. */
  private static List<Input> inputs() {
    List<Input> out = new java.util.ArrayList<>();
    out.add(new Input.Configured(configuration()));
    LaunchPointEstimate launch =
        new LaunchPointEstimate(
            Geodetic.ofDegrees(39.2, 125.67, 0), Covariance.diagonal(1e8, 1e8), LAUNCH, 2);
    out.add(
        new Input.TrackFiled(
            "f", 1, new FiledTrack(1, Optional.of(launch), Optional.empty(), Optional.empty())));
    for (int s = 1; s <= 20; s++) {
      UtcTime at = LAUNCH.plusSeconds(s);
      TrackEstimate e =
          new TrackEstimate(
              new StateVector(
                  at,
                  Wgs84.toEcef(Geodetic.ofDegrees(39.2 + s * 0.01, 125.67, s * 1000)),
                  new Vector3(100, 100, 900),
                  Covariance.diagonal(1e4, 1e4, 1e4, 100, 100, 100)),
              FlightPhase.BOOST,
              s < 11 ? TrackStatus.TENTATIVE : TrackStatus.CONFIRMED,
              ThreatClass.UNKNOWN,
              at);
      out.add(
          new Input.TrackFiled(
              "f", 1 + s, new FiledTrack(1, Optional.empty(), Optional.of(e), Optional.empty())));
    }
    return out;
  }

  /** Engines for a journal that is written here and never gone on with. */
  private record FreshEngines(Keyring keyring) implements Engines {
    @Override
    public Engine fresh() {
      return new Engine(keyring, new ProtoReportCodec(), AreaCatalogue.bundled());
    }

    @Override
    public Engine of(EngineState state) {
      throw new AssertionError("there is no snapshot");
    }

    @Override
    public Optional<AdministrativeArea> area(String code) {
      return AreaCatalogue.bundled().area(code);
    }
  }

  private Path journal() throws Exception {
    Path node = folder.resolve("node");
    Keyring keyring = Keyring.of(key(20));
    try (SegmentLog journal = SegmentLog.open(node.resolve("journal"))) {
      Runner runner =
          new Runner(
              journal,
              SnapshotFiles.open(node.resolve("journal"), journal.id()),
              keyring,
              new FreshEngines(keyring),
              (in, what) -> {
                throw new AssertionError(what);
              });
      int s = 0;
      for (Input in : inputs()) {
        UtcTime at = LAUNCH.plusSeconds(s++);
        runner.append(runner.step(List.of(in), at, at.nanos()));
      }
    }
    return node;
  }

  @Test
  void whatWouldChangeIsCountedOverAJournal() throws Exception {
    Path node = journal();
    String now = Typed.good("policy", "explain", "--journal", node).out();
    assertTrue(now.contains("21 records"), now);
    assertTrue(now.contains("10  FLIGHT_PATH   release by 'flight paths once confirmed'"), now);
    assertTrue(now.contains("10  FLIGHT_PATH   withhold by (default)"), now);
    Path coarse = file("coarse.yaml", COARSE);
    String change = Typed.good("policy", "explain", "--journal", node, "--policy", coarse).out();
    assertTrue(change.contains("to JPN: 1 the same, 20 changed"), change);
    assertTrue(change.contains("to USA: 11 the same, 10 changed"), change);
    assertTrue(change.contains("10  FLIGHT_PATH   withhold by (default) "), change);
    assertTrue(change.contains("-> sanitise by 'coarse paths'"), change);
    Path same = Files.write(folder.resolve("same.yaml"), DefaultFiles.policy(Nation.KOR));
    String none = Typed.good("policy", "explain", "--journal", node, "--policy", same).out();
    assertTrue(none.contains("to JPN: 21 the same, 0 changed"), none);
  }

  @Test
  void whatWasKnownAtAMomentIsExplained() throws Exception {
    Path node = journal();
    UtcTime at = LAUNCH.plusSeconds(8);
    String out = Typed.good("policy", "explain", "--journal", node, "--at", at, "--all").out();
    assertTrue(out.contains("TENTATIVE"), out);
    assertTrue(out.contains("because no national rule releases it"), out);
    assertEquals(2, out.lines().filter(l -> l.startsWith("found at ")).count(), out);
    Typed.bad(2, "policy", "explain", "--journal", folder.resolve("empty"));
    Typed.bad(2, "policy", "explain");
    Typed.bad(2, "policy", "explain", "--record", "x", "--journal", node);
  }

  @Test
  void aJournalThatANodeHasOpenCanBeExplained() throws Exception {
    Path node = journal();
    try (SegmentLog open = SegmentLog.open(node.resolve("journal"))) {
      assertTrue(open.nextPosition() > 1);
      String out = Typed.good("policy", "explain", "--journal", node).out();
      assertTrue(out.contains("21 records"), out);
    }
  }

  @Test
  void anExplanationIsShortUnlessAllIsAskedFor() throws Exception {
    for (Nation n : List.of(Nation.JPN, Nation.KOR, Nation.USA)) {
      Typed.good("policy", "new", "--nation", n, "--dir", folder);
      Path examples = folder.resolve(DefaultFiles.examplesName(n));
      String brief = Typed.good("policy", "explain", "--record", examples).out();
      String all = Typed.good("policy", "explain", "--record", examples, "--all").out();
      assertTrue(brief.length() < 2_000, brief);
      assertTrue(brief.contains("to "), brief);
      assertTrue(all.length() > 3 * brief.length(), all);
    }
  }
}
