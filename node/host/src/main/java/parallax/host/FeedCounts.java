package parallax.host;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import parallax.engine.Effect;
import parallax.runtime.Remembered;
import parallax.wire.FeedMemory;
import parallax.wire.FeedStatus;

/**
 * How far each sensor feed is durable, and what of it was not used; part of snapshots. For any
 * thread.
 */
final class FeedCounts implements Remembered {
  private static final FeedStatus NEW = new FeedStatus("", 0, 0, "");

  private final SortedMap<String, FeedStatus> feeds = new TreeMap<>();

  /** What an effect says of feeds. */
  void count(Effect e) {
    if (e instanceof Effect.PlotsAcknowledged p) {
      durable(p.feed(), p.seq());
    } else if (e instanceof Effect.PlotNotUsed p) {
      notUsed(p.feed(), p.reason());
    }
  }

  @Override
  public String name() {
    return "feeds";
  }

  @Override
  public Supplier<byte[]> remember() {
    List<FeedStatus> now = all();
    return () -> FeedMemory.encode(now);
  }

  @Override
  public synchronized void recall(byte[] bytes) {
    feeds.clear();
    FeedMemory.decode(bytes).forEach(f -> feeds.put(f.feed(), f));
  }

  /** A feed is durable up to a number. */
  synchronized void durable(String feed, long seq) {
    FeedStatus f = feeds.getOrDefault(feed, NEW);
    feeds.put(feed, new FeedStatus(feed, seq, f.notUsed(), f.lastReason()));
  }

  /** A report of a feed was not used. */
  private synchronized void notUsed(String feed, String reason) {
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
