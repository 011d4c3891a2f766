package parallax.tracking;

/**
 * The symmetric sigma points of a Gaussian: the centre and a pair on each axis of the covariance's
 * Cholesky factor.
 *
 * <p>The filters use kappa = 1 (Julier and Uhlmann, Proc. IEEE 92, 2004): weights 1/(n+1) and
 * 1/(2(n+1)), all positive, so every covariance made from them is. {@link #scaled} gives the points
 * of the scaled transform (van der Merwe, thesis, Oregon Health and Science University, 2004).
 */
final class SigmaPoints {
  final int n;
  final double[][] points;
  private final double meanCentre;
  private final double covarianceCentre;
  private final double weight;

  private SigmaPoints(
      double[] x, double[] p, double spread2, double meanCentre, double covarianceCentre) {
    this.n = x.length;
    this.meanCentre = meanCentre;
    this.covarianceCentre = covarianceCentre;
    this.weight = 0.5 / spread2;
    double[] l = Dense.factor(p, n);
    double k = Math.sqrt(spread2);
    points = new double[2 * n + 1][];
    points[0] = x.clone();
    for (int c = 0; c < n; c++) {
      double[] plus = x.clone();
      double[] minus = x.clone();
      for (int i = c; i < n; i++) {
        double d = k * l[i * n + c];
        plus[i] += d;
        minus[i] -= d;
      }
      points[1 + c] = plus;
      points[1 + n + c] = minus;
    }
  }

  /**
   * Points of mean {@code x} and covariance {@code p} (n x n), which is repaired where rounding has
   * cost it its positive pivots.
   */
  static SigmaPoints of(double[] x, double[] p) {
    int n = x.length;
    double centre = 1.0 / (n + 1);
    return new SigmaPoints(x, p, n + 1.0, centre, centre);
  }

  /**
   * Points of the scaled transform: spread a^2 (n + k), centre weights l/(n + l) for the mean and
   * that + 1 - a^2 + b for the covariance, l = a^2 (n + k) - n.
   */
  static SigmaPoints scaled(double[] x, double[] p, double alpha, double beta, double kappa) {
    int n = x.length;
    double spread2 = alpha * alpha * (n + kappa);
    double centre = (spread2 - n) / spread2;
    return new SigmaPoints(x, p, spread2, centre, centre + 1 - alpha * alpha + beta);
  }

  double[] mean() {
    return mean(points);
  }

  /** Weighted mean of images of the points. */
  double[] mean(double[][] images) {
    int m = images[0].length;
    double[] x = new double[m];
    for (int i = images.length - 1; i >= 0; i--) {
      double w = i == 0 ? meanCentre : weight;
      double[] p = images[i];
      for (int j = 0; j < m; j++) {
        x[j] += w * p[j];
      }
    }
    return x;
  }

  /** Weighted second moment of the points about {@code mean}. */
  double[] covariance(double[] mean) {
    return covariance(points, mean);
  }

  /** Weighted second moment of images of the points about {@code mean}: symmetric. */
  double[] covariance(double[][] images, double[] mean) {
    int m = mean.length;
    double[] p = new double[m * m];
    double[] d = new double[m];
    for (int k = 0; k < images.length; k++) {
      double w = k == 0 ? covarianceCentre : weight;
      double[] image = images[k];
      for (int i = 0; i < m; i++) {
        d[i] = image[i] - mean[i];
      }
      for (int i = 0; i < m; i++) {
        double a = w * d[i];
        int row = i * m;
        for (int j = 0; j <= i; j++) {
          p[row + j] += a * d[j];
        }
      }
    }
    Dense.mirror(p, m);
    return p;
  }

  /** Weighted second moment of two sets of images about their means. */
  double[] cross(double[][] a, double[] ma, double[][] b, double[] mb) {
    int n1 = ma.length;
    int n2 = mb.length;
    double[] p = new double[n1 * n2];
    for (int k = 0; k < a.length; k++) {
      double w = k == 0 ? covarianceCentre : weight;
      for (int i = 0; i < n1; i++) {
        double d = w * (a[k][i] - ma[i]);
        for (int j = 0; j < n2; j++) {
          p[i * n2 + j] += d * (b[k][j] - mb[j]);
        }
      }
    }
    return p;
  }

  /**
   * Covariance after a measurement whose images (residuals) are {@code z} about {@code mz}, with
   * gain {@code k} (n x m), diagonal noise {@code r} and further noise in the columns {@code
   * shared}: the sum of w (dx - K dz)(dx - K dz)^T and K R K^T. A sum of squares: positive definite
   * whatever the rounding, as Joseph's form is.
   */
  double[] corrected(
      double[] mean, double[][] z, double[] mz, double[] k, double[] r, double[][] shared) {
    int m = mz.length;
    double[] p = new double[n * n];
    double[] e = new double[n];
    for (int s = 0; s < points.length; s++) {
      double w = s == 0 ? covarianceCentre : weight;
      for (int i = 0; i < n; i++) {
        double d = points[s][i] - mean[i];
        for (int j = 0; j < m; j++) {
          d -= k[i * m + j] * (z[s][j] - mz[j]);
        }
        e[i] = d;
      }
      addSquare(p, e, w);
    }
    for (int j = 0; j < m; j++) {
      for (int i = 0; i < n; i++) {
        e[i] = k[i * m + j];
      }
      addSquare(p, e, r[j]);
    }
    for (double[] c : shared) {
      for (int i = 0; i < n; i++) {
        e[i] = 0;
        for (int j = 0; j < m; j++) {
          e[i] += k[i * m + j] * c[j];
        }
      }
      addSquare(p, e, 1);
    }
    Dense.mirror(p, n);
    return p;
  }

  /** Adds w e e^T to the lower triangle of {@code p}. */
  private void addSquare(double[] p, double[] e, double w) {
    for (int i = 0; i < n; i++) {
      double a = w * e[i];
      int row = i * n;
      for (int j = 0; j <= i; j++) {
        p[row + j] += a * e[j];
      }
    }
  }
}
