package parallax.warning;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import parallax.model.ImpactPointPrediction.Branch;
import parallax.model.ImpactPointPrediction.ThreatFan;
import parallax.model.Nation;
import parallax.model.UtcTime;

/** Says which areas of a nation lie under a threat fan. */
public final class WatchList {
  /** Least probability of an area that is listed. */
  public static final double LEAST_PROBABILITY = 0.01;

  private static final int RINGS = 8;
  private static final int SECTORS = 12;

  private WatchList() {}

  /**
   * The areas under the fan, by code: the branches' probabilities, each times the share of its
   * Gaussian ({@value #RINGS} times {@value #SECTORS} points of equal probability) in the area
   * widened by {@link RiskSettings#marginM}, add up to at least {@link #LEAST_PROBABILITY}.
   */
  public static List<WatchedArea> of(
      AreaCatalogue catalogue, Nation nation, ThreatFan fan, RiskSettings settings) {
    List<Shadow> shadows = fan.branches().stream().map(b -> new Shadow(b, settings)).toList();
    List<WatchedArea> out = new ArrayList<>();
    for (AdministrativeArea area : catalogue.areas(nation)) {
      WatchedArea w = watched(area, shadows, settings);
      if (w != null) {
        out.add(w);
      }
    }
    return List.copyOf(out);
  }

  private static @Nullable WatchedArea watched(
      AdministrativeArea area, List<Shadow> shadows, RiskSettings settings) {
    WatchedArea sum = null;
    for (Shadow s : shadows) {
      double share = s.share(area);
      if (share > 0) {
        Branch b = s.branch;
        double half = Math.max(settings.timeSigmas() * b.timeSigmaS(), settings.leastHalfWindowS());
        sum =
            add(
                sum,
                new WatchedArea(
                    area,
                    b.probability() * share,
                    b.time().plusSeconds(-half),
                    b.time().plusSeconds(half)));
      }
    }
    return sum != null && sum.probability() >= LEAST_PROBABILITY ? sum : null;
  }

  private static WatchedArea add(@Nullable WatchedArea a, WatchedArea b) {
    return a == null
        ? b
        : new WatchedArea(
            a.area(),
            Math.min(1, a.probability() + b.probability()),
            UtcTime.min(a.earliest(), b.earliest()),
            UtcTime.max(a.latest(), b.latest()));
  }

  /** Where one branch may come down. */
  private static final class Shadow {
    private final Branch branch;
    private final double marginM;
    private final Mercator.Spot centre;
    private final double reachM;
    private Mercator.Spot @Nullable [] spots;

    Shadow(Branch branch, RiskSettings settings) {
      this.branch = branch;
      this.marginM = settings.marginM();
      this.centre = Mercator.Spot.of(branch.point());
      this.reachM = ImpactSample.reachM(branch.eastNorthM2(), RINGS) + marginM;
    }

    double share(AdministrativeArea area) {
      if (!area.shape().boxHolds(centre, reachM)) {
        return 0;
      }
      Mercator.Spot[] points = spots();
      int inside = 0;
      for (Mercator.Spot s : points) {
        inside += area.shape().holdsWithin(s, marginM) ? 1 : 0;
      }
      return (double) inside / points.length;
    }

    private Mercator.Spot[] spots() {
      if (spots == null) {
        spots = ImpactSample.spots(branch.point(), branch.eastNorthM2(), RINGS, SECTORS);
      }
      return spots;
    }
  }
}
