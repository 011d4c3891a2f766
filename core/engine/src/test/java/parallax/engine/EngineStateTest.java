package parallax.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import parallax.model.Channel;
import parallax.model.ConfidentialityLabel;
import parallax.model.Covariance;
import parallax.model.Geodetic;
import parallax.model.LaunchPointEstimate;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.model.TrackId;
import parallax.model.UtcTime;
import parallax.signing.VerificationKey;

/** What an engine remembers, as a value. What the simulation seldom meets is tested here. */
class EngineStateTest {
  private static final UtcTime NOW = MadeUpFlight.LAUNCH.plusSeconds(60);

  private static LaunchPointEstimate launch(double latitudeDeg, UtcTime at) {
    return new LaunchPointEstimate(
        Geodetic.ofDegrees(latitudeDeg, 126, 0), Covariance.diagonal(1e8, 1e8), at, 2);
  }

  @Test
  void whatWasTakenDoesNotChangeWhileTheEngineGoesOn() {
    Desk desk = new Desk(Nation.KOR, new ListedCodec());
    desk.step(NOW, new Input.Configured(Party.configuration(Nation.KOR)));
    desk.file(NOW, Filed.all(1, NOW));
    desk.step(NOW, new Input.Tick());
    EngineState before = desk.engine().state();
    String was = before.toString();

    for (int i = 1; i <= 8; i++) {
      UtcTime later = NOW.plusSeconds(i);
      desk.file(later, Filed.all(i, later));
      desk.step(later, new Input.Tick());
      desk.order(
          later,
          new Order.Recall(
              Filed.id(Nation.KOR, i),
              Optional.of(Report.DataClass.IMPACT_POINT),
              Report.RecallReason.MISTAKE));
    }

    assertEquals(was, before.toString());
    assertNotEquals(was, desk.engine().state().toString());
  }

  @Test
  void anEngineThatKnowsNothingHasTheStateOfOne() {
    Desk desk = new Desk(Nation.KOR, new ListedCodec());
    assertEquals(EngineState.empty().toString(), desk.engine().state().toString());
  }

  @Test
  void numbersThatWereGivenAreNotGivenAgain() {
    TrackNumbers numbers = new TrackNumbers();
    long first = numbers.of(launch(39, NOW));

    TrackNumbers anew = new TrackNumbers(numbers.state());

    assertNotEquals(first, anew.of(launch(39, NOW)));
    assertEquals(
        numbers.of(launch(39, NOW)), new TrackNumbers(numbersOf(first)).of(launch(39, NOW)));
  }

  private static OwnTracksState.Numbers numbersOf(long only) {
    return new OwnTracksState.Numbers(List.of(new int[] {(int) only}), 0);
  }

  @Test
  void theOldestNumbersAreForgottenBeyondTheBound() {
    int most = 3_000;
    TrackNumbers numbers = new TrackNumbers(most, new OwnTracksState.Numbers(List.of(), 0));
    long first = numbers.of(launch(38, NOW));
    for (int i = 1; i < most; i++) {
      var unused = numbers.of(launch(38 + i * 1e-9, NOW));
    }
    TrackNumbers full = new TrackNumbers(most, numbers.state());
    assertNotEquals(first, full.of(launch(38, NOW)));

    TrackNumbers over = new TrackNumbers(most, numbers.state());
    var unused = over.of(launch(39, NOW));
    TrackNumbers after = new TrackNumbers(most, over.state());

    assertEquals(most, count(after.state()));
    assertEquals(first, after.of(launch(38, NOW)));
    assertEquals(first, over.of(launch(38, NOW)));
  }

  private static int count(OwnTracksState.Numbers n) {
    return n.given().stream().mapToInt(part -> part.length).sum() - n.skipped();
  }

  private static Report reportOf(TrackId track, double atS) {
    UtcTime at = NOW.plusSeconds(atS);
    ConfidentialityLabel label =
        new ConfidentialityLabel(
            "PARALLAX",
            ConfidentialityLabel.Classification.UNCLASSIFIED,
            new TreeSet<>(Party.ALL),
            List.of(),
            NOW);
    return new Report.LaunchReport(
        new Report.Header(track, Channel.EXERCISE, at, label), launch(39, at));
  }

  private static KnownTracks knowingNothing() {
    return new KnownTracks(EngineState.empty().knowledge().combined().tracks());
  }

