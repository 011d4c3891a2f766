package parallax.tracking;

/**
 * The two motions the filter weighs, each over one short step of fourth-order Runge-Kutta.
 *
 * <p>Coast: {@link BallisticForces} with a nominal ballistic coefficient. Powered: gravity plus a
 * specific force a that turns with the velocity and grows as the mass falls, da/dt = |a| a / c + (v
 * x dv/dt)/|v|^2 x a, c an exhaust velocity of 2700 m/s; thrust less drag is in a.
 */
final class Dynamics {
  private static final double EXHAUST_MPS = 2700;
  private static final double STRONGEST = 120;
  private static final double NOISE_ALONG = 6;
  private static final double NOISE_ACROSS = 2;
  private static final BallisticForces COAST =
      BallisticForces.wgs84(PredictionSettings.defaults().ballisticCoefficient());
  private static final BallisticForces VACUUM = BallisticForces.wgs84(Double.POSITIVE_INFINITY);

  private Dynamics() {}

  static void advance(double[] x, double dt) {
    int n = x.length;
    double[] k = new double[n];
    double[] sum = new double[n];
    double[] y = x.clone();
    for (int s = 0; s < 4; s++) {
      derivative(y, k);
      double w = s == 0 || s == 3 ? 1 : 2;
      double step = s == 2 ? dt : 0.5 * dt;
      for (int i = 0; i < n; i++) {
        sum[i] += w * k[i];
        y[i] = x[i] + step * k[i];
      }
    }
    for (int i = 0; i < n; i++) {
      x[i] += dt / 6 * sum[i];
    }
  }

  private static void derivative(double[] x, double[] d) {
    if (x.length == 6) {
      COAST.derivative(x, d);
      return;
    }
    VACUUM.derivative(x, d);
    double a = Math.sqrt(x[6] * x[6] + x[7] * x[7] + x[8] * x[8]);
    double v2 = x[3] * x[3] + x[4] * x[4] + x[5] * x[5];
    double gain = a < STRONGEST ? a / EXHAUST_MPS : 0;
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
  static void addNoise(double[] x, double[] p, double dt) {
    if (x.length == 6) {
      double drag = COAST.drag(x);
      double q = Propagation.COAST_NOISE + 0.75 * drag * drag;
      for (int i = 0; i < 3; i++) {
        p[i * 7] += q * dt * dt * dt / 3;
        p[(i + 3) * 7] += q * dt;
        p[i * 6 + i + 3] += q * dt * dt / 2;
        p[(i + 3) * 6 + i] += q * dt * dt / 2;
      }
      return;
    }
    double v2 = x[3] * x[3] + x[4] * x[4] + x[5] * x[5];
    double along = v2 > 9e4 ? (NOISE_ALONG - NOISE_ACROSS) / v2 : 0;
    double across = v2 > 9e4 ? NOISE_ACROSS : NOISE_ALONG;
    double[] t = {dt * dt / 2, dt, 1};
    double[][] c = {
      {dt * dt * dt * dt * dt / 20, dt * dt * dt * dt / 8, dt * dt * dt / 6},
      {dt * dt * dt * dt / 8, dt * dt * dt / 3, t[0]},
      {dt * dt * dt / 6, t[0], dt}
    };
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        double q = along * x[3 + i] * x[3 + j] + (i == j ? across : 0);
        for (int a = 0; a < 3; a++) {
          for (int b = 0; b < 3; b++) {
            p[(3 * a + i) * 9 + 3 * b + j] += q * c[a][b];
          }
        }
      }
    }
  }
}
