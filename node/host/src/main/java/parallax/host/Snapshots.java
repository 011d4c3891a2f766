package parallax.host;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import parallax.journal.JournalException;
import parallax.runtime.Keeping;
import parallax.runtime.Runner;
import parallax.runtime.Snapshot;
import parallax.runtime.SnapshotDue;

/**
 * Takes a node's snapshots: what the node remembers is captured by the loop's thread between two
 * batches, and encoded and stored by a thread of its own. One is under way at most.
 */
final class Snapshots {
  /** All that is kept is looked at for what is not needed any more so often, nanoseconds. */
  private static final long SWEEP_NS = 60_000_000_000L;

  private static final long LAST_WAIT_S = 60;

  private final Runner runner;
  private final NodeStore store;
  private final Keeping keeping;
  private long sweptNs = System.nanoTime() - SWEEP_NS;
  private final SnapshotDue due;
  private final NodeLog log;
  private final ExecutorService writer;
  private volatile boolean underWay;
  private volatile long firstNeeded = 1;
  private long deletedTo;
  private volatile boolean nextAlone;
  private boolean started;

  Snapshots(Runner runner, NodeStore store, NodeLog log) {
    this.runner = runner;
    this.store = store;
    this.keeping = store.keeping();
    this.due = store.snapshotDue();
    this.log = log;
    this.writer =
        Executors.newSingleThreadExecutor(
            r -> {
              Thread t = new Thread(r, "snapshot");
              t.setDaemon(true);
              return t;
            });
  }

  /** The node has started and replayed so many inputs to get there. */
  void started(long nextPosition, long replayed) {
    due.taken(nextPosition - replayed, System.nanoTime());
    started = true;
  }

  /**
   * Takes a snapshot if one is due, and deletes inputs that are needed no more; between two
   * batches.
   *
   * @param wallNs believed wall clock, UTC nanoseconds
   * @param untilWallNs what was taken before this moment may not be kept; {@link Long#MIN_VALUE}:
   *     nothing is deleted now
   */
  void look(long wallNs, long untilWallNs) throws JournalException {
    if (!underWay && due.isDue(store.log().nextPosition(), System.nanoTime())) {
      take(wallNs, untilWallNs);
    }
    if (firstNeeded > store.log().firstPosition() && firstNeeded > deletedTo) {
      deletedTo = firstNeeded;
      var unused = store.log().deleteBefore(deletedTo);
    }
  }

  /** Inputs were stepped, which took so long, nanoseconds. */
  void worked(long ns) {
    due.worked(ns);
  }

  /**
   * Takes one at the next look, whether or not it is due.
   *
   * @param alone whether all older ones hold what may not be kept any more
   */
  void soon(boolean alone) {
    due.now();
    nextAlone |= alone;
  }

  private void take(long wallNs, long untilWallNs) throws JournalException {
    Snapshot s = runner.capture();
    due.taken(s.nextPosition(), System.nanoTime());
    underWay = true;
    long until = nextAlone ? Long.MAX_VALUE : untilWallNs;
    nextAlone = false;
    writer.execute(() -> write(s, wallNs, until));
  }

  private void write(Snapshot s, long wallNs, long untilWallNs) {
    try {
      var unused = s.writeTo(store.snapshots(), NodeStore.software());
      long now = System.nanoTime();
      boolean sweeps = untilWallNs == Long.MAX_VALUE || now - sweptNs >= SWEEP_NS;
      if (untilWallNs != Long.MIN_VALUE && sweeps) {
        sweptNs = now;
        firstNeeded = keeping.sweep(store.snapshots(), wallNs, untilWallNs);
      }
    } catch (JournalException | RuntimeException e) {
      if (untilWallNs == Long.MAX_VALUE) {
        nextAlone = true;
      }
      log.say(
          "SNAPSHOT_NOT_TAKEN",
          "nothing depends on it but how long the next start takes; tried again when the next one"
              + " is due: "
              + e.getMessage());
    } finally {
      underWay = false;
    }
  }

  /**
   * Takes the last one of a node that stops, so that the next start replays nothing; waits for it.
   * To be called when the loop's thread has ended.
   *
   * @param sound whether the loop ended without a failure, and the journal holds all that the
   *     engine has stepped
   */
  void takeLast(boolean sound) {
    writer.shutdown();
    try {
      if (!writer.awaitTermination(LAST_WAIT_S, TimeUnit.SECONDS)) {
        log.say("SNAPSHOT_NOT_TAKEN", "the last one took too long; the next start replays more");
        writer.shutdownNow();
      } else if (sound && started && due.isAny(store.log().nextPosition())) {
        write(runner.capture(), 0, nextAlone ? Long.MAX_VALUE : Long.MIN_VALUE);
      }
    } catch (JournalException e) {
      log.say("SNAPSHOT_NOT_TAKEN", "the next start replays more: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
