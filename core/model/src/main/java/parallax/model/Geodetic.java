package parallax.model;

/**
 * A place by WGS-84 geodetic coordinates.
 *
 * @param latitudeRad geodetic latitude, radians, north positive, from -pi/2 to pi/2
 * @param longitudeRad longitude, radians, east positive, from -pi to pi
 * @param altitudeM height above the ellipsoid, metres
 */
public record Geodetic(double latitudeRad, double longitudeRad, double altitudeM) {
  /** Validates the ranges. */
  public Geodetic {
    Check.within("latitude (rad)", latitudeRad, -Math.PI / 2, Math.PI / 2);
    Check.within("longitude (rad)", longitudeRad, -Math.PI, Math.PI);
    Check.within("altitude (m)", altitudeM, -Wgs84.A, 1e9);
  }

  /** From degrees (latitude -90 to 90, longitude -180 to 180) and metres. */
  public static Geodetic ofDegrees(double latitudeDeg, double longitudeDeg, double altitudeM) {
    Check.within("latitude (deg)", latitudeDeg, -90, 90);
    Check.within("longitude (deg)", longitudeDeg, -180, 180);
    return new Geodetic(Math.toRadians(latitudeDeg), Math.toRadians(longitudeDeg), altitudeM);
  }

  /** Latitude in degrees. */
  public double latitudeDeg() {
    return Math.toDegrees(latitudeRad);
  }

  /** Longitude in degrees. */
  public double longitudeDeg() {
    return Math.toDegrees(longitudeRad);
  }

  /** The same place on the map at another height (metres above the ellipsoid). */
  public Geodetic withAltitudeM(double newAltitudeM) {
    return new Geodetic(latitudeRad, longitudeRad, newAltitudeM);
  }
}
