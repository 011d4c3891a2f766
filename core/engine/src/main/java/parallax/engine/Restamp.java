package parallax.engine;

import java.util.SortedMap;
import java.util.TreeMap;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.model.TrackId;
import parallax.model.UtcTime;
import parallax.release.InboundCheck;

/**
 * What becomes of the times of reports when the node's clock jumps. What the node itself stamped
 * later than the new time was stamped by a clock that was ahead: it is moved back with the clock,
 * or new reports would count as older ones and nothing would be told until the time had passed.
 *
 * <p>A partner's clock may have been ahead too. What it stamped too late to be taken in by the new
 * time counts as made as far before the new time as it may be ahead. So what the partner says by a
 * clock that was set right counts as newer.
 *
 * @param byNs how far the clock jumps, nanoseconds; below zero: back
 * @param now the time from here on
 * @param own the nation whose clock it is
 */
record Restamp(long byNs, UtcTime now, Nation own) {

  /** The time at which something known of a track was made. */
  UtcTime known(TrackId track, UtcTime made) {
    if (byNs >= 0) {
      return made;
    }
    if (track.originator().equals(own)) {
      return made.isAfter(now) ? moved(made) : made;
    }
    return made.secondsSince(now) > InboundCheck.MOST_AHEAD_S
        ? now.plusSeconds(-InboundCheck.MOST_AHEAD_S)
        : made;
  }

  /** The time at which something was made that waits: it has waited no longer by the jump. */
  UtcTime waiting(UtcTime made) {
    return movesWaiting(made) ? moved(made) : made;
  }

  /** The time until which something waits that was made at a time. */
  UtcTime until(UtcTime deadline, UtcTime made) {
    return movesWaiting(made) ? moved(deadline) : deadline;
  }

  private boolean movesWaiting(UtcTime made) {
    return byNs > 0 || made.isAfter(now);
  }

  private UtcTime moved(UtcTime t) {
    return new UtcTime(t.nanos() + byNs);
  }

  /** A report that is known. */
  Report known(Report r) {
    UtcTime made = r.header().createdAt();
    UtcTime then = known(r.header().track(), made);
    return then.equals(made) ? r : Reports.withHeader(r, made(r, then));
  }

  /** A report or notice that waits. */
  Report waiting(Report r) {
    UtcTime made = r.header().createdAt();
    if (!movesWaiting(made)) {
      return r;
    }
    Report.Header header = made(r, moved(made));
    return switch (r) {
      case Report.Recall c -> new Report.Recall(header, c.of(), waiting(c.madeUntil()), c.reason());
      case Report.Correction c -> new Report.Correction(header, waiting(c.corrected()));
      case Report.Relabel c -> new Report.Relabel(header, c.label(), waiting(c.madeUntil()));
      default -> Reports.withHeader(r, header);
    };
  }

  private static Report.Header made(Report r, UtcTime at) {
    Report.Header h = r.header();
    return new Report.Header(h.track(), h.channel(), at, h.label());
  }

  /** Up to when what was made of each data class of a known track was taken back. */
  SortedMap<Report.DataClass, UtcTime> known(
      TrackId track, SortedMap<Report.DataClass, UtcTime> until) {
    SortedMap<Report.DataClass, UtcTime> moved = new TreeMap<>(until);
    moved.replaceAll((c, t) -> known(track, t));
    return moved;
  }

  /** Up to when what was made of each data class was taken back, or told, of what waits. */
  SortedMap<Report.DataClass, UtcTime> waiting(SortedMap<Report.DataClass, UtcTime> until) {
    SortedMap<Report.DataClass, UtcTime> moved = new TreeMap<>(until);
    moved.replaceAll((c, t) -> waiting(t));
    return moved;
  }
}
