package parallax.tracking;

import java.util.Optional;
import parallax.model.LaunchPointEstimate;
import parallax.model.StateVector;
import parallax.model.Vector3;
import parallax.model.Wgs84;

/**
 * Whether what an originator reports of a track can be true at all, judged from the report alone: a
 * pure function, so that everyone who was told the same doubts the same.
 */
public final class SourceCheck {
  private static final double FASTEST_MPS = 11_200;
  private static final double DEEPEST_M = -10_000;
  private static final double SUREST_M = 1;
  private static final double SIGMAS = 4;
  private static final double SLACK_M = 50_000;

  private SourceCheck() {}

  /**
   * Why the report cannot be true, for a person to read; empty when it can: the inertial speed is
   * above that of escape, the place is under ground, the position is said to be known better than
   * to a metre, or the target is farther from its launch point than it can have flown since its
   * launch.
   */
  public static Optional<String> doubt(ReportedTrack t) {
    if (t.estimate().isEmpty()) {
      return Optional.empty();
    }
    StateVector s = t.estimate().get().state();
    double[] x = Orbit.vector(s);
    double speed = Orbit.inertialVelocity(x).norm();
    double drift = SIGMAS * s.covariance().block(3, 6).rms(3);
    if (speed - drift > FASTEST_MPS) {
      return Optional.of("it is said to fly at " + Math.round(speed) + " m/s");
    }
    double height = BallisticForces.height(x[0], x[1], x[2]);
    double loose = SIGMAS * s.covariance().rms(3);
    if (height + loose < DEEPEST_M) {
      return Optional.of("it is said to be " + Math.round(height / 1000) + " km high");
    }
    if (s.covariance().rms(3) < SUREST_M) {
      return Optional.of("its position is said to be known better than to a metre");
    }
    return t.launch().flatMap(l -> outOfReach(s, l, loose));
  }

  private static Optional<String> outOfReach(StateVector s, LaunchPointEstimate l, double loose) {
    Vector3 from = Wgs84.toEcef(l.point());
    double flown = s.positionM().minus(from).norm();
    double time = s.timeOfValidity().secondsSince(l.time()) + SIGMAS * l.timeSigmaS();
    double room = loose + SIGMAS * l.eastNorthM2().rms(2) + SLACK_M;
    return flown > FASTEST_MPS * Math.max(0, time) + room
        ? Optional.of(
            "it is said to be "
                + Math.round(flown / 1000)
                + " km from where it was launched "
                + Math.round(time)
                + " s before at most")
        : Optional.empty();
  }
}
