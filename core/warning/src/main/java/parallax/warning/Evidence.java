package parallax.warning;

import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.model.TrackId;

/**
 * What an assessment rests on: the national tracks behind it, each once. A relayed copy has the
 * originator's own track identity, so it never counts twice.
 *
 * @param tracks at least one, in natural order without repeats (the constructor sees to it)
 */
public record Evidence(List<TrackId> tracks) {
  /** Sorts and removes repeats. */
  public Evidence {
    tracks = List.copyOf(new TreeSet<>(tracks));
    if (tracks.isEmpty()) {
      throw new InvalidValueException("evidence", "no track", "at least one track");
    }
  }

  /** Evidence of the given tracks. */
  public static Evidence of(TrackId... tracks) {
    return new Evidence(List.of(tracks));
  }

  /** The nations whose sensors stand behind it. */
  public SortedSet<Nation> originators() {
    TreeSet<Nation> nations = new TreeSet<>();
    for (TrackId t : tracks) {
      nations.add(t.originator());
    }
    return Collections.unmodifiableSortedSet(nations);
  }
}
