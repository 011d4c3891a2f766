package parallax.model;

/**
 * What is believed of a target at one moment.
 *
 * @param state position and velocity with covariance
 * @param phase flight phase
 * @param status life-cycle status
 * @param threatClass what it could reach
 * @param lastPlot time of validity of the newest plot it rests on; never after the state
 */
public record TrackEstimate(
    StateVector state,
    FlightPhase phase,
    TrackStatus status,
    ThreatClass threatClass,
    UtcTime lastPlot) {
  /** Validates the order of times. */
  public TrackEstimate {
    if (lastPlot.isAfter(state.timeOfValidity())) {
      throw new InvalidValueException(
          "last plot", lastPlot, "not after the state's time " + state.timeOfValidity());
    }
  }
}
