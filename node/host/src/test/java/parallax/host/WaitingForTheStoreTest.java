package parallax.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.engine.Engine;
import parallax.engine.Input;
import parallax.files.waiting.Await;
import parallax.journal.sqlite.SqliteJournal;
import parallax.journal.sqlite.process.OtherProgram;
import parallax.link.Keyring;
import parallax.model.Channel;
import parallax.signing.SigningKey;
import parallax.warning.AreaCatalogue;
import parallax.wire.ProtoReportCodec;

class WaitingForTheStoreTest {
  private static final int REPORTS = 3_000;

  @TempDir Path folder;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final NodeLog log = new NodeLog(new PrintStream(said, true, StandardCharsets.UTF_8), "t");
  private final AtomicLong acknowledged = new AtomicLong();

  @Test
  void acknowledgesNothingWhileTheDiskIsFullAndLosesNothingOnceThereIsRoom() throws Exception {
    try (SqliteJournal journal = SqliteJournal.open(folder)) {
      journal.limitBytes(1 << 18);
      NodeLoop loop = loop(journal);
      loop.start(new Input.Tick());
      Thread feeder = new Thread(() -> feed(loop));
      feeder.start();
      Await.until(() -> log.count("JOURNAL_FULL") > 2);
      long whileFull = acknowledged.get();
      assertTrue(whileFull < REPORTS, "the limit was never met");
      long again = log.count("JOURNAL_FULL");
      Await.until(() -> log.count("JOURNAL_FULL") > again);
      assertEquals(whileFull, acknowledged.get());
      journal.limitBytes(1L << 30);
      Await.until(() -> acknowledged.get() == REPORTS);
      assertNull(loop.failure());
      feeder.join();
      loop.close();
    }
    try (SqliteJournal journal = SqliteJournal.open(folder)) {
      NodeLoop again = loop(journal);
      again.replay();
      assertEquals(REPORTS, again.durablePlots("f"));
    }
  }

  @Test
  void stopsWithoutAFaultWhileAnotherProgramStillHoldsTheLock() throws Exception {
    try (SqliteJournal journal = SqliteJournal.open(folder);
        OtherProgram other = OtherProgram.holding(folder, "BEGIN IMMEDIATE")) {
      NodeLoop loop = loop(journal);
      loop.start(new Input.Tick());
      Await.until(() -> log.count("JOURNAL_BUSY") > 0 || loop.failure() != null);
      loop.close();
      assertNull(loop.failure());
      assertEquals(0, log.count("FATAL"), said::toString);
      String text = said.toString(StandardCharsets.UTF_8);
      assertTrue(text.contains("another program still has the store locked"), text);
      other.release();
    }
  }

  @Test
  void waitsWhileAnotherProgramHoldsTheLockAndLosesNothing() throws Exception {
    try (SqliteJournal journal = SqliteJournal.open(folder);
        OtherProgram other = OtherProgram.holding(folder, "BEGIN IMMEDIATE")) {
      NodeLoop loop = loop(journal);
      loop.start(new Input.Tick());
      Thread feeder = new Thread(() -> feed(loop));
      feeder.start();
      Await.until(() -> log.count("JOURNAL_BUSY") > 2 || loop.failure() != null);
      assertNull(loop.failure());
      assertEquals(0, acknowledged.get(), "acknowledged what is not stored");
      assertTrue(said.toString(StandardCharsets.UTF_8).contains("another program"));
      other.release();
      Await.until(() -> acknowledged.get() == REPORTS);
      assertNull(loop.failure());
      feeder.join();
      loop.close();
    }
    try (SqliteJournal journal = SqliteJournal.open(folder)) {
      NodeLoop again = loop(journal);
      again.replay();
      assertEquals(REPORTS, again.durablePlots("f"));
    }
  }

  private void feed(NodeLoop loop) {
    String reason = "x".repeat(400);
    for (long i = 1; i <= REPORTS; i++) {
      loop.submit(new Input.PlotRefused("f", i, reason));
    }
  }

  private NodeLoop loop(SqliteJournal journal) throws Exception {
    AreaCatalogue areas = AreaCatalogue.of(List.of());
    Keyring keyring = Keyring.of(SigningKey.fromSeed(new byte[32]));
    NodeLoop loop =
        new NodeLoop(
            journal,
            new NodeClock(folder, Channel.TEST, false),
            keyring,
            () -> new Engine(keyring, new ProtoReportCodec(), areas),
            new EventLog(1 << 20),
            log);
    loop.sinkTo(
        new NoSink() {
          @Override
          public void acknowledge(String feed, long seq) {
            acknowledged.set(seq);
          }
        });
    return loop;
  }
}
