package parallax.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import parallax.model.LaunchPointEstimate;

/**
 * An agreement's and a policy's words, read for the oracle alone: nothing here is shared with the
 * module that decides.
 */
final class AgreementWords {
  /** How far a computed probability may be off, so that no answer is given near the threshold. */
  private static final double UNSURE = 0.06;

  final List<String> parties;
  final List<String> channels;
  final long fromNs;
  final long untilNs;
  final List<double[][]> regions = new ArrayList<>();
  final double probability;
  final List<String> classes;
  final double beforeS;
  final double afterS;
  final double longestS;
  final String labelPolicy;
  final String classification;
  final List<String> readers;
  final List<String> caveats;
  private final SortedMap<String, Double> known = new TreeMap<>();

  /** A rule of a policy. */
  record Rule(
      List<String> classes, List<String> to, Optional<String> minimumStatus, boolean releases) {}

  AgreementWords(String yaml) {
    Map<?, ?> all = map(read(yaml));
    parties = texts(all.get("parties"));
    channels = texts(all.get("channels"));
    Map<?, ?> validity = map(all.get("validity"));
    fromNs = time(validity.get("from"));
    untilNs = time(validity.get("until"));
    Map<?, ?> scope = map(all.get("scope"));
    for (Object r : list(scope.get("launchRegions"))) {
      List<?> ring = list(list(map(r).get("polygon")).getFirst());
      double[][] corners = new double[ring.size()][];
      for (int i = 0; i < corners.length; i++) {
        List<?> p = list(ring.get(i));
        corners[i] = new double[] {number(p.get(0)), number(p.get(1))};
      }
      regions.add(corners);
    }
    probability = number(scope.get("probability"));
    classes = texts(scope.get("dataClasses"));
    Map<?, ?> window = map(scope.get("window"));
    beforeS = number(window.get("marginBeforeLaunchS"));
    afterS = number(window.get("marginAfterImpactS"));
    longestS = number(window.get("longestFlightS"));
    Map<?, ?> marking = map(all.get("marking"));
    labelPolicy = String.valueOf(marking.get("policy"));
    classification = String.valueOf(marking.get("classification"));
    readers = texts(marking.get("releasableTo"));
    caveats = texts(marking.get("caveats"));
  }

  /** The rules of a policy, in order. */
  static List<Rule> rules(String yaml) {
    List<Rule> out = new ArrayList<>();
    for (Object r : list(map(read(yaml)).get("rules"))) {
      Map<?, ?> m = map(r);
      out.add(
          new Rule(
              texts(m.get("dataClasses")),
              texts(m.get("to")),
              Optional.ofNullable(m.get("minimumStatus")).map(String::valueOf),
              String.valueOf(m.get("decision")).equals("release")));
    }
    return out;
  }

  private static @Nullable Object read(String yaml) {
    return new Load(LoadSettings.builder().build()).loadFromString(yaml);
  }

  private static Map<?, ?> map(@Nullable Object o) {
    if (o instanceof Map<?, ?> m) {
      return m;
    }
    throw new IllegalArgumentException(o + " is no mapping");
  }

  private static List<?> list(@Nullable Object o) {
    if (o instanceof List<?> l) {
      return l;
    }
    throw new IllegalArgumentException(o + " is no list");
  }

  private static List<String> texts(@Nullable Object o) {
    List<String> out = new ArrayList<>();
    list(o).forEach(t -> out.add(String.valueOf(t)));
    return out;
  }

  private static double number(@Nullable Object o) {
    if (o instanceof Number n) {
      return n.doubleValue();
    }
    throw new IllegalArgumentException(o + " is no number");
  }

  private static long time(@Nullable Object o) {
    Instant t = Instant.parse(String.valueOf(o));
    return t.getEpochSecond() * 1_000_000_000L + t.getNano();
  }

  /** Whether a launch was inside: more likely than agreed, less, or too near to say. */
  Answer inside(LaunchPointEstimate launch) {
    double best = 0;
    for (double[][] region : regions) {
      best = Math.max(best, probability(region, launch));
    }
    if (Math.abs(best - probability) < UNSURE) {
      return Answer.UNSURE;
    }
    return best > probability ? Answer.YES : Answer.NO;
  }

  private double probability(double[][] region, LaunchPointEstimate launch) {
    String key =
        regions.indexOf(region)
            + " "
            + launch.point().latitudeRad()
            + " "
            + launch.point().longitudeRad()
            + " "
            + launch.eastNorthM2().get(0, 0);
    Double before = known.get(key);
    if (before == null) {
      before = sum(region, launch);
      known.put(key, before);
    }
    return before;
  }

  /** The Gaussian of the estimate summed over a grid, on a round earth. */
  private static double sum(double[][] region, LaunchPointEstimate launch) {
    double lat = Math.toDegrees(launch.point().latitudeRad());
    double lon = Math.toDegrees(launch.point().longitudeRad());
    double metresPerDegree = 6_371_000 * Math.PI / 180;
    double ee = launch.eastNorthM2().get(0, 0);
    double en = launch.eastNorthM2().get(0, 1);
    double nn = launch.eastNorthM2().get(1, 1);
    double a = Math.sqrt(ee);
    double b = en / a;
    double c = Math.sqrt(nn - b * b);
    double in = 0;
    double all = 0;
    for (double x = -3.5; x <= 3.5; x += 0.25) {
      for (double y = -3.5; y <= 3.5; y += 0.25) {
        double w = StrictMath.exp(-(x * x + y * y) / 2);
        all += w;
        double east = a * x;
        double north = b * x + c * y;
        double atLat = lat + north / metresPerDegree;
        double atLon = lon + east / (metresPerDegree * StrictMath.cos(Math.toRadians(lat)));
        in += isIn(region, atLon, atLat) ? w : 0;
      }
    }
    return in / all;
  }

  /** Whether a ray from the place crosses the ring an odd number of times. */
  private static boolean isIn(double[][] ring, double x, double y) {
    boolean odd = false;
    for (int i = 0; i + 1 < ring.length; i++) {
      double[] p = ring[i];
      double[] q = ring[i + 1];
      if (p[1] > y != q[1] > y && x < p[0] + (y - p[1]) / (q[1] - p[1]) * (q[0] - p[0])) {
        odd = !odd;
      }
    }
    return odd;
  }

  /** An answer of the oracle. */
  enum Answer {
    YES,
    NO,
    UNSURE
  }
}
