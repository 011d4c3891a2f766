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
import parallax.engine.Order.Answer;
import parallax.model.Report;
import parallax.model.UtcTime;

/** What the policy holds, delays, limits and sanitises, as partners see it. */
class ReleaseDeskTest {
  private static final String HELD =
      """
        - name: ask first
          dataClasses: [LAUNCH_POINT]
          to: [JPN]
          decision: hold
          hold: {deadlineS: 10, otherwise: withhold, twoPerson: false}
      """;

  private static Allies allies(String rules) {
    Allies a = new Allies();
    a.configure(
        KOR,
        a.configuration(KOR)
            .withPolicy(
                "name: Test\nversion: 1\nnation: KOR\nrules:\n"
                    + rules
                    + """
                      - name: all else
                        dataClasses: [LAUNCH_POINT, FLIGHT_PATH, IMPACT_POINT]
                        to: [JPN, USA]
                        decision: release
                    default: withhold
                    """));
    return a.start().joinAll().pass(2);
  }

  private static String lastReason(Allies a) {
    return a.decisions(KOR, JPN).getLast().reason();
  }

  private static Effect.OrderAnswered decide(Allies a, long id, Answer answer, String by) {
    List<Effect> all = a.step(KOR, new Input.Ordered(by, new Order.Decide(id, answer)));
    a.step(KOR, new Input.Flush());
    return Desk.of(Effect.OrderAnswered.class, all).getFirst();
  }

  @Test
  void whatIsHeldIsToldOnceAPersonReleasesIt() {
    Allies a = allies(HELD);
    a.file(KOR, Filed.launch(1));
    a.pass(3);
    assertEquals(0, a.told(KOR, JPN).size());
    assertEquals(1, a.told(KOR, USA).size());
    assertTrue(decide(a, 1, Answer.RELEASE, "officer").done());
    a.pass(1);
    assertEquals(a.told(KOR, USA), a.told(KOR, JPN));
    assertFalse(decide(a, 1, Answer.RELEASE, "officer").done());
    a.pass(20);
    assertEquals(1, a.told(KOR, JPN).size());
    a.requirePeace();
  }

  @Test
  void whatNobodyReleasesInTimeIsWithheld() {
    Allies a = allies(HELD);
    a.file(KOR, Filed.launch(1));
    a.pass(9);
    assertTrue(lastReason(a).startsWith("held as 1 until"), lastReason(a));
    a.pass(1);
    assertEquals("nobody released it in time", lastReason(a));
    assertFalse(decide(a, 1, Answer.RELEASE, "late").done());
    assertEquals(0, a.told(KOR, JPN).size());
  }

  @Test
  void whatIsRefusedIsNotTold() {
    Allies a = allies(HELD);
    a.file(KOR, Filed.launch(1));
    assertTrue(decide(a, 1, Answer.REFUSE, "officer").done());
    assertEquals("refused by officer", lastReason(a));
    assertFalse(decide(a, 1, Answer.RELEASE, "officer").done());
    a.pass(20);
    assertEquals(0, a.told(KOR, JPN).size());
  }

  private static final String ALL_HELD =
      """
        - name: ask first
          dataClasses: [LAUNCH_POINT, FLIGHT_PATH, IMPACT_POINT]
          to: [JPN]
          decision: hold
          hold: {deadlineS: 10, otherwise: withhold, twoPerson: false}
      """;

  @Test
  void newerReportOfATrackAndClassTakesThePlaceOfTheOlderUnderItsNumber() {
    Allies a = allies(ALL_HELD);
    a.file(KOR, Filed.all(1, a.now()));
    List<HeldReport> first = a.desk(KOR).engine().held();
    a.pass(4);
    a.file(KOR, Filed.all(1, a.now()));
    List<HeldReport> then = a.desk(KOR).engine().held();
    assertEquals(3, then.size(), then.toString());
    for (int i = 0; i < 3; i++) {
      assertEquals(first.get(i).id(), then.get(i).id());
      assertEquals(first.get(i).since(), then.get(i).since());
    }
    HeldReport path =
        then.stream()
            .filter(h -> h.report().dataClass() == Report.DataClass.FLIGHT_PATH)
            .findFirst()
            .orElseThrow();
    assertTrue(path.deadline().secondsSince(a.now()) > 9, "the newest has its own deadline");
    assertTrue(path.impactTime().isPresent() && path.launch().isPresent(), path.toString());
    assertTrue(
        a.decisions(KOR, JPN).stream()
            .anyMatch(d -> d.reason().equals("a newer report takes its place")));
    assertTrue(decide(a, path.id(), Answer.RELEASE, "officer").done());
    a.pass(1);
    assertEquals(
        path.report().header().createdAt(), a.told(KOR, JPN).getFirst().header().createdAt());
  }

