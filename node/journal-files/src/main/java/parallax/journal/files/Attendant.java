package parallax.journal.files;

import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The thread that works for a log beside the one that appends, when asked to and once a second. */
final class Attendant implements AutoCloseable {
  private static final long RHYTHM_MS = 1_000;

  /** What is to be done; it reports its failures itself. */
  interface Work {
    void run() throws IOException;
  }

  private final Semaphore asked = new Semaphore(0);
  private final Work work;
  private final Thread thread;
  private volatile boolean closing;

  Attendant(Work work) {
    this.work = work;
    this.thread = Thread.ofPlatform().name("journal-attendant").daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Asks for the work to be done soon. */
  void ask() {
    asked.release();
  }

  private void run() {
    try {
      while (!closing) {
        if (asked.tryAcquire(RHYTHM_MS, TimeUnit.MILLISECONDS)) {
          asked.drainPermits();
        }
        if (!closing) {
          work.run();
        }
      }
    } catch (IOException e) {
      // The work has said what is wrong; whoever appends meets it.
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closing = true;
    asked.release();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
