package parallax.demo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
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
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import parallax.client.NodeWatcher;
import parallax.credentials.CertificateAuthority;
import parallax.files.waiting.Await;
import parallax.host.NodeDirectory;
import parallax.model.Nation;
import parallax.warning.AreaCatalogue;
import parallax.wire.NodeEvent;

/**
 * Directories that earlier versions wrote are taken over. They are kept as they were (README.md
 * beside them), for ever: each version that changed what a node keeps adds its own.
 */
@Timeout(300)
class EarlierVersionsTest {
  /** When the nodes were killed, after the launch. */
  private static final double FLOWN_S = 193;

  /** What they had given to partners then: the last number of each stream. */
  private static final SortedMap<String, Long> GIVEN =
      new TreeMap<>(
          Map.of(
              "JPN>KOR/BULK", 108L,
              "JPN>KOR/URGENT", 5L,
              "JPN>USA/BULK", 108L,
              "JPN>USA/URGENT", 5L,
              "KOR>JPN/BULK", 131L,
              "KOR>JPN/URGENT", 5L,
              "KOR>USA/BULK", 131L,
              "KOR>USA/URGENT", 5L));

  private static final List<String> SHARED = List.of("JPN>KOR/BULK", "KOR>JPN/BULK");

  /** The last number that each had taken in. */
  private static final Map<String, Long> TAKEN = Map.of("JPN>KOR/BULK", 106L, "KOR>JPN/BULK", 129L);

  @TempDir Path folder;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final PrintStream to = new PrintStream(said, true, StandardCharsets.UTF_8);

  /** What was given to partners by all that the nodes say: the numbers of each stream. */
  private final SortedMap<String, List<Long>> given =
      Collections.synchronizedSortedMap(new TreeMap<>());

  /** What was taken in, likewise. */
  private final SortedMap<String, List<Long>> taken =
      Collections.synchronizedSortedMap(new TreeMap<>());

  private final List<String> alerts = new CopyOnWriteArrayList<>();

  private void see(Nation nation, NodeEvent e) {
    if (e.body() instanceof NodeEvent.ReportReleased r) {
      given.computeIfAbsent(r.stream().toString(), s -> new CopyOnWriteArrayList<>()).add(r.seq());
    } else if (e.body() instanceof NodeEvent.RecordsTaken r) {
      List<Long> of =
          taken.computeIfAbsent(r.stream().toString(), s -> new CopyOnWriteArrayList<>());
      LongStream.range(r.firstSeq(), r.firstSeq() + r.count()).forEach(of::add);
    } else if (e.body() instanceof NodeEvent.AlertSent a) {
      alerts.add(nation + " " + a.identifier());
    }
  }

  private NodeWatcher watcher(DemoDirectories dirs, Nation n) throws Exception {
    return new NodeWatcher(
        n,
        dirs.settings(n).nationalAddress(),
        dirs.clients(n),
        CertificateAuthority.readCertificates(dirs.node(n).keys().resolve("ca.pem")),
        AreaCatalogue.bundled(),
        this::see);
  }

  private static long entriesLogged(Path log) throws IOException {
    return Long.parseLong(Files.readAllLines(log.resolve("checkpoint")).get(1));
  }

  /** Whole files of the old audit log, which no later one changes. */
  private static SortedMap<String, byte[]> wholeTiles(Path log) throws IOException {
    SortedMap<String, byte[]> out = new TreeMap<>();
    Path tiles = log.resolve("tile");
    try (Stream<Path> all = Files.walk(tiles)) {
      for (Path p : all.filter(Files::isRegularFile).toList()) {
        if (!p.toString().contains(".p")) {
          out.put(tiles.relativize(p).toString(), Files.readAllBytes(p));
        }
      }
    }
    return out;
  }

  private TwoNodes goingOn() throws Exception {
    return new TwoNodes(
        folder,
        (from, partner, address) -> address,
        to,
        "L39",
        dirs -> new KeptNodes(folder).put(dirs),
        OptionalDouble.of(FLOWN_S));
  }

