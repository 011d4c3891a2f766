package parallax.journal.sqlite;

import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import parallax.journal.JournalException;
import parallax.journal.JournalException.Kind;

/**
 * Tries again what another program's lock on the database holds up, and says so, until the lock is
 * gone.
 */
final class LockWait {
  /** The kind of log line that says that the store waits for another program. */
  static final String BUSY = "JOURNAL_BUSY";

  private static final long RETRY_MS = 250;

  private final BiConsumer<String, String> log;
  private final BooleanSupplier closed;

  /** Work on the store. */
  interface Work<T> {
    T run() throws JournalException;
  }

  /**
   * Waits.
   *
   * @param log takes a kind and a line for the operator
   * @param closed whether to wait no longer
   */
  LockWait(BiConsumer<String, String> log, BooleanSupplier closed) {
    this.log = log;
    this.closed = closed;
  }

  /**
   * Does the work, again and again while it fails because of a lock.
   *
   * @throws JournalException when it fails for another reason, or the journal is closed meanwhile
   */
  <T> T run(Work<T> work) throws JournalException {
    while (true) {
      try {
        return work.run();
      } catch (JournalException e) {
        if (e.kind() != Kind.BUSY) {
          throw e;
        }
        if (closed.getAsBoolean()) {
          throw JournalException.closed();
        }
        log.accept(BUSY, String.valueOf(e.getMessage()));
        pause(e);
      }
    }
  }

  private static void pause(JournalException busy) throws JournalException {
    try {
      Thread.sleep(RETRY_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw busy;
    }
  }
}
