package parallax.simulation;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.engine.Input;
import parallax.model.LaunchPointEstimate;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.model.TrackId;
import parallax.model.UtcTime;

/** What a nation should know: of each track and data class the newest that was not taken back. */
final class PictureModel {
  /** How far ahead of a node's time a partner may say that its report was made, seconds. */
  private static final double MOST_AHEAD_S = 10;

  private final SortedMap<TrackId, Map<Report.DataClass, Report>> known = new TreeMap<>();
  private final SortedMap<TrackId, Map<Report.DataClass, UtcTime>> recalled = new TreeMap<>();

  void take(Report report) {
    TrackId track = report.header().track();
    UtcTime made = report.header().createdAt();
    Map<Report.DataClass, UtcTime> until = recalled.get(track);
    if (until != null
        && until.containsKey(report.dataClass())
        && !made.isAfter(until.get(report.dataClass()))) {
      return;
    }
    Map<Report.DataClass, Report> of =
        known.computeIfAbsent(track, t -> new EnumMap<>(Report.DataClass.class));
    Report before = of.get(report.dataClass());
    if (before == null || isNewer(report, before)) {
      of.put(report.dataClass(), report);
    }
  }

  private static boolean isNewer(Report report, Report before) {
    int made = report.header().createdAt().compareTo(before.header().createdAt());
    return made > 0 || (made == 0 && !Oracle.spokenOf(report).isBefore(Oracle.spokenOf(before)));
  }

  void recall(TrackId track, Optional<Report.DataClass> of, UtcTime until) {
    Map<Report.DataClass, UtcTime> marks =
        recalled.computeIfAbsent(track, t -> new EnumMap<>(Report.DataClass.class));
    Map<Report.DataClass, Report> held = known.get(track);
    for (Report.DataClass c : Report.DataClass.values()) {
      if (of.isEmpty() || of.get() == c) {
        marks.merge(c, until, UtcTime::max);
        Report r = held == null ? null : held.get(c);
        if (held != null && r != null && !r.header().createdAt().isAfter(until)) {
          held.remove(c);
        }
      }
    }
    if (held != null && held.isEmpty()) {
      known.remove(track);
    }
  }

  /**
   * The clock jumps. Own reports stamped later than the new time are moved back with it. A
   * partner's that could not be taken in by the new time count as made before it.
   */
  void clockCorrected(Nation own, Input.ClockCorrected c) {
    if (c.timeByNs() >= 0) {
      return;
    }
    known.forEach(
        (track, of) -> of.replaceAll((k, r) -> Watch.withHeader(r, moved(r.header(), own, c))));
    recalled.forEach((track, of) -> of.replaceAll((k, until) -> moved(track, until, own, c)));
  }

  private static Report.Header moved(Report.Header h, Nation own, Input.ClockCorrected c) {
    return new Report.Header(
        h.track(), h.channel(), moved(h.track(), h.createdAt(), own, c), h.label());
  }

  private static UtcTime moved(TrackId track, UtcTime t, Nation own, Input.ClockCorrected c) {
    if (track.originator().equals(own)) {
      return t.isAfter(c.newTime()) ? new UtcTime(t.nanos() + c.timeByNs()) : t;
    }
    return t.secondsSince(c.newTime()) > MOST_AHEAD_S ? c.newTime().plusSeconds(-MOST_AHEAD_S) : t;
  }

  boolean knows(TrackId track) {
    return known.containsKey(track);
  }

  SortedMap<TrackId, Map<Report.DataClass, Report>> known() {
    return known;
  }

  Optional<LaunchPointEstimate> launch(TrackId track) {
    Map<Report.DataClass, Report> of = known.get(track);
    return of != null && of.get(Report.DataClass.LAUNCH_POINT) instanceof Report.LaunchReport l
        ? Optional.of(l.launch())
        : Optional.empty();
  }

  /** What it says, without when and by whom it was told. */
  SortedMap<TrackId, Map<Report.DataClass, Object>> contents() {
    SortedMap<TrackId, Map<Report.DataClass, Object>> out = new TreeMap<>();
    known.forEach(
        (track, reports) -> {
          Map<Report.DataClass, Object> of = new EnumMap<>(Report.DataClass.class);
          reports.forEach((c, r) -> of.put(c, content(r)));
          out.put(track, of);
        });
    return out;
  }

  private static Object content(Report report) {
    return switch (report) {
      case Report.LaunchReport r -> r.launch();
      case Report.TrackReport r -> r.estimate();
      case Report.ImpactReport r -> r.impact();
      case Report.Notice n -> n;
    };
  }
}
