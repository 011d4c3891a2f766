package parallax.tracking;

/**
 * How each {@link Motion} goes on over one short step, by fourth-order Runge-Kutta, and the noise
 * it is given.
 *
 * <p>Coast: {@link BallisticForces}. Re-entry: the same with the state's own ballistic coefficient,
 * and lift across the velocity, drag times the state's ratios l upward and to the left, which fade
 * as dl/dt = -l / 15 s. Boost and manoeuvre: gravity plus a specific force a that turns with the
 * velocity, (v x dv/dt)/|v|^2 x a; in boost it also grows as the mass falls, by |a| a / c with an
 * exhaust velocity c of 2700 m/s. Thrust less drag is in a.
 */
final class Dynamics {
  private static final double EXHAUST_MPS = 2700;
  private static final double STRONGEST = 120;

  /** Power spectral density of the rate of specific force, m^2/s^5: along, across the velocity. */
  private static final double[] BOOST_NOISE = {0.6, 0.2};

  private static final double[] MANOEUVRE_NOISE = {60, 40};

  /** Unmodelled share of drag (density, attitude) as a white acceleration: q = this drag^2, s. */
  static final double DRAG_NOISE = 0.02;

  /** Random walk of ln(ballistic coefficient) while the air is felt, 1/s. */
  static final double LN_BETA_NOISE = 4e-4;

  /**
   * What a lift ratio of 1 adds to it, growing with its square: a body that turns up its nose to
   * lift doubles its drag within seconds.
   */
  private static final double LIFTING_LN_BETA_NOISE = 0.01;

  /** Stationary standard deviation and correlation time (s) of the two ratios of lift to drag. */
  static final double LIFT_SIGMA = 2;

  static final double LIFT_S = 15;

  private static final double FELT = 0.1;
  private static final double LARGE_LIFT2 = 4;
  private static final double MOST_LIFT = 4;
  private static final double LEAST_LN_BETA = 5.5;
  private static final double MOST_LN_BETA = 10.5;

  private Dynamics() {}

  /** Moves every sigma point by {@code dt} seconds. */
  static void advance(Motion motion, double[][] points, double dt) {
    int n = motion.size;
    double[] k = new double[n];
    double[] sum = new double[n];
    double[] y = new double[n];
    for (double[] x : points) {
      double beta = beta(motion, x);
      System.arraycopy(x, 0, y, 0, n);
      for (int s = 0; s < 4; s++) {
        derivative(motion, y, beta, k);
        double w = s == 0 || s == 3 ? 1 : 2;
        double step = s == 2 ? dt : 0.5 * dt;
        for (int i = 0; i < n; i++) {
          sum[i] = s == 0 ? k[i] : sum[i] + w * k[i];
          y[i] = x[i] + step * k[i];
        }
      }
      for (int i = 0; i < n; i++) {
        x[i] += dt / 6 * sum[i];
      }
    }
  }

  private static double beta(Motion motion, double[] x) {
    return switch (motion) {
      case BOOST, MANOEUVRE -> Double.POSITIVE_INFINITY;
      case COAST -> BallisticForces.NOMINAL.ballisticCoefficient();
      case REENTRY -> StrictMath.exp(Math.max(LEAST_LN_BETA, Math.min(MOST_LN_BETA, x[6])));
    };
  }

  /** Nothing has more than four times as much lift as drag, or 36,000 kg/m^2, or under 250. */
  static void keepInBounds(double[] x) {
    double lift = Math.hypot(x[7], x[8]);
    if (lift > MOST_LIFT) {
      x[7] *= MOST_LIFT / lift;
      x[8] *= MOST_LIFT / lift;
    }
    x[6] = Math.max(LEAST_LN_BETA, Math.min(MOST_LN_BETA, x[6]));
  }

  private static void derivative(Motion motion, double[] x, double beta, double[] d) {
    double drag = BallisticForces.NOMINAL.derivative(x, d, beta);
    switch (motion) {
      case COAST -> {}
      case REENTRY -> lift(x, drag, d);
      case BOOST, MANOEUVRE -> force(motion, x, d);
    }
  }

  private static void lift(double[] x, double drag, double[] d) {
    d[6] = 0;
    d[7] = -x[7] / LIFT_S;
    d[8] = -x[8] / LIFT_S;
    if (drag > 0) {
      addLift(x, drag * x[7], drag * x[8], d);
    }
  }

