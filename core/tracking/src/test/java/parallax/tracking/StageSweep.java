package parallax.tracking;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import parallax.exercise.Flight;
import parallax.exercise.FlightState;
import parallax.exercise.LaunchTable;
import parallax.exercise.NotionalSensors;
import parallax.exercise.PlotGenerator;
import parallax.exercise.PublishedLaunch;
import parallax.model.Cholesky;
import parallax.model.DropArea;
import parallax.model.Nation;
import parallax.model.Plot;
import parallax.model.Sensor;
import parallax.model.UtcTime;
import parallax.model.Vector3;
import parallax.model.Wgs84;

/**
 * Which stages the tracker sees left behind over the bundled launches, and which there truly were.
 * Arguments: launches by number or {@code all}.
 */
final class StageSweep {
  /** What one nation saw of one flight. */
  record Seen(Flight flight, Nation nation, List<Double> truth, List<DropArea> drops) {
    /** The truth nearest to a drop area's separation, seconds off. */
    double offS(DropArea d) {
      double t = d.separated().secondsSince(flight.launchTime());
      return truth.stream().mapToDouble(x -> Math.abs(x - t)).min().orElse(Double.NaN);
    }
  }

  private StageSweep() {}

  /** Runs from the command line. */
  public static void main(String[] args) {
    int stagings = 0;
    int seen = 0;
    int wrong = 0;
    int inside = 0;
    for (PublishedLaunch l : LaunchTable.bundled().launches()) {
      Optional<Flight> f =
          List.of(args).contains("all") || List.of(args).contains(l.id())
              ? LaunchSweep.fly(l)
              : Optional.empty();
      for (Nation n :
          f.isPresent() ? List.of(Nation.JPN, Nation.KOR, Nation.USA) : List.<Nation>of()) {
        Seen s = see(f.get(), n, 1);
        stagings += s.truth().size();
        for (DropArea d : s.drops()) {
          boolean right = s.offS(d) < 15;
          seen += right ? 1 : 0;
          wrong += right ? 0 : 1;
          inside += right && squared(d, f.get()) < 5.99 ? 1 : 0;
        }
        System.out.printf(
            Locale.ROOT,
            "%s %s %s: true ends %s, told %s%n",
            l.id(),
            f.get().missile(),
            n,
            s.truth(),
            s.drops().stream()
                .map(
                    d ->
                        String.format(
                            Locale.ROOT,
                            "%.0f s (%.0f x %.0f km, %.0f km off)",
                            d.separated().secondsSince(f.get().launchTime()),
                            d.eastNorthM2().sigma(0) / 1e3,
                            d.eastNorthM2().sigma(1) / 1e3,
                            missM(d, f.get()) / 1e3))
                .toList());
      }
    }
    System.out.println(
        stagings
            + " ends of stages, told within 15 s "
            + seen
            + ", of these within the 95 %"
            + " ellipse "
            + inside
            + ", told of none "
            + wrong);
  }

  /** What a nation's tracker tells at the end of a flight, or some minutes after the boost. */
  static Seen see(Flight f, Nation n, long seed) {
    List<Sensor> sensors = NotionalSensors.table().of(n);
    List<Plot> plots = PlotGenerator.plots(f, sensors, seed);
    NationalTracker tracker =
        new NationalTracker(n, new SensorRegistry(sensors), TrackerSettings.defaults());
    int i = 0;
    List<DropArea> drops = List.of();
    for (double t = 0; t < Math.min(f.durationS(), f.burnoutS() + 120); t += 1) {
      UtcTime now = f.launchTime().plusSeconds(t);
      while (i < plots.size() && !plots.get(i).timeOfValidity().isAfter(now)) {
        tracker.onPlot(plots.get(i++));
      }
      tracker.onTime(now);
      for (NationalTrack k : tracker.tracks()) {
        drops = k.impact().dropAreas().size() >= drops.size() ? k.impact().dropAreas() : drops;
      }
    }
    return new Seen(f, n, ends(f), drops);
  }

  /** The moments at which the specific force of a flight falls by more than a third at once. */
  private static List<Double> ends(Flight f) {
    List<Double> out = new ArrayList<>();
    double before = 0;
    for (double t = 1; t < f.burnoutS() + 1; t += 0.5) {
      double now = force(f.at(t));
      if (t > 5 && now < 0.66 * before && before > 20) {
        out.add(t);
      }
      before = now;
    }
    return out;
  }

  private static double force(FlightState s) {
    Vector3 r = s.positionM();
    Vector3 v = s.velocityMps();
    double[] d = new double[6];
    BallisticForces.wgs84(Double.POSITIVE_INFINITY)
        .derivative(new double[] {r.x(), r.y(), r.z(), v.x(), v.y(), v.z()}, d);
    return s.accelerationMps2().minus(new Vector3(d[3], d[4], d[5])).norm();
  }

  /** Where a stage of 400 kg/m^2 would come down from the true state, less the drop area's. */
  private static Vector3 miss(DropArea d, Flight f) {
    double t = d.separated().secondsSince(f.launchTime());
    double end =
        ends(f).stream().min((a, b) -> Double.compare(Math.abs(a - t), Math.abs(b - t))).orElse(t);
    FlightState s = f.at(end - 0.5);
    Vector3 r = s.positionM();
    Vector3 v = s.velocityMps();
    double[] x = {r.x(), r.y(), r.z(), v.x(), v.y(), v.z()};
    Vector3 there =
        FlightPredictor.position(
            BallisticArc.flyToGround(BallisticForces.wgs84(400), x, 4 * 3600, 1).end());
    return Wgs84.toEnu(there.minus(Wgs84.toEcef(d.point())), d.point());
  }

  private static double missM(DropArea d, Flight f) {
    return miss(d, f).norm();
  }

  static double squared(DropArea d, Flight f) {
    Vector3 m = miss(d, f);
    return Cholesky.squaredDistance(
        Dense.factor(d.eastNorthM2().toRowMajor(), 2), new double[] {m.x(), m.y()}, 2);
  }
}
