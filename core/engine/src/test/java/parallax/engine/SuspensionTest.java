package parallax.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static parallax.model.Nation.JPN;
import static parallax.model.Nation.KOR;
import static parallax.model.Nation.USA;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parallax.engine.Order.Backfill;
import parallax.engine.Order.Direction;
import parallax.link.Frame;
import parallax.link.GapReason;
import parallax.link.Lane;
import parallax.link.LinkHealth;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.model.UtcTime;

/** One partner is suspended by order, and resumed; the other notices nothing. */
class SuspensionTest {
  private static final Order.Suspend SEND = new Order.Suspend(JPN, Direction.SEND, "maintenance");

  private final Allies allies = new Allies();

  private Allies begun() {
    return allies.start().joinAll().pass(2);
  }

  private static Order.Resume resume(Nation partner, Backfill backfill) {
    return new Order.Resume(partner, backfill, Optional.empty());
  }

  private static String silent(Nation n) {
    return Party.policy(n).replace("suspension: announced", "suspension: silent");
  }

  private <F extends Frame> List<F> frames(Nation from, Nation to, Class<F> kind) {
    return allies.sent(from, to).stream()
        .map(Allies.Sent::frame)
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }

  private static Effect.OrderAnswered answer(List<Effect> effects) {
    return Desk.of(Effect.OrderAnswered.class, effects).get(0);
  }

  private List<LinkHealth> health(Nation at, Nation originator, Nation recipient) {
    return allies.desk(at).engine().health().stream()
        .filter(h -> h.stream().originator().equals(originator))
        .filter(h -> h.stream().recipient().equals(recipient))
        .toList();
  }

  @Test
  void takesEffectBeforeTheNextRecordLeaves() {
    begun().forget();
    allies.fileUnsent(KOR, Filed.launch(1));
    allies.order(KOR, SEND);
    allies.step(KOR, new Input.Flush());
    allies.pass(3);

    assertEquals(List.of(), frames(KOR, JPN, Frame.Batch.class));
    assertEquals(1, allies.taken(KOR, USA, Lane.URGENT));
    assertEquals(0, allies.taken(KOR, JPN, Lane.URGENT));
    allies.requirePeace();
  }

  @Test
  void whatIsUnderWayDoesNotArrive() {
    begun().forget();
    allies.file(KOR, Filed.launch(1));
    assertEquals(1, frames(KOR, JPN, Frame.Batch.class).size());

    allies.order(KOR, SEND);
    allies.pass(3);

    assertEquals(0, allies.taken(KOR, JPN, Lane.URGENT));
    allies.order(KOR, resume(JPN, Backfill.ALL));
    allies.pass(3);
    assertEquals(1, allies.taken(KOR, JPN, Lane.URGENT));
    allies.requirePeace();
  }

  @Test
  void nothingIsNumberedAndEveryDecisionIsRecorded() {
    begun();
    allies.order(KOR, SEND);
    allies.forget();
    allies.file(KOR, Filed.all(1, allies.now().plusSeconds(0)));
    allies.pass(2);

    assertEquals(List.of(), allies.numbered(KOR, JPN));
    List<Effect.DecisionRecorded> decisions = allies.decisions(KOR, JPN);
    assertEquals(3, decisions.size());
    for (Effect.DecisionRecorded d : decisions) {
      assertFalse(d.released());
      assertEquals("(suspended)", d.rule());
      assertEquals("suspension", d.clause());
    }
    assertEquals(3, allies.numbered(KOR, USA).size());
    assertTrue(health(KOR, KOR, JPN).stream().allMatch(LinkHealth::suspendedHere));
    assertTrue(health(KOR, KOR, USA).stream().noneMatch(LinkHealth::suspendedHere));
  }

  @Test
  void announcedSuspensionIsToldAtItsBeginningAndEnd() {
    begun().forget();
    Effect.OrderAnswered answer = answer(allies.order(KOR, SEND));
    allies.deliver();
    assertTrue(answer.done(), answer.detail());
    assertEquals("operator", answer.by());
    assertEquals(
        List.of(
            new Frame.Suspension(true, "maintenance"), new Frame.Suspension(true, "maintenance")),
        frames(KOR, JPN, Frame.Suspension.class));
    assertTrue(health(JPN, KOR, JPN).stream().allMatch(LinkHealth::suspendedByPartner));
    assertEquals(2, allies.notices(JPN, Effect.NoticeKind.SUSPENSION).size());

    allies.order(KOR, resume(JPN, Backfill.ALL));
    allies.deliver();
    assertTrue(health(JPN, KOR, JPN).stream().noneMatch(LinkHealth::suspendedByPartner));
    assertEquals(4, allies.notices(JPN, Effect.NoticeKind.SUSPENSION).size());
  }

