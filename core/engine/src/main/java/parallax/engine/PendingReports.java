package parallax.engine;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.engine.ReleasesState.For;
import parallax.engine.ReleasesState.Pending;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.model.TrackId;
import parallax.model.UtcTime;
import parallax.release.ReleaseContext;
import parallax.release.ReleaseDecision;

/**
 * Reports that are not told yet: each waits for a person, for a delay to end, or for its turn. For
 * each partner at most {@link #MOST} wait; beyond it nothing more is let in.
 */
final class PendingReports {
  /** Most that wait for one partner at once. */
  static final int MOST = 20_000;

  /** Why nothing more is let in. */
  static final String FULL = MOST + " reports wait for this partner already";

  /** What at most one report in a while is told of. */
  private record Flow(Nation partner, TrackId track, Report.DataClass dataClass)
      implements Comparable<Flow> {
    Flow(Nation partner, Report report) {
      this(partner, report.header().track(), report.dataClass());
    }

    @Override
    public int compareTo(Flow o) {
      int c = partner.compareTo(o.partner);
      c = c != 0 ? c : track.compareTo(o.track);
      return c != 0 ? c : dataClass.compareTo(o.dataClass);
    }
  }

  private final SortedMap<Long, Pending> entries = new TreeMap<>();
  private final SortedMap<Nation, Integer> counts = new TreeMap<>();

  /** What a newer report takes the place of, by what it waits for. */
  private final SortedMap<For, SortedMap<Flow, Long>> replaceable = new TreeMap<>();

  /**
   * When each track's data classes were last told to each partner, where that is limited. The
   * innermost maps are replaced and never changed.
   */
  private final SortedMap<Nation, TrackMap<SortedMap<Report.DataClass, UtcTime>>> lastTold =
      new TreeMap<>();

  private long lastId;
  private long earliestNs = Long.MAX_VALUE;

  /** With what waited in another. */
  PendingReports(ReleasesState state) {
    state.pending().forEach(this::put);
    state.lastTold().forEach((partner, tracks) -> lastTold.put(partner, new TrackMap<>(tracks)));
    lastId = state.lastId();
  }

  /** What waits, by its number. */
  List<Pending> all() {
    return List.copyOf(entries.values());
  }

  /** The number that was given last. */
  long lastId() {
    return lastId;
  }

  /** When each track's data classes were last told to each partner. */
  SortedMap<Nation, TracksState<SortedMap<Report.DataClass, UtcTime>>> lastTold() {
    SortedMap<Nation, TracksState<SortedMap<Report.DataClass, UtcTime>>> out = new TreeMap<>();
    lastTold.forEach((partner, tracks) -> out.put(partner, tracks.state()));
    return out;
  }

  /** Whether something may be due. */
  boolean isDue(UtcTime now) {
    return now.nanos() >= earliestNs;
  }

  /** Counted by partner, so that what waits for one changes nothing for another. */
  boolean isFull(Nation partner) {
    return counts.getOrDefault(partner, 0) >= MOST;
  }

  /** Takes out the older report, waiting for the same, whose place a newer one takes. */
  Optional<Pending> takeOlder(For what, Nation partner, Report report) {
    Optional<Pending> older =
        Optional.ofNullable(replaceable(what).get(new Flow(partner, report)))
            .map(id -> entries.get(id));
    older.ifPresent(this::remove);
    return older;
  }

  /**
   * Holds a report for a person.
   *
   * @param older what it takes the place of, if anything, with its number; taken out before
   */
  HeldReport hold(
      Nation partner,
      Report report,
      ReleaseContext context,
      ReleaseDecision.Hold decision,
      UtcTime now,
      Optional<HeldReport> older) {
    long id = older.map(HeldReport::id).orElseGet(() -> ++lastId);
    HeldReport held = HeldReport.of(id, partner, report, context, decision, now, older);
    put(
        new Pending(
            id,
            For.PERSON,
            partner,
            report,
            context,
            decision.rule(),
            decision.clause(),
            decision.deadline(),
            Optional.of(held)));
    return held;
  }

  /** Delays a report. */
  void delay(Nation partner, Report report, ReleaseContext context, ReleaseDecision.Later d) {
    put(
        new Pending(
            ++lastId,
            For.DELAY,
            partner,
            report,
            context,
            d.rule(),
            d.clause(),
            d.at(),
            Optional.empty()));
  }

