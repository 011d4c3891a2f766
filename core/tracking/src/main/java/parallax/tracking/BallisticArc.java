package parallax.tracking;

import java.util.ArrayList;
import java.util.List;
import parallax.model.Check;

/**
 * An unpowered flight integrated by the Dormand-Prince 5(4) pair with adaptive steps (Dormand and
 * Prince, J. Comp. Appl. Math. 6, 1980), with quintic Hermite interpolation between its knots.
 */
public final class BallisticArc {
  private static final double A21 = 1.0 / 5;
  private static final double A31 = 3.0 / 40;
  private static final double A32 = 9.0 / 40;
  private static final double A41 = 44.0 / 45;
  private static final double A42 = -56.0 / 15;
  private static final double A43 = 32.0 / 9;
  private static final double A51 = 19372.0 / 6561;
  private static final double A52 = -25360.0 / 2187;
  private static final double A53 = 64448.0 / 6561;
  private static final double A54 = -212.0 / 729;
  private static final double A61 = 9017.0 / 3168;
  private static final double A62 = -355.0 / 33;
  private static final double A63 = 46732.0 / 5247;
  private static final double A64 = 49.0 / 176;
  private static final double A65 = -5103.0 / 18656;
  private static final double B1 = 35.0 / 384;
  private static final double B3 = 500.0 / 1113;
  private static final double B4 = 125.0 / 192;
  private static final double B5 = -2187.0 / 6784;
  private static final double B6 = 11.0 / 84;
  private static final double E1 = 71.0 / 57600;
  private static final double E3 = -71.0 / 16695;
  private static final double E4 = 71.0 / 1920;
  private static final double E5 = -17253.0 / 339200;
  private static final double E6 = 22.0 / 525;
  private static final double E7 = -1.0 / 40;
  private static final int MAX_STEPS = 20_000;

  /** Beyond any flight from the ground to the ground, m/s. */
  private static final double FASTEST_MPS = 30_000;

  private final List<double[]> knots;
  private final boolean grounded;

  private BallisticArc(List<double[]> knots, boolean grounded) {
    this.knots = knots;
    this.grounded = grounded;
  }

  /**
   * Flies for {@code seconds} (negative: back in time), whatever is in the way. A path back in time
   * that comes into dense air gains speed without end; it ends where it is faster than any flight.
   *
   * @param start position (m) then velocity (m/s), ECEF
   * @param toleranceM largest local error of a step in position, metres (velocity: 1/100 per s)
   */
  public static BallisticArc fly(
      BallisticForces forces, double[] start, double seconds, double toleranceM) {
    return integrate(forces, start, seconds, toleranceM, false);
  }

  /** As {@link #fly}, but ends where the height above the ellipsoid falls to 0. */
  public static BallisticArc flyToGround(
      BallisticForces forces, double[] start, double maxSeconds, double toleranceM) {
    return integrate(forces, start, maxSeconds, toleranceM, true);
  }

  private static BallisticArc integrate(
      BallisticForces f, double[] start, double seconds, double tolerance, boolean toGround) {
    Check.finite("flight time (s)", seconds);
    Check.positive("tolerance (m)", tolerance);
    List<double[]> knots = new ArrayList<>(64);
    double[][] k = new double[7][6];
    double[] y = start.clone();
    double[] next = new double[6];
    double sign = seconds < 0 ? -1 : 1;
    double t = 0;
    double h = sign * Math.min(10, Math.abs(seconds));
    f.derivative(y, k[0]);
    knots.add(knot(0, y, k[0]));
    int steps = 0;
    while (sign * (seconds - t) > 1e-9 && steps++ < MAX_STEPS) {
      h = sign * Math.min(Math.abs(h), Math.abs(seconds - t));
      double error = step(f, y, h, k, next) / tolerance;
      if (!(error <= 1) && Math.abs(h) > 1e-4) {
        h *= Double.isFinite(error) ? Math.max(0.2, 0.9 * stretch(error)) : 0.2;
        continue;
      }
      t += h;
      double[] swap = y;
      y = next;
      next = swap;
      knots.add(knot(t, y, k[6]));
      if (toGround && BallisticForces.height(y[0], y[1], y[2]) <= 0) {
        BallisticArc arc = new BallisticArc(knots, true);
        arc.cutAtGround();
        return arc;
      }
      if (y[3] * y[3] + y[4] * y[4] + y[5] * y[5] > FASTEST_MPS * FASTEST_MPS) {
        break;
      }
      System.arraycopy(k[6], 0, k[0], 0, 6);
      h *= error > 1e-10 ? Math.min(5, Math.max(0.2, 0.9 * stretch(error))) : 5;
      h = sign * Math.min(Math.abs(h), 200);
    }
    return new BallisticArc(knots, false);
  }

  /**
   * By how much a step may grow for its error: the power of -3/16, by square roots, which are exact
   * on every machine and a tenth of the cost of the power of -1/5.
   */
  private static double stretch(double error) {
    double eighth = Math.sqrt(Math.sqrt(Math.sqrt(error)));
    return 1 / (eighth * Math.sqrt(eighth));
  }

