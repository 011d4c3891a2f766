package parallax.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import parallax.model.ConfidentialityLabel;
import parallax.model.DropArea;
import parallax.model.ImpactPointPrediction;
import parallax.model.InvalidValueException;
import parallax.model.LaunchFailure;
import parallax.model.LaunchPointEstimate;
import parallax.model.PathPoint;
import parallax.model.Report;
import parallax.model.TrackEstimate;
import parallax.model.TrackId;
import parallax.model.TrackStatus;
import parallax.model.UtcTime;
import parallax.tracking.EventAssociation;
import parallax.tracking.FlightPrediction;
import parallax.tracking.FlightPredictor;
import parallax.tracking.FusedEstimate;
import parallax.tracking.ReportedTrack;
import parallax.tracking.SourceCheck;
import parallax.tracking.SourceTrack;
import parallax.tracking.TrackFusion;

/**
 * What is known from all originators together. Which tracks speak of one launch, their combined
 * state and its prediction are functions of the newest reports alone, not of the order in which
 * they came: whoever took the same reports draws the same picture, by the same {@link EventNames}.
 */
final class CombinedPicture {
  /** Least time between two drawings of one launch, seconds. */
  static final double DRAW_PERIOD_S = 1.0;

  /** Separations told within this of each other are of one stage, seconds. */
  private static final double SAME_STAGE_S = 20;

  private final SortedMap<TrackId, KnownTrack> known = new TreeMap<>();
  private final SortedMap<TrackId, Drawn> drawn = new TreeMap<>();
  private final SortedMap<TrackId, SortedMap<Report.DataClass, UtcTime>> recalled = new TreeMap<>();
  private final NewestReports newest = new NewestReports();

  private final EventNames names = new EventNames();
  private final Predicate<TrackId> shared;

  /** The newest change of a track's label. */
  private final SortedMap<TrackId, Relabelled> relabelled = new TreeMap<>();

  /** Whether something was taken in or recalled that is not drawn yet. */
  private boolean stale;

  /** Everything made up to a moment has another label. */
  private record Relabelled(ConfidentialityLabel label, UtcTime until) {}

  private record Drawn(UtcTime at, long wallNs, List<KnownTrack> from, Combination what) {}

  /** A launch drawn earlier that is part of another now, or was recalled. */
  record Withdrawal(TrackId event, Optional<TrackId> partOf) {}

  /** What changed: launches drawn anew, and then those withdrawn. */
  record Drawing(List<Combination> drawn, List<Withdrawal> withdrawn) {}

  /**
   * One launch as drawn, without areas.
   *
   * @param handling that of all it rests on
   * @param doubts why a source was left out of the estimate, of each that was
   */
  record Combination(
      TrackId event,
      List<TrackId> sources,
      List<KnownTrack.Handling> handling,
      Optional<LaunchPointEstimate> launch,
      Optional<TrackEstimate> estimate,
      ImpactPointPrediction impact,
      List<PathPoint> path,
      SortedMap<TrackId, String> doubts) {
    /** The same by another name. */
    Combination of(TrackId name) {
      return new Combination(name, sources, handling, launch, estimate, impact, path, doubts);
    }
  }

  /** What all parties know. */
  CombinedPicture() {
    this.shared = t -> true;
  }

  /**
   * What one party knows.
   *
   * @param common what all know, by which launches are named where it can be
   */
  CombinedPicture(CombinedPicture common) {
    this.shared = t -> common.known.containsKey(t);
  }

  /** Takes in a report of the own nation. */
  void take(Report report) {
    take(report, OptionalLong.empty());
  }

  /**
   * Takes in a report.
   *
   * @param cameWallNs when a partner's came, wall clock, UTC nanoseconds; empty: it is own
   */
  void take(Report report, OptionalLong cameWallNs) {
    TrackId id = report.header().track();
    if (isRecalled(report)) {
      return;
    }
    stale |= names.heard(report);
    if (!newest.take(report)) {
      return;
    }
    stale = true;
    Relabelled anew = relabelled.get(id);
    ConfidentialityLabel label =
        anew == null || report.header().createdAt().isAfter(anew.until())
            ? report.header().label()
            : anew.label();
    known.put(
        id,
        known
            .getOrDefault(id, KnownTrack.nothing(id))
            .with(report, new KnownTrack.Handling(label, cameWallNs)));
  }

