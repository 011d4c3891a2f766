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
  private static final double[] NO_BIAS = {0, 0, 0};

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

  private PlotModel(
      Plot plot,
      Sensor sensor,
      Vector3[] axes,
      double rangeM,
      double rangeRateMps,
      double[] noise) {
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
  }

  static PlotModel of(Plot.RadarPlot p, Sensor.Radar s) {
    return of(p, s, p.rangeM(), p.azimuthRad(), p.elevationRad(), NO_BIAS);
  }

  /** As above with what is known of the radar's bias taken out, and what is not added as noise. */
  static PlotModel of(Plot.RadarPlot p, Sensor.Radar s, SensorBias b) {
    double across = b.azimuthSigmaRad() * StrictMath.cos(p.elevationRad());
    double[] added = {b.rangeSigmaM(), across, b.elevationSigmaRad()};
    return of(
        p,
        s,
        Math.max(1, p.rangeM() - b.rangeM()),
        p.azimuthRad() - b.azimuthRad(),
        p.elevationRad() - b.elevationRad(),
        added);
  }

  private static PlotModel of(
      Plot.RadarPlot p,
      Sensor.Radar s,
      double rangeM,
      double azimuthRad,
      double elevationRad,
      double[] addedSigma) {
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
    double r = s.rangeSigmaM() * s.rangeSigmaM() + addedSigma[0] * addedSigma[0];
    double a = s.azimuthSigmaRad() * s.azimuthSigmaRad() + addedSigma[1] * addedSigma[1];
    double e = s.elevationSigmaRad() * s.elevationSigmaRad() + addedSigma[2] * addedSigma[2];
    boolean rate = p.rangeRateMps().isPresent() && s.rangeRateSigmaMps() > 0;
    double[] noise =
        rate
            ? new double[] {r, a, e, s.rangeRateSigmaMps() * s.rangeRateSigmaMps()}
            : new double[] {r, a, e};
    return new PlotModel(p, s, axes, rangeM, p.rangeRateMps().orElse(0), noise);
  }

  static PlotModel of(Plot.InfraredPlot p, Sensor.InfraredSatellite s) {
    Vector3 u = p.lineOfSight().unit();
    Vector3 pole = new Vector3(0, 0, 1);
    Vector3 right = u.cross(pole);
    Vector3 e1 = right.norm() > 1e-6 ? right.unit() : new Vector3(1, 0, 0);
    double n = s.lineOfSightSigmaRad() * s.lineOfSightSigmaRad();
    return new PlotModel(p, s, new Vector3[] {u, e1, e1.cross(u)}, 0, 0, new double[] {n, n});
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

  long nanos() {
    return plot.timeOfValidity().nanos();
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
    return p;
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
