package parallax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.client.SensorFeed;
import parallax.credentials.CertificateAuthority;
import parallax.demo.OneNode;
import parallax.host.NodeSettings;
import parallax.model.Nation;
import parallax.model.Plot;
import parallax.model.SensorId;
import parallax.model.UtcTime;

/** What a gateway is told when its numbers and the node's cannot both be right. */
class SensorFeedTest {
  private static final UtcTime BEGIN = new UtcTime(1_767_225_600_000_000_000L);
  private static final SensorId SADO = new SensorId(Nation.JPN, "J/FPS-5 Sado");

  @TempDir Path folder;
  private OneNode node;

  @BeforeEach
  void startsANode() throws Exception {
    node = OneNode.byAnExerciseClock(folder.resolve("nodes"), BEGIN, 0.001);
  }

  @AfterEach
  void stopsIt() {
    node.close();
  }

  private SensorFeed feed() throws Exception {
    InetSocketAddress address = NodeSettings.read(node.directory()).nationalAddress();
    Path keys = node.clients();
    return new SensorFeed(
        Nation.JPN,
        address,
        keys.resolve("sensor.pem"),
        keys.resolve("sensor.key"),
        CertificateAuthority.readCertificates(keys.resolve("ca.pem")),
        "f",
        new SensorFeed.Listener() {});
  }

  private static void report(SensorFeed feed, int plots) throws Exception {
    for (int i = 1; i <= plots; i++) {
      feed.report(
          new Plot.RadarPlot(
              SADO, BEGIN.plusSeconds(i * 0.001), 300_000 + i, 1, 0.5, OptionalDouble.empty()));
    }
    feed.awaitAcknowledged();
  }

  @Test
  void aNodeThatLostItsJournalIsNotFedOnWithAHole() throws Exception {
    try (SensorFeed feed = feed()) {
      assertEquals(0, feed.open());
      report(feed, 300);
      node.stop();
      try (var files = Files.walk(node.directory().resolve("journal"))) {
        List<Path> inside = files.sorted(Comparator.reverseOrder()).toList();
        for (Path p : inside) {
          Files.delete(p);
        }
      }
      node.start();

      IOException e = assertThrows(IOException.class, () -> report(feed, 300));

      assertTrue(
          String.valueOf(e.getMessage()).contains("had acknowledged number 300 of feed 'f'"),
          e.getMessage());
    }
    assertEquals(0, node.feeds().stream().filter(f -> f.durable() > 0).count());
  }

  @Test
  void twoProgramsOnOneFeedAreToldOfEachOther() throws Exception {
    try (SensorFeed first = feed();
        SensorFeed second = feed()) {
      first.open();
      second.open();
      report(first, 10);

      IOException e = assertThrows(IOException.class, () -> report(second, 5));

      assertTrue(
          String.valueOf(e.getMessage()).contains("another program uses the feed"), e.getMessage());
    }
    assertEquals(10, node.feeds().getFirst().durable());
  }
}
