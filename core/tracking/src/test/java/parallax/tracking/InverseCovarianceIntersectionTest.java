package parallax.tracking;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import parallax.model.Cholesky;
import parallax.model.Covariance;
import parallax.model.InvalidValueException;

final class InverseCovarianceIntersectionTest {
  private static final Covariance WIDE = Covariance.of(2, 9, 1, 1, 4);
  private static final Covariance LONG = Covariance.of(2, 2, -0.5, -0.5, 12);

  private static CovarianceIntersection.Fused fuse(double[] x1, double[] x2) {
    return InverseCovarianceIntersection.fuse(x1, WIDE, x2, LONG);
  }

  @Test
  void isSurerThanCovarianceIntersectionAndNotSurerThanIndependence() {
    double[] x = {0, 0};
    double ici = determinant(fuse(x, x).p());
    double ci =
        determinant(
            CovarianceIntersection.fuse(
                    x, WIDE, x, LONG, CovarianceIntersection.Criterion.DETERMINANT)
                .p());
    double[] a = Dense.inverse(WIDE.toRowMajor(), 2);
    double[] b = Dense.inverse(LONG.toRowMajor(), 2);
    double[] sum = {a[0] + b[0], a[1] + b[1], a[2] + b[2], a[3] + b[3]};
    double independent = determinant(Covariance.of(2, Dense.inverse(sum, 2)));
    assertTrue(ici < ci, ici + " against " + ci);
    assertTrue(ici > independent, ici + " against " + independent);
  }

  private static double determinant(Covariance p) {
    return p.get(0, 0) * p.get(1, 1) - p.get(0, 1) * p.get(1, 0);
  }

  @Test
  void twoCopiesOfOneEstimateGiveThatEstimate() {
    double[] x = {3, -7};
    CovarianceIntersection.Fused f = InverseCovarianceIntersection.fuse(x, WIDE, x, WIDE);
    assertArrayEquals(x, f.x(), 1e-9);
    assertArrayEquals(WIDE.toRowMajor(), f.p().toRowMajor(), 1e-9);
  }

  /** Two estimates of one prior, each with a measurement of its own: the prior is common. */
  @Test
  void coversTheErrorOfEstimatesThatShareAPrior() {
    SplittableRandom random = new SplittableRandom(4);
    double sum = 0;
    int runs = 4000;
    for (int i = 0; i < runs; i++) {
      double[] prior = {4 * random.nextGaussian(), 4 * random.nextGaussian()};
      double[] x1 = new double[2];
      double[] x2 = new double[2];
      double[] p1 = new double[2];
      double[] p2 = new double[2];
      double[] r1 = {1, 6};
      double[] r2 = {6, 1};
      for (int k = 0; k < 2; k++) {
        p1[k] = 1 / (1 / 16.0 + 1 / (r1[k] * r1[k]));
        p2[k] = 1 / (1 / 16.0 + 1 / (r2[k] * r2[k]));
        x1[k] = p1[k] * (prior[k] / 16 + r1[k] * random.nextGaussian() / (r1[k] * r1[k]));
        x2[k] = p2[k] * (prior[k] / 16 + r2[k] * random.nextGaussian() / (r2[k] * r2[k]));
      }
      CovarianceIntersection.Fused f =
          InverseCovarianceIntersection.fuse(
              x1, Covariance.diagonal(p1), x2, Covariance.diagonal(p2));
      sum += Cholesky.squaredDistance(Dense.factor(f.p().toRowMajor(), 2), f.x(), 2);
    }
    double mean = sum / runs;
    assertTrue(mean < 2.1 && mean > 1, "mean NEES of 2 components: " + mean);
  }

  @Test
  void swapsItsWeightWithItsArguments() {
    double[] x1 = {1, 2};
    double[] x2 = {2, 1};
    CovarianceIntersection.Fused one = InverseCovarianceIntersection.fuse(x1, WIDE, x2, LONG);
    CovarianceIntersection.Fused two = InverseCovarianceIntersection.fuse(x2, LONG, x1, WIDE);
    assertEquals(one.omega(), 1 - two.omega(), 1e-6);
    assertArrayEquals(one.x(), two.x(), 1e-5);
  }

  @Test
  void refusesSizesThatDiffer() {
    assertThrows(
        InvalidValueException.class,
        () -> InverseCovarianceIntersection.fuse(new double[3], WIDE, new double[2], LONG));
  }
}
