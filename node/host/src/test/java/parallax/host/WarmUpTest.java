package parallax.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import parallax.warning.AreaCatalogue;

class WarmUpTest {
  @Test
  void theRecordedLaunchGoesAllTheWayToAnAlert() throws Exception {
    WarmUp.Outcome seen = WarmUp.run(AreaCatalogue.bundled(), () -> false);

    assertTrue(seen.inputs() > 1_000, () -> "inputs: " + seen);
    assertTrue(seen.frames() > 100, () -> "frames for the partner: " + seen);
    assertTrue(seen.alerts() > 0, () -> "alerts: " + seen);
  }

  @Test
  void givesWayAsSoonAsThereIsRealWork() throws Exception {
    int[] asked = {0};

    WarmUp.Outcome seen = WarmUp.run(AreaCatalogue.bundled(), () -> ++asked[0] > 10);

    assertEquals(10, seen.inputs());
  }
}
