package parallax.model;

/**
 * Where a spent stage comes down.
 *
 * @param separated when it was left behind
 * @param point where it is expected, altitude 0
 * @param eastNorthM2 2 x 2 covariance, m^2, rows east and north at {@code point}
 * @param time when it comes down
 * @param timeSigmaS standard deviation of that time, seconds, at most a million
 */
public record DropArea(
    UtcTime separated, Geodetic point, Covariance eastNorthM2, UtcTime time, double timeSigmaS) {
  /** The most stages that one target leaves behind. */
  public static final int MOST = 4;

  /** Validates sizes and the order of times. */
  public DropArea {
    if (eastNorthM2.dimension() != 2) {
      throw new InvalidValueException(
          "drop area covariance", eastNorthM2.dimension() + " rows", "2 rows");
    }
    Check.within("drop time sigma (s)", timeSigmaS, Double.MIN_VALUE, UtcTime.MOST_SIGMA_S);
    if (time.isBefore(separated)) {
      throw new InvalidValueException("drop time", time, "not before the separation " + separated);
    }
  }
}
