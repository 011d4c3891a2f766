package parallax.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import parallax.model.Covariance;
import parallax.model.FlightPhase;
import parallax.model.ImpactPointPrediction;
import parallax.model.PathPoint;
import parallax.model.StateVector;
import parallax.model.ThreatClass;
import parallax.model.Vector3;

final class FlightPredictorTest {
  private static StateVector state(double[] x, double t, double sigmaM, double sigmaMps) {
    double p = sigmaM * sigmaM;
    double v = sigmaMps * sigmaMps;
    return new StateVector(
        TestFlight.time(t),
        new Vector3(x[0], x[1], x[2]),
        new Vector3(x[3], x[4], x[5]),
        Covariance.diagonal(p, p, p, v, v, v));
  }

  @Test
  void putsAnExactStateDownWhereItFalls() {
    TestFlight f = TestFlight.irbm();
    FlightPrediction p =
        FlightPredictor.predict(
            state(f.at(200), 200, 1, 0.01),
            FlightPhase.COAST,
            new PredictionSettings(4_000, 1e-3, 150_000, 10, 300, 0));
    ImpactPointPrediction.Predicted hit =
        assertInstanceOf(ImpactPointPrediction.Predicted.class, p.impact());
    assertTrue(TestRun.missM(hit, f) < 5, "miss " + TestRun.missM(hit, f));
    assertEquals(f.impactS, hit.time().secondsSince(TestFlight.T0), 0.01);
    assertEquals(0, hit.point().altitudeM());
  }

  @Test
  void givesAPathInOrderOfTimeThatEndsOnTheGround() {
    TestFlight f = TestFlight.irbm();
    FlightPrediction p = FlightPredictor.predict(state(f.at(200), 200, 100, 5), FlightPhase.COAST);
    PathPoint before = p.path().getFirst();
    assertEquals(TestFlight.time(200), before.time());
    for (PathPoint point : p.path().subList(1, p.path().size())) {
      double gap = point.time().secondsSince(before.time());
      assertTrue(gap > 0 && gap <= 10.001, "gap " + gap);
      before = point;
    }
    assertEquals(0, before.place().altitudeM());
    assertTrue(before.crossTrackSigmaM() > 500);
  }

  @Test
  void expectsNoImpactOfAnOrbit() {
    double r = 6_378_137 + 500_000;
    double v = Math.sqrt(3.986004418e14 / r);
    double[] x = {r, 0, 0, 0, v * 0.5 - 7.292115e-5 * r, v * Math.sqrt(0.75)};
    assertInstanceOf(
        ImpactPointPrediction.NoImpactExpected.class,
        FlightPredictor.predict(state(x, 0, 100, 1), FlightPhase.COAST).impact());
    assertEquals(ThreatClass.SPACE_LAUNCH, Orbit.threatClass(x));
  }

  @Test
  void cannotTellWhileBoostingOrManoeuvringOrTooUncertain() {
    double[] x = TestFlight.irbm().at(200);
    for (FlightPhase phase :
        new FlightPhase[] {FlightPhase.UNKNOWN, FlightPhase.BOOST, FlightPhase.MANOEUVRE}) {
      assertInstanceOf(
          ImpactPointPrediction.CannotTellYet.class,
          FlightPredictor.predict(state(x, 0, 100, 1), phase).impact());
    }
    assertInstanceOf(
        ImpactPointPrediction.CannotTellYet.class,
        FlightPredictor.predict(state(x, 0, 5_000, 800), FlightPhase.COAST).impact());
  }

  @Test
  void leavesRoomForAGlideOfALowFlightAndNoneForALoftedOne() {
    double r = 6_378_137;
    double[] low = {r + 30_000, 0, 0, 500, 1_400, 0};
    double[] lofted = {r + 30_000, 0, 0, -2_000, 300, 0};
    FlightPrediction wide = FlightPredictor.predict(state(low, 0, 100, 1), FlightPhase.COAST);
    assertTrue(
        !(wide.impact() instanceof ImpactPointPrediction.Predicted p)
            || p.eastNorthM2().rms(2) > 80_000);
    ImpactPointPrediction.Predicted sure =
        assertInstanceOf(
            ImpactPointPrediction.Predicted.class,
            FlightPredictor.predict(state(lofted, 0, 100, 1), FlightPhase.REENTRY).impact());
    assertTrue(sure.eastNorthM2().rms(2) < 2_000, "sigma " + sure.eastNorthM2().rms(2));
  }

  @Test
  void classesByEnergy() {
    assertEquals(ThreatClass.SRBM, Orbit.threatClass(TestFlight.srbm().at(75)));
    assertEquals(ThreatClass.ICBM, Orbit.threatClass(grown(TestFlight.lofted().at(280), 1.25)));
  }

  private static double[] grown(double[] x, double k) {
    return new double[] {x[0], x[1], x[2], k * x[3], k * x[4], k * x[5]};
  }
}