  @Test
  void whoReleasedTheOlderReportHasReleasedTheNewerOfTheSameRuleAndLabelToo() {
    Allies a = allies(ALL_HELD.replace("twoPerson: false", "twoPerson: true"));
    a.file(KOR, Filed.all(1, a.now()));
    long id = a.desk(KOR).engine().held().getFirst().id();
    assertTrue(decide(a, id, Answer.RELEASE, "one").done());
    a.pass(2);
    a.file(KOR, Filed.all(1, a.now()));
    assertTrue(decide(a, id, Answer.RELEASE, "two").done());
    a.pass(1);
    assertEquals(1, a.told(KOR, JPN).size());
  }

  @Test
  void oneAnswerIsForAllThatIsHeldOfATrackOrByARule() {
    Allies a = allies(ALL_HELD);
    a.file(KOR, Filed.all(1, a.now()));
    a.file(KOR, Filed.all(2, a.now()));
    Order.DecideAll track =
        new Order.DecideAll(
            Optional.of(Filed.id(KOR, 1)), Optional.empty(), Optional.empty(), Answer.RELEASE);
    assertTrue(answered(a, track).done());
    assertEquals(3, a.desk(KOR).engine().held().size());
    Order.DecideAll rule =
        new Order.DecideAll(
            Optional.empty(), Optional.of(JPN), Optional.of("ask first"), Answer.REFUSE);
    assertTrue(answered(a, rule).done());
    assertEquals(0, a.desk(KOR).engine().held().size());
    assertFalse(answered(a, rule).done());
    a.pass(1);
    assertEquals(3, a.told(KOR, JPN).size());
  }

  private static Effect.OrderAnswered answered(Allies a, Order order) {
    List<Effect> all = a.step(KOR, new Input.Ordered("officer", order));
    a.step(KOR, new Input.Flush());
    return Desk.of(Effect.OrderAnswered.class, all).getFirst();
  }

  @Test
  void twoPeopleAreTwoDifferentPeople() {
    Allies a = allies(HELD.replace("twoPerson: false", "twoPerson: true"));
    a.file(KOR, Filed.launch(1));
    assertTrue(decide(a, 1, Answer.RELEASE, "one").done());
    assertFalse(decide(a, 1, Answer.RELEASE, "one").done());
    a.pass(1);
    assertEquals(0, a.told(KOR, JPN).size());
    assertTrue(decide(a, 1, Answer.RELEASE, "two").done());
    assertEquals(1, a.told(KOR, JPN).size());
  }

  @Test
  void aReleaseByOneDoesNotSatisfyARuleThatByNowAsksForTwo() {
    Allies a = allies(HELD);
    a.file(KOR, Filed.launch(1));
    NodeConfiguration before = a.configuration(KOR);
    a.configure(
        KOR, before.withPolicy(before.policy().replace("twoPerson: false", "twoPerson: true")));
    a.restart(KOR);
    assertTrue(decide(a, 1, Answer.RELEASE, "one").done());
    a.pass(1);
    assertEquals(0, a.told(KOR, JPN).size());
    assertTrue(lastReason(a).startsWith("held as 2"), lastReason(a));
    decide(a, 2, Answer.RELEASE, "one");
    decide(a, 2, Answer.RELEASE, "two");
    a.pass(3);
    assertEquals(1, a.told(KOR, JPN).size());
  }

  @Test
  void whatIsHeldOutlivesARestart() {
    Allies a = allies(HELD.replace("twoPerson: false", "twoPerson: true"));
    a.file(KOR, Filed.launch(1));
    decide(a, 1, Answer.RELEASE, "one");
    a.restart(KOR);
    assertFalse(decide(a, 1, Answer.RELEASE, "one").done());
    assertTrue(decide(a, 1, Answer.RELEASE, "two").done());
    a.pass(3);
    assertEquals(1, a.told(KOR, JPN).size());
    a.requirePeace();
  }

  @Test
  void aRecalledTrackIsNotReleasedAfterwards() {
    Allies a = allies(HELD);
    a.file(KOR, Filed.launch(1));
    a.order(
        KOR,
        new Order.Recall(
            Filed.id(KOR, 1), java.util.Optional.empty(), Report.RecallReason.MISTAKE));
    decide(a, 1, Answer.RELEASE, "officer");
    a.pass(2);
    assertEquals(0, a.told(KOR, JPN).size());
    assertEquals(2, a.told(KOR, USA).size());
  }

  @Test
  void whatIsDelayedIsToldAfterTheDelayAndNotBefore() {
    Allies a =
        allies(
            """
              - name: later
                dataClasses: [FLIGHT_PATH]
                to: [JPN]
                decision: sanitise
                sanitise: {delayS: 5, dropThreatClass: true}
            """);
    a.file(KOR, Filed.launch(1));
    a.file(KOR, Filed.path(1, a.now()));
    a.pass(4);
    assertEquals(1, a.told(KOR, JPN).size());
    a.pass(1);
    assertEquals(2, a.told(KOR, JPN).size());
    assertEquals("dropThreatClass, delayS 5.0", lastReason(a));
    a.requirePeace();
  }

