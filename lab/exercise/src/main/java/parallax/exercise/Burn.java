package parallax.exercise;

/**
 * The powered arc of one missile: thrust acceleration by time, and the direction programme.
 *
 * <p>Each stage has constant thrust and mass flow, so its acceleration is c b / (1 - b t) with
 * exhaust speed c and b = (1 - exp(-dv / c)) / burn time: it rises as propellant goes. A missile
 * that would leave the pad with less than {@link #LEAST_LIFTOFF_MPS2} (low energy for its kind: a
 * partial burn) burns correspondingly shorter.
 *
 * <p>Direction: vertical at first, then turning smoothly to the final direction, which is held; in
 * east-north-up axes of the launch site it is (s e, s n, sqrt(1 - s^2 (e^2 + n^2))) with s rising
 * from 0 to 1.
 */
final class Burn {
  /** Least thrust acceleration at lift-off, m/s^2. */
  static final double LEAST_LIFTOFF_MPS2 = 13;

  private static final double TURN_FROM = 0.05;
  private static final double EARLIEST_TURN_TO = 0.25;
  private static final double LATEST_TURN_TO = 0.5;
  private static final double LATEST_TURN_APOGEE_M = 150_000;

  private final double[] ends;
  private final double[] exhaust;
  private final double[] rate;
  private final double east;
  private final double north;
  private final double turnTo;

  /**
   * Ideal speed gain {@code gainMps}; final thrust direction's east and north components. The turn
   * ends at a quarter of the burn for the lowest flights and at half of it for those meant to top
   * out above 150 km.
   */
  Burn(Missile missile, double gainMps, double east, double north, double apogeeM) {
    int n = missile.stages().size();
    ends = new double[n];
    exhaust = new double[n];
    rate = new double[n];
    this.east = east;
    this.north = north;
    this.turnTo =
        EARLIEST_TURN_TO
            + (LATEST_TURN_TO - EARLIEST_TURN_TO) * Math.min(1, apogeeM / LATEST_TURN_APOGEE_M);
    double[] spent = new double[n];
    for (int i = 0; i < n; i++) {
      Missile.Stage s = missile.stages().get(i);
      exhaust[i] = s.exhaustMps();
      spent[i] = -StrictMath.expm1(-gainMps * s.share() / s.exhaustMps());
    }
    double liftoff = exhaust[0] * spent[0] / missile.stages().get(0).burnS();
    double shorter = Math.min(1, liftoff / LEAST_LIFTOFF_MPS2);
    double end = 0;
    for (int i = 0; i < n; i++) {
      double burn = missile.stages().get(i).burnS() * shorter;
      rate[i] = spent[i] / burn;
      end += burn;
      ends[i] = end;
    }
  }

  int stages() {
    return ends.length;
  }

  double stageEndS(int stage) {
    return ends[stage];
  }

  /** End of the last stage, seconds after launch. */
  double burnoutS() {
    return ends[ends.length - 1];
  }

  /** Thrust acceleration in m/s^2 of {@code stage} at {@code t} seconds after launch. */
  double accelerationMps2(int stage, double t) {
    double since = t - (stage == 0 ? 0 : ends[stage - 1]);
    return exhaust[stage] * rate[stage] / (1 - rate[stage] * since);
  }

  /** Writes the unit direction of thrust at {@code t}: east, north, up at the launch site. */
  void direction(double t, double[] enu) {
    double s = Smooth.step((t / burnoutS() - TURN_FROM) / (turnTo - TURN_FROM));
    enu[0] = s * east;
    enu[1] = s * north;
    enu[2] = Math.sqrt(Math.max(0, 1 - enu[0] * enu[0] - enu[1] * enu[1]));
  }
}
