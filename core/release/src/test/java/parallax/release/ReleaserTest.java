package parallax.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static parallax.release.fixtures.ReleaseFixtures.LAUNCH_TIME;
import static parallax.release.fixtures.ReleaseFixtures.impactReport;
import static parallax.release.fixtures.ReleaseFixtures.inForce;
import static parallax.release.fixtures.ReleaseFixtures.launchAt;
import static parallax.release.fixtures.ReleaseFixtures.launchReport;
import static parallax.release.fixtures.ReleaseFixtures.policy;
import static parallax.release.fixtures.ReleaseFixtures.releaser;
import static parallax.release.fixtures.ReleaseFixtures.trackReport;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import parallax.model.Caveat;
import parallax.model.Channel;
import parallax.model.ConfidentialityLabel;
import parallax.model.ConfidentialityLabel.Classification;
import parallax.model.Covariance;
import parallax.model.Geodetic;
import parallax.model.ImpactPointPrediction;
import parallax.model.InvalidValueException;
import parallax.model.LaunchPointEstimate;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.model.TrackEstimate;
import parallax.model.TrackStatus;
import parallax.model.UtcTime;
import parallax.release.ReleaseDecision.Release;
import parallax.release.ReleaseDecision.Withhold;
import parallax.release.fixtures.ReleaseFixtures;

final class ReleaserTest {
  private static final ReleaseContext FLYING =
      new ReleaseContext(Optional.of(launchAt(LAUNCH_TIME)), Optional.empty(), false);

  private final Releaser kor = releaser(Nation.KOR, Channel.EXERCISE);

  private static UtcTime at(double seconds) {
    return LAUNCH_TIME.plusSeconds(seconds);
  }

  private static ReleaseContext impactAt(double seconds, boolean ended) {
    return new ReleaseContext(FLYING.launch(), Optional.of(at(seconds)), ended);
  }

  private static Withhold withheld(ReleaseDecision d, String clause) {
    Withhold w = assertInstanceOf(Withhold.class, d);
    assertEquals(clause, w.clause(), w.toString());
    assertTrue(!w.reason().isBlank());
    return w;
  }

  private static Release released(ReleaseDecision d) {
    return assertInstanceOf(Release.class, d);
  }

  private static Report.TrackReport withLabel(ConfidentialityLabel label) {
    Report.TrackReport r = trackReport(Nation.KOR, 1, 30);
    return new Report.TrackReport(
        new Report.Header(r.header().track(), r.header().channel(), r.header().createdAt(), label),
        r.estimate());
  }

  private static SortedSet<Nation> nations(Nation... nations) {
    return new TreeSet<>(List.of(nations));
  }

  @Test
  void releasesWithTheRuleAndClauseThatMadeIt() {
    Report report = trackReport(Nation.KOR, 1, 30);
    Release r = released(kor.decide(report, FLYING, Nation.JPN, at(30)));
    assertEquals("flight paths once confirmed", r.rule());
    assertEquals("scope.launchRegions[DPRK and adjacent waters]", r.clause());
    assertEquals(report, r.released().value());
    assertEquals(Nation.JPN, r.released().recipient());
    assertEquals(r.rule(), r.released().rule());
    assertEquals(r.clause(), r.released().clause());
    assertEquals(
        "launch and impact points",
        released(kor.decide(launchReport(Nation.KOR, 1, 30), FLYING, Nation.USA, at(30))).rule());
    assertEquals(
        "launch and impact points",
        released(kor.decide(impactReport(Nation.KOR, 1, 30), FLYING, Nation.USA, at(30))).rule());
  }

  @Test
  void withholdsFromItselfAndFromStrangers() {
    Report report = trackReport(Nation.KOR, 1, 30);
    assertEquals(
        Releaser.NO_RULE,
        withheld(kor.decide(report, FLYING, Nation.KOR, at(30)), "parties").rule());
    withheld(kor.decide(report, FLYING, new Nation("GBR"), at(30)), "parties");
  }

  @Test
  void withholdsWhatAnotherNationOriginated() {
    withheld(
        kor.decide(trackReport(Nation.USA, 1, 30), FLYING, Nation.JPN, at(30)), "onwardRelease");
    withheld(
        kor.decide(trackReport(Nation.JPN, 1, 30), FLYING, Nation.JPN, at(30)), "onwardRelease");
  }

  @Test
  void withholdsAnotherChannel() {
    Report report = trackReport(Nation.KOR, 1, 30);
    for (Channel c : List.of(Channel.REAL, Channel.TEST)) {
      withheld(releaser(Nation.KOR, c).decide(report, FLYING, Nation.JPN, at(30)), "channels");
    }
  }