  @Test
  void oneInAWhileIsToldAndItIsTheNewest() {
    Allies a =
        allies(
            """
              - name: now and then
                dataClasses: [FLIGHT_PATH]
                to: [JPN]
                decision: sanitise
                sanitise: {limitRateS: 10}
            """);
    a.file(KOR, Filed.launch(1));
    UtcTime first = a.now();
    for (int i = 0; i < 21; i++) {
      a.file(KOR, Filed.path(1, a.now()));
      a.pass(1);
    }
    List<Double> told =
        a.told(KOR, JPN).stream()
            .filter(Report.TrackReport.class::isInstance)
            .map(r -> r.header().createdAt().secondsSince(first))
            .map(s -> (double) Math.round(s))
            .toList();
    assertEquals(List.of(0.0, 9.0, 19.0), told);
    assertEquals(21, a.told(KOR, USA).size() - 1);
    a.requirePeace();
  }

  @Test
  void aNoticeOfOneDataClassGoesToWhomThatClassWasTold() {
    Allies a =
        allies(
            """
              - name: no impacts
                dataClasses: [IMPACT_POINT]
                to: [JPN]
                decision: withhold
            """);
    a.file(KOR, Filed.all(1, a.now()));
    a.pass(2);
    assertEquals(2, a.told(KOR, JPN).size());
    assertEquals(3, a.told(KOR, USA).size());
    a.order(KOR, new Order.Correct(a.told(KOR, USA).get(2)));
    a.order(
        KOR,
        new Order.Recall(
            Filed.id(KOR, 1),
            java.util.Optional.of(Report.DataClass.IMPACT_POINT),
            Report.RecallReason.MISTAKE));
    a.pass(2);
    assertEquals(2, a.told(KOR, JPN).size(), "nothing of an impact");
    assertEquals(5, a.told(KOR, USA).size());
    a.order(
        KOR,
        new Order.Recall(
            Filed.id(KOR, 1), java.util.Optional.empty(), Report.RecallReason.MISTAKE));
    a.pass(2);
    assertEquals(3, a.told(KOR, JPN).size());
    a.requirePeace();
  }

  @Test
  void aCorrectionThatByNowNoRuleTellsIsWithheld() {
    Allies a = allies("");
    a.file(KOR, Filed.all(1, a.now()));
    a.pass(2);
    Report impact = a.told(KOR, JPN).get(2);
    NodeConfiguration before = a.configuration(KOR);
    a.configure(
        KOR,
        before.withPolicy(
            before.policy().replace("[LAUNCH_POINT, FLIGHT_PATH, IMPACT_POINT]", "[FLIGHT_PATH]")));
    a.restart(KOR);
    a.pass(3);
    a.order(KOR, new Order.Correct(impact));
    a.pass(2);
    assertEquals(3, a.told(KOR, JPN).size());
    assertEquals("no national rule tells what it puts in place", lastReason(a));
  }

  @Test
  void whatIsApprovedUnderARuleWithADelayWaitsForItsEnd() {
    Allies a = allies(HELD);
    a.file(KOR, Filed.launch(1));
    NodeConfiguration before = a.configuration(KOR);
    a.configure(
        KOR,
        before.withPolicy(
            before
                .policy()
                .replace("decision: hold", "decision: sanitise")
                .replaceFirst("hold: \\{.*\\}", "sanitise: {delayS: 6}")));
    a.restart(KOR);
    assertTrue(decide(a, 1, Answer.RELEASE, "officer").done());
    a.pass(5);
    assertEquals(0, a.told(KOR, JPN).size());
    a.pass(3);
    assertEquals(1, a.told(KOR, JPN).size());
  }

  @Test
  void eachPartnerReadsWhatItsOwnRuleLeaves() {
    Allies a =
        allies(
            """
              - name: coarse
                dataClasses: [LAUNCH_POINT, IMPACT_POINT, FLIGHT_PATH]
                to: [JPN]
                decision: sanitise
                sanitise:
                  roundPosition: {gridKm: 20, velocityMps: 50}
                  covarianceFloorKm: 5
            """);
    a.file(KOR, Filed.all(1, a.now()));
    a.pass(2);
    assertEquals(3, a.told(KOR, JPN).size());
    Report.LaunchReport jpn = (Report.LaunchReport) a.told(KOR, JPN).getFirst();
    Report.LaunchReport usa = (Report.LaunchReport) a.told(KOR, USA).getFirst();
    assertFalse(jpn.launch().point().equals(usa.launch().point()));
    assertEquals(1e6 + 4e8 / 12, jpn.launch().eastNorthM2().get(0, 0), 1);
    a.order(KOR, new Order.Correct(usa));
    a.pass(2);
    Report.Correction c = (Report.Correction) a.told(KOR, JPN).getLast();
    assertEquals(jpn.launch(), ((Report.LaunchReport) c.corrected()).launch());
    a.requirePeace();
  }
}
