package parallax.warning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import parallax.model.Covariance;
import parallax.model.ImpactPointPrediction.Predicted;
import parallax.model.Wgs84;

class NormalTest {
  @Test
  void agreesWithPublishedTables() {
    // Abramowitz and Stegun, table 26.1.
    assertEquals(0.5, Normal.below(0), 1e-15);
    assertEquals(0.841344746068543, Normal.below(1), 1e-14);
    assertEquals(0.977249868051821, Normal.below(2), 1e-14);
    assertEquals(0.998650101968370, Normal.below(3), 1e-14);
    assertEquals(1 - 0.977249868051821, Normal.below(-2), 1e-14);
    assertEquals(1.959963985, Normal.quantile(0.975), 1e-8);
    assertEquals(0, Normal.quantile(0.5), 1e-8);
  }

  @Test
  void isOneAndZeroFarOut() {
    assertEquals(1, Normal.below(40));
    assertEquals(0, Normal.below(-40));
  }

  @Test
  void theImpactSampleHasTheCovarianceOfThePrediction() {
    Predicted p =
        new Predicted(
            Scenes.LAUNCH,
            Scenes.at(41, 139),
            Covariance.of(2, 4e8, 1.5e8, 1.5e8, 1e8),
            Scenes.LAUNCH.plusSeconds(600),
            5);
    double ee = 0;
    double en = 0;
    double nn = 0;
    Mercator.Spot[] spots = ImpactSample.spots(p);
    Mercator.Spot c = Mercator.Spot.of(p.point());
    for (Mercator.Spot s : spots) {
      double e = (s.x() - c.x()) / c.scale();
      double n = (s.y() - c.y()) / c.scale();
      ee += e * e / spots.length;
      en += e * n / spots.length;
      nn += n * n / spots.length;
    }
    // Cells stand for their tails by a nearer point, which loses a few per cent of the variance.
    assertEquals(4e8, ee, 0.05 * 4e8);
    assertEquals(1.5e8, en, 0.05 * 2e8);
    assertEquals(1e8, nn, 0.05 * 1e8);
    assertTrue(ImpactSample.reachM(p) > 2.5 * 20_000);
    assertEquals(0, Wgs84.toGeodetic(Wgs84.toEcef(p.point())).altitudeM(), 1e-6);
  }
}
