package parallax.tracking;

import java.util.List;
import java.util.Locale;
import parallax.model.Nation;
import parallax.model.Plot;
import parallax.model.Sensor;

/**
 * Prints what one plot costs the filter, prediction to its time and update together, by a measured
 * loop on one core: the median of rounds after warm-up.
 */
final class UpdateCost {
  private UpdateCost() {}

  /** Runs from the command line. */
  public static void main(String[] args) {
    TestFlight f = TestFlight.irbm();
    List<Sensor> sensors = TestSensors.jpn();
    SensorRegistry registry = new SensorRegistry(sensors);
    List<PlotModel> models =
        TestSensors.plots(f, sensors, 1, 0, f.impactS).stream()
            .map(Plot.RadarPlot.class::cast)
            .map(p -> PlotModel.of(p, (Sensor.Radar) registry.find(p.sensor()).orElseThrow()))
            .toList();
    int rounds = 60;
    double[] micros = new double[rounds];
    double sink = 0;
    for (int round = 0; round < rounds; round++) {
      long from = System.nanoTime();
      ImmState s = ImmFilter.start(models.getFirst());
      for (PlotModel m : models.subList(1, models.size())) {
        s = ImmFilter.update(ImmFilter.predict(s, m.nanos()), m);
      }
      micros[round] = (System.nanoTime() - from) * 1e-3 / models.size();
      sink += s.powered;
    }
    java.util.Arrays.sort(micros, rounds / 2, rounds);
    System.out.printf(
        Locale.ROOT,
        "%s: %d plots, %.1f us a plot (median), %.1f us (best); %.3f%n",
        Nation.JPN,
        models.size(),
        micros[rounds * 3 / 4],
        micros[rounds / 2],
        sink);
  }
}
