package parallax.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.engine.Input;
import parallax.files.waiting.Await;
import parallax.journal.JournalException;
import parallax.journal.files.LogOptions;
import parallax.journal.files.SegmentLog;
import parallax.link.Keyring;
import parallax.link.LinkConfig;
import parallax.model.Channel;
import parallax.signing.SigningKey;
import parallax.warning.AreaCatalogue;

class WaitingForTheStoreTest {
  private static final int REPORTS = 3_000;

  @TempDir Path folder;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final NodeLog log = new NodeLog(new PrintStream(said, true, StandardCharsets.UTF_8), "t");
  private final AtomicLong acknowledged = new AtomicLong();

  /** A journal on a disk with so much room. */
  private SegmentLog small(long bytes) throws Exception {
    return SegmentLog.open(
        folder,
        LogOptions.standard().withRoomBytes(4 << 10).withMaxBytes(bytes),
        NodeClock.wallNs(),
        (kind, line) -> {});
  }

  @Test
  void acknowledgesNothingWhileTheDiskIsFullAndLosesNothingOnceThereIsRoom() throws Exception {
    try (SegmentLog journal = small(1 << 18)) {
      NodeLoop loop = loop(Stores.of(journal, folder));
      assertEquals(0, loop.recover().replayed());
      loop.start(new Input.Tick());
      Thread feeder = new Thread(() -> feed(loop, 1));
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
    assertEquals(REPORTS, durableAfterARestart());
  }

  private long durableAfterARestart() throws Exception {
    try (NodeStore store = Stores.open(folder)) {
      NodeLoop again = loop(store);
      var unused = again.recover();
      return again.durablePlots("f");
    }
  }

  @Test
  void stopsWithoutAFaultWhileTheDiskIsStillFull() throws Exception {
    long whenFull;
    try (SegmentLog journal = small(1 << 18)) {
      NodeLoop loop = loop(Stores.of(journal, folder));
      assertEquals(0, loop.recover().replayed());
      loop.start(new Input.Tick());
      loop.submit(new Input.PlotRefused("f", 1, "the first"));
      Await.until(() -> acknowledged.get() == 1);
      Thread feeder = new Thread(() -> feed(loop, 2));
      feeder.start();
      Await.until(() -> log.count("JOURNAL_FULL") > 0 || loop.failure() != null);
      loop.close();
      feeder.join();
      whenFull = acknowledged.get(); // what came in last is in no snapshot either
      assertNull(loop.failure());
      assertEquals(0, log.count("FATAL"), said::toString);
      String text = said.toString(StandardCharsets.UTF_8);
      assertTrue(text.contains("there is still no room to store what came in last"), text);
    }
    assertEquals(whenFull, durableAfterARestart());
  }

  @Test
  void waitsWhileTheStoreIsHeldUpAndLosesNothing() throws Exception {
    AtomicBoolean held = new AtomicBoolean(true);
    GuardedLog journal =
        new GuardedLog(
            () -> {
              if (held.get()) {
                throw new JournalException(JournalException.Kind.BUSY, "it is held");
              }
            });
    NodeLoop loop = loop(Stores.of(journal));
    loop.start(new Input.Tick());
    Thread feeder = new Thread(() -> feed(loop, 1));
    feeder.start();
    Await.until(() -> log.count("JOURNAL_BUSY") > 2 || loop.failure() != null);
    assertNull(loop.failure());
    assertEquals(0, acknowledged.get(), "acknowledged what is not stored");
    held.set(false);
    Await.until(() -> acknowledged.get() == REPORTS);
    assertNull(loop.failure());
    feeder.join();
    loop.close();
  }

  @Test
  void whoeverReadsTheJournalHoldsNothingUp() throws Exception {
    try (NodeStore store = Stores.open(folder)) {
      NodeLoop loop = loop(store);
      loop.start(new Input.Tick());
      loop.submit(new Input.PlotRefused("f", 1, "the first"));
      Await.until(() -> acknowledged.get() == 1);
      AtomicLong read = new AtomicLong();
      try (PastJournal reader = PastJournal.open(folder)) {
        long end =
            reader.entries(
                1,
                (position, in, facts) -> {
                  if (read.incrementAndGet() == 1) { // in the middle of its reading
                    feed(loop, 2);
                    awaitAll();
                  }
                });
        assertEquals(end - 1, read.get());
        assertEquals(REPORTS, acknowledged.get());
        assertEquals(0, log.count("JOURNAL_BUSY"));
        loop.close();
        assertNull(loop.failure());
      }
    }
  }

  private void awaitAll() {
    try {
      Await.until(() -> acknowledged.get() == REPORTS);
    } catch (Exception e) { // an interruption, or a condition that failed
      throw new AssertionError(e);
    }
  }

  private void feed(NodeLoop loop, long from) {
    String reason = "x".repeat(400);
    for (long i = from; i <= REPORTS; i++) {
      loop.submit(new Input.PlotRefused("f", i, reason));
    }
  }

  private NodeLoop loop(NodeStore store) throws Exception {
    AreaCatalogue areas = AreaCatalogue.of(List.of());
    Keyring keyring = Keyring.of(SigningKey.fromSeed(new byte[32]));
    NodeLoop loop =
        new NodeLoop(
            store,
            new NodeClock(folder, Channel.TEST, false),
            keyring,
            new NodeEngines(keyring, areas, LinkConfig.standard()),
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
