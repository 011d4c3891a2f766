package parallax.tracking;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import parallax.exercise.Flight;
import parallax.exercise.LaunchTable;
import parallax.exercise.NotionalSensors;
import parallax.exercise.PlotGenerator;
import parallax.model.Geodetic;
import parallax.model.Nation;
import parallax.model.Plot;
import parallax.model.Sensor;
import parallax.model.SensorId;
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
    return List.of(
        salvo(),
        wrongClocks(),
        twoClocks(),
        displaced(),
        lostAndFound(),
        stages(),
        twins(),
        glide());
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
            .with(until(ManyTargetsTest.stage(f, f.burnoutS, 40, 300), 226))
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
    // Back by so much that only what was not seen of late can be: a piece whose whole is gone.
    out.add(new Step(null, -25_000_000_000L, TestFlight.time(250 - 33)));
    for (double t = 218; t < 232; t++) {
      out.add(new Step(null, 0, TestFlight.time(t)));
    }
    return new TrackerWorld("salvo", Nation.USA, sensors, out);
  }

  /** A body that is gone after a time. */
  private static Sky.Body until(Sky.Body b, double toS) {
    return new Sky.Body() {
      @Override
      public double @Nullable [] at(double t) {
        return t < toS ? b.at(t) : null;
      }

      @Override
      public boolean burns(double t) {
        return b.burns(t);
      }
    };
  }

  /** A clock is wrong, then right again; later another jumps in mid-flight. */
  private static TrackerWorld wrongClocks() {
    List<Plot> plots = new ArrayList<>();
    for (Plot p : TestSensors.plots(TestFlight.irbm(), TestSensors.jpn(), 2, 0, 560)) {
      double t = seconds(p);
      double sado = t < 330 ? 2 : 0;
      double ominato = t < 480 ? 0 : 8;
      String radar = p.sensor().name();
      double ahead = radar.equals("sado") ? sado : radar.equals("ominato") ? ominato : 0;
      plots.add(ClockSweep.stamped(p, ahead));
    }
    return new TrackerWorld(
        "wrong clocks",
        Nation.JPN,
        TestSensors.jpn(),
        steps(plots, TrackerWorld::lateOfThree, 2, 570));
  }

  /** Late by seconds, and some at last by almost as many as may be, while others are ahead. */
  private static double lateOfThree(Plot p) {
    double t = seconds(p);
    return t > 490 && p.sensor().name().equals("sado") && (long) t % 5 == 0 ? 27.5 : 2.5;
  }

  /** Two clocks differ, with no third to ask; of two targets one is seen by one radar alone. */
  private static TrackerWorld twoClocks() {
    List<Sensor> both = TestSensors.jpn().subList(0, 2);
    List<Plot> plots = new ArrayList<>();
    for (Plot p : TestSensors.plots(TestFlight.irbm(), both, 1, 0, 330)) {
      plots.add(ClockSweep.stamped(p, p.sensor().name().equals("sado") ? 0.5 : 0));
    }
    for (Plot p : TestSensors.plots(TestFlight.irbm(), both.subList(0, 1), 2, 0, 300)) {
      plots.add(ClockSweep.stamped(p, 45.5));
    }
    for (Plot p : TestSensors.plots(TestFlight.irbm(), both.subList(1, 2), 3, 0, 270)) {
      plots.add(ClockSweep.stamped(p, 90));
    }
    return new TrackerWorld("two clocks", Nation.JPN, both, steps(plots, p -> 0.0, 1, 350));
  }

  /** A radar that looks round slowly, and a little to the right of where it says. */
  private static TrackerWorld displaced() {
    List<Sensor> sensors = new ArrayList<>(TestSensors.jpn());
    Geodetic place = sensors.get(1).position();
    sensors.add(
        new Sensor.Radar(
            new SensorId(Nation.JPN, "search"), place, 5, 0.95, 1e6, 0.04, 25, 6e-4, 6e-4, 0));
    List<Plot> plots = new ArrayList<>();
    for (Plot p : TestSensors.plots(TestFlight.irbm(), sensors, 2, 0, 290)) {
      Plot.RadarPlot r = (Plot.RadarPlot) p;
      double right = p.sensor().name().equals("search") ? 8e-3 : 0;
      plots.add(
          new Plot.RadarPlot(
              r.sensor(),
              r.timeOfValidity(),
              r.rangeM(),
              (r.azimuthRad() + right) % (2 * Math.PI),
              r.elevationRad(),
              r.rangeRateMps()));
    }
    return new TrackerWorld("displaced", Nation.JPN, sensors, steps(plots, p -> 0.0, 2, 290));
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

  /** Two missiles from one place at one time, of which all is heard late. */
  private static TrackerWorld twins() {
    List<Sensor> sensors = new ArrayList<>(TestSensors.satellites());
    sensors.add(TestSensors.radar(Nation.USA, "ship", 37.5, 130.0, 800, 1.0));
    Sky sky = new Sky(sensors, 3);
    for (int i = 0; i < 3; i++) {
      Geodetic site = Geodetic.ofDegrees(39.0 + 0.02 * i, 126.0, 0);
      sky.with(
          new TestFlight(site, 85 + 3 * i, 45, 3_000, new TestFlight.Stage(0, 70, 22, 45)),
          0.3 * i);
    }
    return new TrackerWorld(
        "twins", Nation.USA, sensors, steps(sky.plots(0, 110), p -> 12.0, 1, 125));
  }

  /** A glide that ends as slowly as an aircraft flies. */
  private static TrackerWorld glide() {
    Flight f =
        LaunchTable.bundled().launches().stream()
            .filter(l -> l.id().equals("L18"))
            .findFirst()
            .flatMap(LaunchSweep::fly)
            .orElseThrow();
    List<Sensor> sensors = NotionalSensors.table().of(Nation.KOR);
    List<Step> steps = new ArrayList<>();
    for (Plot p : PlotGenerator.plots(f, sensors, 1)) {
      if (p.timeOfValidity().secondsSince(f.launchTime()) < 420) {
        steps.add(new Step(p, 0, p.timeOfValidity()));
        steps.add(new Step(null, 0, p.timeOfValidity()));
      }
    }
    return new TrackerWorld("glide", Nation.KOR, sensors, steps);
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