  /** When the next report of its kind may be told. */
  Optional<UtcTime> turn(Nation partner, Report report, double limitRateS, UtcTime now) {
    TrackMap<SortedMap<Report.DataClass, UtcTime>> of = lastTold.get(partner);
    return Optional.ofNullable(of)
        .flatMap(m -> m.get(report.header().track()))
        .map(m -> m.get(report.dataClass()))
        .map(last -> last.plusSeconds(limitRateS))
        .filter(turn -> turn.isAfter(now));
  }

  /** Lets a report wait for its turn. */
  void awaitTurn(
      Nation partner,
      Report report,
      ReleaseContext context,
      ReleaseDecision.Release d,
      UtcTime turn) {
    put(
        new Pending(
            ++lastId,
            For.TURN,
            partner,
            report,
            context,
            d.rule(),
            d.clause(),
            turn,
            Optional.empty()));
  }

  /** Notes that one of a limited kind is told. */
  void told(Nation partner, Report report, UtcTime now) {
    TrackMap<SortedMap<Report.DataClass, UtcTime>> of =
        lastTold.computeIfAbsent(partner, n -> new TrackMap<>());
    TrackId track = report.header().track();
    SortedMap<Report.DataClass, UtcTime> classes =
        of.get(track).map(TreeMap::new).orElseGet(TreeMap::new);
    classes.put(report.dataClass(), now);
    of.put(track, classes);
  }

  /** Takes out what is due, in the order it came. */
  List<Pending> takeDue(UtcTime now) {
    List<Pending> due = entries.values().stream().filter(e -> !e.at().isAfter(now)).toList();
    due.forEach(this::remove);
    lookAgain();
    return due;
  }

  /** What waits for a person, oldest first. */
  List<HeldReport> held() {
    return entries.values().stream().flatMap(e -> e.held().stream()).toList();
  }

  /** What waits for a person under an id. */
  Pending held(long id) {
    Pending e = entries.get(id);
    if (e == null || e.held().isEmpty()) {
      throw new RefusedOrderException(
          "no report is held under number "
              + id
              + ": it was released or refused, or its deadline has passed");
    }
    return e;
  }

  /** Notes that a person released a report. */
  void update(Pending e, HeldReport held) {
    put(e.of(e.report(), Optional.of(held)));
  }

  /** What waits of a track has the label that its originator has given it since. */
  void relabel(Report.Relabel change) {
    entries.replaceAll(
        (id, e) -> {
          Report report = Reports.relabelled(e.report(), change);
          return e.of(report, e.held().map(h -> h.of(report)));
        });
  }

  /** The node's clock jumps: nothing has waited longer, and nothing is due, by that. */
  void clockCorrected(Restamp r) {
    entries.replaceAll(
        (id, e) -> {
          UtcTime made = e.report().header().createdAt();
          Report report = r.waiting(e.report());
          UtcTime at = r.until(e.at(), made);
          UtcTime since = e.held().map(h -> r.until(h.since(), made)).orElse(at);
          return new Pending(
              id,
              e.what(),
              e.partner(),
              report,
              e.context(),
              e.rule(),
              e.clause(),
              at,
              e.held().map(h -> h.of(report, at, since)));
        });
    lastTold.values().forEach(tracks -> tracks.replaceAll((track, of) -> r.waiting(of)));
    lookAgain();
  }

  private void lookAgain() {
    earliestNs =
        entries.values().stream().mapToLong(e -> e.at().nanos()).min().orElse(Long.MAX_VALUE);
  }

  private void put(Pending e) {
    if (entries.put(e.id(), e) == null) {
      counts.merge(e.partner(), 1, Integer::sum);
    }
    if (isReplaceable(e)) {
      replaceable(e.what()).put(new Flow(e.partner(), e.report()), e.id());
    }
    earliestNs = Math.min(earliestNs, e.at().nanos());
  }

  /** Forgets one that waits. What was the earliest stays the next moment to look. */
  void remove(Pending e) {
    if (entries.remove(e.id()) != null) {
      counts.merge(e.partner(), -1, Integer::sum);
    }
    if (isReplaceable(e)) {
      replaceable(e.what()).remove(new Flow(e.partner(), e.report()));
    }
  }

  private SortedMap<Flow, Long> replaceable(For what) {
    return replaceable.computeIfAbsent(what, w -> new TreeMap<>());
  }

  /** Of what is delayed each is told, and so is each notice. */
  private static boolean isReplaceable(Pending e) {
    return e.what() != For.DELAY && !(e.report() instanceof Report.Notice);
  }
}
