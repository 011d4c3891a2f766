package parallax.wire.fields;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import parallax.model.Caveat;
import parallax.model.Check;
import parallax.model.ConfidentialityLabel;
import parallax.model.DropArea;
import parallax.model.GroundPointEstimate;
import parallax.model.ImpactPointPrediction;
import parallax.model.InvalidValueException;
import parallax.model.LaunchFailure;
import parallax.model.LaunchPointEstimate;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.model.StateVector;
import parallax.model.TrackEstimate;
import parallax.model.TrackId;
import parallax.model.UtcTime;
import parallax.wire.proto.Correction;
import parallax.wire.proto.Failure;
import parallax.wire.proto.FlightPath;
import parallax.wire.proto.ImpactPoint;
import parallax.wire.proto.Label;
import parallax.wire.proto.LaunchPoint;
import parallax.wire.proto.Place;
import parallax.wire.proto.Recall;
import parallax.wire.proto.Relabel;

/** Reports and what they say as messages ({@code parallax.v1.Report} and its parts). */
public final class ReportFields {
  /** Reads what others tell: every time must be one that could be meant. */
  public static final ReportFields TOLD = new ReportFields(false);

  /** Reads what this node itself has kept: every time is taken as it is. */
  public static final ReportFields KEPT = new ReportFields(true);

  private final boolean anyTime;

  private ReportFields(boolean anyTime) {
    this.anyTime = anyTime;
  }

  private UtcTime time(String field, long nanos) {
    return anyTime ? new UtcTime(nanos) : WireFields.time(field, nanos);
  }

  /** A report as a message. */
  public static parallax.wire.proto.Report toProto(Report report) {
    Report.Header h = report.header();
    parallax.wire.proto.Report.Builder b =
        parallax.wire.proto.Report.newBuilder()
            .setOriginator(h.track().originator().code())
            .setTrackNumber(h.track().number())
            .setChannel(WireFields.channel(h.channel()))
            .setCreatedAtNs(h.createdAt().nanos())
            .setLabel(label(h.label()));
    switch (report) {
      case Report.LaunchReport r -> b.setLaunchPoint(launch(r.launch()));
      case Report.TrackReport r -> b.setFlightPath(path(r.estimate()));
      case Report.ImpactReport r -> b.setImpactPoint(impact(r.impact()));
      case Report.Recall r -> b.setRecall(recall(r));
      case Report.Correction r -> b.setCorrection(correction(r.corrected()));
      case Report.Relabel r ->
          b.setRelabel(
              Relabel.newBuilder()
                  .setLabel(label(r.label()))
                  .setMadeUntilNs(r.madeUntil().nanos()));
    }
    return b.build();
  }

  /** A report of its message; throws {@link InvalidValueException} naming what is wrong. */
  public Report fromProto(parallax.wire.proto.Report m) {
    Report.Header header =
        new Report.Header(
            new TrackId(new Nation(m.getOriginator()), m.getTrackNumber()),
            WireFields.channel(m.getChannel()),
            time("report time", m.getCreatedAtNs()),
            label(m.getLabel()));
    return switch (m.getBodyCase()) {
      case LAUNCH_POINT -> new Report.LaunchReport(header, launch(m.getLaunchPoint()));
      case FLIGHT_PATH -> new Report.TrackReport(header, path(m.getFlightPath()));
      case IMPACT_POINT -> new Report.ImpactReport(header, impact(m.getImpactPoint()));
      case RECALL -> recall(header, m.getRecall());
      case CORRECTION -> new Report.Correction(header, corrected(header, m.getCorrection()));
      case RELABEL ->
          new Report.Relabel(
              header,
              label(m.getRelabel().getLabel()),
              time("relabelled until", m.getRelabel().getMadeUntilNs()));
      case BODY_NOT_SET ->
          throw new InvalidValueException(
              "report body", "absent", "launch, path, impact, recall, correction or relabel");
    };
  }

  /** A recall as a message, without its header. */
  public static Recall recall(Report.Recall r) {
    Recall.Builder b =
        Recall.newBuilder()
            .setMadeUntilNs(r.madeUntil().nanos())
            .setReason(WireNumbers.RECALL_REASON.of(r.reason()));
    r.of().ifPresent(c -> b.setDataClass(WireNumbers.DATA_CLASS.of(c)));
    return b.build();
  }

  /** A recall of its message. */
  public Report.Recall recall(Report.Header header, Recall r) {
    return new Report.Recall(
        header,
        r.hasDataClass()
            ? Optional.of(WireNumbers.DATA_CLASS.value(r.getDataClass()))
            : Optional.empty(),
        time("recalled until", r.getMadeUntilNs()),
        WireNumbers.RECALL_REASON.value(r.getReason()));
  }

  private static Correction correction(Report corrected) {
    Correction.Builder b =
        Correction.newBuilder()
            .setCreatedAtNs(corrected.header().createdAt().nanos())
            .setLabel(label(corrected.header().label()));
    switch (corrected) {
      case Report.LaunchReport r -> b.setLaunchPoint(launch(r.launch()));
      case Report.TrackReport r -> b.setFlightPath(path(r.estimate()));
      case Report.ImpactReport r -> b.setImpactPoint(impact(r.impact()));
      case Report.Notice n -> throw new IllegalStateException("a notice corrects no notice");
    }
    return b.build();
  }

