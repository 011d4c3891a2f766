package parallax.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static parallax.release.fixtures.ReleaseFixtures.LAUNCH_TIME;
import static parallax.release.fixtures.ReleaseFixtures.inForce;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import parallax.model.Caveat;
import parallax.model.Channel;
import parallax.model.ConfidentialityLabel;
import parallax.model.ConfidentialityLabel.Classification;
import parallax.model.Covariance;
import parallax.model.Geodetic;
import parallax.model.ImpactPointPrediction;
import parallax.model.LaunchPointEstimate;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.model.TrackEstimate;
import parallax.model.TrackId;
import parallax.model.TrackStatus;
import parallax.model.UtcTime;
import parallax.release.ReleaseDecision.Release;
import parallax.release.ReleaseDecision.Withhold;
import parallax.release.fixtures.ReleaseFixtures;

/**
 * Every combination of a small domain, under random policies, against an oracle that knows only the
 * words of the agreement: told if nothing forbids it and the first rule that speaks of it releases.
 */
final class ReleaseOracleTest {
  private static final Nation SELF = Nation.KOR;
  private static final Nation[] PARTNERS = {Nation.JPN, Nation.KOR, Nation.USA, new Nation("GBR")};
  private static final String[] CLASSES = {"LAUNCH_POINT", "FLIGHT_PATH", "IMPACT_POINT"};
  private static final String[] STATUSES = {
    "unknown", "TENTATIVE", "CONFIRMED", "COASTED", "LOST", "ENDED"
  };
  private static final String[] SCOPES = {"inside", "outside", "vague", "none"};

  /** Seconds after launch at which the report is made and told; impact is at 600. */
  private static final double[] TIMES = {-20, 30, 700, 800, 8000};

  private static final String[] IMPACTS = {"none", "predicted", "ended", "ended unknown"};
  private static final String[] LABELS = {"good", "not for partner", "secret", "caveat", "policy"};

  /** A rule in the oracle's own words. */
  private record Line(
      String name, List<String> classes, List<String> to, int minimum, boolean release) {}

  /** One point of the domain. */
  private record Case(
      String dataClass,
      String status,
      String scope,
      Nation partner,
      double time,
      String impact,
      Channel channel,
      String label,
      boolean own) {}

  @Test
  void agreesWithTheOracleEverywhere() {
    SplittableRandom random = new SplittableRandom(2024);
    int[] counts = new int[2];
    for (int i = 0; i < 4; i++) {
      List<Line> lines = randomPolicy(random);
      NationalPolicy policy =
          NationalPolicy.parse(
              YamlTexts.utf8(yaml(lines)), "policy " + i, inForce(Channel.EXERCISE).agreement());
      Releaser releaser = new Releaser(inForce(Channel.EXERCISE), policy, SELF, Channel.EXERCISE);
      for (Case c : cases()) {
        counts[compare(releaser, lines, c) ? 1 : 0]++;
      }
    }
    assertTrue(counts[1] > 500, "released " + counts[1]);
    assertTrue(counts[0] > 100_000, "withheld " + counts[0]);
  }

  private static boolean compare(Releaser releaser, List<Line> lines, Case c) {
    ReleaseDecision decision =
        releaser.decide(report(c), context(c), c.partner(), LAUNCH_TIME.plusSeconds(c.time()));
    List<String> broken = brokenClauses(c);
    Optional<Line> line = broken.isEmpty() ? firstLine(lines, c) : Optional.empty();
    boolean told = line.isPresent() && line.get().release();
    switch (decision) {
      case Release r -> {
        if (!told) {
          fail("leaked by " + r.rule() + ": " + c + " " + broken);
        }
        assertEquals(line.get().name(), r.rule());
        assertEquals(c.partner(), r.released().recipient());
      }
      case Withhold w -> {
        if (told) {
          fail("withheld by " + w + ": " + c);
        }
        String rule =
            broken.isEmpty()
                ? line.map(Line::name).orElse(Releaser.DEFAULT_RULE)
                : Releaser.NO_RULE;
        if (!rule.equals(w.rule())) {
          fail(w + " instead of " + rule + ": " + c);
        }
        if (!broken.isEmpty() && broken.stream().noneMatch(b -> w.clause().startsWith(b))) {
          fail(w + " cites none of " + broken + ": " + c);
        }
      }
      case ReleaseDecision.Hold h -> fail("no rule holds: " + h);
      case ReleaseDecision.Later l -> fail("no rule delays: " + l);
    }
    return told;
  }

  private static List<String> brokenClauses(Case c) {
    List<String> broken = new ArrayList<>();
    String partner = c.partner().code();
    if (!partner.equals("JPN") && !partner.equals("USA")) {
      broken.add("parties");
    }
    if (c.channel() != Channel.EXERCISE) {
      broken.add("channels");
    }
    if (!c.own()) {
      broken.add("onwardRelease");
    }
    if (!c.label().equals("good")) {
      broken.add("marking");
    }
    if (!c.scope().equals("inside")) {
      broken.add("scope.launchRegions");
    }
    boolean impactKnown = c.impact().equals("predicted") || c.impact().equals("ended");
    if (c.time() < -15
        || c.time() > 7200
        || (impactKnown && c.time() > 720)
        || (c.impact().equals("ended unknown") && !isLastReport(c))) {
      broken.add("scope.window");
    }
    return broken;
  }

  /** It states its own end. */
  private static boolean isLastReport(Case c) {
    return c.dataClass().equals("FLIGHT_PATH") && c.status().equals("ENDED");
  }

