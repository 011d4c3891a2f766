package parallax.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import parallax.link.fixtures.FaultyWorld;

/**
 * Both lanes end to end in worlds full of faults. Whatever happens, what arrives is what was
 * released, in order and once, and once the lines are good the recipient has every number: whole,
 * or folded into a newer one, or known to both sides to be lost.
 */
final class LinkFaultsTest {
  private static final int SEEDS = Integer.getInteger("parallax.link.seeds", 1_000);
  private static final int STEPS = 150;

  private static SortedMap<String, Integer> run(FaultyWorld.Line line, int seeds) {
    SortedMap<String, Integer> met = new TreeMap<>();
    for (long seed = 0; seed < seeds; seed++) {
      FaultyWorld world = new FaultyWorld(seed, line);
      try {
        world.run(STEPS);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(
            line + " seed " + seed + " after " + world.met + " " + world.trace, e);
      }
      world.met.forEach((what, times) -> met.merge(what, times, Integer::sum));
    }
    return met;
  }

  private static void assertMet(SortedMap<String, Integer> met, int seeds, List<String> all) {
    for (String what : all) {
      assertTrue(met.getOrDefault(what, 0) >= seeds / 4, () -> what + " was hardly met: " + met);
    }
  }

  private static final List<String> EVERYWHERE =
      List.of(
          "records",
          "records folded",
          "records lost",
          "records sent again",
          "gaps",
          "batches relayed",
          "changes of key",
          "suspensions of sending",
          "suspensions of receiving",
          "records set aside",
          "crash of the originator",
          "crash of the recipient",
          "crash of the relay",
          "connections reset");

  @Test
  void nothingIsLostUnknownNorToldTwiceWhateverTheLinesDo() {
    SortedMap<String, Integer> met = run(FaultyWorld.Line.HOSTILE, SEEDS / 2);
    assertMet(met, SEEDS / 2, EVERYWHERE);
    assertMet(met, SEEDS / 2, List.of("violations", "frames disturbed"));
  }

  @Test
  void linesThatOnlyBreakAreNeverBlamed() {
    SortedMap<String, Integer> met = run(FaultyWorld.Line.BREAKING, SEEDS - SEEDS / 2);
    assertMet(met, SEEDS / 2, EVERYWHERE);
  }

  @Test
  void theSameSeedGivesTheSameTrace() {
    for (FaultyWorld.Line line : FaultyWorld.Line.values()) {
      for (long seed = 0; seed < 10; seed++) {
        FaultyWorld one = new FaultyWorld(seed, line);
        FaultyWorld two = new FaultyWorld(seed, line);
        one.run(STEPS);
        two.run(STEPS);
        assertEquals(one.outcome(), two.outcome());
        FaultyWorld other = new FaultyWorld(seed + 1_000_000, line);
        other.run(STEPS);
        assertNotEquals(one.outcome(), other.outcome());
      }
    }
  }
}