  /**
   * Adds to d[3..5] the given accelerations (m/s^2) across the velocity: upward and to the left.
   */
  static void addLift(double[] x, double upward, double leftward, double[] d) {
    double r = Math.sqrt(x[0] * x[0] + x[1] * x[1] + x[2] * x[2]);
    double v = Math.sqrt(x[3] * x[3] + x[4] * x[4] + x[5] * x[5]);
    double sine = (x[0] * x[3] + x[1] * x[4] + x[2] * x[5]) / (r * Math.max(v, 1));
    double cosine = Math.sqrt(Math.max(1e-6, 1 - sine * sine));
    double k = upward / cosine;
    double c = leftward / (cosine * r * Math.max(v, 1));
    d[3] += k * (x[0] / r - sine * x[3] / v) + c * (x[1] * x[5] - x[2] * x[4]);
    d[4] += k * (x[1] / r - sine * x[4] / v) + c * (x[2] * x[3] - x[0] * x[5]);
    d[5] += k * (x[2] / r - sine * x[5] / v) + c * (x[0] * x[4] - x[1] * x[3]);
  }

  private static void force(Motion motion, double[] x, double[] d) {
    double a = Math.sqrt(x[6] * x[6] + x[7] * x[7] + x[8] * x[8]);
    double v2 = x[3] * x[3] + x[4] * x[4] + x[5] * x[5];
    double gain = motion == Motion.BOOST && a < STRONGEST ? a / EXHAUST_MPS : 0;
    double ax = d[3] + x[6];
    double ay = d[4] + x[7];
    double az = d[5] + x[8];
    double turn = v2 > 4e4 ? 1 / v2 : 0;
    double wx = (x[4] * az - x[5] * ay) * turn;
    double wy = (x[5] * ax - x[3] * az) * turn;
    double wz = (x[3] * ay - x[4] * ax) * turn;
    d[3] = ax;
    d[4] = ay;
    d[5] = az;
    d[6] = gain * x[6] + wy * x[8] - wz * x[7];
    d[7] = gain * x[7] + wz * x[6] - wx * x[8];
    d[8] = gain * x[8] + wx * x[7] - wy * x[6];
  }

  /** Adds the noise of the step to the covariance {@code p} about the mean {@code x}. */
  static void addNoise(Motion motion, double[] x, double[] p, double dt) {
    switch (motion) {
      case COAST -> {
        double drag = BallisticForces.NOMINAL.drag(x);
        addAcceleration(p, 6, Propagation.COAST_NOISE + 0.3 * drag * drag, dt);
      }
      case REENTRY -> {
        double drag = BallisticForces.drag(x, beta(motion, x));
        addAcceleration(p, 9, Propagation.COAST_NOISE + DRAG_NOISE * drag * drag, dt);
        double lift2 = Math.min(LARGE_LIFT2, x[7] * x[7] + x[8] * x[8]);
        double lnBeta = LN_BETA_NOISE + LIFTING_LN_BETA_NOISE * lift2;
        p[60] += drag > FELT ? lnBeta * dt : 0;
        p[70] += 2 * LIFT_SIGMA * LIFT_SIGMA / LIFT_S * dt;
        p[80] += 2 * LIFT_SIGMA * LIFT_SIGMA / LIFT_S * dt;
      }
      case BOOST -> addJerk(x, p, BOOST_NOISE, dt);
      case MANOEUVRE -> addJerk(x, p, MANOEUVRE_NOISE, dt);
    }
  }

  private static void addAcceleration(double[] p, int n, double q, double dt) {
    for (int i = 0; i < 3; i++) {
      p[i * n + i] += q * dt * dt * dt / 3;
      p[(i + 3) * n + i + 3] += q * dt;
      p[i * n + i + 3] += q * dt * dt / 2;
      p[(i + 3) * n + i] += q * dt * dt / 2;
    }
  }

  private static void addJerk(double[] x, double[] p, double[] noise, double dt) {
    double v2 = x[3] * x[3] + x[4] * x[4] + x[5] * x[5];
    double along = v2 > 9e4 ? (noise[0] - noise[1]) / v2 : 0;
    double across = v2 > 9e4 ? noise[1] : noise[0];
    double dt2 = dt * dt;
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        double q = (along * x[3 + i] * x[3 + j] + (i == j ? across : 0)) * dt;
        p[i * 9 + j] += q * dt2 * dt2 / 20;
        p[(3 + i) * 9 + 3 + j] += q * dt2 / 3;
        p[(6 + i) * 9 + 6 + j] += q;
        double rv = q * dt2 * dt / 8;
        double ra = q * dt2 / 6;
        double va = q * dt / 2;
        p[i * 9 + 3 + j] += rv;
        p[(3 + i) * 9 + j] += rv;
        p[i * 9 + 6 + j] += ra;
        p[(6 + i) * 9 + j] += ra;
        p[(3 + i) * 9 + 6 + j] += va;
        p[(6 + i) * 9 + 3 + j] += va;
      }
    }
  }
}
