package parallax.tracking;

/**
 * What the air has shown of a target's lift.
 *
 * @param ratio size of its ratio of lift to drag
 * @param sigma standard deviation of that
 * @param dragMps2 drag it was seen under, m/s^2; 0 when the air was not felt
 */
record Lift(double ratio, double sigma, double dragMps2) {
  /** Nothing yet. */
  static final Lift UNSEEN = new Lift(0, 3, 0);

  private static final double MOST = 3.2;
  private static final double LITTLE_DRAG = 3;
  private static final double MUCH_DRAG = 30;

  static Lift of(ImmState s) {
    return s.weight(Motion.REENTRY) > 0.5
        ? new Lift(s.liftRatio(), s.liftRatioSigma(), s.drag())
        : UNSEEN;
  }

  /**
   * The largest ratio still to be reckoned with: 3.2 of any target, less as it goes through denser
   * air without showing it.
   */
  double most() {
    double evidence =
        Math.max(0, Math.min(1, (dragMps2 - LITTLE_DRAG) / (MUCH_DRAG - LITTLE_DRAG)));
    double shown = Math.min(MOST, ratio + 3 * sigma);
    return MOST + evidence * (shown - MOST);
  }
}
