package parallax.engine;

import java.util.Collections;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.model.ConfidentialityLabel;
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
 * @param handling how each that is there is to be handled
 */
record KnownTrack(
    TrackId id,
    Optional<LaunchPointEstimate> launch,
    Optional<TrackEstimate> estimate,
    Optional<ImpactPointPrediction> impact,
    SortedMap<Report.DataClass, Handling> handling) {
  KnownTrack {
    handling = Collections.unmodifiableSortedMap(new TreeMap<>(handling));
  }

  /**
   * How what an originator said is to be handled.
   *
   * @param label its label
   * @param cameWallNs when it came from a partner, wall clock, UTC nanoseconds; empty: it is own
   */
  record Handling(ConfidentialityLabel label, OptionalLong cameWallNs) {}

  static KnownTrack nothing(TrackId id) {
    return new KnownTrack(
        id, Optional.empty(), Optional.empty(), Optional.empty(), new TreeMap<>());
  }

  KnownTrack with(Report report, Handling how) {
    return switch (report) {
      case Report.LaunchReport r ->
          new KnownTrack(id, Optional.of(r.launch()), estimate, impact, handling)
              .handled(r.dataClass(), how);
      case Report.TrackReport r ->
          new KnownTrack(id, launch, Optional.of(r.estimate()), impact, handling)
              .handled(r.dataClass(), how);
      case Report.ImpactReport r ->
          new KnownTrack(id, launch, estimate, Optional.of(r.impact()), handling)
              .handled(r.dataClass(), how);
      case Report.Notice n -> this;
    };
  }

  /** With another label of one data class. */
  KnownTrack labelled(Report.DataClass of, ConfidentialityLabel label) {
    Handling before = handling.get(of);
    return before == null ? this : handled(of, new Handling(label, before.cameWallNs()));
  }

  private KnownTrack handled(Report.DataClass of, Handling how) {
    SortedMap<Report.DataClass, Handling> all = new TreeMap<>(handling);
    all.put(of, how);
    return new KnownTrack(id, launch, estimate, impact, all);
  }

  /** Without one data class. */
  KnownTrack without(Report.DataClass of) {
    SortedMap<Report.DataClass, Handling> rest = new TreeMap<>(handling);
    rest.remove(of);
    return switch (of) {
      case LAUNCH_POINT -> new KnownTrack(id, Optional.empty(), estimate, impact, rest);
      case FLIGHT_PATH -> new KnownTrack(id, launch, Optional.empty(), impact, rest);
      case IMPACT_POINT -> new KnownTrack(id, launch, estimate, Optional.empty(), rest);
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
