package parallax.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.audit.Checkpoint;
import parallax.audit.LogCheck;
import parallax.audit.LogComparison;
import parallax.audit.LogEntry;
import parallax.audit.LogReader;
import parallax.audit.NoteKey;
import parallax.engine.Input;
import parallax.files.waiting.Await;
import parallax.journal.log.SnapshotFormat;
import parallax.link.Keyring;
import parallax.link.LinkConfig;
import parallax.model.Channel;
import parallax.model.Nation;
import parallax.model.UtcTime;
import parallax.signing.SigningKey;
import parallax.warning.AreaCatalogue;
import parallax.wire.ProtoReportCodec;

/** The log of a loop over a real journal and a real disk, through stops, crashes and tampering. */
class AuditLogTest {
  private static final SigningKey KEY = SigningKey.fromSeed(new byte[32]);

  @TempDir Path folder;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final NodeLog log = new NodeLog(new PrintStream(said, true, StandardCharsets.UTF_8), "t");
  private Path root = Path.of("");
  private long fed;
  private SigningKey key = KEY;

  @BeforeEach
  void namesTheLog() {
    root = folder.resolve("log");
  }

  /** What a node does while it runs. */
  private interface Life {
    void live(NodeLoop loop) throws Exception;
  }

  private void run(Life life) throws Exception {
    try (NodeStore store = Stores.open(folder.resolve("journal"))) {
      Keyring keyring = Keyring.of(KEY);
      NodeLoop loop =
          new NodeLoop(
              store,
              new NodeClock(folder, Channel.TEST, false),
              keyring,
              new NodeEngines(keyring, AreaCatalogue.of(List.of()), LinkConfig.standard()),
              new EventLog(1 << 20),
              log);
      AuditLog audit =
          AuditLog.open(
              root,
              folder.resolve("heads"),
              Nation.KOR,
              Channel.TEST,
              key,
              new ProtoReportCodec(),
              new UtcTime(NodeClock.wallNs()),
              log);
      loop.auditTo(audit);
      loop.sinkTo(new NoSink());
      var unused = loop.recover();
      audit.start();
      loop.start(new Input.Tick());
      try {
        life.live(loop);
        Await.until(() -> loop.durablePlots("f") == fed);
      } finally {
        loop.close();
        audit.close();
      }
    }
  }

  private void feed(NodeLoop loop, int reports) {
    for (int i = 0; i < reports; i++) {
      loop.submit(new Input.PlotRefused("f", ++fed, "not a plot, number " + fed));
    }
  }

  private Checkpoint.Signed good() throws IOException {
    LogDirectory files = new LogDirectory(root);
    String origin = LogReader.checkpoint(files).checkpoint().origin();
    return new LogCheck(files).check(new NoteKey(origin, NoteKey.Use.NOTE, key.key()));
  }

