package parallax.host;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import parallax.engine.Effect;

/**
 * The orders that were handed in and are not answered yet, in the order in which the engine will
 * answer them.
 */
final class PendingOrders {
  /** Orders that may wait for their answers at once. */
  static final int MOST = 1_000;

  private final Deque<CompletableFuture<Effect.OrderAnswered>> waiting = new ArrayDeque<>();
  private @Nullable String ended;

  /** Hands an order to the engine's queue; must not wait. */
  @FunctionalInterface
  interface HandIn {
    void run();
  }

  /**
   * Hands an order in and remembers who waits for its answer, as one step, so that answers come in
   * the order of the orders.
   *
   * @return false when too many orders wait already: the order was not handed in
   */
  synchronized boolean add(CompletableFuture<Effect.OrderAnswered> answer, HandIn handIn) {
    if (ended != null) {
      answer.completeExceptionally(new IllegalStateException(ended));
      return true;
    }
    if (waiting.size() >= MOST) {
      return false;
    }
    waiting.addLast(answer);
    handIn.run();
    return true;
  }

  /** The oldest order has its answer. */
  void answered(Effect.OrderAnswered answer) {
    CompletableFuture<Effect.OrderAnswered> next = next();
    if (next != null) {
      next.complete(answer);
    }
  }

  /** The oldest order could not be carried out. */
  void failed(String why) {
    CompletableFuture<Effect.OrderAnswered> next = next();
    if (next != null) {
      next.completeExceptionally(new IllegalStateException(why));
    }
  }

  private synchronized @Nullable CompletableFuture<Effect.OrderAnswered> next() {
    return waiting.poll();
  }

  /** No order is answered from here on, those included that wait. */
  void end(String why) {
    synchronized (this) {
      ended = why;
    }
    for (var next = next(); next != null; next = next()) {
      next.completeExceptionally(new IllegalStateException(why));
    }
  }
}
