package parallax.engine;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import parallax.model.ImpactPointPrediction;
import parallax.model.LaunchPointEstimate;
import parallax.model.Nation;
import parallax.model.Plot;
import parallax.model.Report;
import parallax.model.Sensor;
import parallax.model.TrackId;
import parallax.model.UtcTime;
import parallax.tracking.NationalTrack;
import parallax.tracking.NationalTracker;
import parallax.tracking.ReportedTrack;
import parallax.tracking.SensorRegistry;
import parallax.tracking.TrackEvent;
import parallax.tracking.TrackerSettings;
import parallax.tracking.UnknownSensorException;

/** The national picture: plots in, what the nation has to tell of its own tracks out. */
final class Surveillance {
  private final List<Sensor> sensors;
  private final NationalTracker tracker;
  private final Nation nation;
  private final TrackNumbers numbers;

  /**
   * The tracks as partners read them, by the tracker's own. Bounded like all by {@link TrackMap}.
   */
  private final TrackMap<TrackId> named;

  /** The launch and impact that were last offered to the partners of a track. */
  private final TrackMap<ReportedTrack> told;

  /** The newest that was filed of a track. */
  private final TrackMap<ReportedTrack> filed;

  /**
   * What came of an input.
   *
   * @param tracks what is new of tracks
   * @param rejections why plots were not used
   * @param clocks what operators should know of sensors' clocks
   */
  record Outcome(List<OwnTrack> tracks, List<String> rejections, List<String> clocks) {
    /** Of tracks and rejections alone. */
    Outcome(List<OwnTrack> tracks, List<String> rejections) {
      this(tracks, rejections, List.of());
    }
  }

  Surveillance(Nation nation, List<Sensor> sensors, TrackNumbers numbers) {
    this.nation = nation;
    this.sensors = List.copyOf(sensors);
    this.numbers = numbers;
    this.tracker =
        new NationalTracker(nation, new SensorRegistry(sensors), TrackerSettings.defaults());
    this.named = new TrackMap<>();
    this.told = new TrackMap<>();
    this.filed = new TrackMap<>();
  }

  /** As another tracked. */
  Surveillance(Nation nation, OwnTracksState.Watching state, TrackNumbers numbers) {
    this.nation = nation;
    this.sensors = state.sensors();
    this.numbers = numbers;
    this.tracker =
        NationalTracker.restored(
            nation, new SensorRegistry(sensors), TrackerSettings.defaults(), state.tracker());
    this.named = new TrackMap<>(state.named());
    this.told = new TrackMap<>(state.told());
    this.filed = new TrackMap<>(state.filed());
  }

  /** As it stands. */
  OwnTracksState.Watching state() {
    return new OwnTracksState.Watching(
        sensors, tracker.state(), named.state(), told.state(), filed.state());
  }

  /** Whether there is no track that could change by itself. */
  boolean isIdle() {
    return tracker.isIdle();
  }

  Outcome onPlot(Plot plot) {
    try {
      return outcome(tracker.onPlot(plot));
    } catch (UnknownSensorException e) {
      return new Outcome(List.of(), List.of(String.valueOf(e.getMessage())));
    }
  }

  /** The node's clock jumps. */
  Outcome onClockCorrected(Restamp r) {
    return outcome(tracker.onClockCorrected(r.byNs(), r.now()));
  }

  /** The time it was told last, UTC nanoseconds. */
  OptionalLong tickedNs() {
    return tracker.clockNs();
  }

  Outcome onTime(UtcTime now) {
    return outcome(tracker.onTime(now));
  }

  private Outcome outcome(List<TrackEvent> events) {
    List<OwnTrack> tracks = new ArrayList<>();
    List<String> rejections = new ArrayList<>();
    List<String> clocks = new ArrayList<>();
    for (TrackEvent e : events) {
      switch (e) {
        case TrackEvent.LaunchDetected d -> tracks.add(launch(d.id(), d.launch()));
        case TrackEvent.TrackUpdated u -> tracks.add(track(u.track()));
        case TrackEvent.PlotRejected r ->
            rejections.add("plot of " + r.plot().sensor() + ": " + r.reason());
        case TrackEvent.ClockJudged c -> clocks.add(c.clock().say());
      }
    }
    return new Outcome(tracks, rejections, clocks);
  }

