package parallax.tracking;

import parallax.model.StateVector;
import parallax.model.ThreatClass;
import parallax.model.Vector3;
import parallax.model.Wgs84;

/** Two-body quantities of a state given in ECEF. */
final class Orbit {
  private Orbit() {}

  static double[] vector(StateVector s) {
    Vector3 r = s.positionM();
    Vector3 v = s.velocityMps();
    return new double[] {r.x(), r.y(), r.z(), v.x(), v.y(), v.z()};
  }

  /** Inertial velocity of an ECEF state, along the ECEF axes of that moment: v + w x r. */
  static Vector3 inertialVelocity(double[] s) {
    return new Vector3(s[3] - Wgs84.OMEGA * s[1], s[4] + Wgs84.OMEGA * s[0], s[5]);
  }

  /** Specific orbital energy, J/kg. */
  static double energy(double[] s) {
    double v = inertialVelocity(s).norm();
    return 0.5 * v * v - Wgs84.GM / FlightPredictor.position(s).norm();
  }

  /** Height of the osculating perigee above the equatorial radius, metres. */
  static double perigeeHeightM(double[] s) {
    double h = FlightPredictor.position(s).cross(inertialVelocity(s)).norm();
    double e2 = 1 + 2 * energy(s) * h * h / (Wgs84.GM * Wgs84.GM);
    return h * h / Wgs84.GM / (1 + Math.sqrt(Math.max(0, e2))) - Wgs84.A;
  }

  /**
   * Ground range of the minimum-energy path with the energy of {@code s}, metres: with q = v^2 R /
   * GM at the surface, sin(psi/2) = q / (2 - q), range = R psi (Bate, Mueller and White, section
   * 6.2). The full half circle when q is 1 or more.
   */
  static double reachM(double[] s) {
    double r = 6_371_000;
    double v2 = 2 * (energy(s) + Wgs84.GM / r);
    double q = v2 * r / Wgs84.GM;
    if (!(q > 0)) {
      return 0;
    }
    return q >= 1 ? Math.PI * r : 2 * r * StrictMath.asin(q / (2 - q));
  }

  static ThreatClass threatClass(double[] s) {
    if (perigeeHeightM(s) > 100_000) {
      return ThreatClass.SPACE_LAUNCH;
    }
    double km = reachM(s) / 1000;
    if (km <= 1000) {
      return ThreatClass.SRBM;
    }
    if (km <= 3000) {
      return ThreatClass.MRBM;
    }
    return km <= 5500 ? ThreatClass.IRBM : ThreatClass.ICBM;
  }
}
