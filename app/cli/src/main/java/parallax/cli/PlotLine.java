package parallax.cli;

import parallax.model.Plot;

/** What a line of a file of plots gives. */
sealed interface PlotLine {
  /** The line's number, from 1. */
  int number();

  /** A plot. */
  record Good(int number, Plot plot) implements PlotLine {}

  /**
   * No plot.
   *
   * @param number the line
   * @param problem what is wrong and what was expected, with the column where there is one, to be
   *     said after the line's number
   */
  record Bad(int number, String problem) implements PlotLine {}
}
