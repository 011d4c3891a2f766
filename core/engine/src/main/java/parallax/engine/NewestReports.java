package parallax.engine;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.model.Report;
import parallax.model.TrackId;

/**
 * The newest report of each track and data class, in whatever order they come. Bounded by {@link
 * TrackMap}.
 */
final class NewestReports {
  /** The maps in it are replaced and never changed. */
  private final TrackMap<SortedMap<Report.DataClass, Report>> newest;

  NewestReports() {
    this(TracksState.empty());
  }

  /** With what another held. */
  NewestReports(TracksState<SortedMap<Report.DataClass, Report>> held) {
    newest = new TrackMap<>(held);
  }

  TracksState<SortedMap<Report.DataClass, Report>> state() {
    return newest.state();
  }

  /**
   * Takes the place of an older one of the same track and data class. False when it was overtaken:
   * urgent reports do not wait for bulk ones, so an older report may come after a newer one.
   */
  boolean take(Report report) {
    TrackId track = report.header().track();
    SortedMap<Report.DataClass, Report> of =
        newest.get(track).map(TreeMap::new).orElseGet(TreeMap::new);
    Report before = of.get(report.dataClass());
    if (before != null && Reports.isOlder(report, before)) {
      return false;
    }
    of.put(report.dataClass(), report);
    newest.put(track, of);
    return true;
  }

  /** The node's clock jumps: reports stamped ahead must not count as newer than new ones. */
  void clockCorrected(Restamp r) {
    newest.replaceAll(
        (track, of) -> {
          SortedMap<Report.DataClass, Report> moved = new TreeMap<>(of);
          moved.replaceAll((c, report) -> r.known(report));
          return moved;
        });
  }

  /** Forgets one data class of a track; empty: all. */
  void forget(TrackId track, Optional<Report.DataClass> of) {
    newest.replace(
        track,
        all -> {
          SortedMap<Report.DataClass, Report> rest = new TreeMap<>(all);
          rest.keySet().removeIf(c -> of.isEmpty() || of.get() == c);
          return rest;
        });
  }

  /** The tracks of which a report is known, in their natural order. */
  List<TrackId> tracks() {
    return newest.tracks();
  }

  /** Forgets a track. */
  void forget(TrackId track) {
    newest.remove(track);
  }

  Optional<Report> of(TrackId track, Report.DataClass dataClass) {
    return newest.get(track).map(all -> all.get(dataClass));
  }

  List<Report> of(TrackId track) {
    return newest.get(track).map(all -> List.copyOf(all.values())).orElse(List.of());
  }
}
