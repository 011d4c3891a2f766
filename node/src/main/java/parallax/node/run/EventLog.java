package parallax.node.run;

import java.util.ArrayList;
import java.util.List;
import parallax.engine.Effect;
import parallax.model.UtcTime;

/**
 * What a node did, for those who watch it: numbered from 1 in the order of the journal, so the same
 * effect has the same number after a restart and a watcher can go on where it was. Holds the newest
 * events in memory; a watcher that asks for older ones gets the oldest held and can see the jump in
 * the numbers.
 */
public final class EventLog {
  /**
   * One event.
   *
   * @param id number, dense from 1
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

  /**
   * The events from number {@code from} on, at most {@code limit}; waits up to {@code waitMs} when
   * there is none yet.
   */
  public synchronized List<Event> from(long from, int limit, long waitMs)
      throws InterruptedException {
    long end = System.nanoTime() + waitMs * 1_000_000;
    while (nextId <= from && !closed) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return List.of();
      }
      wait(left);
    }
    if (events.isEmpty()) {
      return List.of();
    }
    int skip = Math.clamp(from - events.get(0).id(), 0, events.size());
    return List.copyOf(events.subList(skip, Math.min(events.size(), skip + limit)));
  }

  synchronized void close() {
    closed = true;
    notifyAll();
  }
}
