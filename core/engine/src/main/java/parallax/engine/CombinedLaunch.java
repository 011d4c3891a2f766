package parallax.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.model.DropArea;
import parallax.model.ImpactPointPrediction;
import parallax.model.InvalidValueException;
import parallax.model.LaunchFailure;
import parallax.model.LaunchPointEstimate;
import parallax.model.PathPoint;
import parallax.model.TrackEstimate;
import parallax.model.TrackId;
import parallax.model.TrackStatus;
import parallax.model.UtcTime;
import parallax.tracking.FlightPrediction;
import parallax.tracking.FlightPredictor;
import parallax.tracking.FusedEstimate;
import parallax.tracking.SourceCheck;
import parallax.tracking.SourceTrack;
import parallax.tracking.TrackFusion;

/**
 * What all originators together know of one launch: a function of the tracks that speak of it and
 * of nothing else. A {@link Picture} shows it in one view, with the areas it threatens.
 *
 * @param event the launch's name
 * @param sources the tracks, in their natural order
 * @param handling how each report it rests on is to be handled
 * @param launch the best launch point estimate
 * @param estimate the combined state
 * @param impact the prediction, or why there is none
 * @param path the predicted ground path; empty without a prediction
 * @param doubts why a source was left out of the estimate, of each that was
 */
