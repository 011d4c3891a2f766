package parallax.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static parallax.release.fixtures.ReleaseFixtures.LAUNCH_TIME;
import static parallax.release.fixtures.ReleaseFixtures.inForce;
import static parallax.release.fixtures.ReleaseFixtures.inboundCheck;
import static parallax.release.fixtures.ReleaseFixtures.launchAt;
import static parallax.release.fixtures.ReleaseFixtures.releaser;
import static parallax.release.fixtures.ReleaseFixtures.trackReport;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import parallax.model.Caveat;
import parallax.model.Channel;
import parallax.model.ConfidentialityLabel;
import parallax.model.ConfidentialityLabel.Classification;
import parallax.model.Covariance;
import parallax.model.Geodetic;
import parallax.model.ImpactPointPrediction;
import parallax.model.LaunchPointEstimate;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.model.TrackId;
import parallax.model.UtcTime;
import parallax.release.InboundDecision.Accept;
import parallax.release.InboundDecision.Quarantine;
import parallax.release.ReleaseDecision.Release;
import parallax.release.ReleaseDecision.Withhold;

/** Recalls, corrections and changes of label: who is told, and whose are believed. */
final class NoticeTest {
  private static final Nation[] PARTNERS = {Nation.JPN, Nation.KOR, Nation.USA, new Nation("GBR")};
  private static final List<String> KINDS =
      List.of(
          "recall of all",
          "recall of one class",
          "relabel",
          "corrected launch",
          "corrected launch elsewhere",
          "corrected path",
          "corrected impact");
  private static final List<String> LABELS =
      List.of("good", "not for partner", "secret", "caveat", "policy");

  /** Long after everything: a notice has no window. */
  private static final UtcTime LATER = LAUNCH_TIME.plusSeconds(90_000);

  private record Case(
      String kind,
      Nation partner,
      boolean told,
      boolean own,
      Channel channel,
      String outer,
      String inner) {}

  private static List<Case> cases() {
    List<Case> out = new ArrayList<>();
    for (String kind : KINDS) {
      for (Nation partner : PARTNERS) {
        for (boolean told : new boolean[] {true, false}) {
          for (boolean own : new boolean[] {true, false}) {
            for (Channel channel : Channel.values()) {
              for (String outer : LABELS) {
                for (String inner : kind.startsWith("corrected") ? LABELS : List.of("good")) {
                  out.add(new Case(kind, partner, told, own, channel, outer, inner));
                }
              }
            }
          }
        }
      }
    }
    return out;
  }

  private static Nation originator(Case c) {
    return c.own() ? Nation.KOR : Nation.USA;
  }

  private static ConfidentialityLabel label(String kind, Nation originator, Nation partner) {
    TreeSet<Nation> to = new TreeSet<>(List.of(PARTNERS));
    if (kind.equals("not for partner")) {
      to.remove(partner.equals(originator) ? Nation.JPN : partner);
    }
    return new ConfidentialityLabel(
        kind.equals("policy") ? "OTHER" : "PARALLAX",
        kind.equals("secret") ? Classification.SECRET : Classification.UNCLASSIFIED,
        to,
        kind.equals("caveat") ? List.of(Caveat.ORCON) : List.of(),
        LATER);
  }

  private static Report.Header header(Case c, String label) {
    return new Report.Header(
        new TrackId(originator(c), 9),
        c.channel(),
        LATER,
        label(label, originator(c), c.partner()));
  }

  private static LaunchPointEstimate elsewhere() {
    return new LaunchPointEstimate(
        Geodetic.ofDegrees(38.85, 111.61, 0), Covariance.diagonal(1e8, 1e8), LAUNCH_TIME, 1);
  }

