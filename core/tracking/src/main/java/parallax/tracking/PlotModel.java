package parallax.tracking;

import parallax.model.Geodetic;
import parallax.model.Plot;
import parallax.model.Sensor;
import parallax.model.Vector3;
import parallax.model.Wgs84;

/**
 * A plot as a measurement of a state, in axes laid along its own line of sight u with e1 to the
 * right and e2 upward: (|d|, d.e1/d.u, d.e2/d.u, d.v/|d|) with d from sensor to target. Taken
 * against the plot itself the residual is minus the predicted value, without the seams of azimuth
 * at north and at the zenith; for a radar e1 is across the line of sight, so its noise is the
 * cross-range figure of {@link Sensor.Radar}. An infrared plot has the two angles only.
 */
final class PlotModel implements Measurement {
  private static final double[][] NOTHING = {};

  /** The speed that is assumed of a target of which nothing is known yet, m/s. */
  private static final double ASSUMED_MPS = 3_000;

  private static final double FASTEST_MPS = 8_000;

  final Plot plot;
  final Sensor sensor;
  final int size;
  final double[] noise;
  private final Vector3 origin;
  private final Vector3 u;
  private final Vector3 e1;
  private final Vector3 e2;
  private final double rangeM;
  private final double rangeRateMps;
  private final PlotCorrection correction;

  private PlotModel(
      Plot plot,
      Sensor sensor,
      Vector3[] axes,
      double rangeM,
      double rangeRateMps,
      double[] noise,
      PlotCorrection correction) {
    this.plot = plot;
    this.sensor = sensor;
    this.size = noise.length;
    this.noise = noise;
    this.origin = Wgs84.toEcef(sensor.position());
    this.u = axes[0];
    this.e1 = axes[1];
    this.e2 = axes[2];
    this.rangeM = rangeM;
    this.rangeRateMps = rangeRateMps;
    this.correction = correction;
  }

  static PlotModel of(Plot.RadarPlot p, Sensor.Radar s) {
    return of(p, s, PlotCorrection.NONE);
  }

  /** As above with what is known of the radar's errors taken out. */
  static PlotModel of(Plot.RadarPlot p, Sensor.Radar s, PlotCorrection c) {
    double rangeM = Math.max(1, p.rangeM() - c.taken(0));
    double azimuthRad = p.azimuthRad() - c.taken(1);
    double elevationRad = p.elevationRad() - c.taken(2);
    Geodetic at = s.position();
    double sa = StrictMath.sin(azimuthRad);
    double ca = StrictMath.cos(azimuthRad);
    double se = StrictMath.sin(elevationRad);
    double ce = StrictMath.cos(elevationRad);
    Vector3[] axes = {
      Wgs84.fromEnu(new Vector3(sa * ce, ca * ce, se), at),
      Wgs84.fromEnu(new Vector3(ca, -sa, 0), at),
      Wgs84.fromEnu(new Vector3(-sa * se, -ca * se, ce), at)
    };
    double r = s.rangeSigmaM() * s.rangeSigmaM();
    double a = s.azimuthSigmaRad() * s.azimuthSigmaRad();
    double e = s.elevationSigmaRad() * s.elevationSigmaRad();
    boolean rate = p.rangeRateMps().isPresent() && s.rangeRateSigmaMps() > 0;
    double[] noise =
        rate
            ? new double[] {r, a, e, s.rangeRateSigmaMps() * s.rangeRateSigmaMps()}
            : new double[] {r, a, e};
    return new PlotModel(p, s, axes, rangeM, p.rangeRateMps().orElse(0), noise, c);
  }

