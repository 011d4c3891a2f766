package parallax.tracking;

import org.jspecify.annotations.Nullable;
import parallax.model.Vector3;

/**
 * What moves unlike any ballistic missile: nobody is warned of where it would come down.
 *
 * <p>A missile of 50 km range leaves the air it climbs through at 500 m/s and more even at its
 * highest point; aircraft stay below 25 km and 600 m/s and hardly climb; a burst balloon falls
 * through thick air at its terminal speed; nothing of an intercontinental range is faster than 8.5
 * km/s, while meteors begin at 11, and are slow again within seconds.
 */
final class ThreatRule {
  private static final double SLOW_MPS = 250;
  private static final double SLOW_BELOW_M = 45_000;
  private static final double FAST_MPS = 8_500;
  private static final double FLOWN_MPS = 1_000;
  private static final double FLOWN_ABOVE_M = 40_000;
  private static final double AIRCRAFT_CEILING_M = 25_000;
  private static final double AIRCRAFT_MPS = 600;
  private static final double AIRCRAFT_CLIMB_MPS = 120;

  private ThreatRule() {}

  /**
   * Why a state is not that of a missile in unpowered flight; null when it may be.
   *
   * @param hasFlown whether the target has been as fast and high as only missiles are: it may end
   *     its glide as slowly as an aircraft flies
   */
  static @Nullable String against(double[] x, boolean hasFlown) {
    double speed = new Vector3(x[3], x[4], x[5]).norm();
    double height = BallisticForces.height(x[0], x[1], x[2]);
    if (!hasFlown && ((speed < SLOW_MPS && height < SLOW_BELOW_M) || isLikeAnAircraft(x))) {
      return "too slow for a missile at this height";
    }
    if (Orbit.inertialVelocity(x).norm() > FAST_MPS) {
      return "faster than a missile";
    }
    return null;
  }

  /**
   * Whether a state is as fast and high as that of nothing but a missile, a stage or a satellite.
   */
  static boolean isLikeAMissile(double[] x) {
    double speed = Orbit.inertialVelocity(x).norm();
    return BallisticForces.height(x[0], x[1], x[2]) > FLOWN_ABOVE_M
        && new Vector3(x[3], x[4], x[5]).norm() > FLOWN_MPS
        && speed < FAST_MPS;
  }

  /** Whether a state is like that of an aircraft. */
  static boolean isLikeAnAircraft(double[] x) {
    Vector3 r = FlightPredictor.position(x);
    Vector3 v = new Vector3(x[3], x[4], x[5]);
    double climb = r.dot(v) / r.norm();
    return BallisticForces.height(x[0], x[1], x[2]) < AIRCRAFT_CEILING_M
        && v.norm() < AIRCRAFT_MPS
        && Math.abs(climb) < AIRCRAFT_CLIMB_MPS;
  }
}