  @Test
  void silentSuspensionLooksLikeQuiet() {
    allies.configure(KOR, allies.configuration(KOR).withPolicy(silent(KOR)));
    begun().forget();
    allies.order(KOR, SEND);
    allies.file(KOR, Filed.launch(1));
    allies.pass(15);

    assertEquals(List.of(), frames(KOR, JPN, Frame.Suspension.class));
    assertEquals(List.of(), frames(KOR, JPN, Frame.Batch.class));
    assertFalse(frames(KOR, JPN, Frame.Heartbeat.class).isEmpty());
    for (Frame.Heartbeat h : frames(KOR, JPN, Frame.Heartbeat.class)) {
      assertEquals(0, h.highWaterMark(), "nothing was numbered");
    }
    assertEquals(List.of(), allies.notices(JPN, Effect.NoticeKind.LINK_STATE));
    allies.requirePeace();
  }

  @Test
  void nothingIsTakenFromASuspendedPartner() {
    begun().forget();
    allies.order(JPN, new Order.Suspend(KOR, Direction.RECEIVE, "doubts"));
    allies.deliver();
    allies.file(KOR, Filed.launch(1));
    allies.file(JPN, Filed.launch(1));
    allies.pass(15);

    assertEquals(0, allies.taken(KOR, JPN, Lane.URGENT));
    assertEquals(1, allies.taken(JPN, KOR, Lane.URGENT), "it is told all the same");
    assertEquals(List.of(), frames(KOR, JPN, Frame.Batch.class), "it was asked not to");

    allies.order(JPN, resume(KOR, Backfill.ALL));
    allies.pass(3);
    assertEquals(1, allies.taken(KOR, JPN, Lane.URGENT));
    allies.requirePeace();
  }

  @Test
  void silentlyNothingIsHeardOfASuspendedPartner() {
    allies.configure(JPN, allies.configuration(JPN).withPolicy(silent(JPN)));
    begun().forget();
    allies.order(JPN, new Order.Suspend(KOR, Direction.RECEIVE, "doubts"));
    allies.file(KOR, Filed.launch(1));
    allies.pass(15);

    assertEquals(0, allies.taken(KOR, JPN, Lane.URGENT));
    assertEquals(List.of(), frames(JPN, KOR, Frame.Suspension.class));

    allies.order(JPN, resume(KOR, Backfill.ALL));
    allies.pass(15);
    assertEquals(1, allies.taken(KOR, JPN, Lane.URGENT));
    allies.requirePeace();
  }

  @Test
  void bothWaysAtOnce() {
    begun().forget();
    allies.order(JPN, new Order.Suspend(KOR, Direction.BOTH, "doubts"));
    allies.deliver();
    allies.file(KOR, Filed.launch(1));
    allies.file(JPN, Filed.launch(1));
    allies.pass(5);
    assertEquals(0, allies.taken(KOR, JPN, Lane.URGENT));
    assertEquals(0, allies.taken(JPN, KOR, Lane.URGENT));
    assertEquals(1, allies.taken(JPN, USA, Lane.URGENT));

    allies.order(JPN, resume(KOR, Backfill.ALL));
    allies.pass(3);
    assertEquals(1, allies.taken(KOR, JPN, Lane.URGENT));
    assertEquals(1, allies.taken(JPN, KOR, Lane.URGENT));
    allies.requirePeace();
  }

  @Test
  void survivesARestart() {
    begun();
    allies.order(KOR, SEND);
    allies.order(USA, new Order.Suspend(KOR, Direction.RECEIVE, "doubts"));
    allies.file(KOR, Filed.launch(1));
    allies.pass(2);
    allies.restart(KOR);
    allies.restart(USA);
    allies.forget();
    allies.file(KOR, Filed.launch(2));
    allies.pass(5);

    assertEquals(List.of(), frames(KOR, JPN, Frame.Batch.class));
    assertEquals(0, allies.taken(KOR, JPN, Lane.URGENT));
    assertEquals(0, allies.taken(KOR, USA, Lane.URGENT));
    assertEquals(List.of(), allies.numbered(KOR, JPN));

    allies.order(KOR, resume(JPN, Backfill.ALL));
    allies.pass(2);
    assertEquals(2, allies.taken(KOR, JPN, Lane.URGENT), "held across the restart");
  }

