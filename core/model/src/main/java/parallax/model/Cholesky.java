package parallax.model;

import org.jspecify.annotations.Nullable;

/** The factor L of a symmetric positive definite matrix L L^T; matrices are row by row. */
public final class Cholesky {
  private Cholesky() {}

  /** Lower factor of the n x n matrix {@code a}, or null when it is not positive definite. */
  public static double @Nullable [] factor(double[] a, int n) {
    double[] l = new double[n * n];
    for (int j = 0; j < n; j++) {
      double d = a[j * n + j];
      for (int k = 0; k < j; k++) {
        d -= l[j * n + k] * l[j * n + k];
      }
      if (!(d > 0 && d < Double.POSITIVE_INFINITY)) {
        return null;
      }
      double root = Math.sqrt(d);
      l[j * n + j] = root;
      for (int i = j + 1; i < n; i++) {
        double s = a[i * n + j];
        for (int k = 0; k < j; k++) {
          s -= l[i * n + k] * l[j * n + k];
        }
        l[i * n + j] = s / root;
      }
    }
    return l;
  }

  /** d^T (L L^T)^-1 d: the squared Mahalanobis distance. */
  public static double squaredDistance(double[] l, double[] d, int n) {
    double[] y = new double[n];
    double q = 0;
    for (int i = 0; i < n; i++) {
      double s = d[i];
      for (int k = 0; k < i; k++) {
        s -= l[i * n + k] * y[k];
      }
      y[i] = s / l[i * n + i];
      q += y[i] * y[i];
    }
    return q;
  }
}
