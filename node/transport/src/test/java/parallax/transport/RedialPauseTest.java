package parallax.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RedialPauseTest {
  private final RedialPause pause = new RedialPause();
  private long now = -7; // any start will do

  private List<Long> pauses(int times, boolean answered, long heldNs) {
    List<Long> out = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      if (answered) {
        pause.heard(now);
        now += heldNs / 2;
        pause.heard(now);
        now += heldNs / 2;
      }
      out.add(pause.ended(now));
      now += out.getLast() * 1_000_000;
    }
    return out;
  }

  @Test
  void growsWhileNobodyAnswers() {
    assertEquals(List.of(100L, 200L, 400L, 800L, 1_600L, 1_600L), pauses(6, false, 0));
  }

  @Test
  void growsWhileEveryAnswerIsARefusal() {
    assertEquals(List.of(100L, 200L, 400L, 800L, 1_600L, 1_600L), pauses(6, true, 2_000_000));
  }

  @Test
  void isShortAgainAfterAConnectionThatHeld() {
    pauses(6, true, 2_000_000);
    assertEquals(List.of(100L), pauses(1, true, RedialPause.HELD_NS));
    assertEquals(List.of(200L), pauses(1, true, RedialPause.HELD_NS - 2));
  }
}
