package parallax.release;

import java.util.List;
import parallax.model.Covariance;
import parallax.model.Geodetic;
import parallax.model.Wgs84;

/**
 * Centroid and covariance of a place that is equally likely anywhere in a region: the first and
 * second moments of the region's polygon by Green's theorem, in metres east and north.
 *
 * @param centroid the centroid, altitude 0
 * @param eastNorthM2 2 x 2 covariance, m^2
 */
record RegionMoments(Geodetic centroid, Covariance eastNorthM2) {
  static RegionMoments of(LaunchRegion region) {
    LaunchRegion.Corner origin = region.rings().getFirst().getFirst();
    double north = Math.toRadians(1) * Wgs84.A;
    double east = north * StrictMath.cos(Math.toRadians(origin.latitudeDeg()));
    double[] sums = new double[6];
    for (int i = 0; i < region.rings().size(); i++) {
      double[] ring = sums(region.rings().get(i), origin, east, north);
      double sign = ring[0] < 0 == (i == 0) ? -1 : 1;
      for (int k = 0; k < 6; k++) {
        sums[k] += sign * ring[k];
      }
    }
    double x = sums[1] / sums[0];
    double y = sums[2] / sums[0];
    return new RegionMoments(
        Geodetic.ofDegrees(origin.latitudeDeg() + y / north, origin.longitudeDeg() + x / east, 0),
        Covariance.of(
            2,
            sums[3] / sums[0] - x * x,
            sums[4] / sums[0] - x * y,
            sums[4] / sums[0] - x * y,
            sums[5] / sums[0] - y * y));
  }

  /** The integrals of 1, x, y, x^2, x y and y^2 over a ring, negative when it runs clockwise. */
  private static double[] sums(
      List<LaunchRegion.Corner> ring, LaunchRegion.Corner origin, double east, double north) {
    double[] s = new double[6];
    for (int i = 0; i + 1 < ring.size(); i++) {
      double ax = (ring.get(i).longitudeDeg() - origin.longitudeDeg()) * east;
      double ay = (ring.get(i).latitudeDeg() - origin.latitudeDeg()) * north;
      double bx = (ring.get(i + 1).longitudeDeg() - origin.longitudeDeg()) * east;
      double by = (ring.get(i + 1).latitudeDeg() - origin.latitudeDeg()) * north;
      double cross = ax * by - bx * ay;
      s[0] += cross / 2;
      s[1] += cross * (ax + bx) / 6;
      s[2] += cross * (ay + by) / 6;
      s[3] += cross * (ax * ax + ax * bx + bx * bx) / 12;
      s[4] += cross * (2 * ax * ay + ax * by + bx * ay + 2 * bx * by) / 24;
      s[5] += cross * (ay * ay + ay * by + by * by) / 12;
    }
    return s;
  }
}
