package parallax.demo;

import java.util.Arrays;
import java.util.BitSet;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.demo.DemoResult.LinkResult;
import parallax.link.Lane;
import parallax.model.Nation;

/** What went in at one end of both lanes from one nation to another and came out at the other. */
final class LinkCounts {
  private final SortedMap<Lane, Long> released = new TreeMap<>();
  private long duplicated;
  private long folded;
  private final SortedMap<Lane, BitSet> taken = new TreeMap<>();
  private long[] latencyNs = new long[1024];
  private int measured;

  void released(Lane lane, long seq) {
    released.merge(lane, seq, Math::max);
  }

  /** A record was replaced by a newer one before it was sent. */
  void folded() {
    folded++;
  }

  private long allReleased() {
    return released.values().stream().mapToLong(n -> n).sum();
  }

  private long allTaken() {
    return taken.values().stream().mapToLong(BitSet::cardinality).sum();
  }

  /**
   * Records taken; {@code latency} is nanoseconds from release to durable, negative when not known.
   */
  void taken(Lane lane, long firstSeq, int count, long latency) {
    BitSet ofLane = taken.computeIfAbsent(lane, l -> new BitSet());
    for (int i = 0; i < count; i++) {
      int seq = Math.toIntExact(firstSeq + i);
      if (ofLane.get(seq)) {
        duplicated++;
      }
      ofLane.set(seq);
      if (latency >= 0) {
        if (measured == latencyNs.length) {
          latencyNs = Arrays.copyOf(latencyNs, 2 * measured);
        }
        latencyNs[measured++] = latency;
      }
    }
  }

  boolean complete() {
    return allTaken() + folded >= allReleased();
  }

  LinkResult result(Nation from, Nation to) {
    long[] sorted = Arrays.copyOf(latencyNs, measured);
    Arrays.sort(sorted);
    return new LinkResult(
        from,
        to,
        allReleased(),
        allTaken(),
        Math.max(0, allReleased() - allTaken() - folded),
        duplicated,
        quantile(sorted, 0.5),
        quantile(sorted, 0.99));
  }

  private static OptionalDouble quantile(long[] sorted, double q) {
    if (sorted.length == 0) {
      return OptionalDouble.empty();
    }
    int i = (int) Math.ceil(q * sorted.length) - 1;
    return OptionalDouble.of(sorted[Math.max(0, i)] / 1e3);
  }
}
