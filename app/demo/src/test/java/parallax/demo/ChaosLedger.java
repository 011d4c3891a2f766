package parallax.demo;

import java.util.ArrayList;
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
    long released;
    long done;
    long taken;
    long folded;
    long since;
    long longestSilenceNs;
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
      case NodeEvent.RecordsTaken t -> {
        done(t.stream(), t.firstSeq(), t.count());
        flow(t.stream()).taken += t.count();
      }
      case NodeEvent.Folded f -> {
        if (f.stream().recipient().equals(nation)) {
          done(f.stream(), f.seq(), 1);
          flow(f.stream()).folded++;
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
    if (f.since == 0 && f.done < f.released) {
      f.since = System.nanoTime();
    }
  }

  private void done(StreamId stream, long first, int count) {
    Flow f = flow(stream);
    if (first != f.done + 1) {
      wrong.add(stream + " came out with " + first + " after " + f.done);
    }
    long now = System.nanoTime();
    if (f.since != 0) {
      f.longestSilenceNs = Math.max(f.longestSilenceNs, now - f.since);
    }
    f.done = first + count - 1;
    f.since = f.done < f.released ? now : 0;
  }

  /** Whether all that was released has come out. */
  synchronized boolean complete() {
    return flows.values().stream().allMatch(f -> f.done >= f.released);
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
            out.append(s).append(' ').append(f.done).append('/').append(f.released).append("; "));
    wrong.stream().limit(5).forEach(w -> out.append(w).append("; "));
    return out.toString();
  }
}
