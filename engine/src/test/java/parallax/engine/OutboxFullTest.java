package parallax.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import parallax.link.LinkConfig;
import parallax.model.Channel;
import parallax.model.Nation;

/** A partner that takes nothing for so long that its outbox is full. */
class OutboxFullTest {
  @Test
  void reportThatFindsNoRoomIsRecordedAsWithheldAndSaid() {
    long s = 1_000_000_000L;
    LinkConfig oneRecord =
        new LinkConfig(s, 3 * s, 10 * s, 500, 256 << 10, 4 << 20, 1, 5_000, 3 << 20);
    Desk jpn = new Desk(Nation.JPN, Channel.EXERCISE, new ListedCodec(), oneRecord);
    jpn.step(MadeUpFlight.LAUNCH, new Input.Configured(Party.configuration(Nation.JPN)));

    List<Effect> effects = jpn.fly(new MadeUpFlight().plots(Nation.JPN, 1).subList(0, 150));

    assertEquals(2, Desk.of(Effect.OutboxAppended.class, effects).size(), "one for each partner");
    List<Effect.DecisionRecorded> full =
        Desk.of(Effect.DecisionRecorded.class, effects).stream()
            .filter(d -> d.reason().contains("outbox for " + d.partner()))
            .toList();
    assertFalse(full.isEmpty());
    assertTrue(full.stream().noneMatch(Effect.DecisionRecorded::released));
    assertEquals(full.size(), Desk.notices(Effect.NoticeKind.OUTBOX_FULL, effects).size());
    long released =
        Desk.of(Effect.DecisionRecorded.class, effects).stream()
            .filter(Effect.DecisionRecorded::released)
            .count();
    assertEquals(2, released);
  }
}
