package parallax.engine;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import parallax.engine.KnowledgeState.Relabelled;
import parallax.model.ConfidentialityLabel;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.model.TrackId;
import parallax.model.UtcTime;

/**
 * The newest that was said of each track, with what was taken back and labelled anew of it.
 *
 * <p>Of each originator the {@link #MOST} tracks that were told of last are known. That is more
 * than fly at once, and few enough that a partner who makes up tracks cannot hold up the drawing of
 * the others for long: comparing them all takes as much time as the square of their number. Recalls
 * and changes of label are bounded by {@link TrackMap}.
 */
final class KnownTracks {
  /** Most tracks known of one originator. */
  static final int MOST = 1_000;

  private final TrackMap<KnownTrack> known;
  private final NewestReports newest;

  /**
   * Up to when what was made of a track's data class was taken back. The maps in it are replaced
   * and never changed.
   */
  private final TrackMap<SortedMap<Report.DataClass, UtcTime>> recalled;

  /** When what partners told of their tracks came. */
  private final Arrivals arrivals;

  /** The newest change of a track's label. */
  private final TrackMap<Relabelled> relabelled;

  /** With what another knew. */
  KnownTracks(KnowledgeState.Tracks state) {
    known = new TrackMap<>(MOST, state.known());
    newest = new NewestReports(state.newest());
    recalled = new TrackMap<>(state.recalled());
    relabelled = new TrackMap<>(state.relabelled());
    arrivals = new Arrivals(state.arrivals());
  }

  KnowledgeState.Tracks state() {
    return new KnowledgeState.Tracks(
        known.state(), newest.state(), recalled.state(), relabelled.state(), arrivals.state());
  }

  /**
   * What came of a report.
   *
   * @param isNews whether it is the newest of its kind
   * @param forgotten the track that was forgotten to make room for it
   */
  record Taken(boolean isNews, Optional<TrackId> forgotten) {}

  /** Whether a report was taken back before it came. */
  boolean isRecalled(Report report) {
    return recalled
        .get(report.header().track())
        .flatMap(of -> Optional.ofNullable(of.get(report.dataClass())))
        .filter(until -> !report.header().createdAt().isAfter(until))
        .isPresent();
  }

  /**
   * Takes in a report that was not taken back.
   *
   * @param cameWallNs when a partner's came, wall clock, UTC nanoseconds; empty: it is own
   */
  Taken take(Report report, OptionalLong cameWallNs) {
    if (!newest.take(report)) {
      return new Taken(false, Optional.empty());
    }
    TrackId id = report.header().track();
    cameWallNs.ifPresent(ns -> arrivals.came(id, report.dataClass(), ns));
    ConfidentialityLabel label =
        relabelled
            .get(id)
            .filter(r -> !report.header().createdAt().isAfter(r.until()))
            .map(Relabelled::label)
            .orElse(report.header().label());
    KnownTrack before = of(id).orElse(KnownTrack.nothing(id));
    Optional<TrackId> forgotten =
        known.put(id, before.with(report, new KnownTrack.Handling(label, cameWallNs)));
    forgotten.ifPresent(newest::forget);
    return new Taken(true, forgotten);
  }

  /**
   * Takes back what was made of a track up to a moment, also if it comes late.
   *
   * @param of the data class; empty: all
   * @return what is left of the track, to be put with {@link #replace} or removed; empty: it was
   *     not known
   */
  Optional<KnownTrack> recalled(TrackId id, Optional<Report.DataClass> of, UtcTime until) {
    SortedMap<Report.DataClass, UtcTime> all =
        recalled.get(id).map(TreeMap::new).orElseGet(TreeMap::new);
    for (Report.DataClass c : Report.DataClass.values()) {
      if (of.isEmpty() || of.get() == c) {
        all.merge(c, until, UtcTime::max);
      }
    }
    recalled.put(id, all);
    Optional<KnownTrack> track = known.get(id);
    for (Report.DataClass c : all.keySet()) {
      if (!isNewerThan(id, c, all.getOrDefault(c, until))) {
        track = track.map(t -> t.without(c));
      }
    }
    return track;
  }