  @Test
  void aLateReportHasTheNewLabelOfItsTrack() {
    TrackId kor = new TrackId(Nation.KOR, 1);
    Report report = reportOf(kor, 0);
    ConfidentialityLabel ownUse =
        new ConfidentialityLabel(
            "PARALLAX",
            ConfidentialityLabel.Classification.UNCLASSIFIED,
            new TreeSet<>(List.of(Nation.KOR)),
            List.of(),
            NOW);
    KnownTracks known = knowingNothing();
    assertFalse(known.relabel(kor, ownUse, NOW.plusSeconds(1)), "nothing came yet");

    KnownTracks anew = new KnownTracks(known.state());

    var unused = anew.take(report, OptionalLong.of(NOW.nanos()));
    assertEquals(
        List.of(ownUse),
        anew.of(kor).orElseThrow().handling().values().stream()
            .map(KnownTrack.Handling::label)
            .toList());
  }

  @Test
  void aLateReportOfWhatWasTakenBackStaysOut() {
    TrackId kor = new TrackId(Nation.KOR, 1);
    KnownTracks known = knowingNothing();
    var unused = known.recalled(kor, Optional.empty(), NOW);

    KnownTracks anew = new KnownTracks(known.state());

    assertTrue(anew.isRecalled(reportOf(kor, 0)));
    assertFalse(anew.isRecalled(reportOf(kor, 1)), "made afterwards");
    assertFalse(knowingNothing().isRecalled(reportOf(kor, 0)));
  }

  @Test
  void keysThatPartnersChangedToStayKnownInTheirOrder() {
    LearnedKeys keys = new LearnedKeys(EngineState.empty().streams().learned());
    List<VerificationKey> all = new ArrayList<>();
    for (int i = 0; i <= LearnedKeys.MOST; i++) {
      all.add(Party.key(1 + i).key());
    }
    all.subList(0, LearnedKeys.MOST).forEach(k -> assertTrue(keys.learn(Nation.JPN, k)));

    LearnedKeys anew = new LearnedKeys(keys.state());

    assertEquals(new TreeSet<>(all.subList(0, LearnedKeys.MOST)), anew.of(Nation.JPN));
    assertTrue(anew.learn(Nation.JPN, all.getLast()));
    assertEquals(new TreeSet<>(all.subList(1, all.size())), anew.of(Nation.JPN), "the oldest goes");
  }

  @Test
  void aLaunchThatWasForgottenToMakeRoomIsWithdrawnAsThat() {
    TrackId kor = new TrackId(Nation.KOR, 1);
    CombinedPicture picture = new CombinedPicture();
    picture.take(reportOf(kor, 0));
    assertFalse(picture.draw(NOW, NOW.nanos()).drawn().isEmpty());
    for (int i = 1; i <= KnownTracks.MOST; i++) {
      picture.take(reportOf(new TrackId(Nation.KOR, 1 + i), 10_000 * i));
    }

    CombinedPicture anew = new CombinedPicture(picture.state());

    UtcTime later = NOW.plusSeconds(2);
    assertEquals(
        List.of(new CombinedPicture.Withdrawal(kor, Optional.empty(), true)),
        anew.draw(later, later.nanos()).withdrawn());
  }

  @Test
  void aLaunchAtRestIsWokenByItsTracks() {
    TrackId kor = new TrackId(Nation.KOR, 1);
    CombinedPicture picture = new CombinedPicture();
    picture.take(reportOf(kor, 0));
    var unused = picture.draw(NOW, NOW.nanos());
    UtcTime over = NOW.plusSeconds(20_000);
    picture.take(reportOf(new TrackId(Nation.JPN, 1), 20_000));
    unused = picture.draw(over, over.nanos());
    picture.take(reportOf(new TrackId(Nation.JPN, 2), 20_000));
    unused = picture.draw(over.plusSeconds(2), over.nanos());
    assertTrue(picture.state().ended().containsKey(kor), picture.state().ended().toString());

    CombinedPicture anew = new CombinedPicture(picture.state());
    anew.take(reportOf(kor, 20_001));

    UtcTime later = over.plusSeconds(5);
    assertEquals(
        List.of(kor),
        anew.draw(later, later.nanos()).drawn().stream().map(CombinedLaunch::event).toList());
    assertTrue(anew.state().ended().isEmpty());
  }
}
