package parallax.warning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static parallax.warning.Scenes.LAUNCH;
import static parallax.warning.Scenes.area;
import static parallax.warning.Scenes.passing;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import parallax.model.Channel;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.model.TrackId;
import parallax.model.UtcTime;
import parallax.warning.Alert.MessageType;
import parallax.warning.AreaAtRisk.Kind;

class AlertBookTest {
  private static final String EVENT = "launch-1";
  private static final Evidence EVIDENCE =
      Evidence.of(new TrackId(Nation.KOR, 7), new TrackId(Nation.JPN, 3));
  private static final AreaAtRisk AOMORI = passing("JP-02", 400);
  private static final AreaAtRisk HOKKAIDO = passing("JP-01", 405);

  private final AlertBook book = new AlertBook(Nation.JPN, Channel.EXERCISE, AlertSettings.DEFAULT);

  private static UtcTime t(double s) {
    return LAUNCH.plusSeconds(s);
  }

  private List<AlertAction> at(double s, AreaAtRisk... areas) {
    return book.onAssessment(EVENT, EVIDENCE, List.of(areas), t(s));
  }

  /** One assessment a second from {@code from} up to but excluding {@code to}. */
  private List<AlertAction> each(double from, double to, AreaAtRisk... areas) {
    List<AlertAction> out = new ArrayList<>();
    for (double s = from; s < to; s++) {
      out.addAll(at(s, areas));
    }
    return out;
  }

  @Test
  void issuesWhenAnAreaIsNamedThreeTimesInARow() {
    assertEquals(List.of(), at(100, AOMORI));
    assertEquals(List.of(), at(101, AOMORI));
    Alert alert = assertInstanceOf(AlertAction.Issue.class, at(102, AOMORI).get(0)).alert();
    assertEquals(MessageType.ALERT, alert.messageType());
    assertEquals(List.of(AOMORI), alert.areas());
    assertEquals(List.of(), alert.references());
    assertEquals(Channel.EXERCISE, alert.channel());
    assertEquals(EVIDENCE, alert.evidence());
    assertEquals("parallax-JPN-EXERCISE-launch-1-0001", alert.identifier());
    assertEquals(alert, book.standing(EVENT).orElseThrow());
    assertEquals(List.of(), at(103, AOMORI));
  }

  @Test
  void aFlickerNeverWarns() {
    for (int i = 0; i < 100; i++) {
      assertEquals(List.of(), i % 3 == 2 ? at(100 + i) : at(100 + i, AOMORI));
    }
  }

  @Test
  void aBurstOfAssessmentsAtOnceDoesNotWarn() {
    for (int i = 0; i < 20; i++) {
      assertEquals(List.of(), at(100 + 0.05 * i, AOMORI));
    }
  }

  @Test
  void waitsForAsManyOriginatorsAsTheRuleDemands() {
    AlertBook strict =
        new AlertBook(Nation.JPN, Channel.REAL, new AlertSettings(1, 0, 1, 0, 2, 30, 5, 60));
    Evidence alone = Evidence.of(new TrackId(Nation.JPN, 3), new TrackId(Nation.JPN, 4));
    assertEquals(List.of(), strict.onAssessment(EVENT, alone, List.of(AOMORI), t(1)));
    assertEquals(1, strict.onAssessment(EVENT, EVIDENCE, List.of(AOMORI), t(2)).size());
  }

  @Test
  void updatesWhenAnAreaJoinsButNotMoreOftenThanAllowed() {
    each(100, 103, AOMORI);
    assertEquals(List.of(), each(103, 107, AOMORI, HOKKAIDO));
    Alert update =
        assertInstanceOf(AlertAction.Update.class, at(107, AOMORI, HOKKAIDO).get(0)).alert();
    assertEquals(List.of(HOKKAIDO.area(), AOMORI.area()), areasOf(update));
    assertEquals(1, update.references().size());
    assertEquals("parallax-JPN-EXERCISE-launch-1-0001", update.references().get(0).identifier());
    assertEquals("parallax-JPN-EXERCISE-launch-1-0002", update.identifier());
  }

