package parallax.simulation;

/** A node's clock: off by an offset, fast or slow, and stepped at times. */
final class SimClock {
  private final long startNs;
  private long offsetNs;
  private double drift;

  SimClock(long startNs) {
    this.startNs = startNs;
  }

  void offset(long ns) {
    offsetNs = ns;
  }

  void drift(double rate) {
    drift = rate;
  }

  /** Steps, staying within {@code limitNs} of the truth by the offset. */
  void step(long ns, long limitNs) {
    offsetNs = Math.max(-limitNs, Math.min(limitNs, offsetNs + ns));
  }

  /** What it shows at a moment. */
  long read(long trueNs) {
    return trueNs + offsetNs + Math.round((trueNs - startNs) * drift);
  }
}
