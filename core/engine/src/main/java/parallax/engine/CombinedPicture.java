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
import java.util.TreeSet;
import java.util.function.Predicate;
import parallax.model.ConfidentialityLabel;
import parallax.model.LaunchPointEstimate;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.model.TrackId;
import parallax.model.TrackStatus;
import parallax.model.UtcTime;
import parallax.tracking.EventAssociation;
import parallax.tracking.ReportedTrack;

/**
 * What is known from all originators together. Which tracks speak of one launch, their combined
 * state and its prediction are functions of the newest reports alone, not of the order in which
 * they came: whoever took the same reports draws the same picture, by the same {@link EventNames}.
 *
 * <p>Bounded by {@link KnownTracks}. The work of a drawing follows from the targets in flight and
 * those of nearly the same time; {@link EndedLaunches} rest.
 */
final class CombinedPicture {
  /** A track of which nothing is said for so long is over, whatever was said last, seconds. */
  private static final double SILENT_S = 7_200;

  private final KnownTracks known;
  private final EventNames names;
  private final Predicate<TrackId> shared;

  /** The tracks that are looked at: all but those of launches at rest. */
  private final TreeSet<TrackId> active = new TreeSet<>();

  private final SortedMap<TrackId, Drawn> drawn = new TreeMap<>();
  private final EndedLaunches ended;

  /** Tracks that were forgotten since the last drawing, to make room for others. */
  private final TreeSet<TrackId> forgotten = new TreeSet<>();

  /** Whether something was taken in or recalled that is not drawn yet. */
  private boolean stale;

  private long associated;

  /**
   * A launch drawn earlier that is shown no longer.
   *
   * @param event its name
   * @param partOf the launch that it is part of now; empty: it was recalled or forgotten
   * @param forgotten whether it was forgotten, to make room for others
   */
  record Withdrawal(TrackId event, Optional<TrackId> partOf, boolean forgotten) {}

  /** What changed: launches drawn anew, and then those withdrawn. */
  record Changes(List<CombinedLaunch> drawn, List<Withdrawal> withdrawn) {}

  /** What all parties know. */
  CombinedPicture() {
    this(KnowledgeState.Drawings.empty());
  }

  /** What all parties know, as it was. */
  CombinedPicture(KnowledgeState.Drawings state) {
    this(t -> true, state);
  }

  /**
   * What one party knows.
   *
   * @param common what all know, by which launches are named where it can be
   */
  CombinedPicture(CombinedPicture common) {
    this(common, KnowledgeState.Drawings.empty());
  }

  /** What one party knows, as it was. */
  CombinedPicture(CombinedPicture common, KnowledgeState.Drawings state) {
    this(common.known::contains, state);
  }

  private CombinedPicture(Predicate<TrackId> shared, KnowledgeState.Drawings state) {
    this.shared = shared;
    known = new KnownTracks(state.tracks());
    names = new EventNames(state.names());
    active.addAll(state.active());
    state.drawn().forEach((name, d) -> drawn.put(name, Drawn.of(d)));
    ended = new EndedLaunches(state.ended());
    forgotten.addAll(state.forgotten());
    stale = state.stale();
  }

  /** As it stands. */
  KnowledgeState.Drawings state() {
    SortedMap<TrackId, KnowledgeState.Drawing> drawings = new TreeMap<>();
    drawn.forEach((name, d) -> drawings.put(name, d.state()));
    return new KnowledgeState.Drawings(
        known.state(), names.state(), active, drawings, ended.state(), forgotten, stale);
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
    if (known.isRecalled(report)) {
      return;
    }
    TrackId id = report.header().track();
    stale |= names.heard(report);
    wake(id);
    KnownTracks.Taken taken = known.take(report, cameWallNs);
    stale |= taken.isNews();
    if (known.contains(id)) {
      active.add(id);
    }
    taken.forgotten().ifPresent(this::forget);
  }

  private void forget(TrackId id) {
    wake(id);
    active.remove(id);
    names.forget(id);
    forgotten.add(id);
    stale = true;
  }

  /** Looks again at the launch that a track belongs to. */
  private void wake(TrackId id) {
    ended.nameOf(id).ifPresent(this::wakeLaunch);
  }

  private void wakeLaunch(TrackId name) {
    Drawn d = ended.remove(name);
    d.from().forEach(k -> active.add(k.id()));
    drawn.put(name, d);
  }

  /**
   * Takes out what was said of a track up to a moment, and takes in no more of it that arrives
   * late.
   *
   * @param of the data class; empty: all
   */
  void recall(TrackId id, Optional<Report.DataClass> of, UtcTime until) {
    Optional<KnownTrack> after = known.recalled(id, of, until);
    if (after.isEmpty()) {
      return;
    }
    stale = true;
    wake(id);
    if (after.get().isEmpty()) {
      keepName(id);
      known.remove(id);
      active.remove(id);
    } else {
      known.replace(after.get());
    }
  }

