package parallax.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

class CholeskyTest {
  /** The example of many textbooks: L is {2; 6 1; -8 5 3}. */
  private static final double[] KNOWN = {4, 12, -16, 12, 37, -43, -16, -43, 98};

  @Test
  void factorsAPublishedMatrix() {
    assertArrayEquals(new double[] {2, 0, 0, 6, 1, 0, -8, 5, 3}, Cholesky.factor(KNOWN, 3), 1e-12);
  }

  @Test
  void whatIsNotPositiveDefiniteHasNoFactor() {
    assertNull(Cholesky.factor(new double[] {1, 2, 2, 1}, 2));
    assertNull(Cholesky.factor(new double[] {0}, 1));
    assertNull(Cholesky.factor(new double[] {Double.NaN}, 1));
    assertNull(Cholesky.factor(new double[] {Double.POSITIVE_INFINITY}, 1));
  }

  @Test
  void squaredDistanceIsInStandardDeviations() {
    Covariance c = Covariance.of(2, new double[] {4, 0, 0, 9});
    assertEquals(1 + 4, c.squaredDistance(2, 6), 1e-12);
    assertArrayEquals(new double[] {2, 0, 0, 3}, c.factor(), 1e-12);
  }
}
