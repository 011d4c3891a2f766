package parallax.tracking;

import java.util.List;
import parallax.model.SensorId;

/**
 * The belief of the interacting-multiple-model filter at one time. Immutable by convention: no one
 * writes to its arrays after it was made.
 */
final class ImmState {
  /** How long an infrared sensor that saw the target has been silent. */
  record Watch(SensorId sensor, double periodS, double detection, long lastNanos, int misses) {
    private TrackerState.Watch state() {
      return new TrackerState.Watch(sensor, periodS, detection, lastNanos, misses);
    }
  }

  /** Below this probability of powered flight the estimate is that of unpowered flight. */
  private static final double UNLIKELY = 0.1;

  private static final double[] NONE = {};

  final long nanos;
  final long lastPlotNanos;

  /** Probability of each {@link Motion}. */
  final double[] w;

  /** Mean of each motion; empty where its probability is 0. */
  final double[][] x;

  /** Covariance of each motion, row by row. */
  final double[][] p;

  final List<Watch> watches;

  /** Probability that the motor burns (or that anything else but gravity and drag acts). */
  final double powered;

  ImmState(
      long nanos, long lastPlotNanos, double[] w, double[][] x, double[][] p, List<Watch> watches) {
    this.nanos = nanos;
    this.lastPlotNanos = lastPlotNanos;
    this.w = w;
    this.x = x;
    this.p = p;
    this.watches = watches;
    this.powered = w[Motion.BOOST.index] + w[Motion.MANOEUVRE.index];
  }

  /** The numbers of it. */
  TrackerState.Belief state() {
    return new TrackerState.Belief(
        nanos, lastPlotNanos, w, x, p, new Mapped<>(watches.size(), i -> watches.get(i).state()));
  }

  /** The belief of these numbers. */
  static ImmState of(TrackerState.Belief b) {
    return new ImmState(
        b.timeNs(),
        b.lastPlotNs(),
        b.weights(),
        b.means(),
        b.covariances(),
        b.watches().stream()
            .map(w -> new Watch(w.sensor(), w.periodS(), w.detection(), w.lastNs(), w.misses()))
            .toList());
  }

  /** As this with other probabilities. */
  ImmState weighing(double[] weights) {
    return new ImmState(nanos, lastPlotNanos, weights, x, p, watches);
  }

  /** As this with other watches. */
  ImmState watching(List<Watch> list) {
    return new ImmState(nanos, lastPlotNanos, w, x, p, list);
  }

  /** As this, but of a time that may be wrong by {@code sigmaS} seconds. */
  ImmState loosened(double sigmaS) {
    double[][] q = empty();
    for (int i = 0; i < w.length; i++) {
      if (w[i] > 0) {
        q[i] = loosened(x[i], p[i], x[i].length, sigmaS);
      }
    }
    return new ImmState(nanos, lastPlotNanos, w, x, q, watches);
  }

  /** Covariance {@code p} (n x n) of {@code x} whose time may be wrong by {@code sigmaS}. */
  static double[] loosened(double[] x, double[] p, int n, double sigmaS) {
    double[] flow = new double[Math.max(6, x.length)];
    BallisticForces.NOMINAL.derivative(x, flow);
    double[] q = p.clone();
    for (int i = 0; i < 6; i++) {
      for (int j = 0; j < 6; j++) {
        q[i * n + j] += sigmaS * sigmaS * flow[i] * flow[j];
      }
    }
    return q;
  }

  static double[][] empty() {
    double[][] a = new double[Motion.COUNT][];
    java.util.Arrays.fill(a, NONE);
    return a;
  }

  double weight(Motion m) {
    return w[m.index];
  }

  double[] x(Motion m) {
    return x[m.index];
  }

  double[] p(Motion m) {
    return p[m.index];
  }

  /** Whether a motion takes part in the estimate that is told. */
  private boolean counts(int i) {
    return w[i] > 0 && (powered >= UNLIKELY || !Motion.ALL[i].forced);
  }

