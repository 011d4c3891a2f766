package parallax.tracking;

/** What is taken out of a radar's plots, and what of it is not known. Not to be written to. */
final class PlotCorrection {
  private static final int N = BiasFilter.EACH;

  /** Range (m), azimuth (rad), elevation (rad) and time (s): measured less true. */
  private final double[] taken;

  /** Lower Cholesky factor of the covariance of what is left, row by row; empty for none. */
  private final double[] factor;

  private PlotCorrection(double[] taken, double[] factor) {
    this.taken = taken;
    this.factor = factor;
  }

  /** Takes out nothing and nothing is unknown. */
  static final PlotCorrection NONE = new PlotCorrection(new double[N], new double[0]);

  /** Of the clock alone: takes {@code offsetS} out; {@code sigmaS} is not known of it. */
  static PlotCorrection ofClock(double offsetS, double sigmaS) {
    double[] taken = new double[N];
    double[] factor = new double[N * N];
    taken[BiasFilter.CLOCK] = offsetS;
    factor[BiasFilter.CLOCK * (N + 1)] = sigmaS;
    return new PlotCorrection(taken, factor);
  }

  /** Of all that is known with covariance {@code p}, but for a clock that is not corrected. */
  static PlotCorrection of(double[] errors, double[] p, boolean clock) {
    double[] taken = errors.clone();
    taken[BiasFilter.CLOCK] = clock ? taken[BiasFilter.CLOCK] : 0;
    return new PlotCorrection(taken, Dense.factor(p.clone(), N));
  }

  /** The numbers of it. */
  TrackerState.Correction state() {
    return new TrackerState.Correction(taken, factor);
  }

  /** The correction of these numbers. */
  static PlotCorrection of(TrackerState.Correction c) {
    return new PlotCorrection(c.taken(), c.factor());
  }

  double clockS() {
    return taken[BiasFilter.CLOCK];
  }

  /** What is taken out of one of the four. */
  double taken(int error) {
    return taken[error];
  }

  /** Of what is left: how much the {@code k}-th independent cause adds to one of the four. */
  double left(int error, int k) {
    return factor[error * N + k];
  }

  boolean isExact() {
    return factor.length == 0;
  }
}
