package parallax.node.demo;

import java.util.Arrays;
import java.util.BitSet;
import java.util.OptionalDouble;
import parallax.model.Nation;
import parallax.node.demo.DemoResult.LinkResult;

/** What went in at one end of a stream and came out at the other. */
final class LinkCounts {
  private long released;
  private long duplicated;
  private final BitSet taken = new BitSet();
  private long[] latencyNs = new long[1024];
  private int measured;

  void released(long seq) {
    released = Math.max(released, seq);
  }

  /**
   * Records taken; {@code latency} is nanoseconds from release to durable, negative when not known.
   */
  void taken(long firstSeq, int count, long latency) {
    for (int i = 0; i < count; i++) {
      int seq = Math.toIntExact(firstSeq + i);
      if (taken.get(seq)) {
        duplicated++;
      }
      taken.set(seq);
      if (latency >= 0) {
        if (measured == latencyNs.length) {
          latencyNs = Arrays.copyOf(latencyNs, 2 * measured);
        }
        latencyNs[measured++] = latency;
      }
    }
  }

  boolean complete() {
    return taken.cardinality() >= released;
  }

  LinkResult result(Nation from, Nation to) {
    long[] sorted = Arrays.copyOf(latencyNs, measured);
    Arrays.sort(sorted);
    return new LinkResult(
        from,
        to,
        released,
        taken.cardinality(),
        Math.max(0, released - taken.cardinality()),
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
