package parallax.host;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parallax.engine.Input;
import parallax.engine.RetentionClause;
import parallax.journal.ForgettingJournal;
import parallax.journal.JournalException;
import parallax.runtime.Retention;
import parallax.runtime.Runner;

/**
 * Deletes what partners told so long ago that it may not be kept, in pieces that fit between two
 * ticks. It looks once a day, and again a while after a failure. For the loop's thread.
 */
final class DueDeletions {
  private static final long LOOK_NS = 86_400_000_000_000L;
  private static final long REST_NS = 60_000_000_000L;

  /** Inputs that are looked at, or deleted from, at once. */
  private static final int PIECE = 200;

  /** What making the engine anew may take of a tick, and inputs between two looks at the clock. */
  private static final long RENEW_NS = 5_000_000;

  private static final int RENEWED_AT_ONCE = 10;

  private final ForgettingJournal journal;
  private final Runner runner;
  private final EventLog events;
  private final NodeLog log;
  private final Retention retention;
  private long lookAtNs = System.nanoTime();

  private DueDeletions(ForgettingJournal journal, Runner runner, EventLog events, NodeLog log)
      throws JournalException {
    this.journal = journal;
    this.runner = runner;
    this.events = events;
    this.log = log;
    this.retention = new Retention(journal);
  }

  /** Goes on with a deletion that was begun before the node ended; before the replay. */
  static DueDeletions resume(ForgettingJournal journal, Runner runner, EventLog events, NodeLog log)
      throws JournalException {
    DueDeletions d = new DueDeletions(journal, runner, events, log);
    d.retention.finish(PIECE);
    return d;
  }

  /**
   * Looks for, or deletes, a piece.
   *
   * @param nowNs monotonic clock, nanoseconds
   * @param wallNs believed wall clock, UTC nanoseconds
   * @return the input that says that a deletion is finished, to be stepped now
   */
  Optional<Input> next(long nowNs, long wallNs) throws JournalException {
    Optional<RetentionClause> clause = runner.engine().retention();
    if (nowNs - lookAtNs < 0 || clause.isEmpty()) {
      return Optional.empty();
    }
    Input.RecordsDeleted done = finished(clause.get(), nowNs, wallNs);
    if (done == null) {
      return Optional.empty();
    }
    events.forgetBefore(done.untilWallNs());
    return Optional.of(done);
  }

  private Input.@Nullable RecordsDeleted finished(RetentionClause clause, long nowNs, long wallNs)
      throws JournalException {
    try {
      if (!Retention.isUnderWay(journal)) {
        if (retention.look(clause.until(wallNs), wallNs, PIECE) && !Retention.isUnderWay(journal)) {
          lookAtNs = nowNs + LOOK_NS;
        }
        return null;
      }
      if (!retention.delete(PIECE) || !renew()) {
        return null;
      }
    } catch (JournalException e) {
      lookAtNs = nowNs + REST_NS;
      log.say(
          "NOT_DELETED",
          "what is due to be deleted is not deleted yet, and is tried again in a minute: "
              + e.getMessage());
      return null;
    }
    return retention.close(clause.clause(), events.next());
  }

  private boolean renew() throws JournalException {
    long end = System.nanoTime() + RENEW_NS;
    boolean renewed;
    do {
      renewed = retention.renew(runner, RENEWED_AT_ONCE);
    } while (!renewed && System.nanoTime() < end);
    return renewed;
  }
}
