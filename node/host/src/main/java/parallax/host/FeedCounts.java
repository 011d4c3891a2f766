package parallax.host;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.wire.FeedStatus;

/** How far each sensor feed is durable, and what of it was not used. For any thread. */
final class FeedCounts {
  private static final FeedStatus NEW = new FeedStatus("", 0, 0, "");

  private final SortedMap<String, FeedStatus> feeds = new TreeMap<>();

  /** A feed is durable up to a number. */
  synchronized void durable(String feed, long seq) {
    FeedStatus f = feeds.getOrDefault(feed, NEW);
    feeds.put(feed, new FeedStatus(feed, seq, f.notUsed(), f.lastReason()));
  }

  /** A report of a feed was not used. */
  synchronized void notUsed(String feed, String reason) {
    FeedStatus f = feeds.getOrDefault(feed, NEW);
    feeds.put(feed, new FeedStatus(feed, f.durable(), f.notUsed() + 1, reason));
  }

  /** The last durable number of a feed; 0 when nothing of it is. */
  synchronized long durable(String feed) {
    return feeds.getOrDefault(feed, NEW).durable();
  }

  /** All of them, by name. */
  synchronized List<FeedStatus> all() {
    return List.copyOf(feeds.values());
  }
}
