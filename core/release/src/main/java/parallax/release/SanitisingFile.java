package parallax.release;

import java.util.Optional;
import java.util.OptionalDouble;
import parallax.model.LaunchPointEstimate;
import parallax.model.UtcTime;

/** Reads what a rule, or the agreement, takes away from what is told. */
final class SanitisingFile {
  /** What a rule may name. */
  static final String[] ALL = {
    "dropLaunchPoint",
    "dropThreatClass",
    "roundPosition",
    "coarsenTimeS",
    "covarianceFloorKm",
    "limitRateS",
    "delayS"
  };

  /** What an agreement may name. */
  static final String[] FLOORS = {"dropThreatClass", "covarianceFloorKm"};

  /** Longest step of times, seconds. */
  private static final double LONGEST_STEP_S = 60;

  private SanitisingFile() {}

  static Sanitising read(YamlFields f, Agreement.Scope scope) {
    Sanitising s =
        new Sanitising(
            f.flag("dropLaunchPoint"),
            f.flag("dropThreatClass"),
            f.has("roundPosition")
                ? Optional.of(grid(f.child("roundPosition", "gridKm", "velocityMps")))
                : Optional.empty(),
            f.optionalNumber("coarsenTimeS", 0.001, LONGEST_STEP_S),
            floor(f),
            f.optionalNumber("limitRateS", 0.1, 3600),
            f.optionalNumber("delayS", 0.1, 3600));
    if (s.equals(Sanitising.NONE)) {
      throw f.wrongAsAWhole("takes nothing away");
    }
    if (s.dropLaunchPoint()) {
      requireRegionsInScope(f, scope);
    }
    return s;
  }

  static Sanitising floors(YamlFields f) {
    return new Sanitising(
        false,
        f.flag("dropThreatClass"),
        Optional.empty(),
        OptionalDouble.empty(),
        floor(f),
        OptionalDouble.empty(),
        OptionalDouble.empty());
  }

  private static OptionalDouble floor(YamlFields f) {
    return f.optionalNumber("covarianceFloorKm", 0.001, 500);
  }

  private static Sanitising.Grid grid(YamlFields f) {
    return new Sanitising.Grid(
        f.number("gridKm", 0.001, 100), f.optionalNumber("velocityMps", 0.001, 1000));
  }

  /**
   * Refuses to drop the launch point when what replaces it, the whole region, would be out of
   * scope: the partner would put it in quarantine.
   */
  private static void requireRegionsInScope(YamlFields f, Agreement.Scope scope) {
    for (LaunchRegion region : scope.launchRegions()) {
      RegionMoments m = RegionMoments.of(region);
      double p =
          RegionProbability.inside(
              region, new LaunchPointEstimate(m.centroid(), m.eastNorthM2(), new UtcTime(0), 1));
      if (p < scope.probability()) {
        throw f.wrong(
            "dropLaunchPoint",
            "would tell of a place in '"
                + region.name()
                + "' with probability "
                + Math.round(p * 100) / 100.0
                + " only; the agreement asks for "
                + scope.probability());
      }
    }
  }
}
