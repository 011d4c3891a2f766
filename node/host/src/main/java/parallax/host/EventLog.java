package parallax.host;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import parallax.engine.Effect;
import parallax.engine.Input;
import parallax.model.UtcTime;
import parallax.runtime.Runner;
import parallax.warning.AlertAction;
import parallax.wire.EventMemory;

/**
 * What a node did, for those who watch it: numbered in the order of the journal, so the same effect
 * has the same number after a restart and a watcher can go on where it was. Effects that are not
 * for watchers use up numbers but are not held.
 *
 * <p>The newest events are held in memory, up to a budget in bytes. Older ones are gone, and so are
 * events that rested on what partners told once that was deleted; a watcher that asks for such
 * events is told so ({@link Missing}).
 */
public final class EventLog {
  private static final byte[] NOT_HELD = {};

  /** What snapshots keep of events that are no pictures, bytes as they are counted. */
  private static final long KEPT_BYTES = 1_048_576;

  private final long budgetBytes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition more = lock.newCondition();
  private final List<Event> events = new ArrayList<>();
  private long heldBytes;
  private long nextId = 1;
  private @Nullable Missing missing;
  private boolean closed;

  /**
   * One event.
   *
   * @param id number, from 1, rising
   * @param time the node's time of the input that caused it
   * @param wallNs wall clock of that input, UTC nanoseconds
   * @param doneWallNs wall clock when it was carried out, after it was durable; 0 when it comes
   *     from a replay
   * @param effect what was done; of a released record only its number is held
   */
  public record Event(long id, UtcTime time, long wallNs, long doneWallNs, Effect effect) {}

  /**
   * Some or all events up to a number are not held any more.
   *
   * @param through the number
   * @param time the node's time when that event happened
   * @param wallNs wall clock then, UTC nanoseconds
   */
  public record Missing(long through, UtcTime time, long wallNs) {}

  /**
   * What a watcher gets.
   *
   * @param missing says so when events that it asked for are not held any more
   * @param events the events that are held, in order
   */
  public record Answer(Optional<Missing> missing, List<Event> events) {
    /** The events that are held though later ones are missing. */
    List<Event> upToMissing() {
      long through = missing.map(Missing::through).orElse(0L);
      return events.stream().takeWhile(e -> e.id() <= through).toList();
    }
  }

  /** Holds the newest events that fit into {@code budgetBytes}. */
  public EventLog(long budgetBytes) {
    this.budgetBytes = budgetBytes;
  }

  /** Adds what followed from one input of a replay. */
  void add(Input.Stamped in, List<Effect> effects) {
    add(List.of(new Runner.Done(in, effects)), 0);
  }

