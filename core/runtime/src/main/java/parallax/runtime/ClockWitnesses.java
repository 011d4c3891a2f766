package parallax.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The times that sensor feeds and partners give, as evidence for or against the node's own clock.
 * Every time that is heard is kept as its distance from the monotonic clock, and only the newest of
 * each source counts. For one thread.
 */
final class ClockWitnesses {
  /** A source speaks for a time that is no further than this from its own. */
  static final long NEAR_NS = 5_000_000_000L;

  /** What was heard longer ago than this does not count. */
  static final long FRESH_NS = 6_000_000_000L;

  /** A feed further than this from the node's time is doubted: its plots are refused. */
  static final long FEED_FAR_NS = 30_000_000_000L;

  /** A partner further than this from the node's time is doubted: reports ahead are set aside. */
  static final long PARTNER_FAR_NS = 10_000_000_000L;

  /** How long a source must be far, or near again, before it is said. */
  static final long SURE_NS = 5_000_000_000L;

  private static final int MOST_SOURCES = 1_000;

  private final SortedMap<String, Source> feeds = new TreeMap<>();
  private final SortedMap<String, Source> partners = new TreeMap<>();

  /** What one source said last. */
  private static final class Source {
    private long offsetNs;
    private long heardNs;
    private long changingSinceNs = Long.MAX_VALUE;
    private boolean doubted;
  }

  /** What the sources say of two times. */
  enum Verdict {
    /** They speak for the time that the node keeps. */
    FOR_KEPT,
    /** They speak for the time that the wall clock shows, or as much for one as for the other. */
    FOR_WALL,
    /** Nobody was heard who could tell. */
    SILENT
  }

  /** A plot of a feed came that was measured at a time. */
  void feed(String name, long timeNs, long monotonicNs) {
    hear(feeds, name, timeNs, monotonicNs);
  }

  /** A frame of a partner came that was sent at a time, by the partner's wall clock. */
  void partner(String name, long timeNs, long monotonicNs) {
    hear(partners, name, timeNs, monotonicNs);
  }

  private static void hear(
      SortedMap<String, Source> sources, String name, long timeNs, long monotonicNs) {
    Source s = sources.get(name);
    if (s == null) {
      if (sources.size() >= MOST_SOURCES) {
        return;
      }
      s = new Source();
      sources.put(name, s);
    }
    s.offsetNs = timeNs - monotonicNs;
    s.heardNs = monotonicNs;
  }

  /**
   * Which of two times the sources speak for. The nation's own sensors decide when they can tell;
   * otherwise the partners do. What is far from both speaks for neither.
   *
   * @param keptNs offset of the time that the node keeps
   * @param wallNs offset of the time that the wall clock shows
   */
  Verdict verdict(long keptNs, long wallNs, long monotonicNs) {
    Verdict own = verdict(feeds, keptNs, wallNs, monotonicNs);
    return own == Verdict.SILENT ? verdict(partners, keptNs, wallNs, monotonicNs) : own;
  }

  private static Verdict verdict(
      SortedMap<String, Source> sources, long keptNs, long wallNs, long monotonicNs) {
    int kept = 0;
    int wall = 0;
    for (Source s : sources.values()) {
      if (monotonicNs - s.heardNs <= FRESH_NS) {
        boolean nearKept = Math.abs(s.offsetNs - keptNs) <= NEAR_NS;
        boolean nearWall = Math.abs(s.offsetNs - wallNs) <= NEAR_NS;
        kept += nearKept && !nearWall ? 1 : 0;
        wall += nearWall && !nearKept ? 1 : 0;
      }
    }
    if (kept + wall == 0) {
      return Verdict.SILENT;
    }
    return kept > wall ? Verdict.FOR_KEPT : Verdict.FOR_WALL;
  }

  /** Says of each source once that it is far from the node's time, and once that it is not. */
  List<ClockNotice> doubts(long believedNs, long monotonicNs) {
    List<ClockNotice> out = new ArrayList<>();
    doubts("sensor feed ", feeds, FEED_FAR_NS, believedNs, monotonicNs, out);
    doubts("partner ", partners, PARTNER_FAR_NS, believedNs, monotonicNs, out);
    return out;
  }

  private static void doubts(
      String what,
      SortedMap<String, Source> sources,
      long farNs,
      long believedNs,
      long monotonicNs,
      List<ClockNotice> out) {
    for (Map.Entry<String, Source> e : sources.entrySet()) {
      Source s = e.getValue();
      long ahead = s.offsetNs - believedNs;
      boolean isFar = Math.abs(ahead) > farNs;
      if (isFar == s.doubted || monotonicNs - s.heardNs > FRESH_NS) {
        s.changingSinceNs = Long.MAX_VALUE;
      } else if (s.changingSinceNs == Long.MAX_VALUE) {
        s.changingSinceNs = monotonicNs;
      } else if (monotonicNs - s.changingSinceNs >= SURE_NS) {
        s.doubted = isFar;
        s.changingSinceNs = Long.MAX_VALUE;
        out.add(ClockTexts.doubt(what + e.getKey(), ahead, isFar));
      }
    }
  }
}
