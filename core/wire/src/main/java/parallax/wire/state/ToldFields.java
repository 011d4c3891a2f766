package parallax.wire.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parallax.model.Covariance;
import parallax.model.Geodetic;
import parallax.model.ImpactPointPrediction;
import parallax.model.InvalidValueException;
import parallax.model.LaunchPointEstimate;
import parallax.model.Nation;
import parallax.model.PathPoint;
import parallax.model.SensorId;
import parallax.model.StateVector;
import parallax.model.Track;
import parallax.model.TrackId;
import parallax.model.UtcTime;
import parallax.model.Vector3;
import parallax.tracking.FlightPrediction;
import parallax.tracking.NationalTrack;
import parallax.tracking.TrackerState;
import parallax.wire.fields.ReportFields;
import parallax.wire.fields.WireFields;
import parallax.wire.fields.WireNumbers;
import parallax.wire.proto.KeptTracker;
import parallax.wire.proto.LaunchPoint;

/**
 * What was told of a track as fields of {@link KeptTracker}. What is said twice, of the launch, the
 * prediction and the path, is written once.
 */
final class ToldFields {
  private static final ReportFields KEPT = ReportFields.KEPT;
  private static final int STATE_NUMBERS = 27;

  /** The time that others are told after. */
  private final long base;

  private final Optional<LaunchPointEstimate> newestLaunch;
  private final SensorPlaces sensors;

  ToldFields(long base, Optional<LaunchPointEstimate> newestLaunch, SensorPlaces sensors) {
    this.base = base;
    this.newestLaunch = newestLaunch;
    this.sensors = sensors;
  }

  KeptTracker.Told toProto(TrackerState.Told t) {
    KeptTracker.Told.Builder b =
        KeptTracker.Told.newBuilder()
            .setFlown(t.flown())
            .setStatus(WireNumbers.STATUS.of(t.status()))
            .setPhase(WireNumbers.PHASE.of(t.phase()))
            .setThreatClass(WireNumbers.THREAT_CLASS.of(t.threatClass()))
            .setJudged(t.stages().judged());
    if (t.toldNs() != Long.MIN_VALUE) {
      b.setToldNs(t.toldNs() - base);
    }
    if (t.firstNs() != Long.MAX_VALUE) {
      b.setFirstNs(t.firstNs() - base);
    }
    if (t.flownFromNs() != Long.MAX_VALUE) {
      b.setFlownFromNs(t.flownFromNs() - base);
    }
    if (t.launch().isPresent()) {
      if (t.launch().equals(newestLaunch)) {
        b.setLaunchIsNewest(true);
      } else {
        b.setLaunch(ReportFields.launch(t.launch().get()));
      }
    }
    t.track().ifPresent(n -> b.setTrack(toProto(n, t)));
    t.prediction()
        .ifPresent(
            p ->
                b.setPrediction(
                    KeptTracker.Prediction.newBuilder()
                        .setImpact(ReportFields.impact(p.flight().impact()))
                        .setPath(path(p.flight().path()))
                        .setMadeNs(p.madeNs() - base)
                        .setFromPlotNs(p.fromPlotNs() - base)));
    t.pieces().forEach(p -> b.addPieceNumbers(p.number()).addPieceSinceNs(p.sinceNs() - base));
    long before = base;
    for (TrackerState.Look l : t.stages().looks()) {
      b.addLooks(look(l, before));
      before = l.timeNs();
    }
    t.stages().drops().forEach(d -> b.addStages(ReportFields.drop(d)));
    t.stages().fellShort().ifPresent(f -> b.setFellShort(ReportFields.failure(f)));
    return b.build();
  }

