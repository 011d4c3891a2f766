package parallax.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static parallax.release.fixtures.ReleaseFixtures.LAUNCH_TIME;
import static parallax.release.fixtures.ReleaseFixtures.impactReport;
import static parallax.release.fixtures.ReleaseFixtures.inForce;
import static parallax.release.fixtures.ReleaseFixtures.inboundCheck;
import static parallax.release.fixtures.ReleaseFixtures.launchAt;
import static parallax.release.fixtures.ReleaseFixtures.launchReport;
import static parallax.release.fixtures.ReleaseFixtures.released;
import static parallax.release.fixtures.ReleaseFixtures.trackReport;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import parallax.model.Channel;
import parallax.model.ConfidentialityLabel;
import parallax.model.Covariance;
import parallax.model.Geodetic;
import parallax.model.InvalidValueException;
import parallax.model.LaunchPointEstimate;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.model.UtcTime;
import parallax.release.InboundDecision.Accept;
import parallax.release.InboundDecision.Quarantine;

final class InboundCheckTest {
  private static final ReleaseContext KNOWN =
      new ReleaseContext(Optional.of(launchAt(LAUNCH_TIME)), Optional.empty(), false);

  private final InboundCheck jpn = inboundCheck(Nation.JPN, Channel.EXERCISE);

  private static UtcTime at(double seconds) {
    return LAUNCH_TIME.plusSeconds(seconds);
  }

  private static void quarantined(InboundDecision d, String clause) {
    Quarantine q = assertInstanceOf(Quarantine.class, d);
    assertEquals(clause, q.clause(), q.toString());
    assertTrue(!q.reason().isBlank());
  }

  @Test
  void acceptsWhatAPartnerReleased() {
    for (Report r :
        List.of(
            launchReport(Nation.KOR, 1, 30),
            trackReport(Nation.KOR, 1, 30),
            impactReport(Nation.KOR, 1, 30))) {
      Report told = released(r, Nation.JPN).value();
      Accept a = assertInstanceOf(Accept.class, jpn.check(told, Nation.KOR, at(30), KNOWN));
      assertEquals("scope.launchRegions[DPRK and adjacent waters]", a.clause());
    }
  }

  @Test
  void acceptsALaunchReportOfAnUnknownTrack() {
    assertInstanceOf(
        Accept.class,
        jpn.check(launchReport(Nation.KOR, 1, 30), Nation.KOR, at(30), ReleaseContext.unknown()));
  }

  @Test
  void setsAsideATrackWhoseLaunchWasNotAccepted() {
    for (Report r : List.of(trackReport(Nation.KOR, 1, 30), impactReport(Nation.KOR, 1, 30))) {
      quarantined(
          jpn.check(r, Nation.KOR, at(30), ReleaseContext.unknown()), "scope.launchRegions");
    }
  }

  @Test
  void setsAsideALaunchFromElsewhereAndItsTrack() {
    LaunchPointEstimate elsewhere =
        new LaunchPointEstimate(
            Geodetic.ofDegrees(38.85, 111.61, 0), Covariance.diagonal(1e8, 1e8), LAUNCH_TIME, 1);
    String clause = "scope.launchRegions[DPRK and adjacent waters]";
    quarantined(
        jpn.check(
            new Report.LaunchReport(launchReport(Nation.KOR, 1, 30).header(), elsewhere),
            Nation.KOR,
            at(30),
            KNOWN),
        clause);
    quarantined(
        jpn.check(
            trackReport(Nation.KOR, 1, 30),
            Nation.KOR,
            at(30),
            new ReleaseContext(Optional.of(elsewhere), Optional.empty(), false)),
        clause);
  }

