package parallax.model;

/**
 * Position and velocity of a target at one time, with their joint uncertainty.
 *
 * @param timeOfValidity the moment it describes
 * @param positionM ECEF position, metres
 * @param velocityMps velocity relative to the rotating earth, ECEF axes, m/s
 * @param covariance 6 x 6: position (m) then velocity (m/s), ECEF axes
 */
public record StateVector(
    UtcTime timeOfValidity, Vector3 positionM, Vector3 velocityMps, Covariance covariance) {
  /** Validates sizes: a place from the earth's surface region out to 100,000 km. */
  public StateVector {
    Check.within("distance from the earth's centre (m)", positionM.norm(), 6.2e6, 1.07e8);
    Check.within("speed (m/s)", velocityMps.norm(), 0, 2e4);
    if (covariance.dimension() != 6) {
      throw new InvalidValueException(
          "state covariance", covariance.dimension() + " rows", "6 rows");
    }
  }
}
