package parallax.wire.state;

import java.util.ArrayList;
import java.util.List;
import parallax.model.InvalidValueException;
import parallax.tracking.TrackerState;
import parallax.wire.proto.KeptTracker;

/** Beliefs of the filter, and what is taken out of plots, as fields of {@link KeptTracker}. */
final class BeliefFields {
  private static final int[] COMPONENTS = {9, 9, 6, 9};
  private static final int MOTIONS = COMPONENTS.length;

  private BeliefFields() {}

  static KeptTracker.Belief toProto(TrackerState.Belief belief, long plotNs, SensorPlaces sensors) {
    KeptTracker.Belief.Builder b =
        KeptTracker.Belief.newBuilder()
            .setTimeNs(belief.timeNs() - plotNs)
            .setLastPlotNs(belief.lastPlotNs() - belief.timeNs());
    Numbers.put(belief.weights(), b::addNumbers);
    int motions = 0;
    for (int i = 0; i < MOTIONS; i++) {
      double[] mean = belief.means()[i];
      if (mean.length > 0) {
        motions |= 1 << i;
        double[] covariance = belief.covariances()[i];
        Numbers.put(mean, b::addNumbers);
        if (Numbers.isSymmetric(covariance, mean.length)) {
          Numbers.putUpper(covariance, mean.length, b::addNumbers);
        } else {
          motions |= 1 << (MOTIONS + i);
          Numbers.put(covariance, b::addNumbers);
        }
      }
    }
    b.setMotions(motions);
    for (TrackerState.Watch w : belief.watches()) {
      b.addWatches(
          KeptTracker.Watch.newBuilder()
              .setSensor(sensors.of(w.sensor()))
              .setPeriodS(w.periodS())
              .setDetection(w.detection())
              .setLastNs(w.lastNs() - belief.timeNs())
              .setMisses(w.misses()));
    }
    return b.build();
  }

  static TrackerState.Belief fromProto(KeptTracker.Belief b, long plotNs, SensorPlaces sensors) {
    if (b.getMotions() >>> (2 * MOTIONS) != 0) {
      throw new InvalidValueException("motions", b.getMotions(), "eight bits");
    }
    long timeNs = plotNs + b.getTimeNs();
    Numbers in = new Numbers("belief", b.getNumbersList());
    double[] weights = in.take(MOTIONS);
    double[][] means = new double[MOTIONS][];
    double[][] covariances = new double[MOTIONS][];
    for (int i = 0; i < MOTIONS; i++) {
      int n = (b.getMotions() >> i & 1) == 0 ? 0 : COMPONENTS[i];
      means[i] = in.take(n);
      boolean whole = (b.getMotions() >> (MOTIONS + i) & 1) != 0;
      covariances[i] = whole ? in.take(n * n) : in.symmetric(n);
    }
    in.end();
    List<TrackerState.Watch> watches = new ArrayList<>(b.getWatchesCount());
    for (KeptTracker.Watch w : b.getWatchesList()) {
      watches.add(
          new TrackerState.Watch(
              sensors.at(w.getSensor()),
              w.getPeriodS(),
              w.getDetection(),
              timeNs + w.getLastNs(),
              w.getMisses()));
    }
    return new TrackerState.Belief(
        timeNs, timeNs + b.getLastPlotNs(), weights, means, covariances, List.copyOf(watches));
  }

  static KeptTracker.Correction toProto(TrackerState.Correction c) {
    KeptTracker.Correction.Builder b = KeptTracker.Correction.newBuilder();
    Numbers.put(c.taken(), b::addTaken);
    Numbers.put(c.factor(), b::addFactor);
    return b.build();
  }

  static TrackerState.Correction fromProto(KeptTracker.Correction c) {
    return new TrackerState.Correction(
        new Numbers("correction", c.getTakenList()).rest(),
        new Numbers("factor of a correction", c.getFactorList()).rest());
  }

  static KeptTracker.Estimate toProto(TrackerState.Estimate e) {
    KeptTracker.Estimate.Builder b = KeptTracker.Estimate.newBuilder();
    int n = e.mean().length;
    Numbers.put(e.mean(), b::addMean);
    if (Numbers.isSymmetric(e.covariance(), n)) {
      Numbers.putUpper(e.covariance(), n, b::addCovariance);
    } else {
      Numbers.put(e.covariance(), b::addCovariance);
    }
    return b.build();
  }

  static TrackerState.Estimate fromProto(KeptTracker.Estimate e) {
    int n = e.getMeanCount();
    boolean upper = e.getCovarianceCount() == (long) n * (n + 1) / 2;
    Numbers in = new Numbers("covariance of errors", e.getCovarianceList());
    return new TrackerState.Estimate(
        new Numbers("errors", e.getMeanList()).rest(), upper ? in.symmetric(n) : in.rest());
  }
}
