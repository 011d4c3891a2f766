package parallax.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.model.ImpactPointPrediction;
import parallax.model.Nation;
import parallax.model.Plot;
import parallax.model.Sensor;
import parallax.model.TrackId;

/** Radars whose clocks are wrong: one target stays one, and operators are told. */
class SensorClockTest {
  private static final TestFlight FLIGHT = TestFlight.irbm();

  /** What came of a flight. */
  private static final class Flown {
    final NationalTracker tracker;
    final List<SensorClock> said = new ArrayList<>();
    final TreeSet<TrackId> launches = new TreeSet<>();
    final TreeSet<TrackId> told = new TreeSet<>();
    int predictions;
    int outside;

    Flown(List<Sensor> sensors) {
      tracker =
          new NationalTracker(Nation.JPN, new SensorRegistry(sensors), TrackerSettings.defaults());
    }

    SensorClock clock(String name) {
      return tracker.clocks().stream()
          .filter(c -> c.sensor().name().equals(name))
          .findFirst()
          .orElseThrow();
    }

    private void fly(Map<String, Double> ahead, double fromS, double toS, long seed) {
      List<Plot> plots =
          new ArrayList<>(TestSensors.plots(FLIGHT, TestSensors.jpn(), seed, fromS, toS));
      plots.sort(Comparator.comparing(Plot::timeOfValidity));
      for (Plot p : plots) {
        double offset = ahead.getOrDefault(p.sensor().name(), 0.0);
        List<TrackEvent> events = new ArrayList<>(tracker.onPlot(ClockSweep.stamped(p, offset)));
        events.addAll(tracker.onTime(p.timeOfValidity()));
        events.forEach(this::take);
      }
    }

    private void take(TrackEvent e) {
      switch (e) {
        case TrackEvent.ClockJudged c -> said.add(c.clock());
        case TrackEvent.LaunchDetected d -> launches.add(d.id());
        case TrackEvent.TrackUpdated u -> {
          told.add(u.track().track().id());
          if (u.track().impact() instanceof ImpactPointPrediction.Predicted p) {
            predictions++;
            outside += TestRun.missSquared(p, FLIGHT) > 13.8 ? 1 : 0;
          }
        }
        case TrackEvent.PlotRejected r -> {}
      }
    }
  }

  private static Flown fly(String wrong, double aheadS, long seed) {
    Flown f = new Flown(TestSensors.jpn());
    f.fly(Map.of(wrong, aheadS), 0, 600, seed);
    return f;
  }

  private static void assertOneHonestLaunch(Flown f, String what) {
    assertEquals(1, f.told.size(), what + ": " + f.told + " " + f.tracker.clocks());
    assertEquals(1, f.launches.size(), what);
    assertTrue(f.predictions > 100, what + ", predictions: " + f.predictions);
    assertTrue(
        f.outside <= 0.05 * f.predictions,
        what + ": " + f.outside + " of " + f.predictions + " outside");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.05, 0.1, -0.1, 0.3, 0.5, -0.5, 1, -1, 2, -2, 5, -5, 10, -10})
  void oneLaunchStaysOneHoweverWrongAClockIs(double aheadS) {
    for (long seed = 1; seed <= 2; seed++) {
      assertOneHonestLaunch(fly("sado", aheadS, seed), "sado, seed " + seed);
    }
  }

  /** The ship is the first to see the target: its track is in use when the others come. */
  @ParameterizedTest
  @ValueSource(doubles = {0.1, -0.3, -0.5, 1, 2, -2, 10, -10})
  void oneLaunchStaysOneWhenTheClockOfTheFirstRadarIsWrong(double aheadS) {
    Flown f = fly("ship", aheadS, 3);
    assertOneHonestLaunch(f, "ship");
    assertTrue(f.said.stream().anyMatch(c -> c.sensor().name().equals("ship")), "" + f.said);
    assertTrue(f.said.size() < 8, "" + f.said);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, -0.5})
  void anOffsetBeyondDoubtIsNamedAndTakenOut(double aheadS) {
    Flown f = fly("sado", aheadS, 1);
    SensorClock c = f.clock("sado");
    assertEquals(SensorClock.Standing.CORRECTED, c.standing(), c.toString());
    assertEquals(List.of(), c.orElse());
    assertEquals(aheadS, c.offsetS(), 4 * c.sigmaS());
    assertTrue(c.sigmaS() < 0.05, c.toString());
    assertTrue(f.said.stream().anyMatch(s -> s.isKnown() && s.sensor().name().equals("sado")));
  }

  @Test
  void aClockFarOffIsSetAsideAndNamedAndUsedAgainWhenItAgrees() {
    Flown f = fly("sado", 2, 1);
    assertEquals(SensorClock.Standing.SET_ASIDE, f.clock("sado").standing());
    assertTrue(f.said.getLast().say().contains("not used"), f.said.getLast().say());
    f.fly(Map.of(), 600, 700, 2);
    assertEquals(SensorClock.Standing.AGREES, f.clock("sado").standing());
    assertTrue(f.said.getLast().say().contains("used as they come"), f.said.getLast().say());
    assertEquals(1, f.told.size());
  }

  @Test
  void rightClocksAreNotDoubted() {
    for (long seed = 1; seed <= 6; seed++) {
      Flown f = fly("sado", 0, seed);
      assertEquals(List.of(), f.said, "seed " + seed);
      for (SensorClock c : f.tracker.clocks()) {
        assertEquals(SensorClock.Standing.AGREES, c.standing(), "seed " + seed + ": " + c);
      }
    }
  }

  @Test
  void ofTwoClocksThatDifferBothAreNamed() {
    Flown f = new Flown(TestSensors.jpn().subList(0, 2));
    List<Plot> plots = new ArrayList<>();
    for (Plot p : TestSensors.plots(FLIGHT, TestSensors.jpn().subList(0, 2), 1, 0, 600)) {
      plots.add(ClockSweep.stamped(p, p.sensor().name().equals("sado") ? 0.5 : 0));
    }
    for (Plot p : plots) {
      f.tracker.onPlot(p).forEach(f::take);
      f.tracker.onTime(p.timeOfValidity()).forEach(f::take);
    }
    SensorClock said = f.said.getFirst();
    SensorClock sado = f.clock("sado");
    SensorClock other = f.clock("ominato");
    assertEquals(1, said.orElse().size(), said.toString());
    assertEquals(SensorClock.Standing.CORRECTED, said.standing());
    List<SensorClock> known = f.tracker.clocks().stream().filter(SensorClock::isKnown).toList();
    assertEquals(1, known.size(), "one of them is corrected, the other named: " + known);
    assertEquals(1, known.getFirst().orElse().size(), known.toString());
    assertEquals(0.5, sado.offsetS() - other.offsetS(), 4 * (sado.sigmaS() + other.sigmaS()));
    assertTrue(f.said.getFirst().say().contains("or that of"), f.said.getFirst().say());
    assertEquals(1, f.told.size());
  }
}
