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
  static final double REACH = radius(RINGS - 1);

  private static final double[][] UNIT = unit();

  private ImpactSample() {}

  private static double radius(int ring) {
    return Math.sqrt(-2 * StrictMath.log(1 - (ring + 0.5) / RINGS));
  }

  private static double[][] unit() {
    double[][] points = new double[RINGS * SECTORS][];
    for (int r = 0; r < RINGS; r++) {
      for (int s = 0; s < SECTORS; s++) {
        double angle = 2 * Math.PI * (s + 0.5 * (r % 2)) / SECTORS;
        points[r * SECTORS + s] =
            new double[] {radius(r) * StrictMath.cos(angle), radius(r) * StrictMath.sin(angle)};
      }
    }
    return points;
  }

  /** How far from the mean the outermost points lie, metres. */
  static double reachM(Predicted p) {
    return REACH * HorizontalEllipse.of(p.eastNorthM2()).semiMajorM();
  }

  /** The points of a prediction on the map. */
  static Mercator.Spot[] spots(Predicted p) {
    Covariance c = p.eastNorthM2();
    // Cholesky factor: east = a u, north = b u + d v.
    double a = Math.sqrt(c.get(0, 0));
    double b = c.get(0, 1) / a;
    double d = Math.sqrt(Math.max(0, c.get(1, 1) - b * b));
    Geodetic at = p.point().withAltitudeM(0);
    Vector3 mean = Wgs84.toEcef(at);
    Vector3 east = Wgs84.east(at);
    Vector3 north = Wgs84.north(at);
    Mercator.Spot[] spots = new Mercator.Spot[UNIT.length];
    for (int i = 0; i < spots.length; i++) {
      double u = UNIT[i][0];
      double v = UNIT[i][1];
      Vector3 there = mean.plus(east.times(a * u)).plus(north.times(b * u + d * v));
      spots[i] = Mercator.Spot.of(Wgs84.toGeodetic(there));
    }
    return spots;
  }
}
