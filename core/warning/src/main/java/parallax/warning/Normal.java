package parallax.warning;

import parallax.model.Check;

/** The standard normal distribution. */
final class Normal {
  private Normal() {}

  /**
   * Probability below {@code x}: 1/2 + phi(x) (x + x^3/3 + x^5/15 + ...), error below 1e-14;
   * Marsaglia, Evaluating the Normal Distribution, Journal of Statistical Software 11 (2004).
   */
  static double below(double x) {
    if (x < -8) {
      return 0;
    }
    if (x > 8) {
      return 1;
    }
    double term = x;
    double sum = x;
    double before = 0;
    for (int n = 3; sum != before; n += 2) {
      before = sum;
      term *= x * x / n;
      sum += term;
    }
    return 0.5 + sum * StrictMath.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
  }

  /** The value below which probability {@code p} lies, by bisection to 1e-9. */
  static double quantile(double p) {
    Check.within("probability", p, 1e-9, 1 - 1e-9);
    double low = -8;
    double high = 8;
    while (high - low > 1e-9) {
      double mid = 0.5 * (low + high);
      if (below(mid) < p) {
        low = mid;
      } else {
        high = mid;
      }
    }
    return 0.5 * (low + high);
  }

  /** The middle quantiles of {@code n} cells of equal probability, ascending. */
  static double[] cells(int n) {
    double[] q = new double[n];
    for (int i = 0; i < n; i++) {
      q[i] = quantile((i + 0.5) / n);
    }
    return q;
  }
}
