package parallax.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import parallax.model.Nation;
import parallax.model.Plot;
import parallax.model.Sensor;
import parallax.model.UtcTime;

/** Constant errors of radars: found, taken out, and never invented. */
class RegistrationTest {
  private static final double DAY_S = 86_400;
  private static final double RANGE_M = 150;
  private static final double AZIMUTH_RAD = 3e-3;
  private static final double ELEVATION_RAD = -2.5e-3;
  private static final TestFlight FLIGHT = TestFlight.irbm();

  private static NationalTracker tracker() {
    return new NationalTracker(
        Nation.JPN, new SensorRegistry(TestSensors.jpn()), TrackerSettings.defaults());
  }

  /** Plots of the flight, flown again on another day, with or without an error of "sado". */
  private static List<Plot> plots(long seed, int day, boolean biased) {
    List<Plot> out = new ArrayList<>();
    for (Plot plot : TestSensors.plots(FLIGHT, TestSensors.jpn(), seed, 0, FLIGHT.impactS)) {
      Plot.RadarPlot p = (Plot.RadarPlot) plot;
      boolean off = biased && p.sensor().name().equals("sado");
      double azimuth = p.azimuthRad() + (off ? AZIMUTH_RAD : 0);
      out.add(
          new Plot.RadarPlot(
              p.sensor(),
              p.timeOfValidity().plusSeconds(day * DAY_S),
              p.rangeM() + (off ? RANGE_M : 0),
              azimuth >= 2 * Math.PI ? azimuth - 2 * Math.PI : azimuth,
              p.elevationRad() + (off ? ELEVATION_RAD : 0),
              OptionalDouble.empty()));
    }
    return out;
  }

  /** Root mean square of the position error in coast, metres. */
  private static double fly(NationalTracker tracker, List<Plot> plots, int day) {
    double sum = 0;
    int count = 0;
    double next = 200;
    for (Plot p : plots) {
      tracker.onPlot(p);
      double t = p.timeOfValidity().secondsSince(TestFlight.T0) - day * DAY_S;
      tracker.onTime(p.timeOfValidity());
      if (t > next && t < 400 && !tracker.tracks().isEmpty()) {
        next += 5;
        var s = tracker.tracks().getLast().track().estimate().state();
        double at = s.timeOfValidity().secondsSince(TestFlight.T0) - day * DAY_S;
        double e = s.positionM().minus(FlightPredictor.position(FLIGHT.at(at))).norm();
        sum += e * e;
        count++;
      }
    }
    UtcTime late = TestFlight.time(day * DAY_S + FLIGHT.impactS + 1_000);
    tracker.onTime(late);
    tracker.onTime(late.plusSeconds(1_000));
    return Math.sqrt(sum / count);
  }

  private static SensorBias of(NationalTracker tracker, String name) {
    return tracker.biases().stream()
        .filter(b -> b.sensor().name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void findsTheErrorOfARadarAndTakesItOutOfItsPlots() {
    NationalTracker tracker = tracker();
    double before = fly(tracker, plots(1, 0, true), 0);
    SensorBias found = of(tracker, "sado");
    assertTrue(found.corrected(), found.toString());
    assertEquals(RANGE_M, found.rangeM(), 4 * found.rangeSigmaM());
    assertEquals(AZIMUTH_RAD, found.azimuthRad(), 4 * found.azimuthSigmaRad());
    assertEquals(ELEVATION_RAD, found.elevationRad(), 4 * found.elevationSigmaRad());
    double after = fly(tracker, plots(2, 1, true), 1);
    assertTrue(after < 0.5 * before, before + " m before, " + after + " m after");
  }

  @Test
  void leavesPlotsOfTrueRadarsAsTheyAre() {
    for (long seed = 1; seed <= 8; seed++) {
      NationalTracker tracker = tracker();
      fly(tracker, plots(seed, 0, false), 0);
      assertEquals(3, tracker.biases().size());
      for (SensorBias b : tracker.biases()) {
        assertFalse(b.corrected(), "seed " + seed + ": " + b);
        assertTrue(Math.abs(b.azimuthRad()) < 4 * b.azimuthSigmaRad(), "seed " + seed + ": " + b);
      }
    }
  }

  @Test
  void aRadarThatNoOtherChecksIsLeftAlone() {
    List<Sensor> one = TestSensors.jpn().subList(0, 1);
    NationalTracker tracker =
        new NationalTracker(Nation.JPN, new SensorRegistry(one), TrackerSettings.defaults());
    for (Plot p : plots(1, 0, true)) {
      if (p.sensor().equals(one.getFirst().id())) {
        tracker.onPlot(p);
      }
    }
    assertEquals(List.of(), tracker.biases());
  }
}
