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
    List<Plot> plots = new ArrayList<>();
    for (Sensor s : sensors) {
      addPlots(flight, s, new Noise(seed, s.id()), plots);
    }
    plots.sort(Comparator.comparing(Plot::timeOfValidity).thenComparing(Plot::sensor));
    return List.copyOf(plots);
  }

  private static void addPlots(Flight flight, Sensor sensor, Noise noise, List<Plot> plots) {
    double phase = noise.uniform() * sensor.scanPeriodS();
    double end =
        switch (sensor) {
          case Sensor.Radar r -> flight.durationS();
          case Sensor.InfraredSatellite s -> flight.burnoutS();
        };
    for (long look = 0; phase + look * sensor.scanPeriodS() < end; look++) {
      double t = phase + look * sensor.scanPeriodS();
      FlightState target = flight.at(t);
      if (Visibility.sees(sensor, target) && noise.uniform() < sensor.detectionProbability()) {
        UtcTime time = flight.launchTime().plusSeconds(t);
        plots.add(
            switch (sensor) {
              case Sensor.Radar r -> radarPlot(r, time, target, noise);
              case Sensor.InfraredSatellite s -> infraredPlot(s, time, target, noise);
            });
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
