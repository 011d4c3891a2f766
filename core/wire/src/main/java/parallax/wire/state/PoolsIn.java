package parallax.wire.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;
import parallax.engine.KnownTrack;
import parallax.model.ConfidentialityLabel;
import parallax.model.ImpactPointPrediction;
import parallax.model.InvalidValueException;
import parallax.model.LaunchPointEstimate;
import parallax.model.Report;
import parallax.model.TrackEstimate;
import parallax.model.UtcTime;
import parallax.release.ReleaseContext;
import parallax.tracking.ReportedTrack;
import parallax.wire.fields.ReportFields;
import parallax.wire.fields.WireFields;
import parallax.wire.fields.WireNumbers;
import parallax.wire.proto.KeptContext;
import parallax.wire.proto.KeptEngine;
import parallax.wire.proto.KeptHandling;
import parallax.wire.proto.KeptKnown;
import parallax.wire.proto.KeptReport;
import parallax.wire.proto.KeptReported;

/** What stands once in an encoded state, found by its place. */
final class PoolsIn {
  private static final ReportFields KEPT = ReportFields.KEPT;

  private final List<ConfidentialityLabel> labels;
  private final List<LaunchPointEstimate> launches;
  private final List<TrackEstimate> estimates;
  private final List<ImpactPointPrediction> impacts;
  private final List<Report> reports = new ArrayList<>();
  private final List<KnownTrack> known = new ArrayList<>();

  PoolsIn(KeptEngine m) {
    labels = m.getLabelsList().stream().map(KEPT::label).toList();
    launches = m.getLaunchesList().stream().map(KEPT::launch).toList();
    estimates = m.getEstimatesList().stream().map(KEPT::path).toList();
    impacts = m.getImpactsList().stream().map(KEPT::impact).toList();
    m.getReportsList().forEach(r -> reports.add(report(r)));
    m.getKnownList().forEach(k -> known.add(known(k)));
  }

  private static <V> V at(String what, List<V> pool, int place) {
    if (place < 1 || place > pool.size()) {
      throw new InvalidValueException(
          "place of " + what, Integer.toUnsignedString(place), "1 to " + pool.size());
    }
    return pool.get(place - 1);
  }

  private static <V> Optional<V> ifAny(int place, IntFunction<V> at) {
    return place == 0 ? Optional.empty() : Optional.of(at.apply(place));
  }

  ConfidentialityLabel label(int place) {
    return at("a label", labels, place);
  }

  private LaunchPointEstimate launch(int place) {
    return at("a launch point", launches, place);
  }

  private TrackEstimate estimate(int place) {
    return at("a state", estimates, place);
  }

  ImpactPointPrediction impact(int place) {
    return at("an impact prediction", impacts, place);
  }

  Report report(int place) {
    return at("a report", reports, place);
  }

  KnownTrack known(int place) {
    return at("a known track", known, place);
  }

  private Report report(KeptReport r) {
    Report.Header header =
        new Report.Header(
            WireFields.track(r.getTrack()),
            WireFields.channel(r.getChannel()),
            new UtcTime(r.getCreatedNs()),
            label(r.getLabel()));
    return switch (r.getBodyCase()) {
      case LAUNCH -> new Report.LaunchReport(header, launch(r.getLaunch()));
      case ESTIMATE -> new Report.TrackReport(header, estimate(r.getEstimate()));
      case IMPACT -> new Report.ImpactReport(header, impact(r.getImpact()));
      case RECALL -> KEPT.recall(header, r.getRecall());
      case CORRECTED -> new Report.Correction(header, report(r.getCorrected()));
      case RELABEL ->
          new Report.Relabel(
              header, label(r.getRelabel().getLabel()), new UtcTime(r.getRelabel().getUntilNs()));
      case BODY_NOT_SET ->
          throw new InvalidValueException(
              "report body", "absent", "launch, path, impact, recall, correction or relabel");
    };
  }

  private KnownTrack known(KeptKnown k) {
    SortedMap<Report.DataClass, KnownTrack.Handling> handling = new TreeMap<>();
    for (KeptHandling h : k.getHandlingList()) {
      handling.put(
          WireNumbers.DATA_CLASS.value(h.getDataClass()),
          new KnownTrack.Handling(
              label(h.getLabel()),
              h.hasCameNs() ? OptionalLong.of(h.getCameNs()) : OptionalLong.empty()));
    }
    return new KnownTrack(reported(k.getReported()), handling);
  }

  ReportedTrack reported(KeptReported t) {
    return new ReportedTrack(
        WireFields.track(t.getTrack()),
        ifAny(t.getLaunch(), this::launch),
        ifAny(t.getEstimate(), this::estimate),
        ifAny(t.getImpact(), this::impact));
  }

  ReleaseContext context(KeptContext c) {
    return new ReleaseContext(
        ifAny(c.getLaunch(), this::launch),
        c.hasImpactNs() ? Optional.of(new UtcTime(c.getImpactNs())) : Optional.empty(),
        c.getEnded(),
        c.hasStatus() ? Optional.of(WireNumbers.STATUS.value(c.getStatus())) : Optional.empty(),
        ifAny(c.getEstimate(), this::estimate));
  }
}
