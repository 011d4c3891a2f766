package parallax.engine;

import parallax.model.ConfidentialityLabel;
import parallax.model.ImpactPointPrediction;
import parallax.model.Report;
import parallax.model.UtcTime;
import parallax.release.InboundCheck;

/** Which of two reports is newer, and the same under other headers. */
final class Reports {
  private Reports() {}

  /** What a report says, under another header. */
  static Report withHeader(Report r, Report.Header header) {
    return switch (r) {
      case Report.LaunchReport l -> new Report.LaunchReport(header, l.launch());
      case Report.TrackReport t -> new Report.TrackReport(header, t.estimate());
      case Report.ImpactReport i -> new Report.ImpactReport(header, i.impact());
      case Report.Notice n -> throw new RefusedOrderException("a notice cannot be corrected");
    };
  }

  /**
   * What an operator says now, under a header made now. What it rests on is known by now, whatever
   * time the operator gave for it.
   *
   * @throws RefusedOrderException when it speaks of something that is yet to happen, other than an
   *     impact; partners would set that aside
   */
  static Report asSaid(Report r, Report.Header header) {
    UtcTime now = header.createdAt();
    Report said =
        r instanceof Report.ImpactReport i && i.impact().madeFrom().isAfter(now)
            ? new Report.ImpactReport(r.header(), madeFrom(now, i.impact()))
            : r;
    UtcTime of = spokenOf(said);
    if (of.secondsSince(now) > InboundCheck.MOST_AHEAD_S) {
      throw new RefusedOrderException(
          "it speaks of " + of + ", but now is " + now + ": partners would set that aside");
    }
    return withHeader(said, header);
  }

  private static ImpactPointPrediction madeFrom(UtcTime now, ImpactPointPrediction impact) {
    return switch (impact) {
      case ImpactPointPrediction.Predicted p ->
          new ImpactPointPrediction.Predicted(now, p.ground(), p.dropAreas());
      case ImpactPointPrediction.ThreatFan f ->
          new ImpactPointPrediction.ThreatFan(now, f.branches(), f.noImpact(), f.dropAreas());
      case ImpactPointPrediction.NoImpactExpected n ->
          new ImpactPointPrediction.NoImpactExpected(now);
      case ImpactPointPrediction.CannotTellYet c ->
          new ImpactPointPrediction.CannotTellYet(now, c.reason(), c.dropAreas());
    };
  }

  /**
   * Whether one report of a track and data class is older than another. Of those made at one moment
   * the one that speaks of the later time counts, and otherwise the last that came.
   */
  static boolean isOlder(Report report, Report before) {
    int made = report.header().createdAt().compareTo(before.header().createdAt());
    return made < 0 || (made == 0 && spokenOf(report).isBefore(spokenOf(before)));
  }

  private static UtcTime spokenOf(Report report) {
    return switch (report) {
      case Report.LaunchReport r -> r.launch().time();
      case Report.TrackReport r -> r.estimate().state().timeOfValidity();
      case Report.ImpactReport r -> r.impact().madeFrom();
      case Report.Notice n -> n.header().createdAt();
    };
  }

  /**
   * A report that is not told yet, as a change of its track's label leaves it. A notice keeps the
   * label by which it reaches everybody who was told; what it puts in place has the new one.
   */
  static Report relabelled(Report r, Report.Relabel change) {
    Report.Header h = r.header();
    if (!h.track().equals(change.header().track()) || h.createdAt().isAfter(change.madeUntil())) {
      return r;
    }
    return switch (r) {
      case Report.Correction c ->
          new Report.Correction(
              h, withHeader(c.corrected(), labelled(c.corrected(), change.label())));
      case Report.Notice n -> n;
      default -> withHeader(r, labelled(r, change.label()));
    };
  }

  private static Report.Header labelled(Report r, ConfidentialityLabel label) {
    Report.Header h = r.header();
    return new Report.Header(h.track(), h.channel(), h.createdAt(), label);
  }
}
