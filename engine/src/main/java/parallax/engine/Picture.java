package parallax.engine;

import java.util.List;
import java.util.Optional;
import parallax.model.ImpactPointPrediction;
import parallax.model.LaunchPointEstimate;
import parallax.model.PathPoint;
import parallax.model.TrackEstimate;
import parallax.model.TrackId;
import parallax.model.UtcTime;
import parallax.warning.AreaAtRisk;

/**
 * What a node knows of one launch, in one of its two views.
 *
 * @param view whether from national sensors alone or combined with what partners told
 * @param event the node's name for the launch: the first track it heard of it by
 * @param at the node's time this was drawn
 * @param sources the tracks it rests on, in their natural order
 * @param launch launch point and time, if estimated
 * @param estimate state, if tracked
 * @param impact predicted impact, or why there is none
 * @param path predicted ground path; empty without a prediction
 * @param areas the node's own nation's areas at risk, by code
 */
public record Picture(
    View view,
    TrackId event,
    UtcTime at,
    List<TrackId> sources,
    Optional<LaunchPointEstimate> launch,
    Optional<TrackEstimate> estimate,
    ImpactPointPrediction impact,
    List<PathPoint> path,
    List<AreaAtRisk> areas) {
  /** Copies the lists. */
  public Picture {
    sources = List.copyOf(sources);
    path = List.copyOf(path);
    areas = List.copyOf(areas);
  }

  /** The two views of a node. */
  public enum View {
    /** National sensors only: what the nation would know alone. */
    NATIONAL,
    /** National sensors and what partners told: what the nation knows. */
    COMBINED
  }
}
