package parallax.outside.right;

import parallax.outside.left.Left;

/** One half of a cycle of packages, so that the rule against cycles is seen to fail. */
public final class Right {
  private Right() {}

  /** Whether {@code other} is the other half. */
  public static boolean knows(Object other) {
    return other instanceof Left;
  }
}
