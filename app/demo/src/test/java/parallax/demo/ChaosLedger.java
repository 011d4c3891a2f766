package parallax.demo;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.link.StreamId;
import parallax.model.Nation;
import parallax.wire.EventCodec;
import parallax.wire.NodeEvent;

/**
 * What the nodes say they released and took, stream by stream. Every number must come out once and
 * in order: taken in, or replaced by a newer record of the same track before it was sent.
 */
final class ChaosLedger {
  /** A stream as it stands. */
  private static final class Flow {
    final BitSet out = new BitSet();
    long released;
    long lastTaken;
    long lastFolded;
    long taken;
    long folded;
    long since;
    long longestSilenceNs;

    /** Whether every number that was released has come out. */
    boolean isComplete() {
      return out.nextClearBit(1) > released;
    }
  }

  private final SortedMap<StreamId, Flow> flows = new TreeMap<>();
  private final List<String> wrong = new ArrayList<>();
  private long alerts;

  private Flow flow(StreamId s) {
    return flows.computeIfAbsent(s, x -> new Flow());
  }

  /** Takes what a nation's node says it did. */
  synchronized void take(Nation nation, NodeEvent e) {
    switch (e.body()) {
      case NodeEvent.ReportReleased r -> released(r);
      case NodeEvent.RecordsTaken t -> taken(t.stream(), t.firstSeq(), t.count());
      case NodeEvent.Folded f -> {
        if (f.stream().recipient().equals(nation)) {
          folded(f.stream(), f.seq());
        }
      }
      case NodeEvent.GapSeen g ->
          wrong.add(nation + " lost " + g.from() + " to " + g.to() + " of " + g.stream());
      case NodeEvent.Noticed n -> {
        if (n.kind().equals(EventCodec.MISSING) || n.kind().equals("INTERNAL_FAULT")) {
          wrong.add(nation + " " + n.kind() + " " + n.detail());
        }
      }
      case NodeEvent.AlertSent a -> alerts++;
      default -> {}
    }
  }

  private void released(NodeEvent.ReportReleased r) {
    Flow f = flow(r.stream());
    if (r.seq() != f.released + 1) {
      wrong.add(r.stream() + " released " + r.seq() + " after " + f.released);
    }
    f.released = r.seq();
    if (f.since == 0 && !f.isComplete()) {
      f.since = System.nanoTime();
    }
  }

  private void taken(StreamId stream, long first, int count) {
    Flow f = flow(stream);
    if (first <= f.lastTaken) {
      wrong.add(stream + " gave " + first + " after " + f.lastTaken);
    }
    f.lastTaken = first + count - 1;
    f.taken += count;
    cameOut(stream, f, first, count);
  }

  /** A batch says first which of its records are folded, then which are taken. */
  private void folded(StreamId stream, long seq) {
    Flow f = flow(stream);
    if (seq <= f.lastFolded) {
      wrong.add(stream + " folded " + seq + " after " + f.lastFolded);
    }
    f.lastFolded = seq;
    f.folded++;
    cameOut(stream, f, seq, 1);
  }

  private void cameOut(StreamId stream, Flow f, long first, int count) {
    for (int seq = Math.toIntExact(first); seq < first + count; seq++) {
      if (f.out.get(seq)) {
        wrong.add(stream + " gave " + seq + " twice");
      }
      f.out.set(seq);
    }
    long now = System.nanoTime();
    if (f.since != 0) {
      f.longestSilenceNs = Math.max(f.longestSilenceNs, now - f.since);
    }
    f.since = f.isComplete() ? 0 : now;
  }

  /** Whether all that was released has come out. */
  synchronized boolean complete() {
    return flows.values().stream().allMatch(Flow::isComplete);
  }

  /** What went wrong; empty is good. */
  synchronized List<String> wrong() {
    return List.copyOf(wrong);
  }

  /** Records released to a nation. */
  synchronized long released(Nation to) {
    return flows.entrySet().stream()
        .filter(e -> e.getKey().recipient().equals(to))
        .mapToLong(e -> e.getValue().released)
        .sum();
  }

  synchronized long releasedInAll() {
    return flows.values().stream().mapToLong(f -> f.released).sum();
  }

  synchronized long taken() {
    return flows.values().stream().mapToLong(f -> f.taken).sum();
  }

  synchronized long folded() {
    return flows.values().stream().mapToLong(f -> f.folded).sum();
  }

  /** The longest that a record was due on a stream and none came, nanoseconds. */
  synchronized long longestSilenceNs() {
    return flows.values().stream().mapToLong(f -> f.longestSilenceNs).max().orElse(0);
  }

  synchronized long alerts() {
    return alerts;
  }

  /** How far each stream is, for people. */
  synchronized String progress() {
    StringBuilder out = new StringBuilder();
    flows.forEach(
        (s, f) ->
            out.append(s)
                .append(' ')
                .append(f.out.cardinality())
                .append('/')
                .append(f.released)
                .append("; "));
    wrong.stream().limit(5).forEach(w -> out.append(w).append("; "));
    return out.toString();
  }
}
