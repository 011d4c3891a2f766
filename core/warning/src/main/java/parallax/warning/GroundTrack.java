package parallax.warning;

import java.util.ArrayList;
import java.util.List;
import parallax.model.Geodetic;
import parallax.model.InvalidValueException;
import parallax.model.PathPoint;
import parallax.model.UtcTime;
import parallax.model.Vector3;
import parallax.model.Wgs84;

/**
 * The ground below a flight path, as fixes not more than {@link #STEP_M} apart. Between two points
 * of the path it follows the ellipsoid below the straight line through the earth (a normal section:
 * within metres of the geodesic over 500 km), and time runs evenly.
 */
final class GroundTrack {
  /** Longest step between fixes, metres. */
  static final double STEP_M = 10_000;

  private final List<Fix> fixes;

  private GroundTrack(List<Fix> fixes) {
    this.fixes = fixes;
  }

  /** One fix: when, where on the map and in space (altitude 0), and how sure across the track. */
  record Fix(UtcTime time, Vector3 groundM, Mercator.Spot spot, double crossTrackSigmaM) {}

  static GroundTrack of(List<PathPoint> path) {
    List<Fix> fixes = new ArrayList<>();
    for (int i = 0; i < path.size(); i++) {
      PathPoint to = path.get(i);
      Vector3 b = Wgs84.toEcef(to.place().withAltitudeM(0));
      if (i > 0) {
        PathPoint from = path.get(i - 1);
        if (to.time().isBefore(from.time())) {
          throw new InvalidValueException(
              "time of path point " + i, to.time(), "not before the point before it");
        }
        between(from, to, b, fixes);
      }
      fixes.add(new Fix(to.time(), b, Mercator.Spot.of(to.place()), to.crossTrackSigmaM()));
    }
    return new GroundTrack(List.copyOf(fixes));
  }

  private static void between(PathPoint from, PathPoint to, Vector3 b, List<Fix> fixes) {
    Vector3 a = Wgs84.toEcef(from.place().withAltitudeM(0));
    Vector3 chord = b.minus(a);
    int steps = (int) Math.ceil(chord.norm() / STEP_M);
    double seconds = to.time().secondsSince(from.time());
    for (int s = 1; s < steps; s++) {
      double f = (double) s / steps;
      Geodetic g = Wgs84.toGeodetic(a.plus(chord.times(f))).withAltitudeM(0);
      fixes.add(
          new Fix(
              from.time().plusSeconds(f * seconds),
              Wgs84.toEcef(g),
              Mercator.Spot.of(g),
              from.crossTrackSigmaM() + f * (to.crossTrackSigmaM() - from.crossTrackSigmaM())));
    }
  }

  List<Fix> fixes() {
    return fixes;
  }

  /** Unit vector on the map to the left of the track at fix {@code i}: x then y. */
  double[] left(int i) {
    Mercator.Spot a = fixes.get(Math.max(0, i - 1)).spot();
    Mercator.Spot b = fixes.get(Math.min(fixes.size() - 1, i + 1)).spot();
    double dx = b.x() - a.x();
    double dy = b.y() - a.y();
    double n = Math.sqrt(dx * dx + dy * dy);
    return n == 0 ? new double[] {0, 0} : new double[] {-dy / n, dx / n};
  }
}
