package parallax.engine;

import java.util.Optional;
import parallax.model.ImpactPointPrediction;
import parallax.model.InvalidValueException;
import parallax.model.LaunchPointEstimate;
import parallax.model.TrackEstimate;

/**
 * A track as another system of the nation holds it.
 *
 * @param number its number there, from 1 to 10^12
 * @param launch the launch point estimate, when it says one
 * @param estimate the state, when it says one
 * @param impact the impact prediction, when it says one
 */
public record FiledTrack(
    long number,
    Optional<LaunchPointEstimate> launch,
    Optional<TrackEstimate> estimate,
    Optional<ImpactPointPrediction> impact) {
  /** Numbers of the nation's tracks that were filed begin above this one. */
  static final long FIRST = 1_000_000_000_000L;

  /** Validates the number, and that something is said. */
  public FiledTrack {
    if (number < 1 || number > FIRST) {
      throw new InvalidValueException("number of the filed track", number, "1 to " + FIRST);
    }
    if (launch.isEmpty() && estimate.isEmpty() && impact.isEmpty()) {
      throw new InvalidValueException(
          "filed track", "nothing", "a launch, a state or an impact prediction");
    }
  }
}
