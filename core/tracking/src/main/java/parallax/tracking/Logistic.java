package parallax.tracking;

/** The logistic curve, which follows the normal distribution within 0.01. */
final class Logistic {
  /**
   * The scale that brings the two closest (Camilli, J. Educational and Behavioral Statistics 19,
   * 1994).
   */
  private static final double PER_SIGMA = 1.702;

  private Logistic() {}

  /** The probability that a standard normal number is below {@code sigmas}. */
  static double below(double sigmas) {
    return 1 / (1 + StrictMath.exp(-PER_SIGMA * sigmas));
  }
}
