package parallax.model;

import java.util.Optional;

/**
 * What is believed of a target at one moment.
 *
 * @param state position and velocity with covariance
 * @param phase flight phase
 * @param status life-cycle status
 * @param threatClass what it could reach
 * @param lastPlot time of validity of the newest plot it rests on; never after the state
 * @param failure that the launch has failed, if its track shows it
 */
public record TrackEstimate(
    StateVector state,
    FlightPhase phase,
    TrackStatus status,
    ThreatClass threatClass,
    UtcTime lastPlot,
    Optional<LaunchFailure> failure) {
  /** Of a launch that shows no failure. */
  public TrackEstimate(
      StateVector state,
      FlightPhase phase,
      TrackStatus status,
      ThreatClass threatClass,
      UtcTime lastPlot) {
    this(state, phase, status, threatClass, lastPlot, Optional.empty());
  }

  /** Validates the order of times. */
  public TrackEstimate {
    if (lastPlot.isAfter(state.timeOfValidity())) {
      throw new InvalidValueException(
          "last plot", lastPlot, "not after the state's time " + state.timeOfValidity());
    }
  }

  /** The same, of a launch that has failed or not. */
  public TrackEstimate withFailure(Optional<LaunchFailure> shown) {
    return new TrackEstimate(state, phase, status, threatClass, lastPlot, shown);
  }
}
