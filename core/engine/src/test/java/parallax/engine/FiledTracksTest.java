package parallax.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static parallax.model.Nation.JPN;
import static parallax.model.Nation.KOR;
import static parallax.model.Nation.USA;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parallax.link.Lane;
import parallax.model.Geodetic;
import parallax.model.InvalidValueException;
import parallax.model.Report;

/** Tracks of a nation's other systems, passed on as they say. */
class FiledTracksTest {
  private final Allies allies = new Allies();

  private void begin() {
    allies.start().joinAll().pass(120);
    allies.forget();
  }

  @Test
  void areToldAndDrawnLikeTheNodesOwn() {
    begin();
    allies.file(KOR, Filed.all(7, allies.now()));
    allies.pass(2);

    assertEquals(
        List.of(
            Report.DataClass.LAUNCH_POINT,
            Report.DataClass.FLIGHT_PATH,
            Report.DataClass.IMPACT_POINT),
        allies.told(KOR, JPN).stream().map(Report::dataClass).toList());
    assertEquals(2, allies.taken(KOR, JPN, Lane.URGENT));
    assertEquals(1, allies.taken(KOR, JPN, Lane.BULK));
    for (Picture.View view : Picture.View.values()) {
      assertEquals(
          List.of(Filed.id(KOR, 7)), allies.pictures(KOR, view).get(0).sources(), view.toString());
    }
    for (Picture.View view : List.of(Picture.View.COMBINED, Picture.View.COMMON)) {
      for (var n : List.of(JPN, USA)) {
        assertEquals(List.of(Filed.id(KOR, 7)), allies.pictures(n, view).get(0).sources());
      }
    }
    allies.requirePeace();
  }

  @Test
  void neverHaveTheNumberOfATrackOfTheNodesOwn() {
    assertEquals(1_000_000_000_001L, Filed.id(KOR, 1).number());
    assertThrows(InvalidValueException.class, () -> Filed.launch(0));
    assertThrows(InvalidValueException.class, () -> Filed.launch(FiledTrack.FIRST + 1));
    assertThrows(
        InvalidValueException.class,
        () -> new FiledTrack(1, Optional.empty(), Optional.empty(), Optional.empty()));
  }

  @Test
  void withoutALaunchNothingIsTold() {
    begin();
    allies.file(KOR, Filed.path(1, allies.now()));
    allies.file(KOR, Filed.impact(1, allies.now(), 39, 137));

    assertEquals(List.of(), allies.numbered(KOR, JPN));
    assertEquals(
        List.of("scope.launchRegions"),
        allies.decisions(KOR, JPN).stream()
            .map(Effect.DecisionRecorded::clause)
            .distinct()
            .toList());
  }

  @Test
  void launchElsewhereIsNotTold() {
    begin();
    allies.file(
        KOR,
        new FiledTrack(
            1,
            Optional.of(Filed.launchAt(Geodetic.ofDegrees(38.85, 111.61, 0))),
            Optional.empty(),
            Optional.empty()));
    assertEquals(List.of(), allies.numbered(KOR, JPN));
  }

  @Test
  void whatWasFiledBeforeStandsBesideWhatIsFiledNow() {
    String confirmedOnly =
        Party.policy(KOR)
            .replace(
                "    dataClasses: [LAUNCH_POINT, IMPACT_POINT]",
                "    minimumStatus: CONFIRMED\n    dataClasses: [LAUNCH_POINT, IMPACT_POINT]");
    allies.configure(KOR, allies.configuration(KOR).withPolicy(confirmedOnly));
    begin();
    allies.file(KOR, Filed.all(1, allies.now()));
    allies.pass(1);
    allies.forget();

    allies.file(KOR, Filed.impact(1, allies.now(), 39, 138));
    allies.pass(1);

    assertEquals(
        List.of(Report.DataClass.IMPACT_POINT),
        allies.told(KOR, JPN).stream().map(Report::dataClass).toList(),
        "the track is known to be confirmed");
    Picture national = allies.pictures(KOR, Picture.View.NATIONAL).get(0);
    assertTrue(national.launch().isPresent());
    assertTrue(national.estimate().isPresent());
  }

  @Test
  void shareTheirNumbersWithTheFeedsPlots() {
    begin();
    allies.file(KOR, Filed.launch(1));

    List<Effect> again = allies.step(KOR, new Input.TrackFiled(Desk.FEED, 1, Filed.launch(1)));
    List<Effect> ahead = allies.step(KOR, new Input.TrackFiled(Desk.FEED, 9, Filed.launch(1)));

    assertEquals(List.of(new Effect.PlotsAcknowledged(Desk.FEED, 1)), again);
    assertEquals(
        List.of("feed feed: got 9; expected 2"),
        Desk.notices(Effect.NoticeKind.PLOT_REFUSED, ahead));
    assertEquals(1, allies.numbered(KOR, JPN).size());
  }

  @Test
  void beforeAnyConfigurationAreRefused() {
    List<Effect> effects = allies.file(KOR, Filed.launch(1));
    assertEquals(1, Desk.notices(Effect.NoticeKind.PLOT_REFUSED, effects).size());
  }
}
