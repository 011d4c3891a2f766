package parallax.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import parallax.engine.ReleasesState.Missed;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.release.ReleaseContext;

/**
 * What suspended partners were not told. For each at most {@link #MOST} reports are kept; beyond it
 * the oldest are forgotten. Notices are kept all, because without them a partner would go on by
 * what was taken back: there is one for each that the nation's people ordered.
 */
final class MissedReports {
  /** Most reports kept for one suspended partner. */
  static final int MOST = 100_000;

  private final SortedMap<Nation, Deque<Missed>> byPartner = new TreeMap<>();

  /** With what partners were not told by another. */
  MissedReports(SortedMap<Nation, List<Missed>> state) {
    state.forEach((partner, missed) -> byPartner.put(partner, new ArrayDeque<>(missed)));
  }

  /** What each suspended partner was not told, in order. */
  SortedMap<Nation, List<Missed>> state() {
    SortedMap<Nation, List<Missed>> out = new TreeMap<>();
    byPartner.forEach((partner, missed) -> out.put(partner, List.copyOf(missed)));
    return out;
  }

  /** Begins to keep what a partner is not told. */
  void begin(Nation partner) {
    byPartner.putIfAbsent(partner, new ArrayDeque<>());
  }

  /** Whether a partner is suspended, so that it is told nothing. */
  boolean isSuspended(Nation partner) {
    return byPartner.containsKey(partner);
  }

  void add(Nation partner, Report report, ReleaseContext context) {
    Deque<Missed> all = byPartner.computeIfAbsent(partner, n -> new ArrayDeque<>());
    all.addLast(new Missed(report, context));
    if (all.size() > MOST) {
      forgetOldest(all);
    }
  }

  private static void forgetOldest(Deque<Missed> all) {
    for (Iterator<Missed> i = all.iterator(); i.hasNext(); ) {
      if (!(i.next().report() instanceof Report.Notice)) {
        i.remove();
        return;
      }
    }
  }

  /** What may have to be told of a track has the new label from here on. */
  void relabel(Report.Relabel change) {
    replaceAll(r -> Reports.relabelled(r, change));
  }

  /** The node's clock jumps. */
  void clockCorrected(Restamp r) {
    replaceAll(r::waiting);
  }

  private void replaceAll(UnaryOperator<Report> other) {
    for (Deque<Missed> all : byPartner.values()) {
      List<Missed> before = List.copyOf(all);
      all.clear();
      before.forEach(m -> all.addLast(new Missed(other.apply(m.report()), m.context())));
    }
  }

  /** Ends a suspension; returns what the partner was not told, in order. */
  List<Missed> end(Nation partner) {
    Deque<Missed> missed = byPartner.remove(partner);
    return missed == null ? List.of() : new ArrayList<>(missed);
  }
}
