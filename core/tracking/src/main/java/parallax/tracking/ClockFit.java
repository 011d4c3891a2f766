package parallax.tracking;

import parallax.model.Cholesky;
import parallax.model.TrackStatus;

/**
 * Whether two tracks are one target, seen by radars of which a clock is wrong: then one flies where
 * the other does, some seconds later. Two missiles of a salvo do so, too, but a radar gives plots
 * of both in one scan; of tracks that a clock has split it does not.
 *
 * @param aheadS by how much later the one says what the other says, by the times of their plots
 * @param misfit squared normalised distance that no difference of times explains
 */
record ClockFit(double aheadS, double misfit) {
  private static final double LONGEST_S = 15;
  private static final double NEAR_M = 200_000;

  /** What two radars of a nation may differ by in place and speed, 1 sigma. */
  private static final double PLACE_M = 3_000;

  private static final double SPEED_MPS = 40;

  /** The same while a motor may burn: a track of a few plots knows its thrust poorly. */
  private static final double POWERED_PLACE_M = 6_000;

  private static final double POWERED_SPEED_MPS = 150;
  private static final double POWERED = 0.2;

  /** Chi-square of five that chance exceeds once in 10,000. */
  private static final double GATE = 26;

  private static final double STEP_S = 2.5;
  private static final int SCANS_OF_TWO = 2;

  private static final ClockFit NONE = new ClockFit(0, Double.POSITIVE_INFINITY);

  boolean fits() {
    return misfit < GATE;
  }

  /** How well {@code f} is {@code known} seen by a clock that is ahead, or behind. */
  static ClockFit of(TrackFile f, TrackFile known) {
    if (known.report.status == TrackStatus.LOST
        || known.report.status == TrackStatus.ENDED
        || known.scansShared(f) >= SCANS_OF_TWO) {
      return NONE;
    }
    ClockFit best = NONE;
    for (double aheadS = -LONGEST_S; aheadS <= LONGEST_S; aheadS += STEP_S) {
      ClockFit fit = at(aheadS, f, known);
      best = fit.misfit < best.misfit ? fit : best;
    }
    ClockFit near = best.fits() ? at(best.aheadS, f, known) : NONE;
    boolean together = known.lastPlotNanos() + Math.round(near.aheadS * 1e9) > f.firstPlotNanos();
    return together ? near : NONE;
  }

  /** As above, for offsets near {@code aheadS}. */
  private static ClockFit at(double aheadS, TrackFile f, TrackFile known) {
    ImmState mine = f.posterior();
    ImmState theirs = known.history.beliefAt(mine.nanos - Math.round(aheadS * 1e9));
    if (theirs == null || !TrackView.plausible(theirs.mean())) {
      return NONE;
    }
    double[] x = mine.mean();
    double[] y = theirs.mean();
    double[] d = new double[6];
    for (int k = 0; k < 6; k++) {
      d[k] = y[k] - x[k];
    }
    if (Math.sqrt(d[0] * d[0] + d[1] * d[1] + d[2] * d[2]) > NEAR_M) {
      return NONE;
    }
    boolean powered = mine.powered > POWERED || theirs.powered > POWERED;
    double placeM = powered ? POWERED_PLACE_M : PLACE_M;
    double speedMps = powered ? POWERED_SPEED_MPS : SPEED_MPS;
    double[] q = theirs.covariance(y);
    for (int i = 0; i < 3; i++) {
      q[i * 7] += placeM * placeM;
      q[(i + 3) * 7] += speedMps * speedMps;
    }
    ClockFit fit = fit(aheadS, d, y, mine.covariance(x), q);
    return Math.abs(fit.aheadS - aheadS) <= STEP_S && Math.abs(fit.aheadS) <= LONGEST_S
        ? fit
        : NONE;
  }

  /** What is left of the difference {@code d} when a little more or less time explains the most. */
  private static ClockFit fit(double ahead, double[] d, double[] x, double[] p, double[] q) {
    double[] sum = new double[36];
    for (int i = 0; i < 36; i++) {
      sum[i] = p[i] + q[i];
    }
    double[] l = Dense.factor(sum, 6);
    double[] flow = new double[6];
    BallisticForces.NOMINAL.derivative(x, flow);
    double all = Cholesky.squaredDistance(l, d, 6);
    double along = Cholesky.squaredDistance(l, flow, 6);
    double[] both = new double[6];
    for (int i = 0; i < 6; i++) {
      both[i] = d[i] + flow[i];
    }
    double mixed = 0.5 * (Cholesky.squaredDistance(l, both, 6) - all - along);
    return new ClockFit(ahead + mixed / along, all - mixed * mixed / along);
  }
}
