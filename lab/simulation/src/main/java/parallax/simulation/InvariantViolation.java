package parallax.simulation;

/**
 * A promise that a run broke.
 *
 * @param seed the run
 * @param invariant which promise, in short
 * @param step at which step
 * @param detail what was found and what was expected
 */
public record InvariantViolation(long seed, String invariant, long step, String detail) {}
