package parallax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.demo.Chaos;

/**
 * A minute of faults; {@code build/chaos.sh} runs for as long as one likes, with any seed; {@code
 * build/kills.sh} does nothing but kill.
 */
class ChaosTest {
  private static final double SECONDS =
      Double.parseDouble(System.getProperty("chaos.seconds", "60"));
  private static final long SEED = Long.getLong("chaos.seed", 1);
  private static final boolean ONLY_KILLS = Boolean.getBoolean("chaos.onlyKills");

  @TempDir Path folder;

  @Test
  void threeProcessesLoseDoubleAndReorderNothingWhileWaysProcessesAndDisksFail() throws Exception {
    try (Chaos chaos = new Chaos(folder, SEED, ONLY_KILLS)) {
      Chaos.Outcome o = chaos.run(SECONDS);
      System.out.println("CHAOS " + o);
      assertEquals(List.of(), o.wrong(), o.toString());
      assertTrue(o.taken() > 0 && (ONLY_KILLS || o.folded() > 0), o.toString());
      assertTrue(o.faults().size() >= (ONLY_KILLS ? 1 : 7), o.toString());
    }
  }
}
