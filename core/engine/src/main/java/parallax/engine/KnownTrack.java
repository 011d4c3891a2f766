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
 * The newest that an originator said of one of its tracks, and how that is to be handled. The
 * nation's own tracks enter the pictures in the same form as its partners', so that nations that
 * were told the same draw the same common picture.
 *
 * @param track what was said, in the three data classes of the agreement
 * @param handling how each data class that is there is to be handled
 */
public record KnownTrack(ReportedTrack track, SortedMap<Report.DataClass, Handling> handling) {
  /** Copies the map. */
  public KnownTrack {
    handling = Collections.unmodifiableSortedMap(new TreeMap<>(handling));
  }

  /**
   * How what an originator said is to be handled.
   *
   * @param label its label
   * @param cameWallNs when it came from a partner, wall clock, UTC nanoseconds; empty: it is own
   */
  public record Handling(ConfidentialityLabel label, OptionalLong cameWallNs) {}

  static KnownTrack nothing(TrackId id) {
    return new KnownTrack(
        new ReportedTrack(id, Optional.empty(), Optional.empty(), Optional.empty()),
        new TreeMap<>());
  }

  /** The track. */
  TrackId id() {
    return track.id();
  }

  Optional<LaunchPointEstimate> launch() {
    return track.launch();
  }

  Optional<TrackEstimate> estimate() {
    return track.estimate();
  }

  Optional<ImpactPointPrediction> impact() {
    return track.impact();
  }

  /** With what a report says in the place of what was said before. */
  KnownTrack with(Report report, Handling how) {
    ReportedTrack t = track;
    ReportedTrack next =
        switch (report) {
          case Report.LaunchReport r ->
              new ReportedTrack(t.id(), Optional.of(r.launch()), t.estimate(), t.impact());
          case Report.TrackReport r ->
              new ReportedTrack(t.id(), t.launch(), Optional.of(r.estimate()), t.impact());
          case Report.ImpactReport r ->
              new ReportedTrack(t.id(), t.launch(), t.estimate(), Optional.of(r.impact()));
          case Report.Notice n -> t;
        };
    return report instanceof Report.Notice ? this : handled(next, report.dataClass(), how);
  }

  /** With another label of one data class. */
  KnownTrack labelled(Report.DataClass of, ConfidentialityLabel label) {
    Handling before = handling.get(of);
    return before == null ? this : handled(track, of, new Handling(label, before.cameWallNs()));
  }

  private KnownTrack handled(ReportedTrack next, Report.DataClass of, Handling how) {
    SortedMap<Report.DataClass, Handling> all = new TreeMap<>(handling);
    all.put(of, how);
    return new KnownTrack(next, all);
  }

  /** Without one data class. */
  KnownTrack without(Report.DataClass of) {
    SortedMap<Report.DataClass, Handling> rest = new TreeMap<>(handling);
    rest.remove(of);
    ReportedTrack t = track;
    return switch (of) {
      case LAUNCH_POINT ->
          new KnownTrack(
              new ReportedTrack(t.id(), Optional.empty(), t.estimate(), t.impact()), rest);
      case FLIGHT_PATH ->
          new KnownTrack(new ReportedTrack(t.id(), t.launch(), Optional.empty(), t.impact()), rest);
      case IMPACT_POINT ->
          new KnownTrack(
              new ReportedTrack(t.id(), t.launch(), t.estimate(), Optional.empty()), rest);
      case NOTICE -> this;
    };
  }

  boolean isEmpty() {
    return launch().isEmpty() && estimate().isEmpty() && impact().isEmpty();
  }
}
