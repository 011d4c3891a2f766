package parallax.exercise;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import parallax.exercise.FlightPlan.Flown;
import parallax.exercise.FlightPlan.NotFlown;

/** Flies launches by their published figures and sets the results beside those figures. */
public final class FlyReport {
  private FlyReport() {}

  /** One result per launch, in order. */
  public static List<FlyResult> of(List<PublishedLaunch> launches) {
    return launches.stream().map(FlyReport::of).toList();
  }

  /** The result of one launch, by its published figures alone. */
  public static FlyResult of(PublishedLaunch launch) {
    return switch (FlightPlanner.plan(launch)) {
      case Flown(Flight flight) -> result(launch, Optional.of(flight), "");
      case NotFlown(String reason) -> result(launch, Optional.empty(), reason);
    };
  }

  private static FlyResult result(PublishedLaunch launch, Optional<Flight> flight, String reason) {
    Optional<PublishedTime> nearest = flight.flatMap(f -> nearestTime(launch, f));
    return new FlyResult(
        launch.id(),
        flight.isPresent(),
        reason,
        of(flight.map(f -> f.rangeM() / 1000)),
        of(flight.map(f -> f.apogeeM() / 1000)),
        of(flight.map(Flight::durationS)),
        of(flight.map(Flight::burnoutS)),
        km(launch.rangeM()),
        km(launch.apogeeM()),
        launch.flightTimeS(),
        of(nearest.map(PublishedTime::seconds)),
        nearest.map(PublishedTime::publisher).orElse(""),
        launch.salvoSize());
  }

  /**
   * The published time nearest to the computed one. For flights above the atmosphere, times shorter
   * than a vacuum flight of the same figures are left out: they cannot be true.
   */
  static Optional<PublishedTime> nearestTime(PublishedLaunch launch, Flight flight) {
    double least =
        flight.apogeeM() < 150_000 || launch.bearingRad().isEmpty()
            ? 0
            : VacuumFlight.rotatingDurationS(
                flight.site(),
                launch.bearingRad().getAsDouble(),
                flight.rangeM(),
                flight.apogeeM());
    return launch.publishedTimes().stream()
        .filter(t -> t.seconds() >= least)
        .min(java.util.Comparator.comparingDouble(t -> Math.abs(t.seconds() - flight.durationS())));
  }

  private static OptionalDouble of(Optional<Double> v) {
    return v.map(OptionalDouble::of).orElseGet(OptionalDouble::empty);
  }

  private static OptionalDouble km(OptionalDouble m) {
    return m.isPresent() ? OptionalDouble.of(m.getAsDouble() / 1000) : m;
  }
}
