package parallax.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import parallax.evaluation.PictureScore.Figure;
import parallax.model.Nation;

/**
 * How much earlier a nation knew something with its partners than alone, in the middle of all
 * launches: the median over launches of the median alone minus the median shared. A launch where
 * the median is never alone and a time shared counts as gained more than every time, the opposite
 * as lost more than every time; where both are never there is nothing to compare, and it is left
 * out.
 *
 * @param medianS the gain in seconds; empty when there is nothing to compare, or when the median
 *     falls on a launch where one of the two is never
 * @param compared launches with both times
 * @param onlyShared launches where it is a time shared and never alone
 * @param onlyAlone launches where it is a time alone and never shared
 * @param neither launches left out: never either way
 */
public record TimeGained(
    OptionalDouble medianS, int compared, int onlyShared, int onlyAlone, int neither) {
  /** Over all launches. */
  public static TimeGained of(List<LaunchScore> launches, Nation nation, Figure figure) {
    int compared = 0;
    int onlyShared = 0;
    int onlyAlone = 0;
    double[] gains = new double[launches.size()];
    int n = 0;
    for (LaunchScore l : launches) {
      OptionalDouble alone = l.of(nation).alone().times(figure).median();
      OptionalDouble shared = l.of(nation).shared().times(figure).median();
      if (alone.isPresent() && shared.isPresent()) {
        compared++;
        gains[n++] = alone.getAsDouble() - shared.getAsDouble();
      } else if (shared.isPresent()) {
        onlyShared++;
        gains[n++] = Double.POSITIVE_INFINITY;
      } else if (alone.isPresent()) {
        onlyAlone++;
        gains[n++] = Double.NEGATIVE_INFINITY;
      }
    }
    double[] sorted = Arrays.copyOf(gains, n);
    Arrays.sort(sorted);
    double median = n == 0 ? Double.NaN : Quantiles.at(sorted, 0.5);
    return new TimeGained(
        Double.isFinite(median) ? OptionalDouble.of(median) : OptionalDouble.empty(),
        compared,
        onlyShared,
        onlyAlone,
        launches.size() - n);
  }
}
