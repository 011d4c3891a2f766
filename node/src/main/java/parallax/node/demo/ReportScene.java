package parallax.node.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import parallax.exercise.FlightState;
import parallax.model.Geodetic;
import parallax.model.Nation;
import parallax.model.Wgs84;
import parallax.node.demo.DemoResult.Drawing;
import parallax.node.demo.DemoResult.Measures;
import parallax.node.demo.DemoResult.NationResult;
import parallax.warning.AdministrativeArea;
import parallax.warning.AreaCatalogue;

/**
 * What every part of the report draws from.
 *
 * @param result the run
 * @param areas the areas, for names and outlines
 * @param path the true path, geodetic, from launch to impact
 * @param apogeeS when the true path is highest
 * @param endS last moment of any chart, seconds
 */
record ReportScene(
    DemoResult result, AreaCatalogue areas, List<TrueSpot> path, double apogeeS, double endS) {
  private static final int PATH_STEPS = 600;

  /** A point of the true path, seconds since launch. */
  record TrueSpot(double tS, Geodetic place) {}

  /** One of a nation's two pictures. */
  record Side(Nation nation, boolean shared, Measures measures, List<Drawing> history) {
    /** Name of the kind of picture. */
    String label() {
      return shared ? "shared" : "alone";
    }
  }

  /** Samples the flight. */
  static ReportScene of(DemoResult result, AreaCatalogue areas) {
    double duration = result.flight().durationS();
    List<TrueSpot> path = new ArrayList<>();
    TrueSpot highest = null;
    for (FlightState s : result.flight().samples(Math.max(0.5, duration / PATH_STEPS))) {
      TrueSpot spot = new TrueSpot(s.timeS(), Wgs84.toGeodetic(s.positionM()));
      path.add(spot);
      if (highest == null || spot.place().altitudeM() > highest.place().altitudeM()) {
        highest = spot;
      }
    }
    double end = duration;
    for (NationResult n : result.nations().values()) {
      for (DemoResult.Sighting s : n.sightings()) {
        end = Math.max(end, s.lastS());
      }
      for (var a : n.alerts()) {
        end = Math.max(end, a.sent().secondsSince(result.flight().launchTime()));
      }
    }
    return new ReportScene(
        result,
        areas,
        List.copyOf(path),
        highest == null ? 0 : highest.tS(),
        Math.min(end, duration + 300));
  }

  /** The two pictures of a nation: alone, then shared. */
  List<Side> sides(Nation nation) {
    NationResult n = of(nation);
    return List.of(
        new Side(nation, false, n.alone(), n.aloneHistory()),
        new Side(nation, true, n.shared(), n.sharedHistory()));
  }

  /** The nations, by code. */
  List<Nation> nations() {
    return List.copyOf(result.nations().keySet());
  }

  /** A nation's results. */
  NationResult of(Nation nation) {
    NationResult n = result.nations().get(nation);
    if (n == null) {
      throw new IllegalStateException("no results of " + nation);
    }
    return n;
  }

  /** When the true path first is over an area that a right warning of the nation names. */
  OptionalDouble firstArrivalS(Nation nation) {
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
  double sinceLaunch(parallax.model.UtcTime t) {
    return t.secondsSince(result.flight().launchTime());
  }
}
