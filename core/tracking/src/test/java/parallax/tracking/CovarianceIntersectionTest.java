package parallax.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import parallax.model.Covariance;
import parallax.model.InvalidValueException;
import parallax.tracking.CovarianceIntersection.Criterion;
import parallax.tracking.CovarianceIntersection.Fused;

/** Expected values: NRL Tracker Component Library. */
final class CovarianceIntersectionTest {
  private static final double[] X1 = {1, -2};
  private static final Covariance P1 = Covariance.of(2, 3, 0, 0, 0.4);
  private static final double[] X2 = {-2, -1};
  private static final Covariance P2 = Covariance.of(2, 2, -0.8, -0.8, 1);

  @Test
  void matchesPublishedValuesForTheDeterminant() {
    check(
        CovarianceIntersection.fuse(X1, P1, X2, P2, Criterion.DETERMINANT),
        0.5645161290,
        -0.4451547670,
        -1.8819922372,
        2.0990899899,
        -0.2620829120,
        0.5201213347);
  }

  @Test
  void matchesPublishedValuesForTheTrace() {
    check(
        CovarianceIntersection.fuse(X1, P1, X2, P2, Criterion.TRACE),
        0.4037029063,
        -0.8353666150,
        -1.7516668714,
        1.9693129837,
        -0.3662257607,
        0.5982820118);
  }

  private static void check(
      Fused f, double w, double x, double y, double xx, double xy, double yy) {
    assertEquals(w, f.omega(), 5.1e-11);
    assertEquals(x, f.x()[0], 5.1e-11);
    assertEquals(y, f.x()[1], 5.1e-11);
    assertEquals(xx, f.p().get(0, 0), 5.1e-11);
    assertEquals(xy, f.p().get(0, 1), 5.1e-11);
    assertEquals(yy, f.p().get(1, 1), 5.1e-11);
  }

  @Test
  void takesTheBetterEstimateWholeWhenItIsBetterInEveryDirection() {
    Fused f =
        CovarianceIntersection.fuse(
            X1, Covariance.diagonal(1, 1), X2, Covariance.diagonal(9, 9), Criterion.DETERMINANT);
    assertEquals(1, f.omega());
    assertEquals(1, f.x()[0], 1e-12);
  }

  @Test
  void refusesSizesThatDiffer() {
    assertThrows(
        InvalidValueException.class,
        () ->
            CovarianceIntersection.fuse(X1, P1, X2, Covariance.diagonal(1, 1, 1), Criterion.TRACE));
  }
}
