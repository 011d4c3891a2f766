package parallax.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import parallax.evaluation.ExerciseParties;
import parallax.files.waiting.Await;
import parallax.host.Node;
import parallax.host.NodeClock;
import parallax.host.NodeLog;
import parallax.link.Digest;
import parallax.link.Entry;
import parallax.link.Frame;
import parallax.model.Nation;
import parallax.model.UtcTime;
import parallax.transport.Rpc;
import parallax.wire.FrameCodec;
import parallax.wire.PlotCodec;

/**
 * A partner that sends more than a node can take, over real ports: it is held up itself, and the
 * node goes on serving everybody else.
 */
@Timeout(300)
class FullQueueOnTheWireTest {
  private static final UtcTime NOW = new UtcTime(1_681_338_180_000_000_000L);

  /** Entries of one frame: three times what one connection may have waiting in the node. */
  private static final int ENTRIES = 60_000;

  private static final int FRAMES = 12;

  @TempDir Path folder;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final NodeLog log = new NodeLog(new PrintStream(said, true, StandardCharsets.UTF_8), "t");
  private DemoDirectories dirs;
  private Node node;

  @BeforeEach
  void startsTheJapaneseNode() throws Exception {
    dirs = DemoDirectories.prepare(folder);
    for (Nation n : ExerciseParties.NATIONS) {
      new NodeClock.Setting(NOW, NodeClock.wallNs(), 1, NOW.plusSeconds(3600))
          .write(dirs.node(n).root());
    }
    node = Node.start(dirs.node(Nation.JPN).root(), log);
  }

  @AfterEach
  void stopsIt() {
    node.close();
  }

  private String log() {
    return said.toString(StandardCharsets.UTF_8);
  }

  private Caller partner(Nation nation, String stream) throws Exception {
    return new Caller(
        dirs.settings(Nation.JPN).linkAddress(),
        dirs.node(nation).keys(),
        "node",
        dirs.node(Nation.JPN).keys().resolve("ca.pem"),
        Rpc.LINK,
        Nation.JPN,
        stream);
  }

  private static byte[] largeFrame() {
    Digest digest = Digest.of(new byte[Digest.LENGTH]);
    return FrameCodec.encode(
        new Frame.Batch(
            1,
            Collections.nCopies(ENTRIES, new Entry.Folded(digest, ENTRIES + 1)),
            digest,
            new byte[64],
            0));
  }

  @Test
  void goesOnWhileAPartnerSendsFramesThatAreTooLarge() throws Exception {
    byte[] large = largeFrame();
    List<Caller> flood = new ArrayList<>();
    try {
      for (String stream :
          List.of("KOR>JPN/BULK", "JPN>KOR/BULK", "KOR>USA/BULK", "USA>KOR/BULK")) {
        Caller c = partner(Nation.KOR, stream);
        flood.add(c);
        for (int i = 0; i < FRAMES; i++) {
          c.send(large);
        }
      }
      try (Caller feed = sensor()) {
        for (int i = 1; i <= 20; i++) {
          feed.send(PlotCodec.encodeQuestion("f"));
          assertEquals(0, PlotCodec.decodeAck(feed.next()).durableSeq());
          long before = log.count("LINK_VIOLATION");
          try (Caller other = partner(Nation.USA, "USA>JPN/URGENT")) {
            other.send("garbage".getBytes(StandardCharsets.UTF_8));
            Await.until(() -> log.count("LINK_VIOLATION") > before, this::log);
          }
        }
      }
      assertNull(node.failure());
    } finally {
      for (Caller c : flood) {
        c.close();
      }
    }
  }

  private Caller sensor() throws Exception {
    return new Caller(
        dirs.settings(Nation.JPN).nationalAddress(),
        dirs.clients(Nation.JPN),
        "sensor",
        dirs.node(Nation.JPN).keys().resolve("ca.pem"),
        Rpc.FEED);
  }
}
