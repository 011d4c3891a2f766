package parallax.warning;

import parallax.model.Check;
import parallax.model.InvalidValueException;
import parallax.model.UtcTime;

/**
 * An area under a threat fan: to be kept in view while the motor burns. It is another type than an
 * {@link AreaAtRisk} so that no alert can be raised by it.
 *
 * @param area the area
 * @param probability that the impact lies in the area widened by the margin, 0 to 1
 * @param earliest when something could first arrive
 * @param latest when something could last arrive, not before {@code earliest}
 */
public record WatchedArea(
    AdministrativeArea area, double probability, UtcTime earliest, UtcTime latest) {
  /** Validates the probability and the order of times. */
  public WatchedArea {
    Check.within("probability", probability, 0, 1);
    if (latest.isBefore(earliest)) {
      throw new InvalidValueException("end of window", latest, "not before its start " + earliest);
    }
  }
}
