package parallax.warning;

import parallax.model.Covariance;
import parallax.model.Geodetic;
import parallax.model.HorizontalEllipse;
import parallax.model.ImpactPointPrediction.Predicted;
import parallax.model.Vector3;
import parallax.model.Wgs84;

/**
 * Points of equal probability of a two-dimensional Gaussian on the ground: {@link #RINGS} rings of
 * {@link #SECTORS} points, ring i at radius sqrt(-2 ln(1 - (i + 1/2) / RINGS)) standard deviations,
 * turned by half a sector from ring to ring. The probability of a region is the share of points in
 * it, in steps of 1/480.
 *
 * <p>Points are laid in the plane that touches the earth at the mean and dropped on the ellipsoid;
 * 200 km out that shortens distances by 0.1 %.
 */
final class ImpactSample {
  static final int RINGS = 20;
  static final int SECTORS = 24;

  /** Radius of the outermost ring, standard deviations. */
  static final double REACH = radius(RINGS - 1, RINGS);

  private static final double[][] UNIT = unit(RINGS, SECTORS);

  private ImpactSample() {}

  private static double radius(int ring, int rings) {
    return Math.sqrt(-2 * StrictMath.log(1 - (ring + 0.5) / rings));
  }

  private static double[][] unit(int rings, int sectors) {
    double[][] points = new double[rings * sectors][];
    for (int r = 0; r < rings; r++) {
      for (int s = 0; s < sectors; s++) {
        double angle = 2 * Math.PI * (s + 0.5 * (r % 2)) / sectors;
        double radius = radius(r, rings);
        points[r * sectors + s] =
            new double[] {radius * StrictMath.cos(angle), radius * StrictMath.sin(angle)};
      }
    }
    return points;
  }

  /** How far from the mean the outermost points lie, metres. */
  static double reachM(Predicted p) {
    return REACH * HorizontalEllipse.of(p.eastNorthM2()).semiMajorM();
  }

  /** The same of a Gaussian sampled in that many rings. */
  static double reachM(Covariance eastNorthM2, int rings) {
    return radius(rings - 1, rings) * HorizontalEllipse.of(eastNorthM2).semiMajorM();
  }

  /** The points of a prediction on the map. */
  static Mercator.Spot[] spots(Predicted p) {
    return spots(p.point(), p.eastNorthM2(), UNIT);
  }

  /** The points of any Gaussian, as many as asked for. */
  static Mercator.Spot[] spots(Geodetic point, Covariance eastNorthM2, int rings, int sectors) {
    return spots(point, eastNorthM2, unit(rings, sectors));
  }

  private static Mercator.Spot[] spots(Geodetic point, Covariance c, double[][] unit) {
    // By the Cholesky factor: east = a u, north = b u + d v.
    double[] l = c.factor();
    double a = l[0];
    double b = l[2];
    double d = l[3];
    Geodetic at = point.withAltitudeM(0);
    Vector3 mean = Wgs84.toEcef(at);
    Vector3 east = Wgs84.east(at);
    Vector3 north = Wgs84.north(at);
    Mercator.Spot[] spots = new Mercator.Spot[unit.length];
    for (int i = 0; i < spots.length; i++) {
      double u = unit[i][0];
      double v = unit[i][1];
      Vector3 there = mean.plus(east.times(a * u)).plus(north.times(b * u + d * v));
      spots[i] = Mercator.Spot.of(Wgs84.toGeodetic(there));
    }
    return spots;
  }
}
