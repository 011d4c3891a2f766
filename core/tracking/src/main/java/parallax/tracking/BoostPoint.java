package parallax.tracking;

/**
 * One way a boost may go on: a state with its thrust, flown under gravity and a specific force that
 * grows as the mass falls, falls back when a next stage takes over, and turns.
 *
 * <p>Growth is |a|^2 / c with an exhaust velocity c of 2,500 m/s; a next stage begins with 18
 * m/s^2. The force turns with half the turn of the velocity, between a gravity turn and a held
 * direction, and by what is left of the pitch programme: radians for each e-fold of the time since
 * launch, downward and aside. Drag is part of the force measured.
 */
final class BoostPoint {
  private static final double EXHAUST_MPS = 2_500;
  private static final double NEXT_STAGE = 18;
  private static final double FOLLOWS = 0.5;
  private static final double GROWTH_S = 40;
  private static final double LEAST_LAUNCHED_S = 10;
  private static final BallisticForces GRAVITY = BallisticForces.wgs84(Double.POSITIVE_INFINITY);

  /** Position, velocity, unit direction of the force. */
  final double[] y = new double[9];

  private double force;
  private final double lnGrowth;
  private final double strongest;
  private final double down;
  private final double aside;
  private final double[] rate = new double[9];
  private final double[] middle = new double[9];

  /**
   * From position, velocity and specific force.
   *
   * @param lnGrowth logarithm of how much stronger the force will be than expected, in the long run
   * @param strongest at which a next stage takes over, m/s^2
   * @param down downward turn for each e-fold of the time since launch, radians
   * @param aside the same to the left, radians
   */
  BoostPoint(double[] x, double lnGrowth, double strongest, double down, double aside) {
    System.arraycopy(x, 0, y, 0, 6);
    force = Math.max(1, Math.sqrt(x[6] * x[6] + x[7] * x[7] + x[8] * x[8]));
    for (int i = 6; i < 9; i++) {
      y[i] = x[i] / force;
    }
    this.lnGrowth = lnGrowth;
    this.strongest = strongest;
    this.down = down;
    this.aside = aside;
  }

  /**
   * Flies on by one midpoint step.
   *
   * @param since seconds flown so far
   * @param launched seconds since launch at the start
   */
  void advance(double since, double launched, double dt) {
    double half = since + 0.5 * dt;
    double strength = force * StrictMath.exp(lnGrowth * Math.min(1, half / GROWTH_S));
    double perS = 1 / Math.max(LEAST_LAUNCHED_S, launched + half);
    derivative(y, strength, perS);
    for (int i = 0; i < 9; i++) {
      middle[i] = y[i] + 0.5 * dt * rate[i];
    }
    derivative(middle, strength, perS);
    for (int i = 0; i < 9; i++) {
      y[i] += dt * rate[i];
    }
    double n = Math.sqrt(y[6] * y[6] + y[7] * y[7] + y[8] * y[8]);
    for (int i = 6; i < 9; i++) {
      y[i] /= n;
    }
    force += dt * force * force / EXHAUST_MPS;
    if (force > strongest) {
      force = NEXT_STAGE;
    }
  }

  private void derivative(double[] s, double strength, double perS) {
    GRAVITY.derivative(s, rate);
    double ax = rate[3] + strength * s[6];
    double ay = rate[4] + strength * s[7];
    double az = rate[5] + strength * s[8];
    double v2 = Math.max(1e4, s[3] * s[3] + s[4] * s[4] + s[5] * s[5]);
    double r = Math.sqrt(s[0] * s[0] + s[1] * s[1] + s[2] * s[2]);
    double wx = FOLLOWS * (s[4] * az - s[5] * ay) / v2;
    double wy = FOLLOWS * (s[5] * ax - s[3] * az) / v2;
    double wz = FOLLOWS * (s[3] * ay - s[4] * ax) / v2;
    double ux = s[0] / r;
    double uy = s[1] / r;
    double uz = s[2] / r;
    double lx = uy * s[8] - uz * s[7];
    double ly = uz * s[6] - ux * s[8];
    double lz = ux * s[7] - uy * s[6];
    double flat = Math.max(0.05, Math.sqrt(lx * lx + ly * ly + lz * lz));
    double pitch = down * perS / flat;
    double yaw = aside * perS / flat;
    wx += pitch * lx + yaw * ux;
    wy += pitch * ly + yaw * uy;
    wz += pitch * lz + yaw * uz;
    rate[3] = ax;
    rate[4] = ay;
    rate[5] = az;
    rate[6] = wy * s[8] - wz * s[7];
    rate[7] = wz * s[6] - wx * s[8];
    rate[8] = wx * s[7] - wy * s[6];
  }
}
