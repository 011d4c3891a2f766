package parallax.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.audit.AuditTrail;
import parallax.audit.Checkpoint;
import parallax.audit.DamagedLogException;
import parallax.audit.EntrySalt;
import parallax.audit.ForkProof;
import parallax.audit.HeadLog;
import parallax.audit.LogCheck;
import parallax.audit.LogEntry;
import parallax.audit.LogReader;
import parallax.audit.LogWriter;
import parallax.audit.NoteKey;
import parallax.credentials.NationKeys;
import parallax.evaluation.ExerciseParties;
import parallax.files.waiting.Await;
import parallax.host.HeldCheckpoints;
import parallax.host.LogDirectory;
import parallax.host.Node;
import parallax.host.NodeClock;
import parallax.host.NodeLog;
import parallax.model.Channel;
import parallax.model.Nation;
import parallax.model.UtcTime;
import parallax.signing.SigningKey;

/** Two nodes on loopback that show each other their logs. */
class CheckpointsOnTheWireTest {
  private static final UtcTime NOW = new UtcTime(1_681_338_180_000_000_000L);
  private static final Channel CHANNEL = ExerciseParties.CHANNEL;

  @TempDir Path folder;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final PrintStream to = new PrintStream(said, true, StandardCharsets.UTF_8);
  private NodeLog jpn = new NodeLog(to, "JPN");
  private DemoDirectories dirs;

  @BeforeEach
  void preparesDirectories() throws Exception {
    dirs = DemoDirectories.prepare(folder);
    for (Nation n : ExerciseParties.NATIONS) {
      new NodeClock.Setting(NOW, NodeClock.wallNs(), 1, NOW.plusSeconds(3600))
          .write(dirs.node(n).root());
    }
  }

  /** What must come about while both nodes run. */
  private interface Condition {
    boolean holds() throws Exception;
  }

  private void runBothUntil(Condition c) throws Exception {
    jpn = new NodeLog(to, "JPN");
    NodeLog kor = new NodeLog(to, "KOR");
    try (Node k = Node.start(dirs.node(Nation.KOR).root(), kor);
        Node j = Node.start(dirs.node(Nation.JPN).root(), jpn)) {
      Await.until(
          () -> {
            try {
              return c.holds() && jpn.count("LINK_STATE") >= 4 && kor.count("LINK_STATE") >= 4;
            } catch (Exception e) {
              throw new AssertionError(e);
            }
          },
          () -> said.toString(StandardCharsets.UTF_8));
      assertEquals(null, j.failure());
      assertEquals(null, k.failure());
    }
  }

  private HeldCheckpoints held(Nation by, Nation of) {
    return new HeldCheckpoints(dirs.node(by).held(of));
  }

  private long newestSize(Nation by, Nation of) throws IOException {
    for (Path p : held(by, of).checkpoints()) {
      if (p.endsWith(Checkpoint.PATH)) {
        return Checkpoint.Signed.parse(Files.readAllBytes(p)).checkpoint().size();
      }
    }
    return 0;
  }

  private SigningKey korKey() throws IOException {
    return NationKeys.ownLogSeed(dirs.node(Nation.KOR).keys(), Nation.KOR, CHANNEL);
  }

  /** The verdicts on KOR in the log of JPN. */
  private List<String> verdicts() throws IOException {
    LogDirectory files = new LogDirectory(dirs.node(Nation.JPN).log());
    List<String> out = new ArrayList<>();
    String origin = LogReader.checkpoint(files).checkpoint().origin();
    SigningKey key = NationKeys.ownLogSeed(dirs.node(Nation.JPN).keys(), Nation.JPN, CHANNEL);
    new LogCheck(files)
        .check(
            new NoteKey(origin, NoteKey.Use.NOTE, key.key()),
            (i, bytes) -> {
              LogEntry e = LogEntry.parse(bytes);
              if (e.kind().equals(LogEntry.Kind.CHECKPOINT.text())
                  && e.text("partner").filter("KOR"::equals).isPresent()) {
                out.add(e.text("verdict").orElse(""));
              }
            });
    return out;
  }

  private void showEachOther() throws Exception {
    runBothUntil(
        () ->
            newestSize(Nation.JPN, Nation.KOR) > 0
                && newestSize(Nation.KOR, Nation.JPN) > 0
                && isLogged());
  }

  /** Whether JPN's log tells of a verdict already: it is written while this looks. */
  private boolean isLogged() throws IOException {
    try {
      return !verdicts().isEmpty();
    } catch (DamagedLogException e) {
      return false;
    }
  }

  @Test
  void honestPartnersBelieveEachOtherAcrossRestarts() throws Exception {
    showEachOther();
    long before = newestSize(Nation.JPN, Nation.KOR);
    runBothUntil(() -> newestSize(Nation.JPN, Nation.KOR) > before);
    assertEquals(List.of("FIRST"), verdicts());
    assertEquals(List.of(), held(Nation.JPN, Nation.KOR).evidence());
    assertEquals(0, jpn.count("PARTNER_LOG"));
    LogDirectory heads = new LogDirectory(dirs.node(Nation.KOR).heads());
    LogDirectory log = new LogDirectory(dirs.node(Nation.KOR).log());
    Checkpoint own = LogReader.checkpoint(log).checkpoint();
    long size = LogReader.checkpoint(heads).checkpoint().size();
    assertEquals(
        size - 1,
        HeadLog.requireHeadsOf(
            new LogReader(log, own.size()), own.origin(), new LogReader(heads, size)));
  }

  @Test
  void aPartnerThatRewritesItsLogIsCaughtAndTheLinksGoOn() throws Exception {
    showEachOther();
    Path heads = dirs.node(Nation.KOR).heads();
    LogDirectory files = new LogDirectory(heads);
    String origin = LogReader.checkpoint(files).checkpoint().origin();
    byte[] secret = Files.readAllBytes(heads.resolve("salt.key"));
    files.delete("tile");
    LogWriter forged = LogWriter.begin(files, origin);
    byte[] begun =
        AuditTrail.begun(Nation.KOR, CHANNEL, origin, NOW, "another story", 1)
            .bytes(new EntrySalt(secret).of(0));
    Files.write(heads.resolve("begun.json"), begun);
    forged.append(begun);
    forged.checkpoint(korKey());
    HeadLog retold = new HeadLog(files, new EntrySalt(secret), Nation.KOR, CHANNEL, korKey());
    while (retold.size() < 5) {
      retold.add(new Checkpoint("parallax/KOR/none", 1, forged.root()), NOW);
      retold.sign();
    }

    runBothUntil(() -> jpn.count("PARTNER_LOG") > 0);
    assertEquals(List.of("FIRST", "FORK"), verdicts());
    Path proof = held(Nation.JPN, Nation.KOR).evidence().getFirst();
    ForkProof.parse(Files.readAllBytes(proof))
        .verify(new NoteKey(origin, NoteKey.Use.NOTE, korKey().key()));
    assertTrue(newestSize(Nation.JPN, Nation.KOR) < 5, "what was held stays");
  }

  @Test
  void aCheckpointThatAnotherKeySignedIsRefusedAndTheLinksGoOn() throws Exception {
    showEachOther();
    Path keys = dirs.node(Nation.KOR).keys();
    Files.delete(NationKeys.logSeed(keys, CHANNEL));
    Files.deleteIfExists(NationKeys.logKey(keys, CHANNEL));
    runBothUntil(() -> jpn.count("PARTNER_LOG") > 0);
    assertEquals(List.of("FIRST", "REFUSED"), verdicts());
    assertTrue(said.toString(StandardCharsets.UTF_8).contains("expected the log's own"));
  }
}