  /** Launches 1, 2 and 3, filed at 10, 20 and 30 s after the suspension. */
  private UtcTime threeLaunchesWhileSuspended() {
    begun();
    allies.order(KOR, SEND);
    UtcTime from = allies.now();
    for (int i = 1; i <= 3; i++) {
      allies.pass(10);
      allies.file(KOR, Filed.launch(i));
    }
    allies.forget();
    return from;
  }

  private List<Long> launchesTold() {
    return allies.told(KOR, JPN).stream()
        .map(r -> r.header().track().number() - FiledTrack.FIRST)
        .toList();
  }

  @Test
  void resumesWithNothingOfWhatWasNotTold() {
    threeLaunchesWhileSuspended();
    allies.order(KOR, resume(JPN, Backfill.NONE));
    allies.file(KOR, Filed.launch(4));
    allies.pass(2);
    assertEquals(List.of(4L), launchesTold());
    assertEquals(1, allies.taken(KOR, JPN, Lane.URGENT));
    allies.requirePeace();
  }

  @Test
  void resumesWithAllThatWasNotTold() {
    threeLaunchesWhileSuspended();
    allies.order(KOR, resume(JPN, Backfill.ALL));
    allies.file(KOR, Filed.launch(4));
    allies.pass(2);
    assertEquals(List.of(1L, 2L, 3L, 4L), launchesTold());
    assertEquals(4, allies.taken(KOR, JPN, Lane.URGENT));
    allies.requirePeace();
  }

  @Test
  void resumesWithWhatWasMadeSinceAMoment() {
    UtcTime from = threeLaunchesWhileSuspended();
    allies.order(KOR, new Order.Resume(JPN, Backfill.SINCE, Optional.of(from.plusSeconds(20))));
    allies.pass(2);
    assertEquals(List.of(2L, 3L), launchesTold());
    assertEquals(2, allies.taken(KOR, JPN, Lane.URGENT));
  }

  @Test
  void whatWaitedBeforeTheSuspensionIsDroppedWithTheRest() {
    begun();
    allies.cut(KOR, JPN);
    allies.file(KOR, Filed.launch(1));
    allies.order(KOR, SEND);
    allies.order(KOR, resume(JPN, Backfill.NONE));
    allies.mend(KOR, JPN);
    allies.pass(3);

    assertEquals(0, allies.taken(KOR, JPN, Lane.URGENT));
    for (Nation n : List.of(KOR, JPN)) {
      List<Effect.GapRecorded> gaps = allies.of(n, Effect.GapRecorded.class);
      assertEquals(1, gaps.size(), n + " records it");
      assertEquals(GapReason.SUSPENSION, gaps.get(0).reason());
      assertEquals(1, gaps.get(0).from());
      assertEquals(1, gaps.get(0).to());
    }
  }

  @Test
  void whatIsResumedIsDecidedByThePolicyInForceThen() {
    threeLaunchesWhileSuspended();
    String pathsOnly = Party.policy(KOR).replace("[LAUNCH_POINT, IMPACT_POINT]", "[IMPACT_POINT]");
    allies.configure(KOR, allies.configuration(KOR).withPolicy(pathsOnly));
    allies.restart(KOR);
    allies.forget();

    allies.order(KOR, resume(JPN, Backfill.ALL));
    allies.pass(3);

    assertEquals(List.of(), allies.numbered(KOR, JPN));
    assertEquals(3, allies.decisions(KOR, JPN).size());
    assertTrue(allies.decisions(KOR, JPN).stream().allMatch(d -> d.rule().equals("(default)")));
  }

  @Test
  void whatIsResumedIsDecidedByTheAgreementInForceThen() {
    threeLaunchesWhileSuspended();
    String narrow =
        Party.AGREEMENT
            .replace("version: 1", "version: 2")
            .replace("longestFlightS: 7200", "longestFlightS: 60");
    allies.pass(60);
    for (Nation n : Party.ALL) {
      allies.configure(n, Party.withAgreement(allies.configuration(n), narrow));
      allies.restart(n);
    }
    allies.forget();

    allies.order(KOR, resume(JPN, Backfill.ALL));
    allies.pass(3);

    assertEquals(List.of(), allies.numbered(KOR, JPN));
    assertEquals(
        List.of("scope.window.longestFlightS"),
        allies.decisions(KOR, JPN).stream()
            .map(Effect.DecisionRecorded::clause)
            .distinct()
            .toList());
  }

