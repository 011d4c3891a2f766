package parallax.model;

/**
 * The WGS-84 earth: figure, gravity and rotation, and the conversions between geodetic coordinates,
 * earth-centred earth-fixed (ECEF) vectors and local east-north-up (ENU) axes.
 *
 * <p>Source of the constants: NIMA TR8350.2, third edition (2000). All arithmetic uses {@link
 * StrictMath}, so the same input gives the same bits on every machine.
 */
public final class Wgs84 {
  /** Semi-major axis, metres. */
  public static final double A = 6_378_137.0;

  /** Flattening. */
  public static final double F = 1 / 298.257223563;

  /** Semi-minor axis, metres. */
  public static final double B = A * (1 - F);

  /** First eccentricity squared. */
  public static final double E2 = F * (2 - F);

  /** Gravitational constant of the earth with its atmosphere, m^3/s^2. */
  public static final double GM = 3.986004418e14;

  /** Second zonal harmonic of gravity (unnormalised). */
  public static final double J2 = 1.082629821e-3;

  /** Rate of rotation, rad/s. */
  public static final double OMEGA = 7.292115e-5;

  private Wgs84() {}

  /** ECEF position (m) of a geodetic place. */
  public static Vector3 toEcef(Geodetic g) {
    double sinLat = StrictMath.sin(g.latitudeRad());
    double cosLat = StrictMath.cos(g.latitudeRad());
    double n = A / Math.sqrt(1 - E2 * sinLat * sinLat);
    double r = (n + g.altitudeM()) * cosLat;
    return new Vector3(
        r * StrictMath.cos(g.longitudeRad()),
        r * StrictMath.sin(g.longitudeRad()),
        (n * (1 - E2) + g.altitudeM()) * sinLat);
  }

  /**
   * Geodetic place of an ECEF position (m), by Bowring's method (Survey Review 23, 1976) iterated
   * on the reduced latitude until it moves less than 1e-15 rad; error below a micrometre from the
   * surface to 100,000 km. Throws for a position within 1 km of the earth's centre, where latitude
   * has no meaning.
   */
  public static Geodetic toGeodetic(Vector3 ecef) {
    double p = Math.hypot(ecef.x(), ecef.y());
    Check.within("distance from the earth's centre (m)", ecef.norm(), 1_000, 1e12);
    double lon = StrictMath.atan2(ecef.y(), ecef.x());
    double beta = StrictMath.atan2(ecef.z(), (1 - F) * p);
    double lat = 0;
    double ep2 = E2 / (1 - E2);
    for (int i = 0; i < 10; i++) {
      double sb = StrictMath.sin(beta);
      double cb = StrictMath.cos(beta);
      lat = StrictMath.atan2(ecef.z() + ep2 * B * sb * sb * sb, p - E2 * A * cb * cb * cb);
      double next = StrictMath.atan2((1 - F) * StrictMath.sin(lat), StrictMath.cos(lat));
      boolean settled = Math.abs(next - beta) < 1e-15;
      beta = next;
      if (settled) {
        break;
      }
    }
    double sinLat = StrictMath.sin(lat);
    double cosLat = StrictMath.cos(lat);
    double n = A / Math.sqrt(1 - E2 * sinLat * sinLat);
    double alt = p * cosLat + ecef.z() * sinLat - A * A / n;
    return new Geodetic(
        Math.max(-Math.PI / 2, Math.min(Math.PI / 2, lat)),
        Math.max(-Math.PI, Math.min(Math.PI, lon)),
        alt);
  }

  /** Unit vector to the east at {@code g}, in ECEF axes. */
  public static Vector3 east(Geodetic g) {
    return new Vector3(-StrictMath.sin(g.longitudeRad()), StrictMath.cos(g.longitudeRad()), 0);
  }

  /** Unit vector to the north at {@code g}, in ECEF axes. */
  public static Vector3 north(Geodetic g) {
    double s = StrictMath.sin(g.latitudeRad());
    return new Vector3(
        -s * StrictMath.cos(g.longitudeRad()),
        -s * StrictMath.sin(g.longitudeRad()),
        StrictMath.cos(g.latitudeRad()));
  }

  /** Unit vector along the ellipsoid's outward normal at {@code g}, in ECEF axes. */
  public static Vector3 up(Geodetic g) {
    double c = StrictMath.cos(g.latitudeRad());
    return new Vector3(
        c * StrictMath.cos(g.longitudeRad()),
        c * StrictMath.sin(g.longitudeRad()),
        StrictMath.sin(g.latitudeRad()));
  }

  /**
   * The ECEF vector {@code v} in the east-north-up axes at {@code origin}: x east, y north, z up.
   */
  public static Vector3 toEnu(Vector3 v, Geodetic origin) {
    return new Vector3(v.dot(east(origin)), v.dot(north(origin)), v.dot(up(origin)));
  }

  /** The vector {@code enu} (x east, y north, z up at {@code origin}) in ECEF axes. */
  public static Vector3 fromEnu(Vector3 enu, Geodetic origin) {
    return east(origin)
        .times(enu.x())
        .plus(north(origin).times(enu.y()))
        .plus(up(origin).times(enu.z()));
  }
}
