package parallax.tracking;

import java.util.List;
import java.util.Optional;
import parallax.model.Covariance;
import parallax.model.Geodetic;
import parallax.model.HorizontalEllipse;
import parallax.model.LaunchPointEstimate;
import parallax.model.UtcTime;
import parallax.model.Vector3;
import parallax.model.Wgs84;

/**
 * Where and when a target was launched: from the first infrared sightings, taken to be where it
 * broke cloud, or from an early state by running the boost back. The priors are wide because they
 * stand for every kind of missile.
 */
final class LaunchEstimator {
  /** Height of a first infrared sighting, metres. */
  static final double CLOUD_BREAK_M = 11_000;

  /** 1 sigma of {@link #CLOUD_BREAK_M}. */
  static final double CLOUD_BREAK_SIGMA_M = 4_000;

  private static final double CLIMB_TO_CLOUD_S = 50;
  private static final double CLIMB_SIGMA_S = 10;
  private static final double DRIFT_SIGMA_M = 4_000;
  private static final double SPEED_AT_CLOUD_MPS = 400;

  private LaunchEstimator() {}

  /**
   * Where the line of sight of an infrared plot meets the height of cloud break; the nearest point
   * to the earth when it passes above.
   */
  static Vector3 cloudBreakPoint(PlotModel m) {
    Vector3 o = m.origin();
    Vector3 u = m.direction();
    double nearest = Math.max(0, -o.dot(u));
    double lo = 0;
    double hi = nearest;
    for (int i = 0; i < 60; i++) {
      double mid = 0.5 * (lo + hi);
      Vector3 p = o.plus(u.times(mid));
      if (BallisticForces.height(p.x(), p.y(), p.z()) > CLOUD_BREAK_M) {
        lo = mid;
      } else {
        hi = mid;
      }
    }
    return o.plus(u.times(hi));
  }

  /**
   * From the first plot of each infrared sensor: least squares of the lines of sight and of the
   * height prior, in the horizontal axes of the first sighting. Later first plots of other sensors
   * count for less, by the way flown meanwhile.
   */
  static LaunchPointEstimate fromInfrared(List<PlotModel> sightings) {
    PlotModel first = sightings.getFirst();
    Vector3 at = cloudBreakPoint(first);
    Geodetic g = Wgs84.toGeodetic(at);
    double[] info = new double[9];
    info[0] = 1e-12;
    info[4] = 1e-12;
    info[8] = 1 / (CLOUD_BREAK_SIGMA_M * CLOUD_BREAK_SIGMA_M);
    double[] y = new double[3];
    for (PlotModel m : sightings) {
      addLine(m, at, g, (m.nanos() - first.nanos()) * 1e-9, info, y);
    }
    double[] p = Dense.inverse(info, 3);
    double[] d = Dense.multiply(p, y, 3, 3, 1);
    double height = Math.max(2_000, CLOUD_BREAK_M + d[2]);
    Vector3 here = at.plus(Wgs84.fromEnu(new Vector3(d[0], d[1], d[2]), g));
    double drift = DRIFT_SIGMA_M * DRIFT_SIGMA_M;
    Covariance en = Covariance.of(2, p[0] + drift, p[1], p[3], p[4] + drift);
    double climb = CLIMB_TO_CLOUD_S * Math.sqrt(height / CLOUD_BREAK_M);
    return new LaunchPointEstimate(
        Wgs84.toGeodetic(here).withAltitudeM(0),
        en,
        first.plot.timeOfValidity().plusSeconds(-climb),
        Math.max(CLIMB_SIGMA_S, 0.2 * climb));
  }

