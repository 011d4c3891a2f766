package parallax.cli;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import parallax.exercise.NotionalSensors;
import parallax.files.FileProblem;
import parallax.host.NodeDirectory;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.model.Plot;
import parallax.model.Sensor;
import parallax.model.UtcTime;
import parallax.model.Vector3;
import parallax.model.Wgs84;
import parallax.tables.SensorTable;

/**
 * Writes a file of plots to play: a made-up missile that passes the first radar of a node, a minute
 * of it, measured without error by that radar and by the first infrared satellite.
 */
final class FeedExample {
  private static final double LASTS_S = 60;
  private static final double GRAVITY_MPS2 = 9.8;

  /** 2026-01-01T00:00:00Z, to be played with {@code --live}. */
  private static final UtcTime BEGIN = new UtcTime(1_767_225_600_000_000_000L);

  private FeedExample() {}

  static void write(Path file, FeedTarget target) {
    GivenFile.requireWritable("--example", file);
    NodeDirectory node = target.isNamed() ? target.directory() : null;
    if (target.isNamed() && node == null) {
      throw new WrongUse(
          "--example takes its sensors from a node's directory; expected --to DIR, or no --to for"
              + " notional sensors of JPN");
    }
    List<Plot> plots = plots(sensors(node));
    PlotText.write(plots, file);
    System.out.println(
        plots.size()
            + " plots of "
            + plots.getFirst().sensor()
            + " written to "
            + file
            + "; play them with: parallax feed "
            + file
            + " --live --to DIR");
  }

  /** The sensors of a node, or notional ones. */
  static List<Sensor> sensors(@Nullable NodeDirectory node) {
    return node == null ? NotionalSensors.table().of(Nation.JPN) : table(node.sensors()).sensors();
  }

  /** A table of sensors that a file holds. */
  static SensorTable table(Path file) {
    try {
      String text = GivenFile.text(file, "a table of sensors, CSV");
      return SensorTable.parse(new StringReader(text), file.toString());
    } catch (IOException e) {
      throw new WrongUse(FileProblem.of(e));
    } catch (InvalidValueException e) {
      throw new WrongUse(String.valueOf(e.getMessage()));
    }
  }

  private static List<Plot> plots(List<Sensor> sensors) {
    Sensor.Radar radar =
        sensors.stream()
            .filter(Sensor.Radar.class::isInstance)
            .map(Sensor.Radar.class::cast)
            .findFirst()
            .orElseThrow(() -> new WrongUse("the node has no radar to make an example of"));
    List<Plot> out = new ArrayList<>();
    for (double t = 0; t < LASTS_S; t += radar.scanPeriodS()) {
      Vector3 line = place(t);
      double flat = Math.hypot(line.x(), line.y());
      double azimuth = StrictMath.atan2(line.x(), line.y());
      out.add(
          new Plot.RadarPlot(
              radar.id(),
              BEGIN.plusSeconds(t),
              line.norm(),
              azimuth < 0 ? azimuth + 2 * Math.PI : azimuth,
              StrictMath.atan2(line.z(), flat),
              OptionalDouble.of(velocity(t).dot(line) / line.norm())));
    }
    sensors.stream()
        .filter(Sensor.InfraredSatellite.class::isInstance)
        .findFirst()
        .ifPresent(
            s -> {
              for (double t = 0; t < LASTS_S; t += s.scanPeriodS()) {
                Vector3 target =
                    Wgs84.toEcef(radar.position()).plus(Wgs84.fromEnu(place(t), radar.position()));
                Vector3 seen = target.minus(Wgs84.toEcef(s.position())).unit();
                out.add(new Plot.InfraredPlot(s.id(), BEGIN.plusSeconds(t), seen));
              }
            });
    out.sort(Comparator.comparing(Plot::timeOfValidity).thenComparing(Plot::sensor));
    return out;
  }

  /** Where the missile is after {@code t} seconds, metres east, north and up of the radar. */
  private static Vector3 place(double t) {
    return new Vector3(
        -40_000 + 500 * t, 300_000 - 1_500 * t, 90_000 + 1_200 * t - GRAVITY_MPS2 / 2 * t * t);
  }

  private static Vector3 velocity(double t) {
    return new Vector3(500, -1_500, 1_200 - GRAVITY_MPS2 * t);
  }
}