  private static List<AdministrativeArea> areasOf(Alert a) {
    return a.areas().stream().map(AreaAtRisk::area).toList();
  }

  @Test
  void updatesWhenAWindowMovesMoreThanHalfAMinute() {
    each(100, 103, AOMORI);
    assertEquals(List.of(), each(110, 120, passing("JP-02", 425)));
    List<AlertAction> moved = each(120, 125, passing("JP-02", 435));
    assertEquals(1, moved.size());
    assertEquals(t(465), moved.get(0).alert().areas().get(0).latest());
  }

  @Test
  void aMissedAssessmentOrTwoWithdrawsNothing() {
    each(100, 103, AOMORI);
    assertEquals(List.of(), each(103, 107));
    assertEquals(List.of(), each(107, 110, AOMORI));
    assertEquals(List.of(), each(110, 114));
  }

  @Test
  void cancelsWhenNoAreaIsAtRiskAnyMore() {
    each(100, 103, AOMORI);
    List<AlertAction> actions = each(103, 120);
    assertEquals(1, actions.size());
    Alert cancel = assertInstanceOf(AlertAction.Cancel.class, actions.get(0)).alert();
    assertEquals(MessageType.CANCEL, cancel.messageType());
    assertEquals(List.of(AOMORI.area()), areasOf(cancel));
    assertEquals(t(107), cancel.sent());
    assertEquals(1, cancel.references().size());
    assertTrue(book.standing(EVENT).isEmpty());
  }

  @Test
  void warnsAgainAfterAWithdrawalUnderANewNumber() {
    each(100, 103, AOMORI);
    each(103, 120);
    List<AlertAction> again = each(120, 125, HOKKAIDO);
    Alert alert = assertInstanceOf(AlertAction.Issue.class, again.get(0)).alert();
    assertEquals("parallax-JPN-EXERCISE-launch-1-0003", alert.identifier());
    assertEquals(List.of(), alert.references());
  }

  @Test
  void aLostTrackDoesNotWithdrawAWarning() {
    each(100, 103, AOMORI);
    for (int i = 0; i < 60; i++) {
      assertEquals(List.of(), book.onInconclusive(EVENT, EVIDENCE, List.of(), t(103 + i)));
    }
    assertTrue(book.standing(EVENT).isPresent());
  }

  @Test
  void anOverflightUnderWayIsClearedNotWithdrawn() {
    each(100, 103, AOMORI, HOKKAIDO);
    assertEquals(List.of(), each(385, 440));
    assertEquals(List.of(), book.onTick(t(490)));
    List<AlertAction> clear = book.onTick(t(495));
    Alert alert = assertInstanceOf(AlertAction.AllClear.class, clear.get(0)).alert();
    assertEquals(MessageType.ALL_CLEAR, alert.messageType());
    assertEquals(List.of(HOKKAIDO.area(), AOMORI.area()), areasOf(alert));
    assertEquals(List.of(), book.onTick(t(600)));
    assertEquals(List.of(), each(600, 610, AOMORI));
  }

  @Test
  void aWindowThatHasBegunKeepsItsBeginning() {
    each(100, 103, AOMORI);
    List<AlertAction> actions = new ArrayList<>();
    for (double s = 371; s < 428; s++) {
      actions.addAll(at(s, new AreaAtRisk(area("JP-02"), Kind.OVERFLIGHT, 0.9, t(s), t(430))));
    }
    assertEquals(List.of(), actions);
  }

  @Test
  void theEndOfAnEventClearsOnceTheLastWindowIsOver() {
    each(100, 103, AOMORI);
    assertEquals(List.of(), book.onEnd(EVENT, t(420)));
    assertEquals(List.of(), at(421, HOKKAIDO));
    assertEquals(1, book.onTick(t(490)).size());
    each(100, 103, AOMORI);
    AlertBook other = new AlertBook(Nation.JPN, Channel.TEST, AlertSettings.DEFAULT);
    for (int s = 100; s < 103; s++) {
      other.onAssessment(EVENT, EVIDENCE, List.of(AOMORI), t(s));
    }
    assertInstanceOf(AlertAction.AllClear.class, other.onEnd(EVENT, t(431)).get(0));
  }

