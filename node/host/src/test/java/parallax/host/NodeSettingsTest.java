package parallax.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parallax.link.LinkConfig;
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
      folding: false
      eventsMiB: 128
      keepDays: 7
      snapshotSeconds: 300
      snapshotInputs: 50000
      """;

  @Test
  void readsBackWhatItWrote() {
    NodeSettings s = NodeSettings.parse(GOOD, "node.yaml");
    assertEquals(s, NodeSettings.parse(s.format(), "again"));
    assertEquals(Channel.EXERCISE, s.channel());
    assertEquals(128, s.eventsMiB());
    assertEquals(LinkConfig.standard().withoutFolding(), s.links());
    assertEquals(new NodeSettings.Keeps(7, 300, 50_000), s.keeps());
  }

  @Test
  void foldsUnlessToldOtherwise() {
    NodeSettings s = NodeSettings.parse(GOOD.replace("folding: false\n", ""), "node.yaml");
    assertEquals(LinkConfig.standard(), s.links());
  }

  @Test
  void holds64MiBOfEventsUnlessToldOtherwise() {
    NodeSettings s = NodeSettings.parse(GOOD.replace("eventsMiB: 128\n", ""), "node.yaml");
    assertEquals(64, s.eventsMiB());
  }

  @Test
  void keeps30DaysAndTakesASnapshotAMinuteUnlessToldOtherwise() {
    String text =
        GOOD.replace("keepDays: 7\n", "")
            .replace("snapshotSeconds: 300\n", "")
            .replace("snapshotInputs: 50000\n", "");
    NodeSettings s = NodeSettings.parse(text, "node.yaml");
    assertEquals(new NodeSettings.Keeps(30, 60, 200_000), s.keeps());
    assertEquals(s, NodeSettings.parse(s.format(), "again"));
  }

  @Test
  void keepsNothingOfThePastThatNoStartNeedsWhenToldSo() {
    assertEquals(
        0, NodeSettings.parse(GOOD.replace("keepDays: 7", "keepDays: 0"), "f").keeps().days());
  }

  @ParameterizedTest
  @CsvSource({
    "nation: JPN, nation: Japan, nation",
    "channel: EXERCISE, channel: Real, channel",
    "durability: normal, durability: maybe, durability",
    "exerciseClock: true, exerciseClock: yes please, exerciseClock",
    "folding: false, folding: seldom, folding",
    "eventsMiB: 128, eventsMiB: 0, eventsMiB",
    "eventsMiB: 128, eventsMiB: lots, eventsMiB",
    "keepDays: 7, keepDays: -1, keepDays",
    "keepDays: 7, keepDays: 36501, keepDays",
    "keepDays: 7, keepDays: a week, keepDays",
    "snapshotSeconds: 300, snapshotSeconds: 0, snapshotSeconds",
    "snapshotSeconds: 300, snapshotSeconds: 86401, snapshotSeconds",
    "snapshotInputs: 50000, snapshotInputs: 0, snapshotInputs",
    "snapshotInputs: 50000, snapshotInputs: 100000001, snapshotInputs",
    "snapshotInputs: 50000, snapshotInputs: 1.5, snapshotInputs",
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
