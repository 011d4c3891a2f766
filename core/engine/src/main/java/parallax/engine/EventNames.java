package parallax.engine;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import parallax.model.Report;
import parallax.model.TrackId;
import parallax.model.UtcTime;

/**
 * What launches go by: the track of which the earliest report was made, by its maker's clock. That
 * is a function of the reports, not of the order in which they came, so whoever holds the same
 * reports names a launch alike, and so do two who were apart, once each has what the other had.
 * Tracks that the partners know go before those that they do not. A launch goes on by the name of a
 * track that was recalled.
 */
final class EventNames {
  private final SortedMap<TrackId, UtcTime> firstMade = new TreeMap<>();

  /** The name that a launch goes on by after the track it went by was recalled. */
  private final SortedMap<TrackId, TrackId> kept = new TreeMap<>();

  /** Takes note of a report, in time or late; says whether it is its track's earliest. */
  boolean heard(Report r) {
    UtcTime made = r.header().createdAt();
    UtcTime before = firstMade.get(r.header().track());
    boolean earliest = before == null || made.isBefore(before);
    if (earliest) {
      firstMade.put(r.header().track(), made);
    }
    return earliest;
  }

  /** The order of tracks and names: by their earliest report. */
  Comparator<TrackId> order() {
    Comparator<TrackId> byTime =
        Comparator.comparing(t -> firstMade.getOrDefault(t, new UtcTime(Long.MAX_VALUE)));
    return byTime.thenComparing(Comparator.naturalOrder());
  }

  /** Lets what these tracks speak of go on by a name. */
  void keep(Collection<TrackId> tracks, TrackId name) {
    tracks.forEach(t -> kept.put(t, name));
  }

  /** The name that a track gives to its launch. */
  TrackId given(TrackId track) {
    return kept.getOrDefault(track, track);
  }

  /**
   * The name of a launch. When what went on by the name of a recalled track has come apart, one
   * part keeps the name.
   *
   * @param tracks those that speak of it, at least one
   * @param shared whether a track is known to partners
   * @param taken whether a name is that of another launch, or of a track of another
   */
  TrackId of(List<TrackId> tracks, Predicate<TrackId> shared, Predicate<TrackId> taken) {
    Comparator<TrackId> order = Comparator.comparing((TrackId t) -> !shared.test(t));
    return tracks.stream()
        .map(t -> Map.entry(t, given(t)))
        .filter(e -> !taken.test(e.getValue()))
        .min(
            Map.Entry.<TrackId, TrackId>comparingByKey(order)
                .thenComparing(Map.Entry.comparingByValue(order())))
        .map(Map.Entry::getValue)
        .orElseGet(() -> tracks.stream().min(order.thenComparing(order())).orElseThrow());
  }
}
