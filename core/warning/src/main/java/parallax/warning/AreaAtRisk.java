package parallax.warning;

import parallax.model.Check;
import parallax.model.InvalidValueException;
import parallax.model.UtcTime;

/**
 * An administrative area with people to warn, why, and when it arrives.
 *
 * @param area the area
 * @param kind what threatens it
 * @param probability that the impact lies in the area widened by the margin, or that the ground
 *     track passes over it, 0 to 1
 * @param earliest start of the arrival window
 * @param latest end of the arrival window, not before {@code earliest}
 */
public record AreaAtRisk(
    AdministrativeArea area, Kind kind, double probability, UtcTime earliest, UtcTime latest) {

  /** What threatens an area. */
  public enum Kind {
    /** It may come down there. */
    IMPACT,
    /** It is expected to pass over, above the atmosphere or not. */
    OVERFLIGHT
  }

  /** Validates the probability and the order of times. */
  public AreaAtRisk {
    Check.within("probability", probability, 0, 1);
    if (latest.isBefore(earliest)) {
      throw new InvalidValueException("end of window", latest, "not before its start " + earliest);
    }
  }
}
