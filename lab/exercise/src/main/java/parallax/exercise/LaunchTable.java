package parallax.exercise;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import parallax.model.InvalidValueException;
import parallax.tables.CsvTable;
import parallax.tables.RowError;

/**
 * Published launches, as read from a comma-separated table (RFC 4180, columns by header name).
 *
 * <p>A row that cannot be used costs that row only and is listed with its line. The columns needed
 * are {@link #NEEDED}; all others are optional, and unknown ones are passed over.
 *
 * @param launches the good rows, in the order of the table
 * @param errors the bad rows, by line
 */
public record LaunchTable(List<PublishedLaunch> launches, List<RowError> errors) {
  /** The columns without which a table is refused. */
  public static final List<String> NEEDED =
      List.of("id", "site_lat", "site_lon", "bearing_deg_cns_derived", "range_km", "apogee_km");

  /** Copies the lists. */
  public LaunchTable {
    launches = List.copyOf(launches);
    errors = List.copyOf(errors);
  }

  /**
   * Reads a table.
   *
   * @param source name of the table, for messages
   * @throws InvalidValueException when the table has no header or lacks a needed column
   * @throws IOException as the reader throws it
   */
  public static LaunchTable parse(Reader reader, String source) throws IOException {
    CsvTable table = CsvTable.read(reader, source, NEEDED);
    List<PublishedLaunch> launches = new ArrayList<>();
    List<RowError> errors = new ArrayList<>(table.errors());
    SortedSet<String> ids = new TreeSet<>();
    for (CsvTable.Row row : table.rows()) {
      try {
        PublishedLaunch launch = LaunchRow.read(row);
        if (ids.add(launch.id())) {
          launches.add(launch);
        } else {
          errors.add(new RowError(row.line(), "id " + launch.id() + " stands in an earlier row"));
        }
      } catch (InvalidValueException e) {
        String id = row.get("id").isEmpty() ? "" : row.get("id") + ": ";
        errors.add(new RowError(row.line(), id + e.getMessage()));
      }
    }
    errors.sort(java.util.Comparator.comparingInt(RowError::line));
    return new LaunchTable(launches, errors);
  }

  /** The public launches that come with the product. */
  public static LaunchTable bundled() {
    return Bundled.read("launches.csv", LaunchTable::parse);
  }
}
