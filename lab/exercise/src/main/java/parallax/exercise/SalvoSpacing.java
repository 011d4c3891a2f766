package parallax.exercise;

import parallax.model.Check;

/**
 * How the missiles of a salvo follow each other: the first as published, the others later and
 * fanned out to both sides in turn (one step right, one left, two right, and so on).
 *
 * @param intervalS from one launch to the next, seconds
 * @param bearingStepRad between neighbouring bearings, radians
 */
public record SalvoSpacing(double intervalS, double bearingStepRad) {
  private static final double USUAL_S = 30;
  private static final double USUAL_STEP_RAD = Math.toRadians(0.5);

  /** Validates the figures. */
  public SalvoSpacing {
    Check.within("salvo interval (s)", intervalS, 0, 3600);
    Check.within("salvo bearing step (rad)", bearingStepRad, 0, Math.toRadians(10));
  }

  /**
   * The interval that the launch's type tells, as in {@code KN-25 x2 (20 s apart)}, else 30 s, and
   * half a degree between bearings. Where nothing is published both are made up.
   */
  public static SalvoSpacing forLaunch(PublishedLaunch launch) {
    return new SalvoSpacing(LaunchText.apartS(launch.type()).orElse(USUAL_S), USUAL_STEP_RAD);
  }

  /** Bearing of a missile relative to the first, radians; {@code index} counts from 0. */
  double offsetRad(int index) {
    int steps = (index + 1) / 2;
    return (index % 2 == 1 ? steps : -steps) * bearingStepRad;
  }
}
