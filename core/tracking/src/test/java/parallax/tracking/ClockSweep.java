package parallax.tracking;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import parallax.exercise.Flight;
import parallax.exercise.FlightState;
import parallax.exercise.LaunchTable;
import parallax.exercise.NotionalSensors;
import parallax.exercise.PlotGenerator;
import parallax.exercise.PublishedLaunch;
import parallax.model.FlightPhase;
import parallax.model.ImpactPointPrediction;
import parallax.model.Nation;
import parallax.model.Plot;
import parallax.model.Sensor;
import parallax.model.TrackId;
import parallax.model.TrackStatus;
import parallax.model.UtcTime;

/**
 * Prints what a tracker makes of radars whose clocks are wrong. Arguments: launches by number,
 * {@code seeds=1,2}, {@code offsets=0,0.1} in seconds, {@code nations=JPN,KOR}, {@code wrong=1} for
 * how many radars of a nation are off (the second with the opposite sign, and so on).
 */
final class ClockSweep {
  private static final double LONGEST_S = 1_300;
  private static final boolean VERBOSE = Boolean.getBoolean("verbose");
  private static final double OUTSIDE = 13.816; // chi-square of 2, exceeded once in 1000

  /** What came of a set of flights. */
  static final class Tally {
    int flights;
    int launches;
    int tracks;
    int flightsWithMore;
    int predictions;
    int outside;
    double nees;
    int states;
    int named;
    int misnamed;
    int comparable;
    final List<Double> namedAfterS = new ArrayList<>();
    long nanos;
    int plots;

    void print(String title) {
      namedAfterS.sort(Comparator.naturalOrder());
      String when =
          namedAfterS.isEmpty()
              ? "-"
              : String.format(
                  Locale.ROOT,
                  "%.0f (longest %.0f)",
                  namedAfterS.get(namedAfterS.size() / 2),
                  namedAfterS.getLast());
      System.out.printf(
          Locale.ROOT,
          "%s: %d flights, launches told %d, tracks told %d (%d flights with more than one),"
              + " predictions %d, outside 99.9 %% %.1f %%, NEES in coast %.1f, named %d of %d where"
              + " two radars see it, median after %s s, right clocks named alone %d, %.0f us a"
              + " plot%n",
          title,
          flights,
          launches,
          tracks,
          flightsWithMore,
          predictions,
          100.0 * outside / Math.max(1, predictions),
          nees / Math.max(1, states),
          named,
          comparable,
          when,
          misnamed,
          nanos * 1e-3 / Math.max(1, plots));
    }
  }

  private ClockSweep() {}

  /** Runs from the command line. */
  public static void main(String[] args) {
    Map<String, String> given = new TreeMap<>();
    TreeSet<String> ids = new TreeSet<>();
    for (String a : args) {
      int at = a.indexOf('=');
      if (at > 0) {
        given.put(a.substring(0, at), a.substring(at + 1));
      } else {
        ids.add(a);
      }
    }
    int wrong = Integer.parseInt(given.getOrDefault("wrong", "1"));
    for (String o : given.getOrDefault("offsets", "0,0.02,0.1,0.5,2,10").split(",", -1)) {
      double offset = Double.parseDouble(o);
      for (String code : given.getOrDefault("nations", "JPN,KOR,USA").split(",", -1)) {
        Nation nation = new Nation(code);
        Tally tally = new Tally();
        for (PublishedLaunch l : LaunchTable.bundled().launches()) {
          Optional<Flight> flight = ids.contains(l.id()) ? LaunchSweep.fly(l) : Optional.empty();
          if (flight.isEmpty()) {
            continue;
          }
          for (String s : given.getOrDefault("seeds", "1,2").split(",", -1)) {
            long seed = flight.get().seed(Long.parseLong(s));
            Flight f = flight.get().onDay(seed);
            fly(tally, f, nation, offsets(nation, offset, wrong, seed), seed, (now, t) -> {});
          }
        }
        tally.print(String.format(Locale.ROOT, "offset %6.2f s %s", offset, code));
      }
    }
  }

  /** The clocks of the first {@code wrong} radars, beginning with one chosen by the seed. */
  static Map<String, Double> offsets(Nation nation, double offset, int wrong, long seed) {
    List<Sensor> radars =
        NotionalSensors.table().of(nation).stream().filter(s -> s instanceof Sensor.Radar).toList();
    Map<String, Double> out = new TreeMap<>();
    for (int i = 0; i < wrong; i++) {
      int at = (int) Math.floorMod(seed + i, (long) radars.size());
      out.put(radars.get(at).id().name(), i % 2 == 0 ? offset : -offset);
    }
    return out;
  }

