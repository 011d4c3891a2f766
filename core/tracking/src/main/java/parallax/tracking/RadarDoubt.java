package parallax.tracking;

import java.util.Arrays;

/**
 * What a radar may have wrong in place and time together, if the radars that it was compared with
 * are right. Errors of place and time look alike in one geometry: it may not be known for long
 * which of them it is, but it is known soon that there is one.
 */
final class RadarDoubt {
  /** How well a radar and its clock are right that have nothing wrong. */
  private static final double[] RIGHT = {10, 5e-5, 5e-5, 2e-3};

  /** Squared normalised distance of its errors from none: a chi-square of four at most. */
  final double distance;

  /** Its errors: range, azimuth, elevation, time. */
  private final double[] mean;

  private final double[] covariance;

  private RadarDoubt(double distance, double[] mean, double[] covariance) {
    this.distance = distance;
    this.mean = mean;
    this.covariance = covariance;
  }

  /** The doubt of these errors; its distance, which counts when it is found, is not kept. */
  static RadarDoubt of(TrackerState.Estimate errors) {
    return new RadarDoubt(0, errors.mean(), errors.covariance());
  }

  /** Its errors. */
  TrackerState.Estimate state() {
    return new TrackerState.Estimate(mean, covariance);
  }

  /** Allows for its errors and for what is not known of them, each {@code times} as large. */
  PlotCorrection allowed(double times) {
    double[] p = covariance.clone();
    for (int i = 0; i < mean.length; i++) {
      for (int j = 0; j < mean.length; j++) {
        int at = i * mean.length + j;
        p[at] = times * times * (p[at] + mean[i] * mean[j]);
      }
    }
    return PlotCorrection.of(new double[mean.length], p, false);
  }

  double clockSigmaS() {
    return Math.sqrt(covariance[BiasFilter.EACH * BiasFilter.EACH - 1]);
  }

  /**
   * What speaks against radar {@code at}.
   *
   * @param known what comparisons have told
   * @param compared how often it was compared with each radar
   * @param isPlaceWrong whether each radar is known to be wrong in place: it says nothing of others
   * @param isClockWrong whether the clock of each radar is taken to be wrong already
   */
  static RadarDoubt of(
      BiasFilter known, int at, int[] compared, boolean[] isPlaceWrong, boolean[] isClockWrong) {
    int[] near = new int[compared.length];
    int n = 0;
    near[n++] = at;
    for (int j = 0; j < compared.length; j++) {
      if (j != at && compared[j] > 0) {
        near[n++] = j;
      }
    }
    BiasFilter f = known.part(Arrays.copyOf(near, n));
    for (int j = 1; j < n; j++) {
      var unused = suppose(f, j, isPlaceWrong[near[j]], isClockWrong[near[j]]);
    }
    double[] mean = f.meanOf(0);
    double[] covariance = f.covarianceOf(0);
    return new RadarDoubt(suppose(f, 0, false, isClockWrong[at]), mean, covariance);
  }

  /** Supposes that a radar is right, but for what is wrong of it. */
  private static double suppose(
      BiasFilter f, int radar, boolean isPlaceWrong, boolean isClockWrong) {
    double distance = 0;
    for (int k = 0; k < BiasFilter.EACH; k++) {
      if (!(k == BiasFilter.CLOCK ? isClockWrong : isPlaceWrong)) {
        distance += f.suppose(BiasFilter.EACH * radar + k, 0, RIGHT[k]);
      }
    }
    return distance;
  }
}
