package parallax.tracking;

import org.jspecify.annotations.Nullable;

/**
 * One model's view of a plot before it is used: the unscented innovation, its covariance, the gain
 * and what they say of the plot's likelihood.
 */
final class Innovation {
  private final double[] gain;
  private final double[] s;
  private final double[] nu;

  /** Squared Mahalanobis distance of the plot from its prediction. */
  final double d2;

  /** Logarithm of the plot's density, but for a constant that all models share. */
  final double logLik;

  private Innovation(double[] gain, double[] s, double[] nu, double d2, double logLik) {
    this.gain = gain;
    this.s = s;
    this.nu = nu;
    this.d2 = d2;
    this.logLik = logLik;
  }

  /** The plot against mean {@code x} and covariance {@code p}; null when it is out of view. */
  static @Nullable Innovation of(double[] x, double[] p, PlotModel m) {
    int n = x.length;
    SigmaPoints points = SigmaPoints.of(x, p.clone(), n);
    double[][] z = new double[points.points.length][m.size];
    for (int i = 0; i < z.length; i++) {
      if (!m.residual(points.points[i], z[i])) {
        return null;
      }
    }
    double[] mz = points.mean(z);
    double[] s = points.cross(z, mz, z, mz);
    for (int i = 0; i < m.size; i++) {
      s[i * m.size + i] += m.noise[i];
    }
    double[] cross = points.cross(points.points, x, z, mz);
    double[] l = Dense.factor(s, m.size);
    double[] inverse = Dense.inverseOfFactored(l, m.size);
    double[] gain = Dense.multiply(cross, inverse, n, m.size, m.size);
    double[] nu = new double[m.size];
    for (int i = 0; i < m.size; i++) {
      nu[i] = -mz[i];
    }
    double d2 = Dense.squaredDistance(l, nu, m.size);
    return new Innovation(gain, s, nu, d2, -0.5 * (d2 + Dense.logDeterminant(l, m.size)));
  }

  /** Moves the mean and shrinks the covariance in place: x + K nu, P - K S K^T. */
  void apply(double[] x, double[] p) {
    int n = x.length;
    int m = nu.length;
    double[] dx = Dense.multiply(gain, nu, n, m, 1);
    for (int i = 0; i < n; i++) {
      x[i] += dx[i];
    }
    double[] ks = Dense.multiply(gain, s, n, m, m);
    double[] drop = Dense.multiplyTransposed(ks, gain, n, m, n);
    for (int i = 0; i < n * n; i++) {
      p[i] -= drop[i];
    }
    Dense.factor(p, n);
  }
}
