package parallax.evaluation;

import java.util.List;

/**
 * The one-sided sign test of pairs: whether the second of a pair is greater more often than chance
 * explains (Conover, Practical Nonparametric Statistics, 3rd ed. 1999, section 3.4). Pairs that
 * differ by no more than the tolerance are ties and are left out. The chance is 5 %; with fewer
 * than five pairs even unanimity is likelier than that, and unanimity is what is asked for then.
 *
 * @param greater pairs whose second is greater
 * @param smaller pairs whose second is smaller
 * @param ties pairs that are left out
 */
public record SignTest(int greater, int smaller, int ties) {
  private static final double CHANCE = 0.05;
  private static final int FEWEST = 5;

  /** Two values of one seed; infinite: never. */
  record Pair(double first, double second) {}

  /** Counts the pairs. */
  static SignTest of(List<Pair> pairs, double tolerance) {
    int greater = 0;
    int smaller = 0;
    for (Pair p : pairs) {
      if (p.first != p.second) {
        double d = p.second - p.first;
        greater += d > tolerance ? 1 : 0;
        smaller += d < -tolerance ? 1 : 0;
      }
    }
    return new SignTest(greater, smaller, pairs.size() - greater - smaller);
  }

  /** The chance of at least as many greater ones when either is as likely; 1 without pairs. */
  public double p() {
    int n = greater + smaller;
    double tail = 0;
    for (int k = greater; k <= n; k++) {
      double ways = 1;
      for (int i = 1; i <= k; i++) {
        ways = ways * (n - k + i) / i;
      }
      tail += ways;
    }
    return tail * StrictMath.pow(0.5, n);
  }

  /** Whether the second is greater beyond chance. */
  boolean isGreater() {
    int pairs = greater + smaller + ties;
    return pairs < FEWEST ? greater == pairs && pairs > 0 : p() <= CHANCE;
  }
}