  private static Report.Notice notice(Case c) {
    Report.Header outer = header(c, c.outer());
    Report.Header inner = header(c, c.inner());
    return switch (c.kind()) {
      case "recall of all" ->
          new Report.Recall(outer, Optional.empty(), LATER, Report.RecallReason.FALSE_REPORT);
      case "recall of one class" ->
          new Report.Recall(
              outer, Optional.of(Report.DataClass.FLIGHT_PATH), LATER, Report.RecallReason.MISTAKE);
      case "relabel" ->
          new Report.Relabel(outer, label("not for partner", originator(c), c.partner()), LATER);
      case "corrected launch" ->
          new Report.Correction(outer, new Report.LaunchReport(inner, launchAt(LAUNCH_TIME)));
      case "corrected launch elsewhere" ->
          new Report.Correction(outer, new Report.LaunchReport(inner, elsewhere()));
      case "corrected path" ->
          new Report.Correction(
              outer, new Report.TrackReport(inner, trackReport(Nation.KOR, 9, 30).estimate()));
      default ->
          new Report.Correction(
              outer,
              new Report.ImpactReport(inner, new ImpactPointPrediction.NoImpactExpected(LATER)));
    };
  }

  private static List<String> brokenClauses(Case c) {
    List<String> broken = new ArrayList<>();
    if (!c.partner().equals(Nation.JPN) && !c.partner().equals(Nation.USA)) {
      broken.add("parties");
    }
    if (c.channel() != Channel.EXERCISE) {
      broken.add("channels");
    }
    if (!c.own()) {
      broken.add("onwardRelease");
    }
    if (!c.outer().equals("good") || !c.inner().equals("good")) {
      broken.add("marking");
    }
    if (c.kind().equals("corrected launch elsewhere")) {
      broken.add("scope.launchRegions");
    }
    if (!c.told()) {
      broken.add("notices");
    }
    return broken;
  }

  @Test
  void agreesWithTheOracleEverywhere() {
    Releaser kor = releaser(Nation.KOR, Channel.EXERCISE);
    int released = 0;
    for (Case c : cases()) {
      List<String> broken = brokenClauses(c);
      Report.Notice notice = notice(c);
      switch (kor.decideNotice(notice, c.told(), c.partner(), LATER)) {
        case Release r -> {
          assertTrue(broken.isEmpty(), "leaked " + c + " against " + broken);
          assertEquals(notice, r.released().value());
          assertEquals(c.partner(), r.released().recipient());
          assertEquals("notices", r.clause());
          released++;
        }
        case Withhold w -> {
          assertEquals(Releaser.NO_RULE, w.rule());
          if (broken.stream().noneMatch(b -> w.clause().startsWith(b))) {
            fail(w + " cites none of " + broken + ": " + c);
          }
        }
        case ReleaseDecision.Hold h -> fail("a notice was held: " + h);
        case ReleaseDecision.Later l -> fail("a notice was delayed: " + l);
      }
    }
    assertEquals(2 * (KINDS.size() - 1), released);
  }

  @Test
  void everyNoticeIsLeftToTheQuestionWhoWasTold() {
    Releaser kor = releaser(Nation.KOR, Channel.EXERCISE);
    ReleaseContext known =
        new ReleaseContext(Optional.of(launchAt(LAUNCH_TIME)), Optional.empty(), false);
    for (String kind : KINDS) {
      Report.Notice n =
          notice(new Case(kind, Nation.JPN, true, true, Channel.EXERCISE, "good", "good"));
      Withhold w = assertInstanceOf(Withhold.class, kor.decide(n, known, Nation.JPN, LATER));
      assertEquals("notices", w.clause());
    }
  }

  @Test
  void noticesEndWithTheAgreement() {
    UtcTime until = inForce(Channel.EXERCISE).agreement().until();
    Report.Notice n =
        notice(new Case("recall of all", Nation.JPN, true, true, Channel.EXERCISE, "good", "good"));
    Withhold w =
        assertInstanceOf(
            Withhold.class,
            releaser(Nation.KOR, Channel.EXERCISE).decideNotice(n, true, Nation.JPN, until));
    assertEquals("validity", w.clause());
  }

  @Test
  void correctionLeavesFreeTextBehind() {
    Report.Header h =
        header(
            new Case("relabel", Nation.JPN, true, true, Channel.EXERCISE, "good", "good"), "good");
    Report.Correction n =
        new Report.Correction(
            h,
            new Report.ImpactReport(
                h, new ImpactPointPrediction.CannotTellYet(LATER, "radar KOR-7 lost it")));

    Release r =
        assertInstanceOf(
            Release.class,
            releaser(Nation.KOR, Channel.EXERCISE).decideNotice(n, true, Nation.JPN, LATER));

    assertEquals(
        new Report.Correction(
            h,
            new Report.ImpactReport(
                h, new ImpactPointPrediction.CannotTellYet(LATER, Releaser.NO_PREDICTION_YET))),
        r.released().value());
  }

