package parallax.exercise;

import java.io.IOException;
import java.io.Reader;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.model.Wgs84;
import parallax.tables.CsvTable;

/**
 * Apogees to take where a launch table leaves them blank, each with its reason; for demonstrations,
 * never for comparison with published figures.
 */
public final class Assumptions {
  private static final SortedMap<String, Assumption> LISTED =
      Bundled.read("assumed_apogees.csv", Assumptions::parse);

  private Assumptions() {}

  /**
   * The listed apogee, else one by rule: 50 km for flights that stay in the atmosphere, as high as
   * far for lofted ones, and the minimum-energy apogee for the rest. Empty when the launch has an
   * apogee of its own or no range to go by.
   */
  public static Optional<Assumption> forLaunch(PublishedLaunch launch) {
    if (launch.apogeeM().isPresent()) {
      return Optional.empty();
    }
    Assumption listed = LISTED.get(launch.id());
    if (listed != null) {
      return Optional.of(listed);
    }
    if (launch.rangeM().isEmpty() || launch.rangeM().getAsDouble() < 1_000) {
      return Optional.empty();
    }
    double range = launch.rangeM().getAsDouble();
    if (FlightStyle.saysManoeuvring(launch)) {
      return Optional.of(
          new Assumption(50_000, "rule: 50 km for depressed, gliding and manoeuvring flights"));
    }
    if (launch.profile().toLowerCase(Locale.ROOT).contains("lofted")) {
      return Optional.of(
          new Assumption(1.1 * range, "rule: 1.1 times the range for lofted flights"));
    }
    return Optional.of(
        new Assumption(
            minimumEnergyApogeeM(range),
            "rule: minimum-energy apogee for plain ballistic flights"));
  }

  /**
   * Apogee of the minimum-energy path over a sphere of the earth's mean radius R, central angle f:
   * the path's empty focus is the midpoint of the chord, so a = R (1 + sin(f/2)) / 2, e a = R
   * cos(f/2) / 2, apogee radius a (1 + e). Textbook result (Bate, Mueller and White, 1971, ch. 6).
   */
  static double minimumEnergyApogeeM(double rangeM) {
    double radius = (2 * Wgs84.A + Wgs84.B) / 3;
    double half = rangeM / radius / 2;
    return radius * ((1 + StrictMath.sin(half) + StrictMath.cos(half)) / 2 - 1);
  }

  private static SortedMap<String, Assumption> parse(Reader reader, String source)
      throws IOException {
    CsvTable table = CsvTable.read(reader, source, java.util.List.of("id", "apogee_km", "reason"));
    SortedMap<String, Assumption> listed = new TreeMap<>();
    for (CsvTable.Row row : table.rows()) {
      double km = row.needed("apogee_km", 1, 100_000);
      listed.put(row.get("id"), new Assumption(km * 1000, row.get("reason")));
    }
    return listed;
  }
}
