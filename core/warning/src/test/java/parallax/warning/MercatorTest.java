package parallax.warning;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import net.sf.geographiclib.Geodesic;
import net.sf.geographiclib.GeodesicMask;
import org.junit.jupiter.api.Test;
import parallax.model.Geodetic;

class MercatorTest {
  @Test
  void reproducesTheWorkedExampleOfSnyder() {
    // USGS PP 1395, page 267: Clarke 1866, latitude 35, longitude 75 W of 180 W; here on WGS-84 the
    // northing at 35 degrees, from the same formula in its other form (7-7), is 4,139,372.76 m.
    double phi = Math.toRadians(35);
    double e = Math.sqrt(parallax.model.Wgs84.E2);
    double sin = Math.sin(phi);
    double other =
        parallax.model.Wgs84.A
            * Math.log(
                Math.tan(Math.PI / 4 + phi / 2) * Math.pow((1 - e * sin) / (1 + e * sin), e / 2));
    assertEquals(other, Mercator.y(phi), 1e-6);
    assertEquals(4_139_372.76, Mercator.y(phi), 0.01);
  }

  @Test
  void distancesNearAPointAreTrueTimesTheScale() {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 2_000; i++) {
      Geodetic a = Scenes.at(random.nextDouble(-50, 50), random.nextDouble(-180, 180));
      double metres = random.nextDouble(100, 100_000);
      Geodetic b = Scenes.direct(a, random.nextDouble(0, 360), metres);
      Mercator.Spot p = Mercator.Spot.of(a);
      Mercator.Spot q = Mercator.Spot.of(b);
      double dx = q.x() - p.x();
      if (Math.abs(dx) > 1e7) {
        continue; // across Greenwich, where no area lies
      }
      double onMap = Math.hypot(dx, q.y() - p.y()) / p.scale();
      assertEquals(metres, onMap, 0.02 * metres, a + " to " + b);
    }
  }

  @Test
  void theGroundTrackFollowsTheGeodesic() {
    Geodetic from = Scenes.at(40.61, 126.43);
    double speed = 1_000;
    var path = Scenes.flight(from, 80, 1_500_000, speed, 0, 500_000);
    for (GroundTrack.Fix f : GroundTrack.of(path).fixes()) {
      double metres = f.time().secondsSince(Scenes.LAUNCH) * speed;
      Geodetic g = parallax.model.Wgs84.toGeodetic(f.groundM());
      var inverse =
          Geodesic.WGS84.Inverse(
              from.latitudeDeg(),
              from.longitudeDeg(),
              g.latitudeDeg(),
              g.longitudeDeg(),
              GeodesicMask.STANDARD);
      assertEquals(metres, inverse.s12, 200, "along");
      if (metres > 10_000) {
        double across = metres * Math.toRadians(inverse.azi1 - 80);
        assertEquals(0, across, 20, "across");
      }
    }
  }
}
