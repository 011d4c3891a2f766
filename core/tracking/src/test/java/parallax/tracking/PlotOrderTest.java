package parallax.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.model.Plot;
import parallax.model.Sensor;
import parallax.model.SensorId;
import parallax.model.Vector3;

final class PlotOrderTest {
  private static final TestFlight FLIGHT = TestFlight.irbm();
  private static final List<Sensor> SENSORS = TestSensors.usa();

  private static NationalTracker tracker() {
    return new NationalTracker(Nation.USA, new SensorRegistry(SENSORS), TrackerSettings.defaults());
  }

  @Test
  void latePlotsGiveTheSameStateAsPlotsInOrder() {
    List<Plot> plots = TestSensors.plots(FLIGHT, SENSORS, 11, 0, 170);
    NationalTracker inOrder = tracker();
    plots.forEach(inOrder::onPlot);
    NationalTracker late = tracker();
    for (Plot p : delayed(plots, 25)) {
      late.onPlot(p);
    }
    NationalTrack a = inOrder.tracks().getFirst();
    NationalTrack b = late.tracks().getFirst();
    assertEquals(a.track().estimate(), b.track().estimate());
  }

  /** Every third plot of the second half comes up to {@code s} seconds late. */
  static List<Plot> delayed(List<Plot> plots, double s) {
    List<Plot> out = new ArrayList<>();
    List<Plot> held = new ArrayList<>();
    for (int i = 0; i < plots.size(); i++) {
      Plot p = plots.get(i);
      held.removeIf(
          h -> {
            boolean due = p.timeOfValidity().secondsSince(h.timeOfValidity()) > s;
            if (due) {
              out.add(h);
            }
            return due;
          });
      boolean last = i == plots.size() - 1;
      if (!last && i > plots.size() / 2 && i % 3 == 0) {
        held.add(p);
      } else {
        out.add(p);
      }
    }
    out.addAll(held);
    return out;
  }

  @Test
  void twoRunsOverTheSamePlotsAreTheSameToTheLastBit() {
    List<Plot> plots = TestSensors.plots(FLIGHT, SENSORS, 5, 0, 400);
    TestRun a = new TestRun(Nation.USA, SENSORS);
    TestRun b = new TestRun(Nation.USA, SENSORS);
    a.feed(plots, 0, 400, (t, tracks) -> {});
    b.feed(plots, 0, 400, (t, tracks) -> {});
    assertEquals(a.events, b.events);
    assertTrue(a.events.size() > 100);
  }

  @Test
  void refusesPlotsOfUnknownSensorsAndOfOtherNations() {
    NationalTracker t = tracker();
    assertThrows(UnknownSensorException.class, () -> t.onPlot(plot("nobody", 10, 500_000)));
    Plot foreign =
        new Plot.RadarPlot(
            new SensorId(Nation.JPN, "shariki"),
            TestFlight.time(10),
            5e5,
            1,
            0.5,
            OptionalDouble.empty());
    assertThrows(UnknownSensorException.class, () -> t.onPlot(foreign));
    Plot wrongKind =
        new Plot.InfraredPlot(
            new SensorId(Nation.USA, "shariki"), TestFlight.time(10), new Vector3(1, 0, 0));
    assertThrows(UnknownSensorException.class, () -> t.onPlot(wrongKind));
    assertTrue(t.tracks().isEmpty());
  }

  private static Plot plot(String sensor, double t, double range) {
    return new Plot.RadarPlot(
        new SensorId(Nation.USA, sensor),
        TestFlight.time(t),
        range,
        1,
        0.5,
        OptionalDouble.empty());
  }

  @Test
  void rejectsPlotsThatAreTooOldTooFarAheadOrRepeated() {
    NationalTracker t = tracker();
    t.onTime(TestFlight.time(100));
    assertRejected(t.onPlot(plot("shariki", 60, 5e5)), "old");
    assertRejected(t.onPlot(plot("shariki", 1e6, 5e5)), "future");
    assertTrue(t.onPlot(plot("shariki", 99, 5e5)).isEmpty());
    assertRejected(t.onPlot(plot("shariki", 99, 5e5)), "already");
  }

  private static void assertRejected(List<TrackEvent> events, String word) {
    TrackEvent.PlotRejected r = assertInstanceOf(TrackEvent.PlotRejected.class, events.getFirst());
    assertTrue(r.reason().contains(word), r.reason());
  }

  @Test
  void survivesPlotsThatMakeNoSense() {
    NationalTracker t = tracker();
    List<TrackEvent> events = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      String sensor = i % 2 == 0 ? "shariki" : "kyogamisaki";
      double range = 1 + (i * 7919L % 1000) * 2e4;
      events.addAll(
          t.onPlot(
              new Plot.RadarPlot(
                  new SensorId(Nation.USA, sensor),
                  TestFlight.time(i * 0.25),
                  range,
                  i * 0.61 % 6.28,
                  Math.sin(i) * 1.5,
                  OptionalDouble.empty())));
      double a = i * 0.37;
      events.addAll(
          t.onPlot(
              new Plot.InfraredPlot(
                  new SensorId(Nation.USA, i % 2 == 0 ? "west" : "east"),
                  TestFlight.time(i * 0.25),
                  new Vector3(Math.cos(a) * Math.cos(i), Math.cos(a) * Math.sin(i), Math.sin(a)))));
      events.addAll(t.onTime(TestFlight.time(i * 0.25)));
    }
    for (TrackEvent e : events) {
      if (e instanceof TrackEvent.TrackUpdated u) {
        assertInstanceOf(
            parallax.model.ImpactPointPrediction.CannotTellYet.class, u.track().impact());
      }
    }
    assertThrows(InvalidValueException.class, () -> plot("shariki", 1, Double.NaN));
  }
}
