package parallax.tracking;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import parallax.model.ImpactPointPrediction;
import parallax.model.Nation;
import parallax.model.Plot;
import parallax.model.Sensor;

/** The example of the module's README. */
final class UsageExampleTest {
  @Test
  void tracksAFlightInTenLines() {
    List<Sensor> sensors = TestSensors.kor();
    List<Plot> plots = TestSensors.plots(TestFlight.irbm(), sensors, 7, 0, 200);

    List<ImpactPointPrediction> impacts = new ArrayList<>();
    NationalTracker tracker =
        new NationalTracker(Nation.KOR, new SensorRegistry(sensors), TrackerSettings.defaults());
    for (Plot plot : plots) {
      for (TrackEvent event : tracker.onPlot(plot)) {
        if (event instanceof TrackEvent.TrackUpdated u && !u.track().path().isEmpty()) {
          impacts.add(u.track().impact());
        }
      }
      tracker.onTime(plot.timeOfValidity());
    }
    assertFalse(tracker.tracks().isEmpty());
    assertFalse(impacts.isEmpty());
  }
}
