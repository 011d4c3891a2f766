package parallax.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static parallax.model.Nation.JPN;
import static parallax.model.Nation.KOR;
import static parallax.model.Nation.USA;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import parallax.model.Channel;
import parallax.model.Covariance;
import parallax.model.FlightPhase;
import parallax.model.Geodetic;
import parallax.model.ImpactPointPrediction;
import parallax.model.LaunchPointEstimate;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.model.StateVector;
import parallax.model.ThreatClass;
import parallax.model.TrackEstimate;
import parallax.model.TrackStatus;
import parallax.model.UtcTime;
import parallax.model.Vector3;
import parallax.model.Wgs84;
import parallax.release.Agreement;
import parallax.release.MalformedFileException;
import parallax.release.NationalPolicy;
import parallax.release.PolicyTrial;

/**
 * Pairs of worlds under random policies of KOR. They differ in something that USA may not know:
 * records withheld from it or held and never released, fields taken away, figures below a grid,
 * anything between KOR and JPN. What leaves for USA must be the same: every frame, in order and at
 * its time.
 *
 * <p>Whether USA may know a difference is asked of the rules alone, record by record, not of the
 * engine: two worlds in which some record would be told to USA otherwise are no pair.
 */
class SecretsTest {
  private static final int PAIRS = Integer.getInteger("parallax.secrets", 120);
  private static final int SECONDS = 10;
  private static final int BASE_TRACKS = 2;
  private static final String[] CLASSES = {"LAUNCH_POINT", "FLIGHT_PATH", "IMPACT_POINT"};

  /** Something that happens at KOR in one second; a secret act is in the second world alone. */
  private record Act(int second, boolean secret, Doing doing) {}

  private interface Doing {
    void in(Allies world);
  }

  /** A record's figures, so that a second world can have others. */
  private record Figures(
      long track,
      boolean launch,
      boolean state,
      boolean impact,
      Geodetic from,
      Geodetic at,
      Geodetic to,
      TrackStatus status,
      FlightPhase phase,
      ThreatClass threatClass,
      double ageS,
      double sigmaM) {
    FiledTrack filed(UtcTime now) {
      UtcTime made = now.plusSeconds(-ageS);
      double v = sigmaM * sigmaM;
      return new FiledTrack(
          track,
          launch
              ? Optional.of(
                  new LaunchPointEstimate(from, Covariance.diagonal(v, v), MadeUpFlight.LAUNCH, 2))
              : Optional.empty(),
          state
              ? Optional.of(
                  new TrackEstimate(
                      new StateVector(
                          made,
                          Wgs84.toEcef(at),
                          new Vector3(-1000, 500, 700),
                          Covariance.diagonal(v, v, v, 100, 100, 100)),
                      phase,
                      status,
                      threatClass,
                      made))
              : Optional.empty(),
          impact
              ? Optional.of(
                  new ImpactPointPrediction.Predicted(
                      made,
                      to,
                      Covariance.diagonal(v, v),
                      MadeUpFlight.LAUNCH.plusSeconds(600),
                      10))
              : Optional.empty());
    }

    Figures with(ThreatClass c, Geodetic newFrom, Geodetic newAt, Geodetic newTo) {
      return new Figures(
          track, launch, state, impact, newFrom, newAt, newTo, status, phase, c, ageS, sigmaM);
    }
  }

  private static Figures figures(SplittableRandom r, long track, boolean anywhere) {
    int what = r.nextInt(1, 8);
    double lat = anywhere && r.nextBoolean() ? 36 : 39.2;
    return new Figures(
        track,
        (what & 1) != 0,
        (what & 2) != 0,
        (what & 4) != 0,
        Geodetic.ofDegrees(lat + r.nextDouble() * 0.2, 126 + r.nextDouble() * 0.2, 0),
        Geodetic.ofDegrees(39.5 + r.nextDouble(), 128 + r.nextDouble(), 1e4 + 2e5 * r.nextDouble()),
        Geodetic.ofDegrees(39 + r.nextDouble(), 137 + r.nextDouble(), 0),
        one(r, TrackStatus.values()),
        one(r, FlightPhase.values()),
        one(r, ThreatClass.values()),
        r.nextInt(3),
        500 + 1000 * r.nextDouble());
  }