  /** Gives another label to what was said of a track up to a moment, also if it arrives late. */
  void relabel(TrackId id, ConfidentialityLabel label, UtcTime until) {
    if (known.relabel(id, label, until)) {
      wake(id);
      stale = true;
    }
  }

  /** The node's clock jumps: what is said from here on counts as newer. */
  void clockCorrected(Restamp r) {
    known.clockCorrected(r);
  }

  /** A partner's notice on one of its tracks came. */
  void noticed(TrackId id, long cameWallNs) {
    known.noticed(id, cameWallNs);
  }

  /** When the oldest came of what partners told. */
  Optional<UtcTime> oldestOfPartners() {
    return known.oldestArrival();
  }

  /**
   * Forgets what partners told and what came before a moment, wall clock, UTC nanoseconds. What
   * rested on it is drawn anew, or withdrawn, by the next drawing; what went by the name of a track
   * that is forgotten goes by the name of one that is left.
   *
   * @param own the nation whose own tracks stay
   */
  void forgetBefore(Nation own, long untilWallNs, long nowWallNs) {
    for (Arrivals.Due d : known.forgetBefore(own, untilWallNs, nowWallNs)) {
      Optional<KnownTrack> before = known.of(d.track());
      KnownTrack after = before.orElse(KnownTrack.nothing(d.track()));
      for (Report.DataClass c : d.of()) {
        after = after.without(c);
      }
      if (before.isPresent() && after.isEmpty()) {
        known.remove(d.track());
        forget(d.track());
      } else if (before.isPresent() && !before.get().equals(after)) {
        wake(d.track());
        known.replace(after);
        stale = true;
      }
      known.earliestMade(d.track()).ifPresent(made -> names.began(d.track(), made));
    }
    names.keepOnly(t -> t.originator().equals(own) || known.remembers(t));
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
    return known.of(id).flatMap(KnownTrack::launch);
  }

  /** What is known of a track. */
  Optional<KnownTrack> of(TrackId id) {
    return known.of(id);
  }

  /** Whether something was taken in or recalled that is not drawn yet. */
  boolean isStale() {
    return stale;
  }

  /** How many tracks were compared with others so far, drawing by drawing. */
  long associated() {
    return associated;
  }

  /** How many tracks are known. */
  int size() {
    return known.size();
  }

  /**
   * The launches whose reports changed since they were last drawn, at most once a period each
   * ({@link Drawn#isDue}), and those that are part of another launch now.
   */
  Changes draw(UtcTime now, long wallNs) {
    return draw(now, wallNs, this, new Faults(), new ArrayList<>());
  }

  /**
   * The same, sparing itself what {@code other} has drawn of the same reports. A launch that cannot
   * be combined because of a fault is told, and drawn again after a period.
   */
  Changes draw(UtcTime now, long wallNs, CombinedPicture other, Faults faults, List<Effect> out) {
    if (!stale) {
      return new Changes(List.of(), List.of());
    }
    stale = false;
    List<CombinedLaunch> changed = new ArrayList<>();
    SortedMap<TrackId, List<KnownTrack>> launches = launches();
    for (Map.Entry<TrackId, List<KnownTrack>> e : launches.entrySet()) {
      Drawn last = drawn.get(e.getKey());
      if (last != null && last.isOf(e.getValue())) {
        continue;
      }
      if (last == null || isNews(last.from(), e.getValue()) || last.isDue(now, wallNs)) {
        boolean done =
            faults.guard(
                "combining the tracks of launch " + e.getKey(),
                out,
                () -> changed.add(combine(e.getKey(), e.getValue(), other)));
        boolean shown = done || (last != null && last.shown());
        drawn.put(
            e.getKey(),
            new Drawn(
                now,
                wallNs,
                e.getValue(),
                done,
                done ? Optional.of(changed.getLast()) : Optional.empty(),
                shown));
        stale |= !done;
      } else {
        stale = true;
      }
    }
    List<Withdrawal> withdrawn = withdraw(launches, now, wallNs);
    rest(launches, changed, now);
    return new Changes(changed, withdrawn);
  }

  private CombinedLaunch combine(TrackId event, List<KnownTrack> from, CombinedPicture other) {
    Optional<CombinedLaunch> there =
        other == this ? Optional.empty() : other.drawnFrom(event, from);
    return there.map(o -> o.named(event)).orElseGet(() -> CombinedLaunch.of(event, from));
  }

  /** What was drawn of these tracks, most likely by this name. */
  private Optional<CombinedLaunch> drawnFrom(TrackId likely, List<KnownTrack> from) {
    Drawn d = drawn.get(likely);
    return d != null && d.isOf(from)
        ? d.kept()
        : drawn.values().stream().filter(x -> x.isOf(from)).findFirst().flatMap(Drawn::kept);
  }

