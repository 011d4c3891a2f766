package parallax.cli;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a column of a file of plots says, and in which unit: the header of a CSV file, or the key in
 * a line of JSON.
 */
enum PlotColumn {
  TIME_UTC(Figure.TIME, 0, ""),
  TIME_S(Figure.TIME, 1e9, "s since 1970"),
  TIME_MS(Figure.TIME, 1e6, "ms since 1970"),
  TIME_NS(Figure.TIME, 1, "ns since 1970"),
  SENSOR(Figure.SENSOR, 0, ""),
  OWNER(Figure.OWNER, 0, ""),
  RANGE_M(Figure.RANGE, 1, "m"),
  RANGE_KM(Figure.RANGE, 1e3, "km"),
  AZIMUTH_DEG(Figure.AZIMUTH, Math.PI / 180, "degrees"),
  AZIMUTH_RAD(Figure.AZIMUTH, 1, "rad"),
  ELEVATION_DEG(Figure.ELEVATION, Math.PI / 180, "degrees"),
  ELEVATION_RAD(Figure.ELEVATION, 1, "rad"),
  RANGE_RATE_MPS(Figure.RANGE_RATE, 1, "m/s"),
  RANGE_RATE_KMPS(Figure.RANGE_RATE, 1e3, "km/s"),
  LINE_OF_SIGHT_X(Figure.DIRECTION_X, 1, ""),
  LINE_OF_SIGHT_Y(Figure.DIRECTION_Y, 1, ""),
  LINE_OF_SIGHT_Z(Figure.DIRECTION_Z, 1, "");

  /** What is measured, whatever its unit, with its limits in the unit that a plot holds it in. */
  enum Figure {
    TIME("the time", 0, 7_258_118_400e9),
    SENSOR("the sensor's name", 0, 0),
    OWNER("the sensor's nation", 0, 0),
    RANGE("the range", 1, 1e8),
    AZIMUTH("the azimuth", 0, 2 * Math.PI),
    ELEVATION("the elevation", -Math.PI / 2, Math.PI / 2),
    RANGE_RATE("the range rate", -2e4, 2e4),
    DIRECTION_X("the direction's x", -1.001, 1.001),
    DIRECTION_Y("the direction's y", -1.001, 1.001),
    DIRECTION_Z("the direction's z", -1.001, 1.001);

    /** What is needed of a radar's plot, and of an infrared sensor's. */
    static final List<Figure> RADAR = List.of(RANGE, AZIMUTH, ELEVATION);

    static final List<Figure> INFRARED = List.of(DIRECTION_X, DIRECTION_Y, DIRECTION_Z);

    final String words;
    final double low;
    final double high;

    Figure(String words, double low, double high) {
      this.words = words;
      this.low = low;
      this.high = high;
    }

    /** The columns that may say it. */
    String columns() {
      return String.join(
          " or ",
          Stream.of(PlotColumn.values()).filter(c -> c.figure == this).map(c -> c.key).toList());
    }
  }

  final Figure figure;

  /** How the column is called. */
  final String key = name().toLowerCase(Locale.ROOT);

  private final double factor;
  private final String unit;

  PlotColumn(Figure figure, double factor, String unit) {
    this.figure = figure;
    this.factor = factor;
    this.unit = unit;
  }

  /** Every key. */
  static List<String> keys() {
    return Stream.of(values()).map(c -> c.key).toList();
  }

  /** The column of a key as it is written in a header. */
  static Optional<PlotColumn> named(String header) {
    String key = header.strip().toLowerCase(Locale.ROOT);
    return Stream.of(values()).filter(c -> c.key.equals(key)).findFirst();
  }

  /**
   * A figure in the unit that a plot holds it in: metres, radians, m/s.
   *
   * @throws BadPlot when the text is no number, or out of its limits
   */
  double figure(String text) throws BadPlot {
    double value = number(text).doubleValue() * factor;
    if (!(value >= figure.low && value <= figure.high)) {
      throw expected(text);
    }
    return value;
  }

  /** The text as a plain decimal number. */
  BigDecimal number(String text) throws BadPlot {
    if (text.length() > 40 || !text.matches("[+-]?[0-9]+(\\.[0-9]*)?([eE][+-]?[0-9]{1,3})?")) {
      throw expected(text);
    }
    return new BigDecimal(text);
  }

  /** What is said of a text that is not what the column holds. */
  BadPlot expected(String text) {
    return new BadPlot(
        this,
        (text.isEmpty() ? "is empty" : "is '" + BadPlot.shown(text) + "'")
            + "; expected "
            + what());
  }

  private String what() {
    return switch (figure) {
      case TIME ->
          this == TIME_UTC
              ? "a time in UTC like 2026-11-24T23:00:00.25Z"
              : "a number, the " + unit + " (UTC)";
      case SENSOR -> "the sensor's name as in the node's sensors.csv, 1 to 80 characters";
      case OWNER -> "the sensor's nation, three letters such as JPN";
      default ->
          "a number from "
              + plain(figure.low / factor)
              + " to "
              + plain(figure.high / factor)
              + (unit.isEmpty() ? "" : " " + unit);
    };
  }

  private static String plain(double v) {
    return BigDecimal.valueOf(v)
        .round(new java.math.MathContext(12))
        .stripTrailingZeros()
        .toPlainString();
  }
}
