package parallax.engine;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.model.TrackId;
import parallax.model.UtcTime;
import parallax.release.ReleaseContext;
import parallax.release.ReleaseDecision;

/** What is not told yet: it waits for a person, for a delay to end, or for its turn. */
final class Waiting {
  /** Most that wait for one partner at once; beyond it nothing more is let in. */
  static final int MOST = 20_000;

  /** What something waits for. */
  enum For {
    PERSON,
    DELAY,
    TURN
  }

  /** One that waits, until {@code at}. */
  record Entry(
      long id,
      For what,
      Nation partner,
      Report report,
      ReleaseContext context,
      String rule,
      String clause,
      UtcTime at,
      Optional<HeldReport> held) {
    private Entry of(Report other, Optional<HeldReport> heldNow) {
      return new Entry(id, what, partner, other, context, rule, clause, at, heldNow);
    }
  }

  /** What at most one in a while is told of. */
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

  private final SortedMap<Long, Entry> entries = new TreeMap<>();
  private final SortedMap<Nation, Integer> counts = new TreeMap<>();
  private final SortedMap<Flow, UtcTime> lastTold = new TreeMap<>();
  private final SortedMap<Flow, Long> nextInTurn = new TreeMap<>();
  private long lastId;
  private long earliestNs = Long.MAX_VALUE;

  /** Whether something may be due. */
  boolean isDue(UtcTime now) {
    return now.nanos() >= earliestNs;
  }

  /** Counted by partner, so that what waits for one changes nothing for another. */
  boolean isFull(Nation partner) {
    return counts.getOrDefault(partner, 0) >= MOST;
  }

  /** Holds a report for a person. */
  HeldReport hold(
      Nation partner, Report report, ReleaseContext context, ReleaseDecision.Hold decision) {
    long id = ++lastId;
    HeldReport held =
        new HeldReport(
            id,
            partner,
            report,
            decision.rule(),
            decision.deadline(),
            decision.twoPerson(),
            new TreeSet<>());
    put(
        new Entry(
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
        new Entry(
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
    UtcTime last = lastTold.get(new Flow(partner, report));
    if (last == null) {
      return Optional.empty();
    }
    UtcTime turn = last.plusSeconds(limitRateS);
    return turn.isAfter(now) ? Optional.of(turn) : Optional.empty();
  }

  /** Lets a report wait for its turn; returns the older one whose place it takes. */
  Optional<Entry> await(
      Nation partner,
      Report report,
      ReleaseContext context,
      ReleaseDecision.Release d,
      UtcTime turn) {
    Flow flow = new Flow(partner, report);
    Long before = nextInTurn.get(flow);
    Entry replaced = before == null ? null : entries.get(before);
    if (replaced != null) {
      remove(replaced);
    }
    long id = ++lastId;
    put(
        new Entry(
            id, For.TURN, partner, report, context, d.rule(), d.clause(), turn, Optional.empty()));
    nextInTurn.put(flow, id);
    return Optional.ofNullable(replaced);
  }

  /** Notes that one of a limited kind is told. */
  void told(Nation partner, Report report, UtcTime now) {
    lastTold.put(new Flow(partner, report), now);
  }

  /** Takes out what is due, in the order it came. */
  List<Entry> takeDue(UtcTime now) {
    List<Entry> due = entries.values().stream().filter(e -> !e.at().isAfter(now)).toList();
    due.forEach(this::remove);
    earliestNs =
        entries.values().stream().mapToLong(e -> e.at().nanos()).min().orElse(Long.MAX_VALUE);
    return due;
  }

  /** What waits for a person, oldest first. */
  List<HeldReport> held() {
    return entries.values().stream().flatMap(e -> e.held().stream()).toList();
  }

  /** What waits for a person under an id. */
  Entry held(long id) {
    Entry e = entries.get(id);
    if (e == null || e.held().isEmpty()) {
      throw new RefusedOrderException("nothing is held as " + id);
    }
    return e;
  }

  /** Notes that a person released a report. */
  void update(Entry e, HeldReport held) {
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

  private void put(Entry e) {
    if (entries.put(e.id(), e) == null) {
      counts.merge(e.partner(), 1, Integer::sum);
    }
    earliestNs = Math.min(earliestNs, e.at().nanos());
  }

  /** Forgets one that waits. What was the earliest stays the next moment to look. */
  void remove(Entry e) {
    if (entries.remove(e.id()) != null) {
      counts.merge(e.partner(), -1, Integer::sum);
    }
    if (e.what() == For.TURN) {
      nextInTurn.remove(new Flow(e.partner(), e.report()));
    }
  }
}
