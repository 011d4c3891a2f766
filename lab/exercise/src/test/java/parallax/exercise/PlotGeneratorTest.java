package parallax.exercise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import parallax.model.Geodetic;
import parallax.model.Nation;
import parallax.model.Plot;
import parallax.model.Sensor;
import parallax.model.SensorId;
import parallax.model.Vector3;
import parallax.model.Wgs84;

class PlotGeneratorTest {
  private static final List<Sensor> SENSORS = NotionalSensors.table().sensors();
  private static Flight flight = FlightTest.flight("L39");

  @BeforeAll
  static void fly() {
    flight = FlightTest.flight("L14");
  }

  @Test
  void sameSeedGivesTheSamePlotsToTheBit() {
    assertEquals(PlotGenerator.plots(flight, SENSORS, 7), PlotGenerator.plots(flight, SENSORS, 7));
    assertNotEquals(
        PlotGenerator.plots(flight, SENSORS, 7), PlotGenerator.plots(flight, SENSORS, 8));
  }

  @Test
  void addingASensorChangesNobodyElsesPlots() {
    List<Plot> all = PlotGenerator.plots(flight, SENSORS, 7);
    List<Plot> some = PlotGenerator.plots(flight, SENSORS.subList(3, 9), 7);
    List<SensorId> ids = SENSORS.subList(3, 9).stream().map(Sensor::id).toList();
    assertEquals(some, all.stream().filter(p -> ids.contains(p.sensor())).toList());
  }

  @Test
  void plotsAreInOrderOfTimeThenSensor() {
    List<Plot> plots = PlotGenerator.plots(flight, SENSORS, 3);
    assertTrue(plots.size() > 1000);
    for (int i = 1; i < plots.size(); i++) {
      Plot a = plots.get(i - 1);
      Plot b = plots.get(i);
      int c = a.timeOfValidity().compareTo(b.timeOfValidity());
      assertTrue(c < 0 || (c == 0 && a.sensor().compareTo(b.sensor()) < 0));
    }
  }

  @Test
  void azimuthStaysWithinOneTurn() {
    for (Plot p : PlotGenerator.plots(flight, SENSORS, 3)) {
      if (p instanceof Plot.RadarPlot r) {
        assertTrue(r.azimuthRad() >= 0 && r.azimuthRad() < 2 * Math.PI);
      }
    }
  }

  @Test
  void satellitesSeeOnlyMotorsAboveTheClouds() {
    int seen = 0;
    for (Plot p : PlotGenerator.plots(flight, SENSORS, 3)) {
      if (p instanceof Plot.InfraredPlot) {
        double t = p.timeOfValidity().secondsSince(flight.launchTime());
        FlightState s = flight.at(t);
        assertTrue(s.burning());
        assertTrue(Wgs84.toGeodetic(s.positionM()).altitudeM() >= Visibility.CLOUD_BREAK_M - 1);
        seen++;
      }
    }
    assertTrue(seen > 100, seen + " seen");
  }

  @Test
  void radarsSeeOnlyWithinRangeAndAboveTheirLowestBeam() {
    for (Plot p : PlotGenerator.plots(flight, SENSORS, 3)) {
      for (Sensor s : SENSORS) {
        if (s.id().equals(p.sensor()) && s instanceof Sensor.Radar r) {
          Plot.RadarPlot plot = (Plot.RadarPlot) p;
          assertTrue(plot.rangeM() < r.maxRangeM() + 8 * r.rangeSigmaM());
          assertTrue(plot.elevationRad() > r.minElevationRad() - 8 * r.elevationSigmaRad());
        }
      }
    }
  }

  @Test
  void radarNoiseHasTheDeclaredSigmas() {
    Sensor.Radar radar =
        new Sensor.Radar(
            new SensorId(Nation.KOR, "test"),
            Geodetic.ofDegrees(37, 128, 0),
            0.25,
            0.9,
            1e7,
            0,
            30,
            1e-3,
            2e-3,
            4);
    double[] sums = new double[8];
    List<Plot> plots = PlotGenerator.plots(flight, List.of(radar), 11);
    int inView = 0;
    for (double t = 0; t < flight.durationS(); t += 0.25) {
      inView += Visibility.sees(radar, flight.at(t)) ? 1 : 0;
    }
    for (Plot p : plots) {
      Plot.RadarPlot r = (Plot.RadarPlot) p;
      FlightState s = flight.at(r.timeOfValidity().secondsSince(flight.launchTime()));
      Vector3 line = s.positionM().minus(Wgs84.toEcef(radar.position()));
      Vector3 enu = Wgs84.toEnu(line, radar.position());
      double elevation = Math.asin(enu.z() / enu.norm());
      double azimuth = Math.atan2(enu.x(), enu.y());
      double turned = Math.IEEEremainder(r.azimuthRad() - azimuth, 2 * Math.PI);
      double[] z = {
        (r.rangeM() - enu.norm()) / 30,
        turned * Math.cos(elevation) / 1e-3,
        (r.elevationRad() - elevation) / 2e-3,
        (r.rangeRateMps().orElseThrow() - s.velocityMps().dot(line) / line.norm()) / 4
      };
      for (int i = 0; i < 4; i++) {
        sums[i] += z[i];
        sums[4 + i] += z[i] * z[i];
      }
    }
    int n = plots.size();
    assertTrue(n > 5000, n + " plots");
    assertEquals(0.9, (double) n / inView, 0.015);
    for (int i = 0; i < 4; i++) {
      assertEquals(0, sums[i] / n, 5 / Math.sqrt(n), "mean " + i);
      assertEquals(1, sums[4 + i] / n, 5 * Math.sqrt(2.0 / n), "variance " + i);
    }
  }

  @Test
  void lineOfSightNoiseHasTheDeclaredSigma() {
    Sensor.InfraredSatellite satellite =
        new Sensor.InfraredSatellite(
            new SensorId(Nation.USA, "test"),
            Geodetic.ofDegrees(0, 120, 35_786_000),
            0.05,
            1,
            25e-6);
    List<Double> squares = new ArrayList<>();
    for (Plot p : PlotGenerator.plots(flight, List.of(satellite), 2)) {
      FlightState s = flight.at(p.timeOfValidity().secondsSince(flight.launchTime()));
      Vector3 truth = s.positionM().minus(Wgs84.toEcef(satellite.position())).unit();
      double angle = ((Plot.InfraredPlot) p).lineOfSight().minus(truth).norm();
      squares.add(angle * angle);
    }
    int n = squares.size();
    assertTrue(n > 3000, n + " plots");
    double mean = squares.stream().mapToDouble(Double::doubleValue).sum() / n;
    assertEquals(2 * 25e-6 * 25e-6, mean, 5 / Math.sqrt(n) * 2 * 25e-6 * 25e-6);
  }

  @Test
  void lowFlightIsSeenFromKoreaAndNotFromSado() {
    Flight low = FlightTest.flight("L17");
    List<Plot> plots = PlotGenerator.plots(low, SENSORS, 1);
    assertTrue(plots.stream().anyMatch(p -> p.sensor().owner().equals(Nation.KOR)));
    assertTrue(plots.stream().noneMatch(p -> p.sensor().name().contains("Sado")));
  }
}
