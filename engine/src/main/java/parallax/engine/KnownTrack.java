package parallax.engine;

import java.util.Optional;
import parallax.model.ImpactPointPrediction;
import parallax.model.LaunchPointEstimate;
import parallax.model.Report;
import parallax.model.TrackEstimate;
import parallax.model.TrackId;
import parallax.tracking.ReportedTrack;

/**
 * The newest that an originator said of one of its tracks, in the three data classes of the
 * agreement. The nation's own tracks enter the pictures in the same form as its partners', so that
 * nations that were told the same draw the same common picture.
 *
 * @param id the track
 * @param launch newest launch point estimate
 * @param estimate newest state
 * @param impact newest impact prediction
 */
record KnownTrack(
    TrackId id,
    Optional<LaunchPointEstimate> launch,
    Optional<TrackEstimate> estimate,
    Optional<ImpactPointPrediction> impact) {

  static KnownTrack nothing(TrackId id) {
    return new KnownTrack(id, Optional.empty(), Optional.empty(), Optional.empty());
  }

  KnownTrack with(Report report) {
    return switch (report) {
      case Report.LaunchReport r -> new KnownTrack(id, Optional.of(r.launch()), estimate, impact);
      case Report.TrackReport r -> new KnownTrack(id, launch, Optional.of(r.estimate()), impact);
      case Report.ImpactReport r -> new KnownTrack(id, launch, estimate, Optional.of(r.impact()));
      case Report.Notice n -> this;
    };
  }

  /** Without one data class. */
  KnownTrack without(Report.DataClass of) {
    return switch (of) {
      case LAUNCH_POINT -> new KnownTrack(id, Optional.empty(), estimate, impact);
      case FLIGHT_PATH -> new KnownTrack(id, launch, Optional.empty(), impact);
      case IMPACT_POINT -> new KnownTrack(id, launch, estimate, Optional.empty());
      case NOTICE -> this;
    };
  }

  ReportedTrack reported() {
    return new ReportedTrack(id, launch, estimate, impact);
  }

  boolean isEmpty() {
    return launch.isEmpty() && estimate.isEmpty() && impact.isEmpty();
  }
}
