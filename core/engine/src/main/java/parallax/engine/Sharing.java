package parallax.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import parallax.link.Lane;
import parallax.link.Outgoing;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.model.TrackId;
import parallax.model.UtcTime;
import parallax.release.ReleaseContext;
import parallax.release.ReleaseDecision;
import parallax.release.Releaser;
import parallax.release.Releaser.Progress;

/**
 * What of the nation's own reports each partner is told: asks the releaser, numbers what it lets
 * go, holds back while a partner is suspended, and keeps account of what was taken back.
 */
final class Sharing {
  /** Most reports held for one suspended partner; beyond it the oldest are forgotten. */
  static final int MOST_HELD = 100_000;

  /** The rule named for what is not told to a suspended partner. */
  static final String SUSPENDED_RULE = "(suspended)";

  /** The rule named for what is not told of a recalled track. */
  static final String RECALLED_RULE = "(recalled)";

  private final Exchange exchange;
  private final Waiting waiting = new Waiting();

  /** What is urgent to each partner, by what that partner was told. */
  private final SortedMap<Nation, Urgency> urgencies = new TreeMap<>();

  /** What data classes of which track each partner was told of. */
  private final SortedMap<Nation, SortedMap<TrackId, EnumSet<Report.DataClass>>> told =
      new TreeMap<>();

  private final SortedMap<Nation, Deque<Held>> held = new TreeMap<>();
  private final SortedSet<TrackId> recalled = new TreeSet<>();

  /** Up to when what was made of a data class of a track was taken back. */
  private final SortedMap<TrackId, SortedMap<Report.DataClass, UtcTime>> takenBack =
      new TreeMap<>();

  private final List<Awaited> awaited = new ArrayList<>();

  /** A report not told to a suspended partner. */
  private record Held(Report report, ReleaseContext context) {}

  /** A notice that a partner does not hold yet. */
  private record Awaited(Nation partner, long seq, Report.Notice notice) {}

  Sharing(Exchange exchange) {
    this.exchange = exchange;
  }

  /** Whether an own track was recalled as a whole. */
  boolean isRecalled(TrackId track) {
    return recalled.contains(track);
  }

  /** Whether any partner was ever told anything of an own track. */
  boolean wasTold(TrackId track) {
    return told.values().stream().anyMatch(t -> t.containsKey(track));
  }

  /** Offers a report to each partner; returns it as told when every partner was told the same. */
  Optional<Report> offer(
      Releaser releaser, Report report, ReleaseContext context, UtcTime now, List<Effect> out) {
    Optional<Report> asTold = Optional.empty();
    boolean toAll = true;
    for (Nation partner : exchange.partners()) {
      Optional<Report> r = offer(releaser, report, context, partner, Progress.NEW, now, out);
      toAll &= r.isPresent() && (asTold.isEmpty() || asTold.equals(r));
      asTold = r.isPresent() ? r : asTold;
    }
    return toAll ? asTold : Optional.empty();
  }

  private Optional<Report> offer(
      Releaser releaser,
      Report report,
      ReleaseContext context,
      Nation partner,
      Progress progress,
      UtcTime now,
      List<Effect> out) {
    if (recalled.contains(report.header().track())) {
      withheld(partner, report, RECALLED_RULE, "notices", "the track was recalled", now, out);
      return Optional.empty();
    }
    if (held.containsKey(partner)) {
      hold(partner, new Held(report, context));
      withheld(partner, report, SUSPENDED_RULE, "suspension", "the partner is suspended", now, out);
      return Optional.empty();
    }
    ReleaseDecision decision = releaser.decide(report, context, partner, now, progress);
    return carryOut(decision, report, context, partner, now, out);
  }

  private void hold(Nation partner, Held h) {
    Deque<Held> all = held.computeIfAbsent(partner, n -> new ArrayDeque<>());
    all.addLast(h);
    if (all.size() > MOST_HELD) {
      forgetOldest(all);
    }
  }

  /** Notices are few, and without them a partner would go on by what was taken back. */
  private static void forgetOldest(Deque<Held> all) {
    for (Iterator<Held> i = all.iterator(); i.hasNext(); ) {
      if (!(i.next().report() instanceof Report.Notice)) {
        i.remove();
        return;
      }
    }
  }

