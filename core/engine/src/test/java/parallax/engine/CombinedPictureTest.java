package parallax.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import parallax.model.Channel;
import parallax.model.ConfidentialityLabel;
import parallax.model.Covariance;
import parallax.model.FlightPhase;
import parallax.model.Geodetic;
import parallax.model.LaunchPointEstimate;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.model.StateVector;
import parallax.model.ThreatClass;
import parallax.model.TrackEstimate;
import parallax.model.TrackId;
import parallax.model.TrackStatus;
import parallax.model.UtcTime;
import parallax.model.Vector3;
import parallax.model.Wgs84;

/** Launches that turn out to be one, told in any order. */
class CombinedPictureTest {
  private static final UtcTime NOW = MadeUpFlight.LAUNCH.plusSeconds(60);
  private static final TrackId JPN = new TrackId(Nation.JPN, 1);
  private static final TrackId KOR = new TrackId(Nation.KOR, 1);
  private static final TrackId USA = new TrackId(Nation.USA, 1);
  private static final Geodetic ELSEWHERE = Geodetic.ofDegrees(40.5, 128.5, 0);

  private int reports;

  /** Each made a millisecond after the one before. */
  private Report launch(TrackId track, Geodetic place) {
    return launch(track, place, NOW.plusSeconds(-1 + 0.001 * reports++));
  }

  private static Report launch(TrackId track, Geodetic place, UtcTime made) {
    ConfidentialityLabel label =
        new ConfidentialityLabel(
            "PARALLAX",
            ConfidentialityLabel.Classification.UNCLASSIFIED,
            new TreeSet<>(Party.ALL),
            List.of(),
            NOW);
    return new Report.LaunchReport(
        new Report.Header(track, Channel.EXERCISE, made, label),
        new LaunchPointEstimate(place, Covariance.diagonal(1e6, 1e6), MadeUpFlight.LAUNCH, 2));
  }

  private static CombinedPicture.Changes draw(CombinedPicture picture, double afterS) {
    return picture.draw(NOW.plusSeconds(afterS), NOW.plusSeconds(afterS).nanos());
  }

  private static List<TrackId> events(CombinedPicture.Changes drawing) {
    return drawing.drawn().stream().map(CombinedLaunch::event).toList();
  }

  private final CombinedPicture picture = new CombinedPicture();

  @Test
  void withdrawsALaunchThatTurnsOutToBePartOfAnother() {
    picture.take(launch(USA, MadeUpFlight.SITE));
    picture.take(launch(KOR, ELSEWHERE));
    assertEquals(List.of(KOR, USA), events(draw(picture, 0)));

    picture.take(launch(KOR, MadeUpFlight.SITE));
    CombinedPicture.Changes merged = draw(picture, 2);

    assertEquals(List.of(USA), events(merged));
    assertEquals(List.of(KOR, USA), merged.drawn().get(0).sources());
    assertEquals(
        List.of(new CombinedPicture.Withdrawal(KOR, Optional.of(USA), false)), merged.withdrawn());
    assertEquals(List.of(), draw(picture, 4).withdrawn(), "said once");
  }

  @Test
  void aTrackThatIsLostAddsNothingToOneThatIsHeld() {
    picture.take(launch(USA, MadeUpFlight.SITE));
    picture.take(launch(KOR, MadeUpFlight.SITE));
    picture.take(state(USA, 60_000, TrackStatus.CONFIRMED));
    CombinedLaunch alone = draw(picture, 0).drawn().get(0);

    picture.take(state(KOR, 160_000, TrackStatus.LOST));
    CombinedLaunch both = draw(picture, 2).drawn().get(0);
    assertEquals(List.of(KOR, USA), both.sources());
    assertEquals(alone.estimate(), both.estimate());
    assertEquals(new TreeMap<>(), both.doubts());

    picture.take(state(USA, 60_000, TrackStatus.LOST));
    CombinedLaunch lost = draw(picture, 4).drawn().get(0);
    assertEquals(TrackStatus.LOST, lost.estimate().orElseThrow().status(), "better than none");
  }

  private Report state(TrackId track, double heightM, TrackStatus status) {
    Geodetic at = MadeUpFlight.SITE.withAltitudeM(heightM);
    Report launch = launch(track, MadeUpFlight.SITE);
    return new Report.TrackReport(
        launch.header(),
        new TrackEstimate(
            new StateVector(
                NOW,
                Wgs84.toEcef(at),
                Wgs84.fromEnu(new Vector3(500, 0, 1_500), at),
                Covariance.diagonal(1e6, 1e6, 1e6, 1e4, 1e4, 1e4)),
            FlightPhase.BOOST,
            status,
            ThreatClass.UNKNOWN,
            NOW));
  }

  @Test
  void drawsAWithdrawnLaunchAgainWhenItPartsAgain() {
    picture.take(launch(USA, MadeUpFlight.SITE));
    picture.take(launch(KOR, ELSEWHERE));
    var unused = draw(picture, 0);
    picture.take(launch(KOR, MadeUpFlight.SITE));
    unused = draw(picture, 2);

    picture.take(launch(KOR, ELSEWHERE));
    CombinedPicture.Changes parted = draw(picture, 4);

    assertEquals(List.of(KOR, USA), events(parted));
    assertEquals(List.of(), parted.withdrawn());
  }