  /** Mean of the mixture, or of unpowered flight alone when powered flight is unlikely. */
  double[] mean() {
    double[] m = new double[6];
    double sum = 0;
    for (int i = 0; i < Motion.COUNT; i++) {
      if (counts(i)) {
        sum += w[i];
        for (int k = 0; k < 6; k++) {
          m[k] += w[i] * x[i][k];
        }
      }
    }
    for (int k = 0; k < 6; k++) {
      m[k] /= sum;
    }
    return m;
  }

  /** Covariance that goes with {@link #mean()}, 6 x 6. */
  double[] covariance(double[] mean) {
    double[] c = new double[36];
    double sum = 0;
    for (int i = 0; i < Motion.COUNT; i++) {
      sum += counts(i) ? w[i] : 0;
    }
    for (int i = 0; i < Motion.COUNT; i++) {
      if (counts(i)) {
        int n = Motion.ALL[i].size;
        double share = w[i] / sum;
        for (int a = 0; a < 6; a++) {
          for (int b = 0; b < 6; b++) {
            c[a * 6 + b] += share * (p[i][a * n + b] + (x[i][a] - mean[a]) * (x[i][b] - mean[b]));
          }
        }
      }
    }
    Dense.factor(c, 6);
    return c;
  }

  /** The likeliest motion. */
  Motion likeliest() {
    int best = 0;
    for (int i = 1; i < Motion.COUNT; i++) {
      best = w[i] > w[best] ? i : best;
    }
    return Motion.ALL[best];
  }

  /** The likelier of the two unpowered motions. */
  Motion unpowered() {
    return weight(Motion.REENTRY) > weight(Motion.COAST) ? Motion.REENTRY : Motion.COAST;
  }

  /** The likelier of the two powered motions. */
  Motion forced() {
    return weight(Motion.MANOEUVRE) > weight(Motion.BOOST) ? Motion.MANOEUVRE : Motion.BOOST;
  }

  /** Drag in the re-entry motion, m/s^2; 0 where that motion takes no part. */
  double drag() {
    double[] r = x(Motion.REENTRY);
    return r.length == 0 ? 0 : BallisticForces.drag(r, StrictMath.exp(r[6]));
  }

  /** Size of the ratio of lift to drag in the re-entry motion; 0 where that takes no part. */
  double liftRatio() {
    double[] r = x(Motion.REENTRY);
    return r.length == 0 ? 0 : Math.hypot(r[7], r[8]);
  }

  /** Larger standard deviation of the two ratios of lift to drag. */
  double liftRatioSigma() {
    double[] c = p(Motion.REENTRY);
    return c.length == 0 ? Dynamics.LIFT_SIGMA : Math.sqrt(Math.max(c[70], c[80]));
  }

  double heightM() {
    double[] m = x(likeliest());
    return BallisticForces.height(m[0], m[1], m[2]);
  }

  /** Specific force along the velocity in the likelier powered motion, m/s^2. */
  double thrust() {
    return thrust(x(forced()));
  }

  static double thrust(double[] xb) {
    double v = Math.sqrt(xb[3] * xb[3] + xb[4] * xb[4] + xb[5] * xb[5]);
    return v < 1 ? 0 : (xb[3] * xb[6] + xb[4] * xb[7] + xb[5] * xb[8]) / v;
  }

  /** Standard deviation of {@link #thrust()}, m/s^2. */
  double thrustSigma() {
    return thrustSigma(x(forced()), p(forced()));
  }

  static double thrustSigma(double[] xb, double[] pb) {
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

  /** Size of the specific force across the velocity in the likelier powered motion, m/s^2. */
  double lift() {
    return lift(x(forced()));
  }

  static double lift(double[] xb) {
    double t = thrust(xb);
    double a2 = xb[6] * xb[6] + xb[7] * xb[7] + xb[8] * xb[8];
    return Math.sqrt(Math.max(0, a2 - t * t));
  }
}
