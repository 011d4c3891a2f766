package parallax.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.engine.ReleasesState.For;
import parallax.engine.ReleasesState.Missed;
import parallax.engine.ReleasesState.Pending;
import parallax.engine.ReleasesState.Unconfirmed;
import parallax.link.Lane;
import parallax.model.ImpactPointPrediction;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.model.TrackId;
import parallax.model.UtcTime;
import parallax.release.ReleaseContext;
import parallax.release.ReleaseDecision;
import parallax.release.Releaser;
import parallax.release.Releaser.Stage;

/**
 * What of the nation's own reports each partner is told: asks the releaser, numbers what it lets
 * go, holds back while a partner is suspended, and keeps account of what was told and taken back.
 */
final class Releases {
  /** The rule named for what is not told to a suspended partner. */
  static final String SUSPENDED_RULE = "(suspended)";

  /** The rule named for what is not told of a recalled track. */
  static final String RECALLED_RULE = "(recalled)";

  /** The rule named for what is not told because of a fault in this software. */
  static final String FAULT_RULE = "(fault)";

  private final Streams streams;
  private final Faults faults;
  private final PendingReports pending;
  private final MissedReports missed;
  private final UnconfirmedNotices unconfirmed;
  private final TakenBack takenBack;

  /** What is urgent to each partner, by what that partner was told. */
  private final SortedMap<Nation, Urgency> urgencies = new TreeMap<>();

  /**
   * What data classes of which track each partner was told of. The sets are replaced and never
   * changed.
   */
  private final SortedMap<Nation, TrackMap<Set<Report.DataClass>>> told = new TreeMap<>();

  /**
   * What came of offering a report to all partners.
   *
   * @param partners how many there are
   * @param asRead the report as each partner reads it that was told it at once
   */
  record Told(int partners, List<Report> asRead) {
    /** There is nobody to tell. */
    static final Told NOBODY = new Told(0, List.of());

    /** The report as all partners read it; empty when one was not told, or was told otherwise. */
    Optional<Report> alikeToAll() {
      if (asRead.isEmpty() || asRead.size() != partners) {
        return Optional.empty();
      }
      Report first = asRead.getFirst();
      return asRead.stream().allMatch(first::equals) ? Optional.of(first) : Optional.empty();
    }
  }

  /** With what another had told, held back and taken back. */
  Releases(ReleasesState state, Streams streams, Faults faults) {
    this.streams = streams;
    this.faults = faults;
    pending = new PendingReports(state);
    missed = new MissedReports(state.missed());
    unconfirmed = new UnconfirmedNotices(state);
    takenBack = new TakenBack(state.takenBack());
    state.lastUrgent().forEach((partner, last) -> urgencies.put(partner, new Urgency(last)));
    state.told().forEach((partner, tracks) -> told.put(partner, new TrackMap<>(tracks)));
  }

  /** As it stands. */
  ReleasesState state() {
    SortedMap<Nation, TracksState<ImpactPointPrediction>> lastUrgent = new TreeMap<>();
    urgencies.forEach((partner, u) -> lastUrgent.put(partner, u.state()));
    SortedMap<Nation, TracksState<Set<Report.DataClass>>> toldOf = new TreeMap<>();
    told.forEach((partner, tracks) -> toldOf.put(partner, tracks.state()));
    return new ReleasesState(
        pending.all(),
        pending.lastId(),
        pending.lookAtNs(),
        pending.lastTold(),
        missed.state(),
        unconfirmed.all(),
        unconfirmed.ended(),
        takenBack.state(),
        lastUrgent,
        toldOf);
  }

  /** Whether an own track was recalled as a whole. */
  boolean isRecalled(TrackId track) {
    return takenBack.isWhole(track);
  }

  /** Whether any partner was ever told anything of an own track. */
  boolean wasTold(TrackId track) {
    return told.values().stream().anyMatch(t -> t.contains(track));
  }

