package parallax.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import parallax.model.Covariance;
import parallax.model.FlightPhase;
import parallax.model.Geodetic;
import parallax.model.HorizontalEllipse;
import parallax.model.Nation;
import parallax.model.ThreatClass;
import parallax.model.TrackStatus;
import parallax.warning.AdministrativeArea;
import parallax.warning.AreaAtRisk;
import parallax.warning.AreaCatalogue;
import parallax.words.Words;

/** How the report writes times, distances, places and names. */
public final class ReportWords {
  /** What stands where something never happened. */
  public static final String NEVER = "\u2013";

  /** What is said while a motor burns: no place can be named yet. */
  public static final String BURNS = "the motor burns; where it comes down is not known yet";

  /** What is said of a path that does not meet the earth. */
  public static final String NO_IMPACT = "no impact on the ground is expected";

  private ReportWords() {}

  /** Seconds with a tenth, never broken across lines: {@code 38.2 s}. */
  public static String seconds(double s) {
    return String.format(Locale.ROOT, "%,.1f\u00a0s", s);
  }

  /** A moment since launch: {@code T+38.2 s}. */
  public static String at(double tS) {
    return tS < 0 ? "T\u2212" + seconds(-tS) : "T+" + seconds(tS);
  }

  /** A time span a person can grasp: {@code 38.2 s}, {@code 3 min 8 s}, {@code 1 h 26 min}. */
  public static String span(double s) {
    if (s < 120) {
      return seconds(s);
    }
    long whole = Math.round(s);
    return whole < 3600
        ? whole / 60 + "\u00a0min\u00a0" + whole % 60 + "\u00a0s"
        : whole / 3600 + "\u00a0h\u00a0" + whole % 3600 / 60 + "\u00a0min";
  }

  /** A distance in metres or kilometres with a fitting number of digits. */
  public static String metres(double m) {
    if (m < 1_000) {
      return String.format(Locale.ROOT, "%.0f m", m);
    }
    return String.format(Locale.ROOT, m < 10_000 ? "%.1f km" : "%,.0f km", m / 1000);
  }

  /** A wall time of microseconds. */
  public static String micros(OptionalDouble us) {
    if (us.isEmpty()) {
      return NEVER;
    }
    double v = us.getAsDouble();
    return v < 1_000
        ? String.format(Locale.ROOT, "%.0f \u00b5s", v)
        : String.format(Locale.ROOT, "%,.1f ms", v / 1000);
  }

  /** Latitude and longitude with hemispheres, two decimals. */
  public static String place(Geodetic g) {
    return Words.place(g);
  }

  /** A nation's English name; its code where it is not one of the three. */
  public static String name(Nation n) {
    return switch (n.code()) {
      case "JPN" -> "Japan";
      case "KOR" -> "Korea";
      case "USA" -> "United States";
      default -> n.code();
    };
  }

  /** English names of areas by code, as a list of words; a code that is unknown stands itself. */
  public static String areaNames(AreaCatalogue areas, Collection<String> codes) {
    List<String> names = new ArrayList<>();
    for (String c : codes) {
      names.add(areas.area(c).map(AdministrativeArea::nameEn).orElse(c));
    }
    return list(names);
  }

  /** {@code a, b and c}. */
  public static String list(List<String> items) {
    int n = items.size();
    return n < 2
        ? String.join("", items)
        : String.join(", ", items.subList(0, n - 1)) + " and " + items.get(n - 1);
  }

  /** A track's status in a word. */
  public static String word(TrackStatus s) {
    return switch (s) {
      case TENTATIVE -> "tentative";
      case CONFIRMED -> "held";
      case COASTED -> "coasted";
      case LOST -> "lost";
      case ENDED -> "ended";
    };
  }

  /** A flight phase in a word. */
  public static String word(FlightPhase p) {
    return switch (p) {
      case UNKNOWN -> "phase unknown";
      case BOOST -> "boost";
      case COAST -> "coast";
      case REENTRY -> "re-entry";
      case MANOEUVRE -> "manoeuvre";
    };
  }

  /** A class by energy, with what it means. */
  public static String word(ThreatClass c) {
    return switch (c) {
      case UNKNOWN -> "class unknown";
      case SRBM -> "short-range (SRBM)";
      case MRBM -> "medium-range (MRBM)";
      case IRBM -> "intermediate-range (IRBM)";
      case ICBM -> "intercontinental (ICBM)";
      case SPACE_LAUNCH -> "space launch";
    };
  }

  /** A place that is estimated: {@code 39.03° N, 125.75° E (1 sigma 5 km)}. */
  public static String estimated(Geodetic place, Covariance eastNorthM2) {
    return place(place)
        + " (1 sigma "
        + metres(HorizontalEllipse.of(eastNorthM2).semiMajorM())
        + ")";
  }

  /** Areas at risk with how likely, rounded down to tens: {@code JP-01 Hokkaido 90 %}. */
  public static String areasAtRisk(Collection<AreaAtRisk> areas) {
    return areas.stream()
        .map(
            a ->
                String.format(
                    Locale.ROOT,
                    "%s %s %.0f %%",
                    a.area().code(),
                    a.area().nameEn(),
                    10 * Math.floor(10 * a.probability())))
        .collect(Collectors.joining(", "));
  }
}
