package parallax.tables;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import parallax.model.Geodetic;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.model.Sensor;
import parallax.model.SensorId;

/**
 * A nation's sensors, as read from a comma-separated table (RFC 4180, columns by header name).
 *
 * <p>The table gives name, owner, kind, place, range and lowest elevation; noise, scan period and
 * detection probability follow from the kind. A sensor's short name is the table's up to the first
 * parenthesis; where two sensors of a nation would share it, the later one keeps its whole name.
 *
 * @param sensors the good rows, in the order of the table
 * @param errors the bad rows, by line
 */
public record SensorTable(List<Sensor> sensors, List<RowError> errors) {
  /** The columns without which a table is refused. */
  public static final List<String> NEEDED =
      List.of("sensor", "owner", "kind", "lat_deg", "lon_deg", "range_km", "min_elev_deg");

  /** What these columns are called in tables of exercises, whose figures are invented. */
  private static final Map<String, String> OTHER_NAMES =
      Map.of(
          "lat_town_level", "lat_deg",
          "lon_town_level", "lon_deg",
          "notional_exercise_range_km", "range_km");

  /** Copies the lists. */
  public SensorTable {
    sensors = List.copyOf(sensors);
    errors = List.copyOf(errors);
  }

  /**
   * Reads a table.
   *
   * @param source name of the table, for messages
   * @throws InvalidValueException when the table has no header or lacks a needed column
   * @throws IOException as the reader throws it
   */
  public static SensorTable parse(Reader reader, String source) throws IOException {
    CsvTable table = table(reader, source);
    List<Sensor> sensors = new ArrayList<>();
    List<RowError> errors = new ArrayList<>(table.errors());
    SortedSet<SensorId> ids = new TreeSet<>();
    for (CsvTable.Row row : table.rows()) {
      try {
        sensors.add(sensor(row, ids));
      } catch (InvalidValueException e) {
        String name = row.get("sensor").isEmpty() ? "" : row.get("sensor") + ": ";
        errors.add(new RowError(row.line(), name + e.getMessage()));
      }
    }
    errors.sort(Comparator.comparingInt(RowError::line));
    return new SensorTable(sensors, errors);
  }

  /**
   * Reads the rows of a table and nothing into them; its columns have the names of {@link #NEEDED},
   * whichever of their names it uses.
   *
   * @throws InvalidValueException when the table has no header or lacks a needed column
   * @throws IOException as the reader throws it
   */
  public static CsvTable table(Reader reader, String source) throws IOException {
    return CsvTable.read(reader, source, NEEDED, OTHER_NAMES);
  }

  /** Those of one nation, in the order of the table. */
  public List<Sensor> of(Nation nation) {
    return sensors.stream().filter(s -> s.id().owner().equals(nation)).toList();
  }

  private static Sensor sensor(CsvTable.Row row, SortedSet<SensorId> ids) {
    SensorKind kind =
        SensorKind.named(row.get("kind"))
            .orElseThrow(
                () ->
                    new InvalidValueException(
                        "kind", "'" + row.get("kind") + "'", "a radar or an infrared satellite"));
    Nation owner = owner(row.get("owner"));
    Geodetic place =
        Geodetic.ofDegrees(row.needed("lat_deg", -90, 90), row.needed("lon_deg", -180, 180), 0);
    Sensor sensor;
    SensorId id = newId(owner, row.get("sensor"), ids);
    if (kind == SensorKind.INFRARED) {
      sensor = kind.satellite(id, place);
    } else {
      double range = row.needed("range_km", 1, 20_000);
      double elevation = row.needed("min_elev_deg", -10, 89);
      sensor = kind.radar(id, place, range * 1000, Math.toRadians(elevation));
    }
    ids.add(id);
    return sensor;
  }

  private static SensorId newId(Nation owner, String name, SortedSet<SensorId> ids) {
    int cut = name.indexOf('(');
    String brief = cut > 0 ? name.substring(0, cut).trim() : name;
    SensorId id = new SensorId(owner, brief);
    if (ids.contains(id)) {
      id = new SensorId(owner, name);
    }
    if (ids.contains(id)) {
      throw new InvalidValueException("sensor", "'" + name + "' again", "each sensor once");
    }
    return id;
  }

  /**
   * The nation that a cell of column {@code owner} names.
   *
   * @throws InvalidValueException when it names none
   */
  public static Nation owner(String words) {
    return switch (words.toUpperCase(Locale.ROOT)) {
      case "US", "USA", "US IN ROK", "US IN JP" -> Nation.USA;
      case "JP", "JPN" -> Nation.JPN;
      case "ROK", "KR", "KOR" -> Nation.KOR;
      default ->
          throw new InvalidValueException("owner", "'" + words + "'", "US, US in ROK, JP or ROK");
    };
  }
}
