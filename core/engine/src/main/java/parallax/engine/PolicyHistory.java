package parallax.engine;

import java.util.ArrayDeque;
import java.util.Deque;

/** The policies that were in force, the present one last; going back takes it away. */
final class PolicyHistory {
  private static final int MOST = 20;

  private final Deque<String> taken = new ArrayDeque<>();

  /** Notes that a policy is in force; one that is the one before the present goes back to it. */
  void took(String yaml) {
    if (yaml.equals(taken.peekLast())) {
      return;
    }
    String present = taken.pollLast();
    if (yaml.equals(taken.peekLast())) {
      return;
    }
    if (present != null) {
      taken.addLast(present);
    }
    taken.addLast(yaml);
    if (taken.size() > MOST) {
      taken.removeFirst();
    }
  }

  /** The policy before the present one. */
  String before() {
    String present = taken.pollLast();
    String before = taken.peekLast();
    if (present != null) {
      taken.addLast(present);
    }
    if (before == null) {
      throw new RefusedOrderException("no other policy was in force before");
    }
    return before;
  }
}
