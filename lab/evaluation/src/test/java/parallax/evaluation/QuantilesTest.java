package parallax.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class QuantilesTest {
  private static final OptionalDouble NEVER = OptionalDouble.empty();

  private static List<OptionalDouble> values(double... v) {
    List<OptionalDouble> out = new ArrayList<>();
    for (double d : v) {
      out.add(OptionalDouble.of(d));
    }
    return out;
  }

  @Test
  void liesBetweenTheRanks() {
    Quantiles q = Quantiles.of(values(50, 10, 40, 20, 30));
    assertEquals(12, q.p5().orElseThrow(), 1e-12);
    assertEquals(30, q.median().orElseThrow(), 1e-12);
    assertEquals(48, q.p95().orElseThrow(), 1e-12);
    assertEquals(0, q.never());
  }

  @Test
  void oneSeedIsItsOwnSpread() {
    assertEquals(
        new Quantiles(OptionalDouble.of(7), OptionalDouble.of(7), OptionalDouble.of(7), 0),
        Quantiles.of(values(7)));
  }

  @Test
  void neverIsLaterThanEveryTime() {
    List<OptionalDouble> v = values(10, 20);
    v.add(NEVER);
    Quantiles q = Quantiles.of(v);
    assertEquals(11, q.p5().orElseThrow(), 1e-12);
    assertEquals(OptionalDouble.of(20), q.median());
    assertEquals(NEVER, q.p95());
    assertEquals(1, q.never());
  }

  @Test
  void aMedianAmongNeversIsNever() {
    assertEquals(new Quantiles(NEVER, NEVER, NEVER, 2), Quantiles.of(List.of(NEVER, NEVER)));
    List<OptionalDouble> half = values(10);
    half.add(NEVER);
    assertEquals(NEVER, Quantiles.of(half).median());
  }
}
