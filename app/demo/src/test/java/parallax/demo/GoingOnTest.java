package parallax.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import parallax.client.OperatorClient;
import parallax.client.PastEvents;
import parallax.credentials.CertificateAuthority;
import parallax.files.waiting.Await;
import parallax.host.Node;
import parallax.host.NodeDirectory;
import parallax.host.NodeLog;
import parallax.host.NodeSettings;
import parallax.model.Nation;
import parallax.warning.AreaCatalogue;
import parallax.wire.FeedStatus;
import parallax.wire.NodeEvent;
import parallax.wire.OrderCodec;

/**
 * A node that is started again goes on from its newest good snapshot, whatever became of others.
 */
@Timeout(300)
class GoingOnTest {
  private static final Pattern REPLAYED = Pattern.compile("([0-9]+) inputs replayed");

  @TempDir Path folder;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final PrintStream to = new PrintStream(said, true, StandardCharsets.UTF_8);
  private @Nullable DemoDirectories dirs;

  private DemoDirectories dirs() {
    return Objects.requireNonNull(dirs);
  }

  /**
   * What a node shows.
   *
   * @param launches the newest picture of each launch and own track
   * @param alerts the identifiers of the alerts, by event number
   * @param feeds where its feeds are
   */
  private record Shown(
      SortedMap<String, String> launches, SortedMap<Long, String> alerts, List<FeedStatus> feeds) {}

  private Shown shown() throws Exception {
    NodeSettings settings = dirs().settings(Nation.JPN);
    var authorities =
        CertificateAuthority.readCertificates(dirs().node(Nation.JPN).keys().resolve("ca.pem"));
    SortedMap<String, String> launches = new TreeMap<>();
    SortedMap<Long, String> alerts = new TreeMap<>();
    PastEvents.read(
        Nation.JPN,
        settings.nationalAddress(),
        dirs().clients(Nation.JPN),
        authorities,
        AreaCatalogue.bundled(),
        e -> {
          if (e.body() instanceof NodeEvent.PictureDrawn d) {
            String name = d.picture().view() + " " + d.picture().event();
            launches.put(name, d.picture().sources().toString());
            launches.values().removeIf("[]"::equals); // withdrawn
          } else if (e.body() instanceof NodeEvent.AlertSent a) {
            alerts.put(e.id(), a.identifier());
          }
        });
    try (OperatorClient operator =
        new OperatorClient(
            Nation.JPN, settings.nationalAddress(), dirs().clients(Nation.JPN), authorities)) {
      return new Shown(launches, alerts, operator.ask(new OrderCodec.StatusRequest()).feeds());
    }
  }

  /** Both nodes see a launch, which threatens Japan; both are stopped then. */
  private Shown launched() throws Exception {
    try (TwoNodes nodes = new TwoNodes(folder, (from, partner, address) -> address, to, "L39")) {
      dirs = nodes.dirs();
      Await.until(nodes::linked, nodes::progress);
      nodes.launch();
      Await.until(nodes::reported, nodes::progress);
      Await.until(() -> nodes.told(Nation.JPN).delivered() > 20, nodes::progress);
      return shown();
    }
  }

  private Path journal() {
    return new NodeDirectory(dirs().node(Nation.JPN).root()).journal();
  }

  private List<Path> snapshots() throws IOException {
    try (Stream<Path> all = Files.list(journal())) {
      return all.filter(p -> p.toString().endsWith(".snapshot")).sorted().toList();
    }
  }

  /** What the node shows when it is started again, and how many inputs it replays. */
  private long againShows(Shown before) throws Exception {
    said.reset();
    NodeLog log = new NodeLog(to, "JPN");
    try (Node node = Node.start(dirs().node(Nation.JPN).root(), log)) {
      Shown now = shown();
      SortedSet<String> left = new TreeSet<>(before.launches().keySet());
      left.removeAll(now.launches().keySet());
      assertEquals(new TreeSet<>(), left, "launches and tracks that are shown no more");
      before.alerts().forEach((id, name) -> assertEquals(name, now.alerts().get(id)));
      assertEquals(before.feeds(), now.feeds());
      assertEquals(0, log.count("AUDIT_SET_ASIDE"), said::toString);
      assertEquals(0, log.count("AUDIT_REPAIRED"), said::toString);
      assertEquals(null, node.failure());
    }
    Matcher m = REPLAYED.matcher(said.toString(StandardCharsets.UTF_8));
    assertTrue(m.find(), said::toString);
    return Long.parseLong(m.group(1));
  }

  @Test
  void goesOnFromItsNewestSnapshotAndFromAnOlderOneWhenThatIsDamagedOrGone() throws Exception {
    Shown before = launched();
    assertFalse(before.launches().isEmpty());
    assertFalse(before.alerts().isEmpty());
    assertEquals(1, before.feeds().size());
    assertEquals(0, againShows(before));

    Path newest = snapshots().getLast();
    byte[] bytes = Files.readAllBytes(newest);
    bytes[bytes.length / 2] ^= 4;
    Files.write(newest, bytes);
    assertTrue(againShows(before) > 0);
    assertTrue(said.toString(StandardCharsets.UTF_8).contains("is not used"), said::toString);

    Files.delete(snapshots().getLast());
    againShows(before);

    for (Path p : new ArrayList<>(snapshots())) {
      Files.delete(p);
    }
    assertTrue(againShows(before) > 100, "everything is replayed");
  }
}
