package parallax.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static parallax.model.Nation.JPN;
import static parallax.model.Nation.KOR;
import static parallax.model.Nation.USA;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import parallax.engine.Order.Backfill;
import parallax.engine.Order.Direction;
import parallax.link.Frame;
import parallax.link.Lane;
import parallax.link.LinkHealth;
import parallax.link.StreamId;
import parallax.model.ConfidentialityLabel;
import parallax.model.ConfidentialityLabel.Classification;
import parallax.model.Covariance;
import parallax.model.Geodetic;
import parallax.model.ImpactPointPrediction;
import parallax.model.LaunchPointEstimate;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.model.Report.DataClass;
import parallax.model.TrackId;
import parallax.model.UtcTime;
import parallax.warning.Alert;
import parallax.warning.AlertAction;

/** What was told is taken back, put right or labelled anew, by order. */
class NoticesTest {
  private static final TrackId TRACK = Filed.id(KOR, 1);
  private static final Geodetic CORRECT = Geodetic.ofDegrees(39.6, 126.2, 0);

  private Allies allies = new Allies();

  private void begin() {
    allies.start().joinAll().pass(125);
    allies.forget();
  }

  private void told() {
    begin();
    allies.file(KOR, Filed.all(1, allies.now()));
    allies.pass(2);
  }

  private static Order recall(DataClass of) {
    return new Order.Recall(TRACK, Optional.of(of), Report.RecallReason.MISTAKE);
  }

  private static Order recallAll() {
    return new Order.Recall(TRACK, Optional.empty(), Report.RecallReason.FALSE_REPORT);
  }

  private Order correctLaunch(Geodetic place) {
    return new Order.Correct(new Report.LaunchReport(header(), Filed.launchAt(place)));
  }

  /** Times and label are the operator's; the node puts its own. */
  private Report.Header header() {
    return new Report.Header(
        TRACK, parallax.model.Channel.EXERCISE, new parallax.model.UtcTime(1), label(KOR));
  }

  private ConfidentialityLabel label(Nation... to) {
    return new ConfidentialityLabel(
        "PARALLAX",
        Classification.UNCLASSIFIED,
        new TreeSet<>(List.of(to)),
        List.of(),
        allies.now());
  }

  private static Effect.OrderAnswered answer(List<Effect> effects) {
    return Desk.of(Effect.OrderAnswered.class, effects).get(0);
  }

  private void done(Order order) {
    Effect.OrderAnswered a = answer(allies.order(KOR, order));
    assertTrue(a.done(), a.detail());
    allies.pass(2);
  }

  private Picture only(Nation n, Picture.View view) {
    List<Picture> all = allies.pictures(n, view);
    assertEquals(1, all.size(), n + " " + view + ": " + all);
    return all.get(0);
  }

  private List<DataClass> classesTold(Nation to) {
    return allies.told(KOR, to).stream().map(Report::dataClass).toList();
  }

  @Test
  void recalledTrackLeavesEveryPicture() {
    told();
    for (Nation n : Party.ALL) {
      assertEquals(List.of(TRACK), only(n, Picture.View.COMBINED).sources());
      assertEquals(List.of(TRACK), only(n, Picture.View.COMMON).sources());
    }

    Effect.OrderAnswered a = answer(allies.order(KOR, recallAll()));
    allies.pass(2);

    assertEquals("operator", a.by());
    assertEquals(TRACK + ": 2 partners are told", a.detail());
    for (Nation n : Party.ALL) {
      assertEquals(List.of(), allies.pictures(n, Picture.View.COMBINED), n.code());
      assertEquals(List.of(), allies.pictures(n, Picture.View.COMMON), n.code());
    }
    allies.requirePeace();
  }

