package parallax.evaluation;

import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.model.Nation;
import parallax.model.Plot;
import parallax.model.SensorId;
import parallax.model.UtcTime;

/** When a sensor reported, seconds since launch, and how often. */
public record Sighting(SensorId sensor, double firstS, double lastS, int plots) {
  /** What a nation's sensors reported of a launch at {@code launchTime}, by first report. */
  public static List<Sighting> of(Nation nation, List<Plot> plots, UtcTime launchTime) {
    SortedMap<SensorId, Sighting> out = new TreeMap<>();
    for (Plot p : plots) {
      if (p.sensor().owner().equals(nation)) {
        double t = p.timeOfValidity().secondsSince(launchTime);
        out.merge(
            p.sensor(),
            new Sighting(p.sensor(), t, t, 1),
            (a, b) -> new Sighting(a.sensor(), a.firstS(), b.lastS(), a.plots() + 1));
      }
    }
    return out.values().stream().sorted(Comparator.comparingDouble(Sighting::firstS)).toList();
  }
}
