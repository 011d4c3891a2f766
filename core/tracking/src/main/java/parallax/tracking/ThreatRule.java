package parallax.tracking;

import java.util.function.Supplier;
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
  private static final double SIGMAS = 2;
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
   * Why a state is not that of a missile in unpowered flight; null when it may be. What is as slow
   * as an aircraft within {@link #SIGMAS} standard deviations may be one; whose impact was told
   * before is not taken for one by them.
   *
   * @param p gives the covariance of position and velocity, row by row, if it is wanted
   * @param told whether its impact was told before
   * @param hasFlown whether the target has been as fast and high as only missiles are: it may end
   *     its glide as slowly as an aircraft flies
   */
  static @Nullable String against(
      double[] x, Supplier<double[]> p, boolean told, boolean hasFlown) {
    double height = BallisticForces.height(x[0], x[1], x[2]);
    if (!hasFlown && height < SLOW_BELOW_M) {
      Vector3 v = new Vector3(x[3], x[4], x[5]);
      Vector3 up = FlightPredictor.position(x).unit();
      double speed = v.norm();
      double climb = Math.abs(v.dot(up));
      boolean slow = isSlow(height, speed, climb);
      if (!slow && !told) {
        double[] of = p.get();
        slow = isSlow(height, speed - SIGMAS * sigma(v.unit(), of), climb - SIGMAS * sigma(up, of));
      }
      if (slow) {
        return "too slow for a missile at this height";
      }
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
    return isLikeAnAircraft(
        BallisticForces.height(x[0], x[1], x[2]), v.norm(), Math.abs(r.dot(v) / r.norm()));
  }

  private static boolean isSlow(double heightM, double speedMps, double climbMps) {
    return speedMps < SLOW_MPS || isLikeAnAircraft(heightM, speedMps, climbMps);
  }

  private static boolean isLikeAnAircraft(double heightM, double speedMps, double climbMps) {
    return heightM < AIRCRAFT_CEILING_M && speedMps < AIRCRAFT_MPS && climbMps < AIRCRAFT_CLIMB_MPS;
  }

  /** 1 sigma of the velocity along an axis, m/s. */
  private static double sigma(Vector3 axis, double[] p) {
    return Math.sqrt(Math.max(0, Dense.quadratic(p, 6, 3, axis, axis)));
  }
}
