package parallax.simulation;

import java.util.function.Supplier;
import parallax.model.Covariance;

/** What is held against everything that happens. */
final class Promises {
  private Promises() {}

  static BrokenInvariant broken(String invariant, String detail) {
    return new BrokenInvariant(invariant, detail);
  }

  static void require(boolean kept, String invariant, Supplier<String> detail) {
    if (!kept) {
      throw broken(invariant, detail.get());
    }
  }

  /** By a factorisation of its own. */
  static void requirePositive(Covariance c) {
    int n = c.dimension();
    double[][] l = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        require(c.get(i, j) == c.get(j, i), "covariance", () -> c + " is not symmetric");
        double s = c.get(i, j);
        for (int k = 0; k < j; k++) {
          s -= l[i][k] * l[j][k];
        }
        require(i != j || s > 0, "covariance", () -> c + " is not positive definite");
        l[i][j] = i == j ? Math.sqrt(s) : s / l[j][j];
      }
    }
  }
}
