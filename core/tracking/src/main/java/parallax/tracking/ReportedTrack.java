package parallax.tracking;

import java.util.Optional;
import parallax.model.ImpactPointPrediction;
import parallax.model.LaunchPointEstimate;
import parallax.model.TrackEstimate;
import parallax.model.TrackId;
import parallax.model.TrackStatus;

/**
 * The newest that an originator reports of one of its tracks.
 *
 * @param id the track
 * @param launch its launch estimate
 * @param estimate its state
 * @param impact its impact prediction
 */
public record ReportedTrack(
    TrackId id,
    Optional<LaunchPointEstimate> launch,
    Optional<TrackEstimate> estimate,
    Optional<ImpactPointPrediction> impact) {

  /** Whether its originator still holds the target, as far as is known. */
  boolean isHeld() {
    return estimate
        .map(e -> e.status() != TrackStatus.LOST && e.status() != TrackStatus.ENDED)
        .orElse(true);
  }
}