  @Test
  void setsAsideWhatTheSenderDidNotOriginate() {
    quarantined(
        jpn.check(trackReport(Nation.USA, 1, 30), Nation.KOR, at(30), KNOWN), "onwardRelease");
    quarantined(
        jpn.check(trackReport(Nation.JPN, 1, 30), Nation.KOR, at(30), KNOWN), "onwardRelease");
    quarantined(jpn.check(trackReport(Nation.JPN, 1, 30), Nation.JPN, at(30), KNOWN), "parties");
    Nation gbr = new Nation("GBR");
    quarantined(jpn.check(trackReport(Nation.KOR, 1, 30), gbr, at(30), KNOWN), "parties");
  }

  @Test
  void setsAsideAnotherChannelAndAnExpiredAgreement() {
    InboundCheck real = inboundCheck(Nation.JPN, Channel.REAL);
    quarantined(real.check(trackReport(Nation.KOR, 1, 30), Nation.KOR, at(30), KNOWN), "channels");
    UtcTime until = inForce(Channel.EXERCISE).agreement().until();
    quarantined(jpn.check(trackReport(Nation.KOR, 1, 30), Nation.KOR, until, KNOWN), "validity");
  }

  @Test
  void setsAsideALabelThatLeavesThisNationOut() {
    Report.TrackReport r = trackReport(Nation.KOR, 1, 30);
    ConfidentialityLabel usaOnly =
        new ConfidentialityLabel(
            "PARALLAX",
            ConfidentialityLabel.Classification.UNCLASSIFIED,
            new TreeSet<>(List.of(Nation.KOR, Nation.USA)),
            List.of(),
            at(30));
    Report labelled =
        new Report.TrackReport(
            new Report.Header(r.header().track(), r.header().channel(), at(30), usaOnly),
            r.estimate());
    quarantined(jpn.check(labelled, Nation.KOR, at(30), KNOWN), "marking.releasableTo");
  }

  @Test
  void setsAsideImpossibleTimes() {
    quarantined(
        jpn.check(trackReport(Nation.KOR, 1, 41), Nation.KOR, at(30), KNOWN), "scope.window");
    assertInstanceOf(
        Accept.class, jpn.check(trackReport(Nation.KOR, 1, 40), Nation.KOR, at(30), KNOWN));
    Report.TrackReport late = trackReport(Nation.KOR, 1, 60);
    Report speaksAhead =
        new Report.TrackReport(trackReport(Nation.KOR, 1, 30).header(), late.estimate());
    quarantined(jpn.check(speaksAhead, Nation.KOR, at(60), KNOWN), "scope.window");
    quarantined(
        jpn.check(trackReport(Nation.KOR, 1, -30), Nation.KOR, at(30), KNOWN), "scope.window.from");
    ReleaseContext down = new ReleaseContext(KNOWN.launch(), Optional.of(at(600)), true);
    quarantined(
        jpn.check(trackReport(Nation.KOR, 1, 721), Nation.KOR, at(721), down),
        "scope.window.until");
  }

  @Test
  void acceptsWhatArrivesLateButWasMadeInTime() {
    ReleaseContext down = new ReleaseContext(KNOWN.launch(), Optional.of(at(600)), true);
    assertInstanceOf(
        Accept.class, jpn.check(trackReport(Nation.KOR, 1, 500), Nation.KOR, at(50_000), down));
  }

  @Test
  void setsAsideWhatCannotBeEvaluated() {
    ReleaseContext overflow =
        new ReleaseContext(KNOWN.launch(), Optional.of(new UtcTime(Long.MAX_VALUE)), false);
    quarantined(
        jpn.check(trackReport(Nation.KOR, 1, 30), Nation.KOR, at(30), overflow), "evaluation");
  }

  @Test
  void refusesPartsThatDoNotBelongTogether() {
    assertThrows(
        InvalidValueException.class,
        () -> new InboundCheck(inForce(Channel.EXERCISE), Nation.JPN, Channel.REAL));
    assertThrows(
        InvalidValueException.class,
        () -> new InboundCheck(inForce(Channel.REAL), new Nation("GBR"), Channel.REAL));
  }
}
