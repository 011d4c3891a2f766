package parallax.tracking;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class AssignmentTest {
  /** A made-up problem: each row may go to a random part of the columns. */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  private record Problem(int columns, int[][] columnsOf, double[][] costs, double[] alone) {
    static Problem random(SplittableRandom random, int rows, int columns, double density) {
      int[][] of = new int[rows][];
      double[][] costs = new double[rows][];
      double[] alone = new double[rows];
      for (int r = 0; r < rows; r++) {
        of[r] =
            java.util.stream.IntStream.range(0, columns)
                .filter(c -> random.nextDouble() < density)
                .toArray();
        costs[r] = new double[of[r].length];
        for (int k = 0; k < costs[r].length; k++) {
          costs[r][k] = random.nextInt(40) - 10;
        }
        alone[r] = random.nextInt(30);
      }
      return new Problem(columns, of, costs, alone);
    }

    int[] solve() {
      return Assignment.solve(columns, columnsOf, costs, alone);
    }

    double cost(int[] answer) {
      double sum = 0;
      boolean[] taken = new boolean[columns];
      for (int r = 0; r < answer.length; r++) {
        if (answer[r] == Assignment.NONE) {
          sum += alone[r];
        } else {
          assertTrue(!taken[answer[r]], "column " + answer[r] + " twice");
          taken[answer[r]] = true;
          sum += costs[r][at(columnsOf[r], answer[r])];
        }
      }
      return sum;
    }

    private static int at(int[] columns, int c) {
      for (int k = 0; k < columns.length; k++) {
        if (columns[k] == c) {
          return k;
        }
      }
      throw new AssertionError("column " + c + " is not open to the row");
    }

    double leastByTrial(int row, boolean[] taken) {
      if (row == alone.length) {
        return 0;
      }
      double best = alone[row] + leastByTrial(row + 1, taken);
      for (int k = 0; k < columnsOf[row].length; k++) {
        int c = columnsOf[row][k];
        if (!taken[c]) {
          taken[c] = true;
          best = Math.min(best, costs[row][k] + leastByTrial(row + 1, taken));
          taken[c] = false;
        }
      }
      return best;
    }
  }

  @Test
  void costsAsLittleAsTheBestOfAllTrials() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 3000; i++) {
      int rows = random.nextInt(7);
      int columns = random.nextInt(7);
      Problem p = Problem.random(random, rows, columns, random.nextDouble());
      assertEquals(p.leastByTrial(0, new boolean[columns]), p.cost(p.solve()), "problem " + i);
    }
  }

  @Test
  void noExchangeOfTwoRowsImprovesALargeAnswer() {
    SplittableRandom random = new SplittableRandom(2);
    Problem p = Problem.random(random, 300, 300, 1);
    int[] answer = p.solve();
    double least = p.cost(answer);
    for (int i = 0; i < 5000; i++) {
      int[] other = answer.clone();
      int a = random.nextInt(300);
      int b = random.nextInt(300);
      other[a] = answer[b];
      other[b] = answer[a];
      assertTrue(p.cost(other) >= least, "exchange of " + a + " and " + b);
    }
  }

  @Test
  void goesNowhereWhenThatCostsLess() {
    int[][] of = {{0}, {0}};
    double[][] costs = {{5}, {7}};
    assertArrayEquals(
        new int[] {0, Assignment.NONE}, Assignment.solve(1, of, costs, new double[] {20, 20}));
    assertArrayEquals(
        new int[] {Assignment.NONE, 0}, Assignment.solve(1, of, costs, new double[] {4, 20}));
  }

  @Test
  void takesTheSecondBestForOneWhenThatIsBestForAll() {
    int[][] of = {{0, 1}, {0}};
    double[][] costs = {{0.1, 9}, {10}};
    assertArrayEquals(new int[] {1, 0}, Assignment.solve(2, of, costs, new double[] {20, 20}));
  }

  /** In 1,000 skies of clutter there was one; the tracker stopped with an exception. */
  @Test
  void aPlotOutOfViewOfEveryTrackGoesNowhere() {
    double[][] costs = {{Double.POSITIVE_INFINITY, Double.NaN}, {1, 2}};
    double[] alone = new double[2];
    for (int r = 0; r < 2; r++) {
      alone[r] = ScanAssignment.alone(costs[r], 9);
    }
    assertArrayEquals(new double[] {0, 10}, alone);
    int[] got = Assignment.solve(2, new int[][] {{0, 1}, {0, 1}}, costs, alone);
    assertArrayEquals(new int[] {Assignment.NONE, 0}, got);
    assertEquals(0, ScanAssignment.alone(new double[0], 9));
  }
}
