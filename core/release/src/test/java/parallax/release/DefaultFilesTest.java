package parallax.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.Polygon;
import parallax.model.Covariance;
import parallax.model.Geodetic;
import parallax.model.InvalidValueException;
import parallax.model.LaunchPointEstimate;
import parallax.model.Nation;
import parallax.release.fixtures.ReleaseFixtures;

final class DefaultFilesTest {
  private static final double KM_PER_DEGREE = 111.19;

  private final Agreement agreement = Agreement.parse(DefaultFiles.agreement(), "default");
  private final LaunchRegion region = agreement.scope().launchRegions().getFirst();

  /** The sites of the published launches: name, latitude, longitude (deg). */
  private static final Object[][] SITES = {
    {"Kittaeryong", 38.99, 127.62},
    {"Uiju", 40.03, 124.58},
    {"Kwail", 38.42, 125.02},
    {"Sohae", 39.66, 124.71},
    {"Sunan", 39.2, 125.67},
    {"Sinpo", 40.04, 128.18},
    {"Mupyong-ni", 40.61, 126.43},
    {"Hwangju", 38.69, 125.7},
    {"Hodo", 39.4, 127.54},
    {"Sinpo, 30 km out at sea", 39.85, 128.5},
  };

  /** Places that must be outside. */
  private static final Object[][] OUTSIDE = {
    {"Seoul", 37.57, 126.98},
    {"Goseong (ROK)", 38.38, 128.47},
    {"Cheorwon", 38.15, 127.31},
    {"Baengnyeong", 37.96, 124.67},
    {"Yeonpyeong", 37.66, 125.70},
    {"Sokcho", 38.21, 128.59},
    {"Paju", 37.83, 126.80},
    {"Dandong, north of", 40.35, 124.25},
    {"Shenyang", 41.80, 123.43},
    {"Tonghua", 41.73, 125.94},
    {"Yanji", 42.89, 129.51},
    {"Vladivostok", 43.12, 131.89},
    {"Jiuquan", 40.96, 100.29},
    {"Tanegashima", 30.40, 130.97},
    {"Taiyuan", 38.85, 111.61},
    {"Vostochny", 51.88, 128.33},
  };

  @Test
  void readsTheDefaultAgreement() {
    assertEquals(ReleaseFixtures.PARTIES, List.copyOf(agreement.parties()));
    assertEquals(3, agreement.channels().size());
    assertEquals(3, agreement.scope().dataClasses().size());
    assertEquals(6, agreement.terms().neverShared().size());
    assertEquals(64, agreement.digest().length());
  }

  @Test
  void readsTheDefaultPolicyOfEachParty() {
    for (Nation nation : agreement.parties()) {
      NationalPolicy policy =
          NationalPolicy.parse(DefaultFiles.policy(nation), "policy", agreement);
      assertEquals(nation, policy.nation());
      for (NationalPolicy.Rule rule : policy.rules()) {
        assertEquals(2, rule.to().size(), rule.name());
      }
    }
  }

  @Test
  void saysWhichDefaultPolicyIsMissing() {
    InvalidValueException e =
        assertThrows(InvalidValueException.class, () -> DefaultFiles.policy(new Nation("GBR")));
    assertTrue(String.valueOf(e.getMessage()).contains("default-policy-gbr.yaml"));
  }

  @Test
  void holdsEverySiteOfTheDefaultRegion() {
    for (Object[] site : SITES) {
      requireInside((String) site[0], (Double) site[1], (Double) site[2]);
    }
  }

  @Test
  void holdsEveryPublishedLaunchSite() throws Exception {
    String samples = System.getProperty("parallax.samples");
    Path file = Path.of(samples == null ? "" : samples, "launches", "launches.csv");
    Assumptions.assumeTrue(Files.isRegularFile(file));
    TreeMap<String, double[]> sites = new TreeMap<>();
    for (String line : Files.readAllLines(file)) {
      String[] f = line.split(",", 7);
      if (f[0].matches("L[0-9]+")) {
        sites.put(f[3], new double[] {Double.parseDouble(f[4]), Double.parseDouble(f[5])});
      }
    }
    assertTrue(sites.size() >= 20);
    sites.forEach((name, place) -> requireInside(name, place[0], place[1]));
  }

  @Test
  void leavesOutTheNeighbours() {
    for (Object[] place : OUTSIDE) {
      for (double sigmaKm : new double[] {0.5, 5, 10, 40}) {
        double p = probability((Double) place[1], (Double) place[2], sigmaKm);
        assertTrue(p < 0.5, place[0] + ", " + sigmaKm + " km: " + p);
      }
    }
  }

  private void requireInside(String name, double lat, double lon) {
    double margin = marginKm(lat, lon);
    assertTrue(margin > 18, name + " is " + margin + " km inside");
    for (double sigmaKm : new double[] {5, 10, 20}) {
      double p = probability(lat, lon, sigmaKm);
      assertTrue(p > (sigmaKm > 10 ? 0.7 : 0.9), name + ", " + sigmaKm + " km: " + p);
    }
    double p = probability(lat, lon, 40);
    assertTrue(p > 0.5, name + ", 40 km: " + p);
  }

  private double probability(double lat, double lon, double sigmaKm) {
    double v = sigmaKm * sigmaKm * 1e6;
    return RegionProbability.inside(
        region,
        new LaunchPointEstimate(
            Geodetic.ofDegrees(lat, lon, 0),
            Covariance.diagonal(v, v),
            ReleaseFixtures.LAUNCH_TIME,
            1));
  }

  /** Distance to the region's edge, negative outside, by JTS on a local flat map. */
  private double marginKm(double lat, double lon) {
    GeometryFactory factory = new GeometryFactory();
    List<Coordinate> flat = new ArrayList<>();
    for (LaunchRegion.Corner c : region.rings().getFirst()) {
      flat.add(
          new Coordinate(
              (c.longitudeDeg() - lon) * KM_PER_DEGREE * Math.cos(Math.toRadians(lat)),
              (c.latitudeDeg() - lat) * KM_PER_DEGREE));
    }
    Polygon polygon = factory.createPolygon(flat.toArray(Coordinate[]::new));
    LineString edge = polygon.getExteriorRing();
    var here = factory.createPoint(new Coordinate(0, 0));
    return polygon.contains(here) ? edge.distance(here) : -edge.distance(here);
  }
}