  /** Offers a report to each partner. */
  Told offer(
      Releaser releaser, Report report, ReleaseContext context, UtcTime now, List<Effect> out) {
    List<Report> asRead = new ArrayList<>();
    for (Nation partner : streams.partners()) {
      offer(releaser, report, context, partner, Stage.NEW, now, out).ifPresent(asRead::add);
    }
    return new Told(streams.partners().size(), asRead);
  }

  /** Offers a report to one partner; returns it as the partner reads it, if it is told at once. */
  private Optional<Report> offer(
      Releaser releaser,
      Report report,
      ReleaseContext context,
      Nation partner,
      Stage progress,
      UtcTime now,
      List<Effect> out) {
    if (takenBack.isWhole(report.header().track())) {
      withheld(partner, report, RECALLED_RULE, "notices", "the track was recalled", now, out);
      return Optional.empty();
    }
    if (missed.isSuspended(partner)) {
      miss(partner, report, context, now, out);
      return Optional.empty();
    }
    return decide(
        () -> releaser.decide(report, context, partner, now, progress),
        report,
        context,
        partner,
        now,
        out);
  }

  private void miss(
      Nation partner, Report report, ReleaseContext context, UtcTime now, List<Effect> out) {
    missed.add(partner, report, context);
    withheld(partner, report, SUSPENDED_RULE, "suspension", "the partner is suspended", now, out);
  }

  /** What a decision comes from. */
  @FunctionalInterface
  private interface Decider {
    ReleaseDecision decide();
  }

  /**
   * Decides about a report and carries the decision out. Where that fails on a fault of this
   * software the report is withheld. A fault that leaves a number without its record is thrown on:
   * that must never become durable.
   */
  private Optional<Report> decide(
      Decider decider,
      Report report,
      ReleaseContext context,
      Nation partner,
      UtcTime now,
      List<Effect> out) {
    long numbered = streams.numbered(partner);
    try {
      return carryOut(decider.decide(), report, context, partner, now, out);
    } catch (RuntimeException e) {
      if (streams.numbered(partner) != numbered) {
        throw e;
      }
      faults.tell(
          report.dataClass() + " of track " + report.header().track() + " for " + partner,
          "It is withheld from this partner; everything else goes on.",
          e,
          out);
      withheld(partner, report, FAULT_RULE, "fault", "a fault in this software", now, out);
      return Optional.empty();
    }
  }