  private KeptTracker.National toProto(NationalTrack n, TrackerState.Told t) {
    KeptTracker.National.Builder b =
        KeptTracker.National.newBuilder()
            .setOriginator(n.track().id().originator().code())
            .setNumber(n.track().id().number())
            .setEstimate(ReportFields.path(n.track().estimate()));
    n.track().contributors().forEach(s -> b.addContributors(sensors.of(s)));
    if (n.launch().isPresent()) {
      if (n.launch().equals(newestLaunch)) {
        b.setLaunchIsNewest(true);
      } else {
        b.setLaunch(ReportFields.launch(n.launch().get()));
      }
    }
    FlightPrediction p = t.prediction().map(TrackerState.Prediction::flight).orElse(null);
    if (p == null || !n.impact().equals(p.impact().withDropAreas(t.stages().drops()))) {
      b.setImpact(ReportFields.impact(n.impact()));
    }
    int from = p == null ? -1 : p.path().size() - n.path().size();
    if (p != null && from >= 0 && p.path().subList(from, p.path().size()).equals(n.path())) {
      b.setPathFrom(from);
    } else {
      b.setPath(path(n.path()));
    }
    n.partedFrom()
        .ifPresent(
            id -> b.setPartedOriginator(id.originator().code()).setPartedNumber(id.number()));
    return b.build();
  }

  private static KeptTracker.Path path(List<PathPoint> points) {
    KeptTracker.Path.Builder b = KeptTracker.Path.newBuilder();
    long before = 0;
    for (PathPoint p : points) {
      b.addTimeNs(p.time().nanos() - before)
          .addPlaces(p.place().latitudeRad())
          .addPlaces(p.place().longitudeRad())
          .addPlaces(p.place().altitudeM())
          .addPlaces(p.crossTrackSigmaM());
      before = p.time().nanos();
    }
    return b.build();
  }

  private static KeptTracker.Look look(TrackerState.Look l, long before) {
    KeptTracker.Look.Builder b =
        KeptTracker.Look.newBuilder()
            .setTimeNs(l.timeNs() - before)
            .setPowered(l.powered())
            .setThrust(l.thrust())
            .setSigma(l.sigma());
    if (l.state().isPresent()) {
      StateVector s = l.state().get();
      WireFields.vector(s.positionM()).forEach(b::addState);
      WireFields.vector(s.velocityMps()).forEach(b::addState);
      WireFields.triangle(s.covariance(), b::addState);
    }
    return b.build();
  }

  TrackerState.Told fromProto(KeptTracker.Told t) {
    Optional<TrackerState.Prediction> prediction =
        t.hasPrediction() ? Optional.of(prediction(t.getPrediction())) : Optional.empty();
    TrackerState.Stages stages = stages(t);
    if (t.getPieceNumbersCount() != t.getPieceSinceNsCount()) {
      throw new InvalidValueException(
          "times of pieces", t.getPieceSinceNsCount(), "" + t.getPieceNumbersCount());
    }
    List<TrackerState.Piece> pieces = new ArrayList<>(t.getPieceNumbersCount());
    for (int i = 0; i < t.getPieceNumbersCount(); i++) {
      pieces.add(new TrackerState.Piece(t.getPieceNumbers(i), base + t.getPieceSinceNs(i)));
    }
    return new TrackerState.Told(
        t.hasTrack()
            ? Optional.of(
                national(t.getTrack(), prediction.map(TrackerState.Prediction::flight), stages))
            : Optional.empty(),
        t.hasToldNs() ? base + t.getToldNs() : Long.MIN_VALUE,
        launch(t.getLaunchIsNewest(), t.hasLaunch(), t.getLaunch()),
        t.hasFirstNs() ? base + t.getFirstNs() : Long.MAX_VALUE,
        t.hasFlownFromNs() ? base + t.getFlownFromNs() : Long.MAX_VALUE,
        t.getFlown(),
        WireNumbers.STATUS.value(t.getStatus()),
        WireNumbers.PHASE.value(t.getPhase()),
        WireNumbers.THREAT_CLASS.value(t.getThreatClass()),
        prediction,
        List.copyOf(pieces),
        stages);
  }

