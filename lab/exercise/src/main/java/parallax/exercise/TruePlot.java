package parallax.exercise;

import parallax.model.Plot;

/**
 * A plot and whose it is; sensors and nodes are given the plot alone.
 *
 * @param plot what the sensor reports
 * @param target index of the flight that it is of
 */
public record TruePlot(Plot plot, int target) {}