  @Test
  void aForgottenEventKeepsItsAlertUntilTheLastWindowIsOver() {
    each(100, 103, AOMORI);
    assertEquals(List.of(), book.forget(EVENT, t(420)));
    assertEquals(List.of(EVENT), book.standingEvents());

    assertInstanceOf(AlertAction.AllClear.class, book.onTick(EVENT, t(490)).get(0));

    assertEquals(List.of(), book.standingEvents());
    assertEquals(List.of(), book.forget(EVENT, t(491)), "nothing is left of it");
  }

  @Test
  void aPersonWithdrawsInOneActionAndItStaysWithdrawn() {
    each(100, 103, AOMORI);
    assertInstanceOf(AlertAction.Cancel.class, book.withdraw(EVENT, t(104)).get(0));
    assertEquals(List.of(), each(105, 120, AOMORI));
    assertEquals(List.of(), book.withdraw(EVENT, t(121)));
  }

  @Test
  void whatIsSaidAnewAfterEverythingWasTakenBackRaisesAnotherAlert() {
    each(100, 103, AOMORI);
    assertInstanceOf(AlertAction.Cancel.class, book.takeBack(EVENT, t(104)).get(0));
    assertEquals(List.of(), book.takeBack(EVENT, t(105)), "once");
    List<AlertAction> again = each(106, 109, AOMORI);
    assertEquals(1, again.size());
    assertInstanceOf(AlertAction.Issue.class, again.get(0));
    assertEquals(List.of(), again.get(0).references());
  }

  @Test
  void whatWasSeenBeforeItWasTakenBackConfirmsNothing() {
    each(100, 102, AOMORI);
    assertEquals(List.of(), book.takeBack(EVENT, t(102)));
    assertEquals(List.of(), each(103, 105, AOMORI));
  }

  private List<AlertAction> warn(String event, AreaAtRisk area) {
    List<AlertAction> out = List.of();
    for (int s = 100; s < 103; s++) {
      out = book.onAssessment(event, EVIDENCE, List.of(area), t(s));
    }
    return out;
  }

  @Test
  void twoWarnedEventsThatAreOneAreWarnedOfByOneUpdateOfBoth() {
    Alert a = warn("a", AOMORI).get(0).alert();
    Alert b = warn("b", HOKKAIDO).get(0).alert();
    List<AlertAction> joined = book.join("a", "b", t(104));
    Alert update = assertInstanceOf(AlertAction.Update.class, joined.get(0)).alert();
    assertEquals(List.of(a.reference(), b.reference()), update.references());
    assertEquals(List.of(HOKKAIDO, AOMORI), update.areas());
    assertEquals(List.of(update), book.standing(), "one alert stands");
    assertEquals(List.of(), book.join("a", "b", t(105)), "said once");
  }

  @Test
  void anEventTakesOverTheAlertOfOneThatIsPartOfIt() {
    Alert a = warn("a", AOMORI).get(0).alert();
    assertEquals(List.of(), book.join("a", "b", t(104)));
    assertEquals(List.of(a), book.standing());
    List<AlertAction> next = List.of();
    for (int s = 105; s < 120 && next.isEmpty(); s++) {
      next = book.onAssessment("b", EVIDENCE, List.of(), t(s));
    }
    Alert cancel = assertInstanceOf(AlertAction.Cancel.class, next.get(0)).alert();
    assertEquals(List.of(a.reference()), cancel.references());
    assertEquals(List.of(), book.standing());
  }

  @Test
  void anEventThatWasPartOfAnotherMayWarnAnewAfterItParted() {
    warn("a", AOMORI);
    assertEquals(List.of(), book.join("a", "b", t(103)));
    List<AlertAction> again = warn("a", AOMORI);
    assertInstanceOf(AlertAction.Issue.class, again.get(0));
    assertEquals(2, book.standing().size());
  }

