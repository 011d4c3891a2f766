package parallax.model;

/**
 * The 1-sigma ellipse of a 2 x 2 east-north covariance (m^2).
 *
 * @param semiMajorM root of the larger eigenvalue, metres
 * @param semiMinorM root of the smaller eigenvalue, metres
 * @param orientationRad azimuth of the major axis, radians clockwise from north, 0 to pi
 */
public record HorizontalEllipse(double semiMajorM, double semiMinorM, double orientationRad) {
  /** Eigen-decomposition of the symmetric matrix ((ee, en), (en, nn)) in closed form. */
  public static HorizontalEllipse of(Covariance eastNorthM2) {
    if (eastNorthM2.dimension() != 2) {
      throw new InvalidValueException("covariance", eastNorthM2.dimension() + " rows", "2 rows");
    }
    double ee = eastNorthM2.get(0, 0);
    double en = eastNorthM2.get(0, 1);
    double nn = eastNorthM2.get(1, 1);
    double mean = 0.5 * (ee + nn);
    double half = Math.hypot(0.5 * (ee - nn), en);
    double azimuth = 0.5 * StrictMath.atan2(2 * en, nn - ee);
    if (azimuth < 0) {
      azimuth += Math.PI;
    }
    return new HorizontalEllipse(
        Math.sqrt(mean + half), Math.sqrt(Math.max(0, mean - half)), azimuth);
  }

  /**
   * Scale from the 1-sigma ellipse to the one that holds probability {@code p}: sqrt(-2 ln(1-p)).
   */
  public static double scaleFor(double p) {
    Check.within("probability", p, 0, 0.999999);
    return Math.sqrt(-2 * StrictMath.log1p(-p));
  }
}
