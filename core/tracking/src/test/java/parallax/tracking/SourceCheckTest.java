package parallax.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import parallax.model.Covariance;
import parallax.model.FlightPhase;
import parallax.model.Geodetic;
import parallax.model.LaunchPointEstimate;
import parallax.model.Nation;
import parallax.model.StateVector;
import parallax.model.ThreatClass;
import parallax.model.TrackEstimate;
import parallax.model.TrackId;
import parallax.model.TrackStatus;
import parallax.model.Vector3;

final class SourceCheckTest {
  private static final TestFlight FLIGHT = TestFlight.irbm();

  private static ReportedTrack track(
      double lengthen, double quicken, double sigmaM, Geodetic site) {
    double[] x = FLIGHT.at(250);
    double p = sigmaM * sigmaM / 3;
    StateVector s =
        new StateVector(
            TestFlight.time(250),
            FlightPredictor.position(x).times(lengthen),
            new Vector3(x[3], x[4], x[5]).times(quicken),
            Covariance.diagonal(p, p, p, 4, 4, 4));
    return new ReportedTrack(
        new TrackId(Nation.KOR, 1),
        Optional.of(new LaunchPointEstimate(site, Covariance.diagonal(1e6, 1e6), TestFlight.T0, 5)),
        Optional.of(
            new TrackEstimate(
                s,
                FlightPhase.COAST,
                TrackStatus.CONFIRMED,
                ThreatClass.MRBM,
                TestFlight.time(250))),
        Optional.empty());
  }

  private static String doubt(ReportedTrack t) {
    return SourceCheck.doubt(t).orElse("none");
  }

  @Test
  void believesWhatCanBe() {
    for (double t = 20; t < FLIGHT.impactS; t += 40) {
      double[] x = FLIGHT.at(t);
      assertTrue(Orbit.inertialVelocity(x).norm() < 11_200);
    }
    assertEquals("none", doubt(track(1, 1, 300, FLIGHT.site)));
    ReportedTrack t = track(1, 1, 300, FLIGHT.site);
    assertEquals(
        Optional.empty(),
        SourceCheck.doubt(new ReportedTrack(t.id(), t.launch(), Optional.empty(), t.impact())));
  }

  @Test
  void doubtsWhatNoMissileDoes() {
    assertTrue(doubt(track(1, 4, 300, FLIGHT.site)).contains("m/s"));
    double under = 6_300_000 / FlightPredictor.position(FLIGHT.at(250)).norm();
    assertTrue(doubt(track(under, 1, 300, FLIGHT.site)).contains("km high"));
    assertTrue(doubt(track(1, 1, 0.5, FLIGHT.site)).contains("better than to a metre"));
    assertTrue(
        doubt(track(1, 1, 300, Geodetic.ofDegrees(-33, 18, 0))).contains("from where it was"));
  }
}
