package parallax.engine;

import java.util.SortedMap;
import java.util.TreeMap;

/** How far each sensor feed has been taken in: each number once, in order, without a hole. */
final class Feeds {
  private final SortedMap<String, Long> last = new TreeMap<>();

  /** What to do with a numbered report. */
  enum Place {
    /** The next one: take it. */
    NEXT,
    /** Taken before: acknowledge again. */
    REPEATED,
    /** Numbers before it are missing: do not take it. */
    AHEAD
  }

  Place place(String feed, long seq) {
    long have = last(feed);
    if (seq <= have) {
      return Place.REPEATED;
    }
    return seq == have + 1 ? Place.NEXT : Place.AHEAD;
  }

  void take(String feed, long seq) {
    last.put(feed, seq);
  }

  long last(String feed) {
    return last.getOrDefault(feed, 0L);
  }
}