  private Report corrected(Report.Header outer, Correction c) {
    Report.Header header =
        new Report.Header(
            outer.track(),
            outer.channel(),
            time("corrected report time", c.getCreatedAtNs()),
            label(c.getLabel()));
    return switch (c.getBodyCase()) {
      case LAUNCH_POINT -> new Report.LaunchReport(header, launch(c.getLaunchPoint()));
      case FLIGHT_PATH -> new Report.TrackReport(header, path(c.getFlightPath()));
      case IMPACT_POINT -> new Report.ImpactReport(header, impact(c.getImpactPoint()));
      case BODY_NOT_SET ->
          throw new InvalidValueException("corrected report", "absent", "launch, path or impact");
    };
  }

  /** A label as a message. */
  public static Label label(ConfidentialityLabel l) {
    Label.Builder b =
        Label.newBuilder()
            .setPolicy(l.policy())
            .setClassification(WireNumbers.CLASSIFICATION.of(l.classification()))
            .setCreatedAtNs(l.createdAt().nanos());
    l.owners().forEach(n -> b.addOwners(n.code()));
    l.releasableTo().forEach(n -> b.addReleasableTo(n.code()));
    l.caveats().forEach(c -> b.addCaveats(c.name()));
    return b.build();
  }

  /** A label of its message. */
  public ConfidentialityLabel label(Label l) {
    return new ConfidentialityLabel(
        l.getPolicy(),
        WireNumbers.CLASSIFICATION.value(l.getClassification()),
        nations("owners", l.getOwnersList()),
        nations("releasable-to", l.getReleasableToList()),
        l.getCaveatsList().stream().map(Caveat::new).toList(),
        time("label time", l.getCreatedAtNs()));
  }

  private static SortedSet<Nation> nations(String field, List<String> codes) {
    SortedSet<Nation> all = new TreeSet<>();
    for (String code : codes) {
      if (!all.add(new Nation(code))) {
        throw new InvalidValueException(field, code + " twice", "each nation once");
      }
    }
    return all;
  }

  /** A launch point as a message. */
  public static LaunchPoint launch(LaunchPointEstimate e) {
    LaunchPoint.Builder b =
        LaunchPoint.newBuilder()
            .setPoint(WireFields.place(e.point()))
            .setTimeNs(e.time().nanos())
            .setTimeSigmaS(e.timeSigmaS());
    WireFields.triangle(e.eastNorthM2(), b::addEastNorthM2);
    return b.build();
  }

  /** A launch point of its message. */
  public LaunchPointEstimate launch(LaunchPoint p) {
    return new LaunchPointEstimate(
        ground("launch", p.getPoint(), p.getEastNorthM2List(), p.getTimeNs(), p.getTimeSigmaS()));
  }

  /** A state as a message. */
  public static FlightPath path(TrackEstimate e) {
    StateVector s = e.state();
    FlightPath.Builder b =
        FlightPath.newBuilder()
            .setTimeNs(s.timeOfValidity().nanos())
            .addAllPositionM(WireFields.vector(s.positionM()))
            .addAllVelocityMps(WireFields.vector(s.velocityMps()))
            .setPhase(WireNumbers.PHASE.of(e.phase()))
            .setStatus(WireNumbers.STATUS.of(e.status()))
            .setThreatClass(WireNumbers.THREAT_CLASS.of(e.threatClass()))
            .setLastPlotNs(e.lastPlot().nanos());
    WireFields.triangle(s.covariance(), b::addCovariance);
    e.failure().ifPresent(f -> b.setFailure(failure(f)));
    return b.build();
  }

  /** A failure as a message. */
  public static Failure failure(LaunchFailure f) {
    return Failure.newBuilder()
        .setKind(WireNumbers.FAILURE_KIND.of(f.kind()))
        .setProbability(f.probability())
        .setAtNs(f.at().nanos())
        .build();
  }

  /** A state of its message. */
  public TrackEstimate path(FlightPath p) {
    return new TrackEstimate(
        new StateVector(
            time("time of validity", p.getTimeNs()),
            WireFields.vector("position", p.getPositionMList()),
            WireFields.vector("velocity", p.getVelocityMpsList()),
            WireFields.triangle("state covariance", p.getCovarianceList(), 6)),
        WireNumbers.PHASE.value(p.getPhase()),
        WireNumbers.STATUS.value(p.getStatus()),
        WireNumbers.THREAT_CLASS.value(p.getThreatClass()),
        time("last plot", p.getLastPlotNs()),
        p.hasFailure() ? Optional.of(failure(p.getFailure())) : Optional.empty());
  }

  /** A failure of its message. */
  public LaunchFailure failure(Failure f) {
    return new LaunchFailure(
        WireNumbers.FAILURE_KIND.value(f.getKind()),
        f.getProbability(),
        time("failure time", f.getAtNs()));
  }

