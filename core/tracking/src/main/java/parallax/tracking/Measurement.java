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

  /**
   * What several plots have wrong together near the state {@code x}, such as a clock that is not
   * known exactly: independent errors, each as a column of its share in every component.
   */
  default double[][] shared(double[] x) {
    return new double[0][];
  }
}
