package parallax.wire.state;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import parallax.engine.KnownTrack;
import parallax.model.ConfidentialityLabel;
import parallax.model.ImpactPointPrediction;
import parallax.model.LaunchPointEstimate;
import parallax.model.Report;
import parallax.model.TrackEstimate;
import parallax.release.ReleaseContext;
import parallax.tracking.ReportedTrack;
import parallax.wire.fields.ReportFields;
import parallax.wire.fields.WireFields;
import parallax.wire.fields.WireNumbers;
import parallax.wire.proto.KeptContext;
import parallax.wire.proto.KeptEngine;
import parallax.wire.proto.KeptHandling;
import parallax.wire.proto.KeptKnown;
import parallax.wire.proto.KeptRelabelled;
import parallax.wire.proto.KeptReport;
import parallax.wire.proto.KeptReported;

/**
 * What stands once in an encoded state and is named by its place, however often it is said. What is
 * equal is one, so that the encoding follows from the values alone.
 */
final class PoolsOut {
  private final Pool<ConfidentialityLabel> labels = new Pool<>();
  private final Pool<LaunchPointEstimate> launches = new Pool<>();
  private final Pool<TrackEstimate> estimates = new Pool<>();
  private final Pool<ImpactPointPrediction> impacts = new Pool<>();
  private final Map<Report, Integer> reportPlaces = new LinkedHashMap<>();
  private final Map<KnownTrack, Integer> knownPlaces = new LinkedHashMap<>();
  private final KeptEngine.Builder into;

  /** Places of values, in the order in which they were first named. */
  private static final class Pool<V> {
    private final Map<V, Integer> places = new LinkedHashMap<>();

    int of(V value) {
      return places.computeIfAbsent(value, v -> places.size() + 1);
    }
  }

  PoolsOut(KeptEngine.Builder into) {
    this.into = into;
  }

  int label(ConfidentialityLabel l) {
    return labels.of(l);
  }

  int launch(LaunchPointEstimate e) {
    return launches.of(e);
  }

  int estimate(TrackEstimate e) {
    return estimates.of(e);
  }

  int impact(ImpactPointPrediction i) {
    return impacts.of(i);
  }

  private static <V> int orNone(Optional<V> value, java.util.function.ToIntFunction<V> place) {
    return value.isEmpty() ? 0 : place.applyAsInt(value.get());
  }

  int report(Report r) {
    Integer there = reportPlaces.get(r);
    if (there != null) {
      return there;
    }
    KeptReport kept = kept(r); // a correction names another report, which stands before it
    int place = reportPlaces.size() + 1;
    reportPlaces.put(r, place);
    into.addReports(kept);
    return place;
  }

  private KeptReport kept(Report r) {
    Report.Header h = r.header();
    KeptReport.Builder b =
        KeptReport.newBuilder()
            .setTrack(WireFields.track(h.track()))
            .setChannel(WireFields.channel(h.channel()))
            .setCreatedNs(h.createdAt().nanos())
            .setLabel(label(h.label()));
    switch (r) {
      case Report.LaunchReport l -> b.setLaunch(launch(l.launch()));
      case Report.TrackReport t -> b.setEstimate(estimate(t.estimate()));
      case Report.ImpactReport i -> b.setImpact(impact(i.impact()));
      case Report.Recall c -> b.setRecall(ReportFields.recall(c));
      case Report.Correction c -> b.setCorrected(report(c.corrected()));
      case Report.Relabel c ->
          b.setRelabel(
              KeptRelabelled.newBuilder()
                  .setLabel(label(c.label()))
                  .setUntilNs(c.madeUntil().nanos()));
    }
    return b.build();
  }

  int known(KnownTrack k) {
    Integer there = knownPlaces.get(k);
    if (there != null) {
      return there;
    }
    KeptKnown.Builder b = KeptKnown.newBuilder().setReported(reported(k.track()));
    k.handling()
        .forEach(
            (c, h) -> {
              KeptHandling.Builder hb =
                  KeptHandling.newBuilder()
                      .setDataClass(WireNumbers.DATA_CLASS.of(c))
                      .setLabel(label(h.label()));
              h.cameWallNs().ifPresent(hb::setCameNs);
              b.addHandling(hb);
            });
    int place = knownPlaces.size() + 1;
    knownPlaces.put(k, place);
    into.addKnown(b);
    return place;
  }

  KeptReported reported(ReportedTrack t) {
    return KeptReported.newBuilder()
        .setTrack(WireFields.track(t.id()))
        .setLaunch(orNone(t.launch(), this::launch))
        .setEstimate(orNone(t.estimate(), this::estimate))
        .setImpact(orNone(t.impact(), this::impact))
        .build();
  }

  KeptContext context(ReleaseContext c) {
    KeptContext.Builder b =
        KeptContext.newBuilder()
            .setLaunch(orNone(c.launch(), this::launch))
            .setEstimate(orNone(c.estimate(), this::estimate))
            .setEnded(c.ended());
    c.impactTime().ifPresent(t -> b.setImpactNs(t.nanos()));
    c.status().ifPresent(s -> b.setStatus(WireNumbers.STATUS.of(s)));
    return b.build();
  }

  /** Adds the pools that hold no places themselves, once everything is named. */
  void finish() {
    labels.places.keySet().forEach(l -> into.addLabels(ReportFields.label(l)));
    launches.places.keySet().forEach(l -> into.addLaunches(ReportFields.launch(l)));
    estimates.places.keySet().forEach(e -> into.addEstimates(ReportFields.path(e)));
    impacts.places.keySet().forEach(i -> into.addImpacts(ReportFields.impact(i)));
  }
}
