package parallax.exercise;

import java.util.List;
import parallax.model.Plot;
import parallax.model.Sensor;

/** What sensors report of a flight. */
public final class PlotGenerator {
  private PlotGenerator() {}

  /**
   * The plots of all {@code sensors} from launch to impact, ordered by time and then sensor. Each
   * sensor draws from its own stream derived from {@code seed} and its identity, so adding a sensor
   * changes nobody else's plots.
   */
  public static List<Plot> plots(Flight flight, List<Sensor> sensors, long seed) {
    return List.of();
  }
}
