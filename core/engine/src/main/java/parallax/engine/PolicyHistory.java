package parallax.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The newest policies that were in force, the present one last. Going back to the one before takes
 * the present one away.
 */
final class PolicyHistory {
  private static final int MOST = 20;

  private final Deque<String> taken;

  /** With the policies that another held. */
  PolicyHistory(List<String> taken) {
    this.taken = new ArrayDeque<>(taken);
  }

  /** Notes that a policy is in force. When it is the one before the present, this is going back. */
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

  /** The policies that going back may lead to, and the present one. */
  List<String> all() {
    return List.copyOf(taken);
  }

  /** The policy before the present one. */
  String before() {
    String present = taken.pollLast();
    String before = taken.peekLast();
    if (present != null) {
      taken.addLast(present);
    }
    if (before == null) {
      throw new RefusedOrderException(
          "no other policy was in force before this one, so there is none to go back to");
    }
    return before;
  }
}
