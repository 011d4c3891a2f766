package parallax.tracking;

import parallax.model.Cholesky;
import parallax.model.InvalidValueException;
import parallax.model.LaunchPointEstimate;
import parallax.model.StateVector;
import parallax.model.TrackEstimate;
import parallax.model.UtcTime;
import parallax.model.Vector3;
import parallax.model.Wgs84;

/**
 * How well two tracks of different originators agree to be of one target.
 *
 * <p>States are compared at the later of their times by their squared Mahalanobis distance, the
 * errors taken as independent; because each originator's sensors are registered with a bias of
 * their own that its covariance does not know, 5 km and 60 m/s (1 sigma) are added to every axis.
 * Launch estimates, when both are known, must not contradict; they decide alone when a state is
 * missing, or a track is lost or ended.
 */
public final class TrackAssociation {
  /**
   * Largest cost of one target: chi-square of 6 degrees of freedom, exceeded by chance once in
   * about 5 million.
   */
  static final double GATE = 42;

  private static final double BIAS_M = 5_000;
  private static final double BIAS_MPS = 60;
  private static final double LAUNCH_GATE = 24;
  private static final double LAUNCH_ALONE = GATE - LAUNCH_GATE;
  private static final double NEAR_M = 15_000;
  private static final double NEAR_MPS = 300;
  private static final double FASTEST_MPS = 12_000;
  private static final double FAR_M = 300_000;
  private static final double FAR_SIGMAS = 7;
  private static final double FAR_GAP_S = 600;

  private TrackAssociation() {}

  /** Whether {@code a} and {@code b} may be of one target. */
  public static boolean sameTarget(ReportedTrack a, ReportedTrack b) {
    return cost(a, b) < GATE;
  }

  /** Squared distance of two tracks, {@link #GATE} and more when they are of two targets. */
  static double cost(ReportedTrack a, ReportedTrack b) {
    double launches = Double.NaN;
    if (a.launch().isPresent() && b.launch().isPresent()) {
      launches = launchDistance(a.launch().get(), b.launch().get());
      if (launches >= LAUNCH_GATE) {
        return Double.POSITIVE_INFINITY;
      }
    }
    boolean known = !Double.isNaN(launches);
    if (a.estimate().isEmpty()
        || b.estimate().isEmpty()
        || (known && !(a.isHeld() && b.isHeld()))) {
      return known ? LAUNCH_ALONE + launches : Double.POSITIVE_INFINITY;
    }
    try {
      return stateCost(a.estimate().get(), b.estimate().get());
    } catch (InvalidValueException e) {
      // One of them, carried to the other's time, is inside the earth: the launches decide.
      return known ? LAUNCH_ALONE + launches : Double.POSITIVE_INFINITY;
    }
  }

  private static double stateCost(TrackEstimate a, TrackEstimate b) {
    StateVector sa = a.state();
    StateVector sb = b.state();
    double gap = Math.abs(sa.timeOfValidity().secondsSince(sb.timeOfValidity()));
    double loose = FAR_SIGMAS * (sa.covariance().rms(3) + sb.covariance().rms(3));
    double drift =
        FAR_SIGMAS * (sa.covariance().block(3, 6).rms(3) + sb.covariance().block(3, 6).rms(3));
    double room = FAR_M + loose + (FASTEST_MPS + drift) * gap;
    if (gap < FAR_GAP_S && sa.positionM().minus(sb.positionM()).norm() > room) {
      return Double.POSITIVE_INFINITY;
    }
    UtcTime at = UtcTime.max(sa.timeOfValidity(), sb.timeOfValidity());
    return biasedDistance(Propagation.to(sa, a.phase(), at), Propagation.to(sb, b.phase(), at));
  }

  private static double biasedDistance(StateVector a, StateVector b) {
    double r = BIAS_M * BIAS_M;
    double v = BIAS_MPS * BIAS_MPS;
    return TrackFusion.squaredDistance(a, b, new double[] {r, r, r, v, v, v});
  }

  /** Whether two states of one time cannot be of one target, even under a bias. */
  static boolean contradict(StateVector a, StateVector b) {
    return biasedDistance(a, b) >= GATE;
  }

  static boolean close(StateVector a, StateVector b) {
    return a.positionM().minus(b.positionM()).norm() < NEAR_M
        && a.velocityMps().minus(b.velocityMps()).norm() < NEAR_MPS;
  }

  /** Whether two launch estimates can be of one launch. */
  public static boolean sameLaunch(LaunchPointEstimate a, LaunchPointEstimate b) {
    return launchDistance(a, b) < LAUNCH_GATE;
  }

  /**
   * Squared distance in east, north and time; 24 is exceeded by chance once in 40,000 (3 degrees of
   * freedom).
   */
  private static double launchDistance(LaunchPointEstimate a, LaunchPointEstimate b) {
    Vector3 d = Wgs84.toEnu(Wgs84.toEcef(a.point()).minus(Wgs84.toEcef(b.point())), b.point());
    double[] p = a.eastNorthM2().toRowMajor();
    double[] q = b.eastNorthM2().toRowMajor();
    for (int i = 0; i < 4; i++) {
      p[i] += q[i];
    }
    double d2 = Cholesky.squaredDistance(Dense.factor(p, 2), new double[] {d.x(), d.y()}, 2);
    double dt = a.time().secondsSince(b.time());
    double vt = a.timeSigmaS() * a.timeSigmaS() + b.timeSigmaS() * b.timeSigmaS();
    return d2 + dt * dt / vt;
  }
}
