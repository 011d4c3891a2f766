package parallax.model;

/**
 * Where a spent stage comes down.
 *
 * @param separated when it was left behind
 * @param ground where and when it comes down
 */
public record DropArea(UtcTime separated, GroundPointEstimate ground)
    implements GroundPointEstimate.Holder {
  /** The most stages that one target leaves behind. */
  public static final int MOST = 4;

  /** Validates the order of times. */
  public DropArea {
    if (ground.time().isBefore(separated)) {
      throw new InvalidValueException(
          "drop time", ground.time(), "not before the separation " + separated);
    }
  }

  /** Of the parts of {@code ground}; see {@link GroundPointEstimate}. */
  public DropArea(
      UtcTime separated, Geodetic point, Covariance eastNorthM2, UtcTime time, double timeSigmaS) {
    this(separated, new GroundPointEstimate(point, eastNorthM2, time, timeSigmaS));
  }
}
