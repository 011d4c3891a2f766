package parallax.exercise;

import parallax.model.Check;

/** What came of computing a published launch: a flight, or the reason why there is none. */
public sealed interface FlightPlan {
  /**
   * The flight reproduces the figures asked for.
   *
   * @param flight the flight
   */
  record Flown(Flight flight) implements FlightPlan {}

  /**
   * No flight.
   *
   * @param reason what is missing, or which figures could not be reached and by how much
   */
  record NotFlown(String reason) implements FlightPlan {
    /** Validates the reason. */
    public NotFlown {
      Check.text("reason", reason, 300);
    }
  }
}