  /** A partner's notice on one of its tracks came. */
  void noticed(TrackId id, long cameWallNs) {
    arrivals.came(id, Report.DataClass.NOTICE, cameWallNs);
  }

  /**
   * Forgets what partners told and what came before a moment, by the wall clock, but for what is
   * said of the tracks here: that is left to whoever calls this.
   *
   * @return what else is to be forgotten, of each track of a partner
   */
  List<Arrivals.Due> forgetBefore(Nation own, long untilWallNs, long nowWallNs) {
    TreeSet<TrackId> all = new TreeSet<>(known.tracks());
    all.addAll(newest.tracks());
    all.addAll(recalled.tracks());
    all.addAll(relabelled.tracks());
    List<Arrivals.Due> due = arrivals.takeDue(all, own, untilWallNs, nowWallNs);
    for (Arrivals.Due d : due) {
      TrackId id = d.track();
      d.of().forEach(c -> newest.forget(id, Optional.of(c)));
      if (newest.of(id).isEmpty()) {
        newest.forget(id);
      }
      if (d.of().contains(Report.DataClass.NOTICE)) {
        recalled.remove(id);
        relabelled.remove(id);
      }
    }
    return due;
  }

  /** Whether something that a partner told of a track is known, or was not long ago. */
  boolean remembers(TrackId id) {
    return arrivals.contains(id);
  }

  /** When the earliest of what is left of a track was made; empty: nothing is. */
  Optional<UtcTime> earliestMade(TrackId id) {
    return newest.of(id).stream().map(r -> r.header().createdAt()).min(UtcTime::compareTo);
  }

  /** Puts what is left of a track that is known. */
  void replace(KnownTrack track) {
    known.put(track.id(), track);
  }

  /** Forgets what was said of a track. That it was taken back stays known. */
  void remove(TrackId id) {
    known.remove(id);
  }

  /**
   * Gives another label to what was made of a track up to a moment, also if it comes late.
   *
   * @return whether anything that is known has another label now
   */
  boolean relabel(TrackId id, ConfidentialityLabel label, UtcTime until) {
    if (relabelled.get(id).filter(r -> until.isBefore(r.until())).isPresent()) {
      return false;
    }
    relabelled.put(id, new Relabelled(label, until));
    Optional<KnownTrack> before = known.get(id);
    if (before.isEmpty()) {
      return false;
    }
    KnownTrack track = before.get();
    for (Report.DataClass c : before.get().handling().keySet()) {
      if (!isNewerThan(id, c, until)) {
        track = track.labelled(c, label);
      }
    }
    known.put(id, track);
    return true;
  }

  /** The node's clock jumps: what is said from here on counts as newer. */
  void clockCorrected(Restamp r) {
    newest.clockCorrected(r);
    recalled.replaceAll(r::known);
    relabelled.replaceAll((t, l) -> new Relabelled(l.label(), r.known(t, l.until())));
  }

  private boolean isNewerThan(TrackId id, Report.DataClass of, UtcTime until) {
    return newest.of(id, of).filter(r -> r.header().createdAt().isAfter(until)).isPresent();
  }

  /** When the newest report of a track was made. */
  UtcTime newestMade(TrackId id) {
    return newest.of(id).stream()
        .map(r -> r.header().createdAt())
        .reduce(new UtcTime(Long.MIN_VALUE / 2), UtcTime::max);
  }

  Optional<KnownTrack> of(TrackId id) {
    return known.get(id);
  }

  boolean contains(TrackId id) {
    return known.contains(id);
  }

  int size() {
    return known.size();
  }

  /** When the oldest came of what partners told. */
  Optional<UtcTime> oldestArrival() {
    return arrivals.oldest();
  }
}