  private static final ReleaseContext KNOWN =
      new ReleaseContext(Optional.of(launchAt(LAUNCH_TIME)), Optional.empty(), false);

  private static InboundDecision heard(Case c, Nation from, ReleaseContext context) {
    return inboundCheck(Nation.JPN, Channel.EXERCISE).check(notice(c), from, LATER, context);
  }

  private static Case told(String kind) {
    return new Case(kind, Nation.JPN, true, true, Channel.EXERCISE, "good", "good");
  }

  private static void quarantined(InboundDecision d, String clause) {
    Quarantine q = assertInstanceOf(Quarantine.class, d);
    assertTrue(q.clause().startsWith(clause), q.toString());
    assertTrue(!q.reason().isBlank());
  }

  @Test
  void noticesOfTheOriginatorAreBelieved() {
    for (String kind : KINDS) {
      if (!kind.endsWith("elsewhere")) {
        Accept a = assertInstanceOf(Accept.class, heard(told(kind), Nation.KOR, KNOWN), kind);
        assertEquals("notices", a.clause());
      }
    }
  }

  @Test
  void whatIsTakenBackNeedNotBeKnown() {
    for (String kind : List.of("recall of all", "recall of one class", "relabel")) {
      assertInstanceOf(Accept.class, heard(told(kind), Nation.KOR, ReleaseContext.unknown()), kind);
    }
  }

  @Test
  void noticesOfAnybodyElseAreSetAside() {
    for (String kind : KINDS) {
      quarantined(heard(told(kind), Nation.USA, KNOWN), "onwardRelease");
      quarantined(heard(told(kind), Nation.JPN, KNOWN), "parties");
      quarantined(heard(told(kind), new Nation("GBR"), KNOWN), "parties");
    }
  }

  @Test
  void correctionsAreAsMuchInScopeAsWhatTheyCorrect() {
    quarantined(
        heard(told("corrected launch elsewhere"), Nation.KOR, KNOWN), "scope.launchRegions");
    for (String kind : List.of("corrected path", "corrected impact")) {
      quarantined(heard(told(kind), Nation.KOR, ReleaseContext.unknown()), "scope.launchRegions");
      quarantined(
          heard(
              told(kind),
              Nation.KOR,
              new ReleaseContext(Optional.of(elsewhere()), Optional.empty(), false)),
          "scope.launchRegions");
    }
    assertInstanceOf(
        Accept.class,
        heard(told("corrected launch"), Nation.KOR, ReleaseContext.unknown()),
        "a launch brings its own place");
  }

  @Test
  void labelsOfNoticesCountOutsideAndInside() {
    for (String l : LABELS.subList(1, LABELS.size())) {
      for (String kind : KINDS) {
        Case outer = new Case(kind, Nation.JPN, true, true, Channel.EXERCISE, l, "good");
        quarantined(heard(outer, Nation.KOR, KNOWN), "marking");
        if (kind.startsWith("corrected")) {
          Case inner = new Case(kind, Nation.JPN, true, true, Channel.EXERCISE, "good", l);
          quarantined(heard(inner, Nation.KOR, KNOWN), "marking");
        }
      }
    }
  }

  @Test
  void noticesOfAnotherChannelAreSetAside() {
    Case real = new Case("recall of all", Nation.JPN, true, true, Channel.REAL, "good", "good");
    quarantined(heard(real, Nation.KOR, KNOWN), "channels");
  }

  @Test
  void recallOfTheFutureIsSetAside() {
    Report.Header h = header(told("relabel"), "good");
    Report n =
        new Report.Recall(
            h,
            Optional.empty(),
            LATER.plusSeconds(InboundCheck.MOST_AHEAD_S + 1),
            Report.RecallReason.MISTAKE);
    quarantined(
        inboundCheck(Nation.JPN, Channel.EXERCISE).check(n, Nation.KOR, LATER, KNOWN),
        "scope.window");
  }
}
