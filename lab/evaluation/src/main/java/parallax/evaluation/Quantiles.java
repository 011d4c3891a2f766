package parallax.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The spread of a time over seeds. A seed in which it never happened counts as later than every
 * time, so that a quantile that falls among those is empty: never, in that share of the seeds.
 * Between two ranks values are interpolated linearly (type 7 of Hyndman and Fan, The American
 * Statistician 50, 1996).
 *
 * @param p5 the 5th percentile; empty: never
 * @param median the median; empty: never
 * @param p95 the 95th percentile; empty: never
 * @param never in how many seeds it did not happen
 */
public record Quantiles(OptionalDouble p5, OptionalDouble median, OptionalDouble p95, int never) {
  /** Of one value a seed. */
  static Quantiles of(List<OptionalDouble> values) {
    double[] sorted = new double[values.size()];
    int never = 0;
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] = values.get(i).orElse(Double.POSITIVE_INFINITY);
      never += values.get(i).isEmpty() ? 1 : 0;
    }
    Arrays.sort(sorted);
    return new Quantiles(finite(sorted, 0.05), finite(sorted, 0.5), finite(sorted, 0.95), never);
  }

  private static OptionalDouble finite(double[] sorted, double p) {
    double q = sorted.length == 0 ? Double.POSITIVE_INFINITY : at(sorted, p);
    return Double.isInfinite(q) ? OptionalDouble.empty() : OptionalDouble.of(q);
  }

  /** The {@code p} quantile of values in ascending order, at least one. */
  static double at(double[] sorted, double p) {
    double rank = p * (sorted.length - 1);
    int low = (int) Math.floor(rank);
    double share = rank - low;
    if (share == 0) {
      return sorted[low];
    }
    return sorted[low] == sorted[low + 1]
        ? sorted[low]
        : sorted[low] + share * (sorted[low + 1] - sorted[low]);
  }
}
