package parallax.exercise;

import parallax.exercise.FlightPlan.NotFlown;

/** Solves for the flight that reproduces a launch's published figures. */
public final class FlightPlanner {
  private FlightPlanner() {}

  /** The flight of {@code launch} by its published figures alone. */
  public static FlightPlan plan(PublishedLaunch launch) {
    return new NotFlown("not written yet: " + launch.id());
  }

  /** The flight of {@code launch} with the assumed apogee where none was published. */
  public static FlightPlan plan(PublishedLaunch launch, Assumption assumption) {
    return plan(launch.apogeeM().isPresent() ? launch : launch.withApogeeM(assumption.apogeeM()));
  }
}
