package parallax.tracking;

import parallax.model.Covariance;
import parallax.model.FlightPhase;
import parallax.model.StateVector;
import parallax.model.UtcTime;
import parallax.model.Vector3;

/**
 * Carries a state vector to another time: thirteen sigma points through the ballistic forces, then
 * process noise by phase. Thrust is unknown in a six-component state: boost and manoeuvre get an
 * acceleration of 30 m/s^2 (1 sigma, every axis) held for the whole interval.
 */
public final class Propagation {
  /** Power spectral density of the unmodelled acceleration in coast, m^2/s^3. */
  static final double COAST_NOISE = 1e-7;

  private static final double POWERED_SIGMA = 30;

  private Propagation() {}

  /** {@code state} at {@code at}, with the uncertainty that a flight in {@code phase} adds. */
  public static StateVector to(StateVector state, FlightPhase phase, UtcTime at) {
    double dt = at.secondsSince(state.timeOfValidity());
    if (at.nanos() == state.timeOfValidity().nanos()) {
      return state;
    }
    SigmaPoints s = SigmaPoints.of(Orbit.vector(state), state.covariance().toRowMajor());
    for (double[] p : s.points) {
      double[] end = BallisticArc.fly(BallisticForces.NOMINAL, p, dt, 0.01).end();
      System.arraycopy(end, 0, p, 0, 6);
    }
    double[] x = s.mean();
    double[] p = s.covariance(x);
    double t = Math.abs(dt);
    addNoise(p, x, phase, t);
    Dense.factor(p, 6);
    return stateVector(at, x, p);
  }

  private static void addNoise(double[] p, double[] x, FlightPhase phase, double t) {
    double drag = BallisticForces.NOMINAL.drag(x);
    double held =
        switch (phase) {
          case BOOST, MANOEUVRE, UNKNOWN -> POWERED_SIGMA;
          case COAST -> 0;
          case REENTRY -> 0.5 * drag;
        };
    double a2 = held * held;
    for (int i = 0; i < 3; i++) {
      p[i * 6 + i] += COAST_NOISE * t * t * t / 3 + a2 * t * t * t * t / 4;
      p[(i + 3) * 6 + i + 3] += COAST_NOISE * t + a2 * t * t;
      double c = COAST_NOISE * t * t / 2 + a2 * t * t * t / 2;
      p[i * 6 + i + 3] += c;
      p[(i + 3) * 6 + i] += c;
    }
  }

  static StateVector stateVector(UtcTime at, double[] x, double[] p) {
    return new StateVector(
        at,
        new Vector3(x[0], x[1], x[2]),
        new Vector3(x[3], x[4], x[5]),
        Covariance.of(6, Dense.leading(p, 6, 6)));
  }
}
