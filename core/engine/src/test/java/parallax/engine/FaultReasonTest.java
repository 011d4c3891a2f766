package parallax.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class FaultReasonTest {
  @Test
  void readsTheSameWhetherTheMachineGaveAMessageOrNot() {
    assertEquals(
        FaultReason.of(new ArithmeticException("long overflow")),
        FaultReason.of(new ArithmeticException()));
    assertEquals(
        FaultReason.of(new NullPointerException("because x is null")),
        FaultReason.of(new NullPointerException()));
    for (int i : List.of(3, 4)) {
      assertEquals(
          "a place outside an array is used",
          FaultReason.of(new ArrayIndexOutOfBoundsException("Index " + i)));
    }
  }

  @Test
  void saysWhatOurOwnCodeSaid() {
    assertEquals("no stream", FaultReason.of(new IllegalStateException("no stream")));
    assertEquals("IllegalStateException", FaultReason.of(new IllegalStateException()));
    assertEquals(200, FaultReason.of(new IllegalStateException("x".repeat(300))).length());
  }
}
