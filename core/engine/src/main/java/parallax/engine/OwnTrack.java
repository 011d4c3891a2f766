package parallax.engine;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import parallax.model.ImpactPointPrediction;
import parallax.model.PathPoint;
import parallax.model.Report;
import parallax.model.TrackEstimate;
import parallax.model.TrackId;
import parallax.model.TrackStatus;
import parallax.model.UtcTime;
import parallax.release.ReleaseContext;
import parallax.tracking.ReportedTrack;

/**
 * One of the nation's own tracks as it stands.
 *
 * @param track what the nation would report of it
 * @param path the predicted ground path; never reported
 * @param news the data classes in which there is something new to report
 */
public record OwnTrack(ReportedTrack track, List<PathPoint> path, Set<Report.DataClass> news) {
  /** Copies the collections. */
  public OwnTrack {
    path = List.copyOf(path);
    news =
        Collections.unmodifiableSet(
            news.isEmpty() ? EnumSet.noneOf(Report.DataClass.class) : EnumSet.copyOf(news));
  }

  TrackId id() {
    return track.id();
  }

  /** What the release rules may ask about it. */
  ReleaseContext context() {
    Optional<TrackStatus> status = track.estimate().map(TrackEstimate::status);
    boolean ended = status.filter(s -> s == TrackStatus.ENDED).isPresent();
    return new ReleaseContext(
        track.launch(), impactTime(track.impact()), ended, status, track.estimate());
  }

  /** When a target comes down, where that is predicted. */
  static Optional<UtcTime> impactTime(Optional<ImpactPointPrediction> impact) {
    return impact.flatMap(
        i ->
            i instanceof ImpactPointPrediction.Predicted p
                ? Optional.of(p.time())
                : Optional.empty());
  }
}
