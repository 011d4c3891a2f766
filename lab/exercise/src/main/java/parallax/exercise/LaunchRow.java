package parallax.exercise;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import parallax.model.Geodetic;
import parallax.model.InvalidValueException;
import parallax.model.UtcTime;
import parallax.tables.CsvTable;

/** Reads one row of a launch table; strict in the figures that matter, lenient beside them. */
final class LaunchRow {
  private static final ZoneOffset KST = ZoneOffset.ofHours(9);
  private static final double HALF_TURN_KM = 20_040;

  private LaunchRow() {}

  static PublishedLaunch read(CsvTable.Row row) {
    String id = row.get("id");
    if (id.isEmpty()) {
      throw new InvalidValueException("id", "blank", "the row's identity");
    }
    double lat = row.needed("site_lat", -90, 90);
    double lon = row.needed("site_lon", -180, 180);
    return new PublishedLaunch(
        id,
        launchTime(row),
        row.get("site"),
        Geodetic.ofDegrees(lat, lon, 0),
        scaled(row.number("bearing_deg_cns_derived", 0, 360), Math.PI / 180),
        row.get("type_as_reported"),
        row.get("profile"),
        scaled(row.number("range_km", 0, HALF_TURN_KM), 1000),
        scaled(row.number("apogee_km", 0, 100_000), 1000),
        row.number("flight_time_s", 0, 100_000),
        publishedTimes(row),
        row.get("notes"));
  }

  private static OptionalDouble scaled(OptionalDouble v, double factor) {
    return v.isPresent() ? OptionalDouble.of(v.getAsDouble() * factor) : v;
  }

  private static Optional<UtcTime> launchTime(CsvTable.Row row) {
    String date = row.get("date_kst");
    String time = row.get("launch_time_kst");
    try {
      if (date.isEmpty()) {
        return Optional.empty();
      }
      LocalDate day = LocalDate.parse(date);
      if (time.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(UtcTime.of(day.atTime(LocalTime.parse(time)).atOffset(KST).toInstant()));
    } catch (DateTimeException | ArithmeticException e) {
      throw new InvalidValueException(
          "launch date and time",
          "'" + CsvTable.shortened(date) + "', '" + CsvTable.shortened(time) + "'",
          "YYYY-MM-DD and HH:MM");
    }
  }

  private static List<PublishedTime> publishedTimes(CsvTable.Row row) {
    List<PublishedTime> times = new ArrayList<>();
    row.number("flight_time_s", 0, 100_000).ifPresent(s -> add(times, "table", s));
    LaunchText.firstNumber(row.get("kcna_time_s")).ifPresent(s -> add(times, "KCNA", s));
    LaunchText.firstNumber(row.get("jcs_time_min")).ifPresent(m -> add(times, "JCS", 60 * m));
    LaunchText.firstNumber(row.get("japan_time_min")).ifPresent(m -> add(times, "Japan", 60 * m));
    for (double s : LaunchText.minutesAsSeconds(row.get("us_published"))) {
      add(times, "US", s);
    }
    return times;
  }

  private static void add(List<PublishedTime> times, String publisher, double seconds) {
    if (seconds > 0 && seconds < 100_000) {
      times.add(new PublishedTime(publisher, seconds));
    }
  }
}
