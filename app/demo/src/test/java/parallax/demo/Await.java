package parallax.demo;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for a condition, far longer than it should take; how long it took decides nothing. */
public final class Await {
  private static final long LIMIT_S = 120;

  private Await() {}

  /** Waits two minutes at most; {@code otherwise} says how far it is if that was not enough. */
  public static void until(BooleanSupplier condition, Supplier<String> otherwise)
      throws InterruptedException {
    until(condition, otherwise, LIMIT_S);
  }

  /** The same with another limit, in seconds. */
  static void until(BooleanSupplier condition, Supplier<String> otherwise, long limitS)
      throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(limitS);
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, () -> "not within " + limitS + " s: " + otherwise.get());
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }
}
