package parallax.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import parallax.exercise.Flight;
import parallax.exercise.FlightState;
import parallax.exercise.LaunchTable;
import parallax.exercise.NotionalSensors;
import parallax.exercise.PlotGenerator;
import parallax.exercise.PublishedLaunch;
import parallax.model.FlightPhase;
import parallax.model.ImpactPointPrediction;
import parallax.model.Nation;
import parallax.model.Plot;
import parallax.model.Sensor;
import parallax.model.TrackStatus;
import parallax.model.UtcTime;

/**
 * Whether each nation's tracker knows its own errors over published launches of every ballistic
 * kind, each seed on a day of its own: the mean of the normalised errors squared, and how often the
 * ellipses of impact predictions hold the true impact. {@link LaunchSweep} says it of all launches.
 */
class LaunchConsistencyTest {
  private static final List<String> LAUNCHES =
      List.of("L01", "L03", "L04", "L07", "L34", "L37", "L39", "L43");
  private static final int SEEDS = 2;
  private static final double[] SHARES = {0.5, 0.9, 0.95};

  private double nees;
  private int states;
  private int predictions;
  private final int[] inside = new int[SHARES.length];

  @Test
  void knowsItsErrorsInCoast() {
    for (PublishedLaunch l : LaunchTable.bundled().launches()) {
      if (LAUNCHES.contains(l.id())) {
        Flight f = LaunchSweep.fly(l).orElseThrow();
        for (int seed = 1; seed <= SEEDS; seed++) {
          long s = f.seed(seed);
          for (Nation n : List.of(Nation.JPN, Nation.KOR, Nation.USA)) {
            fly(f.onDay(s), n, s);
          }
        }
      }
    }
    assertTrue(states > 8_000, "states " + states);
    assertEquals(6, nees / states, 1.2, "mean NEES");
    assertTrue(inside[0] > 0.45 * predictions, share(0));
    assertEquals(0.9, (double) inside[1] / predictions, 0.07, share(1));
    assertEquals(0.95, (double) inside[2] / predictions, 0.05, share(2));
  }

  private String share(int i) {
    return inside[i] + " of " + predictions + " inside " + SHARES[i];
  }

  private void fly(Flight f, Nation n, long seed) {
    List<Sensor> sensors = NotionalSensors.table().of(n);
    List<Plot> plots = PlotGenerator.plots(f, sensors, seed);
    NationalTracker tracker =
        new NationalTracker(n, new SensorRegistry(sensors), TrackerSettings.defaults());
    int i = 0;
    for (double t = 0; t < f.durationS(); t += 1) {
      UtcTime now = f.launchTime().plusSeconds(t);
      while (i < plots.size() && !plots.get(i).timeOfValidity().isAfter(now)) {
        tracker.onPlot(plots.get(i++));
      }
      tracker.onTime(now);
      for (NationalTrack track : tracker.tracks()) {
        judge(track, f);
      }
    }
  }

  private void judge(NationalTrack track, Flight f) {
    double at = track.track().estimate().state().timeOfValidity().secondsSince(f.launchTime());
    FlightState truth = f.at(Math.max(0, Math.min(f.durationS(), at)));
    if (truth.phase() != FlightPhase.COAST
        || track.track().estimate().status() != TrackStatus.CONFIRMED) {
      return;
    }
    nees += LaunchSweep.nees(track, truth);
    states++;
    if (track.impact() instanceof ImpactPointPrediction.Predicted p) {
      double d2 = LaunchSweep.impactDistance2(p, f);
      predictions++;
      for (int i = 0; i < SHARES.length; i++) {
        inside[i] += d2 <= -2 * Math.log(1 - SHARES[i]) ? 1 : 0;
      }
    }
  }
}
