package parallax.tracking;

import parallax.model.Check;

/**
 * The rules of a tracker.
 *
 * @param updatePeriodS least time between two updates of one track without a change, seconds
 * @param confirmPlots plots within {@code confirmLooks} that confirm a track (M of M-of-N)
 * @param confirmLooks looks round of the slowest contributing sensor within which they must come
 *     (N)
 * @param maxLatenessS oldest plot taken, behind the newest known time, seconds
 * @param maxFutureS newest plot taken, ahead of the last known time, seconds
 * @param coastedAfterScans scan periods without a plot after which a track is called coasted
 * @param lostAfterS seconds without a plot after which a boosting or manoeuvring track is lost
 * @param lostPositionSigmaM 1-sigma position uncertainty (largest axis) beyond which any track is
 *     lost, metres
 * @param endedAfterLostS seconds after its last plot at which a lost track is ended
 * @param burnoutSettleS seconds a climbing track must have been seen unpowered before its impact is
 *     told: a next stage may still light
 * @param impactSemiMajorLimitM largest 1-sigma semi-major axis of a prediction that is told, metres
 */
public record TrackerSettings(
    double updatePeriodS,
    int confirmPlots,
    int confirmLooks,
    double maxLatenessS,
    double maxFutureS,
    double coastedAfterScans,
    double lostAfterS,
    double lostPositionSigmaM,
    double endedAfterLostS,
    double burnoutSettleS,
    double impactSemiMajorLimitM) {
  /** Validates the signs. */
  public TrackerSettings {
    Check.positive("update period (s)", updatePeriodS);
    Check.within("confirming plots", confirmPlots, 2, 20);
    Check.within("looks to confirm in", confirmLooks, confirmPlots, 60);
    Check.within("latest plot (s)", maxLatenessS, 0, 120);
    Check.positive("future bound (s)", maxFutureS);
    Check.positive("scans until coasted", coastedAfterScans);
    Check.positive("lost after (s)", lostAfterS);
    Check.positive("lost position sigma (m)", lostPositionSigmaM);
    Check.positive("ended after (s)", endedAfterLostS);
    Check.notNegative("burnout settle (s)", burnoutSettleS);
    Check.positive("impact semi-major limit (m)", impactSemiMajorLimitM);
  }

  /** Fit for one-second radars and two-second satellites. */
  public static TrackerSettings defaults() {
    return new TrackerSettings(1.0, 4, 8, 30, 30, 3, 60, 80_000, 4_500, 8, 150_000);
  }
}