  private static void withheld(
      Nation partner,
      Report report,
      String rule,
      String clause,
      String reason,
      UtcTime now,
      List<Effect> out) {
    out.add(
        new Effect.DecisionRecorded(
            now,
            partner,
            report.header().track(),
            report.dataClass(),
            false,
            rule,
            clause,
            reason));
  }

  /** Records a decision and numbers what it lets go; returns the report as the partner reads it. */
  private Optional<Report> carryOut(
      ReleaseDecision decision,
      Report report,
      ReleaseContext context,
      Nation partner,
      UtcTime now,
      List<Effect> out) {
    switch (decision) {
      case ReleaseDecision.Release r -> {
        Optional<UtcTime> turn =
            r.limitRateS().isPresent() && !(report instanceof Report.Notice)
                ? waiting.turn(partner, report, r.limitRateS().getAsDouble(), now)
                : Optional.empty();
        if (turn.isEmpty()) {
          return Optional.of(tell(r, report, partner, now, out));
        }
        awaitTurn(r, report, context, partner, turn.get(), now, out);
      }
      case ReleaseDecision.Hold h -> {
        String reason = "too much waits already";
        if (!waiting.isFull(partner)) {
          HeldReport held = waiting.hold(partner, report, context, h);
          reason = "held as " + held.id() + " until " + h.deadline();
        }
        withheld(partner, report, h.rule(), h.clause(), reason, now, out);
      }
      case ReleaseDecision.Later l -> {
        String reason = "too much waits already";
        if (!waiting.isFull(partner)) {
          waiting.delay(partner, report, context, l);
          reason = "delayed until " + l.at();
        }
        withheld(partner, report, l.rule(), l.clause(), reason, now, out);
      }
      case ReleaseDecision.Withhold w ->
          withheld(partner, report, w.rule(), w.clause(), w.reason(), now, out);
    }
    return Optional.empty();
  }

  private Report tell(
      ReleaseDecision.Release r, Report report, Nation partner, UtcTime now, List<Effect> out) {
    Report told = r.released().value();
    out.add(
        new Effect.DecisionRecorded(
            now,
            partner,
            report.header().track(),
            report.dataClass(),
            true,
            r.rule(),
            r.clause(),
            String.join(", ", r.transformations())));
    Lane lane = urgencies.computeIfAbsent(partner, n -> new Urgency()).laneOf(told);
    Effect.OutboxAppended appended = exchange.enqueue(partner, r.released(), lane);
    out.add(appended);
    if (report instanceof Report.Notice n) {
      awaited.add(new Awaited(partner, appended.seq(), n));
    } else {
      this.told
          .computeIfAbsent(partner, n -> new TreeMap<>())
          .computeIfAbsent(report.header().track(), t -> EnumSet.noneOf(Report.DataClass.class))
          .add(report.dataClass());
    }
    if (r.limitRateS().isPresent()) {
      waiting.told(partner, report, now);
    }
    return told;
  }

  private void awaitTurn(
      ReleaseDecision.Release r,
      Report report,
      ReleaseContext context,
      Nation partner,
      UtcTime turn,
      UtcTime now,
      List<Effect> out) {
    Optional<Waiting.Entry> replaced = waiting.await(partner, report, context, r, turn);
    replaced.ifPresent(
        e ->
            withheld(
                partner, e.report(), e.rule(), e.clause(), "a newer one took its turn", now, out));
    withheld(partner, report, r.rule(), r.clause(), "waits for its turn at " + turn, now, out);
  }

  /** Decides anew what has waited for a delay or its turn, and withholds what nobody released. */
  void tellDue(Optional<Releaser> releaser, UtcTime now, List<Effect> out) {
    if (!waiting.isDue(now)) {
      return;
    }
    for (Waiting.Entry e : waiting.takeDue(now)) {
      if (e.held().isPresent()) {
        withheld(
            e.partner(), e.report(), e.rule(), e.clause(), "nobody released it in time", now, out);
      } else {
        goOn(releaser, e, Progress.DELAYED, now, out);
      }
    }
  }

