package parallax.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import parallax.engine.Effect;
import parallax.engine.Engine;
import parallax.engine.Input;
import parallax.engine.Order;
import parallax.files.waiting.Await;
import parallax.journal.CursorRecord;
import parallax.journal.EntryVisitor;
import parallax.journal.ForgettingJournal;
import parallax.journal.JournalException;
import parallax.journal.MemoryJournal;
import parallax.journal.OutboxEntry;
import parallax.journal.Transaction;
import parallax.link.Keyring;
import parallax.model.Channel;
import parallax.model.Nation;
import parallax.signing.SigningKey;
import parallax.warning.AreaCatalogue;
import parallax.wire.ProtoReportCodec;

/** The loop's thread never waits for those who hand in, and nobody closes the journal under it. */
@Timeout(120)
class NodeLoopTest {
  @TempDir Path folder;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final NodeLog log = new NodeLog(new PrintStream(said, true, StandardCharsets.UTF_8), "t");

  /** A journal in memory whose appends can be held up, as those of a disk that does not answer. */
  private static final class SlowJournal implements ForgettingJournal {
    private final MemoryJournal inner = new MemoryJournal();
    final CountDownLatch appending = new CountDownLatch(1);
    final CountDownLatch answers;
    volatile boolean underWay;

    SlowJournal(CountDownLatch answers) {
      this.answers = answers;
    }

    @Override
    public long append(Transaction t) throws JournalException {
      underWay = true;
      appending.countDown();
      try {
        answers.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      long position = inner.append(t);
      underWay = false;
      return position;
    }

    @Override
    public void replay(long from, EntryVisitor visitor) throws JournalException {
      inner.replay(from, visitor);
    }

    @Override
    public long nextPosition() throws JournalException {
      return inner.nextPosition();
    }

    @Override
    public List<OutboxEntry> outbox(String partner, long from, int limit) throws JournalException {
      return inner.outbox(partner, from, limit);
    }

    @Override
    public OptionalLong lastOutboxSeq(String partner) throws JournalException {
      return inner.lastOutboxSeq(partner);
    }

    @Override
    public Optional<CursorRecord> cursor(String name) throws JournalException {
      return inner.cursor(name);
    }

    @Override
    public List<byte[]> inputs(long from, int limit) throws JournalException {
      return inner.inputs(from, limit);
    }

    @Override
    public void replace(SortedMap<Long, byte[]> inputs) throws JournalException {
      inner.replace(inputs);
    }

    @Override
    public void purge() throws JournalException {
      inner.purge();
    }

    @Override
    public void close() throws JournalException {
      inner.close();
    }
  }

  private NodeLoop loop(ForgettingJournal journal) {
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
    loop.sinkTo(new NoSink());
    return loop;
  }

  private static Order order() {
    return new Order.Suspend(Nation.KOR, Order.Direction.BOTH, "test");
  }

  @Test
  void doesWhatNobodyHandsInAgainBeforeItStops() throws Exception {
    CountDownLatch disk = new CountDownLatch(1);
    SlowJournal journal = new SlowJournal(disk);
    NodeLoop loop = loop(journal);
    loop.start(new Input.PlotRefused("feed", 1, "no such sensor"));
    journal.appending.await();
    CompletableFuture<Effect.OrderAnswered> answer = loop.order("operator", order());
    Thread closer = new Thread(loop::close);
    closer.start();
    while (loop.isRunning()) {
      Thread.onSpinWait();
    }
    disk.countDown();
    closer.join();
    assertEquals("operator", answer.get().by());
  }

  @Test
  void answersEveryOrderHoweverManyAreGivenAtOnce() throws Exception {
    NodeLoop loop = loop(new SlowJournal(new CountDownLatch(0)));
    loop.start(new Input.Tick());
    List<CompletableFuture<Effect.OrderAnswered>> answers = new ArrayList<>();
    Thread operator =
        new Thread(
            () -> {
              for (int i = 0; i < 60_000; i++) {
                answers.add(loop.order("operator", order()));
              }
            });
    operator.setDaemon(true);
    operator.start();
    Await.until(() -> !operator.isAlive());
    CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new)).get(60, TimeUnit.SECONDS);
    assertEquals(60_000, answers.size());
    assertNull(loop.failure());
    loop.close();
  }

  @Test
  void endsOnlyOnceTheDiskHasTakenTheBatchUnderWay() throws Exception {
    SlowJournal journal = new SlowJournal(new CountDownLatch(1));
    NodeLoop loop = loop(journal);
    loop.start(new Input.PlotRefused("f", 1, "made up"));
    journal.appending.await();
    Thread closer = new Thread(loop::close);
    closer.start();
    Await.until(() -> !closer.isAlive() || log.count("STOPPING") > 0);
    assertTrue(closer.isAlive(), "it was closed while the journal was still writing");
    journal.answers.countDown();
    closer.join();
    assertFalse(journal.underWay);
    assertNull(loop.failure());
    assertEquals(1, loop.durablePlots("f"));
  }
}
