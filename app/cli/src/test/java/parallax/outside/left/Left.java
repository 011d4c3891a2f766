package parallax.outside.left;

import parallax.outside.right.Right;

/** One half of a cycle of packages, so that the rule against cycles is seen to fail. */
public final class Left {
  private Left() {}

  /** Whether {@code other} is the other half. */
  public static boolean knows(Object other) {
    return other instanceof Right;
  }
}
