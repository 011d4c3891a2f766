package parallax.model;

/**
 * One point of a predicted flight path.
 *
 * @param time when the target is there
 * @param place where, with its altitude
 * @param crossTrackSigmaM 1-sigma uncertainty across the ground track, metres
 */
public record PathPoint(UtcTime time, Geodetic place, double crossTrackSigmaM) {
  /** Validates the uncertainty. */
  public PathPoint {
    Check.notNegative("cross-track sigma (m)", crossTrackSigmaM);
  }
}
