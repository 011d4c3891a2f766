package parallax.tracking;

import java.util.ArrayList;
import java.util.List;
import parallax.model.Geodetic;
import parallax.model.UtcTime;
import parallax.model.Vector3;
import parallax.model.Wgs84;

/** A made-up flight: a powered arc by a pitch programme, then a ballistic coast with drag. */
final class TestFlight {
  static final UtcTime T0 = new UtcTime(1_681_338_180_000_000_000L);
  private static final double STEP = 0.1;

  /** Thrust from start to end (s), growing from first to last (m/s^2). */
  record Stage(double fromS, double toS, double first, double last) {}

  final Geodetic site;
  final double burnoutS;
  final double impactS;
  final Geodetic impact;
  final double apogeeM;
  private final List<double[]> boost = new ArrayList<>();
  private final BallisticArc coast;

  TestFlight(
      Geodetic site, double bearingDeg, double finalElevationDeg, double beta, Stage... stages) {
    this.site = site;
    this.burnoutS = stages[stages.length - 1].toS();
    Vector3 r = Wgs84.toEcef(site.withAltitudeM(50));
    double[] x = {r.x(), r.y(), r.z(), 0, 0, 0};
    BallisticForces forces = BallisticForces.wgs84(beta);
    int n = (int) Math.round(burnoutS / STEP);
    boost.add(x.clone());
    for (int i = 0; i < n; i++) {
      double t = i * STEP;
      x = rungeKutta(forces, x, t, bearingDeg, finalElevationDeg, stages);
      boost.add(x.clone());
    }
    coast = BallisticArc.flyToGround(forces, x, 3 * 3600, 0.001);
    impactS = burnoutS + coast.durationS();
    impact = Wgs84.toGeodetic(FlightPredictor.position(coast.end()));
    apogeeM = coast.greatestHeightM();
  }

  private double[] rungeKutta(
      BallisticForces f, double[] x, double t, double bearing, double elevation, Stage[] stages) {
    double[] sum = new double[6];
    double[] y = x.clone();
    double[] k = new double[6];
    for (int s = 0; s < 4; s++) {
      double at = t + (s == 0 ? 0 : s == 3 ? STEP : STEP / 2);
      f.derivative(y, k);
      Vector3 a = thrust(at, y, bearing, elevation, stages);
      k[3] += a.x();
      k[4] += a.y();
      k[5] += a.z();
      double step = s == 2 ? STEP : STEP / 2;
      for (int i = 0; i < 6; i++) {
        sum[i] += (s == 0 || s == 3 ? 1 : 2) * k[i];
        y[i] = x[i] + step * k[i];
      }
    }
    double[] out = x.clone();
    for (int i = 0; i < 6; i++) {
      out[i] += STEP / 6 * sum[i];
    }
    return out;
  }

  private Vector3 thrust(double t, double[] y, double bearing, double elevation, Stage[] stages) {
    for (Stage s : stages) {
      if (t >= s.fromS() && t < s.toS()) {
        double f = (t - s.fromS()) / (s.toS() - s.fromS());
        double a = s.first() / (1 - f * (1 - s.first() / s.last()));
        double turn = Math.max(0, Math.min(1, (t - 8) / (0.7 * burnoutS - 8)));
        double el = Math.toRadians(90 + (elevation - 90) * turn);
        double az = Math.toRadians(bearing);
        Geodetic g = Wgs84.toGeodetic(FlightPredictor.position(y));
        double ce = StrictMath.cos(el);
        return Wgs84.fromEnu(
                new Vector3(ce * StrictMath.sin(az), ce * StrictMath.cos(az), StrictMath.sin(el)),
                g)
            .times(a);
      }
    }
    return new Vector3(0, 0, 0);
  }

  boolean burns(double t, Stage... stages) {
    for (Stage s : stages) {
      if (t >= s.fromS() && t < s.toS()) {
        return true;
      }
    }
    return false;
  }

  /** True state at {@code t} seconds after launch. */
  double[] at(double t) {
    if (t >= burnoutS) {
      return coast.at(t - burnoutS);
    }
    int i = (int) Math.min(boost.size() - 2, Math.floor(t / STEP));
    double u = t / STEP - i;
    double[] a = boost.get(i);
    double[] b = boost.get(i + 1);
    double[] s = new double[6];
    for (int k = 0; k < 3; k++) {
      double c1 = STEP * a[3 + k];
      double dp = b[k] - a[k] - c1;
      double dv = STEP * (b[3 + k] - a[3 + k]);
      s[k] = a[k] + u * (c1 + u * (3 * dp - dv + u * (dv - 2 * dp)));
      s[3 + k] = a[3 + k] + u * (b[3 + k] - a[3 + k]);
    }
    return s;
  }

  static UtcTime time(double t) {
    return T0.plusSeconds(t);
  }

  /** One stage over Japan: about 4,000 km. */
  static TestFlight irbm() {
    return new TestFlight(
        Geodetic.ofDegrees(40.8, 126.0, 0), 75, 38, 4_000, new Stage(0, 140, 20, 110));
  }

  /** Two stages with a pause, lofted. */
  static TestFlight lofted() {
    return new TestFlight(
        Geodetic.ofDegrees(39.2, 125.67, 0),
        80,
        80,
        4_500,
        new Stage(0, 120, 17, 60),
        new Stage(124, 270, 14, 80));
  }

  /** A short one to the east. */
  static TestFlight srbm() {
    return new TestFlight(
        Geodetic.ofDegrees(39.0, 126.0, 0), 85, 45, 3_000, new Stage(0, 70, 22, 45));
  }
}
