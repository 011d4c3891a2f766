package parallax.evaluation;

import java.util.Locale;
import java.util.Optional;
import parallax.exercise.Assumption;
import parallax.exercise.Assumptions;
import parallax.exercise.Flight;
import parallax.exercise.FlightPlan;
import parallax.exercise.FlightPlanner;
import parallax.exercise.PublishedLaunch;

/**
 * The flight of a published launch, with what has to be assumed.
 *
 * @param plan the flight, or why there is none
 * @param assumption what was assumed where the publication is silent, for a person to read
 */
public record FlownLaunch(FlightPlan plan, Optional<String> assumption) {
  /** Flies a launch. */
  public static FlownLaunch of(PublishedLaunch launch) {
    Optional<Assumption> a = Assumptions.forLaunch(launch);
    FlightPlan plan =
        a.isPresent() ? FlightPlanner.plan(launch, a.get()) : FlightPlanner.plan(launch);
    return new FlownLaunch(plan, a.map(FlownLaunch::words));
  }

  static String words(Assumption a) {
    return String.format(Locale.ROOT, "apogee %.0f km: %s", a.apogeeM() / 1e3, a.reason());
  }

  /** The flight, if there is one. */
  public Optional<Flight> flight() {
    return plan instanceof FlightPlan.Flown f ? Optional.of(f.flight()) : Optional.empty();
  }
}
