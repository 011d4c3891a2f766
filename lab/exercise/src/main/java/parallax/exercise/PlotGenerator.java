package parallax.exercise;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import parallax.model.Plot;
import parallax.model.Plot.InfraredPlot;
import parallax.model.Plot.RadarPlot;
import parallax.model.Sensor;
import parallax.model.UtcTime;
import parallax.model.Vector3;
import parallax.model.Wgs84;

/**
 * What sensors report of a flight: looks at the scan period from a random phase, detection by
 * chance while the target is in view, Gaussian noise of the declared sigmas. No false plots, no
 * bias, no delay.
 */
public final class PlotGenerator {
  private PlotGenerator() {}

  /**
   * The plots of all {@code sensors} from launch to impact, ordered by time and then sensor. Each
   * sensor draws from its own stream derived from {@code seed} and its identity, so adding a sensor
   * changes nobody else's plots.
   */
  public static List<Plot> plots(Flight flight, List<Sensor> sensors, long seed) {
    return plots(List.of(flight), sensors, seed).stream().map(TruePlot::plot).toList();
  }

  /**
   * The plots of several targets in the air together, such as a salvo's, each with the index of its
   * flight. A sensor looks at all of them at the same moments; what it sees of the first is what it
   * would see of it alone. Targets are always told apart, however near each other. Plots of one
   * moment and sensor come in the order of what was measured, which does not tell whose they are.
   *
   * @param flights the targets, at least one; scans count from the launch of the first
   */
  public static List<TruePlot> plots(List<Flight> flights, List<Sensor> sensors, long seed) {
    List<TruePlot> plots = new ArrayList<>();
    for (Sensor s : sensors) {
      double phase = new Noise(seed, s.id()).uniform() * s.scanPeriodS();
      for (int i = 0; i < flights.size(); i++) {
        Noise noise = new Noise(seed, s.id(), i);
        var unused = noise.uniform(); // the phase, which all targets share
        addPlots(flights.getFirst().launchTime(), flights.get(i), i, s, phase, noise, plots);
      }
    }
    plots.sort(
        Comparator.comparing((TruePlot p) -> p.plot().timeOfValidity())
            .thenComparing(p -> p.plot().sensor())
            .thenComparingDouble(p -> measured(p.plot())));
    return List.copyOf(plots);
  }

  private static double measured(Plot plot) {
    return switch (plot) {
      case RadarPlot r -> r.rangeM();
      case InfraredPlot i -> i.lineOfSight().x();
    };
  }

  private static void addPlots(
      UtcTime start,
      Flight flight,
      int target,
      Sensor sensor,
      double phase,
      Noise noise,
      List<TruePlot> plots) {
    double after = flight.launchTime().secondsSince(start);
    double end =
        switch (sensor) {
          case Sensor.Radar r -> flight.durationS();
          case Sensor.InfraredSatellite s -> flight.burnoutS();
        };
    long first = (long) Math.max(0, Math.ceil((after - phase) / sensor.scanPeriodS()));
    for (long look = first; phase + look * sensor.scanPeriodS() - after < end; look++) {
      double t = Math.max(0, phase + look * sensor.scanPeriodS() - after);
      FlightState state = flight.at(t);
      if (Visibility.sees(sensor, state) && noise.uniform() < sensor.detectionProbability()) {
        UtcTime time = flight.launchTime().plusSeconds(t);
        plots.add(
            new TruePlot(
                switch (sensor) {
                  case Sensor.Radar r -> radarPlot(r, time, state, noise);
                  case Sensor.InfraredSatellite s -> infraredPlot(s, time, state, noise);
                },
                target));
      }
    }
  }

  private static Plot radarPlot(Sensor.Radar radar, UtcTime time, FlightState target, Noise noise) {
    Vector3 line = target.positionM().minus(Wgs84.toEcef(radar.position()));
    Vector3 enu = Wgs84.toEnu(line, radar.position());
    double flat = Math.hypot(enu.x(), enu.y());
    double range = line.norm() + radar.rangeSigmaM() * noise.gaussian();
    double cosElevation = Math.max(0.01, flat / line.norm());
    double azimuth =
        StrictMath.atan2(enu.x(), enu.y())
            + radar.azimuthSigmaRad() / cosElevation * noise.gaussian();
    double elevation =
        StrictMath.atan2(enu.z(), flat) + radar.elevationSigmaRad() * noise.gaussian();
    if (elevation > Math.PI / 2) {
      elevation = Math.PI - elevation;
      azimuth += Math.PI;
    }
    double rate = target.velocityMps().dot(line) / line.norm();
    OptionalDouble measuredRate =
        radar.rangeRateSigmaMps() > 0
            ? OptionalDouble.of(rate + radar.rangeRateSigmaMps() * noise.gaussian())
            : OptionalDouble.empty();
    return new RadarPlot(
        radar.id(), time, Math.max(1, range), wrapped(azimuth), elevation, measuredRate);
  }

  /** The same direction from 0 (inclusive) to 2 pi (exclusive). */
  private static double wrapped(double azimuth) {
    double turn = 2 * Math.PI;
    double a = azimuth - turn * Math.floor(azimuth / turn);
    return a < turn ? a : 0;
  }

  private static Plot infraredPlot(
      Sensor.InfraredSatellite satellite, UtcTime time, FlightState target, Noise noise) {
    Vector3 u = target.positionM().minus(Wgs84.toEcef(satellite.position())).unit();
    Vector3 aside = Math.abs(u.z()) < 0.9 ? new Vector3(0, 0, 1) : new Vector3(1, 0, 0);
    Vector3 across = u.cross(aside).unit();
    Vector3 along = u.cross(across);
    double sigma = satellite.lineOfSightSigmaRad();
    Vector3 seen =
        u.plus(across.times(sigma * noise.gaussian())).plus(along.times(sigma * noise.gaussian()));
    return new InfraredPlot(satellite.id(), time, seen.unit());
  }
}
