package parallax.host;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import parallax.engine.Input;
import parallax.link.Lane;
import parallax.link.Wire;

/**
 * What waits to be stepped. Each source, a feed or a connection, waits in a line of its own, so
 * that a source that floods delays itself and not the others; the order of each is kept. Orders and
 * what comes by urgent connections go first, up to half of what is taken out at once; the lines of
 * each group take turns. Several threads may hand in, one takes out.
 *
 * <p>A line is full when its records or bytes reach a limit, or when all connections of its
 * neighbour and lane together hold too many bytes. {@link #put} hands in all the same and says so:
 * whoever brings the inputs must then stop reading until there is room.
 */
final class InputQueue {
  /** Records that one source may have waiting. */
  static final int MOST_A_SOURCE = 20_000;

  /** Bytes that one source may have waiting: twice what is in flight of one stream. */
  static final long MOST_BYTES_A_SOURCE = 8 << 20;

  /** Bytes that the connections of one neighbour may have waiting on one lane. */
  static final long MOST_BYTES_A_NEIGHBOUR = 32 << 20;

  /** What the others have to wait for at most while one has its turn, records. */
  static final int TURN = 100;

  /** What is taken out at once, records; then urgent input gets its turn again. */
  static final int MOST_AT_ONCE = 500;

  /** The source of orders, and of what the node says itself. */
  private static final String OWN = "own";

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition room = lock.newCondition();
  private final Condition some = lock.newCondition();
  private final Group urgent = new Group();
  private final Group rest = new Group();
  private volatile boolean urgentWaiting;

  /** Full lines whose sources are to be told once there is room. */
  private final Set<Line> full = new LinkedHashSet<>();

  private static final class Group {
    final Map<Object, Line> lines = new LinkedHashMap<>();
    final Deque<Line> turns = new ArrayDeque<>();
    final Map<Object, Total> neighbours = new LinkedHashMap<>();

    Line line(Object source) {
      return lines.computeIfAbsent(
          source,
          s ->
              new Line(
                  s,
                  s instanceof Wire w
                      ? neighbours.computeIfAbsent(w.peer(), n -> new Total())
                      : new Total()));
    }

    /** An empty line goes: its source may never come back. */
    void drop(Line line) {
      lines.remove(line.source);
      if (line.source instanceof Wire w && line.ofNeighbour.bytes == 0) {
        neighbours.remove(w.peer(), line.ofNeighbour);
      }
    }
  }

  private static final class Total {
    long bytes;
  }

  private record Waiting(Input input, InputSize size) {}

  private static final class Line {
    final Object source;
    final Total ofNeighbour;
    final Deque<Waiting> inputs = new ArrayDeque<>();
    final List<Runnable> whenRoom = new ArrayList<>();
    int records;
    long bytes;

    Line(Object source, Total ofNeighbour) {
      this.source = source;
      this.ofNeighbour = ofNeighbour;
    }

    boolean isFull() {
      return records >= MOST_A_SOURCE
          || bytes >= MOST_BYTES_A_SOURCE
          || (bytes > 0 && ofNeighbour.bytes >= MOST_BYTES_A_NEIGHBOUR);
    }

    void add(Waiting w) {
      inputs.addLast(w);
      records += w.size.records();
      bytes += w.size.bytes();
      ofNeighbour.bytes += w.size.bytes();
    }

    Waiting remove() {
      Waiting w = inputs.removeFirst();
      records -= w.size.records();
      bytes -= w.size.bytes();
      ofNeighbour.bytes -= w.size.bytes();
      return w;
    }
  }

