package parallax.exercise;

import java.util.ArrayList;
import java.util.List;
import parallax.model.Nation;
import parallax.tables.CsvTable;
import parallax.tables.SensorTable;

/** The notional sensors of exercises, which come with the product. */
public final class NotionalSensors {
  private static final String TABLE = "sensors_notional.csv";

  private NotionalSensors() {}

  /** All of them. */
  public static SensorTable table() {
    return Bundled.read(TABLE, SensorTable::parse);
  }

  /** Those of one nation as a table of their own: no other nation's are in it. */
  public static String csv(Nation nation) {
    return Bundled.read(
        TABLE,
        (reader, source) -> {
          List<String> needed = SensorTable.NEEDED;
          StringBuilder out = new StringBuilder(String.join(",", needed)).append('\n');
          for (CsvTable.Row row : SensorTable.table(reader, source).rows()) {
            if (SensorTable.owner(row.get("owner")).equals(nation)) {
              List<String> cells = new ArrayList<>();
              needed.forEach(c -> cells.add('"' + row.get(c).replace("\"", "\"\"") + '"'));
              out.append(String.join(",", cells)).append('\n');
            }
          }
          return out.toString();
        });
  }
}
