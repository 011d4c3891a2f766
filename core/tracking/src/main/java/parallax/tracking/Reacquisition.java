package parallax.tracking;

import parallax.model.StateVector;
import parallax.model.TrackStatus;
import parallax.model.Vector3;

/**
 * Whether a newly found target can be one that was lost while boosting. Its flight is run back
 * without power to the loss; if it passed where the lost target can have been s seconds after its
 * last plot, for some s up to 200, they are taken for one. Where it can have been: within 50 km +
 * 25 m/s^2 s^2 of the straight way on, and twice what the new velocity's uncertainty makes of the
 * time between, at most 1500 km.
 */
final class Reacquisition {
  private static final int LONGEST_S = 200;
  private static final int STEP_S = 10;
  private static final double SLACK_M = 50_000;
  private static final double SLACK_MPS2 = 25;
  private static final double LARGEST_M = 1_500_000;

  private Reacquisition() {}

  /**
   * Whether the new velocity is still too uncertain to tell: the answer of {@link #miss} should
   * wait for more plots.
   */
  static boolean tooEarly(TrackFile lost, StateVector found) {
    return lost.report.status == TrackStatus.LOST && carriedM(lost, found) > LARGEST_M / 2;
  }

  private static double carriedM(TrackFile lost, StateVector found) {
    double gap = found.timeOfValidity().secondsSince(lost.lastPlot());
    return 2 * found.covariance().block(3, 6).rms(3) * Math.max(0, gap);
  }

  /**
   * By what share of the room it has the new flight misses the lost target's way: below 1 they may
   * be one. Infinite when the track is not lost.
   */
  static double miss(TrackFile lost, StateVector found) {
    double gap = found.timeOfValidity().secondsSince(lost.lastPlot());
    if (lost.report.status != TrackStatus.LOST || gap < 0) {
      return Double.POSITIVE_INFINITY;
    }
    BallisticArc back = BallisticArc.fly(BallisticForces.NOMINAL, Orbit.vector(found), -gap, 10);
    double carried = carriedM(lost, found);
    double[] last = lost.posterior().mean();
    Vector3 r = FlightPredictor.position(last);
    Vector3 v = new Vector3(last[3], last[4], last[5]);
    double least = Double.POSITIVE_INFINITY;
    for (int s = 0; s <= Math.min(LONGEST_S, gap); s += STEP_S) {
      Vector3 on = r.plus(v.times(s));
      double miss = FlightPredictor.position(back.at(s - gap)).minus(on).norm();
      double room = Math.min(LARGEST_M, SLACK_M + SLACK_MPS2 * s * s + carried);
      least = Math.min(least, miss / room);
    }
    return least;
  }
}
