package parallax.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import parallax.exercise.Flight;
import parallax.exercise.LaunchTable;
import parallax.exercise.NotionalSensors;
import parallax.exercise.PlotGenerator;
import parallax.model.Cholesky;
import parallax.model.FlightPhase;
import parallax.model.HorizontalEllipse;
import parallax.model.ImpactPointPrediction;
import parallax.model.LaunchPointEstimate;
import parallax.model.Nation;
import parallax.model.Plot;
import parallax.model.Sensor;
import parallax.model.StateVector;
import parallax.model.ThreatClass;
import parallax.model.TrackEstimate;
import parallax.model.TrackId;
import parallax.model.TrackStatus;
import parallax.model.Vector3;
import parallax.model.Wgs84;

final class NationalTrackerTest {
  private static final int SEEDS = 6;

  private static TestRun run(Nation n, List<Sensor> sensors, TestFlight f, long seed, double to) {
    TestRun run = new TestRun(n, sensors);
    run.feed(TestSensors.plots(f, sensors, seed, 0, to), 0, to, (t, tracks) -> {});
    return run;
  }

  @Test
  void predictsTheImpactSoonAfterBurnoutAndCoversTheTruth() {
    TestFlight f = TestFlight.irbm();
    int close = 0;
    int covered = 0;
    int told = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      for (Nation n : List.of(Nation.KOR, Nation.JPN, Nation.USA)) {
        TestRun run = run(n, sensorsOf(n), f, seed, f.burnoutS + 20);
        NationalTrack t = run.tracker.tracks().getFirst();
        assertEquals(FlightPhase.COAST, t.track().estimate().phase());
        if (t.impact() instanceof ImpactPointPrediction.Predicted p) {
          told++;
          close += TestRun.missM(p, f) < 50_000 ? 1 : 0;
          covered += TestRun.missSquared(p, f) < 9.21 ? 1 : 0;
        }
      }
    }
    assertTrue(told >= 3 * SEEDS - 2, "told within 20 s: " + told);
    assertTrue(close >= told - 2, "within 50 km: " + close + " of " + told);
    assertTrue(covered >= told - 2, "in the 99 % ellipse: " + covered + " of " + told);
  }

  private static List<Sensor> sensorsOf(Nation n) {
    return n.equals(Nation.KOR)
        ? TestSensors.kor()
        : n.equals(Nation.JPN) ? TestSensors.jpn() : TestSensors.usa();
  }

  @Test
  void knowsItsErrorInCoast() {
    TestFlight f = TestFlight.irbm();
    double sum = 0;
    int count = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      List<Sensor> sensors = TestSensors.jpn();
      TestRun run = new TestRun(Nation.JPN, sensors);
      double[] s = {0, 0};
      run.feed(
          TestSensors.plots(f, sensors, seed, 0, 380),
          0,
          380,
          (t, tracks) -> {
            if (t > 200 && t % 20 == 0) {
              s[0] += TestRun.nees(tracks.getFirst(), f);
              s[1]++;
            }
          });
      sum += s[0];
      count += (int) s[1];
    }
    double mean = sum / count;
    assertTrue(mean > 3.5 && mean < 9, "mean NEES of 6 components: " + mean);
  }

  @Test
  void seesBurnoutWithinSixSecondsAndBoostUntilThen() {
    TestFlight f = TestFlight.irbm();
    for (int seed = 0; seed < SEEDS; seed++) {
      List<Sensor> sensors = TestSensors.usa();
      TestRun run = new TestRun(Nation.USA, sensors);
      double[] coastFrom = {Double.NaN};
      run.feed(
          TestSensors.plots(f, sensors, seed, 0, 170),
          0,
          170,
          (t, tracks) -> {
            boolean coast =
                !tracks.isEmpty()
                    && tracks.getFirst().track().estimate().phase() == FlightPhase.COAST;
            if (coast && Double.isNaN(coastFrom[0])) {
              coastFrom[0] = t;
            }
          });
      assertTrue(
          coastFrom[0] >= f.burnoutS && coastFrom[0] <= f.burnoutS + 6,
          "seed " + seed + ": coast declared at " + coastFrom[0]);
    }
  }

  private static Flight published(String id) {
    return LaunchTable.bundled().launches().stream()
        .filter(l -> l.id().equals(id))
        .flatMap(l -> LaunchSweep.fly(l).stream())
        .findFirst()
        .orElseThrow();
  }

  private static List<Sensor> bundled(Nation nation) {
    return NotionalSensors.table().of(nation);
  }

  /** The first stage ends with 107 m/s^2, the next begins with 14: no plot comes as expected. */
  @Test
  void followsALaunchThroughAStagingThatTakesMostOfItsThrust() {
    Flight f = published("L14");
    List<Sensor> sensors = bundled(Nation.USA);
    for (int seed = 1; seed <= 3; seed++) {
      NationalTracker tracker =
          new NationalTracker(Nation.USA, new SensorRegistry(sensors), TrackerSettings.defaults());
      for (Plot p : PlotGenerator.plots(f, sensors, seed)) {
        if (p.timeOfValidity().secondsSince(f.launchTime()) < 160) {
          tracker.onPlot(p);
        }
      }
      assertEquals(1, tracker.tracks().size(), "tracks of one target, seed " + seed);
    }
  }

  @Test
  void goesOnPredictingAGlideThatEndsAsSlowlyAsAnAircraftFlies() {
    Flight f = published("L18");
    List<Sensor> sensors = bundled(Nation.KOR);
    NationalTracker tracker =
        new NationalTracker(Nation.KOR, new SensorRegistry(sensors), TrackerSettings.defaults());
    for (Plot p : PlotGenerator.plots(f, sensors, 1)) {
      double t = p.timeOfValidity().secondsSince(f.launchTime());
      if (t < 420) {
        tracker.onPlot(p);
        tracker.onTime(p.timeOfValidity());
      }
      if (t > 300 && t < 420) {
        assertInstanceOf(
            ImpactPointPrediction.Predicted.class, tracker.tracks().getFirst().impact(), "T+" + t);
      }
    }
  }

  @Test
  void knowsTheLaunchFromInfraredWithinSeconds() {
    TestFlight f = TestFlight.lofted();
    for (int seed = 0; seed < SEEDS; seed++) {
      List<Sensor> sensors = TestSensors.satellites();
      List<Plot> plots = TestSensors.plots(f, sensors, seed, 0, 100);
      TestRun run = new TestRun(Nation.USA, sensors);
      double first = plots.getFirst().timeOfValidity().secondsSince(TestFlight.T0);
      run.feed(plots, 0, first + 6, (t, tracks) -> {});
      TrackEvent.LaunchDetected d =
          assertInstanceOf(TrackEvent.LaunchDetected.class, run.events.getFirst());
      checkLaunch(f, d.launch(), 12_000, 16);
    }
  }

  private static void checkLaunch(
      TestFlight f, LaunchPointEstimate e, double sigmaLimitM, double gate) {
    Vector3 d = Wgs84.toEnu(Wgs84.toEcef(f.site).minus(Wgs84.toEcef(e.point())), e.point());
    double d2 =
        Cholesky.squaredDistance(
            Dense.factor(e.eastNorthM2().toRowMajor(), 2), new double[] {d.x(), d.y()}, 2);
    double sigma = HorizontalEllipse.of(e.eastNorthM2()).semiMajorM();
    assertTrue(d2 < gate, "launch point off by " + d.norm() + " m, d2 " + d2);
    assertTrue(sigma < sigmaLimitM, "launch sigma " + sigma);
    double dt = e.time().secondsSince(TestFlight.T0) / e.timeSigmaS();
    assertTrue(Math.abs(dt) < 3, "launch time off by " + dt + " sigma");
  }

  @Test
  void knowsTheLaunchFromRadarAlone() {
    TestFlight f = TestFlight.lofted();
    for (int seed = 0; seed < SEEDS; seed++) {
      TestRun run = run(Nation.KOR, TestSensors.kor(), f, seed, 110);
      NationalTrack t = run.tracker.tracks().getFirst();
      checkLaunch(f, t.launch().orElseThrow(), 40_000, 12);
    }
  }

  @Test
  void callsATrackLostInBoostLostAndPredictsNothing() {
    TestFlight f = TestFlight.irbm();
    List<Sensor> sensors = TestSensors.kor();
    TestRun run = new TestRun(Nation.KOR, sensors);
    List<Plot> plots = TestSensors.plots(f, sensors, 3, 0, 115);
    double[] sigma = {0};
    run.feed(
        plots,
        0,
        200,
        (t, tracks) -> {
          for (NationalTrack n : tracks) {
            assertFalse(n.impact() instanceof ImpactPointPrediction.Predicted);
            assertFalse(
                n.impact().madeFrom().isAfter(n.track().estimate().state().timeOfValidity()));
            if (n.impact() instanceof ImpactPointPrediction.ThreatFan fan) {
              assertFalse(
                  fan.madeFrom().isAfter(TestFlight.time(115)), "of the time after the last plot");
            }
            double now = n.track().estimate().state().covariance().rms(3);
            assertTrue(t < 120 || now >= sigma[0], "uncertainty shrank unseen");
            sigma[0] = now;
          }
        });
    NationalTrack last = run.tracker.tracks().getFirst();
    assertEquals(TrackStatus.LOST, last.track().estimate().status());
    assertInstanceOf(ImpactPointPrediction.CannotTellYet.class, last.impact());
    assertTrue(last.impact().toString().contains("lost while boosting"));
    assertTrue(sigma[0] > 20_000);
  }

  @Test
  void aTargetLostForLongIsToldAsItWasWhileThatStillSaidWhereItIs() {
    TestFlight f = TestFlight.irbm();
    List<Sensor> sensors = TestSensors.kor();
    TestRun run = new TestRun(Nation.KOR, sensors);
    double[] newestS = {0};
    run.feed(
        TestSensors.plots(f, sensors, 3, 0, 115),
        0,
        1_500,
        (t, tracks) -> {
          for (NationalTrack n : tracks) {
            StateVector s = n.track().estimate().state();
            assertTrue(s.covariance().rms(3) < 2e6, "at " + t + " s " + s.covariance().rms(3));
            newestS[0] = s.timeOfValidity().secondsSince(TestFlight.time(0));
          }
        });
    assertEquals(TrackStatus.LOST, run.tracker.tracks().getFirst().track().estimate().status());
    assertTrue(newestS[0] > 200 && newestS[0] < 1_200, "state of " + newestS[0] + " s");
    int told = run.events.size();
    run.feed(List.of(), 1_501, 1_600, (t, tracks) -> {});
    assertEquals(told, run.events.size(), "nothing new to tell");
  }

  @Test
  void coastsUnseenForLongAndFindsTheTargetAgainAsTheSameTrack() {
    TestFlight f = TestFlight.lofted();
    for (int seed = 0; seed < 4; seed++) {
      List<Sensor> sensors = TestSensors.kor();
      TestRun run = new TestRun(Nation.KOR, sensors);
      List<Plot> plots = new ArrayList<>(TestSensors.plots(f, sensors, seed, 0, 330));
      plots.addAll(TestSensors.plots(f, sensors, seed, 1800, 5000));
      TreeSet<TrackId> ids = new TreeSet<>();
      TreeSet<TrackStatus> unseen = new TreeSet<>();
      TreeSet<TrackStatus> after = new TreeSet<>();
      run.feed(
          plots,
          0,
          f.impactS - 40,
          (t, tracks) -> {
            assertTrue(tracks.size() <= 1, "duplicate at " + t);
            for (NationalTrack n : tracks) {
              ids.add(n.track().id());
              TrackStatus s = n.track().estimate().status();
              if (t > 400 && t < 1800) {
                unseen.add(s);
              } else if (t > f.impactS - 60) {
                after.add(s);
              }
            }
          });
      assertEquals(1, ids.size());
      assertEquals(new TreeSet<>(List.of(TrackStatus.COASTED)), unseen);
      assertEquals(new TreeSet<>(List.of(TrackStatus.CONFIRMED)), after);
      assertInstanceOf(
          ImpactPointPrediction.Predicted.class, run.tracker.tracks().getFirst().impact());
    }
  }

  @Test
  void resumesATrackLostInBoostWhenTheTargetComesDown() {
    TestFlight f = TestFlight.lofted();
    List<Sensor> sensors = TestSensors.jpn();
    TestRun run = new TestRun(Nation.JPN, sensors);
    List<Plot> plots = new ArrayList<>(TestSensors.plots(f, sensors, 2, 0, 180));
    plots.addAll(TestSensors.plots(f, sensors, 2, 1800, 5000));
    TreeSet<TrackId> ids = new TreeSet<>();
    run.feed(plots, 0, f.impactS - 60, (t, tracks) -> tracks.forEach(n -> ids.add(n.track().id())));
    assertEquals(1, ids.size());
    TrackEstimate e = run.tracker.tracks().getFirst().track().estimate();
    assertEquals(TrackStatus.CONFIRMED, e.status());
    assertInstanceOf(
        ImpactPointPrediction.Predicted.class, run.tracker.tracks().getFirst().impact());
  }

  @Test
  void endsTheTrackAfterImpact() {
    TestFlight f = TestFlight.irbm();
    TestRun run = run(Nation.JPN, TestSensors.jpn(), f, 5, f.impactS + 120);
    assertTrue(run.tracker.tracks().isEmpty());
    TrackEvent.TrackUpdated last =
        assertInstanceOf(TrackEvent.TrackUpdated.class, run.events.getLast());
    assertEquals(TrackStatus.ENDED, last.track().track().estimate().status());
    assertEquals(ThreatClass.MRBM, last.track().track().estimate().threatClass());
  }

  @Test
  void doesNotDoubleASingleTarget() {
    for (int seed = 0; seed < SEEDS; seed++) {
      for (TestFlight f : List.of(TestFlight.irbm(), TestFlight.srbm())) {
        List<Sensor> sensors = TestSensors.kor();
        TestRun run = new TestRun(Nation.KOR, sensors);
        long s = seed;
        run.feed(
            TestSensors.plots(f, sensors, seed, 0, 300),
            0,
            Math.min(300, f.impactS),
            (t, tracks) -> assertTrue(tracks.size() <= 1, "seed " + s + ": two at " + t));
        assertFalse(run.events.isEmpty());
      }
    }
  }
}
