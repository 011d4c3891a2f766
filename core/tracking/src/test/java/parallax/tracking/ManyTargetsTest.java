package parallax.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import parallax.model.Geodetic;
import parallax.model.ImpactPointPrediction;
import parallax.model.Nation;
import parallax.model.Plot;
import parallax.model.Sensor;
import parallax.model.TrackId;
import parallax.model.TrackStatus;

/** Several targets at once, near each other, and what comes off them. */
final class ManyTargetsTest {
  private static final int SEEDS = 5;
  private static final Geodetic SITE = Geodetic.ofDegrees(39.0, 126.0, 0);

  private static TestFlight srbm(Geodetic site, double bearing) {
    return new TestFlight(site, bearing, 45, 3_000, new TestFlight.Stage(0, 70, 22, 45));
  }

  /** Which flight a track is of: the one it is nearest to, if that is near enough. */
  private static int flightOf(NationalTrack n, List<TestFlight> flights, double[] after) {
    double t = n.track().estimate().state().timeOfValidity().secondsSince(TestFlight.T0);
    int best = -1;
    double least = 20_000;
    for (int i = 0; i < flights.size(); i++) {
      double own = t - after[i];
      if (own > 0 && own < flights.get(i).impactS) {
        double d = TestRun.positionError(n, flights.get(i).at(own));
        if (d < least) {
          best = i;
          least = d;
        }
      }
    }
    return best;
  }

  /** Follows flights and says of each which tracks were nearest to it, once a second. */
  private static final class Score {
    final List<TreeSet<TrackId>> ids = new ArrayList<>();
    final TreeMap<TrackId, TreeSet<Integer>> flights = new TreeMap<>();
    int most;
    int stray;

    Score(int n) {
      for (int i = 0; i < n; i++) {
        ids.add(new TreeSet<>());
      }
    }

    void take(List<NationalTrack> tracks, List<TestFlight> of, double[] after) {
      int held = 0;
      for (NationalTrack n : tracks) {
        if (n.track().estimate().status() != TrackStatus.CONFIRMED) {
          continue;
        }
        held++;
        int f = flightOf(n, of, after);
        if (f < 0) {
          stray++;
        } else {
          ids.get(f).add(n.track().id());
          flights.computeIfAbsent(n.track().id(), k -> new TreeSet<>()).add(f);
        }
      }
      most = Math.max(most, held);
    }
  }

  private static Score follow(
      Nation nation,
      List<Sensor> sensors,
      List<TestFlight> flights,
      double[] after,
      long seed,
      double from,
      double to) {
    Sky sky = new Sky(sensors, seed);
    for (int i = 0; i < flights.size(); i++) {
      sky.with(flights.get(i), after[i]);
    }
    TestRun run = sky.run(nation);
    Score score = new Score(flights.size());
    run.feed(
        sky.plots(0, to),
        0,
        to,
        (t, tracks) -> {
          if (t >= from) {
            score.take(tracks, flights, after);
          }
        });
    return score;
  }

