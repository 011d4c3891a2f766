package parallax.tracking;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import parallax.model.Geodetic;
import parallax.model.ImpactPointPrediction;
import parallax.model.Nation;
import parallax.model.Plot;
import parallax.model.Sensor;
import parallax.model.Vector3;
import parallax.model.Wgs84;

/**
 * What a plot costs with many targets at once: coasting targets over a wide area, each seen by the
 * radars that reach it, once a second. Prints processor time per plot with all that follows from it
 * (assignment, filter, one impact prediction per track and second), the same of a tracker that
 * tells and predicts nothing, and the heap in use, for each number of targets given.
 */
final class TrackerCost {
  /** By then every track holds plots of as long as one ever does. */
  private static final int SETTLE_S = 38;

  private TrackerCost() {}

  /** {@code args}: seconds measured, then numbers of targets; 10 and 10, 100, 1000 by default. */
  public static void main(String[] args) {
    int seconds = args.length > 0 ? Integer.parseInt(args[0]) : 10;
    int[] counts = {10, 100, 1_000};
    if (args.length > 1) {
      counts = new int[args.length - 1];
      for (int i = 0; i < counts.length; i++) {
        counts[i] = Integer.parseInt(args[i + 1]);
      }
    }
    measure(10, 60);
    System.out.println(
        "targets  tracks  plots  told  us/plot  us/plot if nothing is told  heap MB");
    for (int n : counts) {
      System.out.println(measure(n, seconds));
    }
  }

  /** Processor time of this process, compiler and garbage collector included. */
  private static long cpuNanos() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
  }

  private static String measure(int targets, int seconds) {
    List<Sensor> sensors = radars();
    List<Plot> plots = plots(targets, sensors, SETTLE_S + seconds);
    TrackerSettings d = TrackerSettings.defaults();
    TrackerSettings untold =
        new TrackerSettings(
            1e6,
            d.confirmPlots(),
            d.confirmLooks(),
            d.maxLatenessS(),
            d.maxFutureS(),
            d.coastedAfterScans(),
            d.lostAfterS(),
            d.lostPositionSigmaM(),
            d.endedAfterLostS(),
            d.burnoutSettleS(),
            d.impactSemiMajorLimitM());
    double[] without = run(sensors, plots, untold);
    double[] with = run(sensors, plots, d);
    return String.format(
        Locale.ROOT,
        "%7d %7.0f %6.0f %6.0f %8.1f %24.1f %8.0f",
        targets,
        with[0],
        with[1],
        with[2],
        with[3],
        without[3],
        with[4]);
  }

  /** Tracks, plots and predictions measured, microseconds a plot, heap in MB. */
  private static double[] run(List<Sensor> sensors, List<Plot> plots, TrackerSettings settings) {
    NationalTracker tracker =
        new NationalTracker(Nation.JPN, new SensorRegistry(sensors), settings);
    long begun = 0;
    int counted = 0;
    long predictions = 0;
    double next = 0;
    for (Plot p : plots) {
      double t = p.timeOfValidity().secondsSince(TestFlight.T0);
      while (t >= next) {
        var unused = tracker.onTime(TestFlight.time(next));
        next += 1;
      }
      if (begun == 0 && t >= SETTLE_S) {
        begun = cpuNanos();
      }
      for (TrackEvent e : tracker.onPlot(p)) {
        boolean predicted =
            e instanceof TrackEvent.TrackUpdated u
                && u.track().impact() instanceof ImpactPointPrediction.Predicted;
        predictions += begun > 0 && predicted ? 1 : 0;
      }
      counted += begun > 0 ? 1 : 0;
    }
    double us = (cpuNanos() - begun) * 1e-3;
    int tracks = tracker.tracks().size();
    System.gc();
    Runtime r = Runtime.getRuntime();
    return new double[] {
      tracks, counted, predictions, us / counted, (r.totalMemory() - r.freeMemory()) >> 20
    };
  }

  /** Sixteen radars over 1,500 km by 3,000 km. */
  private static List<Sensor> radars() {
    List<Sensor> all = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      all.add(
          TestSensors.radar(
              Nation.JPN,
              "r" + (10 + i),
              30 + 3.5 * (i % 4),
              120 + 8.0 * Math.floorDiv(i, 4),
              1000,
              1.0));
    }
    return all;
  }

  private static List<Plot> plots(int targets, List<Sensor> sensors, int seconds) {
    SplittableRandom random = new SplittableRandom(targets);
    List<Plot> plots = new ArrayList<>();
    BallisticForces forces = BallisticForces.wgs84(4_000);
    for (int i = 0; i < targets; i++) {
      Geodetic at =
          Geodetic.ofDegrees(
              28 + 14 * random.nextDouble(),
              118 + 28 * random.nextDouble(),
              250_000 + 250_000 * random.nextDouble());
      double course = random.nextDouble() * 2 * Math.PI;
      Vector3 v =
          Wgs84.fromEnu(
              new Vector3(2_500 * StrictMath.sin(course), 2_500 * StrictMath.cos(course), 300), at);
      Vector3 r = Wgs84.toEcef(at);
      BallisticArc arc =
          BallisticArc.fly(
              forces, new double[] {r.x(), r.y(), r.z(), v.x(), v.y(), v.z()}, seconds + 1, 1);
      List<Sensor> near = new ArrayList<>(sensors);
      near.sort(Comparator.comparingDouble(s -> Wgs84.toEcef(s.position()).minus(r).norm()));
      for (int k = 0; k < 4; k++) {
        Sensor.Radar s = (Sensor.Radar) near.get(k);
        for (double t = 0.2 * k + 0.001 * random.nextInt(100); t < seconds; t += 1) {
          add(s, t, FlightPredictor.position(arc.at(t)), random, plots);
        }
      }
    }
    plots.sort(
        Comparator.comparing(Plot::timeOfValidity)
            .thenComparing(Plot::sensor)
            .thenComparingDouble(p -> ((Plot.RadarPlot) p).rangeM()));
    return plots;
  }

  private static void add(
      Sensor.Radar s, double t, Vector3 r, SplittableRandom random, List<Plot> plots) {
    Vector3 enu = Wgs84.toEnu(r.minus(Wgs84.toEcef(s.position())), s.position());
    double el = StrictMath.asin(enu.z() / enu.norm());
    double az = StrictMath.atan2(enu.x(), enu.y());
    double noisy = az + s.azimuthSigmaRad() * random.nextGaussian() / StrictMath.cos(el);
    plots.add(
        new Plot.RadarPlot(
            s.id(),
            TestFlight.time(t),
            enu.norm() + s.rangeSigmaM() * random.nextGaussian(),
            (noisy + 4 * Math.PI) % (2 * Math.PI),
            Math.min(1.57, el + s.elevationSigmaRad() * random.nextGaussian()),
            OptionalDouble.empty()));
  }
}
