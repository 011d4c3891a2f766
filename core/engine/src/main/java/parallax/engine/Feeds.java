package parallax.engine;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How far each sensor feed has been taken in: each number once, in order, without a hole. A feed
 * cannot be forgotten, or its old plots could be taken in again; so there are at most {@link
 * #MOST}.
 */
final class Feeds {
  /** Most feeds that a node takes in. */
  static final int MOST = 1_000;

  private final SortedMap<String, Long> last;

  Feeds() {
    this(new TreeMap<>());
  }

  /** With what another had taken in. */
  Feeds(SortedMap<String, Long> last) {
    this.last = new TreeMap<>(last);
  }

  /** The number of the last report of each feed that was taken in. */
  SortedMap<String, Long> state() {
    return new TreeMap<>(last);
  }

  /**
   * Takes a numbered report if it is the next of its feed; says otherwise what is wrong. What is
   * durable is acknowledged in any case.
   *
   * @return whether it is the next one, to be used
   */
  boolean take(String feed, long seq, List<Effect> out) {
    long have = last(feed);
    boolean isNext = seq == have + 1;
    if (isNext && last.size() >= MOST && !last.containsKey(feed)) {
      isNext = false;
      refuse(
          feed,
          seq,
          "feed "
              + feed
              + " is new, and this node takes in at most "
              + MOST
              + " feeds. Send by one of those that it knows.",
          out);
    } else if (isNext) {
      last.put(feed, seq);
    } else if (seq > have) {
      refuse(feed, seq, "feed " + feed + ": got " + seq + "; expected " + (have + 1), out);
    }
    out.add(new Effect.PlotsAcknowledged(feed, last(feed)));
    return isNext;
  }

  private static void refuse(String feed, long seq, String why, List<Effect> out) {
    out.add(new Effect.PlotNotUsed(feed, seq, why));
    out.add(new Effect.NoticeRaised(Effect.NoticeKind.PLOT_REFUSED, why));
  }

  long last(String feed) {
    return last.getOrDefault(feed, 0L);
  }
}