  private OwnTrack launch(TrackId own, LaunchPointEstimate launch) {
    TrackId id = named.get(own).orElseGet(() -> new TrackId(nation, numbers.of(launch)));
    named.put(own, id);
    Optional<ImpactPointPrediction> impact = told.get(id).flatMap(ReportedTrack::impact);
    told.put(id, new ReportedTrack(id, Optional.of(launch), Optional.empty(), impact));
    return new OwnTrack(
        new ReportedTrack(id, Optional.of(launch), Optional.empty(), Optional.empty()),
        List.of(),
        EnumSet.of(Report.DataClass.LAUNCH_POINT));
  }

  /** A track that another system of the nation holds: passed on as it says. */
  Outcome onFiled(FiledTrack f) {
    TrackId id = new TrackId(nation, FiledTrack.FIRST + f.number());
    Optional<ReportedTrack> before = filed.get(id);
    ReportedTrack now =
        new ReportedTrack(
            id,
            f.launch().or(() -> before.flatMap(ReportedTrack::launch)),
            f.estimate().or(() -> before.flatMap(ReportedTrack::estimate)),
            f.impact().or(() -> before.flatMap(ReportedTrack::impact)));
    filed.put(id, now);
    return new Outcome(
        List.of(
            new OwnTrack(
                now,
                List.of(),
                news(f.launch().isPresent(), f.estimate().isPresent(), f.impact().isPresent()))),
        List.of());
  }

  private static Set<Report.DataClass> news(boolean launch, boolean estimate, boolean impact) {
    Set<Report.DataClass> out = EnumSet.noneOf(Report.DataClass.class);
    if (launch) {
      out.add(Report.DataClass.LAUNCH_POINT);
    }
    if (estimate) {
      out.add(Report.DataClass.FLIGHT_PATH);
    }
    if (impact) {
      out.add(Report.DataClass.IMPACT_POINT);
    }
    return out;
  }

  private OwnTrack track(NationalTrack t) {
    TrackId own = t.track().id();
    TrackId id =
        named
            .get(own)
            .orElseGet(() -> new TrackId(nation, numbers.of(t.track().estimate().state())));
    named.put(own, id);
    Optional<LaunchPointEstimate> toldLaunch = told.get(id).flatMap(ReportedTrack::launch);
    Optional<ImpactPointPrediction> toldImpact = told.get(id).flatMap(ReportedTrack::impact);
    boolean newLaunch = toldLaunch.isEmpty() && t.launch().isPresent();
    Optional<LaunchPointEstimate> launch = newLaunch ? t.launch() : toldLaunch;
    boolean newImpact = toldImpact.map(i -> isNews(i, t.impact())).orElse(true);
    told.put(
        id,
        new ReportedTrack(
            id, launch, Optional.empty(), newImpact ? Optional.of(t.impact()) : toldImpact));
    return new OwnTrack(
        new ReportedTrack(id, launch, Optional.of(t.track().estimate()), Optional.of(t.impact())),
        t.path(),
        news(newLaunch, true, newImpact));
  }

  /** A prediction is news each time; the same answer for the same reason is told once. */
  private static boolean isNews(ImpactPointPrediction before, ImpactPointPrediction now) {
    if (!now.dropAreas().equals(before.dropAreas())) {
      return true;
    }
    return switch (now) {
      case ImpactPointPrediction.Predicted p -> !p.equals(before);
      case ImpactPointPrediction.ThreatFan f -> !f.equals(before);
      case ImpactPointPrediction.CannotTellYet c ->
          !(before instanceof ImpactPointPrediction.CannotTellYet b
              && b.reason().equals(c.reason()));
      case ImpactPointPrediction.NoImpactExpected n ->
          !(before instanceof ImpactPointPrediction.NoImpactExpected);
    };
  }
}
