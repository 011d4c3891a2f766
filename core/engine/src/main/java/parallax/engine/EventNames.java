package parallax.engine;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import parallax.model.Report;
import parallax.model.TrackId;
import parallax.model.UtcTime;

/**
 * What launches go by: the track of which the earliest report was made, by its maker's clock. That
 * is a function of the reports, not of the order in which they came, so whoever holds the same
 * reports names a launch alike, and so do two who were apart, once each has what the other had.
 * Tracks that the partners know go before those that they do not. A launch goes on by the name of a
 * track that was recalled. Bounded by {@link TrackMap}.
 */
final class EventNames {
  private static final UtcTime NEVER = new UtcTime(Long.MAX_VALUE);

  private final TrackMap<UtcTime> firstMade;

  /** The name that a launch goes on by after the track it went by was recalled. */
  private final TrackMap<TrackId> kept;

  /** With the names that another held. */
  EventNames(KnowledgeState.Names state) {
    firstMade = new TrackMap<>(state.firstMade());
    kept = new TrackMap<>(state.kept());
  }

  KnowledgeState.Names state() {
    return new KnowledgeState.Names(firstMade.state(), kept.state());
  }

  /** Takes note of a report, in time or late; says whether it is its track's earliest. */
  boolean heard(Report r) {
    UtcTime made = r.header().createdAt();
    UtcTime before = firstMade(r.header().track());
    boolean earliest = made.isBefore(before);
    firstMade.put(r.header().track(), earliest ? made : before);
    return earliest;
  }

  /** The order of tracks and names: by their earliest report. */
  Comparator<TrackId> order() {
    Comparator<TrackId> byTime = Comparator.comparing(this::firstMade);
    return byTime.thenComparing(Comparator.naturalOrder());
  }

  private UtcTime firstMade(TrackId track) {
    return firstMade.get(track).orElse(NEVER);
  }

  /** Forgets a track. */
  void forget(TrackId track) {
    firstMade.remove(track);
    kept.remove(track);
  }

  /** Goes on as if nothing had been said of a track before a moment, by its maker's clock. */
  void began(TrackId track, UtcTime made) {
    if (firstMade.contains(track)) {
      firstMade.put(track, made);
    }
  }

  /** Forgets all other tracks, also where they are the name of something. */
  void keepOnly(Predicate<TrackId> those) {
    firstMade.tracks().stream().filter(those.negate()).forEach(firstMade::remove);
    for (TrackId t : kept.tracks()) {
      if (!those.test(t) || !those.test(given(t))) {
        kept.remove(t);
      }
    }
  }

  /** Lets what these tracks speak of go on by a name. */
  void keep(Collection<TrackId> tracks, TrackId name) {
    tracks.forEach(t -> kept.put(t, name));
  }

  /** The name that a track gives to its launch. */
  TrackId given(TrackId track) {
    return kept.get(track).orElse(track);
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
