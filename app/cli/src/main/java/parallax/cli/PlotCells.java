package parallax.cli;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import parallax.cli.PlotColumn.Figure;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.model.Plot;
import parallax.model.SensorId;
import parallax.model.UtcTime;
import parallax.model.Vector3;

/** What one line of a file says of a plot, by column; cells that are empty are as if absent. */
final class PlotCells {
  /** How far the length of a direction may be from 1, as figures of few digits have it. */
  private static final double UNIT_WITHIN = 1e-3;

  private final Map<Figure, PlotColumn> columns = new EnumMap<>(Figure.class);
  private final Map<Figure, String> texts = new EnumMap<>(Figure.class);

  /**
   * Adds a cell.
   *
   * @throws BadPlot when the same figure was said in another unit
   */
  void put(PlotColumn column, String text) throws BadPlot {
    if (text.isEmpty()) {
      return;
    }
    PlotColumn other = columns.put(column.figure, column);
    if (other != null) {
      throw new BadPlot(
          column,
          "says " + column.figure.words + " again; expected it once, here or in " + other.key);
    }
    texts.put(column.figure, text);
  }

  /** The plot; {@code nation} is the sensor's where the line names none. */
  Plot plot(Nation nation) throws BadPlot {
    SensorId sensor = sensor(nation);
    UtcTime time = time();
    boolean radar = hasAny(Figure.RADAR) || texts.containsKey(Figure.RANGE_RATE);
    boolean infrared = hasAny(Figure.INFRARED);
    if (radar == infrared) {
      throw new BadPlot(
          null,
          (radar ? "has both range and a line of sight" : "has no measurement")
              + "; expected range, azimuth and elevation of a radar, or the line of sight of an"
              + " infrared sensor");
    }
    return radar ? radar(sensor, time) : infrared(sensor, time);
  }

  private boolean hasAny(List<Figure> figures) {
    return figures.stream().anyMatch(texts::containsKey);
  }

  private SensorId sensor(Nation nation) throws BadPlot {
    Nation owner = nation;
    if (texts.containsKey(Figure.OWNER)) {
      String text = text(Figure.OWNER);
      try {
        owner = new Nation(text);
      } catch (InvalidValueException e) {
        throw PlotColumn.OWNER.expected(text);
      }
    }
    String name = text(Figure.SENSOR);
    try {
      return new SensorId(owner, name);
    } catch (InvalidValueException e) {
      throw PlotColumn.SENSOR.expected(name);
    }
  }

  private UtcTime time() throws BadPlot {
    String text = text(Figure.TIME);
    PlotColumn c = column(Figure.TIME);
    long nanos;
    try {
      nanos =
          switch (c) {
            case TIME_UTC -> instant(c, text);
            case TIME_S -> nanos(c.number(text), 9);
            case TIME_MS -> nanos(c.number(text), 6);
            default -> nanos(c.number(text), 0);
          };
    } catch (ArithmeticException e) {
      throw c.expected(text);
    }
    if ((double) nanos < Figure.TIME.low || (double) nanos > Figure.TIME.high) {
      throw c.expected(text);
    }
    return new UtcTime(nanos);
  }

  private static long instant(PlotColumn c, String text) throws BadPlot {
    if (!text.endsWith("Z")) {
      throw c.expected(text);
    }
    try {
      return UtcTime.of(Instant.parse(text)).nanos();
    } catch (DateTimeException e) {
      throw c.expected(text);
    }
  }

  private static long nanos(BigDecimal value, int shift) {
    return value
        .scaleByPowerOfTen(shift)
        .setScale(0, java.math.RoundingMode.HALF_UP)
        .longValueExact();
  }

  private Plot radar(SensorId sensor, UtcTime time) throws BadPlot {
    OptionalDouble rate =
        texts.containsKey(Figure.RANGE_RATE)
            ? OptionalDouble.of(figure(Figure.RANGE_RATE))
            : OptionalDouble.empty();
    return new Plot.RadarPlot(
        sensor,
        time,
        figure(Figure.RANGE),
        Math.min(figure(Figure.AZIMUTH), 2 * Math.PI),
        figure(Figure.ELEVATION),
        rate);
  }

  private Plot infrared(SensorId sensor, UtcTime time) throws BadPlot {
    Vector3 v =
        new Vector3(
            figure(Figure.DIRECTION_X), figure(Figure.DIRECTION_Y), figure(Figure.DIRECTION_Z));
    if (Math.abs(v.norm() - 1) > UNIT_WITHIN) {
      throw new BadPlot(
          null,
          "has a line of sight of length "
              + Math.round(v.norm() * 1e4) / 1e4
              + "; expected the unit vector from the satellite to the target, axes as ECEF");
    }
    return new Plot.InfraredPlot(sensor, time, v.unit());
  }

  private double figure(Figure f) throws BadPlot {
    return column(f).figure(text(f));
  }

  private PlotColumn column(Figure f) throws BadPlot {
    PlotColumn c = columns.get(f);
    if (c == null) {
      throw missing(f);
    }
    return c;
  }

  private String text(Figure f) throws BadPlot {
    String text = texts.get(f);
    if (text == null) {
      throw missing(f);
    }
    return text;
  }

  private static BadPlot missing(Figure f) {
    return new BadPlot(null, "lacks " + f.words + "; expected it as " + f.columns());
  }
}
