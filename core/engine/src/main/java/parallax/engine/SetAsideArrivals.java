package parallax.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import parallax.engine.StreamsState.Came;
import parallax.link.Frame;
import parallax.link.StreamId;

/**
 * When the records came that are not used, by the wall clock: the reasons may repeat what such a
 * record says, so they are forgotten with it. Of each stream as many are remembered as it tells of.
 */
final class SetAsideArrivals {
  private final SortedMap<StreamId, Deque<Came>> byStream = new TreeMap<>();

  /** With what came to another. */
  SetAsideArrivals(SortedMap<StreamId, List<Came>> state) {
    state.forEach((stream, all) -> byStream.put(stream, new ArrayDeque<>(all)));
  }

  SortedMap<StreamId, List<Came>> state() {
    SortedMap<StreamId, List<Came>> out = new TreeMap<>();
    byStream.forEach((stream, all) -> out.put(stream, List.copyOf(all)));
    return out;
  }

  /** Records of a stream are not used. */
  void came(StreamId stream, List<Frame.SetAside.Item> records, long wallNs) {
    Deque<Came> all = byStream.computeIfAbsent(stream, s -> new ArrayDeque<>());
    for (Frame.SetAside.Item r : records) {
      all.addLast(new Came(r.seq(), wallNs));
      if (all.size() > Frame.SetAside.MOST) {
        all.removeFirst();
      }
    }
  }

  /**
   * Takes out what came before a moment. What is stamped later than now was stamped by a clock that
   * was ahead: it counts as come now.
   *
   * @return the numbers of the records, by stream
   */
  SortedMap<StreamId, SortedSet<Long>> takeDue(long untilWallNs, long nowWallNs) {
    SortedMap<StreamId, SortedSet<Long>> due = new TreeMap<>();
    byStream.forEach(
        (stream, all) -> {
          for (Came c : List.copyOf(all)) {
            all.removeFirst();
            long at = Math.min(c.wallNs(), nowWallNs);
            if (at < untilWallNs) {
              due.computeIfAbsent(stream, s -> new TreeSet<>()).add(c.seq());
            } else {
              all.addLast(new Came(c.seq(), at));
            }
          }
        });
    return due;
  }
}