  @Test
  void recalledTrackIsNotToldAgain() {
    told();
    done(recallAll());
    allies.forget();
    allies.file(KOR, Filed.all(1, allies.now()));
    allies.pass(2);

    assertEquals(List.of(), allies.numbered(KOR, JPN));
    assertEquals(3, allies.decisions(KOR, JPN).size());
    assertTrue(allies.decisions(KOR, JPN).stream().allMatch(d -> d.rule().equals("(recalled)")));
    assertEquals(List.of(), allies.pictures(KOR, Picture.View.COMBINED));
    assertEquals(
        1, allies.pictures(KOR, Picture.View.NATIONAL).size(), "sensors see what they see");
  }

  @Test
  void recalledClassLeavesAndTheRestStays() {
    told();
    assertInstanceOf(
        ImpactPointPrediction.Predicted.class, only(JPN, Picture.View.COMBINED).impact());

    done(recall(DataClass.FLIGHT_PATH));

    for (Nation n : Party.ALL) {
      for (Picture.View view : List.of(Picture.View.COMBINED, Picture.View.COMMON)) {
        Picture p = only(n, view);
        assertTrue(p.launch().isPresent(), n.code());
        assertTrue(p.estimate().isEmpty(), n.code());
      }
    }

    allies.file(KOR, Filed.path(1, allies.now()));
    allies.pass(2);
    assertTrue(only(JPN, Picture.View.COMBINED).estimate().isPresent(), "what is new is told");
    allies.requirePeace();
  }

  @Test
  void correctionTakesThePlaceOfWhatWasWrong() {
    told();
    done(correctLaunch(CORRECT));

    for (Nation n : Party.ALL) {
      for (Picture.View view : List.of(Picture.View.COMBINED, Picture.View.COMMON)) {
        assertEquals(CORRECT, only(n, view).launch().orElseThrow().point(), n.code());
        assertTrue(only(n, view).estimate().isPresent());
      }
    }
    Report.Correction c =
        assertInstanceOf(Report.Correction.class, allies.told(KOR, JPN).getLast());
    assertEquals(c.header(), c.corrected().header(), "the node's own times and label");
    assertEquals(new TreeSet<>(Party.ALL), c.header().label().releasableTo());
    allies.requirePeace();
  }

  @Test
  void launchCorrectedToOutsideTheRegionIsNotTold() {
    told();
    allies.forget();
    done(correctLaunch(Geodetic.ofDegrees(38.85, 111.61, 0)));
    assertEquals(List.of(), allies.numbered(KOR, JPN));
    assertTrue(
        allies.decisions(KOR, JPN).get(0).clause().startsWith("scope.launchRegions"),
        allies.decisions(KOR, JPN).toString());
  }

  @Test
  void whoeverMayNotHoldItAnyMoreGivesItUp() {
    told();
    done(new Order.Relabel(TRACK, label(KOR, USA)));

    assertEquals(List.of(), allies.pictures(JPN, Picture.View.COMBINED));
    assertEquals(List.of(), allies.pictures(JPN, Picture.View.COMMON));
    assertEquals(List.of(TRACK), only(USA, Picture.View.COMBINED).sources());
    assertEquals(List.of(TRACK), only(KOR, Picture.View.COMBINED).sources());
  }

  @Test
  void whatFollowsHasTheNewLabelToo() {
    told();
    done(new Order.Relabel(TRACK, label(KOR, USA)));
    allies.forget();
    allies.file(KOR, Filed.path(1, allies.now()));
    allies.order(KOR, correctLaunch(CORRECT));
    allies.pass(2);

    assertEquals(List.of(), allies.numbered(KOR, JPN));
    assertEquals(
        List.of("marking.releasableTo"),
        allies.decisions(KOR, JPN).stream()
            .map(Effect.DecisionRecorded::clause)
            .distinct()
            .toList());
    assertEquals(List.of(DataClass.FLIGHT_PATH, DataClass.NOTICE), classesTold(USA));
    assertEquals(
        new TreeSet<>(List.of(KOR, USA)),
        allies.told(KOR, USA).get(0).header().label().releasableTo());
    allies.requirePeace();
  }

