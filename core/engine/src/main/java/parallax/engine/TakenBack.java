package parallax.engine;

import java.util.SortedMap;
import java.util.TreeMap;
import parallax.model.Report;
import parallax.model.TrackId;
import parallax.model.UtcTime;

/** What was taken back of the nation's own tracks. Bounded by {@link TrackMap}. */
final class TakenBack {
  private final TrackMap<Boolean> tracks;

  /**
   * Up to when what was made of a data class of a track was taken back. The maps in it are replaced
   * and never changed.
   */
  private final TrackMap<SortedMap<Report.DataClass, UtcTime>> classes;

  /** With what another had taken back. */
  TakenBack(ReleasesState.TakenBack state) {
    tracks = new TrackMap<>(state.tracks());
    classes = new TrackMap<>(state.classes());
  }

  ReleasesState.TakenBack state() {
    return new ReleasesState.TakenBack(tracks.state(), classes.state());
  }

  void add(Report.Recall r) {
    TrackId track = r.header().track();
    if (r.of().isEmpty()) {
      tracks.put(track, true);
    } else {
      SortedMap<Report.DataClass, UtcTime> of =
          classes.get(track).map(TreeMap::new).orElseGet(TreeMap::new);
      of.merge(r.of().get(), r.madeUntil(), UtcTime::max);
      classes.put(track, of);
    }
  }

  /** The node's clock jumps. */
  void clockCorrected(Restamp r) {
    classes.replaceAll((track, of) -> r.waiting(of));
  }

  /** Whether a track was taken back as a whole. */
  boolean isWhole(TrackId track) {
    return tracks.contains(track);
  }

  /** Whether a report was taken back after it was made. */
  boolean holds(Report report) {
    Report.Header h = report.header();
    return isWhole(h.track())
        || classes
            .get(h.track())
            .map(of -> of.get(report.dataClass()))
            .filter(until -> !h.createdAt().isAfter(until))
            .isPresent();
  }
}
