package parallax.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static parallax.model.Nation.JPN;
import static parallax.model.Nation.KOR;
import static parallax.model.Nation.USA;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import parallax.link.Frame;
import parallax.link.Lane;
import parallax.link.LinkHealth;
import parallax.link.StreamId;
import parallax.link.ViolationCode;
import parallax.link.Wire;
import parallax.model.Channel;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.signing.SigningKey;

/** A nation has lost its journal; its partners start over with it, and go on. */
class StartOverTest {
  private static final SigningKey NEXT = Party.streamKey(JPN, Channel.TEST);

  private final Allies allies = new Allies();

  /** What Japan sent Korea before. */
  private List<Allies.Sent> before = List.of();

  private void japanLosesItsJournal() {
    allies.start().joinAll().pass(3);
    allies.file(KOR, Filed.all(1, allies.now()));
    allies.file(JPN, Filed.all(2, allies.now()));
    allies.pass(3);
    before = allies.sent(JPN, KOR);
    allies.forget();
    allies.losesItsJournal(JPN, NEXT);
    allies.pass(3);
  }

  private static Effect.OrderAnswered answer(List<Effect> effects) {
    return Desk.of(Effect.OrderAnswered.class, effects).getFirst();
  }

  private LinkHealth stream(Nation at, Nation from, Nation to) {
    return allies.desk(at).engine().health().stream()
        .filter(h -> h.stream().equals(new StreamId(from, to, Lane.URGENT)))
        .findFirst()
        .orElseThrow();
  }

  private void startOver() {
    for (Nation n : List.of(KOR, USA)) {
      Effect.OrderAnswered a = answer(allies.order(n, new Order.StartOver(JPN, NEXT.key())));
      assertTrue(a.done(), a.detail());
      allies.step(n, new Input.Flush());
    }
    allies.pass(5);
  }

  private static Stream<Report> launches(List<Report> told) {
    return told.stream().filter(r -> r instanceof Report.LaunchReport);
  }

  @Test
  void withoutTheOrderNothingPassesAndBothSidesSayWhy() {
    japanLosesItsJournal();
    List<String> atKorea = allies.notices(KOR, Effect.NoticeKind.LINK_VIOLATION);
    assertTrue(
        atKorea.stream().anyMatch(l -> l.contains(ViolationCode.CURSOR_BEHIND.name())),
        atKorea.toString());
    assertTrue(
        stream(KOR, KOR, JPN).paths().values().stream()
            .noneMatch(p -> p.state() == parallax.link.LinkState.UP));
  }

  @Test
  void partnersStartOverAndWhatIsKnownNowIsToldAnewOnBothWays() {
    japanLosesItsJournal();
    long numberedBefore = stream(KOR, KOR, JPN).highWaterMark();
    startOver();
    assertEquals(1, allies.pictures(JPN, Picture.View.COMBINED).size(), "Korea's launch again");
    LinkHealth atJapan = stream(JPN, KOR, JPN);
    assertTrue(atJapan.counts().lost() >= 1, "what it had held before is a gap: " + atJapan);
    assertEquals(stream(KOR, KOR, JPN).highWaterMark(), atJapan.acknowledged());
    assertTrue(atJapan.acknowledged() > numberedBefore, "numbers go on");

    allies.file(JPN, Filed.all(3, allies.now()));
    allies.pass(3);
    assertTrue(launches(allies.told(JPN, KOR)).count() >= 1);
    LinkHealth fromJapan = stream(KOR, JPN, KOR);
    assertEquals(fromJapan.highWaterMark(), fromJapan.acknowledged());
    assertTrue(fromJapan.acknowledged() >= 1);
    for (Nation n : Party.ALL) {
      assertTrue(
          allies.pictures(n, Picture.View.COMBINED).stream()
              .anyMatch(p -> p.sources().contains(Filed.id(JPN, 3))),
          n + " knows the new launch");
    }
  }

  @Test
  void itOutlivesARestartOfThePartner() {
    japanLosesItsJournal();
    startOver();
    LinkHealth before = stream(KOR, JPN, KOR);
    allies.restart(KOR);
    allies.pass(3);
    assertEquals(before.acknowledged(), stream(KOR, JPN, KOR).acknowledged());
    allies.file(JPN, Filed.all(3, allies.now()));
    allies.pass(3);
    assertTrue(stream(KOR, JPN, KOR).acknowledged() > before.acknowledged());
  }

  @Test
  void whatThePartnerSignedBeforeCannotBeToldAgain() {
    japanLosesItsJournal();
    Frame old =
        before.stream()
            .map(Allies.Sent::frame)
            .filter(f -> f instanceof Frame.Batch b && b.firstSeq() == 1)
            .findFirst()
            .orElseThrow();
    startOver();
    allies.losesItsJournal(JPN, NEXT); // the stream stands at its beginning again
    allies.order(KOR, new Order.StartOver(JPN, Party.streamKey(JPN, Channel.REAL).key()));
    allies.pass(2);
    Wire wire = new Wire(JPN, new StreamId(JPN, KOR, Lane.URGENT));
    List<Effect> all = allies.step(KOR, new Input.FrameReceived(wire, old));
    assertEquals(List.of(), Desk.of(Effect.RecordsTaken.class, all));
  }

  @Test
  void keyThatWasUsedBeforeIsRefused() {
    japanLosesItsJournal();
    Effect.OrderAnswered same =
        answer(
            allies.order(
                KOR, new Order.StartOver(JPN, Party.streamKey(JPN, Channel.EXERCISE).key())));
    assertFalse(same.done());
    assertTrue(same.detail().contains("is not new"), same.detail());
    assertTrue(same.detail().contains("keys replace-stream"), same.detail());
    startOver();
    assertFalse(
        answer(
                allies.order(
                    KOR, new Order.StartOver(JPN, Party.streamKey(JPN, Channel.EXERCISE).key())))
            .done(),
        "nor one that was given up by starting over");
  }
}