  @Test
  void partnerThatWasNeverToldIsToldNothing() {
    String toUsa = Party.policy(KOR).replace("to: [JPN, USA]", "to: [USA]");
    allies.configure(KOR, allies.configuration(KOR).withPolicy(toUsa));
    told();
    allies.forget();
    done(recall(DataClass.IMPACT_POINT));
    done(correctLaunch(CORRECT));
    done(new Order.Relabel(TRACK, label(KOR, USA)));
    done(recallAll());

    assertEquals(List.of(), allies.numbered(KOR, JPN));
    assertEquals(
        List.of("notices", "notices", "notices", "notices"),
        allies.decisions(KOR, JPN).stream()
            .filter(d -> d.dataClass() == DataClass.NOTICE)
            .map(Effect.DecisionRecorded::clause)
            .toList());
    assertEquals(4, classesTold(USA).stream().filter(c -> c == DataClass.NOTICE).count());
  }

  @Test
  void lateRecordsOfWhatWasRecalledStayOut() {
    told();
    allies.file(KOR, Filed.path(1, allies.now()));
    allies.lose(KOR, JPN, Frame.Batch.class);
    allies.passUndelivered();
    allies.order(KOR, recall(DataClass.FLIGHT_PATH));
    allies.step(KOR, new Input.Flush());
    long before = allies.taken(KOR, JPN, Lane.BULK);
    allies.pass(3);

    assertEquals(before + 1, allies.taken(KOR, JPN, Lane.BULK), "it came after the recall");
    assertTrue(only(JPN, Picture.View.COMBINED).estimate().isEmpty());
    assertTrue(only(JPN, Picture.View.COMMON).estimate().isEmpty());
  }

  @Test
  void noticeCountsAsAppliedOnceThePartnerHasSignedForIt() {
    told();
    allies.cut(KOR, JPN);
    allies.order(KOR, recallAll());
    allies.pass(3);
    List<Effect.NoticeApplied> applied = allies.of(KOR, Effect.NoticeApplied.class);
    assertEquals(List.of(USA), applied.stream().map(Effect.NoticeApplied::partner).toList());

    allies.mend(KOR, JPN);
    allies.pass(3);
    applied = allies.of(KOR, Effect.NoticeApplied.class);
    assertEquals(List.of(USA, JPN), applied.stream().map(Effect.NoticeApplied::partner).toList());
    assertEquals(TRACK, applied.get(1).track());
    assertEquals(3, applied.get(1).seq(), "after launch and impact");
  }

  @Test
  void noticeLostInAGapIsToldAgain() {
    allies = new Allies(OutboxFullTest.THREE_RECORDS);
    told();
    allies.cut(KOR, JPN);
    allies.order(KOR, recallAll());
    for (int i = 2; i <= 6; i++) {
      allies.file(KOR, Filed.launch(i));
    }
    allies.mend(KOR, JPN);
    allies.pass(5);

    assertFalse(allies.of(JPN, Effect.GapRecorded.class).isEmpty());
    assertTrue(
        allies.pictures(JPN, Picture.View.COMBINED).stream()
            .noneMatch(p -> p.sources().contains(TRACK)));
    List<Effect.NoticeApplied> applied =
        allies.of(KOR, Effect.NoticeApplied.class).stream()
            .filter(a -> a.partner().equals(JPN))
            .toList();
    assertEquals(1, applied.size());
    assertTrue(applied.get(0).seq() > 8, "as a new number: " + applied);
  }

  @Test
  void noticesSurviveARestart() {
    told();
    allies.cut(KOR, JPN);
    allies.order(KOR, recallAll());
    allies.restart(KOR);
    allies.mend(KOR, JPN);
    allies.pass(3);
    assertEquals(List.of(), allies.pictures(JPN, Picture.View.COMBINED));
    assertEquals(
        List.of(USA, JPN),
        allies.of(KOR, Effect.NoticeApplied.class).stream()
            .map(Effect.NoticeApplied::partner)
            .sorted(java.util.Comparator.reverseOrder())
            .toList());
    allies.file(KOR, Filed.path(1, allies.now()));
    assertEquals("(recalled)", allies.decisions(KOR, JPN).getLast().rule());
  }