  @Test
  void withholdsWithoutALaunchPointEstimate() {
    for (Report r :
        List.of(
            launchReport(Nation.KOR, 1, 30),
            trackReport(Nation.KOR, 1, 30),
            impactReport(Nation.KOR, 1, 30))) {
      withheld(kor.decide(r, ReleaseContext.unknown(), Nation.JPN, at(30)), "scope.launchRegions");
    }
  }

  @Test
  void withholdsALaunchFromElsewhereOrTooUncertain() {
    LaunchPointEstimate taiyuan = launch(38.85, 111.61, 10_000);
    LaunchPointEstimate vague = launch(39.2, 125.67, 400_000);
    for (LaunchPointEstimate l : List.of(taiyuan, vague)) {
      Withhold w =
          withheld(
              kor.decide(
                  trackReport(Nation.KOR, 1, 30),
                  new ReleaseContext(Optional.of(l), Optional.empty(), false),
                  Nation.JPN,
                  at(30)),
              "scope.launchRegions[DPRK and adjacent waters]");
      assertTrue(w.reason().contains("less than the agreed 0.5"), w.reason());
    }
    Report.LaunchReport contradicts =
        new Report.LaunchReport(launchReport(Nation.KOR, 1, 30).header(), taiyuan);
    withheld(
        kor.decide(contradicts, FLYING, Nation.JPN, at(30)),
        "scope.launchRegions[DPRK and adjacent waters]");
  }

  private static LaunchPointEstimate launch(double lat, double lon, double sigmaM) {
    return new LaunchPointEstimate(
        Geodetic.ofDegrees(lat, lon, 0),
        Covariance.diagonal(sigmaM * sigmaM, sigmaM * sigmaM),
        LAUNCH_TIME,
        1);
  }

  @Test
  void withholdsBeforeLaunchAndAfterImpact() {
    String from = "scope.window.from";
    String until = "scope.window.until";
    withheld(kor.decide(trackReport(Nation.KOR, 1, -16), FLYING, Nation.JPN, at(0)), from);
    released(kor.decide(trackReport(Nation.KOR, 1, -15), FLYING, Nation.JPN, at(0)));
    released(kor.decide(trackReport(Nation.KOR, 1, 720), impactAt(600, true), Nation.JPN, at(720)));
    withheld(
        kor.decide(trackReport(Nation.KOR, 1, 721), impactAt(600, true), Nation.JPN, at(721)),
        until);
    withheld(
        kor.decide(trackReport(Nation.KOR, 1, 500), impactAt(600, false), Nation.JPN, at(721)),
        until);
    withheld(
        kor.decide(
            trackReport(Nation.KOR, 1, 500),
            new ReleaseContext(FLYING.launch(), Optional.empty(), true),
            Nation.JPN,
            at(500)),
        until);
    withheld(
        kor.decide(trackReport(Nation.KOR, 1, 7201), FLYING, Nation.JPN, at(7201)),
        "scope.window.longestFlightS");
    withheld(
        kor.decide(trackReport(Nation.KOR, 1, 31), FLYING, Nation.JPN, at(30)), "scope.window");
  }

  @Test
  void releasesTheLastReportOfATrackSoonAfterItsEndOnly() {
    Report.TrackReport r = trackReport(Nation.KOR, 1, 500);
    TrackEstimate e = r.estimate();
    Report last =
        new Report.TrackReport(
            r.header(),
            new TrackEstimate(
                e.state(), e.phase(), TrackStatus.ENDED, e.threatClass(), e.lastPlot()));
    ReleaseContext over = new ReleaseContext(FLYING.launch(), Optional.empty(), true);
    released(kor.decide(last, over, Nation.JPN, at(620)));
    withheld(kor.decide(last, over, Nation.JPN, at(621)), "scope.window.until");
    withheld(
        kor.decide(impactReport(Nation.KOR, 1, 500), over, Nation.JPN, at(500)),
        "scope.window.until");
  }

  @Test
  void withholdsWhatTheLabelDoesNotAllow() {
    UtcTime t = at(30);
    SortedSet<Nation> all = nations(Nation.JPN, Nation.KOR, Nation.USA);
    var u = Classification.UNCLASSIFIED;
    ConfidentialityLabel toUsa =
        new ConfidentialityLabel("PARALLAX", u, nations(Nation.KOR, Nation.USA), List.of(), t);
    withheld(kor.decide(withLabel(toUsa), FLYING, Nation.JPN, t), "marking.releasableTo");
    released(kor.decide(withLabel(toUsa), FLYING, Nation.USA, t));
    withheld(
        kor.decide(
            withLabel(new ConfidentialityLabel("OTHER", u, all, List.of(), t)),
            FLYING,
            Nation.JPN,
            t),
        "marking.policy");
    withheld(
        kor.decide(
            withLabel(
                new ConfidentialityLabel("PARALLAX", Classification.RESTRICTED, all, List.of(), t)),
            FLYING,
            Nation.JPN,
            t),
        "marking.classification");
    withheld(
        kor.decide(
            withLabel(new ConfidentialityLabel("PARALLAX", u, all, List.of(Caveat.ORCON), t)),
            FLYING,
            Nation.JPN,
            t),
        "marking.caveats");
  }

