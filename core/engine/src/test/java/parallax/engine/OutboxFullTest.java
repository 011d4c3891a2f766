package parallax.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import parallax.link.GapReason;
import parallax.link.LinkConfig;
import parallax.link.LinkHealth;
import parallax.model.Channel;
import parallax.model.Nation;

/** A partner that takes nothing for longer than what is told it is kept. */
class OutboxFullTest {
  private static final long S = 1_000_000_000L;

  /** Room for three records on each lane, sent one by one. */
  static final LinkConfig THREE_RECORDS =
      new LinkConfig(S, 3 * S, 10 * S, 1, 256 << 10, 4 << 20, 1 << 20, 3, 1 << 20, 5_000, 3 << 20);

  @Test
  void whatIsReleasedIsNeverWithheldForWantOfRoom() {
    Desk jpn = new Desk(Nation.JPN, Channel.EXERCISE, new ListedCodec(), THREE_RECORDS);
    jpn.step(MadeUpFlight.LAUNCH, new Input.Configured(Party.configuration(Nation.JPN)));

    List<Effect> effects = jpn.fly(new MadeUpFlight().plots(Nation.JPN, 1).subList(0, 150));

    long released =
        Desk.of(Effect.DecisionRecorded.class, effects).stream()
            .filter(Effect.DecisionRecorded::released)
            .count();
    assertTrue(released > 20, "released: " + released);
    assertEquals(released, Desk.of(Effect.OutboxAppended.class, effects).size());
    for (LinkHealth h : jpn.engine().health()) {
      assertTrue(h.waitingBytes() <= 3 * 16, h.toString());
    }
  }

  @Test
  void oldestIsGivenUpAndBothSidesRecordTheGap() {
    Allies allies = new Allies(THREE_RECORDS).start();
    for (int i = 1; i <= 5; i++) {
      allies.file(Nation.KOR, Filed.launch(i));
    }
    allies.join(Nation.KOR, Nation.JPN).pass(3);

    List<Effect.GapRecorded> atJpn = allies.of(Nation.JPN, Effect.GapRecorded.class);
    assertEquals(1, atJpn.size(), atJpn.toString());
    assertEquals(1, atJpn.get(0).from());
    assertEquals(2, atJpn.get(0).to());
    assertEquals(GapReason.RETENTION, atJpn.get(0).reason());
    assertEquals(
        atJpn,
        allies.of(Nation.KOR, Effect.GapRecorded.class).stream()
            .filter(g -> g.stream().recipient().equals(Nation.JPN))
            .toList());
    List<Effect.RecordsTaken> taken = allies.of(Nation.JPN, Effect.RecordsTaken.class);
    assertEquals(3, taken.get(0).firstSeq());
    assertEquals(3, taken.stream().mapToInt(Effect.RecordsTaken::count).sum());
    assertFalse(allies.pictures(Nation.JPN, Picture.View.COMBINED).isEmpty());
  }
}
