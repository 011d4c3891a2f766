package parallax.engine;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.model.Report;
import parallax.model.TrackId;

/** The newest report of each track and data class, whatever order they come in. */
final class NewestReports {
  private final SortedMap<TrackId, SortedMap<Report.DataClass, Report>> newest = new TreeMap<>();

  /**
   * Takes the place of an older one of the same track and data class. False when it was overtaken:
   * urgent reports do not wait for bulk ones, so an older report may come after a newer one.
   */
  boolean take(Report report) {
    SortedMap<Report.DataClass, Report> of =
        newest.computeIfAbsent(report.header().track(), t -> new TreeMap<>());
    Report before = of.get(report.dataClass());
    if (before != null && Reports.isOlder(report, before)) {
      return false;
    }
    of.put(report.dataClass(), report);
    return true;
  }

  /** Forgets one data class of a track; empty: all. */
  void forget(TrackId track, Optional<Report.DataClass> of) {
    SortedMap<Report.DataClass, Report> all = newest.get(track);
    if (all != null) {
      all.keySet().removeIf(c -> of.isEmpty() || of.get() == c);
    }
  }

  Optional<Report> of(TrackId track, Report.DataClass dataClass) {
    SortedMap<Report.DataClass, Report> all = newest.get(track);
    return all == null ? Optional.empty() : Optional.ofNullable(all.get(dataClass));
  }

  List<Report> of(TrackId track) {
    SortedMap<Report.DataClass, Report> all = newest.get(track);
    return all == null ? List.of() : List.copyOf(all.values());
  }
}
