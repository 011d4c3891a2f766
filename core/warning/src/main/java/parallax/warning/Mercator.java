package parallax.warning;

import parallax.model.Geodetic;
import parallax.model.Wgs84;

/**
 * The ellipsoidal Mercator projection of WGS-84, metres at the equator, with longitudes from 0 to
 * 360 degrees so that the antimeridian is an ordinary line.
 *
 * <p>It is conformal: near latitude p every distance appears multiplied by k = (1/cos p) (1 - e^2
 * sin^2 p)^(1/2) in all directions, so "within d metres" is "within k d" on the map. Over 100 km
 * from the point where k is taken the error stays below 2 % up to latitude 50 degrees. Source:
 * Snyder, Map Projections: A Working Manual, USGS PP 1395 (1987), equations 7-6, 7-7 and 7-8.
 */
final class Mercator {
  private static final double E = Math.sqrt(Wgs84.E2);

  /** Latitudes beyond this are projected as this one: no area reaches so far. */
  private static final double MAX_LAT_RAD = Math.toRadians(88);

  private Mercator() {}

  /** East coordinate (m) of a longitude in radians, any turn. */
  static double x(double longitudeRad) {
    double lon = longitudeRad < 0 ? longitudeRad + 2 * Math.PI : longitudeRad;
    return Wgs84.A * lon;
  }

  /** North coordinate (m) of a latitude in radians. */
  static double y(double latitudeRad) {
    double s = StrictMath.sin(Math.max(-MAX_LAT_RAD, Math.min(MAX_LAT_RAD, latitudeRad)));
    return 0.5 * Wgs84.A * (logRatio(s) - E * logRatio(E * s));
  }

  /** ln((1 + s) / (1 - s)) = 2 artanh s. */
  private static double logRatio(double s) {
    return StrictMath.log((1 + s) / (1 - s));
  }

  /** Map metres per metre on the ground at a latitude in radians. */
  static double scale(double latitudeRad) {
    double lat = Math.max(-MAX_LAT_RAD, Math.min(MAX_LAT_RAD, latitudeRad));
    double s = StrictMath.sin(lat);
    return Math.sqrt(1 - Wgs84.E2 * s * s) / StrictMath.cos(lat);
  }

  /** A place on the map with the scale there. */
  record Spot(double x, double y, double scale) {
    static Spot of(Geodetic g) {
      return new Spot(
          Mercator.x(g.longitudeRad()),
          Mercator.y(g.latitudeRad()),
          Mercator.scale(g.latitudeRad()));
    }
  }
}