  @Test
  void recallDuringASuspensionIsToldAtItsEndInAnyCase() {
    told();
    allies.order(KOR, new Order.Suspend(JPN, Direction.SEND, "maintenance"));
    done(recallAll());
    assertEquals(List.of(TRACK), only(JPN, Picture.View.COMBINED).sources(), "not told yet");
    assertEquals("(suspended)", allies.decisions(KOR, JPN).getLast().rule());
    assertEquals(DataClass.NOTICE, allies.decisions(KOR, JPN).getLast().dataClass());

    allies.order(KOR, new Order.Resume(JPN, Backfill.NONE, Optional.empty()));
    allies.pass(2);
    assertEquals(List.of(), allies.pictures(JPN, Picture.View.COMBINED));
    assertEquals(2, allies.of(KOR, Effect.NoticeApplied.class).size());
    allies.requirePeace();
  }

  @Test
  void whatWasRecalledWhileItWasHeldIsNotToldAfterwards() {
    begin();
    allies.order(KOR, new Order.Suspend(JPN, Direction.SEND, "maintenance"));
    allies.file(KOR, Filed.all(1, allies.now()));
    allies.pass(1);
    done(recall(DataClass.IMPACT_POINT));
    allies.file(KOR, Filed.impact(1, allies.now(), 39, 138));
    allies.pass(1);
    allies.file(KOR, Filed.all(2, allies.now()));
    allies.pass(1);
    done(new Order.Recall(Filed.id(KOR, 2), Optional.empty(), Report.RecallReason.FALSE_REPORT));
    allies.forget();

    allies.order(KOR, new Order.Resume(JPN, Backfill.ALL, Optional.empty()));
    allies.pass(2);

    List<Report> told = allies.told(KOR, JPN);
    assertTrue(told.stream().allMatch(r -> r.header().track().equals(TRACK)), told.toString());
    assertEquals(
        1,
        told.stream().filter(r -> r.dataClass() == DataClass.IMPACT_POINT).count(),
        "the one made after the recall");
    assertTrue(told.stream().anyMatch(r -> r.dataClass() == DataClass.LAUNCH_POINT));
  }

  @Test
  void trackOfWhichNothingIsLeftCanStillBeRecalledWhole() {
    begin();
    allies.file(KOR, Filed.launch(1));
    allies.pass(1);
    done(recall(DataClass.LAUNCH_POINT));
    done(recallAll());
    allies.file(KOR, Filed.launch(1));
    assertEquals("(recalled)", allies.decisions(KOR, JPN).getLast().rule());
  }

  @Test
  void onlyOwnAndKnownTracksAreTakenBack() {
    told();
    for (TrackId t : List.of(Filed.id(JPN, 1), Filed.id(KOR, 2))) {
      Effect.OrderAnswered a =
          answer(
              allies.order(
                  JPN, new Order.Recall(t, Optional.empty(), Report.RecallReason.MISTAKE)));
      assertFalse(a.done(), a.detail());
    }
    Effect.OrderAnswered theirs = answer(allies.order(JPN, recallAll()));
    assertFalse(theirs.done());
    assertTrue(theirs.detail().contains("not this nation's own"), theirs.detail());
    Effect.OrderAnswered notice = answer(allies.order(KOR, recall(DataClass.NOTICE)));
    assertFalse(notice.done(), notice.detail());
    Effect.OrderAnswered ofNotice =
        answer(
            allies.order(
                KOR,
                new Order.Correct(
                    new Report.Recall(
                        header(), Optional.empty(), allies.now(), Report.RecallReason.MISTAKE))));
    assertFalse(ofNotice.done(), ofNotice.detail());
    allies.pass(2);
    assertEquals(List.of(TRACK), only(USA, Picture.View.COMBINED).sources());
  }

