package parallax.files.waiting;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Waits for what other threads or processes do, far longer than it should take: how long it took
 * decides nothing.
 */
public final class Await {
  private static final long LIMIT_S = 120;

  private Await() {}

  /** What is waited for. */
  @FunctionalInterface
  public interface Condition {
    /** Whether it has happened. */
    boolean holds() throws Exception;
  }

  /** Waits two minutes at most. */
  public static void until(Condition condition) throws Exception {
    until(condition, () -> "what the test waits for");
  }

  /** Waits two minutes at most; {@code otherwise} says how far it is if that was not enough. */
  public static void until(Condition condition, Supplier<String> otherwise) throws Exception {
    until(condition, otherwise, LIMIT_S);
  }

  /** The same with another limit, in seconds. */
  public static void until(Condition condition, Supplier<String> otherwise, long limitS)
      throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(limitS);
    while (!condition.holds()) {
      assertTrue(System.nanoTime() < end, () -> "not within " + limitS + " s: " + otherwise.get());
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }
}