  /**
   * Adds what followed from a batch.
   *
   * @param done inputs and their effects, in the order of the journal
   * @param doneWallNs wall clock when it was carried out; 0 when it comes from a replay
   */
  void add(List<Runner.Done> done, long doneWallNs) {
    lock.lock();
    try {
      int before = events.size();
      for (Runner.Done d : done) {
        for (Effect e : d.effects()) {
          add(d.input(), doneWallNs, e);
        }
      }
      if (events.size() == before) {
        return;
      }
      if (heldBytes > budgetBytes) {
        dropOldest();
      }
      more.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void add(Input.Stamped in, long doneWallNs, Effect effect) {
    long bytes = EventSize.of(effect);
    long id = nextId++;
    if (bytes != EventSize.NOT_FOR_WATCHERS) {
      events.add(new Event(id, in.time(), in.wallNs(), doneWallNs, withoutRecord(effect)));
      heldBytes += bytes;
    }
  }

  private static Effect withoutRecord(Effect effect) {
    return effect instanceof Effect.OutboxAppended o
        ? new Effect.OutboxAppended(o.stream(), o.seq(), NOT_HELD)
        : effect;
  }

  /**
   * Makes room for a while, so that it need not be done for every event. What stands goes last: the
   * newest picture of each launch that is shown, and the newest alert of each event.
   */
  private void dropOldest() {
    Set<Long> standing = new HashSet<>();
    Stands stands = new Stands();
    for (Event e : events.reversed()) {
      if (stands.is(e.effect())) {
        standing.add(e.id());
      }
    }
    drop(standing);
    if (heldBytes > budgetBytes) {
      drop(Set.of());
    }
  }

  private void drop(Set<Long> but) {
    List<Event> kept = new ArrayList<>();
    for (Event e : events) {
      if (heldBytes > budgetBytes - budgetBytes / 4 && !but.contains(e.id())) {
        heldBytes -= EventSize.of(e.effect());
        if (missing == null || missing.through() < e.id()) {
          missing = new Missing(e.id(), e.time(), e.wallNs());
        }
      } else {
        kept.add(e);
      }
    }
    events.clear();
    events.addAll(kept);
  }

  /** Whether an event stands, of events that are looked at from the newest to the oldest. */
  private static final class Stands {
    private final Set<String> drawn = new HashSet<>();
    private final Set<String> warned = new HashSet<>();

    boolean is(Effect effect) {
      return switch (effect) {
        case Effect.PictureChanged p ->
            drawn.add(p.picture().view() + " " + p.picture().event()) && !p.picture().isWithdrawn();
        case Effect.AlertRaised a -> warned.add(a.action().alert().eventKey()) && warns(a.action());
        default -> false;
      };
    }

    private static boolean warns(AlertAction action) {
      return action instanceof AlertAction.Issue || action instanceof AlertAction.Update;
    }
  }

  /**
   * What is worth holding over a restart: the newest picture of each launch that is shown, the
   * newest alert of each event of which it still warns, and of everything else the newest that fit
   * into a budget.
   */
  EventMemory memory() {
    lock.lock();
    try {
      Stands stands = new Stands();
      List<EventMemory.Held> kept = new ArrayList<>();
      long bytes = 0;
      Missing gone = missing;
      for (Event e : events.reversed()) {
        boolean keep = stands.is(e.effect());
        if (!(e.effect() instanceof Effect.PictureChanged)) {
          bytes += EventSize.of(e.effect());
          keep |= bytes <= KEPT_BYTES;
        }
        if (keep) {
          kept.add(new EventMemory.Held(e.id(), e.time(), e.wallNs(), e.effect()));
        } else if (gone == null || gone.through() < e.id()) {
          gone = new Missing(e.id(), e.time(), e.wallNs());
        }
      }
      return new EventMemory(
          nextId,
          Optional.ofNullable(gone)
              .map(m -> new EventMemory.Missing(m.through(), m.time(), m.wallNs())),
          kept.reversed());
    } finally {
      lock.unlock();
    }
  }

  /** The alerts that are held, oldest first. */
  List<Effect> alerts() {
    lock.lock();
    try {
      return events.stream()
          .map(Event::effect)
          .filter(e -> e instanceof Effect.AlertRaised)
          .toList();
    } finally {
      lock.unlock();
    }
  }

  /** Goes on from what was held before a restart; before the first event. */
  void recall(EventMemory memory) {
    lock.lock();
    try {
      nextId = memory.nextId();
      missing =
          memory.missing().map(m -> new Missing(m.through(), m.time(), m.wallNs())).orElse(null);
      for (EventMemory.Held h : memory.events()) {
        events.add(new Event(h.id(), h.time(), h.wallNs(), 0, h.effect()));
        heldBytes += EventSize.of(h.effect());
      }
    } finally {
      lock.unlock();
    }
  }

  /** The number of the next event. */
  long next() {
    lock.lock();
    try {
      return nextId;
    } finally {
      lock.unlock();
    }
  }

  /** Forgets what followed from inputs that came before a moment, wall clock, UTC nanoseconds. */
  void forgetBefore(long wallNs) {
    lock.lock();
    try {
      events.removeIf(
          e -> {
            if (e.wallNs() >= wallNs) {
              return false;
            }
            heldBytes -= EventSize.of(e.effect());
            if (missing == null || missing.through() < e.id()) {
              missing = new Missing(e.id(), e.time(), e.wallNs());
            }
            return true;
          });
    } finally {
      lock.unlock();
    }
  }

  /**
   * The events from number {@code from} on, at most {@code limit}; waits up to {@code waitMs} when
   * there is none yet.
   */
  public Answer from(long from, int limit, long waitMs) throws InterruptedException {
    long leftNs = TimeUnit.MILLISECONDS.toNanos(waitMs);
    lock.lock();
    try {
      while ((events.isEmpty() || events.getLast().id() < from) && !isMissing(from) && !closed) {
        if (leftNs <= 0) {
          return new Answer(Optional.empty(), List.of());
        }
        leftNs = more.awaitNanos(leftNs);
      }
      int first = firstFrom(from);
      return new Answer(
          isMissing(from) ? Optional.ofNullable(missing) : Optional.empty(),
          List.copyOf(events.subList(first, Math.min(events.size(), first + limit))));
    } finally {
      lock.unlock();
    }
  }

  private boolean isMissing(long from) {
    return missing != null && from <= missing.through();
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

  /** The memory that the held events take, bytes, as it is counted. */
  long heldBytes() {
    lock.lock();
    try {
      return heldBytes;
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      more.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
