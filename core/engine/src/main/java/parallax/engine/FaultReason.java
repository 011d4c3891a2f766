package parallax.engine;

/**
 * A fault of this software in words that are the same each time the same inputs are stepped. The
 * messages of exceptions that the virtual machine makes by itself are not: once code is compiled it
 * leaves them out, so a replay would read otherwise than the node did.
 */
public final class FaultReason {
  private static final int LONGEST = 200;

  private FaultReason() {}

  /** What went wrong, at most 200 characters. */
  public static String of(RuntimeException fault) {
    String reason =
        switch (fault) {
          case ArithmeticException e -> "a figure is too large, or divided by zero";
          case NullPointerException e -> "something that must be there is missing";
          case ArrayIndexOutOfBoundsException e -> "a place outside an array is used";
          case ClassCastException e -> "something is of another kind than expected";
          case ArrayStoreException e -> "something is of another kind than expected";
          default -> {
            String message = fault.getMessage();
            yield message == null ? fault.getClass().getSimpleName() : message;
          }
        };
    return reason.length() > LONGEST ? reason.substring(0, LONGEST) : reason;
  }
}
