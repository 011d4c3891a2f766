package parallax.release;

import java.util.List;
import parallax.model.Covariance;
import parallax.model.LaunchPointEstimate;
import parallax.model.Wgs84;

/**
 * The probability that a launch came from a region, its place being Gaussian about the estimate.
 *
 * <p>The region's corners are mapped to metres east and north of the estimate by the radii of
 * curvature there (an affine map, so edges straight in longitude and latitude stay straight; off by
 * under 0.7 % of the distance within 50 km at these latitudes), then whitened by the Cholesky
 * factor of the covariance, so that the place is a standard normal about the origin. The
 * probability of a polygon is the sum over its edges of the signed probability of the triangle of
 * edge and origin,
 *
 * <pre>  1/(2 pi) * integral over theta of (1 - exp(-d^2 / (2 cos^2 theta)))</pre>
 *
 * with d the distance of the edge's line from the origin and theta the angle from its foot: Owen's
 * T function (Ann. Math. Stat. 27, 1956, p. 1075). With tan(theta) = sinh(t) the exponential part
 * becomes exp(-(d cosh t)^2 / 2) / cosh t, smooth for every d, and is summed by Gauss-Legendre
 * panels to about 1e-9. No sampling: the same input gives the same bits.
 */
final class RegionProbability {
  /** Beyond this many standard deviations nothing is counted: probability below 1e-18. */
  private static final double FAR = 9;

  private static final double WIDEST_PANEL = 1.0;

  /** Abscissae and weights of the 8-point Gauss-Legendre rule on -1 to 1, positive half. */
  private static final double[] X = {
    0.1834346424956498, 0.5255324099163290, 0.7966664774136267, 0.9602898564975363
  };

  private static final double[] W = {
    0.3626837833783620, 0.3137066458778873, 0.2223810344533745, 0.1012285362903763
  };

  private RegionProbability() {}

  /** The probability, 0 to 1, that the launch was inside {@code region}. */
  static double inside(LaunchRegion region, LaunchPointEstimate estimate) {
    double p = 0;
    for (int i = 0; i < region.rings().size(); i++) {
      double ring = ofRing(region.rings().get(i), estimate);
      p += i == 0 ? ring : -ring;
    }
    return Math.max(0, Math.min(1, p));
  }

  private static double ofRing(List<LaunchRegion.Corner> ring, LaunchPointEstimate estimate) {
    double lat = estimate.point().latitudeRad();
    double sin = StrictMath.sin(lat);
    double w2 = 1 - Wgs84.E2 * sin * sin;
    double eastM = Wgs84.A / Math.sqrt(w2) * StrictMath.cos(lat);
    double northM = Wgs84.A * (1 - Wgs84.E2) / (w2 * Math.sqrt(w2));
    Covariance c = estimate.eastNorthM2();
    double[] l = c.factor();
    double l11 = l[0];
    double l21 = l[2];
    double l22 = l[3];

    int n = ring.size();
    double[] x = new double[n];
    double[] y = new double[n];
    for (int i = 0; i < n; i++) {
      LaunchRegion.Corner corner = ring.get(i);
      double e = (Math.toRadians(corner.longitudeDeg()) - estimate.point().longitudeRad()) * eastM;
      double north = (Math.toRadians(corner.latitudeDeg()) - lat) * northM;
      x[i] = e / l11;
      y[i] = (north - l21 * x[i]) / l22;
    }
    double sum = 0;
    for (int i = 0; i + 1 < n; i++) {
      sum += triangle(x[i], y[i], x[i + 1], y[i + 1]);
    }
    return Math.abs(sum);
  }

  /** The standard normal probability of the triangle (origin, a, b), negative when clockwise. */
  private static double triangle(double ax, double ay, double bx, double by) {
    double length = Math.hypot(bx - ax, by - ay);
    if (length == 0) {
      return 0;
    }
    double ux = (bx - ax) / length;
    double uy = (by - ay) / length;
    double signed = ax * uy - ay * ux;
    double d = Math.abs(signed);
    if (d < 1e-12) {
      return 0;
    }
    double from = ax * ux + ay * uy;
    double to = bx * ux + by * uy;
    double angle = StrictMath.atan2(to, d) - StrictMath.atan2(from, d);
    double p = (angle - tail(d, from, to)) / (2 * Math.PI);
    return signed > 0 ? p : -p;
  }

  /** The integral of exp(-(d cosh t)^2 / 2) / cosh t between the two places along the edge. */
  private static double tail(double d, double from, double to) {
    if (d > FAR) {
      return 0;
    }
    double low = asinh(Math.max(-FAR, Math.min(FAR, from)) / d);
    double high = asinh(Math.max(-FAR, Math.min(FAR, to)) / d);
    int panels = (int) Math.ceil((high - low) / WIDEST_PANEL);
    double half = panels == 0 ? 0 : (high - low) / (2 * panels);
    double sum = 0;
    for (int k = 0; k < panels; k++) {
      double middle = low + (2 * k + 1) * half;
      for (int i = 0; i < X.length; i++) {
        sum += W[i] * (integrand(d, middle - X[i] * half) + integrand(d, middle + X[i] * half));
      }
    }
    return sum * half;
  }

  private static double integrand(double d, double t) {
    double e = StrictMath.exp(t);
    double cosh = 0.5 * (e + 1 / e);
    double r = d * cosh;
    return StrictMath.exp(-0.5 * r * r) / cosh;
  }

  private static double asinh(double v) {
    double a = Math.abs(v);
    double r = StrictMath.log(a + Math.sqrt(a * a + 1));
    return v < 0 ? -r : r;
  }
}