  private static void withheld(Pending p, String reason, UtcTime now, List<Effect> out) {
    withheld(p.partner(), p.report(), p.rule(), p.clause(), reason, now, out);
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
                ? pending.turn(partner, report, r.limitRateS().getAsDouble(), now)
                : Optional.empty();
        if (turn.isEmpty()) {
          return Optional.of(tell(r, report, partner, now, out));
        }
        awaitTurn(r, report, context, partner, turn.get(), now, out);
      }
      case ReleaseDecision.Hold h -> {
        Optional<Pending> older = takeOlder(For.PERSON, partner, report, now, out);
        String reason = PendingReports.FULL;
        if (!pending.isFull(partner)) {
          HeldReport held =
              pending.hold(partner, report, context, h, now, older.flatMap(Pending::held));
          reason = "held as " + held.id() + " until " + h.deadline();
          if (older.isEmpty()) {
            out.add(
                new Effect.NoticeRaised(
                    Effect.NoticeKind.REPORT_HELD,
                    "held report "
                        + held
                        + " waits for "
                        + (held.twoPerson() ? "two people" : "a person")
                        + " to release it until "
                        + held.deadline()
                        + ", by rule "
                        + held.rule()));
          }
        }
        withheld(partner, report, h.rule(), h.clause(), reason, now, out);
      }
      case ReleaseDecision.Later l -> {
        String reason = PendingReports.FULL;
        if (!pending.isFull(partner)) {
          pending.delay(partner, report, context, l);
          reason = "delayed until " + l.at();
        }
        withheld(partner, report, l.rule(), l.clause(), reason, now, out);
      }
      case ReleaseDecision.Withhold w ->
          withheld(partner, report, w.rule(), w.clause(), w.reason(), now, out);
    }
    return Optional.empty();
  }

  private Optional<Pending> takeOlder(
      For what, Nation partner, Report report, UtcTime now, List<Effect> out) {
    Optional<Pending> older = pending.takeOlder(what, partner, report);
    String place = what == For.TURN ? "turn" : "place";
    older.ifPresent(p -> withheld(p, "a newer report takes its " + place, now, out));
    return older;
  }

  private Report tell(
      ReleaseDecision.Release r, Report report, Nation partner, UtcTime now, List<Effect> out) {
    Report asRead = r.released().value();
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
    if (streams.isFollowing()) {
      return asRead; // what was told is taken over
    }
    Lane lane = urgencies.computeIfAbsent(partner, n -> new Urgency()).laneOf(asRead);
    Effect.OutboxAppended appended = streams.enqueue(partner, r.released(), lane);
    out.add(appended);
    if (report instanceof Report.Notice n) {
      unconfirmed.add(partner, appended.seq(), n);
    } else {
      noteTold(partner, report);
    }
    if (r.limitRateS().isPresent()) {
      pending.told(partner, report, now);
    }
    return asRead;
  }

  /** Takes over what a partner was told. */
  void adopt(Effect.OutboxAppended o) {
    Nation partner = o.stream().recipient();
    Report report = streams.adopt(o).orElse(null);
    if (report == null) {
      return;
    }
    var unused = urgencies.computeIfAbsent(partner, n -> new Urgency()).laneOf(report);
    if (report instanceof Report.Notice n) {
      unconfirmed.add(partner, o.seq(), n);
    } else {
      noteTold(partner, report);
    }
  }

  private void noteTold(Nation partner, Report report) {
    TrackMap<Set<Report.DataClass>> tracks = told.computeIfAbsent(partner, n -> new TrackMap<>());
    TrackId track = report.header().track();
    Set<Report.DataClass> before = tracks.get(track).orElse(Set.of());
    tracks.put(track, before.contains(report.dataClass()) ? before : with(before, report));
  }

  private static Set<Report.DataClass> with(Set<Report.DataClass> before, Report report) {
    EnumSet<Report.DataClass> classes = EnumSet.of(report.dataClass());
    classes.addAll(before);
    return Collections.unmodifiableSet(classes);
  }

  private void awaitTurn(
      ReleaseDecision.Release r,
      Report report,
      ReleaseContext context,
      Nation partner,
      UtcTime turn,
      UtcTime now,
      List<Effect> out) {
    var unused = takeOlder(For.TURN, partner, report, now, out);
    String reason = PendingReports.FULL;
    if (!pending.isFull(partner)) {
      pending.awaitTurn(partner, report, context, r, turn);
      reason = "waits for its turn at " + turn;
    }
    withheld(partner, report, r.rule(), r.clause(), reason, now, out);
  }

  /** Whether something that waits may be due. */
  boolean isDue(UtcTime now) {
    return pending.isDue(now);
  }

  /** Decides anew what has waited for a delay or its turn, and withholds what nobody released. */
  void tellDue(Optional<Releaser> releaser, UtcTime now, List<Effect> out) {
    if (!pending.isDue(now)) {
      return;
    }
    for (Pending p : pending.takeDue(now)) {
      if (p.held().isPresent()) {
        withheld(p, "nobody released it in time", now, out);
        out.add(
            new Effect.NoticeRaised(
                Effect.NoticeKind.REPORT_HELD,
                "held report " + p.held().get() + " is withheld: nobody released it in time"));
      } else {
        goOn(releaser, p, Stage.DELAYED, now, out);
      }
    }
  }

  private void goOn(
      Optional<Releaser> releaser, Pending p, Stage progress, UtcTime now, List<Effect> out) {
    if (releaser.isEmpty() || !streams.isOpen(p.partner())) {
      withheld(p.partner(), p.report(), p.rule(), "parties", "no agreement is in force", now, out);
    } else if (takenBack.holds(p.report())) {
      withheld(p.partner(), p.report(), RECALLED_RULE, "notices", "it was taken back", now, out);
    } else {
      offer(releaser.get(), p.report(), p.context(), p.partner(), progress, now, out);
    }
  }

  /** A partner knows nothing any more of what it was told. */
  void startOver(Nation partner) {
    told.remove(partner);
    urgencies.remove(partner);
  }

  /** Offers to one partner what it has lost. */
  void offerTo(
      Nation partner,
      Releaser releaser,
      Report report,
      ReleaseContext context,
      UtcTime now,
      List<Effect> out) {
    var unused = offer(releaser, report, context, partner, Stage.NEW, now, out);
  }

  /** What waits for a person. */
  List<HeldReport> held() {
    return pending.held();
  }

  /** What waits for a person is withheld: the newest of its kind is offered again instead. */
  void askNoMore(TrackId track, Report.DataClass of, UtcTime now, List<Effect> out) {
    for (HeldReport h : pending.held()) {
      Report r = h.report();
      if (r.header().track().equals(track) && r.dataClass() == of) {
        Pending p = pending.held(h.id());
        pending.remove(p);
        withheld(p, "offered again under another label", now, out);
      }
    }
  }

  /** The newest notices, and what each partner made of them. */
  List<NoticeProgress> notices() {
    return unconfirmed.progress();
  }

  /** A person releases or refuses what is held; returns what came of it. */
  String answer(Releaser releaser, Order.Decide order, String by, UtcTime now, List<Effect> out) {
    return answer(releaser, pending.held(order.held()), order.answer(), by, now, out);
  }

  /** A person releases or refuses all that is held of a kind; returns what came of it. */
  String answer(
      Releaser releaser, Order.DecideAll order, String by, UtcTime now, List<Effect> out) {
    List<HeldReport> meant = pending.held().stream().filter(order::means).toList();
    if (meant.isEmpty()) {
      throw new RefusedOrderException("nothing of that kind is held");
    }
    List<String> results = new ArrayList<>();
    int refused = 0;
    for (HeldReport h : meant) {
      try {
        results.add(answer(releaser, pending.held(h.id()), order.answer(), by, now, out));
      } catch (RefusedOrderException e) {
        refused++;
        results.add("not done: " + e.getMessage());
      }
    }
    String all = String.join("\n", results);
    if (refused == meant.size()) {
      throw new RefusedOrderException(all);
    }
    return all;
  }

  private String answer(
      Releaser releaser, Pending p, Order.Answer answer, String by, UtcTime now, List<Effect> out) {
    HeldReport h = p.held().orElseThrow();
    if (!h.deadline().isAfter(now)) {
      throw new RefusedOrderException(
          "held report " + h + " was to be released by " + h.deadline() + "; it is withheld");
    }
    if (answer == Order.Answer.REFUSE) {
      pending.remove(p);
      withheld(p, "refused by " + by, now, out);
      return "held report " + h + " is refused: " + p.partner() + " is not told it";
    }
    if (h.releasedBy().contains(by)) {
      throw new RefusedOrderException(
          by + " released held report " + h + " before; a second person must release it too");
    }
    HeldReport released = h.releasedBy(by);
    if (!released.isReleased()) {
      pending.update(p, released);
      withheld(p, "released by " + by + "; a second person must release it too", now, out);
      return "held report " + h + " is released by " + by + "; a second person must release it too";
    }
    pending.remove(p);
    Stage progress = released.releasedBy().size() > 1 ? Stage.APPROVED_BY_TWO : Stage.APPROVED;
    goOn(Optional.of(releaser), p, progress, now, out);
    return "held report " + h + " is released for " + p.partner();
  }

  /** Tells a notice to every partner that was told anything of its track; returns how many. */
  int notify(Releaser releaser, Report.Notice notice, UtcTime now, List<Effect> out) {
    switch (notice) {
      case Report.Recall r -> takenBack.add(r);
      case Report.Relabel r -> relabel(r);
      case Report.Correction c -> {}
    }
    int count = 0;
    for (Nation partner : streams.partners()) {
      count += notify(releaser, notice, partner, now, out) ? 1 : 0;
    }
    return count;
  }

  /** What is not told yet, or may have to be told again, has the new label from here on. */
  private void relabel(Report.Relabel change) {
    pending.relabel(change);
    missed.relabel(change);
    unconfirmed.relabel(change);
  }

  /** The node's clock jumps: what is not told yet was made as long ago as before. */
  void clockCorrected(Restamp r) {
    pending.clockCorrected(r);
    missed.clockCorrected(r);
    takenBack.clockCorrected(r);
    unconfirmed.clockCorrected(r);
  }

  private boolean notify(
      Releaser releaser, Report.Notice notice, Nation partner, UtcTime now, List<Effect> out) {
    if (missed.isSuspended(partner)) {
      miss(partner, notice, ReleaseContext.unknown(), now, out);
      return false;
    }
    return decide(
            () -> releaser.decideNotice(notice, wasTold(partner, notice), partner, now),
            notice,
            ReleaseContext.unknown(),
            partner,
            now,
            out)
        .isPresent();
  }

  /** Whether a partner was told what a notice takes back or changes. */
  private boolean wasTold(Nation partner, Report.Notice notice) {
    TrackMap<Set<Report.DataClass>> tracks = told.get(partner);
    Optional<Set<Report.DataClass>> classes =
        tracks == null ? Optional.empty() : tracks.get(notice.header().track());
    return classes.isPresent()
        && switch (notice) {
          case Report.Recall r -> r.of().map(classes.get()::contains).orElse(true);
          case Report.Correction c -> classes.get().contains(c.corrected().dataClass());
          case Report.Relabel r -> true;
        };
  }

  /** Suspends a partner. */
  void suspend(Order.Suspend order, boolean announced, long wallNs, List<Effect> out) {
    Nation partner = order.partner();
    if (order.direction().sends()) {
      missed.begin(partner);
      out.addAll(streams.suspendSending(partner, announced, order.reason(), wallNs));
    }
    if (order.direction().receives()) {
      out.addAll(streams.suspendReceiving(partner, announced, order.reason(), wallNs));
    }
  }

  /**
   * Resumes a partner; what was held back is decided anew, as if it were told now. Notices are told
   * in any case.
   */
  void resume(Releaser releaser, Order.Resume order, UtcTime now, long wallNs, List<Effect> out) {
    Nation partner = order.partner();
    if (!streams.isSuspended(partner)) {
      throw new RefusedOrderException(partner + " is not suspended");
    }
    Optional<UtcTime> dropBefore =
        switch (order.backfill()) {
          case NONE -> Optional.of(new UtcTime(Long.MAX_VALUE));
          case ALL -> Optional.empty();
          case SINCE -> order.since();
        };
    List<Missed> all = missed.end(partner);
    out.addAll(streams.resume(partner, dropBefore, wallNs));
    for (Missed m : all) {
      Report report = m.report();
      if (report instanceof Report.Notice n) {
        notify(releaser, n, partner, now, out);
      } else if (!takenBack.holds(report)
          && dropBefore.filter(d -> report.header().createdAt().isBefore(d)).isEmpty()) {
        decide(
            () -> releaser.decide(report, m.context(), partner, now),
            report,
            m.context(),
            partner,
            now,
            out);
      }
    }
  }

  /**
   * Looks which notices partners hold by now. One that was given up with what waited is told again.
   *
   * @param out the effects of the input so far; what follows is added
   */
  void settleNotices(Optional<Releaser> releaser, UtcTime now, List<Effect> out) {
    if (unconfirmed.isEmpty()) {
      return;
    }
    for (Effect e : List.copyOf(out)) {
      if (e instanceof Effect.GapRecorded g && g.stream().lane() == Lane.URGENT) {
        for (Unconfirmed u : unconfirmed.takeLost(g)) {
          releaser.ifPresent(r -> notify(r, u.notice(), u.partner(), now, out));
        }
      }
    }
    unconfirmed.confirm(streams, out);
  }
}