record CombinedLaunch(
    TrackId event,
    List<TrackId> sources,
    List<KnownTrack.Handling> handling,
    Optional<LaunchPointEstimate> launch,
    Optional<TrackEstimate> estimate,
    ImpactPointPrediction impact,
    List<PathPoint> path,
    SortedMap<TrackId, String> doubts) {
  /** Separations told within this of each other are of one stage, seconds. */
  private static final double SAME_STAGE_S = 20;

  /** The same by another name. */
  CombinedLaunch named(TrackId name) {
    return new CombinedLaunch(name, sources, handling, launch, estimate, impact, path, doubts);
  }

  /** Combines the tracks that speak of one launch. */
  static CombinedLaunch of(TrackId event, List<KnownTrack> from) {
    SortedMap<TrackId, String> doubts = new TreeMap<>();
    for (KnownTrack k : from) {
      SourceCheck.doubt(k.track()).ifPresent(d -> doubts.put(k.id(), d));
    }
    boolean allDoubted =
        from.stream().allMatch(k -> k.estimate().isEmpty() || doubts.containsKey(k.id()));
    boolean anyHeld = from.stream().anyMatch(k -> isHeld(k) && !doubts.containsKey(k.id()));
    List<SourceTrack> sources = new ArrayList<>();
    List<TrackId> ids = new ArrayList<>();
    List<KnownTrack.Handling> handling = new ArrayList<>();
    UtcTime at = new UtcTime(Long.MIN_VALUE);
    for (KnownTrack k : from) {
      ids.add(k.id());
      handling.addAll(k.handling().values());
      boolean adds =
          k.estimate().isPresent()
              && (allDoubted || !doubts.containsKey(k.id()))
              && !(anyHeld && isLost(k));
      if (adds) {
        TrackEstimate e = k.estimate().orElseThrow();
        sources.add(new SourceTrack(k.id(), e));
        at = UtcTime.max(at, e.state().timeOfValidity());
      }
    }
    Optional<TrackEstimate> estimate =
        combine(sources, at, doubts).map(e -> e.withFailure(failure(from)));
    Optional<LaunchPointEstimate> launch = bestLaunch(from);
    FlightPrediction prediction =
        estimate
            .map(e -> allDoubted ? doubted(e) : predict(e, from, launch))
            .orElseGet(
                () -> untracked(launch.map(LaunchPointEstimate::time).orElse(new UtcTime(0))));
    return new CombinedLaunch(
        event,
        ids,
        handling,
        launch,
        estimate,
        prediction.impact().withDropAreas(drops(from)),
        prediction.path(),
        doubts);
  }

  /** The surest failure that any originator tells. */
  private static Optional<LaunchFailure> failure(List<KnownTrack> from) {
    return from.stream()
        .flatMap(k -> k.estimate().stream())
        .flatMap(e -> e.failure().stream())
        .max(Comparator.comparingDouble(LaunchFailure::probability));
  }

  /**
   * The stages that any originator saw fall, each as the originator that knows it best tells it.
   */
  private static List<DropArea> drops(List<KnownTrack> from) {
    List<DropArea> all =
        from.stream()
            .flatMap(k -> k.impact().stream())
            .flatMap(i -> i.dropAreas().stream())
            .sorted(Comparator.comparing(DropArea::separated))
            .toList();
    List<DropArea> out = new ArrayList<>();
    UtcTime first = new UtcTime(Long.MIN_VALUE / 2);
    for (DropArea d : all) {
      boolean same = !out.isEmpty() && d.separated().secondsSince(first) <= SAME_STAGE_S;
      if (!same) {
        first = d.separated();
        out.add(d);
      } else if (d.eastNorthM2().rms(2) < out.getLast().eastNorthM2().rms(2)) {
        out.set(out.size() - 1, d);
      }
    }
    return out.subList(0, Math.min(DropArea.MOST, out.size()));
  }

  /** The combined state; of tracks that are all over, the one that ended last. */
  private static Optional<TrackEstimate> combine(
      List<SourceTrack> sources, UtcTime at, SortedMap<TrackId, String> doubts) {
    boolean over = sources.stream().allMatch(s -> s.estimate().status() == TrackStatus.ENDED);
    if (over) {
      return sources.stream()
          .map(SourceTrack::estimate)
          .max(Comparator.comparing(e -> e.state().timeOfValidity()));
    }
    return fused(sources, at, doubts);
  }

  /**
   * The combined state at {@code at}, of those sources that can be carried there: one that has not
   * been heard of since before it came down cannot, and neither can nonsense.
   */
  private static Optional<TrackEstimate> fused(
      List<SourceTrack> sources, UtcTime at, SortedMap<TrackId, String> doubts) {
    try {
      FusedEstimate f = TrackFusion.fuse(sources, at);
      f.leftOut().forEach(t -> doubts.put(t, "it contradicts the others"));
      return f.estimate();
    } catch (InvalidValueException e) {
      List<SourceTrack> carried = sources.stream().filter(s -> canBeCarried(s, at)).toList();
      return carried.size() == sources.size() || carried.isEmpty()
          ? newest(sources)
          : fused(carried, at, doubts);
    }
  }

  private static boolean canBeCarried(SourceTrack source, UtcTime at) {
    try {
      var unused = TrackFusion.combine(List.of(source), at);
      return true;
    } catch (InvalidValueException e) {
      return false;
    }
  }

  private static Optional<TrackEstimate> newest(List<SourceTrack> sources) {
    return sources.stream()
        .map(SourceTrack::estimate)
        .max(Comparator.comparing(e -> e.state().timeOfValidity()));
  }

  /**
   * The prediction of a combined state. It is made only when an originator that still holds the
   * target predicts it too: whoever watches the motor knows better than the combination whether it
   * has stopped. While one that holds the target says that the motor burns, and none that it has
   * stopped, there is a threat fan.
   */
  private static FlightPrediction predict(
      TrackEstimate combined, List<KnownTrack> from, Optional<LaunchPointEstimate> launch) {
    if (from.stream().noneMatch(CombinedLaunch::isPredicted)) {
      if (from.stream().anyMatch(CombinedLaunch::seesTheMotorBurn)) {
        return FlightPredictor.fan(combined.state(), launch);
      }
      return new FlightPrediction(
          new ImpactPointPrediction.CannotTellYet(
              combined.state().timeOfValidity(), "no originator can tell yet"),
          List.of());
    }
    return FlightPredictor.predict(combined.state(), combined.phase());
  }

  /** Whether an originator that still holds the target says where it will come down. */
  static boolean isPredicted(KnownTrack k) {
    return isHeld(k) && k.impact().filter(ImpactPointPrediction::isAnswer).isPresent();
  }

  private static boolean seesTheMotorBurn(KnownTrack k) {
    return isHeld(k)
        && k.impact().filter(i -> i instanceof ImpactPointPrediction.ThreatFan).isPresent();
  }

  /** A track that was lost adds nothing to those that are held. */
  private static boolean isLost(KnownTrack k) {
    return k.estimate().map(e -> e.status() == TrackStatus.LOST).orElse(false);
  }

  private static boolean isHeld(KnownTrack k) {
    return k.estimate()
        .map(e -> e.status() != TrackStatus.LOST && e.status() != TrackStatus.ENDED)
        .orElse(false);
  }

  private static FlightPrediction doubted(TrackEstimate e) {
    return new FlightPrediction(
        new ImpactPointPrediction.CannotTellYet(
            e.state().timeOfValidity(), "what is said of it cannot be true"),
        List.of());
  }

  private static FlightPrediction untracked(UtcTime at) {
    return new FlightPrediction(
        new ImpactPointPrediction.CannotTellYet(at, "launch seen, not tracked yet"), List.of());
  }

  /** The estimate with the smallest horizontal uncertainty; the first of equals. */
  private static Optional<LaunchPointEstimate> bestLaunch(List<KnownTrack> from) {
    return from.stream()
        .flatMap(k -> k.launch().stream())
        .min(Comparator.comparingDouble(l -> l.eastNorthM2().rms(2)));
  }
}