  @Test
  void correctionOfAnImpactThatIsYetToComeIsTakenByPartners() {
    told();
    UtcTime impact = allies.now().plusSeconds(400);
    Geodetic place = Geodetic.ofDegrees(39.5, 140.1, 0);
    int before = allies.of(KOR, Effect.NoticeApplied.class).size();
    done(
        new Order.Correct(
            new Report.ImpactReport(
                header(),
                new ImpactPointPrediction.Predicted(
                    impact, place, Covariance.diagonal(25e6, 25e6), impact, 5))));
    for (Nation n : List.of(JPN, USA)) {
      assertEquals(
          List.of(),
          allies.of(n, Effect.NoticeRaised.class).stream()
              .filter(r -> r.kind() == Effect.NoticeKind.RECORD_QUARANTINED)
              .toList());
    }
    assertEquals(before + 2, allies.of(KOR, Effect.NoticeApplied.class).size());
  }

  /** Japan and the United States set aside what was made by a clock that is ahead of theirs. */
  private void recallBySomebodyWhoseClockIsAhead() {
    told();
    allies.ahead(KOR, 60);
    Effect.OrderAnswered a = answer(allies.order(KOR, recallAll()));
    assertTrue(a.done(), a.detail());
  }

  private void assertNotApplied() {
    assertEquals(List.of(), allies.of(KOR, Effect.NoticeApplied.class));
    List<NoticeProgress> notices = allies.desk(KOR).engine().notices();
    assertEquals(2, notices.size(), notices.toString());
    for (NoticeProgress n : notices) {
      assertEquals(NoticeProgress.State.SET_ASIDE, n.state());
      assertEquals("scope.window: it is ahead of this node's clock", n.reason());
    }
    assertEquals(
        2,
        allies.of(KOR, Effect.NoticeRaised.class).stream()
            .filter(r -> r.kind() == Effect.NoticeKind.NOTICE_NOT_APPLIED)
            .count());
  }

  @Test
  void noticeThatAPartnerSetsAsideIsToldBackAndNeverCalledApplied() {
    recallBySomebodyWhoseClockIsAhead();
    allies.pass(2);
    assertNotApplied();
    for (LinkHealth h : allies.desk(KOR).engine().health()) {
      if (h.stream().originator().equals(KOR) && h.stream().lane() == Lane.URGENT) {
        assertTrue(h.notUsed().total() >= 1, h.toString());
        assertEquals("scope.window: it is ahead of this node's clock", h.notUsed().lastReason());
      }
    }
    LinkHealth atJapan =
        allies.desk(JPN).engine().health().stream()
            .filter(h -> h.stream().equals(new StreamId(KOR, JPN, Lane.URGENT)))
            .findFirst()
            .orElseThrow();
    assertTrue(atJapan.notUsed().total() >= 1, "the recipient counts them too");
  }

  @Test
  void noticeThatWasSetAsideIsToldBackAlsoWhenTheLineBreaksBeforeTheAnswer() {
    recallBySomebodyWhoseClockIsAhead();
    allies.deliver(2);
    for (Nation n : List.of(JPN, USA)) {
      allies.lose(n, KOR, Frame.SetAside.class);
      allies.lose(n, KOR, Frame.Ack.class);
      allies.cut(KOR, n);
      allies.mend(KOR, n);
    }
    allies.pass(3);
    assertNotApplied();
  }

  @Test
  void whatWasSetAsideOutlivesARestartOfBothEnds() {
    recallBySomebodyWhoseClockIsAhead();
    allies.pass(2);
    allies.restart(KOR);
    allies.restart(JPN);
    allies.pass(3);
    assertEquals(2, allies.desk(KOR).engine().notices().size());
    assertTrue(
        allies.desk(KOR).engine().notices().stream()
            .allMatch(n -> n.state() == NoticeProgress.State.SET_ASIDE));
  }

  @Test
  void recipientSaysThatItTookANotice() {
    told();
    done(recallAll());
    assertTrue(
        allies.of(JPN, Effect.NoticeRaised.class).stream()
            .anyMatch(
                r ->
                    r.kind() == Effect.NoticeKind.NOTICE_TAKEN
                        && r.detail()
                            .equals(
                                "KOR takes back all of KOR-"
                                    + TRACK.number()
                                    + "; reason: FALSE_REPORT")));
  }

