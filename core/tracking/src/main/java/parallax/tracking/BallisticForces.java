package parallax.tracking;

import parallax.model.Check;
import parallax.model.Vector3;
import parallax.model.Wgs84;

/**
 * Accelerations of an unpowered body in the rotating ECEF frame: central gravity, the second zonal
 * harmonic, centrifugal, Coriolis and drag.
 *
 * <pre>
 * a = -GM r/|r|^3 - 3/2 J2 GM a^2/|r|^5 (x(1-5s), y(1-5s), z(3-5s)) - w x (w x r) - 2 w x v
 *     - rho |u| u / (2 beta),        s = z^2/|r|^2,   u = v - wind
 * </pre>
 *
 * Source: Vallado, Fundamentals of Astrodynamics and Applications, 4th ed., sections 8.6 and 8.7.
 * Gravity beyond J2 is left out: at most 1e-4 m/s^2 near the surface.
 *
 * @param gm gravitational constant, m^3/s^2
 * @param radiusM equatorial radius that J2 refers to, metres
 * @param j2 unnormalised second zonal harmonic
 * @param omega earth rate, rad/s
 * @param ballisticCoefficient m / (Cd A), kg/m^2; infinite for a vacuum
 * @param windMps the wind, the same everywhere, m/s in ECEF axes
 */
public record BallisticForces(
    double gm,
    double radiusM,
    double j2,
    double omega,
    double ballisticCoefficient,
    Vector3 windMps) {
  private static final Vector3 CALM = new Vector3(0, 0, 0);

  /** WGS-84 without wind, for a body of which nothing is known. */
  static final BallisticForces NOMINAL =
      wgs84(PredictionSettings.defaults().ballisticCoefficient());

  /** Validates the signs. */
  public BallisticForces {
    Check.positive("GM", gm);
    Check.positive("radius (m)", radiusM);
    Check.finite("J2", j2);
    Check.finite("earth rate (rad/s)", omega);
    if (!(ballisticCoefficient > 0)) {
      throw new parallax.model.InvalidValueException(
          "ballistic coefficient", ballisticCoefficient, "more than 0");
    }
  }

  /** Without wind. */
  public BallisticForces(
      double gm, double radiusM, double j2, double omega, double ballisticCoefficient) {
    this(gm, radiusM, j2, omega, ballisticCoefficient, CALM);
  }

  /** The same in a wind, m/s in ECEF axes. */
  BallisticForces inWind(Vector3 mps) {
    return new BallisticForces(gm, radiusM, j2, omega, ballisticCoefficient, mps);
  }

  /** WGS-84 with drag by the given ballistic coefficient (kg/m^2). */
  public static BallisticForces wgs84(double ballisticCoefficient) {
    return new BallisticForces(Wgs84.GM, Wgs84.A, Wgs84.J2, Wgs84.OMEGA, ballisticCoefficient);
  }

  /**
   * Height above the ellipsoid along the geocentric radius, metres: exact on the ellipsoid, and
   * within 1e-5 of the height elsewhere.
   */
  static double height(double x, double y, double z) {
    double p2 = x * x + y * y;
    double r2 = p2 + z * z;
    double r = Math.sqrt(r2);
    return r - Wgs84.B / Math.sqrt(1 - Wgs84.E2 * p2 / r2);
  }

  /** Writes velocity and acceleration of the state {@code y} (position, velocity) to {@code d}. */
  void derivative(double[] y, double[] d) {
    derivative(y, d, ballisticCoefficient);
  }

  /**
   * As {@link #derivative(double[], double[])} with another ballistic coefficient, kg/m^2; returns
   * the drag deceleration, m/s^2.
   */
  double derivative(double[] y, double[] d, double beta) {
    double x = y[0];
    double yy = y[1];
    double z = y[2];
    double r2 = Math.max(x * x + yy * yy + z * z, 1e12);
    double r = Math.sqrt(r2);
    double inverse = 1 / r2;
    double g = gm * inverse * inverse * r;
    double k = 1.5 * j2 * g * radiusM * radiusM * inverse;
    double s5 = 5 * z * z * inverse;
    double w2 = omega * omega;
    d[0] = y[3];
    d[1] = y[4];
    d[2] = y[5];
    d[3] = x * (-g - k * (1 - s5) + w2) + 2 * omega * y[4];
    d[4] = yy * (-g - k * (1 - s5) + w2) - 2 * omega * y[3];
    d[5] = z * (-g - k * (3 - s5));
    if (r < Wgs84.A + Atmosphere.TOP_M) {
      double above = r - Wgs84.B / Math.sqrt(1 - Wgs84.E2 * (r2 - z * z) * inverse);
      double rho = Atmosphere.densityKgM3(above);
      if (rho > 0) {
        double u = y[3] - windMps.x();
        double v = y[4] - windMps.y();
        double w = y[5] - windMps.z();
        double speed = Math.sqrt(u * u + v * v + w * w);
        double f = 0.5 * rho * speed / beta;
        d[3] -= f * u;
        d[4] -= f * v;
        d[5] -= f * w;
        return f * speed;
      }
    }
    return 0;
  }

  /** Nominal drag deceleration at the state {@code y}, m/s^2. */
  double drag(double[] y) {
    return drag(y, ballisticCoefficient);
  }

  /** Drag deceleration at the state {@code y} with ballistic coefficient {@code beta}, m/s^2. */
  static double drag(double[] y, double beta) {
    double v2 = y[3] * y[3] + y[4] * y[4] + y[5] * y[5];
    return 0.5 * Atmosphere.densityKgM3(height(y[0], y[1], y[2])) * v2 / beta;
  }
}
