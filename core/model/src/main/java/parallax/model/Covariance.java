package parallax.model;

import java.util.Arrays;

/**
 * A symmetric positive definite matrix of squared uncertainties; the owner of the value says in
 * which frame and units its rows are.
 *
 * <p>Immutable. Construction fails unless the matrix is finite, symmetric to rounding (relative
 * 1e-9 of the diagonal) and positive definite (its Cholesky factor exists).
 */
public final class Covariance {
  private final int dimension;
  private final double[] rowMajor;

  private Covariance(int dimension, double[] rowMajor) {
    this.dimension = dimension;
    this.rowMajor = rowMajor;
  }

  /** A copy of {@code rowMajor}, {@code dimension} squared numbers, row by row. */
  public static Covariance of(int dimension, double... rowMajor) {
    if (dimension < 1 || rowMajor.length != dimension * dimension) {
      throw new InvalidValueException(
          "covariance",
          rowMajor.length + " numbers",
          dimension + " x " + dimension + " numbers, at least 1 x 1");
    }
    double[] m = rowMajor.clone();
    for (double v : m) {
      Check.finite("covariance element", v);
    }
    for (int i = 0; i < dimension; i++) {
      for (int j = 0; j < i; j++) {
        double a = m[i * dimension + j];
        double b = m[j * dimension + i];
        double scale = Math.sqrt(Math.abs(m[i * dimension + i] * m[j * dimension + j]));
        if (Math.abs(a - b) > 1e-9 * scale) {
          throw new InvalidValueException(
              "covariance", a + " at " + i + "," + j + " but " + b + " mirrored", "symmetry");
        }
        double mean = 0.5 * (a + b);
        m[i * dimension + j] = mean;
        m[j * dimension + i] = mean;
      }
    }
    requirePositiveDefinite(dimension, m);
    return new Covariance(dimension, m);
  }

  /** A diagonal matrix of the given variances. */
  public static Covariance diagonal(double... variances) {
    int n = variances.length;
    double[] m = new double[n * n];
    for (int i = 0; i < n; i++) {
      m[i * n + i] = variances[i];
    }
    return of(n, m);
  }

  private static void requirePositiveDefinite(int n, double[] m) {
    double[] l = new double[n * n];
    for (int j = 0; j < n; j++) {
      double d = m[j * n + j];
      for (int k = 0; k < j; k++) {
        d -= l[j * n + k] * l[j * n + k];
      }
      if (!(d > 0)) {
        throw new InvalidValueException(
            "covariance", "a matrix whose pivot " + j + " is " + d, "a positive definite matrix");
      }
      double root = Math.sqrt(d);
      l[j * n + j] = root;
      for (int i = j + 1; i < n; i++) {
        double s = m[i * n + j];
        for (int k = 0; k < j; k++) {
          s -= l[i * n + k] * l[j * n + k];
        }
        l[i * n + j] = s / root;
      }
    }
  }

  /** Number of rows. */
  public int dimension() {
    return dimension;
  }

  /** The element at {@code row}, {@code column}, both from 0. */
  public double get(int row, int column) {
    return rowMajor[row * dimension + column];
  }

  /** Standard deviation of component {@code i}: the root of its diagonal element. */
  public double sigma(int i) {
    return Math.sqrt(get(i, i));
  }

  /** A copy of the elements, row by row. */
  public double[] toRowMajor() {
    return rowMajor.clone();
  }

  /** The covariance of components {@code from} (inclusive) to {@code to} (exclusive). */
  public Covariance block(int from, int to) {
    int n = to - from;
    double[] m = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        m[i * n + j] = get(from + i, from + j);
      }
    }
    return of(n, m);
  }

  /** Root of the sum of the first {@code n} variances: the RMS size of that error. */
  public double rms(int n) {
    double s = 0;
    for (int i = 0; i < n; i++) {
      s += get(i, i);
    }
    return Math.sqrt(s);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Covariance c
        && c.dimension == dimension
        && Arrays.equals(c.rowMajor, rowMajor);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(rowMajor);
  }

  @Override
  public String toString() {
    return "Covariance" + dimension + Arrays.toString(rowMajor);
  }
}
