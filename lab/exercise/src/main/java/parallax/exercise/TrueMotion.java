package parallax.exercise;

import parallax.model.Geodetic;
import parallax.model.Vector3;
import parallax.model.Wgs84;

/**
 * Equations of motion in ECEF axes turning with the earth: a = g(r) - 2 w x v - w x (w x r) +
 * thrust + air.
 *
 * <p>g is the central term with J2. Thrust is less in dense air, by a share that goes with density
 * (for pressure). Air: with dynamic pressure q and coefficient B = m / (C_D0 S), f = q / B is the
 * drag acceleration without lift; lift L costs drag f + L^2 / (4 E^2 f) (parabolic polar, greatest
 * lift-to-drag ratio E). The air turns with the earth; the {@link Weather} bears on flight without
 * thrust or lift, where nothing steers against it.
 */
final class TrueMotion {
  private static final double MAX_LIFT_RATIO = 1.5;
  private static final double GLIDE_TIME_S = 25;
  private static final double TURN_TIME_S = 6;
  private static final double SCALE_HEIGHT_M = 7000;
  private static final double LIFT_FADE_S = 10;
  private static final double SEA_LEVEL_KG_M3 = 1.225;

  /** Share of its vacuum thrust that a motor loses to the air's pressure at sea level. */
  private static final double SEA_LEVEL_THRUST_LOSS = 0.12;

  private static final double MAX_LIFT_MPS2 = 120;

  private final Missile missile;
  private final Burn burn;
  private final FlightStyle style;
  private final Weather weather;
  private final double[][] axes;
  private final double[] enu = new double[3];

  /** Stage that burns, or the number of stages after burnout. Set before each step. */
  int stage;

  /** Time of the first apogee, seconds; infinite before. */
  double apogeeS = Double.POSITIVE_INFINITY;

  /** Height above which the glide does not climb again, metres. Set at the first apogee. */
  double ceilingM = Double.POSITIVE_INFINITY;

  /** Time from which lift is given up for the last dive, seconds; infinite before. */
  double diveS = Double.POSITIVE_INFINITY;

  TrueMotion(Missile missile, Burn burn, FlightStyle style, Weather weather, Geodetic site) {
    this.missile = missile;
    this.burn = burn;
    this.style = style;
    this.weather = weather;
    Vector3 e = Wgs84.east(site);
    Vector3 n = Wgs84.north(site);
    Vector3 u = Wgs84.up(site);
    axes = new double[][] {{e.x(), n.x(), u.x()}, {e.y(), n.y(), u.y()}, {e.z(), n.z(), u.z()}};
  }

  /**
   * Height above the ellipsoid along the geocentric radius, metres: from the geodetic height it
   * differs by less than 6e-6 of itself.
   */
  static double heightM(double x, double y, double z) {
    double r2 = x * x + y * y + z * z;
    double p2 = x * x + y * y;
    return Math.sqrt(r2) - Wgs84.B / Math.sqrt(1 - Wgs84.E2 * p2 / r2);
  }

  /** Writes the acceleration (m/s^2) at {@code t} for state {@code s} (position, velocity). */
  void acceleration(double t, double[] s, double[] out) {
    gravityAndRotation(s, out);
    double height = heightM(s[0], s[1], s[2]);
    if (stage < burn.stages()) {
      double thin = Atmosphere.densityKgM3(height) / SEA_LEVEL_KG_M3;
      double a = burn.accelerationMps2(stage, t) * (1 - SEA_LEVEL_THRUST_LOSS * thin);
      burn.direction(t, enu);
      for (int i = 0; i < 3; i++) {
        out[i] += a * (axes[i][0] * enu[0] + axes[i][1] * enu[1] + axes[i][2] * enu[2]);
      }
      addAir(t, s, height, missile.boostCoefficientKgM2(), false, out);
    } else {
      boolean lifting = style == FlightStyle.LIFTING && t > apogeeS;
      double coefficient = weather.coefficientRatio * missile.reentryCoefficientKgM2();
      addAir(t, throughTheAir(s, height), height, coefficient, lifting, out);
    }
  }