  private boolean isRecalled(Report report) {
    SortedMap<Report.DataClass, UtcTime> of = recalled.get(report.header().track());
    UtcTime until = of == null ? null : of.get(report.dataClass());
    return until != null && !report.header().createdAt().isAfter(until);
  }

  /**
   * Takes out what was said of a track up to a moment, and takes in no more of it that arrives
   * late.
   *
   * @param of the data class; empty: all
   */
  void recall(TrackId id, Optional<Report.DataClass> of, UtcTime until) {
    SortedMap<Report.DataClass, UtcTime> until0 =
        recalled.computeIfAbsent(id, k -> new TreeMap<>());
    for (Report.DataClass c : Report.DataClass.values()) {
      if (of.isEmpty() || of.get() == c) {
        until0.merge(c, until, UtcTime::max);
      }
    }
    KnownTrack before = known.get(id);
    if (before == null) {
      return;
    }
    stale = true;
    KnownTrack after = before;
    for (Report.DataClass c : until0.keySet()) {
      if (!isNewerThan(id, c, until0.getOrDefault(c, until))) {
        after = after.without(c);
      }
    }
    if (after.isEmpty()) {
      keepName(id);
      known.remove(id);
    } else {
      known.put(id, after);
    }
  }

  /** Gives another label to what was said of a track up to a moment, also if it arrives late. */
  void relabel(TrackId id, ConfidentialityLabel label, UtcTime until) {
    Relabelled before = relabelled.get(id);
    if (before != null && until.isBefore(before.until())) {
      return;
    }
    relabelled.put(id, new Relabelled(label, until));
    KnownTrack track = known.get(id);
    if (track == null) {
      return;
    }
    for (Report.DataClass c : track.handling().keySet()) {
      if (!isNewerThan(id, c, until)) {
        track = track.labelled(c, label);
      }
    }
    known.put(id, track);
    stale = true;
  }

  private boolean isNewerThan(TrackId id, Report.DataClass of, UtcTime until) {
    return newest.of(id, of).filter(r -> r.header().createdAt().isAfter(until)).isPresent();
  }

  /** A launch that others still speak of goes on by its name. */
  private void keepName(TrackId leaving) {
    for (Map.Entry<TrackId, List<KnownTrack>> e : launches().entrySet()) {
      List<TrackId> tracks = e.getValue().stream().map(KnownTrack::id).toList();
      if (tracks.contains(leaving)) {
        names.keep(tracks, e.getKey());
      }
    }
  }

  /** The launch estimate held of a track. */
  Optional<LaunchPointEstimate> launchOf(TrackId id) {
    KnownTrack k = known.get(id);
    return k == null ? Optional.empty() : k.launch();
  }

  /** What is known of a track. */
  Optional<KnownTrack> of(TrackId id) {
    return Optional.ofNullable(known.get(id));
  }

  /**
   * The launches whose reports changed since they were last drawn, at most once a period each, and
   * those that are part of another launch now. The period counts on either clock: an exercise that
   * stands still is drawn to its end all the same. A clock that was set back does not hold it up.
   */
  Drawing draw(UtcTime now, long wallNs) {
    return draw(now, wallNs, this);
  }

  /** The same, sparing itself what {@code other} has drawn of the same reports. */
  Drawing draw(UtcTime now, long wallNs, CombinedPicture other) {
    if (!stale) {
      return new Drawing(List.of(), List.of());
    }
    stale = false;
    List<Combination> out = new ArrayList<>();
    SortedMap<TrackId, List<KnownTrack>> launches = launches();
    for (Map.Entry<TrackId, List<KnownTrack>> e : launches.entrySet()) {
      Drawn last = drawn.get(e.getKey());
      boolean changed = last == null || !last.from().equals(e.getValue());
      if (changed
          && (last == null || isNews(last.from(), e.getValue()) || isDue(last, now, wallNs))) {
        Combination c =
            other
                .drawnFrom(e.getValue())
                .map(o -> o.of(e.getKey()))
                .orElseGet(() -> combine(e.getKey(), e.getValue()));
        drawn.put(e.getKey(), new Drawn(now, wallNs, e.getValue(), c));
        out.add(c);
      } else {
        stale |= changed;
      }
    }
    return new Drawing(out, withdraw(launches));
  }

  private Optional<Combination> drawnFrom(List<KnownTrack> from) {
    return drawn.values().stream().filter(d -> d.from().equals(from)).map(Drawn::what).findFirst();
  }

