package parallax.host;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import parallax.journal.JournalException;
import parallax.journal.log.SnapshotStore;
import parallax.runtime.Keeping;
import parallax.runtime.Runner;
import parallax.runtime.Snapshot;
import parallax.runtime.SnapshotDue;
import parallax.wire.SnapshotCodec;

/**
 * Takes a node's snapshots: what the node remembers is captured by the loop's thread between two
 * batches, and encoded and stored by a thread of its own. One is under way at most.
 */
final class Snapshots implements AutoCloseable {
  private static final long LAST_WAIT_S = 60;

  private final Runner runner;
  private final SnapshotStore store;
  private final Keeping keeping;
  private final SnapshotDue due;
  private final NodeLog log;
  private final ExecutorService writer;
  private volatile boolean underWay;
  private volatile long firstNeeded = 1;
  private volatile long longestCaptureNs;

  Snapshots(
      Runner runner, SnapshotStore store, Keeping keeping, SnapshotDue due, NodeLog log) {
    this.runner = runner;
    this.store = store;
    this.keeping = keeping;
    this.due = due;
    this.log = log;
    this.writer =
        Executors.newSingleThreadExecutor(
            r -> {
              Thread t = new Thread(r, "snapshot");
              t.setDaemon(true);
              t.setPriority(Thread.MIN_PRIORITY);
              return t;
            });
  }

  /** The node has started. */
  void started(long nextPosition) {
    due.taken(nextPosition, System.nanoTime());
  }

  /**
   * Takes a snapshot if one is due; between two batches.
   *
   * @param nextPosition the position of the next input
   * @param wallNs believed wall clock, UTC nanoseconds
   * @param untilWallNs what was taken before this moment may not be kept; {@link Long#MIN_VALUE}:
   *     nothing is deleted now
   */
  void look(long nextPosition, long wallNs, long untilWallNs) throws JournalException {
    if (!underWay && due.isDue(nextPosition, System.nanoTime())) {
      take(nextPosition, wallNs, untilWallNs);
    }
  }

  /** Takes one now, unless one is under way; returns whether it does. */
  boolean take(long nextPosition, long wallNs, long untilWallNs) throws JournalException {
    if (underWay) {
      return false;
    }
    long began = System.nanoTime();
    Snapshot s = runner.capture();
    longestCaptureNs = Math.max(longestCaptureNs, System.nanoTime() - began);
    due.taken(nextPosition, System.nanoTime());
    underWay = true;
    writer.execute(() -> write(s, wallNs, untilWallNs));
    return true;
  }

  private void write(Snapshot s, long wallNs, long untilWallNs) {
    try {
      SnapshotCodec.About about = s.writeTo(store, software());
      if (untilWallNs != Long.MIN_VALUE) {
        firstNeeded = keeping.sweep(store, wallNs, untilWallNs);
      }
      log.say("SNAPSHOT", "taken before input " + about.nextPosition());
    } catch (JournalException | RuntimeException e) {
      log.say(
          "SNAPSHOT_NOT_TAKEN",
          "the next start replays more until one is, and nothing else depends on it; tried again"
              + " when the next one is due: "
              + e.getMessage());
    } finally {
      underWay = false;
    }
  }

  private static String software() {
    String version = Snapshots.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  /** The first input that a snapshot that is kept needs. */
  long firstNeeded() {
    return firstNeeded;
  }

  /** The longest time that capturing took from the loop's thread, nanoseconds. */
  long longestCaptureNs() {
    return longestCaptureNs;
  }

  /** Waits for what is under way. */
  @Override
  public void close() {
    writer.shutdown();
    try {
      if (!writer.awaitTermination(LAST_WAIT_S, TimeUnit.SECONDS)) {
        log.say("SNAPSHOT_NOT_TAKEN", "the last one took too long; the next start replays more");
        writer.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
