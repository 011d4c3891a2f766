package parallax.tracking;

import java.util.List;
import java.util.Optional;
import parallax.model.ImpactPointPrediction;
import parallax.model.LaunchPointEstimate;
import parallax.model.PathPoint;
import parallax.model.Track;
import parallax.model.TrackId;

/**
 * All a nation knows of one target from its own sensors.
 *
 * @param track identity, estimate and contributing sensors
 * @param launch where and when it was launched, when that can be told
 * @param impact where and when it will come down, or why that cannot be told
 * @param path predicted path from the estimate's time to impact; empty without a prediction
 * @param partedFrom the track it came off in flight, when it was first seen beside one: of the two,
 *     one is the payload and one a spent stage or debris
 */
public record NationalTrack(
    Track.LocalTrack track,
    Optional<LaunchPointEstimate> launch,
    ImpactPointPrediction impact,
    List<PathPoint> path,
    Optional<TrackId> partedFrom) {
  /** Copies the path. */
  public NationalTrack {
    path = List.copyOf(path);
  }
}
