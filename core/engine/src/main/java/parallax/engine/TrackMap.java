package parallax.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import parallax.model.Nation;
import parallax.model.TrackId;

/**
 * Something for each track, with a bound: of each originator's tracks at most so many are kept.
 * When there is one more, the track that was put longest ago is forgotten. Each originator has a
 * bound of its own, so that nobody can push out the tracks of another.
 */
final class TrackMap<V> {
  /** Most tracks of one originator, unless the constructor says otherwise. */
  static final int MOST = 10_000;

  private final int most;
  private final SortedMap<Nation, LinkedHashMap<TrackId, V>> byOriginator = new TreeMap<>();

  TrackMap() {
    this(MOST);
  }

  TrackMap(int most) {
    this.most = most;
  }

  /** With what another held. */
  TrackMap(TracksState<V> held) {
    this(MOST, held);
  }

  TrackMap(int most, TracksState<V> held) {
    this(most);
    held.byOriginator()
        .forEach(
            (nation, of) -> {
              LinkedHashMap<TrackId, V> all = new LinkedHashMap<>();
              for (int i = 0; i < of.tracks().size(); i++) {
                all.put(of.tracks().get(i), of.values().get(i));
              }
              byOriginator.put(nation, all);
            });
  }

  /** What it holds. The values must not change from then on. */
  TracksState<V> state() {
    SortedMap<Nation, TracksState.Of<V>> out = new TreeMap<>();
    byOriginator.forEach(
        (nation, all) -> {
          if (!all.isEmpty()) {
            out.put(nation, inOrder(all));
          }
        });
    return new TracksState<>(out);
  }

  private static <V> TracksState.Of<V> inOrder(Map<TrackId, V> all) {
    List<TrackId> tracks = new ArrayList<>(all.size());
    List<V> values = new ArrayList<>(all.size());
    all.forEach(
        (track, value) -> {
          tracks.add(track);
          values.add(value);
        });
    return new TracksState.Of<>(
        Collections.unmodifiableList(tracks), Collections.unmodifiableList(values));
  }

  Optional<V> get(TrackId track) {
    LinkedHashMap<TrackId, V> all = byOriginator.get(track.originator());
    return all == null ? Optional.empty() : Optional.ofNullable(all.get(track));
  }

  boolean contains(TrackId track) {
    return get(track).isPresent();
  }

  /** Puts a value; returns the track that was forgotten to make room for it. */
  Optional<TrackId> put(TrackId track, V value) {
    LinkedHashMap<TrackId, V> all =
        byOriginator.computeIfAbsent(track.originator(), n -> new LinkedHashMap<>());
    all.remove(track);
    all.put(track, value);
    if (all.size() <= most) {
      return Optional.empty();
    }
    Iterator<TrackId> oldestFirst = all.keySet().iterator();
    TrackId oldest = oldestFirst.next();
    oldestFirst.remove();
    return Optional.of(oldest);
  }

  /** Puts another value in the place of the one there is, if any. Its place in the order stays. */
  void replace(TrackId track, UnaryOperator<V> other) {
    LinkedHashMap<TrackId, V> all = byOriginator.get(track.originator());
    if (all != null) {
      all.computeIfPresent(track, (t, v) -> other.apply(v));
    }
  }

  void remove(TrackId track) {
    LinkedHashMap<TrackId, V> all = byOriginator.get(track.originator());
    if (all != null) {
      all.remove(track);
    }
  }

  /** Puts another value in the place of each one. Their order stays. */
  void replaceAll(BiFunction<TrackId, V, V> other) {
    byOriginator.values().forEach(all -> all.replaceAll(other));
  }

  /** The tracks there are, in their natural order. */
  List<TrackId> tracks() {
    return byOriginator.values().stream().flatMap(m -> m.keySet().stream()).sorted().toList();
  }

  /** How many there are of all originators. */
  int size() {
    return byOriginator.values().stream().mapToInt(LinkedHashMap::size).sum();
  }
}
