package parallax.model;

/**
 * Where and when a target was launched.
 *
 * @param point the place, altitude 0
 * @param eastNorthM2 2 x 2 covariance, m^2, rows east and north at {@code point}
 * @param time launch time
 * @param timeSigmaS its standard deviation, seconds, at most a million
 */
public record LaunchPointEstimate(
    Geodetic point, Covariance eastNorthM2, UtcTime time, double timeSigmaS) {
  /** Validates sizes. */
  public LaunchPointEstimate {
    if (eastNorthM2.dimension() != 2) {
      throw new InvalidValueException(
          "launch point covariance", eastNorthM2.dimension() + " rows", "2 rows");
    }
    Check.within("launch time sigma (s)", timeSigmaS, Double.MIN_VALUE, UtcTime.MOST_SIGMA_S);
  }
}
