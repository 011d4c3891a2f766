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
    if (Cholesky.factor(m, dimension) == null) {
      throw new InvalidValueException(
          "covariance", "a matrix that is not positive definite", "a positive definite matrix");
    }
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

  /** The lower Cholesky factor, row by row. */
  public double[] factor() {
    double[] l = Cholesky.factor(rowMajor, dimension);
    if (l == null) {
      throw new IllegalStateException("a covariance that was positive definite is not");
    }
    return l;
  }

  /** The squared Mahalanobis distance of {@code d}, one number for each row. */
  public double squaredDistance(double... d) {
    return Cholesky.squaredDistance(factor(), d, dimension);
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
