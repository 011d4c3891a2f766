package parallax.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parallax.model.Channel;
import parallax.model.InvalidValueException;

class NodeSettingsTest {
  private static final String GOOD =
      """
      nation: JPN
      channel: EXERCISE
      linkAddress: "127.0.0.1:7101"
      nationalAddress: "127.0.0.1:7201"
      partners:
        KOR: "127.0.0.1:7102"
      exerciseClock: true
      durability: normal
      eventsMiB: 128
      """;

  @Test
  void readsBackWhatItWrote() {
    NodeSettings s = NodeSettings.parse(GOOD, "node.yaml");
    assertEquals(s, NodeSettings.parse(s.format(), "again"));
    assertEquals(Channel.EXERCISE, s.channel());
    assertEquals(128, s.eventsMiB());
  }

  @Test
  void holds64MiBOfEventsUnlessToldOtherwise() {
    NodeSettings s = NodeSettings.parse(GOOD.replace("eventsMiB: 128\n", ""), "node.yaml");
    assertEquals(64, s.eventsMiB());
  }

  @ParameterizedTest
  @CsvSource({
    "nation: JPN, nation: Japan, nation",
    "channel: EXERCISE, channel: Real, channel",
    "durability: normal, durability: maybe, durability",
    "exerciseClock: true, exerciseClock: yes please, exerciseClock",
    "eventsMiB: 128, eventsMiB: 0, eventsMiB",
    "eventsMiB: 128, eventsMiB: lots, eventsMiB",
    "nation: JPN, nation: JPN|colour: blue, colour",
    "nation: JPN, nation: JPN|nation: KOR, not YAML",
    "nation: JPN, ~nation: JPN, not YAML"
  })
  void saysWhichKeyIsWrong(String right, String wrong, String named) {
    String text = GOOD.replace(right, wrong.replace('|', '\n').replace('~', '\t'));
    InvalidValueException e =
        assertThrows(InvalidValueException.class, () -> NodeSettings.parse(text, "node.yaml"));
    assertTrue(String.valueOf(e.getMessage()).contains(named), e.getMessage());
  }

  @Test
  void refusesAClockOfItsOwnOnChannelReal() {
    assertThrows(
        InvalidValueException.class, () -> new NodeClock(Path.of("."), Channel.REAL, true));
  }
}
