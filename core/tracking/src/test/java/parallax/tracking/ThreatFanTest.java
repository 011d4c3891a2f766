package parallax.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import parallax.exercise.Flight;
import parallax.exercise.FlightState;
import parallax.exercise.LaunchTable;
import parallax.model.Covariance;
import parallax.model.Geodetic;
import parallax.model.ImpactPointPrediction.Branch;
import parallax.model.ImpactPointPrediction.ThreatFan;
import parallax.model.LaunchPointEstimate;
import parallax.model.Nation;
import parallax.model.StateVector;
import parallax.model.UtcTime;
import parallax.model.Vector3;
import parallax.model.Wgs84;

final class ThreatFanTest {
  private static Flight flight(String id) {
    return LaunchTable.bundled().launches().stream()
        .filter(l -> l.id().equals(id))
        .findFirst()
        .flatMap(LaunchSweep::fly)
        .orElseThrow();
  }

  private static StateVector at(Flight f, double t) {
    FlightState s = f.at(t);
    return new StateVector(
        f.launchTime().plusSeconds(t),
        s.positionM(),
        s.velocityMps(),
        Covariance.diagonal(1e6, 1e6, 1e6, 400, 400, 400));
  }

  private static Optional<LaunchPointEstimate> launch(Flight f) {
    return Optional.of(
        new LaunchPointEstimate(f.site(), Covariance.diagonal(1e8, 1e8), f.launchTime(), 2));
  }

  /** Over launches of every kind; {@link FanSweep} runs all of the table. */
  @Test
  void trueImpactLiesWhereNineTenthsOfTheFanLie() {
    List<FanSweep.Case> cases = new ArrayList<>();
    for (String id : List.of("L01", "L05", "L08", "L12", "L16", "L25", "L36", "L43", "L50")) {
      cases.addAll(FanSweep.cases(flight(id), Nation.USA, 3, false));
      cases.addAll(FanSweep.cases(flight(id), Nation.KOR, 3, false));
    }
    long inside = cases.stream().filter(c -> c.level() <= 0.9).count();
    assertTrue(cases.size() >= 40, cases.size() + " fans");
    assertTrue(inside >= 0.9 * cases.size(), inside + " of " + cases.size());
  }

  @Test
  void branchesAndWhatTheyLeaveOutAddUpToOne() {
    for (String id : List.of("L16", "L43")) {
      Flight f = flight(id);
      for (double share = 0.2; share < 1; share += 0.2) {
        ThreatFan fan = BoostFan.of(at(f, share * f.burnoutS()), launch(f));
        assertTrue(fan.branches().size() >= 3, id + " " + fan.branches().size());
        assertEquals(1, fan.impact() + fan.noImpact() + fan.beyond(), 1e-9);
        assertFalse(fan.branches().getFirst().burnout().isBefore(fan.madeFrom()));
        for (Branch b : fan.branches()) {
          assertTrue(b.time().isAfter(b.burnout()));
          assertEquals(0, b.point().altitudeM());
        }
      }
    }
  }

  @Test
  void motorThatStopsNowComesDownWhereItsBallisticFlightEnds() {
    Flight f = flight("L43");
    StateVector s = at(f, 0.7 * f.burnoutS());
    Branch now = BoostFan.of(s, launch(f)).branches().getFirst();
    double[] end =
        BallisticArc.flyToGround(
                BallisticForces.wgs84(PredictionSettings.defaults().ballisticCoefficient()),
                Orbit.vector(s),
                4 * 3600,
                0.05)
            .end();
    double miss = Wgs84.toEcef(now.point()).minus(FlightPredictor.position(end)).norm();
    assertTrue(miss < 500, miss + " m");
  }

  @Test
  void upperStageNearOrbitTellsThatItMayNotComeDown() {
    double r = Wgs84.A + 300_000;
    StateVector s =
        new StateVector(
            new UtcTime(0),
            new Vector3(r, 0, 0),
            new Vector3(60, 7_100, 0),
            Covariance.diagonal(1e6, 1e6, 1e6, 400, 400, 400));
    LaunchPointEstimate l =
        new LaunchPointEstimate(
            Geodetic.ofDegrees(39, 124, 0),
            Covariance.diagonal(1e8, 1e8),
            s.timeOfValidity().plusSeconds(-400),
            2);
    ThreatFan fan = BoostFan.of(s, Optional.of(l));
    assertTrue(fan.noImpact() > 0.5, fan.noImpact() + "");
  }

  @Test
  void survivalFallsFromOneToNothing() {
    double before = BurnoutPrior.survival(0);
    assertEquals(1, before);
    for (double t = 1; t < 2_000; t++) {
      double s = BurnoutPrior.survival(t);
      assertTrue(s < before && s > 0);
      before = s;
    }
    assertTrue(before < 0.01);
    double sum = 0;
    for (int i = 0; i < 400; i++) {
      double p = BurnoutPrior.stops(90, 70, 5 * i, 5 * (i + 1));
      assertTrue(p > 0);
      sum += p;
    }
    assertTrue(sum > 0.99 && sum < 1, sum + "");
  }

  /** Against the integrator, in a vacuum without J2, from seeded states. */
  @Test
  void closedFormFallAgreesWithTheIntegrator() {
    SplittableRandom random = new SplittableRandom(5);
    BallisticForces plain =
        new BallisticForces(Wgs84.GM, Wgs84.A, 0, Wgs84.OMEGA, Double.POSITIVE_INFINITY);
    for (int i = 0; i < 200; i++) {
      Geodetic g = Geodetic.ofDegrees(0, random.nextDouble(-180, 180), random.nextDouble(5e4, 4e5));
      Vector3 p = Wgs84.toEcef(g);
      Vector3 enu =
          new Vector3(random.nextDouble(-5_000, 5_000), 0, random.nextDouble(-2_000, 5_000));
      Vector3 v = Wgs84.fromEnu(enu, g);
      double[] s = {p.x(), p.y(), p.z(), v.x(), v.y(), v.z()};
      KeplerImpact fall = KeplerImpact.of(s);
      BallisticArc arc = BallisticArc.flyToGround(plain, s, 4 * 3600, 0.01);
      assertNotNull(fall);
      assertEquals(arc.durationS(), fall.flightS(), 0.01);
      double miss = fall.point().minus(FlightPredictor.position(arc.end())).norm();
      assertTrue(miss < 100, miss + " m");
    }
    assertNull(KeplerImpact.of(new double[] {7e6, 0, 0, 0, 7_600, 0}), "in orbit");
    assertNull(KeplerImpact.of(new double[] {7e6, 0, 0, 9_000, 9_000, 0}), "escapes");
  }

  /** Just below escape a fall takes days: it is none, as it is none of the arcs that are flown. */
  @Test
  void aPathThatComesDownAfterHoursDoesNotComeDown() {
    Vector3 r = Wgs84.toEcef(Geodetic.ofDegrees(39, 126, 300_000));
    Vector3 up = r.unit();
    for (double inertial : new double[] {4_000, 7_000, 10_000, 10_900}) {
      Vector3 v = up.times(inertial);
      KeplerImpact k = KeplerImpact.of(new double[] {r.x(), r.y(), r.z(), v.x(), v.y(), v.z()});
      assertEquals(inertial < 8_000, k != null, "at " + inertial + " m/s");
      assertTrue(k == null || k.flightS() < 4 * 3600);
    }
  }
}
