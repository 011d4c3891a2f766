package parallax.engine;

import java.util.List;
import java.util.Optional;
import parallax.model.ConfidentialityLabel;
import parallax.model.ImpactPointPrediction;
import parallax.model.LaunchPointEstimate;
import parallax.model.PathPoint;
import parallax.model.TrackEstimate;
import parallax.model.TrackId;
import parallax.model.UtcTime;
import parallax.warning.AreaAtRisk;
import parallax.warning.WatchedArea;

/**
 * What a node knows of one launch, in one of its views.
 *
 * <p>A picture without sources withdraws the one drawn before it of the same view and event: what
 * it showed is part of another event, which goes on, was recalled, or was forgotten to make room.
 *
 * @param view what it rests on
 * @param event the name of the launch: the track of which the earliest report was made, of those
 *     that partners know if there are any; two nodes that hold the same reports say the same
 * @param at the node's time this was drawn
 * @param sources the tracks it rests on, in their natural order; none when it is withdrawn
 * @param launch launch point and time, if estimated
 * @param estimate state, if tracked
 * @param impact predicted impact, or why there is none
 * @param path predicted ground path; empty without a prediction, and in the common view
 * @param areas the node's own nation's areas at risk, by code; none in the common view
 * @param watched the node's own nation's areas under the threat fan, by code, while a motor burns;
 *     nobody is alerted by them; none in the common view
 * @param label how all it shows is to be handled: the labels of what it rests on combined; none
 *     when it is withdrawn
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
    List<AreaAtRisk> areas,
    List<WatchedArea> watched,
    Optional<ConfidentialityLabel> label) {
  /** Copies the lists. */
  public Picture {
    sources = List.copyOf(sources);
    path = List.copyOf(path);
    areas = List.copyOf(areas);
    watched = List.copyOf(watched);
  }

  /** Withdraws the picture of an event. */
  static Picture withdrawal(View view, CombinedPicture.Withdrawal w, UtcTime at) {
    String reason =
        w.partOf()
            .map(e -> "part of " + e + " now")
            .orElse(w.forgotten() ? "forgotten, to make room for newer tracks" : "recalled");
    return new Picture(
        view,
        w.event(),
        at,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        new ImpactPointPrediction.CannotTellYet(at, reason),
        List.of(),
        List.of(),
        List.of(),
        Optional.empty());
  }

  /** Whether this withdraws the picture drawn before. */
  public boolean isWithdrawn() {
    return sources.isEmpty();
  }

  /** The views of a node. */
  public enum View {
    /** National sensors only: what the nation would know alone. */
    NATIONAL,
    /** National sensors and what partners told: what the nation knows, and warns by. */
    COMBINED,
    /**
     * What partners told and what every partner was told: what all nations know. It is the combined
     * picture without the own reports that were withheld from a partner, and the same at every
     * nation once all reports have arrived.
     */
    COMMON
  }
}
