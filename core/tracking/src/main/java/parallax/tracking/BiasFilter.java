package parallax.tracking;

import java.util.Arrays;
import parallax.model.Cholesky;

/**
 * A Kalman filter of the constant errors of several radars together: of each its range (m), azimuth
 * and elevation (rad) and clock (s), in this order. Errors of range and of time look alike while a
 * target keeps its direction, so all are estimated jointly and their covariances are kept.
 */
final class BiasFilter {
  /** Components of one radar. */
  static final int EACH = 4;

  /** Place of the clock among the components of a radar. */
  static final int CLOCK = 3;

  private static final double RANGE_SIGMA_M = 200;
  private static final double ANGLE_SIGMA_RAD = 3e-3;
  private static final double CLOCK_SIGMA_S = 0.3;
  private static final double[] PRIOR = {
    RANGE_SIGMA_M, ANGLE_SIGMA_RAD, ANGLE_SIGMA_RAD, CLOCK_SIGMA_S
  };

  /** Share of the prior variance that an error may drift by from one comparison to the next. */
  private static final double DRIFT = 1e-7;

  /** Chi-square of three that a comparison of one target does not exceed. */
  private static final double GATE = 25;

  final int size;
  final double[] mean;
  final double[] covariance;

  BiasFilter(int radars) {
    this(EACH * radars, new double[EACH * radars], new double[EACH * radars * EACH * radars]);
    for (int i = 0; i < size; i++) {
      covariance[i * (size + 1)] = PRIOR[i % EACH] * PRIOR[i % EACH];
    }
  }

  private BiasFilter(int size, double[] mean, double[] covariance) {
    this.size = size;
    this.mean = mean;
    this.covariance = covariance;
  }

  /** The filter of these numbers. */
  static BiasFilter of(TrackerState.Estimate e) {
    return new BiasFilter(e.mean().length, e.mean().clone(), e.covariance().clone());
  }

  /** The numbers of it. */
  TrackerState.Estimate state() {
    return new TrackerState.Estimate(mean.clone(), covariance.clone());
  }

  BiasFilter copy() {
    return new BiasFilter(size, mean.clone(), covariance.clone());
  }

  /** Some radars of it alone, in the order given. */
  BiasFilter part(int[] radars) {
    int n = EACH * radars.length;
    BiasFilter part = new BiasFilter(n, new double[n], new double[n * n]);
    for (int i = 0; i < n; i++) {
      int a = EACH * radars[i / EACH] + i % EACH;
      part.mean[i] = mean[a];
      for (int j = 0; j < n; j++) {
        part.covariance[i * n + j] = covariance[a * size + EACH * radars[j / EACH] + j % EACH];
      }
    }
    return part;
  }

  double sigma(int component) {
    return Math.sqrt(covariance[component * (size + 1)]);
  }

  /** How well the difference of two components is known, 1 sigma. */
  double sigmaOfDifference(int a, int b) {
    double v = covariance[a * (size + 1)] + covariance[b * (size + 1)];
    return Math.sqrt(Math.max(0, v - 2 * covariance[a * size + b]));
  }

  /** The mean of radar {@code at}. */
  double[] meanOf(int at) {
    return Arrays.copyOfRange(mean, EACH * at, EACH * (at + 1));
  }

  /** The covariance of radar {@code at}. */
  double[] covarianceOf(int at) {
    double[] p = new double[EACH * EACH];
    for (int i = 0; i < EACH; i++) {
      System.arraycopy(covariance, (EACH * at + i) * size + EACH * at, p, i * EACH, EACH);
    }
    return p;
  }

  /** Lets a radar's clock be anything again, within {@code sigmaS} of what it was thought to be. */
  void openClock(int at, double sigmaS) {
    covariance[(EACH * at + CLOCK) * (size + 1)] += sigmaS * sigmaS;
  }

  /** Forgets what was found of a radar's clock. */
  void forgetClock(int at) {
    int k = EACH * at + CLOCK;
    for (int i = 0; i < size; i++) {
      covariance[k * size + i] = 0;
      covariance[i * size + k] = 0;
    }
    covariance[k * (size + 1)] = CLOCK_SIGMA_S * CLOCK_SIGMA_S;
    mean[k] = 0;
  }

  /**
   * Takes a comparison of three components: {@code y} is {@code h} times the errors, and noise of
   * covariance {@code r}. False, and nothing changes, when it does not fit.
   */
  boolean compare(double[] y, double[] h, double[] r) {
    double[] ph = Dense.multiplyTransposed(covariance, h, size, size, 3);
    double[] s = Dense.multiply(h, ph, 3, size, 3);
    double[] v = Dense.multiply(h, mean, 3, size, 1);
    for (int i = 0; i < 9; i++) {
      s[i] += r[i];
    }
    for (int i = 0; i < 3; i++) {
      v[i] = y[i] - v[i];
    }
    double[] l = Dense.factor(s, 3);
    if (!(Cholesky.squaredDistance(l, v, 3) < GATE)) {
      return false;
    }
    double[] gain = Dense.multiply(ph, Dense.inverseOfFactored(l, 3), size, 3, 3);
    for (int i = 0; i < size; i++) {
      for (int k = 0; k < 3; k++) {
        mean[i] += gain[3 * i + k] * v[k];
      }
      for (int j = 0; j < size; j++) {
        for (int k = 0; k < 3; k++) {
          covariance[i * size + j] -= gain[3 * i + k] * ph[3 * j + k];
        }
      }
      covariance[i * (size + 1)] += DRIFT * PRIOR[i % EACH] * PRIOR[i % EACH];
    }
    Dense.symmetrise(covariance, size);
    return true;
  }

  /**
   * Takes it that component {@code k} is {@code value}, within {@code sigma}; returns the squared
   * normalised distance of that from what was known.
   */
  double suppose(int k, double value, double sigma) {
    double[] h = new double[size];
    h[k] = 1;
    return suppose(h, value, sigma);
  }

  /** As above of the sum of all components, each weighed by {@code h}. */
  double suppose(double[] h, double value, double sigma) {
    double[] ph = Dense.multiply(covariance, h, size, size, 1);
    double s = sigma * sigma;
    double v = value;
    for (int i = 0; i < size; i++) {
      s += h[i] * ph[i];
      v -= h[i] * mean[i];
    }
    for (int i = 0; i < size; i++) {
      mean[i] += ph[i] / s * v;
      for (int j = 0; j < size; j++) {
        covariance[i * size + j] -= ph[i] * ph[j] / s;
      }
    }
    return v * v / s;
  }
}
