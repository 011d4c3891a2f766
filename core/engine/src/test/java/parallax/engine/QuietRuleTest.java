package parallax.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static parallax.model.Nation.JPN;
import static parallax.model.Nation.KOR;
import static parallax.model.Nation.USA;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import parallax.link.Frame;
import parallax.link.Lane;
import parallax.link.StreamId;
import parallax.link.Wire;
import parallax.model.Nation;
import parallax.model.UtcTime;

/** What may stay out of the journal, and that nothing is missing after a replay without it. */
class QuietRuleTest {
  private final Allies allies = new Allies();

  private Engine engine(Nation n) {
    return allies.desk(n).engine();
  }

  private boolean isTickQuiet(Nation n) {
    allies.step(n, new Input.Tick());
    return engine(n).wasQuiet();
  }

  @Test
  void nodesThatHaveNothingToTellJournalNothing() {
    allies.start().joinAll().pass(10);
    allies.forget();
    int before = allies.desk(KOR).journalled();

    allies.pass(60);

    assertEquals(before, allies.desk(KOR).journalled());
    assertFalse(allies.sent(KOR, JPN).isEmpty(), "it sends heartbeats and receipts all the same");
    allies.requirePeace();
  }

  @Test
  void nodeGoesOnAfterAReplayAsItDidBefore() {
    allies.start().joinAll().relay(JPN, KOR, USA).pass(10);
    allies.file(KOR, Filed.launch(1));
    allies.pass(120);
    allies.file(JPN, Filed.allToJapan(1, allies.now()));
    allies.pass(3);
    for (Nation n : Party.ALL) {
      Engine twin = allies.desk(n).twin();
      assertEquals(engine(n).health(), twin.health(), n.code());
      assertEquals(engine(n).quietSoFar(), twin.quietSoFar(), n.code());
      for (int i = 1; i < 40; i++) {
        UtcTime at = allies.now().plusSeconds(i);
        Input.Stamped tick = new Input.Stamped(at, at.nanos(), new Input.Tick());
        assertEquals(said(engine(n).step(tick)), said(twin.step(tick)), n + " after " + i + " s");
      }
    }
  }

  /** A tracker goes by the ticks alone: nothing else that was left out moves its clock. */
  @Test
  void trackersClockIsThatOfTheLastTickAfterAReplayToo() {
    allies.start().joinAll().pass(10);
    assertTrue(isTickQuiet(KOR));
    OptionalLong ticked = engine(KOR).quietSoFar().tickedNs();
    assertTrue(ticked.isPresent());
    allies.later(0.3);
    allies.step(KOR, new Input.Flush());
    assertTrue(engine(KOR).wasQuiet());
    assertEquals(ticked, allies.desk(KOR).twin().quietSoFar().tickedNs());
  }

  private static List<String> said(List<Effect> effects) {
    return effects.stream()
        .map(
            e ->
                e instanceof Effect.SendFrame s && s.frame() instanceof Frame.Heartbeat h
                    ? s.wire() + " " + h
                    : e.getClass() + " " + (e instanceof Effect.NoticeRaised ? e : ""))
        .toList();
  }

  @Test
  void ticksMatterWhileAnythingFliesIsUndrawnOrIsWarnedOf() {
    allies.start().joinAll().pass(125);
    assertTrue(isTickQuiet(JPN));

    allies.file(JPN, Filed.allToJapan(1, allies.now()));
    assertFalse(isTickQuiet(JPN), "it is drawn");
    for (int i = 0; i < 6; i++) {
      allies.pass(1);
      allies.file(JPN, Filed.allToJapan(1, allies.now()));
    }
    allies.pass(5);
    assertEquals(1, allies.of(JPN, Effect.AlertRaised.class).size());
    assertFalse(isTickQuiet(JPN), "an alert stands");
    assertTrue(isTickQuiet(KOR), "KOR has drawn it and warns nobody");
  }

  @Test
  void ticksMatterWhileATrackIsFollowed() {
    allies.start();
    List<parallax.model.Plot> plots = new MadeUpFlight().plots(KOR, 60);
    for (parallax.model.Plot p : plots.subList(0, 12)) {
      allies.plot(KOR, p);
    }
    assertFalse(isTickQuiet(KOR));
    assertTrue(isTickQuiet(USA));
  }

  @Test
  void receiptThatSaysSomethingNewMatters() {
    allies.start().joinAll().pass(5);
    allies.fileUnsent(KOR, Filed.launch(1));
    allies.step(KOR, new Input.Flush());
    assertFalse(engine(KOR).wasQuiet(), "a record left");
    int before = allies.desk(KOR).journalled();
    allies.deliver();
    assertEquals(before + 2, allies.desk(KOR).journalled(), "the receipts of both partners");
    int tick = allies.desk(KOR).journalled();
    allies.step(KOR, new Input.Flush());
    assertEquals(tick, allies.desk(KOR).journalled(), "there is nothing to send");
  }

  @Test
  void silenceOfAPartnerMatters() {
    allies.start().joinAll().pass(5);
    Wire wire = new Wire(JPN, new StreamId(KOR, JPN, Lane.URGENT));
    allies.cut(JPN, USA);
    allies.forget();
    int quiet = 0;
    for (int i = 0; i < 20; i++) {
      allies.later(1);
      quiet += isTickQuiet(KOR) ? 1 : 0;
    }
    assertTrue(quiet > 0 && quiet < 20, "quiet ticks: " + quiet);
    assertTrue(
        allies.notices(KOR, Effect.NoticeKind.LINK_STATE).stream()
            .anyMatch(s -> s.startsWith(wire + " is")));
    assertEquals(engine(KOR).health(), allies.desk(KOR).twin().health());
  }

  @Test
  void ticksMatterWhileAPartFails() {
    allies.start().joinAll().pass(125);
    allies.file(JPN, FaultsTest.withStage(1, allies.now(), new UtcTime(Long.MAX_VALUE)));
    allies.pass(2);
    assertFalse(isTickQuiet(JPN));
    assertEquals(Optional.empty(), allies.desk(JPN).unwritten());
  }
}
