package parallax.tracking;

import parallax.model.Check;

/**
 * What a flight prediction assumes.
 *
 * @param ballisticCoefficient nominal m / (Cd A), kg/m^2
 * @param ballisticCoefficientLnSigma standard deviation of its natural logarithm
 * @param semiMajorLimitM largest 1-sigma semi-major axis that is told, metres
 * @param pathStepS time between path points, seconds
 * @param floorSigmaM what terrain and gravity beyond J2 add, metres (1 sigma)
 * @param windSigmaMps either component of the wind that bears on a fall, m/s (1 sigma)
 */
public record PredictionSettings(
    double ballisticCoefficient,
    double ballisticCoefficientLnSigma,
    double semiMajorLimitM,
    double pathStepS,
    double floorSigmaM,
    double windSigmaMps) {
  /** Validates the signs. */
  public PredictionSettings {
    Check.positive("ballistic coefficient (kg/m^2)", ballisticCoefficient);
    Check.within("ln sigma of the ballistic coefficient", ballisticCoefficientLnSigma, 1e-6, 3);
    Check.positive("semi-major limit (m)", semiMajorLimitM);
    Check.within("path step (s)", pathStepS, 0.5, 600);
    Check.notNegative("floor (m)", floorSigmaM);
    Check.notNegative("wind (m/s)", windSigmaMps);
  }

  /**
   * 6000 kg/m^2 within a factor of 1.35 (1 sigma), told below 150 km, a path point every 10 s,
   * floor 30 m, wind 15 m/s.
   */
  public static PredictionSettings defaults() {
    return new PredictionSettings(6_000, 0.3, 150_000, 10, 30, 15);
  }
}