  /** One of the first four. */
  private static <T> T one(SplittableRandom r, T[] all) {
    return all[r.nextInt(4)];
  }

  private static Geodetic moved(SplittableRandom r, Geodetic g) {
    double m = Math.pow(10, r.nextDouble() * 4);
    return new Geodetic(
        g.latitudeRad() + (r.nextDouble() - 0.5) * m / 6.4e6,
        g.longitudeRad() + (r.nextDouble() - 0.5) * m / 5e6,
        g.altitudeM());
  }

  private static String policy(SplittableRandom r) {
    StringBuilder y = new StringBuilder("name: Random\nversion: 1\nnation: KOR\n");
    y.append("suspension: ").append(r.nextBoolean() ? "silent" : "announced").append("\nrules:\n");
    int rules = r.nextInt(1, 6);
    for (int i = 0; i < rules; i++) {
      y.append("  - name: rule ").append(i).append("\n    dataClasses: ");
      y.append(some(r, CLASSES)).append("\n    to: ").append(some(r, "JPN", "USA", "USA"));
      if (r.nextInt(4) == 0) {
        y.append("\n    minimumStatus: CONFIRMED");
      }
      if (r.nextInt(3) == 0) {
        y.append("\n    when: ").append(when(r));
      }
      y.append(decision(r));
    }
    return y + "default: withhold\n";
  }

  private static String when(SplittableRandom r) {
    return switch (r.nextInt(6)) {
      case 0 -> "record.threatClass in ['SRBM', 'MRBM']";
      case 1 -> "record.phase != 'BOOST'";
      case 2 -> "record.ageS < 1.5";
      case 3 -> "impact.longitudeDeg > 137.5";
      case 4 -> "launch.ageS > 5.0";
      default -> "record.sigmaKm < 1.0";
    };
  }

  private static String decision(SplittableRandom r) {
    return switch (r.nextInt(5)) {
      case 0 -> "\n    decision: release\n";
      case 1 -> "\n    decision: withhold\n";
      case 2 ->
          "\n    decision: hold\n    hold: {deadlineS: "
              + r.nextInt(1, 6)
              + ", otherwise: withhold, twoPerson: "
              + r.nextBoolean()
              + "}\n";
      default -> "\n    decision: sanitise\n    sanitise: {" + sanitising(r) + "}\n";
    };
  }

  private static String sanitising(SplittableRandom r) {
    List<String> all = new ArrayList<>();
    if (r.nextInt(3) == 0) {
      all.add("dropLaunchPoint: true");
    }
    if (r.nextInt(2) == 0) {
      all.add("dropThreatClass: true");
    }
    if (r.nextInt(2) == 0) {
      all.add("roundPosition: {gridKm: " + r.nextInt(5, 60) + ", velocityMps: 50}");
    }
    if (r.nextInt(3) == 0) {
      all.add("coarsenTimeS: 4");
    }
    if (r.nextInt(4) == 0) {
      all.add("covarianceFloorKm: 5");
    }
    if (r.nextInt(3) == 0) {
      all.add("limitRateS: " + (2 + 0.7 * r.nextInt(5)));
    }
    if (r.nextInt(3) == 0 || all.isEmpty()) {
      all.add("delayS: " + (1 + 0.7 * r.nextInt(5)));
    }
    return String.join(", ", all);
  }

  private static String some(SplittableRandom r, String... all) {
    List<String> out = new ArrayList<>();
    for (String s : all) {
      if (r.nextInt(3) > 0 && !out.contains(s)) {
        out.add(s);
      }
    }
    return (out.isEmpty() ? List.of(all[0]) : out).toString();
  }

  /** What happens in both worlds. */
  private static List<Act> base(SplittableRandom r, List<Figures> filed, List<Integer> when) {
    List<Act> acts = new ArrayList<>();
    for (int s = 0; s < SECONDS; s++) {
      for (int n = r.nextInt(3); n > 0; n--) {
        Figures f = figures(r, 1 + r.nextInt(BASE_TRACKS), false);
        filed.add(f);
        when.add(s);
      }
      if (r.nextInt(3) == 0) {
        Order.Answer answer = r.nextInt(4) == 0 ? Order.Answer.REFUSE : Order.Answer.RELEASE;
        String by = r.nextBoolean() ? "one" : "two";
        acts.add(new Act(s, false, w -> decide(w, USA, true, answer, by)));
      }
      if (r.nextInt(12) == 0) {
        acts.add(new Act(s, false, w -> recall(w, 1)));
      }
      if (r.nextInt(12) == 0) {
        Geodetic right = Geodetic.ofDegrees(39.3, 126.1 + r.nextDouble() * 0.1, 0);
        acts.add(new Act(s, false, w -> correct(w, 2, right)));
      }
    }
    return acts;
  }

