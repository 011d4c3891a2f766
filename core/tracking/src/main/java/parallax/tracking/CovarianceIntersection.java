package parallax.tracking;

import parallax.model.Covariance;
import parallax.model.InvalidValueException;

/**
 * Covariance intersection of two estimates whose errors may be correlated in an unknown way (Julier
 * and Uhlmann, American Control Conference 1997):
 *
 * <pre>
 * P^-1 = w P1^-1 + (1 - w) P2^-1
 * P^-1 x = w P1^-1 x1 + (1 - w) P2^-1 x2
 * </pre>
 *
 * with w from 0 to 1 chosen so that the determinant or the trace of P is least. Both criteria are
 * convex in w; the zero of the derivative is found by bisection to the last bits. The result covers
 * the true error whatever the correlation.
 */
public final class CovarianceIntersection {
  /** What is made least. */
  public enum Criterion {
    /** det P: does not depend on the units of the components. */
    DETERMINANT,
    /** tr P: sums the components as they are. */
    TRACE
  }

  /** A fused estimate. */
  public static final class Fused {
    private final double omega;
    private final double[] x;
    private final Covariance p;

    Fused(double omega, double[] x, Covariance p) {
      this.omega = omega;
      this.x = x;
      this.p = p;
    }

    /** Weight of the first estimate, 0 to 1. */
    public double omega() {
      return omega;
    }

    /** A copy of the state. */
    public double[] x() {
      return x.clone();
    }

    /** Its covariance. */
    public Covariance p() {
      return p;
    }
  }

  private CovarianceIntersection() {}

  /** Fuses (x1, p1) and (x2, p2) by {@code criterion}. */
  public static Fused fuse(
      double[] x1, Covariance p1, double[] x2, Covariance p2, Criterion criterion) {
    int n = p1.dimension();
    if (p2.dimension() != n || x1.length != n || x2.length != n) {
      throw new InvalidValueException(
          "sizes",
          x1.length + ", " + n + ", " + x2.length + ", " + p2.dimension(),
          "four equal sizes");
    }
    double[] i1 = Dense.inverse(p1.toRowMajor(), n);
    double[] i2 = Dense.inverse(p2.toRowMajor(), n);
    double w = bestWeight(i1, i2, n, criterion);
    double[] p = Dense.inverse(blend(i1, i2, w), n);
    Dense.symmetrise(p, n);
    double[] y = new double[n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        y[i] += w * i1[i * n + j] * x1[j] + (1 - w) * i2[i * n + j] * x2[j];
      }
    }
    double[] x = Dense.multiply(p, y, n, n, 1);
    return new Fused(w, x, Covariance.of(n, p));
  }

  private static double bestWeight(double[] i1, double[] i2, int n, Criterion criterion) {
    if (slope(i1, i2, 0, n, criterion) <= 0) {
      return 0;
    }
    if (slope(i1, i2, 1, n, criterion) >= 0) {
      return 1;
    }
    double lo = 0;
    double hi = 1;
    for (int k = 0; k < 52; k++) {
      double mid = 0.5 * (lo + hi);
      if (slope(i1, i2, mid, n, criterion) > 0) {
        lo = mid;
      } else {
        hi = mid;
      }
    }
    return 0.5 * (lo + hi);
  }

  /** Minus the derivative of ln det P or of tr P by w: falls as w grows. */
  private static double slope(double[] i1, double[] i2, double w, int n, Criterion criterion) {
    double[] p = Dense.inverse(blend(i1, i2, w), n);
    double[] m =
        switch (criterion) {
          case DETERMINANT -> p;
          case TRACE -> Dense.multiply(p, p, n, n, n);
        };
    double s = 0;
    for (int i = 0; i < n * n; i++) {
      s += m[i] * (i1[i] - i2[i]);
    }
    return s;
  }

  private static double[] blend(double[] a, double[] b, double w) {
    double[] m = new double[a.length];
    for (int i = 0; i < m.length; i++) {
      m[i] = w * a[i] + (1 - w) * b[i];
    }
    return m;
  }
}
