package parallax.transport;

import parallax.engine.Input;

/**
 * Takes what connections bring. It never makes a caller wait: a connection that has brought as much
 * as the node can take now is not read any further until there is room again.
 */
@FunctionalInterface
public interface LinkInputs {
  /**
   * Hands in an input, whether there is room or not.
   *
   * @param input the input
   * @param whenRoom runs once, as soon as the source of the input may bring more again, on any
   *     thread; it does not run when the answer is true, or when the node is stopping
   * @return whether the source of the input may bring more now
   */
  boolean put(Input input, Runnable whenRoom);
}
