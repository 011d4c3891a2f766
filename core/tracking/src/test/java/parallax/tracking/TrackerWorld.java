package parallax.tracking;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import parallax.model.Geodetic;
import parallax.model.Nation;
import parallax.model.Plot;
import parallax.model.Sensor;
import parallax.model.UtcTime;

/**
 * What comes to one nation's tracker in a while, so made that everything a tracker remembers comes
 * to matter: several targets, pieces, clutter, late plots, losses, wrong radars and clocks.
 *
 * @param name of the world, for messages
 * @param nation whose tracker it is
 * @param sensors its sensors
 * @param steps what comes, in order
 */
record TrackerWorld(String name, Nation nation, List<Sensor> sensors, List<Step> steps) {
  /**
   * A plot, or the time; a correction of the clock where {@code byNs} is not 0.
   *
   * @param at when it comes, by the node's clock
   */
  record Step(@Nullable Plot plot, long byNs, UtcTime at) {
    List<TrackEvent> to(NationalTracker t) {
      Plot p = plot;
      return p != null ? t.onPlot(p) : byNs != 0 ? t.onClockCorrected(byNs, at) : t.onTime(at);
    }
  }

  NationalTracker tracker() {
    return new NationalTracker(nation, new SensorRegistry(sensors), TrackerSettings.defaults());
  }

  NationalTracker restored(TrackerState state) {
    return NationalTracker.restored(
        nation, new SensorRegistry(sensors), TrackerSettings.defaults(), state);
  }

  @Override
  public String toString() {
    return name;
  }

  static List<TrackerWorld> all() {
    return List.of(salvo(), wrongClocks(), lostAndFound(), stages());
  }

  private record Arrival(double at, Plot plot) {}

  private static double seconds(Plot p) {
    return p.timeOfValidity().secondsSince(TestFlight.T0);
  }

  /** Plots as they come, each as late as told, and the time every {@code everyS}. */
  private static List<Step> steps(
      List<Plot> plots, Function<Plot, Double> lateS, double everyS, double toS) {
    List<Arrival> arrivals = new ArrayList<>();
    plots.forEach(p -> arrivals.add(new Arrival(seconds(p) + lateS.apply(p), p)));
    arrivals.sort(Comparator.comparingDouble(Arrival::at));
    List<Step> steps = new ArrayList<>();
    int i = 0;
    for (double t = 0; t <= toS; t += everyS) {
      while (i < arrivals.size() && arrivals.get(i).at <= t) {
        Arrival a = arrivals.get(i++);
        steps.add(new Step(a.plot, 0, TestFlight.time(a.at)));
      }
      steps.add(new Step(null, 0, TestFlight.time(t)));
    }
    return steps;
  }

  /** Two missiles, one of which breaks up, in clutter; one radar is displaced. */
  private static TrackerWorld salvo() {
    List<Sensor> sensors = new ArrayList<>(TestSensors.usa());
    sensors.add(TestSensors.radar(Nation.USA, "ship", 38.5, 134.5, 900, 1.0));
    TestFlight f = TestFlight.irbm();
    Sky sky =
        new Sky(sensors, 11)
            .with(f, 0)
            .with(TestFlight.srbm(), 40)
            .with(ManyTargetsTest.stage(f, f.burnoutS, 40, 300))
            .with(ManyTargetsTest.stage(f, f.burnoutS + 20, 90, 500))
            .with(ManyTargetsTest.stage(f, f.burnoutS + 24, -80, 800))
            .with(ManyTargetsTest.stage(f, f.burnoutS + 28, 160, 400))
            .withBias("ship", new Sky.Bias(400, 4e-3, 0))
            .withClutter(0.3);
    List<Plot> plots = new ArrayList<>(sky.plots(0, 250));
    plots.removeIf(p -> seconds(p) > 205 && seconds(p) < 216);
    SplittableRandom random = new SplittableRandom(5);
    List<Plot> again = new ArrayList<>();
    for (Plot p : plots) {
      if (random.nextDouble() < 0.02) {
        again.add(p);
      }
    }
    plots.addAll(again);
    List<Step> steps =
        steps(plots, p -> random.nextDouble() < 0.1 ? 25 * random.nextDouble() : 0.1, 1, 250);
    List<Step> out = new ArrayList<>();
    double off = 0;
    for (Step s : steps) {
      double t = s.at.secondsSince(TestFlight.T0);
      double want = t > 225 && t < 235 ? 3_600 : t >= 235 ? -8 : 0;
      if (want != off && s.plot == null) {
        out.add(new Step(null, Math.round((want - off) * 1e9), s.at.plusSeconds(want)));
        off = want;
      }
      out.add(s.plot != null ? s : new Step(null, 0, s.at.plusSeconds(off)));
    }
    return new TrackerWorld("salvo", Nation.USA, sensors, out);
  }

  /** A clock is wrong, then far off, then right again; another radar comes late. */
  private static TrackerWorld wrongClocks() {
    List<Plot> plots = new ArrayList<>();
    TestFlight f = TestFlight.irbm();
    for (Plot p : TestSensors.plots(f, TestSensors.jpn(), 2, 0, 620)) {
      double t = seconds(p);
      String radar = p.sensor().name();
      double ahead = radar.equals("sado") ? (t < 250 ? 0.5 : t < 450 ? 2 : 0) : 0;
      double other = radar.equals("ominato") && t > 500 ? -0.2 : 0;
      plots.add(ClockSweep.stamped(p, ahead + other));
    }
    return new TrackerWorld(
        "wrong clocks", Nation.JPN, TestSensors.jpn(), steps(plots, p -> 2.5, 2, 620));
  }

  /** Lost while it burns, found again when it comes down. */
  private static TrackerWorld lostAndFound() {
    TestFlight f = TestFlight.lofted();
    List<Plot> plots = new ArrayList<>(TestSensors.plots(f, TestSensors.jpn(), 2, 0, 180));
    plots.addAll(TestSensors.plots(f, TestSensors.jpn(), 2, f.impactS - 250, f.impactS));
    return new TrackerWorld(
        "lost and found",
        Nation.JPN,
        TestSensors.jpn(),
        steps(plots, p -> 0.0, 5, f.impactS + 100));
  }

  /** A space launch of two stages, and one that stops too early. */
  private static TrackerWorld stages() {
    Geodetic site = Geodetic.ofDegrees(39.66, 124.705, 0);
    TestFlight whole =
        new TestFlight(
            site,
            179.3,
            15,
            20_000,
            new TestFlight.Stage(0, 120, 13.5, 58),
            new TestFlight.Stage(124, 250, 14.7, 30));
    TestFlight failed =
        new TestFlight(
            site, 179.3, 90 - 0.613 * 81, 20_000, new TestFlight.Stage(0, 81, 13.5, 28.2));
    List<Sensor> sensors = new ArrayList<>(TestSensors.satellites());
    sensors.add(TestSensors.radar(Nation.USA, "green pine", 36.7, 127.5, 600, 1.5));
    sensors.add(TestSensors.radar(Nation.USA, "ship", 38.3, 124.2, 600, 1.0));
    Sky sky = new Sky(sensors, 7).with(whole, 0).with(failed, 60);
    return new TrackerWorld(
        "stages", Nation.USA, sensors, steps(sky.plots(0, 200), p -> 0.3, 1, 200));
  }
}
