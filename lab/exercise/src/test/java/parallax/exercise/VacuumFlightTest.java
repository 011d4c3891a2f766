package parallax.exercise;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class VacuumFlightTest {
  /** Check values published beside the launch table: id, vacuum flight time on a turning sphere. */
  private static final String[] PUBLISHED = {
    "L06 1686",
    "L09 2080",
    "L10 2605",
    "L12 825",
    "L14 3040",
    "L36 4111",
    "L39 1227",
    "L43 3979",
    "L46 3981",
    "L50 4355",
    "L56 5018"
  };

  @Test
  void agreesWithThePublishedCheckValues() {
    for (String row : PUBLISHED) {
      String id = row.substring(0, 3);
      PublishedLaunch l =
          LaunchTable.bundled().launches().stream()
              .filter(x -> x.id().equals(id))
              .findFirst()
              .orElseThrow();
      double time =
          VacuumFlight.rotatingDurationS(
              l.sitePosition(),
              l.bearingRad().orElseThrow(),
              l.rangeM().orElseThrow(),
              l.apogeeM().orElseThrow());
      assertEquals(Double.parseDouble(row.substring(4)), time, 2, id);
    }
  }

  @Test
  void approachesTheFlatEarthForShortFlights() {
    VacuumFlight v = VacuumFlight.over(10_000, 2_500);
    assertEquals(Math.PI / 4, v.elevationRad(), 2e-3);
    assertEquals(Math.sqrt(9.82 * 10_000), v.speedMps(), 0.5);
    assertEquals(2 * Math.sqrt(2 * 2_500 / 9.82), v.durationS(), 0.1);
  }

  @Test
  void minimumEnergyApogeeNeedsTheLeastSpeed() {
    for (double range : new double[] {300e3, 1_000e3, 4_000e3, 9_000e3}) {
      double apogee = Assumptions.minimumEnergyApogeeM(range);
      double least = VacuumFlight.over(range, apogee).speedMps();
      assertEquals(least, VacuumFlight.over(range, 1.01 * apogee).speedMps(), 1e-4 * least);
      assertEquals(least, VacuumFlight.over(range, 0.99 * apogee).speedMps(), 1e-4 * least);
    }
  }
}
