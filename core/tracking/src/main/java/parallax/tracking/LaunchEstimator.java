package parallax.tracking;

import java.util.ArrayList;
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
  private static final double DRIFT_SIGMA_M = 7_000;
  private static final double SPEED_AT_CLOUD_MPS = 400;

  private static final double LEAST_CLIMB = 0.02;
  private static final double LEAST_HEIGHT_M = 500;
  private static final double HIGHEST_BOOST_M = 1_200_000;
  private static final double LONGEST_COAST_S = 1_500;
  private static final double NEGLIGIBLE = 1e-3;

  /** 1 sigma of the logarithm of a burnout's height. */
  private static final double BURNOUT_HEIGHT_SIGMA = 0.6;

  private static final double RUN_SIGMA = 0.35;
  private static final double DURATION_SIGMA = 0.30;
  private static final double DURATION_FLOOR_S = 6;
  private static final double FLOOR_M = 4_000;

  /** Above this height no lift pulls a target up. */
  private static final double HIGHEST_LIFT_M = 60_000;

  /** How many of those that climb from low down without a motor were pulled up. */
  private static final double PULLED_UP = 0.1;

  /** Way and time from launch to a pull-up, 1 sigma. */
  private static final double PULL_UP_M = 350_000;

  private static final double PULL_UP_S = 250;

  /** What a bias of the sensors adds to every axis of the velocity, 1 sigma. */
  private static final double DRIFT_MPS = 15;

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
   * From an early state, running the flight back to the ground. If its motor burns, the boost is
   * run back from there. If not, it burnt out at any point of the ballistic path behind it, the
   * likelier the nearer that point's height is to {@link #burnoutHeight}; the boost is run back
   * from each, and the answers are joined by their mean and covariance. Empty while the velocity is
   * not known well enough, or when the target does not climb.
   *
   * @param x position, m, and velocity, m/s, ECEF
   * @param p their covariance, row by row
   * @param powered the probability that its motor burns
   * @param lifted the probability that it is being pulled up without one
   */
  static Optional<LaunchPointEstimate> fromState(
      UtcTime time, double[] x, double[] p, double powered, double lifted) {
    double speedSigma = Math.sqrt(p[21] + p[28] + p[35]);
    double speed = Math.sqrt(x[3] * x[3] + x[4] * x[4] + x[5] * x[5]);
    if (!(speed > 200) || speedSigma > 0.4 * speed || climb(x) <= LEAST_CLIMB) {
      return Optional.empty();
    }
    List<Weighed> all = new ArrayList<>();
    double height = BallisticForces.height(x[0], x[1], x[2]);
    if (height > LEAST_HEIGHT_M && height < HIGHEST_BOOST_M && powered > NEGLIGIBLE) {
      all.add(new Weighed(Boost.before(x, p, 0), powered));
    }
    if (powered < 1 - NEGLIGIBLE) {
      List<Weighed> ended = burntOut(x, p, lifted / (1 - powered));
      double share = (1 - powered) / ended.stream().mapToDouble(Weighed::weight).sum();
      ended.forEach(w -> all.add(new Weighed(w.boost, w.weight * share)));
    }
    return all.isEmpty() ? Optional.empty() : Optional.of(joined(time, all));
  }

  /** The boosts that may have ended on the ballistic path behind a state. */
  private static List<Weighed> burntOut(double[] x, double[] p, double lifted) {
    List<Weighed> found = new ArrayList<>();
    double[] s = x;
    double back = 0;
    double step = 0;
    while (back < LONGEST_COAST_S) {
      double height = BallisticForces.height(s[0], s[1], s[2]);
      if (height < LEAST_HEIGHT_M || climb(s) <= LEAST_CLIMB) {
        break;
      }
      double off = StrictMath.log(height / burnoutHeight(s)) / BURNOUT_HEIGHT_SIGMA;
      double likely = StrictMath.exp(-0.5 * off * off) * Math.max(step, 1);
      if (likely > NEGLIGIBLE && height < HIGHEST_BOOST_M) {
        Boost b = Boost.before(s, p, back);
        double pulled = height < HIGHEST_LIFT_M ? Math.clamp(lifted, PULLED_UP, 1) : 0;
        if (pulled > 0) {
          found.add(new Weighed(b.afterPullUp(), likely * pulled));
        }
        found.add(new Weighed(b, likely * (1 - pulled)));
      } else if (off < 0 && !found.isEmpty()) {
        break;
      }
      step = off > 5 ? 10 : 4;
      s = BallisticArc.fly(BallisticForces.wgs84(4_000), s, -step, 1).end();
      back += step;
    }
    return found;
  }

  /**
   * The height at which a boost ends, from the velocity at its end: a fit to the bundled notional
   * missiles, from which they differ by 35 % (1 sigma).
   */
  private static double burnoutHeight(double[] s) {
    double speed = Math.sqrt(s[3] * s[3] + s[4] * s[4] + s[5] * s[5]);
    double bend = Math.PI / 2 - StrictMath.asin(climb(s));
    return StrictMath.exp(11.8 + 1.53 * StrictMath.log(speed / 2_000) - 1.56 * bend);
  }

  /**
   * A boost run back from its newest state. The path is taken to bend from the vertical to the
   * present climb angle g. With height h, b = 90 deg - g and u = ln(v^2 / 2 h / (20 m/s^2)), the
   * ground run is h tan(b / 2) exp(0.22 + 0.31 u + 0.18 b), and the time flown h b / cos(g) / v
   * exp(0.74 + 0.28 u + 0.20 b): fits to the bundled notional missiles over all of their boosts,
   * from which they differ by 21 % and 16 % (1 sigma). Other missiles are allowed 35 % and 30 %.
   *
   * @param launch the launch point, ECEF, m
   * @param covariance its horizontal covariance in ECEF axes, m^2, row by row
   * @param agoS how long ago it was launched
   * @param agoVariance the variance of that, s^2
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  private record Boost(Vector3 launch, double[] covariance, double agoS, double agoVariance) {
    /** The one that ended in {@code s}, {@code back} seconds before a state of covariance p. */
    static Boost before(double[] s, double[] p, double back) {
      Vector3 r = FlightPredictor.position(s);
      Vector3 v = new Vector3(s[3], s[4], s[5]);
      Geodetic g = Wgs84.toGeodetic(r);
      Vector3 enu = Wgs84.toEnu(v, g);
      double speed = v.norm();
      double ground = Math.max(1, Math.hypot(enu.x(), enu.y()));
      double angle = StrictMath.atan2(enu.z(), ground);
      double bend = Math.max(1e-3, Math.PI / 2 - angle);
      double height = Math.max(LEAST_HEIGHT_M, g.altitudeM());
      double u = StrictMath.log(speed * speed / (40 * height));
      double longer = StrictMath.exp(0.22 + 0.31 * u + 0.18 * bend);
      double run = height * StrictMath.tan(bend / 2) * longer;
      double way = height * bend / StrictMath.cos(angle);
      double duration = way / speed * StrictMath.exp(0.74 + 0.28 * u + 0.20 * bend);
      Vector3 ahead = Wgs84.fromEnu(new Vector3(enu.x() / ground, enu.y() / ground, 0), g);
      Vector3 left = Wgs84.fromEnu(new Vector3(-enu.y() / ground, enu.x() / ground, 0), g);
      Vector3 up = Wgs84.fromEnu(new Vector3(0, 0, 1), g);
      Vector3 launch = r.minus(ahead.times(run)).minus(up.times(height));
      double speedSigma = Math.sqrt((p[21] + p[28] + p[35]) / 3);
      double turned = speedSigma / speed;
      double halfCos = StrictMath.cos(bend / 2);
      double along =
          square(RUN_SIGMA * run) + square(0.5 * height * longer * turned / square(halfCos));
      double across = square(0.15 * run) + square(run / ground * speedSigma);
      double floor = square(FLOOR_M) + square(DRIFT_MPS * back);
      double[] c = new double[9];
      for (int i = 0; i < 3; i++) {
        for (int j = 0; j < 3; j++) {
          double carried =
              p[i * 6 + j]
                  - back * (p[i * 6 + j + 3] + p[(i + 3) * 6 + j])
                  + back * back * p[(i + 3) * 6 + j + 3];
          c[i * 3 + j] =
              carried
                  + (i == j ? floor : 0)
                  + along * axis(ahead, i) * axis(ahead, j)
                  + across * axis(left, i) * axis(left, j);
        }
      }
      return new Boost(
          launch, c, back + duration, square(DURATION_FLOOR_S) + square(DURATION_SIGMA * duration));
    }

    /** The same, if what looks like a boost was a pull-up. */
    Boost afterPullUp() {
      double[] c = covariance.clone();
      for (int i = 0; i < 9; i += 4) {
        c[i] += square(PULL_UP_M);
      }
      return new Boost(launch, c, agoS, agoVariance + square(PULL_UP_S));
    }
  }

  /** A boost that may have been, and how likely in proportion to others. */
  private record Weighed(Boost boost, double weight) {}

  private static double axis(Vector3 v, int i) {
    return i == 0 ? v.x() : i == 1 ? v.y() : v.z();
  }

  /** The mean and covariance of what several boosts say, by their weights. */
  private static LaunchPointEstimate joined(UtcTime time, List<Weighed> boosts) {
    double sum = 0;
    Vector3 mean = new Vector3(0, 0, 0);
    double ago = 0;
    for (Weighed w : boosts) {
      sum += w.weight;
      mean = mean.plus(w.boost.launch.times(w.weight));
      ago += w.weight * w.boost.agoS;
    }
    mean = mean.times(1 / sum);
    ago /= sum;
    Geodetic g = Wgs84.toGeodetic(mean);
    Vector3[] axes = {
      Wgs84.fromEnu(new Vector3(1, 0, 0), g), Wgs84.fromEnu(new Vector3(0, 1, 0), g)
    };
    double[] en = new double[4];
    double variance = 0;
    for (Weighed each : boosts) {
      Boost b = each.boost;
      double w = each.weight / sum;
      Vector3 off = b.launch.minus(mean);
      for (int i = 0; i < 2; i++) {
        for (int j = 0; j < 2; j++) {
          en[i * 2 + j] +=
              w
                  * (Dense.quadratic(b.covariance, 3, 0, axes[i], axes[j])
                      + off.dot(axes[i]) * off.dot(axes[j]));
        }
      }
      variance += w * (b.agoVariance + square(b.agoS - ago));
    }
    return new LaunchPointEstimate(
        g.withAltitudeM(0),
        Covariance.of(2, en[0], 0.5 * (en[1] + en[2]), 0.5 * (en[1] + en[2]), en[3]),
        time.plusSeconds(-ago),
        Math.sqrt(variance));
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
