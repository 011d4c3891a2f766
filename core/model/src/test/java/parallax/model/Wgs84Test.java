package parallax.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.SplittableRandom;
import net.sf.geographiclib.Geodesic;
import org.junit.jupiter.api.Test;

class Wgs84Test {
  @Test
  void agreesWithThePublishedEcefPositionsOfTheNrlLibrary() {
    assertEcef(39.20, 125.67, 0, -2886029.7315, 4020776.2835, 4009547.9432);
    assertEcef(35.77, 135.22, 200, -3677645.2063, 3649510.8087, 3707632.3519);
    assertEcef(21.40, -158.00, 100, -5508531.6301, -2225591.2444, 2312722.0448);
  }

  private static void assertEcef(double lat, double lon, double alt, double x, double y, double z) {
    Vector3 p = Wgs84.toEcef(Geodetic.ofDegrees(lat, lon, alt));
    assertEquals(x, p.x(), 1e-4);
    assertEquals(y, p.y(), 1e-4);
    assertEquals(z, p.z(), 1e-4);
  }

  @Test
  void comesBackFromEcefToTheSamePlaceEverywhereFromTheSeaBedToHighOrbit() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 10_000; i++) {
      Geodetic g =
          Geodetic.ofDegrees(
              random.nextDouble(-90, 90),
              random.nextDouble(-180, 180),
              random.nextDouble(-10_000, 1e8));
      Geodetic back = Wgs84.toGeodetic(Wgs84.toEcef(g));
      Vector3 error = Wgs84.toEcef(back).minus(Wgs84.toEcef(g));
      assertEquals(0, error.norm(), 1e-6, g.toString());
    }
  }

  @Test
  void knowsThePolesAndTheAntimeridian() {
    Geodetic pole = Wgs84.toGeodetic(new Vector3(0, 0, Wgs84.B + 100));
    assertEquals(90, pole.latitudeDeg(), 1e-9);
    assertEquals(100, pole.altitudeM(), 1e-6);
    assertEquals(180, Math.abs(Wgs84.toGeodetic(new Vector3(-7e6, 0, 0)).longitudeDeg()), 1e-9);
  }

  @Test
  void refusesAPlaceAtTheCentreOfTheEarth() {
    assertThrows(InvalidValueException.class, () -> Wgs84.toGeodetic(new Vector3(0, 0, 1)));
  }

  @Test
  void localAxesAreRightHandedAndPointWhereTheirNamesSay() {
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < 200; i++) {
      Geodetic g = Geodetic.ofDegrees(random.nextDouble(-80, 80), random.nextDouble(-179, 179), 0);
      Vector3 cross = Wgs84.east(g).cross(Wgs84.north(g)).minus(Wgs84.up(g));
      assertEquals(0, cross.norm(), 1e-12);
      Geodetic north =
          Wgs84.toGeodetic(Wgs84.toEcef(g).plus(Wgs84.fromEnu(new Vector3(0, 100, 0), g)));
      double azimuth =
          Geodesic.WGS84.Inverse(
                  g.latitudeDeg(), g.longitudeDeg(), north.latitudeDeg(), north.longitudeDeg())
              .azi1;
      assertEquals(0, azimuth, 1e-3);
      Vector3 v = new Vector3(1, 2, 3);
      assertEquals(0, Wgs84.toEnu(Wgs84.fromEnu(v, g), g).minus(v).norm(), 1e-12);
    }
  }
}
