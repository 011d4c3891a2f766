package parallax.engine;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.model.Report;
import parallax.model.TrackId;

/**
 * The newest that the nation has to tell of each of its own tracks, before anything is taken from
 * it for a partner: what is told again under another label.
 */
final class OwnReports {
  private final SortedMap<TrackId, SortedMap<Report.DataClass, Report>> newest = new TreeMap<>();

  /** Takes the place of an older one of the same track and data class. */
  void take(Report report) {
    newest
        .computeIfAbsent(report.header().track(), t -> new TreeMap<>())
        .merge(report.dataClass(), report, (was, is) -> Reports.isOlder(is, was) ? was : is);
  }

  /** Forgets one data class of a track; empty: all. */
  void recall(TrackId track, Optional<Report.DataClass> of) {
    SortedMap<Report.DataClass, Report> all = newest.get(track);
    if (all != null) {
      all.keySet().removeIf(c -> of.isEmpty() || of.get() == c);
    }
  }

  List<Report> of(TrackId track) {
    SortedMap<Report.DataClass, Report> all = newest.get(track);
    return all == null ? List.of() : List.copyOf(all.values());
  }
}
