package parallax.wire.state;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import parallax.exercise.Assumption;
import parallax.exercise.Assumptions;
import parallax.exercise.Flight;
import parallax.exercise.FlightPlan;
import parallax.exercise.FlightPlanner;
import parallax.exercise.LaunchTable;
import parallax.exercise.NotionalSensors;
import parallax.exercise.PlotGenerator;
import parallax.exercise.PublishedLaunch;
import parallax.model.Nation;
import parallax.model.Plot;
import parallax.model.Sensor;
import parallax.model.SensorId;
import parallax.model.UtcTime;
import parallax.tracking.NationalTracker;
import parallax.tracking.SensorRegistry;
import parallax.tracking.TrackEvent;
import parallax.tracking.TrackerSettings;
import parallax.tracking.TrackerState;

/**
 * What the sensors of a nation say of a published launch, with everything that may go wrong.
 *
 * @param name of the world, for messages
 * @param nation whose sensors they are
 * @param steps what comes to its tracker, in order
 */
record SensedWorld(String name, Nation nation, List<Step> steps) {
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

  private static final Nation KOR = new Nation("KOR");
  private static final Nation USA = new Nation("USA");

  NationalTracker tracker() {
    return new NationalTracker(nation, registry(), TrackerSettings.defaults());
  }

  NationalTracker restored(TrackerState state) {
    return NationalTracker.restored(nation, registry(), TrackerSettings.defaults(), state);
  }

  private SensorRegistry registry() {
    return new SensorRegistry(NotionalSensors.table().of(nation));
  }

  @Override
  public String toString() {
    return name;
  }

  static List<SensedWorld> all() {
    return List.of(glideInClutter(), wrongClock(), stagesAndJumps());
  }

  private static Flight flight(String id) {
    PublishedLaunch l =
        LaunchTable.bundled().launches().stream()
            .filter(x -> x.id().equals(id))
            .findFirst()
            .orElseThrow();
    Optional<Assumption> a = Assumptions.forLaunch(l);
    FlightPlan plan = a.isPresent() ? FlightPlanner.plan(l, a.get()) : FlightPlanner.plan(l);
    return ((FlightPlan.Flown) plan).flight();
  }

  /** The same at another time, range or azimuth. */
  private static Plot moved(Plot plot, double laterS, double rangeM, double azimuthRad) {
    return switch (plot) {
      case Plot.RadarPlot p ->
          new Plot.RadarPlot(
              p.sensor(),
              p.timeOfValidity().plusSeconds(laterS),
              Math.max(1, p.rangeM() + rangeM),
              (p.azimuthRad() + azimuthRad + 2 * Math.PI) % (2 * Math.PI),
              p.elevationRad(),
              p.rangeRateMps());
      case Plot.InfraredPlot p ->
          new Plot.InfraredPlot(
              p.sensor(), p.timeOfValidity().plusSeconds(laterS), p.lineOfSight());
    };
  }

  private record Arrival(UtcTime at, Plot plot) {}

  /** Plots as they come, some late and some twice, and the time every second. */
  private static List<Step> steps(List<Plot> plots, Flight f, double toS, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Arrival> arrivals = new ArrayList<>();
    for (Plot p : plots) {
      double late = random.nextDouble() < 0.1 ? 20 * random.nextDouble() : 0.2;
      arrivals.add(new Arrival(p.timeOfValidity().plusSeconds(late), p));
      if (random.nextDouble() < 0.02) {
        arrivals.add(new Arrival(p.timeOfValidity().plusSeconds(late + 1), p));
      }
    }
    arrivals.sort(Comparator.comparing(Arrival::at));
    List<Step> steps = new ArrayList<>();
    int i = 0;
    for (double t = 30; t <= toS; t += 1) {
      UtcTime now = f.launchTime().plusSeconds(t);
      while (i < arrivals.size() && !arrivals.get(i).at.isAfter(now)) {
        steps.add(new Step(arrivals.get(i).plot, 0, arrivals.get(i).at));
        i++;
      }
      steps.add(new Step(null, 0, now));
    }
    return steps;
  }

  private static double seconds(Plot p, Flight f) {
    return p.timeOfValidity().secondsSince(f.launchTime());
  }

  /** A glide with a piece that falls behind, in clutter, unseen for a while. */
  private static SensedWorld glideInClutter() {
    Flight f = flight("L18");
    List<Sensor> sensors = NotionalSensors.table().of(USA);
    List<Plot> plots = new ArrayList<>(PlotGenerator.plots(f, sensors, 1));
    for (Plot p : PlotGenerator.plots(f, sensors, 2)) {
      double after = seconds(p, f) - 150;
      if (after > 0) {
        plots.add(moved(p, 1 + 0.01 * after, 0, 0));
      }
    }
    SplittableRandom random = new SplittableRandom(4);
    for (double t = 60; t < 330; t += 3 * random.nextDouble()) {
      plots.add(
          new Plot.RadarPlot(
              new SensorId(USA, "AN/TPY-2 Seongju"),
              f.launchTime().plusSeconds(t),
              random.nextDouble(1e5, 9e5),
              random.nextDouble(0, 6),
              random.nextDouble(0.1, 0.9),
              OptionalDouble.empty()));
    }
    plots.removeIf(p -> seconds(p, f) > 240 && seconds(p, f) < 252);
    return new SensedWorld("glide in clutter", USA, steps(plots, f, 340, 5));
  }

  /** A radar's clock that is wrong, ever more, and right again; another radar is displaced. */
  private static SensedWorld wrongClock() {
    Flight f = flight("L48");
    UnaryOperator<Plot> spoil =
        p -> {
          double t = seconds(p, f);
          return switch (p.sensor().name()) {
            case "Green Pine N. Chungcheong" -> moved(p, t < 140 ? 0.5 : t < 170 ? 2.5 : 0, 0, 0);
            case "Aegis SPY-1 ROK" -> moved(p, 0, 300, 0.004);
            default -> p;
          };
        };
    List<Plot> plots =
        PlotGenerator.plots(f, NotionalSensors.table().of(KOR), 3).stream().map(spoil).toList();
    return new SensedWorld("wrong clock", KOR, steps(plots, f, 300, 6));
  }

  /** Stages seen by satellites and radars; the node's clock jumps forth and back. */
  private static SensedWorld stagesAndJumps() {
    Flight f = flight("L36");
    List<Plot> plots = new ArrayList<>(PlotGenerator.plots(f, NotionalSensors.table().of(USA), 7));
    plots.removeIf(p -> seconds(p, f) > 330);
    List<Step> steps = new ArrayList<>();
    double off = 0;
    for (Step s : steps(plots, f, 420, 8)) {
      double t = s.at.secondsSince(f.launchTime());
      double wanted = t > 200 && t < 230 ? 3_600 : t >= 230 ? -6 : 0;
      if (s.plot != null) {
        steps.add(s);
      } else {
        if (wanted != off) {
          long by = Math.round((wanted - off) * 1e9);
          steps.add(new Step(null, by, s.at.plusSeconds(wanted)));
          off = wanted;
        }
        steps.add(new Step(null, 0, s.at.plusSeconds(off)));
      }
    }
    return new SensedWorld("stages and jumps", USA, steps);
  }
}
