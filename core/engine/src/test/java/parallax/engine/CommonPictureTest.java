package parallax.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import parallax.link.LinkConfig;
import parallax.model.Channel;
import parallax.model.Nation;
import parallax.model.Plot;

/** What all nations know: without what was withheld from one of them. */
class CommonPictureTest {
  private static List<Picture> pictures(Picture.View view, List<Effect> effects) {
    return Desk.of(Effect.PictureChanged.class, effects).stream()
        .map(Effect.PictureChanged::picture)
        .filter(p -> p.view() == view)
        .toList();
  }

  private static Desk desk(NodeConfiguration configuration, LinkConfig links) {
    Desk jpn = new Desk(Nation.JPN, Channel.EXERCISE, new ListedCodec(), links);
    jpn.step(MadeUpFlight.LAUNCH, new Input.Configured(configuration));
    return jpn;
  }

  private static List<Plot> plots() {
    return new MadeUpFlight().plots(Nation.JPN, 1);
  }

  @Test
  void isTheCombinedPictureWhileEveryPartnerIsToldEverything() {
    Desk jpn = desk(Party.configuration(Nation.JPN), LinkConfig.standard());

    List<Effect> effects = jpn.fly(plots().subList(0, 250));

    Picture combined = pictures(Picture.View.COMBINED, effects).getLast();
    Picture common = pictures(Picture.View.COMMON, effects).getLast();
    assertTrue(combined.estimate().isPresent());
    assertEquals(combined.sources(), common.sources());
    assertEquals(combined.launch(), common.launch());
    assertEquals(combined.estimate(), common.estimate());
    assertEquals(combined.impact(), common.impact());
    assertEquals(List.of(), common.areas());
    assertEquals(List.of(), common.path());
  }

  @Test
  void leavesOutAnOwnTrackThatIsWithheldForWantOfALaunchPoint() {
    Desk jpn = desk(Party.configuration(Nation.JPN), LinkConfig.standard());
    List<Plot> late =
        plots().stream()
            .filter(p -> p.timeOfValidity().secondsSince(MadeUpFlight.LAUNCH) > 450)
            .toList();

    List<Effect> effects = jpn.fly(late.subList(0, 60));

    List<Effect.DecisionRecorded> decisions = Desk.of(Effect.DecisionRecorded.class, effects);
    assertFalse(decisions.isEmpty());
    assertTrue(decisions.stream().noneMatch(Effect.DecisionRecorded::released));
    assertFalse(pictures(Picture.View.COMBINED, effects).isEmpty(), "the nation goes by it");
    assertEquals(List.of(), pictures(Picture.View.COMMON, effects));
  }

  @Test
  void leavesOutWhatOnlyOnePartnerIsTold() {
    NodeConfiguration c = Party.configuration(Nation.JPN);
    String onlyKorea = c.policy().replace("[KOR, USA]", "[KOR]");
    assertFalse(onlyKorea.equals(c.policy()));
    Desk jpn = desk(c.withPolicy(onlyKorea), LinkConfig.standard());

    List<Effect> effects = jpn.fly(plots().subList(0, 150));

    assertFalse(Desk.of(Effect.OutboxAppended.class, effects).isEmpty(), "KOR is told");
    assertFalse(pictures(Picture.View.COMBINED, effects).isEmpty());
    assertEquals(List.of(), pictures(Picture.View.COMMON, effects));
  }

  @Test
  void leavesOutWhatASuspendedPartnerIsNotTold() {
    Desk jpn = desk(Party.configuration(Nation.JPN), LinkConfig.standard());
    jpn.order(
        MadeUpFlight.LAUNCH, new Order.Suspend(Nation.USA, Order.Direction.SEND, "maintenance"));

    List<Effect> effects = jpn.fly(plots().subList(0, 150));

    assertFalse(Desk.of(Effect.OutboxAppended.class, effects).isEmpty(), "KOR is told");
    assertFalse(pictures(Picture.View.COMBINED, effects).isEmpty());
    assertEquals(List.of(), pictures(Picture.View.COMMON, effects));
  }

  @Test
  void holdsNothingWhileNoAgreementIsInForce() {
    Desk jpn =
        desk(
            Party.configuration(
                Nation.JPN,
                Channel.EXERCISE,
                Party.signed(Party.AGREEMENT, Channel.TEST),
                MadeUpFlight.sensors(Nation.JPN)),
            LinkConfig.standard());

    List<Effect> effects = jpn.fly(plots().subList(0, 150));

    assertFalse(pictures(Picture.View.COMBINED, effects).isEmpty());
    assertEquals(List.of(), pictures(Picture.View.COMMON, effects));
  }
}
