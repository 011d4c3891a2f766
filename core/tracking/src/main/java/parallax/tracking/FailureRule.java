package parallax.tracking;

import java.util.Collection;
import java.util.Optional;
import parallax.model.LaunchFailure;
import parallax.model.StateVector;
import parallax.model.UtcTime;

/**
 * When a launch is told as failed.
 *
 * <p>Fell short: the motor stops while it pushes with less than 35 m/s^2, so most of its propellant
 * is still aboard, at an energy whose minimum-energy path reaches less than 250 km. Healthy
 * short-range missiles are nearly empty when they stop and push with 45 m/s^2 and more (Scud
 * family) to 100 (solid ones); weak upper stages stop at energies that reach thousands of km.
 * Lofting does not matter, for it is energy that counts. How sure it is follows from how far thrust
 * and reach lie below the limits, in sigmas: of thrust that of the estimate and 4 m/s^2, of the
 * logarithm of reach 0.2.
 *
 * <p>Broke up: at least three pieces parted from it within 30 s. A healthy flight leaves a stage or
 * a payload and two halves of a fairing, at different times.
 *
 * <p>Less than 0.7 is not told.
 */
final class FailureRule {
  private static final double LEAST_PROBABILITY = 0.7;
  private static final double WEAK_MPS2 = 35;
  private static final double WEAK_SIGMA = 4;
  private static final double NEAR_M = 250_000;
  private static final double LN_SIGMA = 0.2;
  private static final int PIECES = 3;
  private static final long AT_ONCE_NS = 30_000_000_000L;

  private FailureRule() {}

  /**
   * Whether a motor stopped too early.
   *
   * @param after the state after it stopped
   * @param thrust its last specific force along the velocity, m/s^2
   * @param sigma standard deviation of that
   */
  static Optional<LaunchFailure> fellShort(
      StateVector after, UtcTime burnout, double thrust, double sigma) {
    double reach = Math.max(1_000, Orbit.reachM(Orbit.vector(after)));
    double weak = (WEAK_MPS2 - thrust) / Math.hypot(sigma, WEAK_SIGMA);
    double near = StrictMath.log(NEAR_M / reach) / LN_SIGMA;
    return told(
        LaunchFailure.Kind.FELL_SHORT, Logistic.below(weak) * Logistic.below(near), burnout);
  }

  /** Whether pieces first seen at {@code moments} (ns) are those of a target that broke up. */
  static Optional<LaunchFailure> brokeUp(Collection<Long> moments) {
    long most = 0;
    long at = 0;
    for (long first : moments) {
      long together = moments.stream().filter(m -> m >= first && m - first <= AT_ONCE_NS).count();
      if (together > most) {
        most = together;
        at = first;
      }
    }
    return most < PIECES
        ? Optional.empty()
        : told(LaunchFailure.Kind.BROKE_UP, 1 - 0.2 * PIECES / (double) most, new UtcTime(at));
  }

  private static Optional<LaunchFailure> told(LaunchFailure.Kind kind, double p, UtcTime at) {
    return p >= LEAST_PROBABILITY ? Optional.of(new LaunchFailure(kind, p, at)) : Optional.empty();
  }
}