  private void goOn(
      Optional<Releaser> releaser,
      Waiting.Entry e,
      Progress progress,
      UtcTime now,
      List<Effect> out) {
    if (releaser.isEmpty() || !exchange.isOpen(e.partner())) {
      withheld(e.partner(), e.report(), e.rule(), "parties", "no agreement is in force", now, out);
    } else if (!isStillToBeTold(e.report(), Optional.empty())) {
      withheld(e.partner(), e.report(), RECALLED_RULE, "notices", "it was taken back", now, out);
    } else {
      offer(releaser.get(), e.report(), e.context(), e.partner(), progress, now, out);
    }
  }

  /** What waits for a person. */
  List<HeldReport> held() {
    return waiting.held();
  }

  /** What waits for a person is withheld: the newest of its kind is offered again instead. */
  void askNoMore(TrackId track, Report.DataClass of, UtcTime now, List<Effect> out) {
    for (HeldReport h : waiting.held()) {
      Report r = h.report();
      if (r.header().track().equals(track) && r.dataClass() == of) {
        Waiting.Entry e = waiting.held(h.id());
        waiting.remove(e);
        withheld(
            e.partner(), r, e.rule(), e.clause(), "offered again under another label", now, out);
      }
    }
  }

  /** A person releases or refuses what is held; returns what came of it. */
  String decide(Releaser releaser, Order.Decide order, String by, UtcTime now, List<Effect> out) {
    Waiting.Entry e = waiting.held(order.held());
    HeldReport h = e.held().orElseThrow();
    if (!h.deadline().isAfter(now)) {
      throw new RefusedOrderException("nobody released " + h.id() + " by " + h.deadline());
    }
    if (order.answer() == Order.Answer.REFUSE) {
      waiting.remove(e);
      withheld(e.partner(), e.report(), e.rule(), e.clause(), "refused by " + by, now, out);
      return h.id() + " is refused";
    }
    if (h.releasedBy().contains(by)) {
      throw new RefusedOrderException(by + " released " + h.id() + " before; another must too");
    }
    HeldReport released = h.releasedBy(by);
    if (!released.isReleased()) {
      waiting.update(e, released);
      return h.id() + " is released by " + by + "; another must release it too";
    }
    waiting.remove(e);
    Progress progress =
        released.releasedBy().size() > 1 ? Progress.APPROVED_BY_TWO : Progress.APPROVED;
    goOn(Optional.of(releaser), e, progress, now, out);
    return h.id() + " is released";
  }

  /** Tells a notice to every partner that was told anything of its track; returns how many. */
  int notify(Releaser releaser, Report.Notice notice, UtcTime now, List<Effect> out) {
    switch (notice) {
      case Report.Recall r -> takeBack(r);
      case Report.Relabel r -> relabel(r);
      case Report.Correction c -> {}
    }
    int count = 0;
    for (Nation partner : exchange.partners()) {
      count += notify(releaser, notice, partner, now, out) ? 1 : 0;
    }
    return count;
  }

  /** What is not told yet, or may have to be told again, has the new label from here on. */
  private void relabel(Report.Relabel change) {
    waiting.relabel(change);
    for (Deque<Held> all : held.values()) {
      List<Held> before = List.copyOf(all);
      all.clear();
      before.forEach(
          h -> all.addLast(new Held(Reports.relabelled(h.report(), change), h.context())));
    }
    awaited.replaceAll(
        a ->
            new Awaited(
                a.partner(), a.seq(), (Report.Notice) Reports.relabelled(a.notice(), change)));
  }

  private void takeBack(Report.Recall r) {
    TrackId track = r.header().track();
    if (r.of().isEmpty()) {
      recalled.add(track);
    } else {
      takenBack
          .computeIfAbsent(track, t -> new TreeMap<>())
          .merge(r.of().get(), r.madeUntil(), UtcTime::max);
    }
  }

  private boolean notify(
      Releaser releaser, Report.Notice notice, Nation partner, UtcTime now, List<Effect> out) {
    if (held.containsKey(partner)) {
      hold(partner, new Held(notice, ReleaseContext.unknown()));
      withheld(partner, notice, SUSPENDED_RULE, "suspension", "the partner is suspended", now, out);
      return false;
    }
    ReleaseDecision decision =
        releaser.decideNotice(notice, wasTold(partner, notice), partner, now);
    return carryOut(decision, notice, ReleaseContext.unknown(), partner, now, out).isPresent();
  }