  static PlotModel of(Plot.InfraredPlot p, Sensor.InfraredSatellite s) {
    Vector3 u = p.lineOfSight().unit();
    Vector3 pole = new Vector3(0, 0, 1);
    Vector3 right = u.cross(pole);
    Vector3 e1 = right.norm() > 1e-6 ? right.unit() : new Vector3(1, 0, 0);
    double n = s.lineOfSightSigmaRad() * s.lineOfSightSigmaRad();
    Vector3[] axes = {u, e1, e1.cross(u)};
    return new PlotModel(p, s, axes, 0, 0, new double[] {n, n}, PlotCorrection.NONE);
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public double[] noise() {
    return noise;
  }

  boolean radar() {
    return rangeM > 0;
  }

  /** When it was measured: what the sensor says, less what is known of the sensor's clock. */
  long nanos() {
    return plot.timeOfValidity().nanos() - Math.round(correction.clockS() * 1e9);
  }

  /** What was taken out of it. */
  PlotCorrection correction() {
    return correction;
  }

  /** What was taken out of the time that the sensor says, seconds. */
  double clockS() {
    return correction.clockS();
  }

  /**
   * What is not known of the radar's own errors, in columns: an error of range adds to the measured
   * range, one of time shows the target where it was that much earlier.
   */
  @Override
  public double[][] shared(double[] x) {
    if (correction.isExact()) {
      return NOTHING;
    }
    Vector3 d = new Vector3(x[0], x[1], x[2]).minus(origin);
    double range = d.norm();
    Vector3 v = new Vector3(x[3], x[4], x[5]);
    double rate = v.dot(d) / range;
    double across2 = Math.max(0, v.dot(v) - rate * rate);
    double[] speeds = {rate, v.dot(e1) / range, v.dot(e2) / range, across2 / range};
    double level = e2.dot(Wgs84.up(sensor.position()));
    double[][] columns = new double[BiasFilter.EACH][size];
    for (int k = 0; k < BiasFilter.EACH; k++) {
      for (int i = 0; i < size; i++) {
        double own = i < BiasFilter.CLOCK ? left(i, k) * (i == 1 ? level : 1) : 0;
        columns[k][i] = own - speeds[i] * left(BiasFilter.CLOCK, k);
      }
    }
    return columns;
  }

  private double left(int error, int k) {
    return correction.left(error, k);
  }

  Vector3 origin() {
    return origin;
  }

  Vector3 direction() {
    return u;
  }

  Vector3 right() {
    return e1;
  }

  Vector3 upward() {
    return e2;
  }

  double rangeM() {
    return rangeM;
  }

  /** The gate: a chi-square value exceeded by chance about once in 20,000 plots. */
  double gate() {
    return switch (size) {
      case 2 -> 20;
      case 3 -> 23;
      default -> 25;
    };
  }

  /** Predicted minus measured for the state {@code x}, or false when it is not in front. */
  @Override
  public boolean residual(double[] x, double[] out) {
    double dx = x[0] - origin.x();
    double dy = x[1] - origin.y();
    double dz = x[2] - origin.z();
    double d = Math.sqrt(dx * dx + dy * dy + dz * dz);
    double du = dx * u.x() + dy * u.y() + dz * u.z();
    if (!(du > 0.2 * d)) {
      return false;
    }
    int k = 0;
    if (radar()) {
      out[k++] = d - rangeM;
    }
    out[k++] = (dx * e1.x() + dy * e1.y() + dz * e1.z()) / du;
    out[k++] = (dx * e2.x() + dy * e2.y() + dz * e2.z()) / du;
    if (k < size) {
      out[k] = (dx * x[3] + dy * x[4] + dz * x[5]) / d - rangeRateMps;
    }
    return true;
  }

  /** Covariance of the measured position (m^2), with {@code alongM} as 1 sigma along the line. */
  double[] positionCovariance(double distanceM, double alongM) {
    int first = radar() ? 1 : 0;
    double c1 = noise[first] * distanceM * distanceM;
    double c2 = noise[first + 1] * distanceM * distanceM;
    double[] p = new double[9];
    addOuter(p, u, alongM * alongM);
    addOuter(p, e1, c1);
    addOuter(p, e2, c2);
    addUnknown(p, distanceM);
    return p;
  }

  private void addUnknown(double[] p, double distanceM) {
    for (int k = 0; k < BiasFilter.EACH && !correction.isExact(); k++) {
      addOuter(p, u, squared(left(0, k)));
      addOuter(p, e1, squared(left(1, k) * distanceM));
      addOuter(p, e2, squared(left(2, k) * distanceM));
      double late = ASSUMED_MPS * left(BiasFilter.CLOCK, k);
      for (int i = 0; i < 3; i++) {
        p[i * 4] += late * late;
      }
    }
  }

  /** How far, 1 sigma, what is not known of the radar's own errors may move the place, metres. */
  double looseM() {
    double sum = 0;
    for (int k = 0; k < BiasFilter.EACH && !correction.isExact(); k++) {
      sum += squared(left(0, k)) + squared(FASTEST_MPS * left(BiasFilter.CLOCK, k));
      sum += squared(rangeM * left(1, k)) + squared(rangeM * left(2, k));
    }
    return Math.sqrt(sum);
  }

  private static double squared(double a) {
    return a * a;
  }

  private static void addOuter(double[] p, Vector3 a, double k) {
    double[] v = {a.x(), a.y(), a.z()};
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        p[i * 3 + j] += k * v[i] * v[j];
      }
    }
  }
}
