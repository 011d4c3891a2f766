package parallax.exercise;

import parallax.model.Check;

/**
 * An apogee that nobody published, with the reason for taking it.
 *
 * @param apogeeM apogee, metres
 * @param reason where it comes from, for a person to read
 */
public record Assumption(double apogeeM, String reason) {
  /** Validates both. */
  public Assumption {
    Check.within("assumed apogee (m)", apogeeM, 1_000, 1e8);
    Check.text("reason", reason, 200);
  }
}
