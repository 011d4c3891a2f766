package parallax.tracking;

import parallax.model.Cholesky;
import parallax.model.Vector3;

/** Small dense matrices as row-major arrays: the few operations the filters need. */
final class Dense {
  private Dense() {}

  /**
   * Lower Cholesky factor of {@code a}, which is first made symmetric and, where rounding has cost
   * it its positive pivots, given a larger diagonal (from 1e-12 of each element, times ten per
   * try). {@code a} is changed to the matrix that was factored.
   */
  static double[] factor(double[] a, int n) {
    symmetrise(a, n);
    double[] l = Cholesky.factor(a, n);
    for (double k = 1e-12; l == null && k < 1; k *= 10) {
      for (int i = 0; i < n; i++) {
        double d = a[i * n + i];
        a[i * n + i] = (Double.isFinite(d) ? Math.abs(d) : 1) * (1 + k) + k * 1e-3;
      }
      l = Cholesky.factor(a, n);
    }
    if (l == null) {
      throw new ArithmeticException(n + " x " + n + " covariance could not be factored");
    }
    return l;
  }

  /** Replaces {@code a} by the mean of itself and its transpose. */
  static void symmetrise(double[] a, int n) {
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        double m = 0.5 * (a[i * n + j] + a[j * n + i]);
        a[i * n + j] = m;
        a[j * n + i] = m;
      }
    }
  }

  /** Copies the lower triangle of {@code a} to the upper one. */
  static void mirror(double[] a, int n) {
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        a[j * n + i] = a[i * n + j];
      }
    }
  }

  /** Inverse of L L^T. */
  static double[] inverseOfFactored(double[] l, int n) {
    double[] li = new double[n * n];
    for (int c = 0; c < n; c++) {
      for (int i = c; i < n; i++) {
        double s = i == c ? 1 : 0;
        for (int k = c; k < i; k++) {
          s -= l[i * n + k] * li[k * n + c];
        }
        li[i * n + c] = s / l[i * n + i];
      }
    }
    double[] inv = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double s = 0;
        for (int k = i; k < n; k++) {
          s += li[k * n + i] * li[k * n + j];
        }
        inv[i * n + j] = s;
        inv[j * n + i] = s;
      }
    }
    return inv;
  }

  /** Inverse of a positive definite matrix. */
  static double[] inverse(double[] a, int n) {
    return inverseOfFactored(factor(a.clone(), n), n);
  }

  /** Natural logarithm of det(L L^T). */
  static double logDeterminant(double[] l, int n) {
    double s = 0;
    for (int i = 0; i < n; i++) {
      s += StrictMath.log(l[i * n + i]);
    }
    return 2 * s;
  }

  /** Product of {@code a} (n x m) and {@code b} (m x p). */
  static double[] multiply(double[] a, double[] b, int n, int m, int p) {
    double[] c = new double[n * p];
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < m; k++) {
        double v = a[i * m + k];
        if (v != 0) {
          for (int j = 0; j < p; j++) {
            c[i * p + j] += v * b[k * p + j];
          }
        }
      }
    }
    return c;
  }

  /** Product of {@code a} (n x m) and the transpose of {@code b} (p x m). */
  static double[] multiplyTransposed(double[] a, double[] b, int n, int m, int p) {
    double[] c = new double[n * p];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < p; j++) {
        double s = 0;
        for (int k = 0; k < m; k++) {
          s += a[i * m + k] * b[j * m + k];
        }
        c[i * p + j] = s;
      }
    }
    return c;
  }

  /** The leading {@code k} x {@code k} block of the n x n matrix {@code a}. */
  static double[] leading(double[] a, int n, int k) {
    double[] b = new double[k * k];
    for (int i = 0; i < k; i++) {
      System.arraycopy(a, i * n, b, i * k, k);
    }
    return b;
  }

  /** Largest eigenvalue of the leading 3 x 3 block of {@code a} (n x n), by its bound in use. */
  static double largestOfLeading3(double[] a, int n) {
    double[] v = {1, 1, 1};
    double lambda = 0;
    for (int it = 0; it < 30; it++) {
      double x = a[0] * v[0] + a[1] * v[1] + a[2] * v[2];
      double y = a[n] * v[0] + a[n + 1] * v[1] + a[n + 2] * v[2];
      double z = a[2 * n] * v[0] + a[2 * n + 1] * v[1] + a[2 * n + 2] * v[2];
      double m = Math.sqrt(x * x + y * y + z * z);
      if (!(m > 0)) {
        return Math.max(a[0], Math.max(a[n + 1], a[2 * n + 2]));
      }
      lambda = m / Math.sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
      v = new double[] {x / m, y / m, z / m};
    }
    return Math.max(lambda, Math.max(a[0], Math.max(a[n + 1], a[2 * n + 2])));
  }

  /** a' C b for the 3 x 3 block C that begins at row and column {@code from} of an n x n matrix. */
  static double quadratic(double[] m, int n, int from, Vector3 a, Vector3 b) {
    double[] left = {a.x(), a.y(), a.z()};
    double[] right = {b.x(), b.y(), b.z()};
    double out = 0;
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        out += left[i] * m[(from + i) * n + from + j] * right[j];
      }
    }
    return out;
  }
}