  /**
   * Hands in inputs of one source, whether there is room or not.
   *
   * @param inputs in order, at least one
   * @param whenRoom runs once, by the thread that takes out, when the source's line has room again;
   *     does not run when the answer is true
   * @return whether the line has room for more
   */
  boolean put(List<Input> inputs, Runnable whenRoom) {
    List<Waiting> waiting = new ArrayList<>(inputs.size());
    for (Input i : inputs) {
      waiting.add(new Waiting(i, InputSize.of(i)));
    }
    lock.lock();
    try {
      Line line = add(waiting.getFirst());
      waiting.subList(1, waiting.size()).forEach(line::add);
      if (!line.isFull()) {
        return true;
      }
      line.whenRoom.add(whenRoom);
      full.add(line);
      return false;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Hands in an input of a source that cannot be held up in another way; false when its line still
   * had no room after a while. It waits: not for a thread that holds a lock.
   */
  boolean offer(Input input, long time, TimeUnit unit) throws InterruptedException {
    long left = unit.toNanos(time);
    Waiting w = new Waiting(input, InputSize.of(input));
    lock.lock();
    try {
      while (isFull(input)) {
        if (left <= 0) {
          return false;
        }
        left = room.awaitNanos(left);
      }
      add(w);
      return true;
    } finally {
      lock.unlock();
    }
  }

  private boolean isFull(Input input) {
    Line line = group(input).lines.get(source(input));
    return line != null && line.isFull();
  }

  private Line add(Waiting w) {
    Group group = group(w.input);
    Line line = group.line(source(w.input));
    if (line.inputs.isEmpty()) {
      group.turns.addLast(line);
    }
    line.add(w);
    urgentWaiting |= group == urgent;
    some.signal();
    return line;
  }

  /** Whether an order waits, or something that came by an urgent connection. For any thread. */
  boolean isUrgentWaiting() {
    return urgentWaiting;
  }

  /**
   * Takes out what is next, in order, into an empty list; waits a while for the first.
   *
   * @return how many of these inputs, at the beginning, are urgent
   */
  int take(List<Input> into, long time, TimeUnit unit) throws InterruptedException {
    long left = unit.toNanos(time);
    List<Runnable> haveRoom = new ArrayList<>();
    int first;
    lock.lock();
    try {
      while (urgent.turns.isEmpty() && rest.turns.isEmpty()) {
        if (left <= 0) {
          return 0;
        }
        left = some.awaitNanos(left);
      }
      int records = take(urgent, 0, MOST_AT_ONCE / 2, into);
      List<Input> others = new ArrayList<>();
      records = take(rest, records, MOST_AT_ONCE, others);
      var unused = take(urgent, records, MOST_AT_ONCE, into);
      first = into.size();
      into.addAll(others);
      haveRoom.addAll(roomMade());
    } finally {
      lock.unlock();
    }
    haveRoom.forEach(Runnable::run);
    return first;
  }

  /**
   * Takes out what is urgent, and puts it before inputs that were taken out earlier.
   *
   * @return how many
   */
  int takeUrgent(List<Input> before) {
    List<Runnable> haveRoom = new ArrayList<>();
    List<Input> first = new ArrayList<>();
    lock.lock();
    try {
      var unused = take(urgent, 0, MOST_AT_ONCE / 2, first);
      before.addAll(0, first);
      haveRoom.addAll(roomMade());
    } finally {
      lock.unlock();
    }
    haveRoom.forEach(Runnable::run);
    return first.size();
  }

  /** What is to be told now that something was taken out. */
  private List<Runnable> roomMade() {
    urgentWaiting = !urgent.turns.isEmpty();
    List<Runnable> haveRoom = new ArrayList<>();
    full.removeIf(
        line -> {
          if (line.isFull()) {
            return false;
          }
          haveRoom.addAll(line.whenRoom);
          line.whenRoom.clear();
          return true;
        });
    room.signalAll();
    return haveRoom;
  }

  /**
   * Takes out what nobody hands in again: orders, and what the node says itself. Feeds and partners
   * send again what was not acknowledged.
   */
  void takeOwn(List<Input> into) {
    lock.lock();
    try {
      for (Group group : List.of(urgent, rest)) {
        Line own = group.lines.get(OWN);
        while (own != null && !own.inputs.isEmpty()) {
          into.add(own.remove().input);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private static int take(Group group, int before, int most, List<Input> into) {
    int records = before;
    while (!group.turns.isEmpty() && records < most) {
      Line line = group.turns.removeFirst();
      int end = Math.min(most, records + TURN);
      while (!line.inputs.isEmpty() && records < end) {
        Waiting w = line.remove();
        records += w.size.records();
        into.add(w.input);
      }
      if (line.inputs.isEmpty()) {
        group.drop(line);
      } else {
        group.turns.addLast(line);
      }
    }
    return records;
  }

  /** How many sources have something waiting. */
  int sources() {
    lock.lock();
    try {
      return urgent.lines.size() + rest.lines.size();
    } finally {
      lock.unlock();
    }
  }

  private Group group(Input input) {
    Wire wire = wire(input);
    boolean first =
        wire == null ? input instanceof Input.Ordered : wire.stream().lane() == Lane.URGENT;
    return first ? urgent : rest;
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
      default -> OWN;
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
}
