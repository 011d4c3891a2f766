package parallax.tracking;

import java.util.List;
import parallax.model.SensorId;

/**
 * The belief of the interacting-multiple-model filter at one time. Immutable by convention: no one
 * writes to its arrays after it was made.
 */
final class ImmState {
  /** How long an infrared sensor that saw the target has been silent. */
  record Watch(SensorId sensor, double periodS, double detection, long lastNanos, int misses) {}

  /** Below this probability of powered flight the estimate is that of coast. */
  private static final double UNLIKELY = 0.1;

  final long nanos;
  final long lastPlotNanos;

  /** Probability that the motor burns (or that anything else but gravity and drag acts). */
  final double powered;

  /** Position, velocity, specific force; 9 and 9 x 9. */
  final double[] xb;

  final double[] pb;

  /** Position, velocity; 6 and 6 x 6. */
  final double[] xc;

  final double[] pc;
  final List<Watch> watches;

  ImmState(
      long nanos,
      long lastPlotNanos,
      double powered,
      double[] xb,
      double[] pb,
      double[] xc,
      double[] pc,
      List<Watch> watches) {
    this.nanos = nanos;
    this.lastPlotNanos = lastPlotNanos;
    this.powered = powered;
    this.xb = xb;
    this.pb = pb;
    this.xc = xc;
    this.pc = pc;
    this.watches = watches;
  }

  /** Mean of the mixture, or of coast alone when powered flight is unlikely. */
  double[] mean() {
    if (powered < UNLIKELY) {
      return xc.clone();
    }
    double[] x = new double[6];
    for (int i = 0; i < 6; i++) {
      x[i] = powered * xb[i] + (1 - powered) * xc[i];
    }
    return x;
  }

  /** Covariance that goes with {@link #mean()}, 6 x 6. */
  double[] covariance(double[] mean) {
    if (powered < UNLIKELY) {
      double[] own = pc.clone();
      Dense.factor(own, 6);
      return own;
    }
    double[] p = new double[36];
    for (int i = 0; i < 6; i++) {
      for (int j = 0; j < 6; j++) {
        p[i * 6 + j] =
            powered * (pb[i * 9 + j] + (xb[i] - mean[i]) * (xb[j] - mean[j]))
                + (1 - powered) * (pc[i * 6 + j] + (xc[i] - mean[i]) * (xc[j] - mean[j]));
      }
    }
    Dense.factor(p, 6);
    return p;
  }

  double heightM() {
    double[] x = powered > 0.5 ? xb : xc;
    return BallisticForces.height(x[0], x[1], x[2]);
  }

  /** Specific force along the velocity in the powered model, m/s^2. */
  double thrust() {
    double v = Math.sqrt(xb[3] * xb[3] + xb[4] * xb[4] + xb[5] * xb[5]);
    return v < 1 ? 0 : (xb[3] * xb[6] + xb[4] * xb[7] + xb[5] * xb[8]) / v;
  }

  /** Standard deviation of {@link #thrust()}, m/s^2. */
  double thrustSigma() {
    double v2 = xb[3] * xb[3] + xb[4] * xb[4] + xb[5] * xb[5];
    if (v2 < 1) {
      return 1e3;
    }
    double s = 0;
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        s += xb[3 + i] * xb[3 + j] * pb[(6 + i) * 9 + 6 + j];
      }
    }
    return Math.sqrt(Math.max(s, 0) / v2);
  }

  /** Size of the specific force across the velocity, m/s^2. */
  double lift() {
    double t = thrust();
    double a2 = xb[6] * xb[6] + xb[7] * xb[7] + xb[8] * xb[8];
    return Math.sqrt(Math.max(0, a2 - t * t));
  }
}
