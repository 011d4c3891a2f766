package parallax.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import parallax.model.ConfidentialityLabel;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.model.TrackId;
import parallax.model.UtcTime;
import parallax.tracking.ReportedTrack;

/**
 * The nation's own tracks: what its sensors and other systems give is tracked, becomes reports, and
 * each report is offered to the partners. Bounded by {@link TrackMap}.
 */
final class OwnTracks {
  private final CurrentTerms terms;
  private final Knowledge knowledge;
  private final Releases releases;
  private final Faults faults;
  private final TrackNumbers numbers;
  private final TrackMap<OwnTrack> tracks;

  /** What the nation has to tell of its own tracks, before anything is taken from it. */
  private final NewestReports reports;

  /** The labels of tracks that were labelled anew. */
  private final TrackMap<ConfidentialityLabel> relabelled;

  /** The tracks that changed since they were last drawn. */
  private final TreeSet<TrackId> undrawn = new TreeSet<>();

  private Engine.Offers offers = (report, context, now, configuration) -> {};
  private @Nullable Surveillance surveillance;

  /** With the tracks of another. */
  OwnTracks(
      OwnTracksState state,
      CurrentTerms terms,
      Knowledge knowledge,
      Releases releases,
      Faults faults) {
    this.terms = terms;
    this.knowledge = knowledge;
    this.releases = releases;
    this.faults = faults;
    numbers = new TrackNumbers(state.numbers());
    tracks = new TrackMap<>(state.tracks());
    reports = new NewestReports(state.reports());
    relabelled = new TrackMap<>(state.relabelled());
    undrawn.addAll(state.undrawn());
    surveillance =
        state.surveillance().map(w -> new Surveillance(terms.nation(), w, numbers)).orElse(null);
  }

  /** As they stand. */
  OwnTracksState state() {
    return new OwnTracksState(
        numbers.state(),
        tracks.state(),
        reports.state(),
        relabelled.state(),
        undrawn,
        Optional.ofNullable(surveillance).map(Surveillance::state));
  }

  void showOffers(Engine.Offers to) {
    offers = to;
  }

  /**
   * What a configuration's sensors will be tracked with: what is in use, when the sensors stay.
   *
   * @throws parallax.model.InvalidValueException when there cannot be such sensors
   */
  Surveillance surveillanceOf(NodeConfiguration c) {
    Surveillance s = surveillance;
    boolean same = terms.configuration().filter(b -> b.sensors().equals(c.sensors())).isPresent();
    return s != null && same ? s : new Surveillance(c.nation(), c.sensors(), numbers);
  }

  void use(Surveillance s) {
    surveillance = s;
  }

  void onPlot(Input.PlotReceived p, UtcTime now, List<Effect> out) {
    Surveillance s = surveillance;
    if (s == null) {
      refuse(p.feed(), p.seq(), out);
      return;
    }
    Surveillance.Outcome outcome = s.onPlot(p.plot());
    for (String why : outcome.rejections()) {
      out.add(new Effect.PlotNotUsed(p.feed(), p.seq(), why));
    }
    tell(outcome, now, out);
  }

  void onFiled(Input.TrackFiled f, UtcTime now, List<Effect> out) {
    Surveillance s = surveillance;
    if (s == null) {
      refuse(f.feed(), f.seq(), out);
      return;
    }
    tell(s.onFiled(f.track()), now, out);
  }

  private static void refuse(String feed, long seq, List<Effect> out) {
    String why = "the node has no configuration that it could track by";
    out.add(new Effect.PlotNotUsed(feed, seq, why));
    out.add(new Effect.NoticeRaised(Effect.NoticeKind.PLOT_REFUSED, why));
  }

  /** Whether no track is followed or undrawn, so that time changes nothing. */
  boolean isIdle() {
    Surveillance s = surveillance;
    return undrawn.isEmpty() && (s == null || s.isIdle());
  }

  /** Time passes: tracks coast, are lost and end. */
  void onTick(UtcTime now, List<Effect> out) {
    Surveillance s = surveillance;
    if (s != null) {
      faults.guard("tracking by own sensors", out, () -> tell(s.onTime(now), now, out));
    }
  }

  /** The time of the newest tick, UTC nanoseconds; empty when own sensors are not tracked. */
  OptionalLong tickedNs() {
    Surveillance s = surveillance;
    return s == null ? OptionalLong.empty() : s.tickedNs();
  }

  /** Ticks came up to a time; nothing followed from them but that time has passed. */
  void goOnTo(OptionalLong tickedNs, List<Effect> out) {
    if (tickedNs.isPresent() && tickedNs.getAsLong() > tickedNs().orElse(Long.MIN_VALUE)) {
      onTick(new UtcTime(tickedNs.getAsLong()), out);
    }
  }

