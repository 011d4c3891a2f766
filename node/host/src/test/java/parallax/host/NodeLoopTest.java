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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import parallax.engine.Effect;
import parallax.engine.Input;
import parallax.engine.Order;
import parallax.files.waiting.Await;
import parallax.link.Keyring;
import parallax.link.LinkConfig;
import parallax.model.Channel;
import parallax.model.Nation;
import parallax.signing.SigningKey;
import parallax.warning.AreaCatalogue;

/** The loop's thread never waits for those who hand in, and nobody closes the journal under it. */
@Timeout(120)
class NodeLoopTest {
  @TempDir Path folder;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final NodeLog log = new NodeLog(new PrintStream(said, true, StandardCharsets.UTF_8), "t");

  /** A disk that does not answer until it is let. */
  private static final class SlowDisk {
    final CountDownLatch appending = new CountDownLatch(1);
    final CountDownLatch answers;
    final GuardedLog journal = new GuardedLog(this::waits);

    SlowDisk(CountDownLatch answers) {
      this.answers = answers;
    }

    private void waits() {
      appending.countDown();
      try {
        answers.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private NodeLoop loop(SlowDisk disk) {
    AreaCatalogue areas = AreaCatalogue.of(List.of());
    Keyring keyring = Keyring.of(SigningKey.fromSeed(new byte[32]));
    NodeLoop loop =
        new NodeLoop(
            Stores.of(disk.journal),
            new NodeClock(folder, Channel.TEST, false),
            keyring,
            new NodeEngines(keyring, areas, LinkConfig.standard()),
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
    SlowDisk disk = new SlowDisk(new CountDownLatch(1));
    NodeLoop loop = loop(disk);
    loop.start(new Input.PlotRefused("feed", 1, "no such sensor"));
    disk.appending.await();
    CompletableFuture<Effect.OrderAnswered> answer = loop.order("operator", order());
    Thread closer = new Thread(loop::close);
    closer.start();
    while (loop.isRunning()) {
      Thread.onSpinWait();
    }
    disk.answers.countDown();
    closer.join();
    assertEquals("operator", answer.get().by());
  }

  @Test
  void answersEveryOrderHoweverManyAreGivenAtOnce() throws Exception {
    NodeLoop loop = loop(new SlowDisk(new CountDownLatch(0)));
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
    SlowDisk disk = new SlowDisk(new CountDownLatch(1));
    NodeLoop loop = loop(disk);
    loop.start(new Input.PlotRefused("f", 1, "made up"));
    disk.appending.await();
    Thread closer = new Thread(loop::close);
    closer.start();
    Await.until(() -> !closer.isAlive() || log.count("STOPPING") > 0);
    assertTrue(closer.isAlive(), "it was closed while the journal was still writing");
    disk.answers.countDown();
    closer.join();
    assertFalse(disk.journal.isUnderWay());
    assertNull(loop.failure());
    assertEquals(1, loop.durablePlots("f"));
  }
}