  /** Forgets the drawings of launches that are part of others. */
  private List<Withdrawal> withdraw(SortedMap<TrackId, List<KnownTrack>> launches) {
    List<Withdrawal> out = new ArrayList<>();
    for (TrackId event : List.copyOf(drawn.keySet())) {
      if (!launches.containsKey(event)) {
        drawn.remove(event);
        out.add(new Withdrawal(event, eventOf(event, launches)));
      }
    }
    return out;
  }

  /** The launch that a track is part of, or what went on by its name after it was recalled. */
  private Optional<TrackId> eventOf(TrackId track, SortedMap<TrackId, List<KnownTrack>> launches) {
    return launches.entrySet().stream()
        .filter(
            l ->
                l.getValue().stream()
                    .anyMatch(k -> k.id().equals(track) || names.given(k.id()).equals(track)))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private static boolean isDue(Drawn last, UtcTime now, long wallNs) {
    return now.secondsSince(last.at()) >= DRAW_PERIOD_S
        || (wallNs - last.wallNs()) * 1e-9 >= DRAW_PERIOD_S
        || wallNs < last.wallNs();
  }

  /**
   * A new source, a first state, a first launch estimate and a first originator that dares to
   * predict are drawn at once.
   */
  private static boolean isNews(List<KnownTrack> before, List<KnownTrack> now) {
    return count(now) > count(before)
        || (now.stream().anyMatch(CombinedPicture::daresToPredict)
            && before.stream().noneMatch(CombinedPicture::daresToPredict));
  }

  private static int count(List<KnownTrack> tracks) {
    int n = 0;
    for (KnownTrack k : tracks) {
      n += 1 + (k.launch().isPresent() ? 1 : 0) + (k.estimate().isPresent() ? 1 : 0);
    }
    return n;
  }

  /** Groups the tracks by launch, in the order of their names. */
  private SortedMap<TrackId, List<KnownTrack>> launches() {
    List<ReportedTrack> reported = known.values().stream().map(KnownTrack::reported).toList();
    List<List<TrackId>> groups = new ArrayList<>();
    for (List<ReportedTrack> e : EventAssociation.events(reported)) {
      groups.add(e.stream().map(ReportedTrack::id).toList());
    }
    groups.sort(Comparator.comparing(g -> Collections.min(g, names.order()), names.order()));
    SortedMap<TrackId, List<KnownTrack>> out = new TreeMap<>();
    for (List<TrackId> g : groups) {
      TrackId name = names.of(g, shared, n -> isTaken(n, g, out.keySet()));
      out.put(name, g.stream().map(t -> known.getOrDefault(t, KnownTrack.nothing(t))).toList());
    }
    return out;
  }

  private boolean isTaken(TrackId name, List<TrackId> group, Set<TrackId> named) {
    return named.contains(name) || (known.containsKey(name) && !group.contains(name));
  }

  private static Combination combine(TrackId event, List<KnownTrack> from) {
    SortedMap<TrackId, String> doubts = new TreeMap<>();
    for (KnownTrack k : from) {
      SourceCheck.doubt(k.reported()).ifPresent(d -> doubts.put(k.id(), d));
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
    return new Combination(
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

  /** The stages that any originator saw fall, each as whoever knows it best tells it. */
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
   * A combined state is predicted only when an originator that still holds the target dares to
   * predict it: whoever watches the motor knows better than the combination whether it is out.
   * While one that holds it says that it burns, and none that it is out, it gets a threat fan.
   */
  private static FlightPrediction predict(
      TrackEstimate combined, List<KnownTrack> from, Optional<LaunchPointEstimate> launch) {
    if (from.stream().noneMatch(CombinedPicture::daresToPredict)) {
      if (from.stream().anyMatch(CombinedPicture::sawTheMotor)) {
        return FlightPredictor.fan(combined.state(), launch);
      }
      return new FlightPrediction(
          new ImpactPointPrediction.CannotTellYet(
              combined.state().timeOfValidity(), "no originator can tell yet"),
          List.of());
    }
    return FlightPredictor.predict(combined.state(), combined.phase());
  }

  private static boolean daresToPredict(KnownTrack k) {
    return isHeld(k) && k.impact().filter(ImpactPointPrediction::isAnswer).isPresent();
  }

  private static boolean sawTheMotor(KnownTrack k) {
    return isHeld(k)
        && k.impact().filter(i -> i instanceof ImpactPointPrediction.ThreatFan).isPresent();
  }

  /** One that was lost adds nothing to those that are held. */
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