  /** The node's clock jumps: tracks that are of no time that can be are told as lost. */
  void clockCorrected(Restamp r, List<Effect> out) {
    reports.clockCorrected(r);
    Surveillance s = surveillance;
    if (s != null) {
      faults.guard("tracking by own sensors", out, () -> tell(s.onClockCorrected(r), r.now(), out));
    }
  }

  /**
   * What is new is offered to each partner, and is part of what the nation knows whatever came of
   * the offer.
   */
  private void tell(Surveillance.Outcome outcome, UtcTime now, List<Effect> out) {
    for (String r : outcome.rejections()) {
      out.add(new Effect.NoticeRaised(Effect.NoticeKind.PLOT_REFUSED, r));
    }
    for (String c : outcome.clocks()) {
      out.add(new Effect.NoticeRaised(Effect.NoticeKind.SENSOR_CLOCK, c));
    }
    for (OwnTrack t : outcome.tracks()) {
      tracks.put(t.id(), t).ifPresent(undrawn::remove);
      undrawn.add(t.id());
      for (Report r : newReports(t, now)) {
        tell(r, t, now, out);
      }
    }
  }

  private void tell(Report report, OwnTrack t, UtcTime now, List<Effect> out) {
    Optional<Report> toldToAll = offer(report, t, now, out).alikeToAll();
    if (!releases.isRecalled(t.id())) {
      reports.take(report);
      knowledge.takeOwn(report, toldToAll);
    }
  }

  private Releases.Told offer(Report report, OwnTrack t, UtcTime now, List<Effect> out) {
    InForce inForce = terms.inForce().orElse(null);
    if (inForce == null) {
      return Releases.Told.NOBODY;
    }
    offers.on(report, t.context(), now, inForce.configuration());
    return releases.offer(inForce.releaser(), report, t.context(), now, out);
  }

  private List<Report> newReports(OwnTrack t, UtcTime now) {
    NodeConfiguration c = terms.configuration().orElse(null);
    if (c == null) {
      return List.of();
    }
    Report.Header header = new Report.Header(t.id(), c.channel(), now, label(t.id(), now));
    ReportedTrack track = t.track();
    Set<Report.DataClass> news = t.news();
    List<Report> out = new ArrayList<>();
    if (news.contains(Report.DataClass.LAUNCH_POINT)) {
      track.launch().ifPresent(l -> out.add(new Report.LaunchReport(header, l)));
    }
    if (news.contains(Report.DataClass.FLIGHT_PATH)) {
      track.estimate().ifPresent(e -> out.add(new Report.TrackReport(header, e)));
    }
    if (news.contains(Report.DataClass.IMPACT_POINT)) {
      track.impact().ifPresent(i -> out.add(new Report.ImpactReport(header, i)));
    }
    return out;
  }

  /** The label of an own track: the one it was given anew, or as the agreement marks. */
  ConfidentialityLabel label(TrackId own, UtcTime now) {
    return terms
        .inForce()
        .flatMap(t -> relabelled.get(own))
        .orElseGet(() -> terms.labelOf(own, now));
  }

  /** Gives an own track another label from here on. */
  void relabel(TrackId track, ConfidentialityLabel label) {
    relabelled.put(track, label);
  }

  /** The newest of an own track is told again, and drawn again, under its new label. */
  void tellAgain(TrackId track, InForce inForce, UtcTime now, List<Effect> out) {
    OwnTrack t = tracks.get(track).orElse(null);
    if (t == null) {
      return;
    }
    undrawn.add(track);
    Report.Header header =
        new Report.Header(track, inForce.configuration().channel(), now, label(track, now));
    for (Report r : reports.of(track)) {
      releases.askNoMore(track, r.dataClass(), now, out);
      tell(Reports.withHeader(r, header), t, now, out);
    }
  }

  /** The newest of every own track is offered to a partner that has lost what it was told. */
  void tellAllTo(Nation partner, InForce inForce, UtcTime now, List<Effect> out) {
    for (TrackId id : tracks.tracks()) {
      OwnTrack t = tracks.get(id).orElseThrow();
      for (Report r : reports.of(id)) {
        releases.offerTo(partner, inForce.releaser(), r, t.context(), now, out);
      }
    }
  }

  /** What the nation's own people took back or put right is not told anew as it was. */
  void onOwnNotice(Report.Notice notice) {
    switch (notice) {
      case Report.Recall r -> reports.forget(r.header().track(), r.of());
      case Report.Correction c -> reports.take(c.corrected());
      case Report.Relabel r -> {}
    }
  }

  /** The tracks that changed since they were last drawn. */
  List<OwnTrack> undrawn() {
    return undrawn.stream().flatMap(t -> tracks.get(t).stream()).toList();
  }

  /** A track is drawn as it stands. */
  void drew(TrackId track) {
    undrawn.remove(track);
  }
}
