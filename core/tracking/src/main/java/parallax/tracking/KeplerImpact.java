package parallax.tracking;

import org.jspecify.annotations.Nullable;
import parallax.model.Vector3;
import parallax.model.Wgs84;

/**
 * Where a flight without air comes down, in closed form: the ellipse of the two-body problem cut
 * with a sphere of the earth's radius at the start, carried back by the earth's turn (Bate, Mueller
 * and White, Fundamentals of Astrodynamics, chapters 2, 4 and 6).
 *
 * @param point ECEF, metres
 * @param flightS seconds from the start
 */
record KeplerImpact(Vector3 point, double flightS) {
  /**
   * From the ECEF state {@code s}.
   *
   * @return null when the path does not meet the sphere again within {@link
   *     FlightPredictor#MAX_FLIGHT_S}, or escapes
   */
  static @Nullable KeplerImpact of(double[] s) {
    Vector3 r = FlightPredictor.position(s);
    Vector3 v = Orbit.inertialVelocity(s);
    double size = r.norm();
    double ground = size - Math.max(0, BallisticForces.height(s[0], s[1], s[2]));
    double energy = 0.5 * v.dot(v) - Wgs84.GM / size;
    Vector3 h = r.cross(v);
    double p = h.dot(h) / Wgs84.GM;
    double a = -Wgs84.GM / (2 * energy);
    double e = Math.sqrt(Math.max(0, 1 - p / a));
    if (!(energy < 0) || a * (1 - e) >= ground || e < 1e-9) {
      return null;
    }
    double start = anomaly(p, e, size, r.dot(v) >= 0);
    double end = anomaly(p, e, ground, false);
    double meanMotion = Math.sqrt(Wgs84.GM / (a * a * a));
    double flight = (mean(end, e) - mean(start, e)) / meanMotion;
    if (flight > FlightPredictor.MAX_FLIGHT_S) {
      return null;
    }
    double turn = end - start;
    Vector3 outward = r.times(1 / size);
    Vector3 ahead = h.cross(r).unit();
    Vector3 there =
        outward.times(StrictMath.cos(turn)).plus(ahead.times(StrictMath.sin(turn))).times(ground);
    double earth = Wgs84.OMEGA * flight;
    double c = StrictMath.cos(earth);
    double d = StrictMath.sin(earth);
    Vector3 fixed =
        new Vector3(c * there.x() + d * there.y(), c * there.y() - d * there.x(), there.z());
    return new KeplerImpact(fixed, flight);
  }

  /** True anomaly at distance {@code r}, from 0 to pi going up, from pi to 2 pi coming down. */
  private static double anomaly(double p, double e, double r, boolean up) {
    double f = StrictMath.acos(Math.max(-1, Math.min(1, (p / r - 1) / e)));
    return up ? f : 2 * Math.PI - f;
  }

  /** Mean anomaly of a true anomaly from 0 to 2 pi. */
  private static double mean(double f, double e) {
    double half =
        StrictMath.atan2(
            Math.sqrt(1 - e) * StrictMath.sin(f / 2), Math.sqrt(1 + e) * StrictMath.cos(f / 2));
    double eccentric = 2 * half;
    return eccentric - e * StrictMath.sin(eccentric);
  }
}