  @Test
  void holdsFourAtOnceOnBearingsTwoDegreesApart() {
    List<TestFlight> flights = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      flights.add(srbm(SITE, 85 + 2 * i));
    }
    double[] after = new double[4];
    for (int seed = 0; seed < SEEDS; seed++) {
      Score s = follow(Nation.KOR, TestSensors.kor(), flights, after, seed, 110, 220);
      assertEquals(4, s.most, "seed " + seed);
      for (int i = 0; i < 4; i++) {
        assertEquals(1, s.ids.get(i).size(), "seed " + seed + ": flight " + i + " as " + s.ids);
      }
      assertEquals(0, s.stray, "seed " + seed);
    }
  }

  @Test
  void holdsASalvoThirtySecondsApartFromOneSite() {
    List<TestFlight> flights = List.of(srbm(SITE, 85), srbm(SITE, 85), srbm(SITE, 85));
    double[] after = {0, 30, 60};
    for (int seed = 0; seed < SEEDS; seed++) {
      Score s = follow(Nation.KOR, TestSensors.kor(), flights, after, seed, 130, 260);
      assertEquals(3, s.flights.size(), "seed " + seed + ": " + s.flights);
      for (TreeSet<Integer> f : s.flights.values()) {
        assertEquals(1, f.size(), "seed " + seed + ": a track changed flights " + s.flights);
      }
    }
  }

  @Test
  void keepsCrossingTracksApart() {
    // From two sites 110 km apart: their ways cross about 190 km out, at one moment.
    TestFlight a = srbm(Geodetic.ofDegrees(39.5, 126.5, 0), 105);
    TestFlight b = srbm(Geodetic.ofDegrees(38.6, 126.5, 0), 76);
    for (int seed = 0; seed < SEEDS; seed++) {
      Score s = follow(Nation.KOR, TestSensors.kor(), List.of(a, b), new double[2], seed, 110, 250);
      assertEquals(2, s.flights.size(), "seed " + seed + ": " + s.flights);
      for (TreeSet<Integer> f : s.flights.values()) {
        assertEquals(1, f.size(), "seed " + seed + ": " + s.flights);
      }
    }
  }

  /** A body that comes off {@code f} at {@code fromS} with a push, and flies on without power. */
  static Sky.Body stage(TestFlight f, double fromS, double pushMps, double beta) {
    double[] x = f.at(fromS);
    double v = Math.sqrt(x[3] * x[3] + x[4] * x[4] + x[5] * x[5]);
    for (int i = 3; i < 6; i++) {
      x[i] -= pushMps * x[i] / v;
    }
    BallisticArc arc = BallisticArc.flyToGround(BallisticForces.wgs84(beta), x, 3 * 3600, 0.01);
    return new Sky.Body() {
      @Override
      public double @org.jspecify.annotations.Nullable [] at(double t) {
        return t < fromS || t >= fromS + arc.durationS() ? null : arc.at(t - fromS);
      }

      @Override
      public boolean burns(double t) {
        return false;
      }
    };
  }

  @Test
  void tracksASpentStageByItselfWithAnImpactOfItsOwn() {
    TestFlight f = TestFlight.irbm();
    for (int seed = 0; seed < SEEDS; seed++) {
      Sky sky = new Sky(TestSensors.jpn(), seed).with(f, 0);
      Sky.Body stage = stage(f, f.burnoutS, 40, 300);
      sky.with(stage);
      TestRun run = sky.run(Nation.JPN);
      run.feed(sky.plots(0, 340), 0, 340, (t, tracks) -> {});
      List<NationalTrack> all = run.tracker.tracks();
      assertEquals(2, all.size(), "seed " + seed);
      boolean first = all.get(0).partedFrom().isEmpty();
      NationalTrack payload = all.get(first ? 0 : 1);
      NationalTrack part = all.get(first ? 1 : 0);
      assertEquals(payload.track().id(), part.partedFrom().orElseThrow(), "seed " + seed);
      assertTrue(payload.partedFrom().isEmpty());
      assertTrue(TestRun.positionError(payload, f.at(340)) < 3_000, "seed " + seed);
      assertTrue(
          TestRun.positionError(part, Objects.requireNonNull(stage.at(340))) < 3_000,
          "seed " + seed);
      ImpactPointPrediction.Predicted p = (ImpactPointPrediction.Predicted) payload.impact();
      assertTrue(TestRun.missSquared(p, f) < 16, "seed " + seed + ": " + p);
      assertTrue(part.impact() instanceof ImpactPointPrediction.Predicted, "seed " + seed);
    }
  }

  @Test
  void latePlotsOfASalvoGiveTheSameTracksAsPlotsInOrder() {
    List<TestFlight> flights = List.of(srbm(SITE, 85), srbm(SITE, 88));
    Sky sky = new Sky(TestSensors.kor(), 3).with(flights.get(0), 0).with(flights.get(1), 10);
    List<Plot> plots = sky.plots(0, 200);
    TestRun inOrder = sky.run(Nation.KOR);
    plots.forEach(inOrder.tracker::onPlot);
    TestRun late = sky.run(Nation.KOR);
    PlotOrderTest.delayed(plots, 25).forEach(late.tracker::onPlot);
    assertEquals(2, inOrder.tracker.tracks().size());
    for (int i = 0; i < 2; i++) {
      assertEquals(
          inOrder.tracker.tracks().get(i).track().estimate().state(),
          late.tracker.tracks().get(i).track().estimate().state());
    }
  }

  @Test
  void sensorsThatDropOutAndReturnLeaveTheTracksWhatTheyWere() {
    List<TestFlight> flights = List.of(srbm(SITE, 85), srbm(SITE, 95));
    for (int seed = 0; seed < SEEDS; seed++) {
      Sky sky = new Sky(TestSensors.kor(), seed);
      flights.forEach(f -> sky.with(f, 0));
      List<Plot> plots = new ArrayList<>(sky.plots(0, 260));
      plots.removeIf(
          p -> {
            double t = p.timeOfValidity().secondsSince(TestFlight.T0);
            return (t > 120 && t < 160) || (t > 190 && p.sensor().name().equals("ship"));
          });
      TestRun run = sky.run(Nation.KOR);
      TreeSet<TrackId> ids = new TreeSet<>();
      TreeSet<TrackStatus> unseen = new TreeSet<>();
      run.feed(
          plots,
          0,
          260,
          (t, tracks) ->
              tracks.forEach(
                  n -> {
                    ids.add(n.track().id());
                    if (t > 130 && t < 158) {
                      unseen.add(n.track().estimate().status());
                    }
                  }));
      assertEquals(2, ids.size(), "seed " + seed);
      assertEquals(new TreeSet<>(List.of(TrackStatus.COASTED)), unseen, "seed " + seed);
    }
  }

  @Test
  void holdsTheTargetAndLittleElseInClutterTenTimesTheUsual() {
    for (int seed = 0; seed < 3; seed++) {
      TestFlight f = TestFlight.srbm();
      Sky sky = new Sky(TestSensors.kor(), seed).with(f, 0).withClutter(20);
      TestRun run = sky.run(Nation.KOR);
      int[] strays = {0};
      run.feed(
          sky.plots(0, 200),
          0,
          200,
          (t, tracks) -> {
            if (t > 100) {
              strays[0] +=
                  (int)
                      tracks.stream()
                          .filter(n -> TestRun.positionError(n, TestFlight.srbm().at(t)) > 20_000)
                          .count();
            }
          });
      NationalTrack target = run.tracker.tracks().getFirst();
      assertTrue(TestRun.positionError(target, f.at(200)) < 3_000);
      assertTrue(strays[0] <= 20, "seed " + seed + ": " + strays[0] + " seconds of strays");
    }
  }

  @Test
  void ofASalvoLostInBoostNoneIsFoundAgainAsAnother() {
    for (int seed = 0; seed < 3; seed++) {
      TestFlight f = TestFlight.lofted();
      double[] after = {0, 30};
      Sky sky = new Sky(TestSensors.jpn(), seed).with(f, 0).with(f, 30);
      List<Plot> plots = new ArrayList<>(sky.plots(0, f.impactS));
      plots.removeIf(
          p -> {
            double t = p.timeOfValidity().secondsSince(TestFlight.T0);
            return t > 200 && t < f.impactS - 600;
          });
      TestRun run = sky.run(Nation.JPN);
      TreeMap<TrackId, TreeSet<Integer>> seen = new TreeMap<>();
      run.feed(
          plots,
          0,
          f.impactS - 60,
          (t, tracks) -> {
            boolean told = (t > 150 && t < 200) || t > f.impactS - 500;
            for (NationalTrack n : told ? tracks : List.<NationalTrack>of()) {
              int flight = flightOf(n, List.of(f, f), after);
              if (n.track().estimate().status() == TrackStatus.CONFIRMED && flight >= 0) {
                seen.computeIfAbsent(n.track().id(), k -> new TreeSet<>()).add(flight);
              }
            }
          });
      for (TreeSet<Integer> flights : seen.values()) {
        assertEquals(1, flights.size(), "seed " + seed + ": one track of two flights " + seen);
      }
      assertTrue(seen.size() >= 2, "seed " + seed + ": " + seen);
    }
  }
}
