package parallax.tracking.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import parallax.model.InvalidValueException;
import parallax.model.Vector3;

/** Expected values: Stone Soup. */
final class SetDistanceTest {
  private static final List<Vector3> X =
      List.of(new Vector3(0, 0, 0), new Vector3(10_000, 0, 0), new Vector3(20_000, 5_000, 0));
  private static final List<Vector3> Y =
      List.of(new Vector3(100, 50, 0), new Vector3(10_400, -300, 100));

  @Test
  void matchesPublishedValues() {
    assertEquals(651.2807894193, SetDistance.ospa(X, Y, 1_000, 2), 5.1e-11);
    assertEquals(878.9197915623, SetDistance.gospa(X, Y, 1_000, 2), 5.1e-11);
    assertEquals(1873.9017834114, SetDistance.ospa(X, Y, 5_000, 1), 5.1e-11);
    assertEquals(3121.7053502343, SetDistance.gospa(X, Y, 5_000, 1), 5.1e-11);
  }

  @Test
  void isSymmetricAndZeroForEqualSets() {
    assertEquals(SetDistance.gospa(Y, X, 1_000, 2), SetDistance.gospa(X, Y, 1_000, 2), 1e-9);
    assertEquals(0, SetDistance.ospa(X, X.reversed(), 1_000, 2));
    assertEquals(0, SetDistance.ospa(List.of(), List.of(), 1_000, 2));
    assertEquals(1_000, SetDistance.ospa(X, List.of(), 1_000, 2), 1e-9);
  }

  @Test
  void refusesAnOrderBelowOneAndACutOffOfZero() {
    assertThrows(InvalidValueException.class, () -> SetDistance.ospa(X, Y, 0, 2));
    assertThrows(InvalidValueException.class, () -> SetDistance.gospa(X, Y, 1, 0.5));
  }
}
