package parallax.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * The bugs that forget a part of a state, tried one after the other in runs without a bug: of each
 * an engine that forgot the part goes along with the node's own until the next one is tried. So all
 * are looked for in the same runs. For one thread.
 */
final class Suspects {
  private final Deque<InjectedBug> open = new ArrayDeque<>();

  /** All of them. */
  Suspects() {
    Arrays.stream(InjectedBug.values()).filter(b -> b.forgets().isPresent()).forEach(open::addLast);
  }

  boolean isEmpty() {
    return open.isEmpty();
  }

  /** The next one to try; it comes again after all others. There must be one. */
  InjectedBug next() {
    InjectedBug b = open.removeFirst();
    open.addLast(b);
    return b;
  }

  /** One showed itself. */
  void found(InjectedBug bug) {
    open.remove(bug);
  }

  /** Those that have not shown themselves, by name. */
  List<String> left() {
    List<String> out = new ArrayList<>();
    open.forEach(b -> out.add(b.label()));
    out.sort(null);
    return out;
  }
}
