package parallax.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.model.TrackId;

/**
 * What is kept of tracks, in the order in which it was put: what was put longest ago is forgotten
 * first when there is too much.
 *
 * @param byOriginator by the nation whose tracks they are
 * @param <V> what is kept of each, immutable
 */
public record TracksState<V>(SortedMap<Nation, Of<V>> byOriginator) {
  /**
   * The tracks of one originator, the one put longest ago first.
   *
   * @param tracks the tracks, each once
   * @param values what is kept of each, in the same order
   * @param <V> what is kept of each
   */
  public record Of<V>(List<TrackId> tracks, List<V> values) {
    /** The lists must be of one length. They are kept, not copied, and must never change. */
    public Of {
      if (tracks.size() != values.size()) {
        throw new InvalidValueException(
            "values kept of tracks", values.size(), tracks.size() + ", one of each track");
      }
    }
  }

  /** Copies the map. */
  public TracksState {
    byOriginator = Collections.unmodifiableSortedMap(new TreeMap<>(byOriginator));
  }

  /** Nothing of any track. */
  public static <V> TracksState<V> empty() {
    return new TracksState<>(new TreeMap<>());
  }

  /** What is kept of each, originator by originator. */
  public List<V> values() {
    List<V> out = new ArrayList<>();
    byOriginator.values().forEach(of -> out.addAll(of.values()));
    return out;
  }
}
