package parallax.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static parallax.release.fixtures.ReleaseFixtures.LAUNCH_TIME;
import static parallax.release.fixtures.ReleaseFixtures.inForce;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import parallax.model.Channel;
import parallax.model.FlightPhase;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.model.ThreatClass;
import parallax.model.TrackEstimate;
import parallax.model.TrackStatus;
import parallax.model.UtcTime;
import parallax.release.fixtures.ReleaseFixtures;

/**
 * Every combination of a small domain under random policies with conditions, against an oracle that
 * goes by the words of the rules alone; and every operator of a rule flipped, each of which must
 * change what is decided somewhere.
 */
final class RuleOracleTest {
  private static final List<Nation> PARTNERS = List.of(Nation.JPN, Nation.USA);
  private static final String[] CLASSES = {"LAUNCH_POINT", "FLIGHT_PATH", "IMPACT_POINT"};
  private static final ThreatClass[] THREATS = {
    ThreatClass.UNKNOWN, ThreatClass.SRBM, ThreatClass.ICBM
  };
  private static final TrackStatus[] STATUSES = {
    TrackStatus.TENTATIVE, TrackStatus.CONFIRMED, TrackStatus.ENDED
  };
  private static final double[] AGES = {0, 5, 30};

  /** One point of the domain; a threat class and status of null are not known. */
  private record Case(
      String dataClass,
      int threat,
      int status,
      double age,
      Nation partner,
      Report report,
      ReleaseContext context,
      UtcTime now) {}

  /** One comparison, in the words of the file and in the oracle's. */
  private record Atom(String left, String operator, String right) {
    String text() {
      return left + " " + operator + " " + right;
    }

    /** 1 yes, 0 no, -1 not known. */
    int says(Case c) {
      return switch (left) {
        case "record.ageS" -> number(c.age(), Double.parseDouble(right));
        case "record.threatClass" -> c.threat() < 0 ? -1 : word(THREATS[c.threat()].name(), right);
        case "record.dataClass" -> word(c.dataClass(), right);
        case "partner" -> word(c.partner().code(), right);
        default -> throw new IllegalStateException(left);
      };
    }

    private int number(double a, double b) {
      boolean yes =
          switch (operator) {
            case "<" -> a < b;
            case "<=" -> a <= b;
            case ">" -> a > b;
            case ">=" -> a >= b;
            default -> throw new IllegalStateException(operator);
          };
      return yes ? 1 : 0;
    }

    private int word(String a, String list) {
      boolean in = list.contains("'" + a + "'");
      return in == (operator.equals("==") || operator.equals("in")) ? 1 : 0;
    }

    Atom flipped() {
      String other =
          switch (operator) {
            case "<" -> "<=";
            case "<=" -> "<";
            case ">" -> ">=";
            case ">=" -> ">";
            case "==" -> "!=";
            case "!=" -> "==";
            default -> "in";
          };
      String words = operator.equals("in") ? right.replace("'ICBM', ", "") : right;
      return new Atom(left, other, words);
    }
  }

  /** A rule in the oracle's words. */
  private record Line(
      List<String> classes,
      List<String> to,
      int minimum,
      List<Atom> atoms,
      boolean and,
      boolean not,
      String decision) {
    boolean keepsIn() {
      return decision.equals("withhold") || decision.equals("hold");
    }

    boolean matches(Case c) {
      return classes.contains(c.dataClass())
          && to.contains(c.partner().code())
          && farEnough(c)
          && whenHolds(c);
    }

    private boolean farEnough(Case c) {
      return minimum <= 0 || (c.status() < 0 ? keepsIn() : c.status() >= minimum);
    }

    private boolean whenHolds(Case c) {
      boolean all = true;
      boolean any = false;
      for (Atom a : atoms) {
        int says = a.says(c);
        if (says < 0) {
          return keepsIn();
        }
        all &= says == 1;
        any |= says == 1;
      }
      return atoms.isEmpty() || (and ? all : any) != not;
    }

    String yaml(int i) {
      StringBuilder y = new StringBuilder("  - name: rule " + i + "\n");
      y.append("    dataClasses: ").append(classes).append('\n');
      y.append("    to: ").append(to).append('\n');
      if (minimum >= 0) {
        y.append("    minimumStatus: ").append(STATUSES[minimum]).append('\n');
      }
      if (!atoms.isEmpty()) {
        String text = String.join(and ? " && " : " || ", atoms.stream().map(Atom::text).toList());
        y.append("    when: \"").append(not ? "!(" + text + ")" : text).append("\"\n");
      }
      y.append("    decision: ").append(decision).append('\n');
      if (decision.equals("sanitise")) {
        y.append("    sanitise: {dropThreatClass: true}\n");
      }
      if (decision.equals("hold")) {
        y.append("    hold: {deadlineS: 60, otherwise: withhold}\n");
      }
      return y.toString();
    }
  }

