package parallax.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.model.Nation;
import parallax.model.Plot;
import parallax.model.Sensor;
import parallax.model.TrackStatus;
import parallax.model.UtcTime;

/** Tracks when the node's clock is corrected. */
class TrackerClockTest {
  private static final double HOURS_9 = 32_400;

  private final TestFlight flight = TestFlight.irbm();
  private final List<Sensor> sensors = TestSensors.jpn();
  private final TestRun run = new TestRun(Nation.JPN, sensors);

  private static UtcTime t(double s) {
    return TestFlight.time(s);
  }

  private List<TrackEvent> step(double byS, double toS) {
    return run.tracker.onClockCorrected(Math.round(byS * 1e9), t(toS));
  }

  private void fly(double fromS, double toS) {
    run.feed(TestSensors.plots(flight, sensors, 1, fromS, toS), fromS, toS, (t, tracks) -> {});
  }

  private static List<TrackStatus> statuses(List<TrackEvent> events) {
    List<TrackStatus> out = new ArrayList<>();
    for (TrackEvent e : events) {
      if (e instanceof TrackEvent.TrackUpdated u) {
        out.add(u.track().track().estimate().status());
      }
    }
    return out;
  }

  private static List<String> rejections(List<TrackEvent> events) {
    List<String> out = new ArrayList<>();
    for (TrackEvent e : events) {
      if (e instanceof TrackEvent.PlotRejected r) {
        out.add(r.reason());
      }
    }
    return out;
  }

  @ParameterizedTest
  @ValueSource(doubles = {HOURS_9, -HOURS_9})
  void plotsAreTakenAtOnceAfterAClockThatWasHoursOffIsSetRight(double offS) {
    var unused = run.tracker.onTime(t(160 + offS));
    Plot first = TestSensors.plots(flight, sensors, 1, 160, 200).getFirst();
    assertEquals(1, rejections(run.tracker.onPlot(first)).size());

    assertEquals(List.of(), step(-offS, 160));
    fly(160, 190);

    assertEquals(List.of(), rejections(run.events));
    assertFalse(run.tracker.tracks().isEmpty());
  }

  @Test
  void aTrackCoastsOnAsIfTheClockHadNotBeenSetForward() {
    fly(200, 250);
    assertEquals(TrackStatus.CONFIRMED, status());
    assertEquals(List.of(), step(HOURS_9, 250 + HOURS_9));
    List<TrackEvent> events = new ArrayList<>();
    for (double s = 251; s < 300; s++) {
      events.addAll(run.tracker.onTime(t(s + HOURS_9)));
    }
    List<TrackStatus> statuses = statuses(events);
    assertTrue(statuses.contains(TrackStatus.COASTED), statuses.toString());
    assertFalse(statuses.contains(TrackStatus.LOST), statuses.toString());
    assertFalse(statuses.contains(TrackStatus.ENDED), statuses.toString());

    assertEquals(List.of(), step(-HOURS_9, 300));
    fly(300, 310);
    assertEquals(TrackStatus.CONFIRMED, status(), "found again by the right clock");
    assertEquals(1, run.tracker.tracks().size());
  }

  private TrackStatus status() {
    return run.tracker.tracks().getFirst().track().estimate().status();
  }

  @Test
  void aTrackOfPlotsThatWereStampedAheadIsToldAsLostAndStandsInNoOthersWay() {
    fly(200, 250);

    List<TrackEvent> events = step(-HOURS_9, 250 - HOURS_9);

    assertEquals(List.of(TrackStatus.LOST), statuses(events));
    assertTrue(run.tracker.tracks().isEmpty());
    List<TrackEvent> later = new ArrayList<>();
    for (Plot p : TestSensors.plots(flight, sensors, 2, 200, 250)) {
      Plot earlier = moved((Plot.RadarPlot) p);
      later.addAll(run.tracker.onTime(earlier.timeOfValidity()));
      later.addAll(run.tracker.onPlot(earlier));
    }
    assertEquals(List.of(), rejections(later));
    assertEquals(1, run.tracker.tracks().size());
  }

  private static Plot moved(Plot.RadarPlot p) {
    return new Plot.RadarPlot(
        p.sensor(),
        p.timeOfValidity().plusSeconds(-HOURS_9 + 300),
        p.rangeM(),
        p.azimuthRad(),
        p.elevationRad(),
        p.rangeRateMps());
  }

  @Test
  void aCorrectionByLessThanPlotsMayBeLateKeepsTheTrack() {
    fly(200, 250);
    assertEquals(List.of(), step(-20, 230));
    List<TrackEvent> events = new ArrayList<>(run.tracker.onTime(t(231)));
    for (Plot p : TestSensors.plots(flight, sensors, 1, 250.5, 255)) {
      events.addAll(run.tracker.onPlot(p));
    }
    assertEquals(List.of(), rejections(events));
    assertEquals(TrackStatus.CONFIRMED, status());
    assertEquals(1, run.tracker.tracks().size());
  }
}
