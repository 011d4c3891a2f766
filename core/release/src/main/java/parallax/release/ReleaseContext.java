package parallax.release;

import java.util.Optional;
import parallax.model.LaunchPointEstimate;
import parallax.model.TrackEstimate;
import parallax.model.TrackStatus;
import parallax.model.UtcTime;

/**
 * What a decision needs to know of the track besides the report itself. For a national track: the
 * nation's own newest estimates. For a partner's track: what that partner told and was accepted.
 *
 * @param launch the newest launch point estimate; without one nothing is in scope
 * @param impactTime when it is predicted to come down; when {@code ended}, when it came down or was
 *     last seen
 * @param ended whether the track is over; without an impact time only the track's own last report,
 *     which states when it ended, can then be released
 * @param status the track's status; empty when not known, which never satisfies a release rule that
 *     asks for more than a tentative track
 * @param estimate the newest estimate of its state, for rules that ask for phase or threat class
 */
public record ReleaseContext(
    Optional<LaunchPointEstimate> launch,
    Optional<UtcTime> impactTime,
    boolean ended,
    Optional<TrackStatus> status,
    Optional<TrackEstimate> estimate) {

  /** A context that does not know the track's state. */
  public ReleaseContext(
      Optional<LaunchPointEstimate> launch,
      Optional<UtcTime> impactTime,
      boolean ended,
      Optional<TrackStatus> status) {
    this(launch, impactTime, ended, status, Optional.empty());
  }

  /** A context that does not know the track's status. */
  public ReleaseContext(
      Optional<LaunchPointEstimate> launch, Optional<UtcTime> impactTime, boolean ended) {
    this(launch, impactTime, ended, Optional.empty());
  }

  /** Nothing known yet: nothing can be released. */
  public static ReleaseContext unknown() {
    return new ReleaseContext(Optional.empty(), Optional.empty(), false);
  }
}