  /** One trial step; returns the error in metres. */
  private static double step(BallisticForces f, double[] y, double h, double[][] k, double[] next) {
    double[] k1 = k[0];
    double[] k2 = k[1];
    double[] k3 = k[2];
    double[] k4 = k[3];
    double[] k5 = k[4];
    double[] k6 = k[5];
    double[] k7 = k[6];
    for (int i = 0; i < 6; i++) {
      next[i] = y[i] + h * (A21 * k1[i]);
    }
    f.derivative(next, k2);
    for (int i = 0; i < 6; i++) {
      next[i] = y[i] + h * (A31 * k1[i] + A32 * k2[i]);
    }
    f.derivative(next, k3);
    for (int i = 0; i < 6; i++) {
      next[i] = y[i] + h * (A41 * k1[i] + A42 * k2[i] + A43 * k3[i]);
    }
    f.derivative(next, k4);
    for (int i = 0; i < 6; i++) {
      next[i] = y[i] + h * (A51 * k1[i] + A52 * k2[i] + A53 * k3[i] + A54 * k4[i]);
    }
    f.derivative(next, k5);
    for (int i = 0; i < 6; i++) {
      next[i] = y[i] + h * (A61 * k1[i] + A62 * k2[i] + A63 * k3[i] + A64 * k4[i] + A65 * k5[i]);
    }
    f.derivative(next, k6);
    for (int i = 0; i < 6; i++) {
      next[i] = y[i] + h * (B1 * k1[i] + B3 * k3[i] + B4 * k4[i] + B5 * k5[i] + B6 * k6[i]);
    }
    f.derivative(next, k7);
    double worst = 0;
    for (int i = 0; i < 6; i++) {
      double e = E1 * k1[i] + E3 * k3[i] + E4 * k4[i] + E5 * k5[i] + E6 * k6[i] + E7 * k7[i];
      worst = Math.max(worst, Math.abs(h * e) * (i < 3 ? 1 : 100));
    }
    return worst;
  }

  private static double[] knot(double t, double[] y, double[] d) {
    return new double[] {t, y[0], y[1], y[2], y[3], y[4], y[5], d[3], d[4], d[5]};
  }

  /** Newton's method on the height, kept between the last two knots by halving. */
  private void cutAtGround() {
    double lo = knots.get(Math.max(0, knots.size() - 2))[0];
    double hi = knots.getLast()[0];
    double t = hi;
    for (int i = 0; i < 60 && hi - lo > 1e-9; i++) {
      double[] s = at(t);
      double height = BallisticForces.height(s[0], s[1], s[2]);
      if (height > 0) {
        lo = t;
      } else {
        hi = t;
      }
      double r = Math.sqrt(s[0] * s[0] + s[1] * s[1] + s[2] * s[2]);
      double newton = t - height * r / (s[0] * s[3] + s[1] * s[4] + s[2] * s[5]);
      if (Math.abs(newton - t) < 1e-9) {
        break;
      }
      t = newton > lo && newton < hi ? newton : 0.5 * (lo + hi);
    }
    double[] end = at(t);
    double[] last = knots.getLast();
    knots.set(
        knots.size() - 1,
        new double[] {
          t, end[0], end[1], end[2], end[3], end[4], end[5], last[7], last[8], last[9]
        });
  }

  /** Whether it ends on the ground. */
  public boolean grounded() {
    return grounded;
  }

  /** Seconds from the start to the end. */
  public double durationS() {
    return knots.getLast()[0];
  }

  /** State at the end: position (m) then velocity (m/s). */
  public double[] end() {
    double[] e = new double[6];
    System.arraycopy(knots.getLast(), 1, e, 0, 6);
    return e;
  }

  /** Number of accepted steps. */
  int steps() {
    return knots.size() - 1;
  }

  /** State at {@code t} seconds from the start, held at the ends. */
  public double[] at(double t) {
    int lo = 0;
    int hi = knots.size() - 1;
    boolean forward = knots.getLast()[0] >= 0;
    while (hi - lo > 1) {
      int mid = (lo + hi) >>> 1;
      if (forward ? knots.get(mid)[0] <= t : knots.get(mid)[0] >= t) {
        lo = mid;
      } else {
        hi = mid;
      }
    }
    return between(knots.get(lo), knots.get(hi), t);
  }

  private static double[] between(double[] a, double[] b, double t) {
    double h = b[0] - a[0];
    double[] s = new double[6];
    if (h == 0) {
      System.arraycopy(a, 1, s, 0, 6);
      return s;
    }
    double u = Math.max(0, Math.min(1, (t - a[0]) / h));
    for (int i = 0; i < 3; i++) {
      double c0 = a[1 + i];
      double c1 = h * a[4 + i];
      double c2 = 0.5 * h * h * a[7 + i];
      double dp = b[1 + i] - c0 - c1 - c2;
      double dv = h * b[4 + i] - c1 - 2 * c2;
      double da = h * h * b[7 + i] - 2 * c2;
      double c3 = 10 * dp - 4 * dv + 0.5 * da;
      double c4 = -15 * dp + 7 * dv - da;
      double c5 = 6 * dp - 3 * dv + 0.5 * da;
      s[i] = c0 + u * (c1 + u * (c2 + u * (c3 + u * (c4 + u * c5))));
      s[3 + i] = (c1 + u * (2 * c2 + u * (3 * c3 + u * (4 * c4 + u * 5 * c5)))) / h;
    }
    return s;
  }

  /** Greatest height above the ellipsoid at the knots, metres. */
  public double greatestHeightM() {
    double best = Double.NEGATIVE_INFINITY;
    for (double[] k : knots) {
      best = Math.max(best, BallisticForces.height(k[1], k[2], k[3]));
    }
    return best;
  }
}
