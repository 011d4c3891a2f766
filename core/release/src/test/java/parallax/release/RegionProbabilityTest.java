package parallax.release;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.hipparchus.special.Erf;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.algorithm.locate.IndexedPointInAreaLocator;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Location;
import org.locationtech.jts.geom.Polygon;
import parallax.model.Covariance;
import parallax.model.Geodetic;
import parallax.model.LaunchPointEstimate;
import parallax.model.UtcTime;
import parallax.model.Wgs84;

final class RegionProbabilityTest {
  private static final double LAT = 39;
  private static final double LON = 126;

  /** Metres per degree at the estimate, by the radii of curvature. */
  private static final double NORTH_M;

  private static final double EAST_M;

  static {
    double s = Math.sin(Math.toRadians(LAT));
    double w = 1 - Wgs84.E2 * s * s;
    NORTH_M = Math.toRadians(1) * Wgs84.A * (1 - Wgs84.E2) / (w * Math.sqrt(w));
    EAST_M = Math.toRadians(1) * Wgs84.A / Math.sqrt(w) * Math.cos(Math.toRadians(LAT));
  }

  private static LaunchPointEstimate estimate(double varE, double cov, double varN) {
    return new LaunchPointEstimate(
        Geodetic.ofDegrees(LAT, LON, 0), Covariance.of(2, varE, cov, cov, varN), new UtcTime(0), 1);
  }

  /** A region whose corners are metres east and north of the estimate. */
  private static LaunchRegion region(double... eastNorth) {
    return new LaunchRegion("r", List.of(ring(eastNorth)));
  }

  private static List<LaunchRegion.Corner> ring(double... eastNorth) {
    List<LaunchRegion.Corner> ring = new ArrayList<>();
    for (int i = 0; i < eastNorth.length; i += 2) {
      ring.add(
          new LaunchRegion.Corner(LON + eastNorth[i] / EAST_M, LAT + eastNorth[i + 1] / NORTH_M));
    }
    ring.add(ring.getFirst());
    return ring;
  }

  private static double[] rectangle(double w, double s, double e, double n) {
    return new double[] {w, s, e, s, e, n, w, n};
  }

  private static double normal(double low, double high, double sigma) {
    double k = 1 / (sigma * Math.sqrt(2));
    return 0.5 * (Erf.erf(high * k) - Erf.erf(low * k));
  }

