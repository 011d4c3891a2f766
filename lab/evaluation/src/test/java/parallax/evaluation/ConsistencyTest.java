package parallax.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import parallax.evaluation.Consistency.Phase;
import parallax.exercise.Flight;
import parallax.exercise.LaunchTable;
import parallax.exercise.Salvo;
import parallax.model.Covariance;
import parallax.model.Geodetic;
import parallax.model.ImpactPointPrediction.Predicted;
import parallax.model.StateVector;
import parallax.model.UtcTime;
import parallax.model.Vector3;
import parallax.model.Wgs84;

class ConsistencyTest {
  private static final UtcTime T = new UtcTime(0);

  @Test
  void sixErrorsOfOneSigmaHaveASquareOfSix() {
    Vector3 p = new Vector3(6.5e6, 0, 0);
    Vector3 v = new Vector3(0, 3000, 0);
    StateVector s = new StateVector(T, p, v, Covariance.diagonal(100, 400, 900, 1, 4, 9));
    Vector3 truth = p.plus(new Vector3(10, -20, 30));
    assertEquals(6, Consistency.nees(s, truth, v.plus(new Vector3(1, 2, -3))), 1e-9);
    assertEquals(0, Consistency.nees(s, p, v), 0);
  }

  @Test
  void errorsAlongACorrelationWeighLess() {
    double[] p = new double[36];
    for (int i = 0; i < 6; i++) {
      p[i * 7] = 1;
    }
    p[1] = 0.6;
    p[6] = 0.6;
    Vector3 x = new Vector3(6.5e6, 0, 0);
    Vector3 v = new Vector3(0, 3000, 0);
    StateVector s = new StateVector(T, x, v, Covariance.of(6, p));
    assertEquals(2 / 1.6, Consistency.nees(s, x.plus(new Vector3(1, 1, 0)), v), 1e-6);
    assertEquals(2 / 0.4, Consistency.nees(s, x.plus(new Vector3(1, -1, 0)), v), 1e-6);
  }

  @Test
  void anImpactTwoSigmasNorthHasASquareOfFour() {
    Geodetic at = Geodetic.ofDegrees(40, 135, 0);
    Predicted p = new Predicted(T, at, Covariance.diagonal(1e6, 4e6), T, 1);
    Geodetic north = Wgs84.toGeodetic(Wgs84.toEcef(at).plus(northwards(at, 4000)));
    assertEquals(4, Consistency.squaredSigmas(p, north), 0.01);
  }

  private static Vector3 northwards(Geodetic at, double metres) {
    double s = Math.sin(at.latitudeRad());
    double c = Math.cos(at.latitudeRad());
    return new Vector3(-s * Math.cos(at.longitudeRad()), -s * Math.sin(at.longitudeRad()), c)
        .times(metres);
  }

  @Test
  void aLoftedFlightBurnsThenCoastsThenReenters() {
    Flight f =
        LaunchTable.bundled().launches().stream()
            .filter(l -> l.id().equals("L04"))
            .findFirst()
            .flatMap(l -> FlownLaunch.of(l).flight())
            .orElseThrow();
    Consistency c = new Consistency(Salvo.of(f));
    assertEquals(Phase.BOOST, c.phaseAt(f, f.burnoutS() - 1));
    assertEquals(Phase.COAST, c.phaseAt(f, f.burnoutS() + 1));
    assertEquals(Phase.COAST, c.phaseAt(f, f.durationS() / 2));
    assertEquals(Phase.REENTRY, c.phaseAt(f, f.durationS() - 5));
    assertTrue(f.apogeeM() > Consistency.REENTRY_BELOW_M);
  }
}
