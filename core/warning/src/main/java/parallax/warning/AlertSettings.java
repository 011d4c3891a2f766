package parallax.warning;

import parallax.model.Check;

/**
 * The pre-authorised rule: when a warning goes out without a person's approval, and when it
 * changes.
 *
 * @param confirmations assessments in a row that must name an area before it is warned; default 3
 * @param confirmSpanS least time those assessments must span, seconds; default 1.5
 * @param drops assessments in a row that must not name a warned area before it is let go; default 5
 * @param dropSpanS least time those assessments must span, seconds; default 4
 * @param leastOriginators nations whose sensors must stand behind a first warning; default 1
 * @param windowChangeS a window's edge that moves by more than this is worth an update, seconds;
 *     default 30
 * @param leastUpdateIntervalS least time between two messages of one warning, seconds; default 5
 * @param clearAfterS time from the last window's end to the all-clear, seconds; default 60
 */
public record AlertSettings(
    int confirmations,
    double confirmSpanS,
    int drops,
    double dropSpanS,
    int leastOriginators,
    double windowChangeS,
    double leastUpdateIntervalS,
    double clearAfterS) {

  /** The defaults, as given at each component. */
  public static final AlertSettings DEFAULT = new AlertSettings(3, 1.5, 5, 4, 1, 30, 5, 60);

  /** Validates every figure. */
  public AlertSettings {
    Check.within("confirmations", confirmations, 1, 100);
    Check.within("confirmation span (s)", confirmSpanS, 0, 600);
    Check.within("drops", drops, 1, 1_000);
    Check.within("drop span (s)", dropSpanS, 0, 600);
    Check.within("least originators", leastOriginators, 1, 100);
    Check.within("window change (s)", windowChangeS, 0, 3_600);
    Check.within("least update interval (s)", leastUpdateIntervalS, 0, 3_600);
    Check.within("clear after (s)", clearAfterS, 0, 3_600);
  }
}
