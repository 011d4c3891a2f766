package parallax.simulation;

import java.util.List;
import parallax.exercise.Assumption;
import parallax.exercise.Assumptions;
import parallax.exercise.Flight;
import parallax.exercise.FlightPlan;
import parallax.exercise.FlightPlanner;
import parallax.exercise.LaunchTable;
import parallax.exercise.NotionalSensors;
import parallax.exercise.PlotGenerator;
import parallax.exercise.PublishedLaunch;
import parallax.model.Nation;
import parallax.model.Plot;
import parallax.model.Sensor;
import parallax.tables.SensorTable;

/**
 * A published launch flown past notional sensors: some runs track it in earnest. Computed once for
 * all of them.
 */
final class Flown {
  private static final String LAUNCH = "L48";
  private static final SensorTable SENSORS = NotionalSensors.table();
  private static final Flight FLIGHT = flight();

  /** What sensors report in worlds that nobody judges, where one draw of it is as good as many. */
  private static final List<Plot> FOR_ALL = PlotGenerator.plots(FLIGHT, SENSORS.sensors(), 1);

  private Flown() {}

  private static Flight flight() {
    PublishedLaunch launch =
        LaunchTable.bundled().launches().stream()
            .filter(l -> l.id().equals(LAUNCH))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no launch " + LAUNCH));
    Assumption apogee = Assumptions.forLaunch(launch).orElseThrow();
    return switch (FlightPlanner.plan(launch, apogee)) {
      case FlightPlan.Flown f -> f.flight();
      case FlightPlan.NotFlown n -> throw new IllegalStateException(n.reason());
    };
  }

  /** The moment of launch. */
  static long launchNs() {
    return FLIGHT.launchTime().nanos();
  }

  static List<Sensor> sensors(Nation of) {
    return SENSORS.sensors().stream().filter(s -> s.id().owner().equals(of)).toList();
  }

  /** What all sensors report between two moments, the same for every seed. */
  static List<Plot> plotsForAll(long fromNs, long toNs) {
    return FOR_ALL.stream()
        .filter(p -> p.timeOfValidity().nanos() >= fromNs && p.timeOfValidity().nanos() < toNs)
        .toList();
  }

  /** What all sensors report in the first seconds of the flight. */
  static List<Plot> plots(long seed, double seconds) {
    return PlotGenerator.plots(FLIGHT, SENSORS.sensors(), seed).stream()
        .filter(p -> p.timeOfValidity().nanos() - launchNs() < seconds * 1e9)
        .toList();
  }
}
