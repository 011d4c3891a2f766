package parallax.tracking;

/**
 * The symmetric sigma points of a Gaussian, 2n + 1 with kappa = 1: the centre with weight 1/(n+1),
 * the others 1/(2(n+1)). Weights are positive, so every covariance made from them is.
 */
final class SigmaPoints {
  final int n;
  final double[][] points;
  private final double centreWeight;
  private final double weight;

  private SigmaPoints(int n, double[][] points) {
    this.n = n;
    this.points = points;
    this.centreWeight = 1.0 / (n + 1);
    this.weight = 0.5 / (n + 1);
  }

  /** Points of mean {@code x} and covariance {@code p}, which is repaired where it must be. */
  static SigmaPoints of(double[] x, double[] p, int n) {
    double[] l = Dense.factor(p, n);
    double k = Math.sqrt(n + 1);
    double[][] points = new double[2 * n + 1][];
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
    return new SigmaPoints(n, points);
  }

  double weight(int i) {
    return i == 0 ? centreWeight : weight;
  }

  double[] mean() {
    return mean(points);
  }

  /** Weighted mean of images of the points. */
  double[] mean(double[][] images) {
    int m = images[0].length;
    double[] x = new double[m];
    for (int i = 0; i < images.length; i++) {
      double w = weight(i);
      for (int j = 0; j < m; j++) {
        x[j] += w * images[i][j];
      }
    }
    return x;
  }

  double[] covariance(double[] mean) {
    return cross(points, mean, points, mean);
  }

  /** Weighted second moment of two sets of images about their means. */
  double[] cross(double[][] a, double[] ma, double[][] b, double[] mb) {
    int n1 = ma.length;
    int n2 = mb.length;
    double[] p = new double[n1 * n2];
    for (int k = 0; k < a.length; k++) {
      double w = weight(k);
      for (int i = 0; i < n1; i++) {
        double d = w * (a[k][i] - ma[i]);
        for (int j = 0; j < n2; j++) {
          p[i * n2 + j] += d * (b[k][j] - mb[j]);
        }
      }
    }
    return p;
  }
}