  private static void file(Allies w, Figures f) {
    w.file(KOR, f.filed(w.now()));
  }

  private static void decide(
      Allies w, Nation partner, boolean ofBase, Order.Answer answer, String by) {
    w.desk(KOR).engine().held().stream()
        .filter(h -> h.partner().equals(partner) && isBase(h.report()) == ofBase)
        .findFirst()
        .ifPresent(
            h -> {
              w.step(KOR, new Input.Ordered(by, new Order.Decide(h.id(), answer)));
              w.step(KOR, new Input.Flush());
            });
  }

  private static boolean isBase(Report report) {
    return report.header().track().number() <= FiledTrack.FIRST + BASE_TRACKS;
  }

  private static void recall(Allies w, long track) {
    w.order(
        KOR,
        new Order.Recall(
            Filed.id(KOR, track),
            Optional.of(Report.DataClass.FLIGHT_PATH),
            Report.RecallReason.MISTAKE));
  }

  private static void correct(Allies w, long track, Geodetic right) {
    Report.Header h =
        new Report.Header(
            Filed.id(KOR, track),
            Channel.EXERCISE,
            w.now(),
            new parallax.model.ConfidentialityLabel(
                "PARALLAX",
                parallax.model.ConfidentialityLabel.Classification.UNCLASSIFIED,
                new java.util.TreeSet<>(Party.ALL),
                List.of(),
                w.now()));
    w.order(KOR, new Order.Correct(new Report.LaunchReport(h, Filed.launchAt(right))));
  }

  /** What is in the second world alone, or otherwise there. */
  private static List<Act> secrets(SplittableRandom r, List<Figures> filed) {
    List<Act> acts = new ArrayList<>();
    for (int n = r.nextInt(1, 4); n > 0; n--) {
      int s = r.nextInt(SECONDS);
      int at = filed.isEmpty() ? -1 : r.nextInt(filed.size());
      int kind = r.nextInt(8);
      if (kind < 3 && at >= 0) {
        Figures f = filed.get(at);
        filed.set(
            at,
            switch (kind) {
              case 0 -> f.with(one(r, ThreatClass.values()), f.from(), f.at(), f.to());
              case 1 -> f.with(f.threatClass(), moved(r, f.from()), f.at(), f.to());
              default -> f.with(f.threatClass(), f.from(), moved(r, f.at()), moved(r, f.to()));
            });
      } else if (kind == 3) {
        acts.add(
            new Act(s, true, w -> w.order(KOR, new Order.Suspend(JPN, Order.Direction.BOTH, "x"))));
        acts.add(
            new Act(
                Math.min(SECONDS - 1, s + 3),
                true,
                w -> w.order(KOR, new Order.Resume(JPN, Order.Backfill.ALL, Optional.empty()))));
      } else if (kind == 4) {
        acts.add(new Act(s, true, w -> decide(w, JPN, true, Order.Answer.RELEASE, "one")));
        acts.add(new Act(s, true, w -> decide(w, JPN, true, Order.Answer.RELEASE, "two")));
      } else if (kind == 5) {
        long track = 1L + BASE_TRACKS + r.nextInt(2);
        acts.add(new Act(s, true, w -> recall(w, track)));
      } else {
        boolean ofBase = r.nextInt(3) == 0;
        Figures f = figures(r, (ofBase ? 0 : BASE_TRACKS) + 1 + r.nextInt(2), true);
        acts.add(new Act(s, true, w -> file(w, f)));
      }
    }
    return acts;
  }

  /** A world, what the rules say that USA is told in it, and the frames that left for USA. */
  private static final class World {
    private final Allies allies = new Allies();
    private final List<String> toldByRules = new ArrayList<>();
    private int secretRecords;