  /** An impact prediction as a message. */
  public static ImpactPoint impact(ImpactPointPrediction i) {
    ImpactPoint.Builder b = ImpactPoint.newBuilder().setMadeFromNs(i.madeFrom().nanos());
    i.dropAreas().forEach(d -> b.addDropAreas(drop(d)));
    switch (i) {
      case ImpactPointPrediction.Predicted p -> {
        ImpactPoint.Predicted.Builder pb =
            ImpactPoint.Predicted.newBuilder()
                .setPoint(WireFields.place(p.point()))
                .setTimeNs(p.time().nanos())
                .setTimeSigmaS(p.timeSigmaS());
        WireFields.triangle(p.eastNorthM2(), pb::addEastNorthM2);
        b.setPredicted(pb);
      }
      case ImpactPointPrediction.ThreatFan f -> b.setThreatFan(fan(f));
      case ImpactPointPrediction.CannotTellYet c -> b.setCannotTellYet(c.reason());
      case ImpactPointPrediction.NoImpactExpected n ->
          b.setNoImpactExpected(ImpactPoint.NoImpact.getDefaultInstance());
    }
    return b.build();
  }

  /** An impact prediction of its message. */
  public ImpactPointPrediction impact(ImpactPoint i) {
    return answer(i).withDropAreas(i.getDropAreasList().stream().map(this::drop).toList());
  }

  /** Where a stage comes down, as a message. */
  public static ImpactPoint.DropArea drop(DropArea d) {
    ImpactPoint.DropArea.Builder b =
        ImpactPoint.DropArea.newBuilder()
            .setSeparatedNs(d.separated().nanos())
            .setPoint(WireFields.place(d.point()))
            .setTimeNs(d.time().nanos())
            .setTimeSigmaS(d.timeSigmaS());
    WireFields.triangle(d.eastNorthM2(), b::addEastNorthM2);
    return b.build();
  }

  /** Where a stage comes down, of its message. */
  public DropArea drop(ImpactPoint.DropArea d) {
    return new DropArea(
        time("separation time", d.getSeparatedNs()),
        ground("drop", d.getPoint(), d.getEastNorthM2List(), d.getTimeNs(), d.getTimeSigmaS()));
  }

  private ImpactPointPrediction answer(ImpactPoint i) {
    UtcTime from = time("prediction made from", i.getMadeFromNs());
    return switch (i.getAnswerCase()) {
      case PREDICTED -> predicted(from, i.getPredicted());
      case CANNOT_TELL_YET -> new ImpactPointPrediction.CannotTellYet(from, i.getCannotTellYet());
      case THREAT_FAN -> fan(from, i.getThreatFan());
      case NO_IMPACT_EXPECTED -> new ImpactPointPrediction.NoImpactExpected(from);
      case ANSWER_NOT_SET ->
          throw new InvalidValueException("impact answer", "absent", "a prediction or a reason");
    };
  }

  private ImpactPointPrediction predicted(UtcTime from, ImpactPoint.Predicted p) {
    return new ImpactPointPrediction.Predicted(
        from,
        ground("impact", p.getPoint(), p.getEastNorthM2List(), p.getTimeNs(), p.getTimeSigmaS()),
        List.of());
  }

  /** The four fields that a launch, an impact, a branch and a drop area have in common. */
  private GroundPointEstimate ground(
      String what, Place place, List<Double> eastNorthM2, long timeNs, double timeSigmaS) {
    return new GroundPointEstimate(
        WireFields.place(place),
        WireFields.triangle(what + " covariance", eastNorthM2, 2),
        WireFields.time(what + " time", timeNs),
        Check.within(what + " time sigma (s)", timeSigmaS, Double.MIN_VALUE, UtcTime.MOST_SIGMA_S));
  }

  private static ImpactPoint.ThreatFan fan(ImpactPointPrediction.ThreatFan f) {
    ImpactPoint.ThreatFan.Builder b = ImpactPoint.ThreatFan.newBuilder().setNoImpact(f.noImpact());
    for (ImpactPointPrediction.Branch x : f.branches()) {
      ImpactPoint.Branch.Builder xb =
          ImpactPoint.Branch.newBuilder()
              .setProbability(x.probability())
              .setBurnoutNs(x.burnout().nanos())
              .setPoint(WireFields.place(x.point()))
              .setTimeNs(x.time().nanos())
              .setTimeSigmaS(x.timeSigmaS());
      WireFields.triangle(x.eastNorthM2(), xb::addEastNorthM2);
      b.addBranches(xb);
    }
    return b.build();
  }

  private ImpactPointPrediction fan(UtcTime from, ImpactPoint.ThreatFan f) {
    List<ImpactPointPrediction.Branch> branches = new ArrayList<>();
    for (ImpactPoint.Branch x : f.getBranchesList()) {
      branches.add(
          new ImpactPointPrediction.Branch(
              x.getProbability(),
              time("burnout time", x.getBurnoutNs()),
              ground(
                  "impact",
                  x.getPoint(),
                  x.getEastNorthM2List(),
                  x.getTimeNs(),
                  x.getTimeSigmaS())));
    }
    return new ImpactPointPrediction.ThreatFan(from, branches, f.getNoImpact());
  }
}