  @Test
  void joiningWhatAPersonWithdrewWithdrawsTheOtherAsWell() {
    Alert a = warn("a", AOMORI).get(0).alert();
    warn("b", AOMORI);
    book.withdraw("b", t(104));
    Alert cancel =
        assertInstanceOf(AlertAction.Cancel.class, book.join("a", "b", t(105)).get(0)).alert();
    assertEquals(List.of(a.reference()), cancel.references());
    assertEquals(List.of(), book.standing());
  }

  @Test
  void joiningWhatIsOverEndsTheOtherInItsTime() {
    warn("a", AOMORI);
    assertEquals(List.of(), book.onEnd("b", t(104)));
    assertEquals(List.of(), book.join("a", "b", t(105)));
    assertEquals(1, book.standing().size(), "its window is not over");
    List<AlertAction> clear = book.onTick(t(4000));
    assertInstanceOf(AlertAction.AllClear.class, clear.get(0));
  }

  @Test
  void eventsDoNotDisturbEachOther() {
    for (int s = 0; s < 3; s++) {
      book.onAssessment("a", EVIDENCE, List.of(AOMORI), t(s));
      book.onAssessment("b", EVIDENCE, List.of(HOKKAIDO), t(s));
    }
    assertEquals(2, book.standing().size());
    book.withdraw("a", t(10));
    assertEquals(List.of("b"), book.standing().stream().map(Alert::eventKey).toList());
  }

  @Test
  void sameCallsSameMessages() {
    assertEquals(randomLife(42), randomLife(42));
    assertTrue(randomLife(42).size() > 3);
  }

  /** Every life is ordered: a warning first, updates only while it stands, one end. */
  @Test
  void everyRandomLifeIsInOrder() {
    for (int seed = 0; seed < 200; seed++) {
      boolean standing = false;
      UtcTime sent = t(-100);
      for (AlertAction a : randomLife(seed)) {
        boolean first = a instanceof AlertAction.Issue;
        assertEquals(!first, standing, "seed " + seed);
        assertEquals(first, a.references().isEmpty(), "seed " + seed);
        if (a instanceof AlertAction.Update) {
          assertTrue(a.alert().sent().secondsSince(sent) >= 5, "seed " + seed);
        }
        standing = first || a instanceof AlertAction.Update;
        sent = a.alert().sent();
      }
    }
  }

  private static List<AlertAction> randomLife(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    AlertBook b = new AlertBook(Nation.JPN, Channel.REAL, AlertSettings.DEFAULT);
    List<AlertAction> out = new ArrayList<>();
    Flicker flicker = new Flicker(random);
    for (int s = 0; s < 600; s++) {
      List<AreaAtRisk> areas = flicker.next();
      out.addAll(
          random.nextInt(4) == 0
              ? b.onInconclusive(EVENT, EVIDENCE, areas, t(s))
              : b.onAssessment(EVENT, EVIDENCE, areas, t(s)));
      out.addAll(b.onTick(t(s)));
    }
    return out;
  }

  @Test
  void refusesWhatCannotBeAnEventOrAnAssessment() {
    for (String key : new String[] {"", "a b", "a,b", "a<b", "a&b", "é", "x".repeat(61), "a\n"}) {
      assertThrows(
          InvalidValueException.class,
          () -> book.onAssessment(key, EVIDENCE, List.of(), t(0)),
          key);
    }
    assertThrows(InvalidValueException.class, () -> at(0, AOMORI, AOMORI));
    assertThrows(InvalidValueException.class, () -> new Evidence(List.of()));
    assertThrows(
        InvalidValueException.class,
        () -> new AreaAtRisk(area("JP-01"), Kind.IMPACT, Double.NaN, t(0), t(1)));
    assertThrows(
        InvalidValueException.class,
        () -> new AreaAtRisk(area("JP-01"), Kind.IMPACT, 0.5, t(1), t(0)));
  }

  @Test
  void evidenceCountsATrackOnce() {
    Evidence e =
        Evidence.of(
            new TrackId(Nation.USA, 1), new TrackId(Nation.KOR, 7), new TrackId(Nation.USA, 1));
    assertEquals(2, e.tracks().size());
    assertEquals("[KOR, USA]", e.originators().toString());
  }
}