  /** A launch could not be shown as it was drawn: it is drawn again after the period. */
  void drawAgain(TrackId event) {
    Drawn d = drawn.get(event);
    if (d != null) {
      drawn.put(event, d.failed());
      stale = true;
    }
  }

  /** A withdrawal could not be shown: it is given again after the period. */
  void withdrawAgain(Withdrawal w, UtcTime now, long wallNs) {
    drawn.putIfAbsent(w.event(), new Drawn(now, wallNs, List.of(), false, Optional.empty(), true));
    stale = true;
  }

  /** Forgets the drawings of launches that are part of others. */
  private List<Withdrawal> withdraw(
      SortedMap<TrackId, List<KnownTrack>> launches, UtcTime now, long wallNs) {
    List<Withdrawal> out = new ArrayList<>();
    for (TrackId event : List.copyOf(drawn.keySet())) {
      Drawn d = drawn.get(event);
      if (d == null || launches.containsKey(event)) {
        continue;
      }
      if (!d.combined() && !d.isDue(now, wallNs)) {
        stale = true;
        continue;
      }
      drawn.remove(event);
      if (d.shown()) {
        Optional<TrackId> partOf = eventOf(event, launches);
        boolean gone = d.from().stream().anyMatch(k -> forgotten.contains(k.id()));
        out.add(new Withdrawal(event, partOf, partOf.isEmpty() && gone));
      }
    }
    forgotten.clear();
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

  /** Puts launches to rest that are over, drawn, and not of the time of any target in flight. */
  private void rest(
      SortedMap<TrackId, List<KnownTrack>> launches, List<CombinedLaunch> changed, UtcTime now) {
    Set<TrackId> justDrawn = new TreeSet<>(changed.stream().map(CombinedLaunch::event).toList());
    List<FlightTime> flying =
        launches.values().stream()
            .flatMap(List::stream)
            .filter(k -> !isOver(k, now))
            .map(k -> FlightTime.of(List.of(k)))
            .toList();
    launches.forEach(
        (event, tracks) -> {
          Drawn d = drawn.get(event);
          if (d != null
              && d.isOf(tracks)
              && !justDrawn.contains(event)
              && tracks.stream().allMatch(k -> isOver(k, now))
              && flying.stream().noneMatch(FlightTime.of(tracks)::isNear)) {
            drawn.remove(event);
            tracks.forEach(k -> active.remove(k.id()));
            ended.add(event, d);
          }
        });
  }

  private boolean isOver(KnownTrack k, UtcTime now) {
    return k.estimate().filter(e -> e.status() == TrackStatus.ENDED).isPresent()
        || now.secondsSince(known.newestMade(k.id())) >= SILENT_S;
  }

  /**
   * A new source, a first state, a first launch estimate and the first originator that predicts the
   * impact are drawn at once.
   */
  private static boolean isNews(List<KnownTrack> before, List<KnownTrack> now) {
    return count(now) > count(before)
        || (now.stream().anyMatch(CombinedLaunch::isPredicted)
            && before.stream().noneMatch(CombinedLaunch::isPredicted));
  }

  private static int count(List<KnownTrack> tracks) {
    int n = 0;
    for (KnownTrack k : tracks) {
      n += 1 + (k.launch().isPresent() ? 1 : 0) + (k.estimate().isPresent() ? 1 : 0);
    }
    return n;
  }

  /** Groups the tracks that are looked at by launch, in the order of their names. */
  private SortedMap<TrackId, List<KnownTrack>> launches() {
    for (TrackId t : List.copyOf(active)) {
      known.of(t).ifPresent(k -> ended.near(FlightTime.of(List.of(k))).forEach(this::wakeLaunch));
    }
    List<ReportedTrack> reported =
        active.stream().flatMap(t -> known.of(t).stream()).map(KnownTrack::track).toList();
    associated += reported.size();
    List<List<TrackId>> groups = new ArrayList<>();
    for (List<ReportedTrack> e : EventAssociation.events(reported)) {
      groups.add(e.stream().map(ReportedTrack::id).toList());
    }
    groups.sort(Comparator.comparing(g -> Collections.min(g, names.order()), names.order()));
    SortedMap<TrackId, List<KnownTrack>> out = new TreeMap<>();
    for (List<TrackId> g : groups) {
      TrackId name = names.of(g, shared, n -> isTaken(n, g, out.keySet()));
      out.put(name, g.stream().map(t -> known.of(t).orElse(KnownTrack.nothing(t))).toList());
    }
    return out;
  }

  private boolean isTaken(TrackId name, List<TrackId> group, Set<TrackId> named) {
    return named.contains(name)
        || ended.isName(name)
        || (known.contains(name) && !group.contains(name));
  }
}
