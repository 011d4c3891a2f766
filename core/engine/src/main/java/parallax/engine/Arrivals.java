package parallax.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.model.TrackId;
import parallax.model.UtcTime;

/**
 * When the newest of what partners told of each track came, by the wall clock, so that it can be
 * forgotten in time. Bounded by {@link TrackMap}: of a track that others have pushed out of here it
 * counts as long ago.
 */
final class Arrivals {
  /** By data class; notices have one of their own. The maps are replaced and never changed. */
  private final TrackMap<SortedMap<Report.DataClass, UtcTime>> came;

  /** With what came to another. */
  Arrivals(TracksState<SortedMap<Report.DataClass, UtcTime>> state) {
    came = new TrackMap<>(state);
  }

  TracksState<SortedMap<Report.DataClass, UtcTime>> state() {
    return came.state();
  }

  /**
   * What is to be forgotten of one track.
   *
   * @param track the track
   * @param of the data classes
   */
  record Due(TrackId track, Set<Report.DataClass> of) {}

  /** Something of a partner came. */
  void came(TrackId track, Report.DataClass of, long wallNs) {
    SortedMap<Report.DataClass, UtcTime> all =
        new TreeMap<>(came.get(track).orElseGet(TreeMap::new));
    all.put(of, new UtcTime(wallNs));
    came.put(track, all);
  }

  /** When the oldest came of what is remembered; empty when there is none. */
  Optional<UtcTime> oldest() {
    return came.tracks().stream()
        .flatMap(t -> came.get(t).orElseGet(TreeMap::new).values().stream())
        .min(UtcTime::compareTo);
  }

  /** Whether it is known of a track when anything came. */
  boolean contains(TrackId track) {
    return came.contains(track);
  }

  /**
   * Takes out what came before a moment. What is stamped later than now was stamped by a clock that
   * was ahead: it counts as come now, since it cannot have come later.
   *
   * @param known the tracks of which something is known
   * @param own the nation whose own tracks stay
   */
  List<Due> takeDue(Set<TrackId> known, Nation own, long untilWallNs, long nowWallNs) {
    List<Due> due = new ArrayList<>();
    TreeSet<TrackId> tracks = new TreeSet<>(known);
    tracks.addAll(came.tracks());
    for (TrackId t : tracks) {
      if (t.originator().equals(own)) {
        continue;
      }
      SortedMap<Report.DataClass, UtcTime> all = new TreeMap<>(came.get(t).orElseGet(TreeMap::new));
      all.replaceAll((c, at) -> UtcTime.min(at, new UtcTime(nowWallNs)));
      Set<Report.DataClass> of = new TreeSet<>();
      for (Report.DataClass c : Report.DataClass.values()) {
        UtcTime at = all.get(c);
        if (at == null || at.nanos() < untilWallNs) {
          of.add(c);
        }
      }
      all.keySet().removeAll(of);
      if (all.isEmpty()) {
        came.remove(t);
      } else {
        came.replace(t, old -> all);
      }
      due.add(new Due(t, of));
    }
    return due;
  }
}