  @Test
  void correctionThatSpeaksOfALaunchInTheFutureIsRefused() {
    told();
    LaunchPointEstimate launch = Filed.launchAt(CORRECT);
    Effect.OrderAnswered a =
        answer(
            allies.order(
                KOR,
                new Order.Correct(
                    new Report.LaunchReport(
                        header(),
                        new LaunchPointEstimate(
                            launch.point(),
                            launch.eastNorthM2(),
                            allies.now().plusSeconds(60),
                            launch.timeSigmaS())))));
    assertFalse(a.done());
    assertTrue(a.detail().contains("partners would set that aside"), a.detail());
  }

  @Test
  void correctionThatOneIsNotToldIsNoCommonKnowledge() {
    told();
    allies.order(KOR, new Order.Suspend(JPN, Direction.SEND, "maintenance"));
    done(correctLaunch(CORRECT));
    assertEquals(CORRECT, only(KOR, Picture.View.COMBINED).launch().orElseThrow().point());
    assertTrue(
        only(KOR, Picture.View.COMMON).launch().filter(l -> l.point().equals(CORRECT)).isEmpty());
  }

  private List<Alert.MessageType> alerts(Nation n) {
    return allies.of(n, Effect.AlertRaised.class).stream()
        .map(Effect.AlertRaised::action)
        .map(AlertAction::alert)
        .map(Alert::messageType)
        .toList();
  }

  /** From 125 s after the launch on, a nation files a track that comes down in Japan. */
  private void threaten(Nation n, int seconds) {
    for (int i = 0; i < seconds; i++) {
      allies.file(n, Filed.allToJapan(1, allies.now()));
      allies.pass(1);
    }
  }

  @Test
  void standingAlertIsWithdrawnWithEverythingItRestedOn() {
    begin();
    threaten(KOR, 4);
    assertEquals(List.of(Alert.MessageType.ALERT), alerts(JPN));

    done(recallAll());

    assertEquals(List.of(Alert.MessageType.ALERT, Alert.MessageType.CANCEL), alerts(JPN));
    assertTrue(only(KOR, Picture.View.NATIONAL).estimate().isPresent());
  }

  @Test
  void eventGoesOnUnderTheSameNameWhileOthersSpeakOfIt() {
    begin();
    allies.file(KOR, Filed.allToJapan(1, allies.now()));
    allies.deliver();
    threaten(USA, 2);
    threaten(KOR, 2);
    assertEquals(List.of(Alert.MessageType.ALERT), alerts(JPN));
    assertEquals(TRACK, only(JPN, Picture.View.COMBINED).event());
    assertEquals(2, only(JPN, Picture.View.COMBINED).sources().size());

    done(recallAll());
    threaten(USA, 3);

    Picture p = only(JPN, Picture.View.COMBINED);
    assertEquals(TRACK, p.event(), "by the name it was first known by");
    assertEquals(List.of(Filed.id(USA, 1)), p.sources());
    assertFalse(alerts(JPN).contains(Alert.MessageType.CANCEL), alerts(JPN).toString());
  }

  @Test
  void whatIsToldAgainAfterARecallRaisesAnAlertAgain() {
    begin();
    threaten(KOR, 4);
    for (DataClass c :
        List.of(DataClass.LAUNCH_POINT, DataClass.FLIGHT_PATH, DataClass.IMPACT_POINT)) {
      allies.order(KOR, recall(c));
    }
    allies.pass(2);
    assertEquals(List.of(Alert.MessageType.ALERT, Alert.MessageType.CANCEL), alerts(JPN));

    threaten(KOR, 5);

    assertEquals(
        List.of(Alert.MessageType.ALERT, Alert.MessageType.CANCEL, Alert.MessageType.ALERT),
        alerts(JPN));
  }

  @Test
  void correctionAloneWithdrawsNoAlert() {
    begin();
    threaten(KOR, 4);
    done(correctLaunch(CORRECT));
    assertEquals(List.of(Alert.MessageType.ALERT), alerts(JPN));
  }
}
