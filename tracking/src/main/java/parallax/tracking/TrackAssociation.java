package parallax.tracking;

import java.util.Optional;
import parallax.model.LaunchPointEstimate;
import parallax.model.StateVector;
import parallax.model.TrackStatus;
import parallax.model.UtcTime;
import parallax.model.Vector3;
import parallax.model.Wgs84;

/**
 * Decides whether tracks of different originators speak of one target.
 *
 * <p>States are compared at the later of their times by their Mahalanobis distance, the errors
 * taken as independent; because filters of different make may be too sure of themselves, tracks
 * within 15 km and 300 m/s of each other count as one as well. Launch estimates, when both are
 * known, must not contradict; they decide alone when a track is lost or ended.
 */
public final class TrackAssociation {
  private static final double STATE_GATE = 60;
  private static final double LAUNCH_GATE = 24;
  private static final double NEAR_M = 15_000;
  private static final double NEAR_MPS = 300;

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
    boolean bothLaunches = launchA.isPresent() && launchB.isPresent();
    if (bothLaunches && !sameLaunch(launchA.get(), launchB.get())) {
      return false;
    }
    if (bothLaunches && (unreliable(a) || unreliable(b))) {
      return true;
    }
    UtcTime at =
        UtcTime.max(a.estimate().state().timeOfValidity(), b.estimate().state().timeOfValidity());
    StateVector sa = Propagation.to(a.estimate().state(), a.estimate().phase(), at);
    StateVector sb = Propagation.to(b.estimate().state(), b.estimate().phase(), at);
    return close(sa, sb) || TrackFusion.squaredDistance(sa, sb) < STATE_GATE;
  }

  private static boolean unreliable(SourceTrack t) {
    TrackStatus s = t.estimate().status();
    return s == TrackStatus.LOST || s == TrackStatus.ENDED;
  }

  static boolean close(StateVector a, StateVector b) {
    return a.positionM().minus(b.positionM()).norm() < NEAR_M
        && a.velocityMps().minus(b.velocityMps()).norm() < NEAR_MPS;
  }

  /**
   * Whether two launch estimates can be of one launch: squared distance in east, north and time
   * below 24 (3 degrees of freedom, exceeded by chance once in 40,000).
   */
  public static boolean sameLaunch(LaunchPointEstimate a, LaunchPointEstimate b) {
    Vector3 d = Wgs84.toEnu(Wgs84.toEcef(a.point()).minus(Wgs84.toEcef(b.point())), b.point());
    double[] p = a.eastNorthM2().toRowMajor();
    double[] q = b.eastNorthM2().toRowMajor();
    for (int i = 0; i < 4; i++) {
      p[i] += q[i];
    }
    double d2 = Dense.squaredDistance(Dense.factor(p, 2), new double[] {d.x(), d.y()}, 2);
    double dt = a.time().secondsSince(b.time());
    double vt = a.timeSigmaS() * a.timeSigmaS() + b.timeSigmaS() * b.timeSigmaS();
    return d2 + dt * dt / vt < LAUNCH_GATE;
  }
}
