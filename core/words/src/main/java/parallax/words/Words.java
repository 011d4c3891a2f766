package parallax.words;

import java.util.Locale;
import parallax.model.Geodetic;

/** How places and times are written, wherever people read them. */
public final class Words {
  private Words() {}

  /** Latitude and longitude with hemispheres, two decimals: {@code 39.03° N, 125.75° E}. */
  public static String place(Geodetic g) {
    double lat = g.latitudeDeg();
    double lon = g.longitudeDeg();
    return String.format(
        Locale.ROOT,
        "%.2f° %s, %.2f° %s",
        Math.abs(lat),
        lat < 0 ? "S" : "N",
        Math.abs(lon),
        lon < 0 ? "W" : "E");
  }

  /** A span of time in whole seconds: {@code 38 s}, {@code 3 min 8 s}, {@code 1 h 26 min}. */
  public static String span(double seconds) {
    long whole = Math.round(Math.abs(seconds));
    if (whole < 60) {
      return whole + " s";
    }
    return whole < 3600
        ? whole / 60 + " min " + whole % 60 + " s"
        : whole / 3600 + " h " + whole % 3600 / 60 + " min";
  }

  /** How far a moment is away: {@code in 38 s}, {@code 3 min 8 s ago}. */
  public static String away(double seconds) {
    return seconds >= 0 ? "in " + span(seconds) : span(seconds) + " ago";
  }
}