  @Test
  void withholdsADataClassThatIsNotAgreed() {
    Agreement a =
        Agreement.parse(
            YamlTexts.utf8(
                YamlTexts.agreement("[LAUNCH_POINT, FLIGHT_PATH, IMPACT_POINT]", "[LAUNCH_POINT]")),
            "a");
    NationalPolicy none = new NationalPolicy("none", 1, Nation.KOR, List.of(), true);
    Releaser r =
        new Releaser(new AgreementInForce(a, Channel.EXERCISE), none, Nation.KOR, Channel.EXERCISE);
    withheld(
        r.decide(trackReport(Nation.KOR, 1, 30), FLYING, Nation.JPN, at(30)), "scope.dataClasses");
    Withhold w =
        withheld(
            r.decide(launchReport(Nation.KOR, 1, 30), FLYING, Nation.JPN, at(30)),
            "scope.launchRegions[DPRK and adjacent waters]");
    assertEquals(Releaser.DEFAULT_RULE, w.rule());
  }

  @Test
  void withholdsATentativeTrackByDefault() {
    Report.TrackReport r = trackReport(Nation.KOR, 1, 30);
    TrackEstimate e = r.estimate();
    Report tentative =
        new Report.TrackReport(
            r.header(),
            new TrackEstimate(
                e.state(), e.phase(), TrackStatus.TENTATIVE, e.threatClass(), e.lastPlot()));
    Withhold w =
        assertInstanceOf(Withhold.class, kor.decide(tentative, FLYING, Nation.JPN, at(30)));
    assertEquals(Releaser.DEFAULT_RULE, w.rule());
  }

  @Test
  void withholdsAllOnceTheAgreementExpires() {
    UtcTime until = inForce(Channel.EXERCISE).agreement().until();
    withheld(kor.decide(trackReport(Nation.KOR, 1, 30), FLYING, Nation.JPN, until), "validity");
    withheld(
        kor.decide(trackReport(Nation.KOR, 1, 30), FLYING, Nation.JPN, new UtcTime(0)), "validity");
  }

  @Test
  void withholdsWhatCannotBeEvaluated() {
    ReleaseContext overflow =
        new ReleaseContext(FLYING.launch(), Optional.of(new UtcTime(Long.MAX_VALUE)), false);
    Withhold w =
        withheld(
            kor.decide(trackReport(Nation.KOR, 1, 30), overflow, Nation.JPN, at(30)), "evaluation");
    assertTrue(w.reason().contains("ArithmeticException"), w.reason());
  }

  @Test
  void leavesFreeTextBehind() {
    Report.ImpactReport r =
        new Report.ImpactReport(
            impactReport(Nation.KOR, 1, 30).header(),
            new ImpactPointPrediction.CannotTellYet(at(30), "radar KOR-7 lost it"));
    Release release = released(kor.decide(r, FLYING, Nation.JPN, at(30)));
    assertEquals(
        new Report.ImpactReport(
            r.header(),
            new ImpactPointPrediction.CannotTellYet(at(30), Releaser.NO_PREDICTION_YET)),
        release.released().value());
  }

  @Test
  void refusesPartsThatDoNotBelongTogether() {
    AgreementInForce exercise = inForce(Channel.EXERCISE);
    NationalPolicy jpn = policy(Nation.JPN);
    Nation gbr = new Nation("GBR");
    assertThrows(
        InvalidValueException.class, () -> new Releaser(exercise, jpn, Nation.JPN, Channel.REAL));
    assertThrows(
        InvalidValueException.class,
        () -> new Releaser(exercise, jpn, Nation.KOR, Channel.EXERCISE));
    assertThrows(
        InvalidValueException.class,
        () ->
            new Releaser(
                exercise, new NationalPolicy("n", 1, gbr, List.of(), true), gbr, Channel.EXERCISE));
  }

  @Test
  void decidesTheSameTwice() {
    Report report = trackReport(Nation.KOR, 1, 30);
    assertEquals(
        kor.decide(report, FLYING, Nation.JPN, at(30)),
        ReleaseFixtures.releaser(Nation.KOR, Channel.EXERCISE)
            .decide(report, FLYING, Nation.JPN, at(30)));
  }
}
