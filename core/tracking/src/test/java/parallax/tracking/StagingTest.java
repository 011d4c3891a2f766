package parallax.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import parallax.exercise.Flight;
import parallax.exercise.LaunchTable;
import parallax.model.Cholesky;
import parallax.model.DropArea;
import parallax.model.Geodetic;
import parallax.model.Nation;
import parallax.model.Sensor;
import parallax.model.Vector3;
import parallax.model.Wgs84;

final class StagingTest {
  private static final Geodetic SOHAE = Geodetic.ofDegrees(39.66, 124.705, 0);

  /** The corners announced to the IMO for the first stage of Unha-3, December 2012 (Yonhap). */
  private static final double SOUTH = 34 + 58 / 60.0 + 36 / 3600.0;

  private static final double NORTH = 35 + 44 / 60.0 + 7 / 3600.0;
  private static final double WEST = 124 + 30 / 60.0 + 30 / 3600.0;
  private static final double EAST = 124 + 56 / 60.0 + 11 / 3600.0;

  private static Flight flight(String id) {
    return LaunchTable.bundled().launches().stream()
        .filter(l -> l.id().equals(id))
        .findFirst()
        .flatMap(LaunchSweep::fly)
        .orElseThrow();
  }

  /** What radars in Korea tell by 160 s. */
  private static List<DropArea> drops(TestFlight f, long seed) {
    List<Sensor> sensors = TestSensors.kor();
    TestRun run = new TestRun(Nation.KOR, sensors);
    List<DropArea> last = new ArrayList<>();
    run.feed(
        TestSensors.plots(f, sensors, seed, 0, 160),
        0,
        160,
        (t, tracks) -> {
          for (NationalTrack k : tracks) {
            last.clear();
            last.addAll(k.impact().dropAreas());
          }
        });
    return last;
  }

  private static double squared(DropArea d, double lat, double lon) {
    Vector3 m = Wgs84.toEcef(Geodetic.ofDegrees(lat, lon, 0)).minus(Wgs84.toEcef(d.point()));
    Vector3 enu = Wgs84.toEnu(m, d.point());
    return Cholesky.squaredDistance(
        Dense.factor(d.eastNorthM2().toRowMajor(), 2), new double[] {enu.x(), enu.y()}, 2);
  }

  /**
   * An ascent southward from Sohae, its thrust that of the published 90 t and four engines of some
   * 300 kN for 120 s, its pitch chosen so that the first stage comes down in the zone announced.
   */
  @Test
  void firstStageOfASpaceLaunchIsToldWhereItWasAnnounced() {
    TestFlight f =
        new TestFlight(
            SOHAE,
            179.3,
            15,
            20_000,
            new TestFlight.Stage(0, 120, 13.5, 58),
            new TestFlight.Stage(124, 250, 14.7, 30));
    for (long seed = 4; seed < 8; seed++) {
      List<DropArea> drops = drops(f, seed);
      assertEquals(1, drops.size(), seed + " " + drops);
      DropArea d = drops.getFirst();
      assertEquals(120, d.separated().secondsSince(TestFlight.T0), 8);
      assertTrue(d.time().secondsSince(d.separated()) > 200);
      double middle = squared(d, 0.5 * (SOUTH + NORTH), 0.5 * (WEST + EAST));
      assertTrue(middle < 5.99, seed + ": the middle of the zone is at " + middle + ", " + d);
      assertTrue(d.eastNorthM2().rms(2) < 80_000, seed + " " + d);
    }
  }

  @Test
  void stagesOfLongRangeMissilesAreToldWhereTheyFall() {
    int told = 0;
    int inside = 0;
    for (String id : List.of("L10", "L36", "L48")) {
      StageSweep.Seen s = StageSweep.see(flight(id), Nation.KOR, 5);
      for (DropArea d : s.drops()) {
        assertTrue(s.offS(d) < 15, id + " " + d);
        told++;
        inside += StageSweep.squared(d, s.flight()) < 5.99 ? 1 : 0;
      }
    }
    assertTrue(told >= 4, told + " told");
    assertTrue(inside >= told - 1, inside + " of " + told + " in the 95 % ellipse");
  }

  @Test
  void shortRangeMissileLeavesNothingBehind() {
    for (String id : List.of("L08", "L16", "L25")) {
      for (Nation n : List.of(Nation.KOR, Nation.USA)) {
        assertEquals(List.of(), StageSweep.see(flight(id), n, 5).drops(), id + " " + n);
      }
    }
  }
}
