package parallax.tracking.metrics;

import java.util.Arrays;
import java.util.List;
import parallax.model.Check;
import parallax.model.Vector3;

/**
 * Distances between two sets of points, in the points' units: of estimated to true targets.
 *
 * <pre>
 * OSPA  = ( 1/n ( min sum d(x_i, y_a(i))^p + c^p (n - m) ) )^(1/p)            m = the smaller set
 * GOSPA = ( min sum over pairs d(x, y)^p + c^p / 2 (points without a partner) )^(1/p)
 * </pre>
 *
 * with d cut off at c. Sources: Schuhmacher, Vo and Vo, IEEE Trans. Signal Processing 56 (2008);
 * Rahmathullah, Garcia-Fernandez and Svensson, International Conference on Information Fusion 2017
 * (alpha = 2).
 */
public final class SetDistance {
  private SetDistance() {}

  /** Optimal subpattern assignment with cut-off {@code c} and order {@code p}, at least 1. */
  public static double ospa(List<Vector3> x, List<Vector3> y, double c, double p) {
    check(c, p);
    int most = Math.max(x.size(), y.size());
    int least = Math.min(x.size(), y.size());
    if (most == 0) {
      return 0;
    }
    double sum = leastCost(x, y, c, p) + StrictMath.pow(c, p) * (most - least);
    return StrictMath.pow(sum / most, 1 / p);
  }

  /**
   * Generalised optimal subpattern assignment, alpha = 2, with cut-off {@code c} and order {@code
   * p}, at least 1. Two points farther apart than c cost what two points without partners do.
   */
  public static double gospa(List<Vector3> x, List<Vector3> y, double c, double p) {
    check(c, p);
    int unequal = Math.abs(x.size() - y.size());
    double sum = leastCost(x, y, c, p) + StrictMath.pow(c, p) / 2 * unequal;
    return StrictMath.pow(sum, 1 / p);
  }

  private static void check(double c, double p) {
    Check.positive("cut-off", c);
    Check.within("order", p, 1, 100);
  }

  private static double leastCost(List<Vector3> x, List<Vector3> y, double c, double p) {
    List<Vector3> few = x.size() <= y.size() ? x : y;
    List<Vector3> many = x.size() <= y.size() ? y : x;
    double[][] cost = new double[few.size()][many.size()];
    for (int i = 0; i < few.size(); i++) {
      for (int j = 0; j < many.size(); j++) {
        cost[i][j] = StrictMath.pow(Math.min(c, few.get(i).minus(many.get(j)).norm()), p);
      }
    }
    return leastCost(cost);
  }

  /**
   * Least sum of one element a row, no column twice, of a matrix with no more rows than columns:
   * the shortest augmenting paths of Kuhn and Munkres with potentials.
   */
  private static double leastCost(double[][] cost) {
    int rows = cost.length;
    int columns = rows == 0 ? 0 : cost[0].length;
    double[] u = new double[rows + 1];
    double[] v = new double[columns + 1];
    int[] rowOf = new int[columns + 1];
    for (int i = 1; i <= rows; i++) {
      rowOf[0] = i;
      augment(cost, u, v, rowOf);
    }
    double sum = 0;
    for (int j = 1; j <= columns; j++) {
      sum += rowOf[j] > 0 ? cost[rowOf[j] - 1][j - 1] : 0;
    }
    return sum;
  }

  private static void augment(double[][] cost, double[] u, double[] v, int[] rowOf) {
    int columns = v.length - 1;
    double[] least = new double[columns + 1];
    Arrays.fill(least, Double.POSITIVE_INFINITY);
    int[] from = new int[columns + 1];
    boolean[] used = new boolean[columns + 1];
    int at = 0;
    while (rowOf[at] != 0) {
      used[at] = true;
      int row = rowOf[at];
      int next = 0;
      double delta = Double.POSITIVE_INFINITY;
      for (int j = 1; j <= columns; j++) {
        if (!used[j]) {
          double reduced = cost[row - 1][j - 1] - u[row] - v[j];
          if (reduced < least[j]) {
            least[j] = reduced;
            from[j] = at;
          }
          if (least[j] < delta) {
            delta = least[j];
            next = j;
          }
        }
      }
      for (int j = 0; j <= columns; j++) {
        if (used[j]) {
          u[rowOf[j]] += delta;
          v[j] -= delta;
        } else {
          least[j] -= delta;
        }
      }
      at = next;
    }
    while (at != 0) {
      rowOf[at] = rowOf[from[at]];
      at = from[at];
    }
  }
}
