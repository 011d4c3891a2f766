package parallax.tracking;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import parallax.exercise.Flight;
import parallax.exercise.LaunchTable;
import parallax.exercise.NotionalSensors;
import parallax.exercise.PlotGenerator;
import parallax.exercise.PublishedLaunch;
import parallax.model.LaunchFailure;
import parallax.model.Nation;
import parallax.model.Plot;
import parallax.model.Sensor;
import parallax.model.UtcTime;

/**
 * Which of the bundled launches are told as failed. All of them are flown as healthy flights, also
 * the one that was published as a failure in part (L37), so none may be. Arguments: launches by
 * number or {@code all}, {@code seeds=1,2}.
 */
final class FailureSweep {
  private FailureSweep() {}

  /** Runs from the command line. */
  public static void main(String[] args) {
    List<String> ids = new ArrayList<>();
    String[] seeds = {"1"};
    for (String a : args) {
      if (a.startsWith("seeds=")) {
        seeds = a.substring(6).split(",", -1);
      } else {
        ids.add(a);
      }
    }
    int flights = 0;
    int failed = 0;
    for (PublishedLaunch l : LaunchTable.bundled().launches()) {
      Optional<Flight> f =
          ids.contains("all") || ids.contains(l.id()) ? LaunchSweep.fly(l) : Optional.empty();
      for (String seed : f.isPresent() ? seeds : new String[0]) {
        for (Nation n : List.of(Nation.JPN, Nation.KOR, Nation.USA)) {
          Optional<LaunchFailure> told = told(f.get(), n, Long.parseLong(seed));
          flights++;
          failed += told.isPresent() ? 1 : 0;
          if (told.isPresent()) {
            System.out.printf(
                Locale.ROOT, "%s %s seed %s: %s%n", l.id(), f.get().missile(), seed, told.get());
          }
        }
      }
    }
    System.out.println(flights + " tracked flights, told as failed: " + failed);
  }

  /** What one nation's tracker ever tells of a failure, up to the impact. */
  static Optional<LaunchFailure> told(Flight f, Nation n, long seed) {
    List<Sensor> sensors = NotionalSensors.table().of(n);
    List<Plot> plots = PlotGenerator.plots(f, sensors, seed);
    NationalTracker tracker =
        new NationalTracker(n, new SensorRegistry(sensors), TrackerSettings.defaults());
    Optional<LaunchFailure> told = Optional.empty();
    int i = 0;
    for (double t = 0; t < Math.min(f.durationS(), f.burnoutS() + 400); t += 1) {
      UtcTime now = f.launchTime().plusSeconds(t);
      while (i < plots.size() && !plots.get(i).timeOfValidity().isAfter(now)) {
        tracker.onPlot(plots.get(i++));
      }
      tracker.onTime(now);
      for (NationalTrack k : tracker.tracks()) {
        Optional<LaunchFailure> shown = k.track().estimate().failure();
        told = shown.isPresent() ? shown : told;
      }
    }
    return told;
  }
}
