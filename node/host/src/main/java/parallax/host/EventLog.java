package parallax.host;

import java.util.ArrayList;
import java.util.List;
import parallax.engine.Effect;
import parallax.model.UtcTime;

/**
 * What a node did, for those who watch it: numbered in the order of the journal, so the same effect
 * has the same number after a restart and a watcher can go on where it was; where records of
 * partners were deleted, a restart leaves numbers out. Holds the newest events in memory; a watcher
 * that asks for older ones gets the oldest held and can see the jump in the numbers.
 */
public final class EventLog {
  /**
   * One event.
   *
   * @param id number, from 1, rising
   * @param time the node's time of the input that caused it
   * @param wallNs wall clock of that input, UTC nanoseconds
   * @param doneWallNs wall clock when it was carried out, after it was durable; 0 when it comes
   *     from a replay
   * @param effect what was done
   */
  public record Event(long id, UtcTime time, long wallNs, long doneWallNs, Effect effect) {}

  private final int capacity;
  private final List<Event> events = new ArrayList<>();
  private long nextId = 1;
  private boolean closed;

  /** Holds the newest {@code capacity} events. */
  public EventLog(int capacity) {
    this.capacity = capacity;
  }

  synchronized void add(UtcTime time, long wallNs, long doneWallNs, Effect effect) {
    events.add(new Event(nextId++, time, wallNs, doneWallNs, effect));
    if (events.size() > capacity + capacity / 4) {
      events.subList(0, events.size() - capacity).clear();
    }
    notifyAll();
  }

  /** The number of the next event. */
  synchronized long next() {
    return nextId;
  }

  /** Numbers the next event so, unless it has a higher number already. */
  synchronized void goOnAt(long id) {
    nextId = Math.max(nextId, id);
  }

  /** Forgets what followed from inputs that came before a moment, wall clock, UTC nanoseconds. */
  synchronized void forgetBefore(long wallNs) {
    events.removeIf(e -> e.wallNs() < wallNs);
  }

  /**
   * The events from number {@code from} on, at most {@code limit}; waits up to {@code waitMs} when
   * there is none yet.
   */
  public synchronized List<Event> from(long from, int limit, long waitMs)
      throws InterruptedException {
    long end = System.nanoTime() + waitMs * 1_000_000;
    while ((events.isEmpty() || events.getLast().id() < from) && !closed) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return List.of();
      }
      wait(left);
    }
    if (events.isEmpty()) {
      return List.of();
    }
    int skip = firstFrom(from);
    return List.copyOf(events.subList(skip, Math.min(events.size(), skip + limit)));
  }

  /** Numbers rise, and may leave some out. */
  private int firstFrom(long from) {
    int low = 0;
    int high = events.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (events.get(middle).id() < from) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  synchronized void close() {
    closed = true;
    notifyAll();
  }
}
