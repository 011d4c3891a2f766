package parallax.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import parallax.files.waiting.Await;
import parallax.host.NodeClock;
import parallax.journal.files.EntryLogReader;
import parallax.model.Nation;
import parallax.model.UtcTime;

/** The kept Japanese node as a process, killed again and again while it takes its journal over. */
public final class KilledUpgrades {
  /** The exercise's time when it was killed under the earlier version. */
  private static final UtcTime AT_THE_KILL = UtcTime.of(Instant.parse("2022-10-03T22:26:20Z"));

  private static final long INPUTS = 1_078;
  private static final int KILLS = 4;

  private KilledUpgrades() {}

  /** Upgrades it so many times, each from the kept directory. */
  public static void run(Path folder, int upgrades) throws Exception {
    Random random = new Random(14);
    for (int round = 0; round < upgrades; round++) {
      DemoDirectories dirs = DemoDirectories.prepare(folder.resolve("round" + round));
      new KeptNodes(folder).put(dirs);
      Path jpn = dirs.node(Nation.JPN).root();
      new NodeClock.Setting(AT_THE_KILL, NodeClock.wallNs(), 1, AT_THE_KILL.plusSeconds(3_600))
          .write(jpn);
      try (ChaosNode node = new ChaosNode(jpn)) {
        for (int kill = 0; kill < KILLS; kill++) {
          TimeUnit.MILLISECONDS.sleep(500 + random.nextInt(3_500)); // anywhere in a start
          node.killAndStart();
        }
        long ups = ups(jpn);
        Await.until(() -> ups(jpn) > ups, node::lastLines);
        assertEquals(List.of(), node.faultsSaid());
      }
      String log = Files.readString(jpn.resolve("node.log"));
      assertFalse(log.contains("AUDIT_SET_ASIDE"), log);
      KeptNodes.requireLeft(folder.resolve("kept/JPN"), jpn);
      try (EntryLogReader reader = EntryLogReader.open(jpn.resolve("journal"))) {
        assertEquals(INPUTS + 1, reader.firstPosition());
      }
    }
  }

  /** How often the node's log says that it has come up. */
  private static long ups(Path node) throws IOException {
    try (Stream<String> lines = Files.lines(node.resolve("node.log"), StandardCharsets.UTF_8)) {
      return lines.filter(l -> l.contains(" node is up on channel ")).count();
    }
  }
}
