package parallax.tracking;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import parallax.model.Cholesky;
import parallax.model.ImpactPointPrediction;
import parallax.model.Nation;
import parallax.model.Plot;
import parallax.model.Sensor;
import parallax.model.Vector3;
import parallax.model.Wgs84;

/** Feeds a tracker with a flight's plots, and the time once a second. */
final class TestRun {
  final NationalTracker tracker;
  final List<TrackEvent> events = new ArrayList<>();

  TestRun(Nation nation, List<Sensor> sensors) {
    tracker = new NationalTracker(nation, new SensorRegistry(sensors), TrackerSettings.defaults());
  }

  /** Feeds plots and time up to {@code untilS}; {@code each} is called after every second. */
  void feed(
      List<Plot> plots, double fromS, double untilS, BiConsumer<Double, List<NationalTrack>> each) {
    int i = 0;
    for (double t = fromS; t <= untilS; t += 1) {
      while (i < plots.size() && !plots.get(i).timeOfValidity().isAfter(TestFlight.time(t))) {
        events.addAll(tracker.onPlot(plots.get(i++)));
      }
      events.addAll(tracker.onTime(TestFlight.time(t)));
      each.accept(t, tracker.tracks());
    }
  }

  static double positionError(NationalTrack n, double[] truth) {
    return n.track().estimate().state().positionM().minus(FlightPredictor.position(truth)).norm();
  }

  /** Normalised estimation error squared of a track against the true state of its time. */
  static double nees(NationalTrack n, TestFlight f) {
    double[] truth =
        f.at(n.track().estimate().state().timeOfValidity().secondsSince(TestFlight.T0));
    double[] x = Orbit.vector(n.track().estimate().state());
    double[] p = n.track().estimate().state().covariance().toRowMajor();
    double[] d = new double[6];
    for (int i = 0; i < 6; i++) {
      d[i] = x[i] - truth[i];
    }
    return Cholesky.squaredDistance(Dense.factor(p, 6), d, 6);
  }

  /** Distance of the predicted from the true impact point, metres. */
  static double missM(ImpactPointPrediction.Predicted p, TestFlight f) {
    return Wgs84.toEcef(p.point()).minus(Wgs84.toEcef(f.impact)).norm();
  }

  /** Squared Mahalanobis distance of the true impact point from the predicted one. */
  static double missSquared(ImpactPointPrediction.Predicted p, TestFlight f) {
    Vector3 d = Wgs84.toEnu(Wgs84.toEcef(f.impact).minus(Wgs84.toEcef(p.point())), p.point());
    return Cholesky.squaredDistance(
        Dense.factor(p.eastNorthM2().toRowMajor(), 2), new double[] {d.x(), d.y()}, 2);
  }
}