  private Optional<LaunchPointEstimate> launch(boolean newest, boolean has, LaunchPoint launch) {
    if (newest) {
      return newestLaunch;
    }
    return has ? Optional.of(KEPT.launch(launch)) : Optional.empty();
  }

  private TrackerState.Prediction prediction(KeptTracker.Prediction p) {
    return new TrackerState.Prediction(
        new FlightPrediction(KEPT.impact(p.getImpact()), path(p.getPath())),
        base + p.getMadeNs(),
        base + p.getFromPlotNs());
  }

  private NationalTrack national(
      KeptTracker.National n, Optional<FlightPrediction> prediction, TrackerState.Stages stages) {
    List<SensorId> contributors = new ArrayList<>(n.getContributorsCount());
    for (int place : n.getContributorsList()) {
      contributors.add(sensors.at(place));
    }
    ImpactPointPrediction impact =
        n.hasImpact()
            ? KEPT.impact(n.getImpact())
            : predicted(prediction).impact().withDropAreas(stages.drops());
    List<PathPoint> path;
    if (n.hasPathFrom()) {
      List<PathPoint> all = predicted(prediction).path();
      if (n.getPathFrom() < 0 || n.getPathFrom() > all.size()) {
        throw new InvalidValueException(
            "beginning of a path",
            Integer.toUnsignedString(n.getPathFrom()),
            "at most " + all.size());
      }
      path = all.subList(n.getPathFrom(), all.size());
    } else {
      path = path(n.getPath());
    }
    return new NationalTrack(
        new Track.LocalTrack(
            new TrackId(new Nation(n.getOriginator()), n.getNumber()),
            KEPT.path(n.getEstimate()),
            contributors),
        launch(n.getLaunchIsNewest(), n.hasLaunch(), n.getLaunch()),
        impact,
        path,
        n.getPartedOriginator().isEmpty()
            ? Optional.empty()
            : Optional.of(new TrackId(new Nation(n.getPartedOriginator()), n.getPartedNumber())));
  }

  private static FlightPrediction predicted(Optional<FlightPrediction> p) {
    return p.orElseThrow(
        () -> new InvalidValueException("prediction", "absent", "a prediction that is told"));
  }

  private static List<PathPoint> path(KeptTracker.Path p) {
    Numbers in = new Numbers("path", p.getPlacesList());
    List<PathPoint> points = new ArrayList<>();
    long at = 0;
    for (long after : p.getTimeNsList()) {
      at += after;
      double[] d = in.take(4);
      points.add(new PathPoint(new UtcTime(at), new Geodetic(d[0], d[1], d[2]), d[3]));
    }
    in.end();
    return points;
  }

  private TrackerState.Stages stages(KeptTracker.Told t) {
    List<TrackerState.Look> looks = new ArrayList<>(t.getLooksCount());
    long at = base;
    for (KeptTracker.Look l : t.getLooksList()) {
      at += l.getTimeNs();
      looks.add(
          new TrackerState.Look(at, l.getPowered(), l.getThrust(), l.getSigma(), state(l, at)));
    }
    return new TrackerState.Stages(
        List.copyOf(looks),
        t.getStagesList().stream().map(KEPT::drop).toList(),
        t.hasFellShort() ? Optional.of(KEPT.failure(t.getFellShort())) : Optional.empty(),
        t.getJudged());
  }

  private static Optional<StateVector> state(KeptTracker.Look l, long at) {
    if (l.getStateCount() == 0) {
      return Optional.empty();
    }
    if (l.getStateCount() != STATE_NUMBERS) {
      throw new InvalidValueException(
          "state at a look", l.getStateCount() + " numbers", STATE_NUMBERS + " numbers");
    }
    Numbers in = new Numbers("state at a look", l.getStateList());
    double[] x = in.take(6);
    return Optional.of(
        new StateVector(
            new UtcTime(at),
            new Vector3(x[0], x[1], x[2]),
            new Vector3(x[3], x[4], x[5]),
            Covariance.of(6, in.symmetric(6))));
  }
}
