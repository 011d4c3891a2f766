package parallax.cli;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import parallax.demo.KilledUpgrades;

/** Two upgrades with kills; {@code build/kills.sh} does a hundred. */
class KilledUpgradesTest {
  private static final int UPGRADES = Integer.getInteger("parallax.upgrades", 2);

  @TempDir Path folder;

  @Test
  @Timeout(value = 3, unit = TimeUnit.HOURS)
  void aNodeKilledAnywhereInItsUpgradeIsUpgradedByALaterStart() throws Exception {
    KilledUpgrades.run(folder, UPGRADES);
  }
}