  /** The state with its velocity against the air. */
  private double[] throughTheAir(double[] s, double height) {
    double p = Math.sqrt(s[0] * s[0] + s[1] * s[1]);
    if (weather == Weather.CALM || height > Atmosphere.TOP_M || p < 1) {
      return s;
    }
    double r = Math.sqrt(p * p + s[2] * s[2]);
    double e = weather.eastMps(height);
    double n = weather.northMps(height);
    double[] a = s.clone();
    a[3] -= -e * s[1] / p - n * s[2] * s[0] / (p * r);
    a[4] -= e * s[0] / p - n * s[2] * s[1] / (p * r);
    a[5] -= n * p / r;
    return a;
  }

  private static void gravityAndRotation(double[] s, double[] out) {
    double x = s[0];
    double y = s[1];
    double z = s[2];
    double r2 = x * x + y * y + z * z;
    double r = Math.sqrt(r2);
    double k = -Wgs84.GM / (r2 * r);
    double j = 1.5 * Wgs84.J2 * Wgs84.A * Wgs84.A / r2;
    double zz = 5 * z * z / r2;
    double w = Wgs84.OMEGA;
    out[0] = k * x * (1 + j * (1 - zz)) + 2 * w * s[4] + w * w * x;
    out[1] = k * y * (1 + j * (1 - zz)) - 2 * w * s[3] + w * w * y;
    out[2] = k * z * (1 + j * (3 - zz));
  }

  private void addAir(
      double t, double[] s, double height, double coefficient, boolean lifting, double[] out) {
    double rho = Atmosphere.densityKgM3(height);
    double v2 = s[3] * s[3] + s[4] * s[4] + s[5] * s[5];
    if (rho == 0 || v2 < 1e-6) {
      return;
    }
    double v = Math.sqrt(v2);
    double f = 0.5 * rho * v2 / coefficient;
    double drag = f;
    if (lifting) {
      double lift = liftMps2(t, s, height, v, f);
      double e2 = 2 * missile.liftToDrag();
      drag += lift * lift / (e2 * e2 * f);
      addLift(s, v, lift, out);
    }
    out[0] -= drag * s[3] / v;
    out[1] -= drag * s[4] / v;
    out[2] -= drag * s[5] / v;
  }

  /**
   * Lift acceleration that leads into a quasi-equilibrium glide: there 2 E f carries the weight
   * that the path's curvature does not, at the best lift-to-drag ratio. The height error is judged
   * by f through the scale height, and by the ceiling; it gives a wanted path angle, and that a
   * lift.
   */
  private double liftMps2(double t, double[] s, double height, double v, double f) {
    double r = Math.sqrt(s[0] * s[0] + s[1] * s[1] + s[2] * s[2]);
    double sinPath = (s[0] * s[3] + s[1] * s[4] + s[2] * s[5]) / (r * v);
    double weight = Math.max(1, Wgs84.GM / (r * r) - v * v / r);
    double best = 2 * missile.liftToDrag() * f;
    double errorM = Math.max(SCALE_HEIGHT_M * StrictMath.log(weight / best), height - ceilingM);
    double wanted = Math.max(-0.3, Math.min(0.15, -errorM / (v * GLIDE_TIME_S)));
    double command = weight + v * (wanted - sinPath) / TURN_TIME_S;
    double limit = Math.min(MAX_LIFT_RATIO * best, MAX_LIFT_MPS2);
    double bounded = Math.max(-0.3 * limit, Math.min(limit, command));
    double fadeIn = Smooth.step((t - apogeeS) / LIFT_FADE_S);
    double fadeOut = 1 - Smooth.step((t - diveS) / LIFT_FADE_S);
    return bounded * fadeIn * fadeOut;
  }

  private static void addLift(double[] s, double v, double lift, double[] out) {
    double r = Math.sqrt(s[0] * s[0] + s[1] * s[1] + s[2] * s[2]);
    double sinPath = (s[0] * s[3] + s[1] * s[4] + s[2] * s[5]) / (r * v);
    double cosPath = Math.sqrt(Math.max(1e-12, 1 - sinPath * sinPath));
    for (int i = 0; i < 3; i++) {
      out[i] += lift * (s[i] / r - sinPath * s[3 + i] / v) / cosPath;
    }
  }
}
