package parallax.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedMap;
import parallax.evaluation.Drawing;
import parallax.evaluation.Measures;
import parallax.evaluation.NationResult;
import parallax.evaluation.Sighting;
import parallax.exercise.Flight;
import parallax.exercise.FlightState;
import parallax.exercise.Salvo;
import parallax.model.Geodetic;
import parallax.model.Nation;
import parallax.model.Wgs84;
import parallax.warning.AreaCatalogue;

/**
 * What every part of the report draws from.
 *
 * @param salvo the truth
 * @param results what each nation knew
 * @param areas the areas, for names and outlines
 * @param paths the true path of each missile, geodetic, from launch to impact
 * @param apogeeS when the first of them is highest
 * @param endS last moment of any chart, seconds
 */
public record ReportScene(
    Salvo salvo,
    SortedMap<Nation, NationResult> results,
    AreaCatalogue areas,
    List<List<TrueSpot>> paths,
    double apogeeS,
    double endS) {
  private static final int PATH_STEPS = 600;

  /** A point of a true path, seconds since the first launch. */
  public record TrueSpot(double tS, Geodetic place) {}

  /** One of a nation's two pictures. */
  public record Side(Nation nation, boolean shared, Measures measures, List<Drawing> history) {
    /** Name of the kind of picture. */
    public String label() {
      return shared ? "shared" : "alone";
    }
  }

  /** Samples the flights. */
  public static ReportScene of(
      Salvo salvo, SortedMap<Nation, NationResult> results, AreaCatalogue areas) {
    List<List<TrueSpot>> paths = new ArrayList<>();
    for (Flight f : salvo.flights()) {
      List<TrueSpot> path = new ArrayList<>();
      for (FlightState s : f.samples(Math.max(0.5, f.durationS() / PATH_STEPS))) {
        path.add(new TrueSpot(salvo.laterS(f) + s.timeS(), Wgs84.toGeodetic(s.positionM())));
      }
      paths.add(List.copyOf(path));
    }
    TrueSpot highest =
        paths.getFirst().stream()
            .max(Comparator.comparingDouble(s -> s.place().altitudeM()))
            .orElseThrow();
    double duration = salvo.durationS();
    double end = duration;
    for (NationResult n : results.values()) {
      for (Sighting s : n.sightings()) {
        end = Math.max(end, s.lastS());
      }
      for (var a : n.alerts()) {
        end = Math.max(end, a.sent().secondsSince(salvo.launchTime()));
      }
    }
    return new ReportScene(
        salvo, results, areas, List.copyOf(paths), highest.tS(), Math.min(end, duration + 300));
  }

  /** Up to when charts look closely: a little after burnout, seconds. */
  public double earlyS() {
    return 1.3 * salvo.burnoutS();
  }

  /** The two pictures of a nation: alone, then shared. */
  public List<Side> sides(Nation nation) {
    NationResult n = of(nation);
    return List.of(
        new Side(nation, false, n.alone(), n.aloneHistory()),
        new Side(nation, true, n.shared(), n.sharedHistory()));
  }

  /** The nations, by code. */
  public List<Nation> nations() {
    return List.copyOf(results.keySet());
  }

  /** A nation's results. */
  public NationResult of(Nation nation) {
    NationResult n = results.get(nation);
    if (n == null) {
      throw new IllegalStateException("no results of " + nation);
    }
    return n;
  }

  /** When a true path first is over an area that a right warning of the nation names. */
  public OptionalDouble firstArrivalS(Nation nation) {
    return paths.stream()
        .flatMap(List::stream)
        .filter(s -> of(nation).truth().required().stream().anyMatch(a -> a.contains(s.place())))
        .mapToDouble(TrueSpot::tS)
        .min();
  }

  /** Seconds from launch to a moment. */
  public double sinceLaunch(parallax.model.UtcTime t) {
    return t.secondsSince(salvo.launchTime());
  }
}
