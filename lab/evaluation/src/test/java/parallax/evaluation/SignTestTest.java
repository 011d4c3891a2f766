package parallax.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import parallax.evaluation.SignTest.Pair;

class SignTestTest {
  private static final double NEVER = Double.POSITIVE_INFINITY;

  private static SignTest counts(int greater, int smaller, int ties) {
    List<Pair> pairs = new ArrayList<>();
    pairs.addAll(Collections.nCopies(greater, new Pair(1, 3)));
    pairs.addAll(Collections.nCopies(smaller, new Pair(3, 1)));
    pairs.addAll(Collections.nCopies(ties, new Pair(1, 1.2)));
    return SignTest.of(pairs, 0.3);
  }

  @Test
  void countsWhatDiffersByMoreThanTheTolerance() {
    assertEquals(new SignTest(2, 3, 4), counts(2, 3, 4));
  }

  @Test
  void tailIsThatOfAFairCoin() {
    assertEquals(1.0 / 32, counts(5, 0, 0).p(), 1e-15);
    assertEquals(11.0 / 1024, counts(9, 1, 0).p(), 1e-15);
    assertEquals(56.0 / 1024, counts(8, 2, 0).p(), 1e-15);
    assertEquals(1, counts(0, 0, 5).p(), 0);
  }

  @Test
  void fiveInAThousandAndTwentyFourIsBeyondChanceAndFiftySixIsNot() {
    assertTrue(counts(9, 1, 3).isGreater());
    assertFalse(counts(8, 2, 0).isGreater());
  }

  @Test
  void fewerThanFiveSeedsMustBeUnanimous() {
    assertTrue(counts(3, 0, 0).isGreater());
    assertFalse(counts(2, 0, 1).isGreater());
    assertFalse(counts(0, 0, 0).isGreater());
  }

  @Test
  void neverIsLaterThanEveryTimeAndNoLaterThanNever() {
    assertEquals(
        new SignTest(1, 1, 1),
        SignTest.of(List.of(new Pair(5, NEVER), new Pair(NEVER, 5), new Pair(NEVER, NEVER)), 0.3));
  }
}
