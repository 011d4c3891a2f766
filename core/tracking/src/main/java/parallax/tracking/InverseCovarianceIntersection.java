package parallax.tracking;

import parallax.model.Covariance;
import parallax.model.InvalidValueException;

/**
 * Inverse covariance intersection of two estimates (Noack, Sijs, Reinhardt and Hanebeck, Automatica
 * 79, 2017, pages 35-41):
 *
 * <pre>
 * G = (w P1 + (1 - w) P2)^-1
 * P^-1 = P1^-1 + P2^-1 - G
 * x = P ((P1^-1 - w G) x1 + (P2^-1 - (1 - w) G) x2)
 * </pre>
 *
 * with w from 0 to 1 chosen so that det P is least (golden section). It is surer than covariance
 * intersection and holds when what the two have in common is common information, such as an
 * estimate or a process noise that entered both. It does not hold for any correlation whatever, so
 * it is for estimates whose provenance shows that they share no measurement in another way.
 */
public final class InverseCovarianceIntersection {
  private static final double GOLDEN = 0.5 * (Math.sqrt(5) - 1);
  private static final int STEPS = 60;

  private InverseCovarianceIntersection() {}

  /** Fuses (x1, p1) and (x2, p2). */
  public static CovarianceIntersection.Fused fuse(
      double[] x1, Covariance p1, double[] x2, Covariance p2) {
    int n = p1.dimension();
    if (p2.dimension() != n || x1.length != n || x2.length != n) {
      throw new InvalidValueException(
          "sizes",
          x1.length + ", " + n + ", " + x2.length + ", " + p2.dimension(),
          "four equal sizes");
    }
    double[] a = p1.toRowMajor();
    double[] b = p2.toRowMajor();
    double[] i1 = Dense.inverse(a, n);
    double[] i2 = Dense.inverse(b, n);
    double w = bestWeight(a, b, i1, i2, n);
    double[] g = common(a, b, w, n);
    double[] y = new double[n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        int k = i * n + j;
        y[i] += (i1[k] - w * g[k]) * x1[j] + (i2[k] - (1 - w) * g[k]) * x2[j];
      }
    }
    double[] p = Dense.inverse(information(i1, i2, g), n);
    Dense.symmetrise(p, n);
    return new CovarianceIntersection.Fused(w, Dense.multiply(p, y, n, n, 1), Covariance.of(n, p));
  }

  private static double[] common(double[] a, double[] b, double w, int n) {
    double[] mix = new double[n * n];
    for (int k = 0; k < mix.length; k++) {
      mix[k] = w * a[k] + (1 - w) * b[k];
    }
    return Dense.inverse(mix, n);
  }

  private static double[] information(double[] i1, double[] i2, double[] g) {
    double[] m = new double[g.length];
    for (int k = 0; k < m.length; k++) {
      m[k] = i1[k] + i2[k] - g[k];
    }
    return m;
  }

  private static double bestWeight(double[] a, double[] b, double[] i1, double[] i2, int n) {
    double lo = 0;
    double hi = 1;
    for (int s = 0; s < STEPS; s++) {
      double left = hi - GOLDEN * (hi - lo);
      double right = lo + GOLDEN * (hi - lo);
      if (gain(a, b, i1, i2, left, n) >= gain(a, b, i1, i2, right, n)) {
        hi = right;
      } else {
        lo = left;
      }
    }
    return 0.5 * (lo + hi);
  }

  /** ln det P^-1. */
  private static double gain(double[] a, double[] b, double[] i1, double[] i2, double w, int n) {
    double[] m = information(i1, i2, common(a, b, w, n));
    return Dense.logDeterminant(Dense.factor(m, n), n);
  }
}
