package parallax.runtime;

/**
 * What the two clocks of a machine showed at one moment.
 *
 * @param wallNs the wall clock, UTC nanoseconds; people and time services set it
 * @param monotonicNs the monotonic clock, nanoseconds since any moment; nobody sets it
 */
public record ClockReading(long wallNs, long monotonicNs) {
  /** The wall clock minus the monotonic one: it stays the same while nobody sets the wall clock. */
  long offsetNs() {
    return wallNs - monotonicNs;
  }
}
