package parallax.host;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import parallax.engine.Input;
import parallax.link.Frame;
import parallax.link.Lane;
import parallax.link.Wire;

/**
 * What waits to be stepped. Each source, a feed or a connection, waits in a line of its own, so
 * that a source that floods delays itself and not the others; the order of each is kept. Orders and
 * what comes by urgent connections go first, up to half of what is taken out at once; turn and turn
 * about in each group. Several may hand in, one takes out.
 */
final class InputQueue {
  /** Most that one source may have waiting, by {@link #weight}. */
  static final int MOST_A_SOURCE = 20_000;

  /** What the others have to wait for at most while one has its turn, by {@link #weight}. */
  static final int TURN = 100;

  /** What is taken out at once, by {@link #weight}; then urgent input gets its turn again. */
  static final int MOST_AT_ONCE = 500;

  private static final String OPERATORS = "operators";

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition room = lock.newCondition();
  private final Condition some = lock.newCondition();
  private final Group urgent = new Group();
  private final Group rest = new Group();

  private static final class Group {
    final Map<Object, Line> lines = new LinkedHashMap<>();
    final Deque<Line> turns = new ArrayDeque<>();
  }

  private static final class Line {
    final Deque<Input> inputs = new ArrayDeque<>();
    int weight;
  }

  /** Hands in an input; false when its source still had no room after a while. */
  boolean offer(Input input, long time, TimeUnit unit) throws InterruptedException {
    long left = unit.toNanos(time);
    Group group = isUrgent(input) ? urgent : rest;
    lock.lock();
    try {
      Line line = group.lines.computeIfAbsent(source(input), s -> new Line());
      while (line.weight >= MOST_A_SOURCE) {
        if (left <= 0) {
          return false;
        }
        left = room.awaitNanos(left);
      }
      if (line.inputs.isEmpty()) {
        group.turns.addLast(line);
      }
      line.inputs.addLast(input);
      line.weight += weight(input);
      some.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Takes out what is next, in order, into a list; waits a while for the first. */
  void take(List<Input> into, long time, TimeUnit unit) throws InterruptedException {
    long left = unit.toNanos(time);
    lock.lock();
    try {
      while (urgent.turns.isEmpty() && rest.turns.isEmpty()) {
        if (left <= 0) {
          return;
        }
        left = some.awaitNanos(left);
      }
      int weight = take(urgent, 0, MOST_AT_ONCE / 2, into);
      weight = take(rest, weight, MOST_AT_ONCE, into);
      take(urgent, weight, MOST_AT_ONCE, into);
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private static int take(Group group, int before, int most, List<Input> into) {
    int weight = before;
    while (!group.turns.isEmpty() && weight < most) {
      Line line = group.turns.removeFirst();
      int end = Math.min(most, weight + TURN);
      while (!line.inputs.isEmpty() && weight < end) {
        Input input = line.inputs.removeFirst();
        line.weight -= weight(input);
        weight += weight(input);
        into.add(input);
      }
      if (!line.inputs.isEmpty()) {
        group.turns.addLast(line);
      }
    }
    return weight;
  }

  private static boolean isUrgent(Input input) {
    Wire wire = wire(input);
    return wire == null ? input instanceof Input.Ordered : wire.stream().lane() == Lane.URGENT;
  }

  private static Object source(Input input) {
    Wire wire = wire(input);
    if (wire != null) {
      return wire;
    }
    return switch (input) {
      case Input.PlotReceived p -> p.feed();
      case Input.PlotRefused p -> p.feed();
      case Input.TrackFiled t -> t.feed();
      default -> OPERATORS;
    };
  }

  private static @Nullable Wire wire(Input input) {
    return switch (input) {
      case Input.FrameReceived f -> f.wire();
      case Input.FrameRefused f -> f.wire();
      case Input.LinkChanged c -> c.wire();
      default -> null;
    };
  }

  /** What an input costs, counted in records. */
  private static int weight(Input input) {
    return input instanceof Input.FrameReceived f && f.frame() instanceof Frame.Batch b
        ? Math.max(1, b.entries().size())
        : 1;
  }
}
