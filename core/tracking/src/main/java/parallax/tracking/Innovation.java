package parallax.tracking;

import org.jspecify.annotations.Nullable;
import parallax.model.Cholesky;

/**
 * One model's view of a measurement before it is used: the unscented innovation, its covariance,
 * the gain and what they say of the measurement's likelihood.
 */
final class Innovation {
  private final SigmaPoints points;
  private final double[][] z;
  private final double[] mz;
  private final double[] gain;
  private final double[] noise;
  private final double[][] shared;

  /** Squared Mahalanobis distance of the measurement from its prediction. */
  final double d2;

  /** Logarithm of the measurement's density, but for a constant that all models share. */
  final double logLik;

  private Innovation(
      SigmaPoints points,
      double[][] z,
      double[] mz,
      double[] gain,
      double[] noise,
      double[][] shared,
      double d2,
      double logLik) {
    this.points = points;
    this.z = z;
    this.mz = mz;
    this.gain = gain;
    this.noise = noise;
    this.shared = shared;
    this.d2 = d2;
    this.logLik = logLik;
  }

  /** The measurement against mean {@code x} and covariance {@code p}; null when out of view. */
  static @Nullable Innovation of(double[] x, double[] p, Measurement m) {
    return of(SigmaPoints.of(x, p.clone()), x, m);
  }

  /** As above with sigma points already drawn about {@code x}. */
  static @Nullable Innovation of(SigmaPoints points, double[] x, Measurement m) {
    int n = x.length;
    int size = m.size();
    double[] noise = m.noise();
    double[][] z = new double[points.points.length][size];
    for (int i = 0; i < z.length; i++) {
      if (!m.residual(points.points[i], z[i])) {
        return null;
      }
    }
    double[] mz = points.mean(z);
    double[] s = points.covariance(z, mz);
    for (int i = 0; i < size; i++) {
      s[i * size + i] += noise[i];
    }
    double[][] shared = m.shared(x);
    for (double[] c : shared) {
      for (int i = 0; i < size; i++) {
        for (int j = 0; j < size; j++) {
          s[i * size + j] += c[i] * c[j];
        }
      }
    }
    double[] cross = points.cross(points.points, x, z, mz);
    double[] l = Dense.factor(s, size);
    double[] inverse = Dense.inverseOfFactored(l, size);
    double[] gain = Dense.multiply(cross, inverse, n, size, size);
    double d2 = Cholesky.squaredDistance(l, mz, size);
    double logLik = -0.5 * (d2 + Dense.logDeterminant(l, size));
    if (!Double.isFinite(logLik)) {
      return null;
    }
    return new Innovation(points, z, mz, gain, noise, shared, d2, logLik);
  }

  /** The mean after the measurement: x - K (predicted - measured). */
  double[] mean(double[] x) {
    double[] y = x.clone();
    int m = mz.length;
    for (int i = 0; i < y.length; i++) {
      for (int j = 0; j < m; j++) {
        y[i] -= gain[i * m + j] * mz[j];
      }
    }
    return y;
  }

  /** The covariance after the measurement, about a mean before it of {@code x}. */
  double[] covariance(double[] x) {
    return points.corrected(x, z, mz, gain, noise, shared);
  }
}
