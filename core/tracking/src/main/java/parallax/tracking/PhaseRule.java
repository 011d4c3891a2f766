package parallax.tracking;

import parallax.model.FlightPhase;
import parallax.model.Vector3;

/**
 * Which phase to declare from a belief. A phase is kept until another is clearly more probable
 * (powered above 0.7, unpowered below 0.1), so that the declaration does not flicker.
 */
final class PhaseRule {
  private static final double POWERED = 0.7;
  private static final double UNPOWERED = 0.1;
  private static final double AIR_M = 100_000;
  private static final double LIFTS = 0.5;
  private static final double LEAST_DRAG = 0.2;
  private static final double LEAST_RATIO = 0.4;

  private PhaseRule() {}

  static FlightPhase declare(FlightPhase before, ImmState s, boolean enoughPlots) {
    if (!enoughPlots) {
      return FlightPhase.UNKNOWN;
    }
    if (burningSeen(s)) {
      return FlightPhase.BOOST;
    }
    double[] x = s.mean();
    if (before == FlightPhase.UNKNOWN && !velocityKnown(s, x)) {
      return FlightPhase.UNKNOWN;
    }
    if (s.weight(Motion.REENTRY) > LIFTS && lifts(s)) {
      return FlightPhase.MANOEUVRE;
    }
    if (s.powered <= UNPOWERED) {
      return falling(x) && BallisticForces.height(x[0], x[1], x[2]) < AIR_M
          ? FlightPhase.REENTRY
          : FlightPhase.COAST;
    }
    return s.powered >= POWERED ? powered(before, s, x) : before;
  }

  /** Whether the air bends the path: a lift of more than 0.4 of the drag, known to 3 sigma. */
  static boolean lifts(ImmState s) {
    double ratio = s.liftRatio();
    return s.drag() > LEAST_DRAG && ratio > LEAST_RATIO && ratio > 3 * s.liftRatioSigma();
  }

  private static boolean velocityKnown(ImmState s, double[] x) {
    double[] p = s.covariance(x);
    double sigma = Math.sqrt(p[21] + p[28] + p[35]);
    double speed = Math.sqrt(x[3] * x[3] + x[4] * x[4] + x[5] * x[5]);
    return sigma < Math.max(150, 0.3 * speed);
  }

  private static FlightPhase powered(FlightPhase before, ImmState s, double[] x) {
    double thrust = s.thrust();
    double sigma = s.thrustSigma();
    if (thrust > 3 && thrust > 0.5 * s.lift()) {
      return FlightPhase.BOOST;
    }
    boolean low = BallisticForces.height(x[0], x[1], x[2]) < AIR_M;
    if (s.lift() > 3 * sigma && s.lift() > 5) {
      return FlightPhase.MANOEUVRE;
    }
    if (thrust < -3 - sigma) {
      return low && falling(x) ? FlightPhase.REENTRY : FlightPhase.MANOEUVRE;
    }
    return before;
  }

  /** Whether an infrared sensor saw the motor burn at its latest look or the one before. */
  private static boolean burningSeen(ImmState s) {
    for (ImmState.Watch w : s.watches) {
      if ((s.nanos - w.lastNanos()) * 1e-9 < 1.5 * w.periodS()) {
        return true;
      }
    }
    return false;
  }

  private static boolean falling(double[] x) {
    return FlightPredictor.position(x).dot(new Vector3(x[3], x[4], x[5])) < 0;
  }
}