  private String progress(TwoNodes nodes) {
    return nodes.progress() + ", given " + given + "\n" + said.toString(StandardCharsets.UTF_8);
  }

  /**
   * Each number comes once, and of what is held of the old ones and of all the new ones none is
   * left out.
   */
  private static void requireGoesOn(String stream, List<Long> numbers, long before) {
    List<Long> sorted = numbers.stream().sorted().toList();
    assertFalse(sorted.isEmpty(), stream);
    long last = sorted.getLast();
    assertTrue(last > before, () -> stream + " ended at " + before + ", now at " + last);
    long first = Math.min(sorted.getFirst(), before + 1);
    assertEquals(LongStream.rangeClosed(first, last).boxed().toList(), sorted, stream);
  }

  private void requireAuditLogGoesOn(Path kept, Path now) throws IOException {
    assertTrue(entriesLogged(now) > entriesLogged(kept), "the audit log has not grown");
    SortedMap<String, byte[]> tiles = wholeTiles(kept);
    assertFalse(tiles.isEmpty());
    for (Map.Entry<String, byte[]> t : tiles.entrySet()) {
      Path tile = now.resolve("tile").resolve(t.getKey());
      assertArrayEquals(t.getValue(), Files.readAllBytes(tile), t.getKey());
    }
  }

  /** Whether either was told more than before, and has taken all that it had been given then. */
  private boolean wasToldMore() {
    return SHARED.stream()
        .allMatch(
            s ->
                given.getOrDefault(s, List.of()).stream()
                        .anyMatch(n -> n > GIVEN.getOrDefault(s, 0L) + 3)
                    && taken.getOrDefault(s, List.of()).contains(GIVEN.getOrDefault(s, 0L) + 3));
  }

  @Test
  void nodesKilledBeforeThereWereSnapshotsGoOnWhereTheyStood() throws Exception {
    Path kept = folder.resolve("kept");
    List<AutoCloseable> watchers = new ArrayList<>();
    try (TwoNodes nodes = goingOn()) {
      for (Nation n : KeptNodes.NATIONS) {
        NodeWatcher w = watcher(nodes.dirs(), n);
        watchers.add(w);
        w.start();
      }
      nodes.launch();
      Await.until(() -> nodes.reported() && wasToldMore(), () -> progress(nodes));
      for (Nation n : KeptNodes.NATIONS) {
        assertEquals(null, nodes.node(n).failure());
        for (String kind : List.of("AUDIT_SET_ASIDE", "AUDIT_REPAIRED", "LINK_VIOLATION")) {
          assertEquals(0, nodes.log(n).count(kind), () -> progress(nodes));
        }
      }
    } finally {
      for (AutoCloseable w : watchers) {
        w.close();
      }
    }
    GIVEN.forEach(
        (stream, last) -> {
          if (stream.endsWith("BULK")) {
            requireGoesOn(stream, given.getOrDefault(stream, List.of()), last);
          }
        });
    SHARED.forEach(
        s -> requireGoesOn(s, taken.getOrDefault(s, List.of()), TAKEN.getOrDefault(s, 0L)));
    for (Nation n : KeptNodes.NATIONS) {
      NodeDirectory now = new NodeDirectory(folder.resolve(n.code()));
      requireAuditLogGoesOn(kept.resolve(n + "/log"), now.root().resolve("log"));
      KeptNodes.requireLeft(kept.resolve(n.code()), now.root());
    }
    String alert = "parallax-JPN-EXERCISE-USA-818192433-0001";
    assertTrue(alerts.contains("JPN " + alert), alerts::toString);
    assertArrayEquals(
        Files.readAllBytes(kept.resolve("JPN/alerts/" + alert + ".cap.xml")),
        Files.readAllBytes(folder.resolve("JPN/alerts/" + alert + ".cap.xml")));
  }
}
