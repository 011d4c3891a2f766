package parallax.tracking;

import java.util.Optional;
import parallax.model.LaunchPointEstimate;

/** Decides whether tracks of different originators speak of one target. */
public final class TrackAssociation {
  private TrackAssociation() {}

  /** Whether {@code a} and {@code b} are the same target, by their states. */
  public static boolean sameTarget(SourceTrack a, SourceTrack b) {
    return sameTarget(a, Optional.empty(), b, Optional.empty());
  }

  /** Whether {@code a} and {@code b} are the same target, by states and launch estimates. */
  public static boolean sameTarget(
      SourceTrack a,
      Optional<LaunchPointEstimate> launchA,
      SourceTrack b,
      Optional<LaunchPointEstimate> launchB) {
    return true;
  }

  /** Whether two launch estimates can be of one launch. */
  public static boolean sameLaunch(LaunchPointEstimate a, LaunchPointEstimate b) {
    return true;
  }
}
