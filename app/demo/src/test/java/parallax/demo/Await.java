package parallax.demo;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for a condition, far longer than it should take; how long it took decides nothing. */
public final class Await {
  private static final long LIMIT_S = 120;

  private Await() {}

  public static void until(BooleanSupplier condition, Supplier<String> otherwise)
      throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_S);
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, () -> "not within " + LIMIT_S + " s: " + otherwise.get());
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }
}
