package parallax.node.report;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedMap;
import parallax.exercise.Flight;
import parallax.exercise.FlightState;
import parallax.model.Geodetic;
import parallax.model.Nation;
import parallax.model.Wgs84;
import parallax.warning.AdministrativeArea;
import parallax.warning.AreaCatalogue;

/**
 * What every part of the report draws from.
 *
 * @param flight the truth
 * @param results what each nation knew
 * @param areas the areas, for names and outlines
 * @param path the true path, geodetic, from launch to impact
 * @param apogeeS when the true path is highest
 * @param endS last moment of any chart, seconds
 */
public record ReportScene(
    Flight flight,
    SortedMap<Nation, NationResult> results,
    AreaCatalogue areas,
    List<TrueSpot> path,
    double apogeeS,
    double endS) {
  private static final int PATH_STEPS = 600;

  /** A point of the true path, seconds since launch. */
  public record TrueSpot(double tS, Geodetic place) {}

  /** One of a nation's two pictures. */
  public record Side(Nation nation, boolean shared, Measures measures, List<Drawing> history) {
    /** Name of the kind of picture. */
    public String label() {
      return shared ? "shared" : "alone";
    }
  }

  /** Samples the flight. */
  public static ReportScene of(
      Flight flight, SortedMap<Nation, NationResult> results, AreaCatalogue areas) {
    double duration = flight.durationS();
    List<TrueSpot> path = new ArrayList<>();
    TrueSpot highest = null;
    for (FlightState s : flight.samples(Math.max(0.5, duration / PATH_STEPS))) {
      TrueSpot spot = new TrueSpot(s.timeS(), Wgs84.toGeodetic(s.positionM()));
      path.add(spot);
      if (highest == null || spot.place().altitudeM() > highest.place().altitudeM()) {
        highest = spot;
      }
    }
    double end = duration;
    for (NationResult n : results.values()) {
      for (Sighting s : n.sightings()) {
        end = Math.max(end, s.lastS());
      }
      for (var a : n.alerts()) {
        end = Math.max(end, a.sent().secondsSince(flight.launchTime()));
      }
    }
    return new ReportScene(
        flight,
        results,
        areas,
        List.copyOf(path),
        highest == null ? 0 : highest.tS(),
        Math.min(end, duration + 300));
  }

  /** Up to when charts look closely: a little after burnout, seconds. */
  public double earlyS() {
    return 1.3 * flight.burnoutS();
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

  /** When the true path first is over an area that a right warning of the nation names. */
  public OptionalDouble firstArrivalS(Nation nation) {
    for (TrueSpot s : path) {
      for (AdministrativeArea a : of(nation).truth().required()) {
        if (a.contains(s.place())) {
          return OptionalDouble.of(s.tS());
        }
      }
    }
    return OptionalDouble.empty();
  }

  /** Seconds from launch to a moment. */
  public double sinceLaunch(parallax.model.UtcTime t) {
    return t.secondsSince(flight.launchTime());
  }
}
