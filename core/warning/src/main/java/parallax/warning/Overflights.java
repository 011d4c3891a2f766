package parallax.warning;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parallax.model.ImpactPointPrediction.Predicted;
import parallax.model.UtcTime;
import parallax.model.Vector3;
import parallax.model.Wgs84;

/**
 * Which areas a predicted ground track passes over.
 *
 * <p>The track is moved sideways by {@link #LANES} quantiles of its cross-track error, each as a
 * whole (the error of a ballistic track is one of direction, so it is nearly the same all along);
 * the share of lanes that cross the widened area is the probability of crossing. The probability
 * that it flies so far at all is that of the impact lying beyond the point where the track enters:
 * Normal(distance to the predicted impact / its standard deviation along the track).
 */
final class Overflights {
  /** Lanes: odd, so that one is the predicted track itself. */
  static final int LANES = 21;

  private static final double[] QUANTILES = Normal.cells(LANES);
  private static final double OUTERMOST = QUANTILES[LANES - 1];

  private final GroundTrack track;
  private final Optional<Predicted> impact;
  private final RiskSettings settings;

  Overflights(GroundTrack track, Optional<Predicted> impact, RiskSettings settings) {
    this.track = track;
    this.impact = impact;
    this.settings = settings;
  }

  /** The pass over the area if it is probable enough. */
  @Nullable AreaAtRisk over(AdministrativeArea area) {
    List<Integer> near = near(area.shape());
    if (near.isEmpty()) {
      return null;
    }
    int lanes = 0;
    int first = Integer.MAX_VALUE;
    int last = -1;
    for (double z : QUANTILES) {
      int[] pass = pass(area.shape(), near, z);
      if (pass.length == 2) {
        lanes++;
        first = Math.min(first, pass[0]);
        last = Math.max(last, pass[1]);
      }
    }
    double crossing = (double) lanes / LANES;
    if (lanes == 0 || crossing < settings.overflightProbability()) {
      return null;
    }
    double reach = reach(first);
    if (reach < settings.reachProbability()) {
      return null;
    }
    return window(area, crossing * reach, first, last);
  }

  /** Fixes near enough that some lane could be within the margin. */
  private List<Integer> near(AreaShape shape) {
    List<Integer> near = new ArrayList<>();
    List<GroundTrack.Fix> fixes = track.fixes();
    for (int i = 0; i < fixes.size(); i++) {
      GroundTrack.Fix f = fixes.get(i);
      double reachM = settings.marginM() + OUTERMOST * f.crossTrackSigmaM();
      if (shape.holdsWithin(f.spot(), reachM)) {
        near.add(i);
      }
    }
    return near;
  }

  /**
   * First and last fix of the lane at {@code z} sigmas that lie in the widened area, or nothing.
   */
  private int[] pass(AreaShape shape, List<Integer> near, double z) {
    int from = 0;
    while (from < near.size() && !inLane(shape, near.get(from), z)) {
      from++;
    }
    if (from == near.size()) {
      return new int[0];
    }
    int to = near.size() - 1;
    while (to > from && !inLane(shape, near.get(to), z)) {
      to--;
    }
    return new int[] {near.get(from), near.get(to)};
  }

  private boolean inLane(AreaShape shape, int i, double z) {
    GroundTrack.Fix f = track.fixes().get(i);
    double[] left = track.left(i);
    double d = z * f.crossTrackSigmaM() * f.spot().scale();
    Mercator.Spot moved =
        new Mercator.Spot(f.spot().x() + d * left[0], f.spot().y() + d * left[1], f.spot().scale());
    return shape.holdsWithin(moved, settings.marginM());
  }

  /** Probability that it comes down beyond fix {@code i}; 1 where no impact is predicted. */
  private double reach(int i) {
    if (impact.isEmpty()) {
      return 1;
    }
    Predicted p = impact.get();
    Vector3 end = Wgs84.toEcef(p.point().withAltitudeM(0));
    Vector3 here = track.fixes().get(i).groundM();
    int last = track.fixes().size() - 1;
    Vector3 along =
        track.fixes().get(last).groundM().minus(track.fixes().get(Math.max(0, last - 1)).groundM());
    if (along.norm() < 1) {
      return 1;
    }
    Vector3 enu = Wgs84.toEnu(along.unit(), p.point());
    double e = enu.x();
    double n = enu.y();
    double variance =
        e * e * p.eastNorthM2().get(0, 0)
            + 2 * e * n * p.eastNorthM2().get(0, 1)
            + n * n * p.eastNorthM2().get(1, 1);
    Vector3 rest = end.minus(here);
    double distance = rest.dot(along) < 0 ? -rest.norm() : rest.norm();
    return Normal.below(distance / Math.max(1, Math.sqrt(variance)));
  }

  private AreaAtRisk window(AdministrativeArea area, double probability, int first, int last) {
    UtcTime from = track.fixes().get(first).time();
    UtcTime to = track.fixes().get(last).time();
    double half = 0.5 * to.secondsSince(from);
    double pad = Math.max(0, settings.leastHalfWindowS() - half);
    return new AreaAtRisk(
        area, AreaAtRisk.Kind.OVERFLIGHT, probability, from.plusSeconds(-pad), to.plusSeconds(pad));
  }
}
