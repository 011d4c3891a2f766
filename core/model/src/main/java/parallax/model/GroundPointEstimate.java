package parallax.model;

/**
 * A place on the ground and a time, both estimated: where and when something was launched or will
 * come down.
 *
 * @param point the place, altitude 0
 * @param eastNorthM2 2 x 2 covariance, m^2, rows east and north at {@code point}
 * @param time when
 * @param timeSigmaS standard deviation of that time, seconds, at most a million
 */
public record GroundPointEstimate(
    Geodetic point, Covariance eastNorthM2, UtcTime time, double timeSigmaS) {
  /** Validates sizes. */
  public GroundPointEstimate {
    if (eastNorthM2.dimension() != 2) {
      throw new InvalidValueException(
          "covariance of a place on the ground", eastNorthM2.dimension() + " rows", "2 rows");
    }
    Check.within("time sigma (s)", timeSigmaS, Double.MIN_VALUE, UtcTime.MOST_SIGMA_S);
  }

  /** The 1-sigma ellipse of the place. */
  public HorizontalEllipse ellipse() {
    return HorizontalEllipse.of(eastNorthM2);
  }

  /** What has such an estimate. */
  public interface Holder {
    /** Where and when. */
    GroundPointEstimate ground();

    /** The place, altitude 0. */
    default Geodetic point() {
      return ground().point();
    }

    /** 2 x 2 covariance, m^2, rows east and north at {@link #point}. */
    default Covariance eastNorthM2() {
      return ground().eastNorthM2();
    }

    /** When. */
    default UtcTime time() {
      return ground().time();
    }

    /** Standard deviation of that time, seconds. */
    default double timeSigmaS() {
      return ground().timeSigmaS();
    }
  }
}
