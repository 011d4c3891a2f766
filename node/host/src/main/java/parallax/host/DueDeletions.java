package parallax.host;

import java.util.List;
import java.util.Optional;
import parallax.engine.Input;
import parallax.engine.RetentionClause;
import parallax.journal.JournalException;
import parallax.journal.log.LogSegment;
import parallax.runtime.Runner;

/**
 * Deletes what partners told so long ago that it may not be kept: the engine forgets it, a snapshot
 * without it is taken, and older snapshots and segments of the journal go as wholes. It looks once
 * a day; segments are ended each hour. For the loop's thread.
 */
final class DueDeletions {
  private static final long LOOK_NS = 86_400_000_000_000L;
  private static final long REST_NS = 60_000_000_000L;

  private final Runner runner;
  private final NodeStore store;
  private final Snapshots snapshots;
  private final EventLog events;
  private final NodeLog log;
  private long lookAtNs = System.nanoTime();
  private long rollAtNs = System.nanoTime();

  DueDeletions(Runner runner, NodeStore store, Snapshots snapshots, EventLog events, NodeLog log) {
    this.runner = runner;
    this.store = store;
    this.snapshots = snapshots;
    this.events = events;
    this.log = log;
  }

  /**
   * Before which moment nothing may be kept now, wall clock; {@link Long#MIN_VALUE} while nothing
   * may be deleted.
   */
  long untilWallNs(long wallNs, boolean mayDelete) {
    return mayDelete
        ? runner.engine().retention().map(c -> c.until(wallNs)).orElse(Long.MIN_VALUE + 1)
        : Long.MIN_VALUE;
  }

  /**
   * Looks whether something is due.
   *
   * @param nowNs monotonic clock, nanoseconds
   * @param wallNs believed wall clock, UTC nanoseconds
   * @param mayDelete whether the clock allows it
   * @return the input by which the engine forgets, to be stepped now
   */
  Optional<Input> look(long nowNs, long wallNs, boolean mayDelete) {
    try {
      if (nowNs - rollAtNs >= 0) {
        rollAtNs = nowNs + REST_NS;
        store.log().roll(wallNs);
      }
      RetentionClause clause = runner.engine().retention().orElse(null);
      if (nowNs - lookAtNs < 0 || !mayDelete || clause == null) {
        return Optional.empty();
      }
      lookAtNs = nowNs + LOOK_NS;
      long until = clause.until(wallNs);
      List<LogSegment> segments = store.log().segments();
      boolean isRemembered =
          runner.engine().oldestOfPartners().filter(t -> t.nanos() < until).isPresent();
      boolean isStored = segments.size() > 1 && segments.getFirst().createdNs() < until;
      if (!isRemembered && !isStored) {
        return Optional.empty();
      }
      events.forgetBefore(until);
      snapshots.soon(isRemembered);
      long through = store.log().nextPosition() - 1;
      return Optional.of(
          new Input.RecordsDeleted(clause.clause(), until, through, 0, events.next()));
    } catch (JournalException e) {
      lookAtNs = nowNs + REST_NS;
      log.say(
          "NOT_DELETED",
          "what is due to be deleted is not deleted yet, and is tried again in a minute: "
              + e.getMessage());
      return Optional.empty();
    }
  }
}