  private static Optional<Line> firstLine(List<Line> lines, Case c) {
    int status = List.of(STATUSES).indexOf(c.status());
    for (Line line : lines) {
      boolean far =
          line.minimum() <= 1 || (status == 0 ? !line.release() : status >= line.minimum());
      if (line.classes().contains(c.dataClass()) && line.to().contains(c.partner().code()) && far) {
        return Optional.of(line);
      }
    }
    return Optional.empty();
  }

  private static List<Line> randomPolicy(SplittableRandom random) {
    List<Line> lines = new ArrayList<>();
    while (lines.size() < 5) {
      List<String> classes = some(random, CLASSES);
      List<String> to = some(random, "JPN", "USA");
      Line next =
          new Line("r" + lines.size(), classes, to, random.nextInt(6), random.nextInt(3) > 0);
      List<Line> longer = new ArrayList<>(lines);
      longer.add(next);
      if (decidesSomething(longer, next)) {
        lines = longer;
      } else if (random.nextInt(4) == 0) {
        break;
      }
    }
    return lines;
  }

  private static boolean decidesSomething(List<Line> lines, Line last) {
    return cases().stream()
        .filter(c -> c.scope().equals("inside") && c.own() && c.time() == 30)
        .anyMatch(c -> firstLine(lines, c).equals(Optional.of(last)));
  }

  private static List<String> some(SplittableRandom random, String... all) {
    List<String> some = new ArrayList<>();
    while (some.isEmpty()) {
      for (String s : all) {
        if (random.nextBoolean()) {
          some.add(s);
        }
      }
    }
    return some;
  }

  private static String yaml(List<Line> lines) {
    StringBuilder b = new StringBuilder("name: random\nversion: 1\nnation: KOR\nrules:");
    b.append(lines.isEmpty() ? " []\n" : "\n");
    for (Line line : lines) {
      b.append("  - name: ").append(line.name()).append('\n');
      b.append("    dataClasses: ").append(line.classes()).append('\n');
      b.append("    to: ").append(line.to()).append('\n');
      if (line.minimum() > 0) {
        b.append("    minimumStatus: ").append(STATUSES[line.minimum()]).append('\n');
      }
      b.append("    decision: ").append(line.release() ? "release" : "withhold").append('\n');
    }
    return b.append("default: withhold\n").toString();
  }

  private static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (String dataClass : CLASSES) {
      for (String status : STATUSES) {
        if (dataClass.equals("FLIGHT_PATH") && status.equals("unknown")) {
          continue;
        }
        for (String scope : SCOPES) {
          for (Nation partner : PARTNERS) {
            for (double time : TIMES) {
              addCases(cases, dataClass, status, scope, partner, time);
            }
          }
        }
      }
    }
    return cases;
  }

  private static void addCases(
      List<Case> cases, String dataClass, String status, String scope, Nation partner, double t) {
    for (String impact : IMPACTS) {
      for (Channel channel : Channel.values()) {
        for (String label : LABELS) {
          for (boolean own : new boolean[] {true, false}) {
            cases.add(new Case(dataClass, status, scope, partner, t, impact, channel, label, own));
          }
        }
      }
    }
  }

  private static ReleaseContext context(Case c) {
    boolean ended = c.impact().startsWith("ended");
    boolean known = c.impact().equals("predicted") || c.impact().equals("ended");
    Optional<TrackStatus> status =
        c.status().equals("unknown")
            ? Optional.empty()
            : Optional.of(TrackStatus.valueOf(c.status()));
    return new ReleaseContext(
        launch(c.scope()),
        known ? Optional.of(LAUNCH_TIME.plusSeconds(600)) : Optional.empty(),
        ended,
        status);
  }

  private static Optional<LaunchPointEstimate> launch(String scope) {
    return switch (scope) {
      case "inside" -> Optional.of(launch(39.2, 125.67, 10_000));
      case "outside" -> Optional.of(launch(38.85, 111.61, 10_000));
      case "vague" -> Optional.of(launch(39.2, 125.67, 500_000));
      default -> Optional.empty();
    };
  }

  private static LaunchPointEstimate launch(double lat, double lon, double sigmaM) {
    return new LaunchPointEstimate(
        Geodetic.ofDegrees(lat, lon, 0),
        Covariance.diagonal(sigmaM * sigmaM, sigmaM * sigmaM),
        LAUNCH_TIME,
        1);
  }

  private static Report report(Case c) {
    UtcTime made = LAUNCH_TIME.plusSeconds(c.time());
    Nation originator = c.own() ? SELF : Nation.USA;
    TreeSet<Nation> to = new TreeSet<>(List.of(PARTNERS));
    to.add(originator);
    if (c.label().equals("not for partner")) {
      to.remove(c.partner().equals(originator) ? Nation.JPN : c.partner());
    }
    ConfidentialityLabel label =
        new ConfidentialityLabel(
            c.label().equals("policy") ? "OTHER" : "PARALLAX",
            c.label().equals("secret") ? Classification.SECRET : Classification.UNCLASSIFIED,
            to,
            c.label().equals("caveat") ? List.of(Caveat.ORCON) : List.of(),
            made);
    Report.Header header = new Report.Header(new TrackId(originator, 9), c.channel(), made, label);
    return switch (c.dataClass()) {
      case "LAUNCH_POINT" -> new Report.LaunchReport(header, launch("inside").orElseThrow());
      case "FLIGHT_PATH" -> {
        TrackEstimate e = ReleaseFixtures.trackReport(SELF, 9, c.time()).estimate();
        yield new Report.TrackReport(
            header,
            new TrackEstimate(
                e.state(),
                e.phase(),
                TrackStatus.valueOf(c.status()),
                e.threatClass(),
                e.lastPlot()));
      }
      default -> new Report.ImpactReport(header, new ImpactPointPrediction.NoImpactExpected(made));
    };
  }
}
