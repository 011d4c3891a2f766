package parallax.simulation;

/**
 * A node's wall clock: off by an offset, fast or slow, stepped at times, and very wrong at times.
 */
final class SimClock {
  private final long startNs;
  private long offsetNs;
  private long wrongNs;
  private long setAtNs;
  private double drift;

  SimClock(long startNs) {
    this.startNs = startNs;
    this.setAtNs = startNs;
  }

  void offset(long ns) {
    offsetNs = ns;
  }

  void drift(double rate) {
    drift = rate;
  }

  /** Steps, staying within {@code limitNs} of the truth by the offset. */
  void step(long ns, long limitNs, long trueNs) {
    offsetNs = Math.max(-limitNs, Math.min(limitNs, offsetNs + ns));
    setAtNs = trueNs;
  }

  /** Is set wrong by so much, beside what it is off otherwise; 0: is set right again. */
  void wrong(long ns, long trueNs) {
    setAtNs = wrongNs == ns ? setAtNs : trueNs;
    wrongNs = ns;
  }

  /** When somebody set it last, of the true time. */
  long setAtNs() {
    return setAtNs;
  }

  /** What it shows at a moment. */
  long read(long trueNs) {
    return trueNs + offsetNs + wrongNs + Math.round((trueNs - startNs) * drift);
  }
}