  @Test
  void agreesWithTheErrorFunctionOnRectangles() {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 2000; i++) {
      double sigmaE = 100 + 40_000 * random.nextDouble();
      double sigmaN = 100 + 40_000 * random.nextDouble();
      double w = -60_000 + 120_000 * random.nextDouble();
      double s = -60_000 + 120_000 * random.nextDouble();
      double e = w + 1 + 100_000 * random.nextDouble();
      double n = s + 1 + 100_000 * random.nextDouble();
      double expected = normal(w, e, sigmaE) * normal(s, n, sigmaN);
      double found =
          RegionProbability.inside(
              region(rectangle(w, s, e, n)), estimate(sigmaE * sigmaE, 0, sigmaN * sigmaN));
      assertEquals(expected, found, 2e-9, w + " " + s + " " + e + " " + n);
    }
  }

  @Test
  void isOneHalfOnAnEdgeAndAQuarterOnACorner() {
    double far = 200_000;
    LaunchPointEstimate e = estimate(1e6, 0, 1e6);
    assertEquals(0.5, RegionProbability.inside(region(rectangle(0, -far, far, far)), e), 1e-9);
    assertEquals(0.25, RegionProbability.inside(region(rectangle(0, 0, far, far)), e), 1e-9);
    assertEquals(1, RegionProbability.inside(region(rectangle(-far, -far, far, far)), e), 1e-12);
    assertEquals(0, RegionProbability.inside(region(rectangle(20_000, 0, far, far)), e), 1e-12);
  }

  @Test
  void isAccurateWhenAnEdgePassesVeryClose() {
    for (double d : new double[] {1e-6, 1e-3, 0.1, 1, 10, 100}) {
      double p =
          RegionProbability.inside(
              region(rectangle(-d, -200_000, 200_000, 200_000)), estimate(1e6, 0, 1e6));
      assertEquals(normal(-d, 200_000, 1000), p, 1e-9, "at " + d + " m");
    }
  }

  @Test
  void doesNotDependOnTheDirectionOfTheRing() {
    List<LaunchRegion.Corner> ring = ring(-5000, -7000, 9000, -2000, 4000, 8000);
    List<LaunchRegion.Corner> reversed = new ArrayList<>(ring);
    Collections.reverse(reversed);
    LaunchPointEstimate e = estimate(4e7, 1e7, 3e7);
    assertEquals(
        RegionProbability.inside(new LaunchRegion("a", List.of(ring)), e),
        RegionProbability.inside(new LaunchRegion("b", List.of(reversed)), e),
        1e-12);
  }

  @Test
  void leavesOutHoles() {
    LaunchRegion holed =
        new LaunchRegion(
            "holed",
            List.of(
                ring(rectangle(-300_000, -300_000, 300_000, 300_000)),
                ring(rectangle(-1000, -2000, 1000, 2000))));
    double p = RegionProbability.inside(holed, estimate(1e6, 0, 1e6));
    assertEquals(1 - normal(-1, 1, 1) * normal(-2, 2, 1), p, 1e-9);
  }

  @Test
  void agreesWithSamplingOnStarsAndCorrelatedErrors() {
    SplittableRandom random = new SplittableRandom(11);
    GeometryFactory factory = new GeometryFactory();
    for (int k = 0; k < 25; k++) {
      int corners = 3 + random.nextInt(8);
      double[] star = new double[2 * corners];
      double shift = 20_000 * (random.nextDouble() - 0.5);
      for (int i = 0; i < corners; i++) {
        double r = 3_000 + 30_000 * random.nextDouble();
        double a = 2 * Math.PI * (i + 0.8 * random.nextDouble()) / corners;
        star[2 * i] = shift + r * Math.cos(a);
        star[2 * i + 1] = r * Math.sin(a);
      }
      double sigmaE = 2_000 + 15_000 * random.nextDouble();
      double sigmaN = 2_000 + 15_000 * random.nextDouble();
      double rho = 1.8 * random.nextDouble() - 0.9;
      double found =
          RegionProbability.inside(
              region(star), estimate(sigmaE * sigmaE, rho * sigmaE * sigmaN, sigmaN * sigmaN));
      Coordinate[] flat = new Coordinate[corners + 1];
      for (int i = 0; i <= corners; i++) {
        int j = i % corners;
        flat[i] = new Coordinate(star[2 * j], star[2 * j + 1]);
      }
      Polygon polygon = factory.createPolygon(flat);
      if (!polygon.isValid()) {
        continue;
      }
      IndexedPointInAreaLocator locator = new IndexedPointInAreaLocator(polygon);
      int hits = 0;
      int n = 20_000;
      for (int i = 0; i < n; i++) {
        double u = random.nextGaussian();
        double v = random.nextGaussian();
        double east = sigmaE * u;
        double north = sigmaN * (rho * u + Math.sqrt(1 - rho * rho) * v);
        if (locator.locate(new Coordinate(east, north)) == Location.INTERIOR) {
          hits++;
        }
      }
      assertEquals((double) hits / n, found, 0.018, "case " + k);
    }
  }

  @Test
  void givesTheSameBitsTwice() {
    LaunchPointEstimate e = estimate(4e7, 1e7, 3e7);
    LaunchRegion r = region(-5000, -7000, 9000, -2000, 4000, 8000);
    assertEquals(
        Double.doubleToLongBits(RegionProbability.inside(r, e)),
        Double.doubleToLongBits(RegionProbability.inside(r, e)));
  }
}
