package parallax.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.model.ImpactPointPrediction;
import parallax.model.LaunchPointEstimate;
import parallax.model.Nation;
import parallax.model.PathPoint;
import parallax.model.Plot;
import parallax.model.Sensor;
import parallax.model.TrackEstimate;
import parallax.model.TrackId;
import parallax.model.TrackStatus;
import parallax.model.UtcTime;
import parallax.tracking.NationalTrack;
import parallax.tracking.NationalTracker;
import parallax.tracking.SensorRegistry;
import parallax.tracking.TrackEvent;
import parallax.tracking.TrackerSettings;
import parallax.tracking.UnknownSensorException;

/** The national picture: plots in, what the nation has to tell of its own tracks out. */
final class Surveillance {
  private final NationalTracker tracker;
  private final Nation nation;
  private final TrackNumbers numbers;

  /** The tracks as partners read them, by the tracker's own. */
  private final SortedMap<TrackId, TrackId> named = new TreeMap<>();

  private final SortedMap<TrackId, Told> told = new TreeMap<>();
  private final SortedMap<TrackId, Filed> filed = new TreeMap<>();

  /** The newest that was filed of a track. */
  private record Filed(
      Optional<LaunchPointEstimate> launch,
      Optional<TrackEstimate> estimate,
      Optional<ImpactPointPrediction> impact) {}

  /** What was last offered to the partners of a track. */
  private record Told(
      Optional<LaunchPointEstimate> launch, Optional<ImpactPointPrediction> impact) {}

  /**
   * Something new of a national track.
   *
   * @param id the track
   * @param launch the launch estimate held now
   * @param newLaunch whether it is new
   * @param estimate its state, when there is one yet
   * @param newTrack whether that is new
   * @param impact its impact prediction, when there is one yet
   * @param path the predicted ground path
   * @param newImpact whether the prediction is worth telling
   */
  record Finding(
      TrackId id,
      Optional<LaunchPointEstimate> launch,
      boolean newLaunch,
      Optional<TrackEstimate> estimate,
      boolean newTrack,
      Optional<ImpactPointPrediction> impact,
      List<PathPoint> path,
      boolean newImpact) {
    boolean ended() {
      return status().filter(s -> s == TrackStatus.ENDED).isPresent();
    }

    Optional<TrackStatus> status() {
      return estimate.map(TrackEstimate::status);
    }

    Optional<UtcTime> impactTime() {
      return impact.flatMap(
          i ->
              i instanceof ImpactPointPrediction.Predicted p
                  ? Optional.of(p.time())
                  : Optional.empty());
    }
  }

  /** What came of an input. */
  record Outcome(List<Finding> findings, List<String> rejections) {}

  Surveillance(Nation nation, List<Sensor> sensors, TrackNumbers numbers) {
    this.nation = nation;
    this.numbers = numbers;
    this.tracker =
        new NationalTracker(nation, new SensorRegistry(sensors), TrackerSettings.defaults());
  }

  Outcome onPlot(Plot plot) {
    try {
      return outcome(tracker.onPlot(plot));
    } catch (UnknownSensorException e) {
      return new Outcome(List.of(), List.of(String.valueOf(e.getMessage())));
    }
  }

  Outcome onTime(UtcTime now) {
    return outcome(tracker.onTime(now));
  }

  private Outcome outcome(List<TrackEvent> events) {
    List<Finding> findings = new ArrayList<>();
    List<String> rejections = new ArrayList<>();
    for (TrackEvent e : events) {
      switch (e) {
        case TrackEvent.LaunchDetected d -> findings.add(launch(d.id(), d.launch()));
        case TrackEvent.TrackUpdated u -> findings.add(track(u.track()));
        case TrackEvent.PlotRejected r ->
            rejections.add("plot of " + r.plot().sensor() + ": " + r.reason());
      }
    }
    return new Outcome(findings, rejections);
  }

  private Finding launch(TrackId own, LaunchPointEstimate launch) {
    TrackId id = named.computeIfAbsent(own, k -> new TrackId(nation, numbers.of(launch)));
    Told before = told.getOrDefault(id, new Told(Optional.empty(), Optional.empty()));
    told.put(id, new Told(Optional.of(launch), before.impact()));
    return new Finding(
        id, Optional.of(launch), true, Optional.empty(), false, Optional.empty(), List.of(), false);
  }

  /** A track that another system of the nation holds: passed on as it says. */
  Outcome onFiled(FiledTrack f) {
    TrackId id = new TrackId(nation, FiledTrack.FIRST + f.number());
    Filed before =
        filed.getOrDefault(id, new Filed(Optional.empty(), Optional.empty(), Optional.empty()));
    Filed now =
        new Filed(
            f.launch().or(before::launch),
            f.estimate().or(before::estimate),
            f.impact().or(before::impact));
    filed.put(id, now);
    Finding finding =
        new Finding(
            id,
            now.launch(),
            f.launch().isPresent(),
            now.estimate(),
            f.estimate().isPresent(),
            now.impact(),
            List.of(),
            f.impact().isPresent());
    return new Outcome(List.of(finding), List.of());
  }

  private Finding track(NationalTrack t) {
    TrackId id =
        named.computeIfAbsent(
            t.track().id(), k -> new TrackId(nation, numbers.of(t.track().estimate().state())));
    Told before = told.getOrDefault(id, new Told(Optional.empty(), Optional.empty()));
    boolean newLaunch = before.launch().isEmpty() && t.launch().isPresent();
    Optional<LaunchPointEstimate> launch = newLaunch ? t.launch() : before.launch();
    boolean newImpact = before.impact().map(i -> isNews(i, t.impact())).orElse(true);
    told.put(id, new Told(launch, newImpact ? Optional.of(t.impact()) : before.impact()));
    return new Finding(
        id,
        launch,
        newLaunch,
        Optional.of(t.track().estimate()),
        true,
        Optional.of(t.impact()),
        t.path(),
        newImpact);
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
