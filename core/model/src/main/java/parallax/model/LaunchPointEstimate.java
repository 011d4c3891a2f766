package parallax.model;

/**
 * Where and when a target was launched.
 *
 * @param ground the place and the time
 */
public record LaunchPointEstimate(GroundPointEstimate ground)
    implements GroundPointEstimate.Holder {
  /** Of its parts; see {@link GroundPointEstimate}. */
  public LaunchPointEstimate(
      Geodetic point, Covariance eastNorthM2, UtcTime time, double timeSigmaS) {
    this(new GroundPointEstimate(point, eastNorthM2, time, timeSigmaS));
  }
}
