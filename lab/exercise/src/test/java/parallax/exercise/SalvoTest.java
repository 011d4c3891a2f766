package parallax.exercise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import parallax.model.InvalidValueException;
import parallax.model.Plot;
import parallax.model.Sensor;

class SalvoTest {
  private static final List<Sensor> SENSORS = NotionalSensors.table().sensors();
  private static final SalvoSpacing SPACING = new SalvoSpacing(40, Math.toRadians(2));
  private static List<Flight> flights = fly();

  @BeforeAll
  static void plan() {
    flights = fly();
  }

  private static PublishedLaunch launch(String id) {
    return LaunchTable.bundled().launches().stream()
        .filter(l -> l.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static List<Flight> fly() {
    return assertInstanceOf(SalvoPlan.Flown.class, FlightPlanner.salvo(launch("L05"), SPACING))
        .flights();
  }

  @Test
  void asManyMissilesFlyAsAreReported() {
    assertEquals(4, launch("L05").salvoSize());
    assertEquals(4, flights.size());
  }

  @Test
  void timesOfASalvoCountFromTheFirstLaunchToTheLast() {
    Salvo s = new Salvo(flights);
    Flight last = flights.getLast();
    assertEquals(flights.getFirst().launchTime(), s.launchTime());
    assertEquals(120, s.laterS(last), 1e-6);
    assertEquals(120 + last.burnoutS(), s.burnoutS(), 5);
    assertTrue(s.durationS() >= 120 + last.durationS() - 1e-6);
    assertEquals(flights.getFirst().durationS(), Salvo.of(flights.getFirst()).durationS());
    assertThrows(InvalidValueException.class, () -> new Salvo(List.of()));
  }

  @Test
  void everyMissileIsNearestToItsOwnPlaceFromItsLaunchToLongAfterItsImpact() {
    Salvo s = new Salvo(flights);
    for (Flight f : flights) {
      for (double t = 5; t < f.durationS(); t += 10) {
        assertEquals(
            f, s.nearest(f.at(t).positionM(), f.launchTime().plusSeconds(t)), "after " + t + " s");
      }
      assertEquals(
          f,
          s.nearest(
              f.at(f.durationS()).positionM(), f.launchTime().plusSeconds(f.durationS() + 500)));
    }
    assertEquals(
        flights.getFirst(),
        s.nearest(flights.getFirst().at(0).positionM(), s.launchTime().plusSeconds(-60)));
  }

  @Test
  void missilesFollowEachOtherAndFanOutToBothSides() {
    double bearing = launch("L05").bearingRad().orElseThrow();
    double[] steps = {0, 1, -1, 2};
    for (int i = 0; i < 4; i++) {
      Flight f = flights.get(i);
      assertEquals(40 * i, f.launchTime().secondsSince(flights.getFirst().launchTime()), 1e-6);
      assertEquals(
          Math.toDegrees(bearing) + 2 * steps[i],
          (FlightSolver.inverse(f.site(), f.impactPoint()).azi1 + 360) % 360,
          0.3);
      assertEquals(1_000_000, f.rangeM(), 2_500);
    }
  }

  @Test
  void theFirstIsSeenAsIfItWereAlone() {
    List<Plot> alone = PlotGenerator.plots(flights.getFirst(), SENSORS, 3);
    List<Plot> first = new ArrayList<>();
    for (TruePlot p : PlotGenerator.plots(flights, SENSORS, 3)) {
      if (p.target() == 0) {
        first.add(p.plot());
      }
    }
    assertEquals(alone, first);
  }

  @Test
  void everyPlotIsOfTheFlightItNames() {
    TreeSet<Integer> seen = new TreeSet<>();
    for (TruePlot p : PlotGenerator.plots(flights, SENSORS, 3)) {
      Flight f = flights.get(p.target());
      double t = p.plot().timeOfValidity().secondsSince(f.launchTime());
      assertTrue(t >= 0 && t <= f.durationS());
      if (p.plot() instanceof Plot.RadarPlot r) {
        Sensor.Radar radar = radar(r);
        double range =
            f.at(t).positionM().minus(parallax.model.Wgs84.toEcef(radar.position())).norm();
        assertEquals(range, r.rangeM(), 8 * radar.rangeSigmaM());
      }
      seen.add(p.target());
    }
    assertEquals(new TreeSet<>(List.of(0, 1, 2, 3)), seen);
  }

  private static Sensor.Radar radar(Plot.RadarPlot p) {
    return SENSORS.stream()
        .filter(s -> s.id().equals(p.sensor()))
        .map(Sensor.Radar.class::cast)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aSensorLooksAtAllTargetsAtTheSameMoments() {
    Plot one = null;
    for (TruePlot p : PlotGenerator.plots(flights, SENSORS, 3)) {
      if (one != null && one.sensor().equals(p.plot().sensor())) {
        double apart = p.plot().timeOfValidity().secondsSince(one.timeOfValidity());
        double period = radarOrSatellite(p.plot()).scanPeriodS();
        assertEquals(0, Math.IEEEremainder(apart, period), 1e-6);
      }
      one = one == null ? p.plot() : one;
    }
  }

  private static Sensor radarOrSatellite(Plot p) {
    return SENSORS.stream().filter(s -> s.id().equals(p.sensor())).findFirst().orElseThrow();
  }

  @Test
  void orderDoesNotTellWhosePlotItIs() {
    List<Integer> order = new ArrayList<>();
    List<TruePlot> plots = PlotGenerator.plots(flights, SENSORS, 3);
    for (int i = 1; i < plots.size(); i++) {
      Plot a = plots.get(i - 1).plot();
      Plot b = plots.get(i).plot();
      if (a.timeOfValidity().equals(b.timeOfValidity()) && a.sensor().equals(b.sensor())) {
        order.add(Integer.compare(plots.get(i).target(), plots.get(i - 1).target()));
      }
    }
    assertTrue(order.contains(1) && order.contains(-1), order.size() + " pairs");
  }

  @Test
  void targetsHaveNoiseOfTheirOwn() {
    List<Flight> twins = List.of(flights.getFirst(), flights.getFirst());
    List<TruePlot> plots = PlotGenerator.plots(twins, SENSORS, 3);
    List<Plot> first = plots.stream().filter(p -> p.target() == 0).map(TruePlot::plot).toList();
    List<Plot> second = plots.stream().filter(p -> p.target() == 1).map(TruePlot::plot).toList();
    assertNotEquals(first, second);
  }

  @Test
  void theIntervalIsTheOneReported() {
    assertEquals(20, SalvoSpacing.forLaunch(launch("L23")).intervalS());
    assertEquals(300, SalvoSpacing.forLaunch(launch("L24")).intervalS());
    assertEquals(30, SalvoSpacing.forLaunch(launch("L05")).intervalS());
    assertEquals(OptionalDouble.of(7.5), LaunchText.apartS("A x2 (7.5 sec apart)"));
  }

  @Test
  void aSalvoThatCannotBeFlownSaysWhichMissileAndWhy() {
    SalvoPlan.NotFlown n =
        assertInstanceOf(SalvoPlan.NotFlown.class, FlightPlanner.salvo(launch("L03"), SPACING));
    assertEquals("missile 1: no published apogee", n.reason());
  }

  @Test
  void impossibleSpacingIsRefused() {
    assertThrows(InvalidValueException.class, () -> new SalvoSpacing(-1, 0));
    assertThrows(InvalidValueException.class, () -> new SalvoSpacing(0, 1));
  }
}
