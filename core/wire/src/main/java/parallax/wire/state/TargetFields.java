package parallax.wire.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import parallax.model.InvalidValueException;
import parallax.model.LaunchPointEstimate;
import parallax.model.Plot;
import parallax.model.SensorId;
import parallax.model.UtcTime;
import parallax.model.Vector3;
import parallax.tracking.TrackerState;
import parallax.wire.fields.ReportFields;
import parallax.wire.fields.WireNumbers;
import parallax.wire.proto.KeptTracker;

/**
 * Tracks as fields of {@link KeptTracker}. Of the beliefs of a track one in {@link #KEPT_EVERY} is
 * written, and the newest: the others follow from them, and the first from its plot.
 */
final class TargetFields {
  /** So many plots at most have to be worked out again to know a belief that is left out. */
  static final int KEPT_EVERY = 8;

  /** When nothing of the kind happened. */
  private static final long NEVER = Long.MIN_VALUE / 2;

  private static final TrackerState.Correction NOTHING =
      new TrackerState.Correction(new double[4], new double[0]);

  private final SensorPlaces sensors;

  TargetFields(SensorPlaces sensors) {
    this.sensors = sensors;
  }

  KeptTracker.Target toProto(TrackerState.Target t) {
    long base = t.history().getFirst().plot().timeOfValidity().nanos();
    TrackerState.Times times = t.times();
    KeptTracker.Target.Builder b =
        KeptTracker.Target.newBuilder()
            .setOrder(t.order())
            .setConfirmed(t.confirmed())
            .setFirstPlotNs(base)
            .setTrimmed(t.trimmed())
            .setBehindNs(times.behindNs())
            .setFirstCame(times.firstCame())
            .setLastCame(times.lastCame())
            .setLastCameNs(times.lastCameNs() - base)
            .setTold(new ToldFields(base, t.launch(), sensors).toProto(t.told()));
    t.number().ifPresent(b::setNumber);
    t.launch().ifPresent(l -> b.setLaunch(ReportFields.launch(l)));
    t.partedFrom().ifPresent(p -> b.setPartedFrom(parent(p)));
    if (times.launchEstimatedNs() != NEVER) {
      b.setLaunchEstimatedNs(times.launchEstimatedNs() - base);
    }
    if (times.registeredNs() != NEVER) {
      b.setRegisteredNs(times.registeredNs() - base);
    }
    if (times.missedNs() != NEVER) {
      b.setMissedNs(times.missedNs() - base);
    }
    for (TrackerState.Contributor c : t.contributors()) {
      b.addContributors(sensors.of(c.sensor())).addContributorPlots(c.plots());
    }
    putPlots(t, base, b);
    for (TrackerState.Sighting s : t.sightings()) {
      KeptTracker.Sighting.Builder sb = KeptTracker.Sighting.newBuilder().setAt(s.at() + 1);
      if (s.at() < 0) {
        sb.setPlot(measured(s.plot(), base));
      }
      b.addSightings(sb);
    }
    return b.build();
  }

  private static KeptTracker.Parent parent(TrackerState.Parent p) {
    KeptTracker.Parent.Builder b = KeptTracker.Parent.newBuilder().setOrder(p.order());
    p.number().ifPresent(b::setNumber);
    return b.build();
  }

  private void putPlots(TrackerState.Target t, long base, KeptTracker.Target.Builder b) {
    long before = base;
    long count = 0;
    int last = t.history().size() - 1;
    for (int i = 0; i <= last; i++) {
      TrackerState.Held h = t.history().get(i);
      long at = h.plot().timeOfValidity().nanos();
      KeptTracker.Plot.Builder pb =
          measured(h.plot(), before)
              .setPhase(WireNumbers.PHASE.of(h.phase()))
              .setCount(h.count() - count - 1)
              .setFit(h.fit());
      if (!isNothing(h.correction())) {
        pb.setCorrection(BeliefFields.toProto(h.correction()));
      }
      if (h.unpoweredSinceNs() != Long.MAX_VALUE) {
        pb.setUnpoweredSinceNs(h.unpoweredSinceNs() - at);
      }
      boolean kept = i == 0 ? t.trimmed() : i == last || h.count() % KEPT_EVERY == 0;
      if (kept && h.after().isPresent()) {
        pb.setAfter(BeliefFields.toProto(h.after().get(), at, sensors));
      }
      b.addPlots(pb);
      before = at;
      count = h.count();
    }
  }

  private static boolean isNothing(TrackerState.Correction c) {
    for (double d : c.taken()) {
      if (Double.doubleToRawLongBits(d) != 0) {
        return false;
      }
    }
    return c.factor().length == 0;
  }

  private KeptTracker.Plot.Builder measured(Plot plot, long before) {
    KeptTracker.Plot.Builder b =
        KeptTracker.Plot.newBuilder()
            .setSensor(sensors.of(plot.sensor()))
            .setTimeNs(plot.timeOfValidity().nanos() - before);
    switch (plot) {
      case Plot.RadarPlot r -> {
        b.setRangeM(r.rangeM()).setAzimuthRad(r.azimuthRad()).setElevationRad(r.elevationRad());
        r.rangeRateMps().ifPresent(b::setRangeRateMps);
      }
      case Plot.InfraredPlot i -> {
        Vector3 u = i.lineOfSight();
        b.addLineOfSight(u.x()).addLineOfSight(u.y()).addLineOfSight(u.z());
      }
    }
    return b;
  }

