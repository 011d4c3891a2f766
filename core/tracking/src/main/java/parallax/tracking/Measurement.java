package parallax.tracking;

/** What was measured, as a function of a state, taken against the measured value itself. */
interface Measurement {
  /** Number of components. */
  int size();

  /** Variance of each component's error; the errors are independent. */
  double[] noise();

  /**
   * Writes predicted minus measured for the state {@code x} to {@code out}; false when {@code x} is
   * where it cannot be measured.
   */
  boolean residual(double[] x, double[] out);
}