  private List<String> details() throws IOException {
    List<String> out = new ArrayList<>();
    LogReader reader = new LogReader(new LogDirectory(root), good().checkpoint().size());
    for (long i = 1; i < reader.size(); i++) {
      out.add(LogEntry.parse(reader.entry(i)).text("detail").orElse(""));
    }
    return out;
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path p : all.sorted().toList()) {
        Path target = to.resolve(from.relativize(p));
        if (Files.isDirectory(p)) {
          Files.createDirectories(target);
        } else {
          Files.copy(p, target);
        }
      }
    }
  }

  private static void delete(Path tree) throws IOException {
    try (Stream<Path> all = Files.walk(tree)) {
      for (Path p : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(p);
      }
    }
  }

  private List<Path> aside() throws IOException {
    try (Stream<Path> list = Files.list(folder)) {
      return list.filter(p -> p.toString().contains("set-aside")).toList();
    }
  }

  /** Where the snapshots are, with the journal. */
  private List<Path> snapshots() throws IOException {
    try (Stream<Path> list = Files.list(folder.resolve("journal"))) {
      return list.filter(p -> p.toString().endsWith(SnapshotFormat.SUFFIX)).sorted().toList();
    }
  }

  /** As if the node had ended before it could take the snapshots that were not there yet. */
  private void deleteSnapshotsBut(List<Path> before) throws IOException {
    for (Path p : snapshots()) {
      if (!before.contains(p)) {
        Files.delete(p);
      }
    }
  }

  private void feedOnce(int reports) throws Exception {
    run(loop -> feed(loop, reports));
  }

  @Test
  void everyStopSignsAllAndEveryStartGoesOnWithTheSameLog() throws Exception {
    feedOnce(300);
    Checkpoint.Signed first = good();
    assertEquals(301, first.checkpoint().size());
    Path before = folder.resolve("before");
    copy(root, before);
    feedOnce(0);
    assertEquals(first, good());
    feedOnce(400);
    assertEquals(701, good().checkpoint().size());
    assertEquals(
        new LogComparison.Grown(301, 701),
        LogComparison.of(
            new LogComparison.View(first, Optional.empty()),
            new LogComparison.View(good(), Optional.of(new LogDirectory(root)))));
    for (int i = 0; i < 700; i++) {
      assertTrue(details().get(i).contains("number " + (i + 1)), details().get(i));
      if (i == 3) {
        i = 690;
      }
    }
    assertEquals(List.of(), aside());
  }

  @Test
  void afterACrashAtAnyMomentTheLogGoesOnToTheIdenticalTree() throws Exception {
    Path crashed = folder.resolve("crashed");
    feedOnce(100);
    for (int round = 0; round < 3; round++) {
      List<Path> snapshots = snapshots();
      run(
          loop -> {
            feed(loop, 700);
            copyWhileItIsWritten(crashed);
            feed(loop, 500);
          });
      Checkpoint.Signed whole = good();
      delete(root);
      Files.move(crashed, root);
      deleteSnapshotsBut(snapshots);
      Checkpoint.Signed stopped = good();
      assertTrue(stopped.checkpoint().size() <= whole.checkpoint().size());
      feedOnce(0);
      assertEquals(whole, good(), "round " + round);
      assertEquals(List.of(), aside());
    }
  }

  /** As a crash leaves it: files come and go while they are copied, the checkpoint first. */
  private void copyWhileItIsWritten(Path to) throws IOException {
    Files.createDirectories(to);
    for (String name : List.of(Checkpoint.PATH, LogFolder.BEGUN, LogFolder.SALT)) {
      Files.copy(root.resolve(name), to.resolve(name));
    }
    copyFolder("tile", to);
  }

  private void copyFolder(String path, Path to) throws IOException {
    LogDirectory files = new LogDirectory(root);
    for (String name : files.list(path)) {
      String below = path + "/" + name;
      if (name.endsWith("/")) {
        copyFolder(below.substring(0, below.length() - 1), to);
      } else {
        Optional<byte[]> bytes = files.read(below);
        if (bytes.isPresent()) {
          Files.createDirectories(to.resolve(path));
          Files.write(to.resolve(below), bytes.get());
        }
      }
    }
  }

  @Test
  void whatALossOfPowerDamagedIsMadeAgainAndSaid() throws Exception {
    feedOnce(800);
    Checkpoint.Signed before = good();
    Files.write(root.resolve("tile/entries/001"), new byte[0]);
    Files.delete(root.resolve("tile/0/000"));
    deleteSnapshotsBut(List.of());
    feedOnce(0);
    assertEquals(before, good());
    assertEquals(1, log.count("AUDIT_REPAIRED"));
  }

  @Test
  void aLogThatIsNotWhatTheJournalGivesIsKeptAsideAndANewOneBegins() throws Exception {
    feedOnce(300);
    delete(folder.resolve("journal"));
    fed = 0;
    feedOnce(10);
    assertEquals(1, log.count("AUDIT_SET_ASIDE"));
    assertEquals(1, aside().size());
    Checkpoint old = LogReader.checkpoint(new LogDirectory(aside().get(0))).checkpoint();
    Checkpoint now = good().checkpoint();
    assertNotEquals(old.origin(), now.origin());
    assertEquals(301, old.size());
    assertEquals(11, now.size());
    LogEntry begun = LogEntry.parse(new LogReader(new LogDirectory(root), 11).entry(0));
    assertEquals("begun", begun.kind());
    assertTrue(begun.text("reason").orElseThrow().contains("301"), begun.toString());
    feedOnce(5);
    assertEquals(16, good().checkpoint().size());
    assertEquals(1, aside().size());
  }

  @Test
  void aLogOfAnotherStoryIsNotGoneOnWith() throws Exception {
    feedOnce(300);
    Path other = folder.resolve("other");
    copy(root, other);
    delete(folder.resolve("journal"));
    delete(root);
    fed = 0;
    run(
        loop -> {
          for (int i = 0; i < 400; i++) {
            loop.submit(new Input.PlotRefused("f", ++fed, "another story"));
          }
        });
    delete(root);
    Files.move(other, root);
    deleteSnapshotsBut(List.of());
    feedOnce(1);
    assertEquals(1, log.count("AUDIT_SET_ASIDE"));
    assertTrue(
        said.toString(StandardCharsets.UTF_8).contains("from tile/0/000 on"), said::toString);
    assertEquals(2, good().checkpoint().size(), "begun, and what came since");
  }

  @Test
  void aLogOfAnotherStoryIsNotGoneOnWithFromASnapshotEither() throws Exception {
    feedOnce(300);
    Path other = folder.resolve("other");
    copy(root, other);
    delete(folder.resolve("journal"));
    delete(root);
    fed = 0;
    feedOnce(20);
    delete(root);
    Files.move(other, root);
    feedOnce(1);
    assertEquals(1, log.count("AUDIT_SET_ASIDE"));
    assertTrue(said.toString(StandardCharsets.UTF_8).contains("checkpoint: origin is"));
    assertEquals(2, good().checkpoint().size(), "begun, and what came since");
  }

  @Test
  void aLogThatIsShorterThanTheSnapshotSaysIsNotGoneOnWith() throws Exception {
    feedOnce(300);
    Path before = folder.resolve("before");
    copy(root, before);
    feedOnce(100);
    delete(root);
    Files.move(before, root);
    feedOnce(1);
    assertEquals(1, log.count("AUDIT_SET_ASIDE"));
    assertEquals(2, good().checkpoint().size(), "begun, and what came since");
  }

  @Test
  void aLogWithoutItsSecretOrUnderAnotherKeyIsSetAside() throws Exception {
    feedOnce(3);
    Files.delete(root.resolve(LogFolder.SALT));
    feedOnce(3);
    assertTrue(log.count("AUDIT_SET_ASIDE") > 0);
    assertEquals(4, good().checkpoint().size(), "begun, and what came since the snapshot");
    int before = aside().size();
    byte[] seed = new byte[32];
    seed[0] = 1;
    key = SigningKey.fromSeed(seed);
    feedOnce(3);
    assertTrue(aside().stream().anyMatch(p -> p.toString().contains("heads")), "the head log too");
    assertEquals(4, good().checkpoint().size());
    assertTrue(aside().size() > before);
  }

  @Test
  void waitsForADiskThatTakesNothingAndLosesNothing() throws Exception {
    run(
        loop -> {
          Path blocked = root.resolve("tile/entries/000");
          Files.createDirectories(blocked.resolve("in the way"));
          feed(loop, 600);
          Await.until(() -> log.count("AUDIT_NOT_WRITTEN") > 1);
          delete(blocked);
        });
    assertEquals(601, good().checkpoint().size());
  }

  @Test
  void signsWithinSecondsWhileTheNodeRuns() throws Exception {
    run(
        loop -> {
          feed(loop, 10);
          Await.until(() -> sizeNow() == 11);
          feed(loop, 10);
          Await.until(() -> sizeNow() == 21);
        });
  }

  private long sizeNow() {
    try {
      return LogReader.checkpoint(new LogDirectory(root)).checkpoint().size();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void theSecretOfTheSaltsIsForTheOwnerOnly() throws Exception {
    feedOnce(1);
    assertEquals(
        "rw-------",
        java.nio.file.attribute.PosixFilePermissions.toString(
            Files.getPosixFilePermissions(root.resolve(LogFolder.SALT))));
    assertInstanceOf(Checkpoint.Signed.class, good());
    assertFalse(Files.exists(folder.resolve("log.new")));
  }
}
