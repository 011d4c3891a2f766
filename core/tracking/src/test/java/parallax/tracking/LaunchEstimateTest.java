package parallax.tracking;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parallax.exercise.Flight;
import parallax.exercise.LaunchTable;
import parallax.exercise.NotionalSensors;
import parallax.exercise.PlotGenerator;
import parallax.exercise.PublishedLaunch;
import parallax.model.Cholesky;
import parallax.model.LaunchPointEstimate;
import parallax.model.Nation;
import parallax.model.Plot;
import parallax.model.Sensor;
import parallax.model.UtcTime;
import parallax.model.Vector3;
import parallax.model.Wgs84;

/** What is said of the launch of every other published flight, however late it is first seen. */
final class LaunchEstimateTest {
  private static final Nation[] NATIONS = {Nation.JPN, Nation.KOR, Nation.USA};

  /** Chi-square of 3 degrees of freedom, exceeded by chance once in 900. */
  private static final double GATE = 16;

  private record Told(String of, double d2, double sigmaKm) {}

  @Test
  void seenFromTheStartIsRight() {
    check(told(0, true), 0.01, 1.0, 22);
  }

  @Test
  void seenByRadarDuringTheBoostOrSoonAfterIsRight() {
    check(told(60, false), 0.02, 1.0, 200);
  }

  @Test
  void seenByRadarLongAfterBurnoutIsNoSurerThanRight() {
    check(told(200, false), 0.05, 2.0, 400);
  }

  private static void check(List<Told> all, double share, double mean, double medianKm) {
    assertTrue(all.size() > 30, "estimates: " + all.size());
    List<Told> off = all.stream().filter(t -> t.d2 > GATE).toList();
    assertTrue(off.size() <= share * all.size(), off.size() + " of " + all.size() + ": " + off);
    double d2 = all.stream().mapToDouble(t -> Math.min(t.d2, 100)).average().orElseThrow();
    assertTrue(d2 < 3 * mean, "mean squared distance " + d2 + " of 3 degrees of freedom");
    double[] sigma = all.stream().mapToDouble(Told::sigmaKm).sorted().toArray();
    assertTrue(sigma[sigma.length / 2] < medianKm, "median sigma " + sigma[sigma.length / 2]);
  }

  private static List<Told> told(double fromS, boolean infrared) {
    List<Told> out = new ArrayList<>();
    List<PublishedLaunch> launches = LaunchTable.bundled().launches();
    for (int i = 0; i < launches.size(); i += 2) {
      for (Flight f : LaunchSweep.fly(launches.get(i)).stream().toList()) {
        for (Nation n : NATIONS) {
          told(f, n, fromS, infrared).ifPresent(out::add);
        }
      }
    }
    return out;
  }

  private static Optional<Told> told(Flight f, Nation nation, double fromS, boolean infrared) {
    List<Sensor> sensors = NotionalSensors.table().of(nation);
    NationalTracker tracker =
        new NationalTracker(nation, new SensorRegistry(sensors), TrackerSettings.defaults());
    UtcTime from = f.launchTime().plusSeconds(fromS);
    UtcTime until = from.plusSeconds(90);
    LaunchPointEstimate last = null;
    for (Plot p : PlotGenerator.plots(f, sensors, 1)) {
      boolean seen = infrared || p instanceof Plot.RadarPlot;
      if (seen
          && p.timeOfValidity().isAfter(from)
          && (last == null || until.isAfter(p.timeOfValidity()))) {
        tracker.onPlot(p);
        for (NationalTrack t : tracker.tracks()) {
          last = t.launch().orElse(last);
        }
      }
    }
    return Optional.ofNullable(last).map(e -> told(f, nation, e));
  }

  private static Told told(Flight f, Nation nation, LaunchPointEstimate e) {
    Vector3 d = Wgs84.toEnu(Wgs84.toEcef(f.site()).minus(Wgs84.toEcef(e.point())), e.point());
    double[] p = Dense.factor(e.eastNorthM2().toRowMajor(), 2);
    double dt = f.launchTime().secondsSince(e.time()) / e.timeSigmaS();
    double d2 = Cholesky.squaredDistance(p, new double[] {d.x(), d.y()}, 2) + dt * dt;
    return new Told(f.launchId() + " " + nation, d2, e.eastNorthM2().rms(2) / 1_000);
  }
}
