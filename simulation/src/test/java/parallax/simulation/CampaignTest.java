package parallax.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class CampaignTest {
  private static final int SEEDS = 15;

  @Test
  void sameSeedGivesTheSameTraceAndAnotherSeedAnother() {
    SortedSet<String> hashes = new TreeSet<>();
    for (long seed = 1; seed <= SEEDS; seed++) {
      Campaign.Run once = Campaign.ofAllFaults().run(seed);
      Campaign.Run again = Campaign.ofAllFaults().run(seed);
      assertEquals(once, again);
      hashes.add(once.traceHash());
    }
    assertEquals(SEEDS, hashes.size());
  }

  @Test
  void faultsStrikeAndInputsBecomeDurable() {
    SortedSet<Fault> struck = new TreeSet<>();
    for (long seed = 1; seed <= SEEDS; seed++) {
      Campaign.Run run = Campaign.ofAllFaults().run(seed);
      struck.addAll(run.faults().keySet());
      assertTrue(run.steps() > 100, "seed " + seed);
      assertNotEquals(0, run.simulatedS());
    }
    assertTrue(struck.size() > 10, struck.toString());
  }
}
