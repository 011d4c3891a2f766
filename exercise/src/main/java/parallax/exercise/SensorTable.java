package parallax.exercise;

import java.io.IOException;
import java.io.Reader;
import java.util.List;
import parallax.model.Sensor;

/**
 * Notional sensors, as read from a comma-separated table (RFC 4180, columns by header name).
 *
 * @param sensors the good rows, in the order of the table
 * @param errors the bad rows, by line
 */
public record SensorTable(List<Sensor> sensors, List<RowError> errors) {
  /** Copies the lists. */
  public SensorTable {
    sensors = List.copyOf(sensors);
    errors = List.copyOf(errors);
  }

  /**
   * Reads a table.
   *
   * @param source name of the table, for messages
   * @throws parallax.model.InvalidValueException when the table lacks a header or a needed column
   * @throws IOException as the reader throws it
   */
  public static SensorTable parse(Reader reader, String source) throws IOException {
    CsvTable.read(reader, source, List.of("sensor"));
    return new SensorTable(List.of(), List.of());
  }

  /** The notional sensors that come with the product. */
  public static SensorTable bundled() {
    return Bundled.read("sensors_notional.csv", SensorTable::parse);
  }
}