  @Test
  void anotherPartnerIsNeverResumedBySomeOrder() {
    begun().forget();
    for (Nation stranger : List.of(KOR, new Nation("AUS"))) {
      Effect.OrderAnswered suspended =
          answer(allies.order(KOR, new Order.Suspend(stranger, Direction.BOTH, "")));
      assertFalse(suspended.done());
      assertTrue(suspended.detail().contains("no partner"), suspended.detail());
      assertFalse(answer(allies.order(KOR, resume(stranger, Backfill.ALL))).done());
    }
  }

  @Test
  void resumingAPartnerThatIsNotSuspendedLosesNothing() {
    begun();
    allies.cut(KOR, JPN);
    allies.file(KOR, Filed.launch(1));
    Effect.OrderAnswered answer = answer(allies.order(KOR, resume(JPN, Backfill.NONE)));
    assertFalse(answer.done());
    assertTrue(answer.detail().contains("not suspended"), answer.detail());

    allies.order(KOR, new Order.Suspend(JPN, Direction.RECEIVE, "doubts"));
    assertTrue(answer(allies.order(KOR, resume(JPN, Backfill.NONE))).done());
    allies.mend(KOR, JPN);
    allies.pass(3);

    assertEquals(1, allies.taken(KOR, JPN, Lane.URGENT), "it was told all the while");
    assertEquals(List.of(), allies.of(KOR, Effect.GapRecorded.class));
  }

  @Test
  void oldestHeldReportsAreForgottenButNoNotice() {
    String nothing = Party.policy(KOR).replaceAll("(?s)rules:.*default:", "rules: []\ndefault:");
    begun();
    allies.file(KOR, Filed.launch(1));
    allies.pass(1);
    for (Nation n : List.of(JPN, USA)) {
      allies.order(KOR, new Order.Suspend(n, Direction.SEND, "maintenance"));
    }
    allies.order(
        KOR,
        new Order.Recall(Filed.id(KOR, 1), Optional.empty(), Report.RecallReason.FALSE_REPORT));
    for (int i = 0; i <= MissedReports.MOST; i++) {
      allies.desk(KOR).file(allies.now(), Filed.launch(2));
    }
    allies.configure(KOR, allies.configuration(KOR).withPolicy(nothing));
    allies.step(KOR, new Input.Configured(allies.configuration(KOR)));
    allies.forget();

    allies.order(KOR, resume(USA, Backfill.ALL));
    allies.order(KOR, resume(JPN, Backfill.NONE));

    assertTrue(
        allies.decisions(KOR, USA).size() <= MissedReports.MOST,
        "decided: " + allies.decisions(KOR, USA).size());
    for (Nation n : List.of(JPN, USA)) {
      assertEquals(
          List.of(Report.DataClass.NOTICE),
          allies.told(KOR, n).stream().map(Report::dataClass).toList());
    }
  }

  @Test
  void noticeThatWasLostIsNotNumberedWhileThePartnerIsSuspendedAgain() {
    begun();
    allies.file(KOR, Filed.launch(1));
    allies.pass(2);
    allies.cut(KOR, JPN);
    allies.order(
        KOR,
        new Order.Recall(Filed.id(KOR, 1), Optional.empty(), Report.RecallReason.FALSE_REPORT));
    allies.order(KOR, SEND);
    allies.order(KOR, resume(JPN, Backfill.NONE));
    allies.mend(KOR, JPN);
    allies.passUndelivered();
    while (allies.of(JPN, Effect.GapRecorded.class).isEmpty()) {
      allies.deliver(1);
    }
    allies.order(KOR, SEND);
    allies.forget();
    allies.pass(3);
    assertEquals(1, allies.of(KOR, Effect.GapRecorded.class).size(), "KOR knows by now");
    assertEquals(List.of(), allies.numbered(KOR, JPN));

    allies.order(KOR, resume(JPN, Backfill.NONE));
    allies.pass(3);
    assertEquals(
        List.of(Report.DataClass.NOTICE),
        allies.told(KOR, JPN).stream().map(Report::dataClass).toList());
    assertEquals(1, allies.of(KOR, Effect.NoticeApplied.class).size());
  }
}