  private static void addLine(
      PlotModel m, Vector3 at, Geodetic g, double dt, double[] info, double[] y) {
    Vector3 toAt = at.minus(m.origin());
    double flown = SPEED_AT_CLOUD_MPS * dt;
    double sigma2 = m.noise[0] * toAt.dot(toAt) + flown * flown;
    Vector3 u = Wgs84.toEnu(m.direction(), g);
    Vector3 off = Wgs84.toEnu(toAt, g);
    Vector3 across = off.minus(u.times(off.dot(u))).times(-1);
    double[] v = {u.x(), u.y(), u.z()};
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        info[i * 3 + j] += ((i == j ? 1 : 0) - v[i] * v[j]) / sigma2;
      }
    }
    y[0] += across.x() / sigma2;
    y[1] += across.y() / sigma2;
    y[2] += across.z() / sigma2;
  }

  /**
   * From an early state, running the boost back: the path from launch is taken to bend evenly from
   * the vertical to the present climb angle g, so that with height h the ground run is h tan((90
   * deg - g) / 2) and the length of the way is h (90 deg - g) / cos g, flown at a mean speed of v /
   * 2.6. A state higher than a boost ends is first flown back without power. Empty while the
   * velocity is not known well enough, or when the target does not climb.
   */
  static Optional<LaunchPointEstimate> fromState(
      UtcTime time, double[] x, double[] p, boolean powered) {
    double speedSigma = Math.sqrt(p[21] + p[28] + p[35]);
    double speed = Math.sqrt(x[3] * x[3] + x[4] * x[4] + x[5] * x[5]);
    double[] s = x;
    double back = 0;
    double height = BallisticForces.height(x[0], x[1], x[2]);
    double ceiling = powered ? 400_000 : 150_000;
    if (!(speed > 200) || speedSigma > 0.4 * speed || climb(x) <= 0) {
      return Optional.empty();
    }
    while (height > ceiling && back < 1500) {
      s = BallisticArc.fly(BallisticForces.wgs84(4_000), s, -5, 1).end();
      back += 5;
      height = BallisticForces.height(s[0], s[1], s[2]);
    }
    if (height > ceiling || height < 500 || climb(s) <= 0.02) {
      return Optional.empty();
    }
    return Optional.of(runBack(time.plusSeconds(-back), s, p, back, powered));
  }

  private static LaunchPointEstimate runBack(
      UtcTime time, double[] s, double[] p, double back, boolean powered) {
    Vector3 r = FlightPredictor.position(s);
    Vector3 v = new Vector3(s[3], s[4], s[5]);
    Geodetic g = Wgs84.toGeodetic(r);
    Vector3 enu = Wgs84.toEnu(v, g);
    double speed = v.norm();
    double ground = Math.hypot(enu.x(), enu.y());
    double angle = StrictMath.atan2(enu.z(), ground);
    double bend = Math.PI / 2 - angle;
    double height = Math.max(0, g.altitudeM());
    double run = 1.2 * height * StrictMath.tan(bend / 2);
    double way = height * (bend < 1e-3 ? 1 : bend / StrictMath.cos(angle));
    double duration = 2.6 * way / speed;
    double east = ground > 1 ? enu.x() / ground : 0;
    double north = ground > 1 ? enu.y() / ground : 1;
    Vector3 launch = r.plus(Wgs84.fromEnu(new Vector3(-run * east, -run * north, -height), g));
    double speedVar = (p[21] + p[28] + p[35]) / 3;
    double posVar = (p[0] + p[7] + p[14]) / 3;
    double heading = Math.min(1, Math.sqrt(speedVar) / Math.max(ground, 100));
    double carried = speedVar * back * back + posVar;
    double bendError = height * Math.sqrt(speedVar) / speed;
    double loose = powered ? 0.45 : 0.6;
    double along = 16e6 + square(loose * run) + carried + square(bendError);
    double across = 16e6 + square(0.15 * run) + square(run * heading) + carried;
    Covariance en =
        Covariance.of(
            2,
            along * east * east + across * north * north,
            (along - across) * east * north,
            (along - across) * east * north,
            along * north * north + across * east * east);
    double sigma = Math.hypot(8, (powered ? 0.35 : 0.45) * duration);
    return new LaunchPointEstimate(
        Wgs84.toGeodetic(launch).withAltitudeM(0), en, time.plusSeconds(-duration), sigma);
  }

  /** Climb angle's sine. */
  private static double climb(double[] x) {
    Vector3 r = FlightPredictor.position(x);
    Vector3 v = new Vector3(x[3], x[4], x[5]);
    return r.dot(v) / (r.norm() * Math.max(1, v.norm()));
  }

  private static double square(double a) {
    return a * a;
  }

  /** Size of an estimate's uncertainty, m^2: the product of its ellipse's axes. */
  static double area(LaunchPointEstimate e) {
    HorizontalEllipse h = HorizontalEllipse.of(e.eastNorthM2());
    return h.semiMajorM() * h.semiMinorM();
  }
}
