package parallax.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;

class SettingTest {
  private static final String LEAST =
      """
      nation: JPN
      channel: EXERCISE
      linkAddress: "127.0.0.1:7101"
      nationalAddress: "127.0.0.1:7201"
      """;

  @Test
  void everyDefaultIsWhatASettingIsThatTheFileDoesNotHave() {
    NodeSettings s = NodeSettings.parse(LEAST, "node.yaml");
    for (Setting x : Setting.values()) {
      if (!x.standard().isEmpty()) {
        assertEquals(x.standard(), x.in(s), x.key());
      }
    }
  }

  @Test
  void everySettingIsExplainedInOneLineWithItsUnit() {
    for (Setting x : Setting.values()) {
      assertFalse(x.meaning().isBlank() || x.meaning().contains("\n"), x.key());
      assertFalse(x.unit().isBlank(), x.key());
    }
  }

  @Test
  void everythingThatIsWrongIsGathered() {
    SettingsReader r =
        new SettingsReader(
            LEAST.replace("JPN", "Japan").replace("EXERCISE", "PLAY") + "eventsMiB: 0\nx: 1\n",
            "node.yaml");
    assertEquals(4, r.faults().size(), r.faults().toString());
  }
}