  @Test
  void namesALaunchAlikeInWhateverOrderItsReportsCame() {
    Report first = launch(USA, MadeUpFlight.SITE);
    Report second = launch(KOR, MadeUpFlight.SITE);
    picture.take(first);
    picture.take(second);
    CombinedPicture other = new CombinedPicture();
    other.take(second);
    other.take(first);

    CombinedLaunch here = draw(picture, 0).drawn().get(0);
    CombinedLaunch there =
        other.draw(NOW, NOW.nanos(), picture, new Faults(), new ArrayList<>()).drawn().get(0);

    assertEquals(USA, here.event());
    assertEquals(here, there);
    assertTrue(draw(other, 2).drawn().isEmpty(), "nothing changed");
  }

  @Test
  void agreesOnTheNameOnceThoseWhoWereApartHearOfEachOther() {
    Report early = launch(KOR, MadeUpFlight.SITE);
    Report late = launch(JPN, MadeUpFlight.SITE);
    picture.take(late);
    CombinedPicture other = new CombinedPicture();
    other.take(early);
    assertEquals(List.of(JPN), events(draw(picture, 0)));
    assertEquals(List.of(KOR), events(draw(other, 0)));

    picture.take(early);
    other.take(late);

    CombinedPicture.Changes healed = draw(picture, 2);
    assertEquals(List.of(KOR), events(healed));
    assertEquals(
        List.of(new CombinedPicture.Withdrawal(JPN, Optional.of(KOR), false)), healed.withdrawn());
    assertEquals(List.of(KOR), events(draw(other, 2)));
  }

  @Test
  void namesALaunchByWhatAllKnowWhereItCan() {
    CombinedPicture mine = new CombinedPicture(picture);
    mine.take(launch(JPN, MadeUpFlight.SITE));
    assertEquals(List.of(JPN), events(draw(mine, 0)));

    Report told = launch(KOR, MadeUpFlight.SITE);
    mine.take(told);
    picture.take(told);

    assertEquals(List.of(KOR), events(draw(mine, 2)));
    assertEquals(List.of(KOR), events(draw(picture, 2)));
  }

  @Test
  void anOvertakenReportStillTellsWhatIsEarliest() {
    Report early = launch(USA, MadeUpFlight.SITE);
    picture.take(launch(KOR, MadeUpFlight.SITE));
    picture.take(launch(USA, MadeUpFlight.SITE));
    picture.take(early);

    assertEquals(List.of(USA), events(draw(picture, 0)));
  }

  @Test
  void anOvertakenReportDoesNotTakeThePlaceOfANewerOne() {
    picture.take(launch(USA, MadeUpFlight.SITE, NOW));
    picture.take(launch(USA, ELSEWHERE, NOW.plusSeconds(-1)));

    assertEquals(MadeUpFlight.SITE, picture.launchOf(USA).orElseThrow().point());
  }

  @Test
  void aClockSetBackDoesNotHoldUpADrawing() {
    picture.take(launch(USA, MadeUpFlight.SITE));
    var unused = draw(picture, 0);
    picture.take(launch(USA, ELSEWHERE));

    assertEquals(List.of(), events(picture.draw(NOW, NOW.plusSeconds(0.5).nanos())));
    assertEquals(List.of(USA), events(picture.draw(NOW, NOW.plusSeconds(-4).nanos())));
  }

  @Test
  void partsOfARecalledLaunchStayApart() {
    picture.take(launch(USA, MadeUpFlight.SITE));
    picture.take(launch(KOR, MadeUpFlight.SITE));
    picture.take(launch(JPN, MadeUpFlight.SITE));
    assertEquals(List.of(USA), events(draw(picture, 0)));
    picture.recall(USA, Optional.empty(), NOW);
    assertEquals(List.of(USA), events(draw(picture, 2)));

    picture.take(launch(JPN, ELSEWHERE));
    CombinedPicture.Changes parted = draw(picture, 4);

    assertEquals(List.of(JPN, USA), events(parted));
    assertEquals(List.of(JPN), parted.drawn().get(0).sources());
    assertEquals(List.of(KOR), parted.drawn().get(1).sources());
  }

  @Test
  void aRecalledLaunchThatGoesOnAsPartOfAnotherIsNotTakenBack() {
    picture.take(launch(JPN, ELSEWHERE));
    picture.take(launch(USA, MadeUpFlight.SITE));
    picture.take(launch(KOR, MadeUpFlight.SITE));
    var unused = draw(picture, 0);
    picture.recall(USA, Optional.empty(), NOW);
    unused = draw(picture, 2);

    picture.take(launch(KOR, ELSEWHERE));

    assertEquals(
        List.of(new CombinedPicture.Withdrawal(USA, Optional.of(JPN), false)),
        draw(picture, 4).withdrawn());
  }
}