    World(String policy) {
      allies.configure(KOR, allies.configuration(KOR).withPolicy(policy));
      Agreement agreement =
          Agreement.parse(Party.AGREEMENT.getBytes(StandardCharsets.UTF_8), "agreement");
      PolicyTrial trial =
          new PolicyTrial(
              agreement,
              NationalPolicy.parse(policy.getBytes(StandardCharsets.UTF_8), "policy", agreement),
              Channel.EXERCISE);
      allies
          .desk(KOR)
          .showOffers(
              (report, context, now, c) -> {
                PolicyTrial.Answer a = trial.ask(report, context, USA, now);
                boolean neverReleased =
                    a.outcome() == NationalPolicy.Outcome.HOLD && !isBase(report);
                if (a.outcome() == NationalPolicy.Outcome.WITHHOLD || neverReleased) {
                  secretRecords++;
                } else {
                  toldByRules.add(now + " " + a);
                }
              });
      allies.start().joinAll().pass(1);
    }

    void live(List<Act> acts, List<Figures> filed, List<Integer> when) {
      for (int s = 0; s < SECONDS; s++) {
        allies.later(0.3);
        for (int i = 0; i < filed.size(); i++) {
          if (when.get(i) == s) {
            file(allies, filed.get(i));
          }
        }
        doAll(acts, s, false);
        allies.later(0.4);
        doAll(acts, s, true);
        allies.pass(1);
      }
      allies.pass(8);
    }

    private void doAll(List<Act> acts, int second, boolean secret) {
      for (Act a : acts) {
        if (a.second() == second && a.secret() == secret) {
          a.doing().in(allies);
          allies.step(KOR, new Input.Flush()); // as a node does after each batch of inputs
        }
      }
    }
  }

  private static String differs(World one, World two) {
    List<Allies.Sent> a = one.allies.sent(KOR, USA);
    List<Allies.Sent> b = two.allies.sent(KOR, USA);
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      if (!a.get(i).equals(b.get(i))) {
        return "frame " + i + ":\n" + around(a, i) + "but\n" + around(b, i);
      }
    }
    return a.size() == b.size() ? "" : a.size() + " frames but " + b.size();
  }

  private static String around(List<Allies.Sent> all, int at) {
    StringBuilder b = new StringBuilder();
    for (Allies.Sent s : all.subList(Math.max(0, at - 3), Math.min(all.size(), at + 2))) {
      b.append("  ").append(s).append('\n');
    }
    return b.toString();
  }

  @Test
  void whatUsaMayNotKnowChangesNoFrameToIt() {
    SplittableRandom random = new SplittableRandom(Long.getLong("parallax.secrets.seed", 2026));
    int pairs = 0;
    int tried = 0;
    long secret = 0;
    long told = 0;
    SortedMap<String, Integer> kinds = new TreeMap<>();
    while (pairs < PAIRS) {
      tried++;
      long seed = random.nextLong();
      String policy = policy(new SplittableRandom(seed));
      World one;
      try {
        one = new World(policy);
      } catch (MalformedFileException e) {
        continue; // a rule that can never decide
      }
      World two = new World(policy);
      SplittableRandom r = new SplittableRandom(seed + 1);
      List<Figures> filed = new ArrayList<>();
      List<Integer> when = new ArrayList<>();
      List<Act> acts = base(r, filed, when);
      one.live(acts, filed, when);
      List<Figures> changed = new ArrayList<>(filed);
      List<Act> all = new ArrayList<>(acts);
      all.addAll(secrets(r, changed));
      two.live(all, changed, when);
      if (!one.toldByRules.equals(two.toldByRules)) {
        kinds.merge("USA may know", 1, Integer::sum);
        continue;
      }
      pairs++;
      secret += Math.abs(two.secretRecords - one.secretRecords);
      told += one.allies.numbered(KOR, USA).size();
      String difference = differs(one, two);
      assertTrue(
          difference.isEmpty(),
          () -> "seed " + seed + ": " + difference + "\n" + policy + "\n" + changed + "\n" + all);
      assertEquals(List.of(), two.allies.notices(KOR, Effect.NoticeKind.INTERNAL_FAULT));
    }
    assertEquals(PAIRS, pairs);
    assertTrue(told > 2L * PAIRS, "records to USA: " + told);
    assertTrue(secret > PAIRS / 5, "records more withheld: " + secret);
    assertTrue(tried < 6 * PAIRS, kinds + ", tried " + tried);
  }
}
