package parallax.tracking;

import java.util.Arrays;

/**
 * Assigns rows to columns at the least total cost, where each row may go to few of the columns or
 * to none at a cost of its own.
 *
 * <p>Shortest augmenting paths with dual variables (Jonker and Volgenant, Computing 38, 1987, in
 * the row-by-row form of Crouse, IEEE Trans. Aerospace and Electronic Systems 52, 2016), over the
 * pairs that exist only. A row that goes nowhere holds a column that is its alone. Of equal paths
 * the one to the lower column is taken, so equal inputs give equal answers.
 */
final class Assignment {
  /** In the answer: the row goes to no column. */
  static final int NONE = -1;

  private final int rows;
  private final int columns;
  private final int[][] columnsOf;
  private final double[][] costs;
  private final double[] alone;
  private final double[] rowPrice;
  private final double[] columnPrice;
  private final int[] columnOf;
  private final int[] rowOf;
  private final double[] shortest;
  private final int[] from;
  private final boolean[] scanned;

  private Assignment(int columns, int[][] columnsOf, double[][] costs, double[] alone) {
    this.rows = columnsOf.length;
    this.columns = columns;
    this.columnsOf = columnsOf;
    this.costs = costs;
    this.alone = alone;
    int all = columns + rows;
    this.rowPrice = new double[rows];
    this.columnPrice = new double[all];
    this.columnOf = new int[rows];
    this.rowOf = new int[all];
    this.shortest = new double[all];
    this.from = new int[all];
    this.scanned = new boolean[all];
    Arrays.fill(columnOf, NONE);
    Arrays.fill(rowOf, NONE);
  }

  /**
   * The column of each row, or {@link #NONE}.
   *
   * @param columns how many columns there are
   * @param columnsOf for each row the columns it may go to, each once
   * @param costs for each row the cost of each of those, finite
   * @param alone for each row the cost of going nowhere, finite
   */
  static int[] solve(int columns, int[][] columnsOf, double[][] costs, double[] alone) {
    Assignment a = new Assignment(columns, columnsOf, costs, alone);
    for (int row = 0; row < a.rows; row++) {
      a.augment(row);
    }
    int[] out = new int[a.rows];
    for (int row = 0; row < a.rows; row++) {
      out[row] = a.columnOf[row] < columns ? a.columnOf[row] : NONE;
    }
    return out;
  }

  private void augment(int start) {
    Arrays.fill(shortest, Double.POSITIVE_INFINITY);
    Arrays.fill(scanned, false);
    int row = start;
    double way = 0;
    int sink = NONE;
    while (sink == NONE) {
      reach(row, way);
      int next = nearest();
      scanned[next] = true;
      way = shortest[next];
      if (rowOf[next] == NONE) {
        sink = next;
      } else {
        row = rowOf[next];
      }
    }
    reprice(start, way);
    for (int column = sink; ; ) {
      int r = from[column];
      int before = columnOf[r];
      columnOf[r] = column;
      rowOf[column] = r;
      if (r == start) {
        return;
      }
      column = before;
    }
  }

  /** Shortens the ways to the columns of {@code row}, which is reached at length {@code way}. */
  private void reach(int row, double way) {
    for (int k = 0; k < columnsOf[row].length; k++) {
      shorten(row, columnsOf[row][k], way + costs[row][k]);
    }
    shorten(row, columns + row, way + alone[row]);
  }

  private void shorten(int row, int column, double length) {
    double d = length - rowPrice[row] - columnPrice[column];
    if (!scanned[column] && d < shortest[column]) {
      shortest[column] = d;
      from[column] = row;
    }
  }

  private int nearest() {
    int best = NONE;
    for (int c = 0; c < shortest.length; c++) {
      if (!scanned[c]
          && shortest[c] < Double.POSITIVE_INFINITY
          && (best == NONE || shortest[c] < shortest[best])) {
        best = c;
      }
    }
    return best;
  }

  private void reprice(int start, double way) {
    rowPrice[start] += way;
    for (int c = 0; c < shortest.length; c++) {
      if (scanned[c]) {
        double d = way - shortest[c];
        columnPrice[c] -= d;
        if (rowOf[c] != NONE) {
          rowPrice[rowOf[c]] += d;
        }
      }
    }
  }
}