  /** The plot as a sensor says it whose clock is ahead by {@code offset} seconds. */
  static Plot stamped(Plot plot, double offset) {
    return switch (plot) {
      case Plot.RadarPlot p ->
          new Plot.RadarPlot(
              p.sensor(),
              p.timeOfValidity().plusSeconds(offset),
              p.rangeM(),
              p.azimuthRad(),
              p.elevationRad(),
              p.rangeRateMps());
      case Plot.InfraredPlot p ->
          new Plot.InfraredPlot(
              p.sensor(), p.timeOfValidity().plusSeconds(offset), p.lineOfSight());
    };
  }

  record Arrival(UtcTime at, Plot plot) {}

  /** Flies one launch past a nation's sensors and adds what came of it. */
  static void fly(
      Tally tally,
      Flight f,
      Nation n,
      Map<String, Double> offsets,
      long seed,
      BiConsumer<UtcTime, NationalTracker> each) {
    List<Sensor> sensors = NotionalSensors.table().of(n);
    List<Arrival> plots = new ArrayList<>();
    for (Plot p : PlotGenerator.plots(f, sensors, seed)) {
      double o = offsets.getOrDefault(p.sensor().name(), 0.0);
      plots.add(new Arrival(p.timeOfValidity(), stamped(p, o)));
    }
    plots.sort(Comparator.comparing(Arrival::at));
    NationalTracker tracker =
        new NationalTracker(n, new SensorRegistry(sensors), TrackerSettings.defaults());
    TreeSet<TrackId> launched = new TreeSet<>();
    TreeSet<TrackId> told = new TreeSet<>();
    TreeSet<String> radars = new TreeSet<>();
    double both = Double.NaN;
    double named = Double.NaN;
    boolean misnamed = false;
    int i = 0;
    for (double t = 0; t < Math.min(LONGEST_S, f.durationS()); t += 1) {
      UtcTime now = f.launchTime().plusSeconds(t);
      List<TrackEvent> events = new ArrayList<>();
      long began = System.nanoTime();
      while (i < plots.size() && !plots.get(i).at.isAfter(now)) {
        Plot p = plots.get(i++).plot;
        if (p instanceof Plot.RadarPlot) {
          radars.add(p.sensor().name());
        }
        events.addAll(tracker.onPlot(p));
      }
      events.addAll(tracker.onTime(now));
      tally.nanos += System.nanoTime() - began;
      if (Double.isNaN(both)
          && radars.size() > 1
          && offsets.keySet().stream().anyMatch(radars::contains)) {
        both = t;
      }
      for (TrackEvent e : events) {
        switch (e) {
          case TrackEvent.LaunchDetected d -> launched.add(d.id());
          case TrackEvent.TrackUpdated u -> {
            if (u.track().partedFrom().isEmpty()) {
              told.add(u.track().track().id());
            }
          }
          case TrackEvent.ClockJudged c -> {
            SensorClock k = c.clock();
            boolean group =
                offsets.containsKey(k.sensor().name())
                    || k.orElse().stream().anyMatch(o -> offsets.containsKey(o.name()));
            if (k.isKnown() && group && Double.isNaN(named)) {
              named = t;
            }
            misnamed |= k.isKnown() && !group;
          }
          case TrackEvent.PlotRejected r -> {}
        }
      }
      tracker.tracks().forEach(track -> judge(tally, f, track));
      each.accept(now, tracker);
    }
    for (SensorClock c : tracker.clocks()) {
      if (VERBOSE && c.standing() != SensorClock.Standing.AGREES) {
        System.out.println("    " + f.launchId() + " " + offsets + " " + c);
      }
    }
    tally.plots += i;
    tally.comparable += Double.isNaN(both) ? 0 : 1;
    if (!Double.isNaN(named)) {
      tally.named++;
      tally.namedAfterS.add(named - both);
    }
    tally.misnamed += misnamed ? 1 : 0;
    tally.flights++;
    tally.launches += launched.size();
    tally.tracks += told.size();
    tally.flightsWithMore += told.size() > 1 ? 1 : 0;
    if (VERBOSE && told.size() > 1) {
      System.out.println("    " + f.launchId() + " " + offsets + " told " + told);
    }
  }

  private static void judge(Tally tally, Flight f, NationalTrack track) {
    if (track.track().estimate().status() == TrackStatus.LOST) {
      return;
    }
    double at = track.track().estimate().state().timeOfValidity().secondsSince(f.launchTime());
    FlightState truth = f.at(Math.max(0, Math.min(f.durationS(), at)));
    if (truth.phase() == FlightPhase.COAST) {
      tally.nees += LaunchSweep.nees(track, truth);
      tally.states++;
    }
    if (track.impact() instanceof ImpactPointPrediction.Predicted p) {
      tally.predictions++;
      tally.outside += LaunchSweep.impactDistance2(p, f) > OUTSIDE ? 1 : 0;
    }
  }
}
