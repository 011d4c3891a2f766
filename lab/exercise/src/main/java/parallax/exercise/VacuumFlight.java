package parallax.exercise;

import parallax.model.Geodetic;
import parallax.model.Wgs84;

/**
 * The Kepler ellipse over an airless sphere that starts at the ground, tops out at a given height
 * and comes down at a given distance: a first guess for the real flight, and the least time in
 * which its figures can be had.
 *
 * <p>With central angle f, sphere radius R and apogee radius a_r: eccentricity e = (a_r - R) / (a_r
 * - R cos(f/2)), semi-latus rectum p = a_r (1 - e); flight time by Kepler's equation, the ellipse
 * being symmetric about its apogee (Bate, Mueller and White, 1971, ch. 6).
 *
 * @param speedMps speed at the ground, inertial axes
 * @param elevationRad angle of that speed above the horizontal
 * @param durationS flight time
 */
record VacuumFlight(double speedMps, double elevationRad, double durationS) {
  /** Mean radius of the WGS-84 ellipsoid, metres. */
  static final double RADIUS_M = (2 * Wgs84.A + Wgs84.B) / 3;

  /** Over a sphere at rest; range in metres of arc, at most half round the earth. */
  static VacuumFlight over(double rangeM, double apogeeM) {
    return overAngle(Math.max(rangeM / RADIUS_M, 1e-9), apogeeM);
  }

  private static VacuumFlight overAngle(double angle, double apogeeM) {
    double top = RADIUS_M + apogeeM;
    double cosHalf = StrictMath.cos(angle / 2);
    double e = (top - RADIUS_M) / (top - RADIUS_M * cosHalf);
    double p = top * (1 - e);
    double a = p / (1 - e * e);
    double speed = Math.sqrt(Wgs84.GM * (2 / RADIUS_M - 1 / a));
    double horizontal = Math.sqrt(Wgs84.GM * p) / RADIUS_M;
    double elevation = StrictMath.acos(Math.min(1, horizontal / speed));
    // eccentric anomaly of the ground point, counted from apogee: cos E = (R - a) / (a e)
    double anomaly = StrictMath.acos(Math.max(-1, Math.min(1, (RADIUS_M - a) / (a * e))));
    double meanFromApogee = anomaly + e * StrictMath.sin(anomaly);
    double time = 2 * meanFromApogee * Math.sqrt(a * a * a / Wgs84.GM);
    return new VacuumFlight(speed, elevation, time);
  }

  /**
   * Flight time in seconds from {@code site} over a sphere that turns eastward under the flight at
   * the earth's rate: the impact point lies {@code rangeM} off along {@code bearingRad} on the
   * ground, so further east by rate times time in inertial space.
   */
  static double rotatingDurationS(Geodetic site, double bearingRad, double rangeM, double apogeeM) {
    double f = rangeM / RADIUS_M;
    double sinLat = StrictMath.sin(site.latitudeRad());
    double cosLat = StrictMath.cos(site.latitudeRad());
    double sinLat2 =
        sinLat * StrictMath.cos(f) + cosLat * StrictMath.sin(f) * StrictMath.cos(bearingRad);
    double cosLat2 = Math.sqrt(Math.max(0, 1 - sinLat2 * sinLat2));
    double dLon =
        StrictMath.atan2(
            StrictMath.sin(bearingRad) * StrictMath.sin(f) * cosLat,
            StrictMath.cos(f) - sinLat * sinLat2);
    double time = over(rangeM, apogeeM).durationS;
    for (int i = 0; i < 30; i++) {
      double cosAngle =
          sinLat * sinLat2 + cosLat * cosLat2 * StrictMath.cos(dLon + Wgs84.OMEGA * time);
      double angle = StrictMath.acos(Math.max(-1, Math.min(1, cosAngle)));
      time = overAngle(Math.max(angle, 1e-9), apogeeM).durationS;
    }
    return time;
  }
}