  /** Whether a partner was told what a notice takes back or changes. */
  private boolean wasTold(Nation partner, Report.Notice notice) {
    SortedMap<TrackId, EnumSet<Report.DataClass>> tracks = told.get(partner);
    EnumSet<Report.DataClass> classes = tracks == null ? null : tracks.get(notice.header().track());
    return classes != null
        && switch (notice) {
          case Report.Recall r -> r.of().map(classes::contains).orElse(true);
          case Report.Correction c -> classes.contains(c.corrected().dataClass());
          case Report.Relabel r -> true;
        };
  }

  /** Suspends a partner. */
  void suspend(Order.Suspend order, boolean announced, long wallNs, List<Effect> out) {
    Nation partner = order.partner();
    if (order.direction().sends()) {
      held.putIfAbsent(partner, new ArrayDeque<>());
      out.addAll(exchange.suspendSending(partner, announced, order.reason(), wallNs));
    }
    if (order.direction().receives()) {
      out.addAll(exchange.suspendReceiving(partner, announced, order.reason(), wallNs));
    }
  }

  /**
   * Resumes a partner; what was held back is decided anew, as if it were told now. Notices are told
   * in any case.
   */
  void resume(Releaser releaser, Order.Resume order, UtcTime now, long wallNs, List<Effect> out) {
    Nation partner = order.partner();
    if (!exchange.isSuspended(partner)) {
      throw new RefusedOrderException(partner + " is not suspended");
    }
    Optional<UtcTime> dropBefore =
        switch (order.backfill()) {
          case NONE -> Optional.of(new UtcTime(Long.MAX_VALUE));
          case ALL -> Optional.empty();
          case SINCE -> order.since();
        };
    Deque<Held> missed = held.remove(partner);
    out.addAll(exchange.resume(partner, dropBefore, wallNs));
    if (missed == null) {
      return;
    }
    for (Held h : missed) {
      if (h.report() instanceof Report.Notice n) {
        notify(releaser, n, partner, now, out);
      } else if (isStillToBeTold(h.report(), dropBefore)) {
        ReleaseDecision decision = releaser.decide(h.report(), h.context(), partner, now);
        carryOut(decision, h.report(), h.context(), partner, now, out);
      }
    }
  }

  private boolean isStillToBeTold(Report report, Optional<UtcTime> dropBefore) {
    Report.Header h = report.header();
    SortedMap<Report.DataClass, UtcTime> back = takenBack.get(h.track());
    UtcTime until = back == null ? null : back.get(report.dataClass());
    return !recalled.contains(h.track())
        && (until == null || h.createdAt().isAfter(until))
        && !(dropBefore.isPresent() && h.createdAt().isBefore(dropBefore.get()));
  }

  /** Whether anything is awaited, so that {@link #settle} need be called. */
  boolean awaits() {
    return !awaited.isEmpty();
  }

  /**
   * Looks which notices partners hold by now. One that was given up with what waited is told again.
   *
   * @param out the effects of the input so far; what follows is added
   */
  void settle(Optional<Releaser> releaser, UtcTime now, List<Effect> out) {
    for (Effect e : List.copyOf(out)) {
      if (e instanceof Effect.GapRecorded g && g.stream().lane() == Lane.URGENT) {
        for (Awaited a : List.copyOf(awaited)) {
          if (a.partner().equals(g.stream().recipient())
              && g.from() <= a.seq()
              && a.seq() <= g.to()) {
            awaited.remove(a);
            releaser.ifPresent(r -> notify(r, a.notice(), a.partner(), now, out));
          }
        }
      }
    }
    for (Iterator<Awaited> i = awaited.iterator(); i.hasNext(); ) {
      Awaited a = i.next();
      Optional<Outgoing> o = exchange.outgoing(a.partner());
      if (o.isPresent() && o.get().on(Lane.URGENT).acknowledged() >= a.seq()) {
        i.remove();
        out.add(new Effect.NoticeApplied(a.partner(), a.notice().header().track(), a.seq()));
      }
    }
  }
}