  private static List<Case> cases() {
    List<Case> all = new ArrayList<>();
    for (String dataClass : CLASSES) {
      for (int threat = -1; threat < THREATS.length; threat++) {
        for (int status = -1; status < STATUSES.length; status++) {
          for (double age : AGES) {
            if (!dataClass.equals("FLIGHT_PATH") || (threat >= 0 && status >= 0)) {
              for (Nation partner : PARTNERS) {
                all.add(made(dataClass, threat, status, age, partner));
              }
            }
          }
        }
      }
    }
    return all;
  }

  private static Case made(String dataClass, int threat, int status, double age, Nation partner) {
    Report.TrackReport track = ReleaseFixtures.trackReport(Nation.KOR, 1, 40);
    TrackEstimate e = track.estimate();
    Optional<TrackEstimate> estimate =
        threat < 0
            ? Optional.empty()
            : Optional.of(
                new TrackEstimate(
                    e.state(),
                    FlightPhase.COAST,
                    STATUSES[Math.max(status, 0)],
                    THREATS[threat],
                    e.lastPlot()));
    Report report =
        switch (dataClass) {
          case "LAUNCH_POINT" -> ReleaseFixtures.launchReport(Nation.KOR, 1, 0);
          case "IMPACT_POINT" -> ReleaseFixtures.impactReport(Nation.KOR, 1, 40);
          default -> new Report.TrackReport(track.header(), estimate.orElseThrow());
        };
    ReleaseContext context =
        new ReleaseContext(
            Optional.of(ReleaseFixtures.launchAt(LAUNCH_TIME)),
            Optional.empty(),
            false,
            status < 0 ? Optional.empty() : Optional.of(STATUSES[status]),
            estimate);
    UtcTime now = LAUNCH_TIME.plusSeconds((dataClass.equals("LAUNCH_POINT") ? 0 : 40) + age);
    return new Case(dataClass, threat, status, age, partner, report, context, now);
  }

  private static Releaser releaser(List<Line> lines) {
    StringBuilder y = new StringBuilder("name: Random\nversion: 1\nnation: KOR\nrules:\n");
    for (int i = 0; i < lines.size(); i++) {
      y.append(lines.get(i).yaml(i));
    }
    y.append("default: withhold\n");
    NationalPolicy policy =
        NationalPolicy.parse(
            YamlTexts.utf8(y.toString()), "random", inForce(Channel.EXERCISE).agreement());
    return new Releaser(inForce(Channel.EXERCISE), policy, Nation.KOR, Channel.EXERCISE);
  }

  private static String decided(Releaser releaser, Case c) {
    return switch (releaser.decide(c.report(), c.context(), c.partner(), c.now())) {
      case ReleaseDecision.Release r ->
          (r.transformations().isEmpty() ? "release" : "sanitise") + " by " + r.rule();
      case ReleaseDecision.Hold h -> "hold by " + h.rule();
      case ReleaseDecision.Withhold w -> "withhold by " + w.rule();
      case ReleaseDecision.Later l -> "later by " + l.rule();
    };
  }