  private Plot measured(KeptTracker.Plot p, long before) {
    SensorId sensor = sensors.at(p.getSensor());
    UtcTime at = new UtcTime(before + p.getTimeNs());
    if (p.getLineOfSightCount() == 0) {
      return new Plot.RadarPlot(
          sensor,
          at,
          p.getRangeM(),
          p.getAzimuthRad(),
          p.getElevationRad(),
          p.hasRangeRateMps() ? OptionalDouble.of(p.getRangeRateMps()) : OptionalDouble.empty());
    }
    Numbers in = new Numbers("line of sight", p.getLineOfSightList());
    double[] u = in.take(3);
    in.end();
    return new Plot.InfraredPlot(sensor, at, new Vector3(u[0], u[1], u[2]));
  }

  TrackerState.Target fromProto(KeptTracker.Target t) {
    long base = t.getFirstPlotNs();
    Optional<LaunchPointEstimate> launch =
        t.hasLaunch() ? Optional.of(ReportFields.KEPT.launch(t.getLaunch())) : Optional.empty();
    List<TrackerState.Held> history = plots(t, base);
    return new TrackerState.Target(
        t.getOrder(),
        t.hasNumber() ? OptionalLong.of(t.getNumber()) : OptionalLong.empty(),
        t.getConfirmed(),
        t.hasPartedFrom() ? Optional.of(parent(t.getPartedFrom())) : Optional.empty(),
        launch,
        new TrackerState.Times(
            t.hasLaunchEstimatedNs() ? base + t.getLaunchEstimatedNs() : NEVER,
            t.hasRegisteredNs() ? base + t.getRegisteredNs() : NEVER,
            t.getBehindNs(),
            t.getFirstCame(),
            t.getLastCame(),
            base + t.getLastCameNs(),
            t.hasMissedNs() ? base + t.getMissedNs() : NEVER),
        contributors(t),
        sightings(t, history, base),
        t.getTrimmed(),
        history,
        new ToldFields(base, launch, sensors).fromProto(t.getTold()));
  }

  private static TrackerState.Parent parent(KeptTracker.Parent p) {
    return new TrackerState.Parent(
        p.getOrder(), p.hasNumber() ? OptionalLong.of(p.getNumber()) : OptionalLong.empty());
  }

  private List<TrackerState.Contributor> contributors(KeptTracker.Target t) {
    if (t.getContributorsCount() != t.getContributorPlotsCount()) {
      throw new InvalidValueException(
          "plots of contributors", t.getContributorPlotsCount(), "" + t.getContributorsCount());
    }
    List<TrackerState.Contributor> all = new ArrayList<>(t.getContributorsCount());
    for (int i = 0; i < t.getContributorsCount(); i++) {
      all.add(
          new TrackerState.Contributor(sensors.at(t.getContributors(i)), t.getContributorPlots(i)));
    }
    return List.copyOf(all);
  }

  private List<TrackerState.Sighting> sightings(
      KeptTracker.Target t, List<TrackerState.Held> history, long base) {
    List<TrackerState.Sighting> all = new ArrayList<>(t.getSightingsCount());
    for (KeptTracker.Sighting s : t.getSightingsList()) {
      int at = s.getAt() - 1;
      if (at < -1 || at >= history.size()) {
        throw new InvalidValueException(
            "place of a sighting", Integer.toUnsignedString(s.getAt()), "0 to " + history.size());
      }
      Plot plot = at < 0 ? measured(s.getPlot(), base) : history.get(at).plot();
      if (!(plot instanceof Plot.InfraredPlot)) {
        throw new InvalidValueException("sighting", "of a radar", "an infrared plot");
      }
      all.add(new TrackerState.Sighting(at, plot));
    }
    return List.copyOf(all);
  }

  private List<TrackerState.Held> plots(KeptTracker.Target t, long base) {
    List<TrackerState.Held> all = new ArrayList<>(t.getPlotsCount());
    long before = base;
    long count = 0;
    for (KeptTracker.Plot p : t.getPlotsList()) {
      Plot plot = measured(p, before);
      before = plot.timeOfValidity().nanos();
      count += p.getCount() + 1;
      if (count != (int) count) {
        throw new InvalidValueException("plots of a track", count, "fewer");
      }
      all.add(
          new TrackerState.Held(
              plot,
              p.hasCorrection() ? BeliefFields.fromProto(p.getCorrection()) : NOTHING,
              p.hasAfter()
                  ? Optional.of(BeliefFields.fromProto(p.getAfter(), before, sensors))
                  : Optional.empty(),
              WireNumbers.PHASE.value(p.getPhase()),
              (int) count,
              p.hasUnpoweredSinceNs() ? before + p.getUnpoweredSinceNs() : Long.MAX_VALUE,
              p.getFit()));
    }
    return List.copyOf(all);
  }
}
