package parallax.tracking;

import java.util.ArrayList;
import java.util.List;
import parallax.model.Geodetic;
import parallax.model.PathPoint;
import parallax.model.UtcTime;
import parallax.model.Vector3;
import parallax.model.Wgs84;

/** The predicted path of the central sigma point with the cross-track spread of all of them. */
final class FlightPath {
  private static final int SPREADS = 12;

  private FlightPath() {}

  static List<PathPoint> of(
      UtcTime from, List<BallisticArc> arcs, double stepS, double floorSigmaM) {
    BallisticArc centre = arcs.getFirst();
    double duration = centre.durationS();
    double[] spread = new double[SPREADS + 1];
    for (int k = 0; k <= SPREADS; k++) {
      double f = (double) k / SPREADS;
      spread[k] = Math.hypot(crossTrackSigma(arcs, duration * f), floorSigmaM * f);
    }
    int count = Math.max(1, (int) Math.ceil(duration / stepS));
    List<PathPoint> path = new ArrayList<>(count + 1);
    for (int i = 0; i <= count; i++) {
      double t = i == count ? duration : i * stepS;
      double u = duration > 0 ? t / duration * SPREADS : 0;
      int k = Math.min(SPREADS - 1, (int) u);
      double sigma = spread[k] + (u - k) * (spread[k + 1] - spread[k]);
      Geodetic place = Wgs84.toGeodetic(FlightPredictor.position(centre.at(t)));
      path.add(
          new PathPoint(from.plusSeconds(t), i == count ? place.withAltitudeM(0) : place, sigma));
    }
    return path;
  }

  private static double crossTrackSigma(List<BallisticArc> arcs, double t) {
    double[] c = arcs.getFirst().at(t);
    Vector3 up = FlightPredictor.position(c).unit();
    Vector3 across = up.cross(new Vector3(c[3], c[4], c[5]));
    double size = across.norm();
    if (!(size > 1)) {
      return 0;
    }
    Vector3 unit = across.times(1 / size);
    double[] d = new double[arcs.size()];
    for (int i = 0; i < d.length; i++) {
      double[] s = arcs.get(i).at(t);
      d[i] = unit.dot(new Vector3(s[0] - c[0], s[1] - c[1], s[2] - c[2]));
    }
    double m = FlightPredictor.mean(d);
    return Math.sqrt(FlightPredictor.moment(d, m, d, m));
  }
}