  private static String said(List<Line> lines, Case c) {
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).matches(c)) {
        return lines.get(i).decision() + " by rule " + i;
      }
    }
    return "withhold by " + Releaser.DEFAULT_RULE;
  }

  @Test
  void agreesWithTheOracleEverywhere() {
    SplittableRandom random = new SplittableRandom(31);
    List<Case> cases = cases();
    List<String> kinds = new ArrayList<>();
    int policies = 0;
    while (policies < 150) {
      List<Line> lines = new ArrayList<>();
      for (int i = random.nextInt(1, 7); i > 0; i--) {
        lines.add(line(random));
      }
      Releaser releaser;
      try {
        releaser = releaser(lines);
      } catch (MalformedFileException e) {
        String why = String.valueOf(e.getMessage());
        assertTrue(why.contains("can never decide"), why);
        boolean ofCondition = why.contains("is never true");
        assertTrue(!ofCondition || lines.stream().anyMatch(l -> neverTrue(l, cases)), why);
        continue;
      }
      policies++;
      for (Case c : cases) {
        String said = said(lines, c);
        assertEquals(said, decided(releaser, c), () -> lines + "\n" + c);
        String kind = said.substring(0, said.indexOf(' '));
        if (!kinds.contains(kind)) {
          kinds.add(kind);
        }
      }
    }
    assertEquals(4, kinds.size(), kinds.toString());
  }

  private static boolean neverTrue(Line l, List<Case> cases) {
    return cases.stream()
        .filter(c -> l.to().contains(c.partner().code()))
        .filter(c -> l.atoms().stream().allMatch(a -> a.says(c) >= 0))
        .noneMatch(l::whenHolds);
  }

  private static Line line(SplittableRandom random) {
    List<String> classes = some(random, List.of(CLASSES));
    List<String> to = some(random, List.of("JPN", "USA"));
    List<Atom> atoms = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      atoms.add(atom(random, to));
    }
    String[] decisions = {"release", "release", "sanitise", "hold", "withhold"};
    return new Line(
        classes,
        to,
        random.nextInt(-2, 3) < 0 ? -1 : random.nextInt(3),
        atoms,
        random.nextBoolean(),
        random.nextInt(4) == 0,
        decisions[random.nextInt(5)]);
  }

  private static Atom atom(SplittableRandom random, List<String> to) {
    String equal = random.nextBoolean() ? "==" : "!=";
    return switch (random.nextInt(5)) {
      case 0 -> new Atom("record.threatClass", equal, "'ICBM'");
      case 1 -> new Atom("record.threatClass", "in", "['ICBM', 'SRBM']");
      case 2 -> new Atom("record.dataClass", equal, "'" + CLASSES[random.nextInt(3)] + "'");
      case 3 -> new Atom("partner", equal, "'" + to.get(random.nextInt(to.size())) + "'");
      default ->
          new Atom(
              "record.ageS",
              new String[] {"<", "<=", ">", ">="}[random.nextInt(4)],
              String.valueOf(AGES[random.nextInt(3)]));
    };
  }

  private static <T> List<T> some(SplittableRandom random, List<T> all) {
    List<T> some = new ArrayList<>();
    for (T t : all) {
      if (random.nextInt(3) > 0) {
        some.add(t);
      }
    }
    return some.isEmpty() ? List.of(all.getFirst()) : some;
  }

  @Test
  void everyFlippedOperatorChangesADecision() {
    List<Atom> atoms =
        List.of(
            new Atom("record.ageS", "<", "5.0"),
            new Atom("record.ageS", "<=", "5.0"),
            new Atom("record.ageS", ">", "5.0"),
            new Atom("record.ageS", ">=", "5.0"),
            new Atom("record.threatClass", "==", "'ICBM'"),
            new Atom("record.threatClass", "!=", "'ICBM'"),
            new Atom("record.threatClass", "in", "['ICBM', 'SRBM']"),
            new Atom("partner", "==", "'JPN'"));
    List<String> all = List.of(CLASSES);
    List<String> to = List.of("JPN", "USA");
    for (Atom a : atoms) {
      for (String decision : List.of("release", "sanitise", "hold", "withhold")) {
        Line rest =
            new Line(
                all,
                to,
                -1,
                List.of(),
                true,
                false,
                decision.equals("release") ? "withhold" : "release");
        Line plain = new Line(all, to, 1, List.of(a), true, false, decision);
        Line young = new Line(all, to, 1, List.of(a, atoms.get(2)), true, false, decision);
        requireCaught(
            List.of(plain, rest), replace(plain, List.of(a.flipped()), true, false), rest);
        requireCaught(List.of(plain, rest), replace(plain, plain.atoms(), true, true), rest);
        requireCaught(
            List.of(plain, rest), new Line(all, to, 2, List.of(a), true, false, decision), rest);
        requireCaught(
            List.of(plain, rest),
            new Line(all, List.of("JPN"), 1, List.of(a), true, false, decision),
            rest,
            a.left().equals("partner"));
        requireCaught(
            List.of(plain, rest),
            new Line(List.of("LAUNCH_POINT"), to, 1, List.of(a), true, false, decision),
            rest);
        if (!a.left().equals("record.ageS")) {
          requireCaught(List.of(young, rest), replace(young, young.atoms(), false, false), rest);
        }
      }
    }
  }

  private static Line replace(Line l, List<Atom> atoms, boolean and, boolean not) {
    return new Line(l.classes(), l.to(), l.minimum(), atoms, and, not, l.decision());
  }

  private static void requireCaught(List<Line> policy, Line mutant, Line rest) {
    requireCaught(policy, mutant, rest, false);
  }

  private static void requireCaught(List<Line> policy, Line mutant, Line rest, boolean same) {
    Releaser good = releaser(policy);
    Releaser bad = releaser(List.of(mutant, rest));
    boolean differs = cases().stream().anyMatch(c -> !decided(good, c).equals(decided(bad, c)));
    assertEquals(!same, differs, policy + " for " + mutant);
  }
}
