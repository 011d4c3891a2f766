package parallax.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeedsTest {
  private final Feeds feeds = new Feeds();
  private final List<Effect> out = new ArrayList<>();

  @Test
  void takesEachNumberOnceAndInOrder() {
    assertTrue(feeds.take("a", 1, out));
    assertFalse(feeds.take("a", 1, out), "again");
    assertFalse(feeds.take("a", 3, out), "2 is missing");
    assertTrue(feeds.take("a", 2, out));
    assertEquals(2, feeds.last("a"));
    assertEquals(1, Desk.notices(Effect.NoticeKind.PLOT_REFUSED, out).size());
    assertEquals(4, Desk.of(Effect.PlotsAcknowledged.class, out).size());
  }

  @Test
  void beyondTheMostANewFeedIsRefusedAndTheOthersGoOn() {
    for (int i = 0; i < Feeds.MOST; i++) {
      assertTrue(feeds.take("feed " + i, 1, out));
    }
    out.clear();

    assertFalse(feeds.take("one more", 1, out));

    String said = Desk.notices(Effect.NoticeKind.PLOT_REFUSED, out).getFirst();
    assertTrue(said.contains("one more") && said.contains("1000"), said);
    assertEquals(0, Desk.of(Effect.PlotsAcknowledged.class, out).getFirst().seq());
    assertTrue(feeds.take("feed 7", 2, out));
  }
}
