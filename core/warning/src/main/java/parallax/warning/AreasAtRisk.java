package parallax.warning;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import parallax.model.DropArea;
import parallax.model.HorizontalEllipse;
import parallax.model.ImpactPointPrediction;
import parallax.model.ImpactPointPrediction.Predicted;
import parallax.model.Nation;
import parallax.model.PathPoint;
import parallax.model.UtcTime;

/** Says which areas of a nation are at risk from one predicted flight. */
public final class AreasAtRisk {
  private AreasAtRisk() {}

  /**
   * The areas at risk, by code, each once: impact outranks overflight.
   *
   * <p>Impact: the prediction's Gaussian, taken at 480 points of equal probability, lies in the
   * area widened by {@link RiskSettings#marginM} with at least {@link
   * RiskSettings#impactProbability}; none when its ellipse is too wide to tell ({@link #canTell}).
   * Overflight: see {@link RiskSettings#overflightProbability} and {@link
   * RiskSettings#reachProbability}.
   *
   * @param catalogue the areas
   * @param nation whose areas
   * @param impact the predicted impact, if there is one
   * @param path the predicted path from now on, in time order; may be empty
   * @param settings the thresholds
   */
  public static List<AreaAtRisk> assess(
      AreaCatalogue catalogue,
      Nation nation,
      Optional<Predicted> impact,
      List<PathPoint> path,
      RiskSettings settings) {
    GroundTrack track = GroundTrack.of(path);
    ImpactRisk impactRisk =
        impact.isPresent() && canTell(impact.get(), settings)
            ? new ImpactRisk(impact.get(), settings)
            : null;
    Overflights overflights = new Overflights(track, impact, settings);
    List<AreaAtRisk> out = new ArrayList<>();
    for (AdministrativeArea area : catalogue.areas(nation)) {
      AreaAtRisk risk = impactRisk == null ? null : impactRisk.in(area);
      if (risk == null) {
        risk = overflights.over(area);
      }
      if (risk != null) {
        out.add(risk);
      }
    }
    return List.copyOf(out);
  }

  /**
   * The areas at risk from a prediction and from the spent stages it tells of, by code, each once:
   * impact outranks overflight, and what several things threaten has the greatest of their
   * probabilities and a window that holds all of theirs.
   */
  public static List<AreaAtRisk> assess(
      AreaCatalogue catalogue,
      Nation nation,
      ImpactPointPrediction prediction,
      List<PathPoint> path,
      RiskSettings settings) {
    Optional<Predicted> impact =
        prediction instanceof Predicted p ? Optional.of(p) : Optional.empty();
    SortedMap<String, AreaAtRisk> all = new TreeMap<>();
    for (AreaAtRisk r : assess(catalogue, nation, impact, path, settings)) {
      all.put(r.area().code(), r);
    }
    for (DropArea d : prediction.dropAreas()) {
      Predicted stage = new Predicted(d.separated(), d.ground(), List.of());
      for (AreaAtRisk r : assess(catalogue, nation, Optional.of(stage), List.of(), settings)) {
        all.merge(r.area().code(), r, AreasAtRisk::both);
      }
    }
    return List.copyOf(all.values());
  }

  private static AreaAtRisk both(AreaAtRisk a, AreaAtRisk b) {
    if (a.kind() != b.kind()) {
      return a.kind() == AreaAtRisk.Kind.IMPACT ? a : b;
    }
    return new AreaAtRisk(
        a.area(),
        a.kind(),
        Math.max(a.probability(), b.probability()),
        UtcTime.min(a.earliest(), b.earliest()),
        UtcTime.max(a.latest(), b.latest()));
  }

  /**
   * Whether the prediction tells anything of areas: the absence of an area from {@link #assess} is
   * then news, and otherwise it is not ({@link AlertBook#onInconclusive}).
   */
  public static boolean canTell(ImpactPointPrediction prediction, RiskSettings settings) {
    return switch (prediction) {
      case Predicted p ->
          HorizontalEllipse.of(p.eastNorthM2()).semiMajorM() <= settings.maxImpactSigmaM();
      case ImpactPointPrediction.ThreatFan f -> false;
      case ImpactPointPrediction.CannotTellYet c -> false;
      case ImpactPointPrediction.NoImpactExpected n -> true;
    };
  }

  /** The share of a prediction's Gaussian in widened areas. */
  private static final class ImpactRisk {
    private final Predicted impact;
    private final RiskSettings settings;
    private final Mercator.Spot centre;
    private final double reachM;
    private Mercator.Spot @Nullable [] spots;

    ImpactRisk(Predicted impact, RiskSettings settings) {
      this.impact = impact;
      this.settings = settings;
      this.centre = Mercator.Spot.of(impact.point());
      this.reachM = ImpactSample.reachM(impact) + settings.marginM();
    }

    @Nullable AreaAtRisk in(AdministrativeArea area) {
      if (!area.shape().holdsWithin(centre, reachM)) {
        return null;
      }
      Mercator.Spot[] points = spots();
      int inside = 0;
      for (Mercator.Spot s : points) {
        if (area.shape().holdsWithin(s, settings.marginM())) {
          inside++;
        }
      }
      double probability = (double) inside / points.length;
      if (inside == 0 || probability < settings.impactProbability()) {
        return null;
      }
      double half =
          Math.max(settings.timeSigmas() * impact.timeSigmaS(), settings.leastHalfWindowS());
      return new AreaAtRisk(
          area,
          AreaAtRisk.Kind.IMPACT,
          probability,
          impact.time().plusSeconds(-half),
          impact.time().plusSeconds(half));
    }

    private Mercator.Spot[] spots() {
      if (spots == null) {
        spots = ImpactSample.spots(impact);
      }
      return spots;
    }
  }
}
