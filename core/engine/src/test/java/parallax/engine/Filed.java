package parallax.engine;

import java.util.Optional;
import parallax.model.Covariance;
import parallax.model.FlightPhase;
import parallax.model.Geodetic;
import parallax.model.ImpactPointPrediction;
import parallax.model.LaunchPointEstimate;
import parallax.model.Nation;
import parallax.model.StateVector;
import parallax.model.ThreatClass;
import parallax.model.TrackEstimate;
import parallax.model.TrackId;
import parallax.model.TrackStatus;
import parallax.model.UtcTime;
import parallax.model.Vector3;

/** Tracks of the made-up flight as a system of the nation's own would file them. */
final class Filed {
  private static final MadeUpFlight FLIGHT = new MadeUpFlight();

  private Filed() {}

  static TrackId id(Nation nation, long number) {
    return new TrackId(nation, FiledTrack.FIRST + number);
  }

  static LaunchPointEstimate launchAt(Geodetic place) {
    return new LaunchPointEstimate(place, Covariance.diagonal(1e6, 1e6), MadeUpFlight.LAUNCH, 2);
  }

  static FiledTrack launch(long number) {
    return new FiledTrack(
        number, Optional.of(launchAt(MadeUpFlight.SITE)), Optional.empty(), Optional.empty());
  }

  static TrackEstimate estimate(UtcTime time) {
    double s = time.secondsSince(MadeUpFlight.LAUNCH);
    Vector3 before = FLIGHT.positionAt(s - 0.5);
    Vector3 after = FLIGHT.positionAt(s + 0.5);
    return new TrackEstimate(
        new StateVector(
            time,
            FLIGHT.positionAt(s),
            after.minus(before),
            Covariance.diagonal(1e4, 1e4, 1e4, 25, 25, 25)),
        s < 111 ? FlightPhase.BOOST : FlightPhase.COAST,
        TrackStatus.CONFIRMED,
        ThreatClass.UNKNOWN,
        time);
  }

  /** A state that will come down in the north of Honshu, from 125 to 150 s after the launch. */
  static TrackEstimate toJapan(UtcTime time) {
    TrackEstimate e = estimate(time);
    StateVector s = e.state();
    return new TrackEstimate(
        new StateVector(
            s.timeOfValidity(), s.positionM(), s.velocityMps().times(1.14), s.covariance()),
        FlightPhase.COAST,
        e.status(),
        e.threatClass(),
        e.lastPlot());
  }

  /** The same with its launch and impact. */
  static FiledTrack allToJapan(long number, UtcTime time) {
    return new FiledTrack(
        number,
        Optional.of(launchAt(MadeUpFlight.SITE)),
        Optional.of(toJapan(time)),
        Optional.of(impactAt(time, 37.9, 139.5)));
  }

  static FiledTrack path(long number, UtcTime time) {
    return new FiledTrack(number, Optional.empty(), Optional.of(estimate(time)), Optional.empty());
  }

  static ImpactPointPrediction.Predicted impactAt(UtcTime from, double lat, double lon) {
    return new ImpactPointPrediction.Predicted(
        from,
        Geodetic.ofDegrees(lat, lon, 0),
        Covariance.diagonal(1e8, 1e8),
        MadeUpFlight.LAUNCH.plusSeconds(600),
        10);
  }

  static FiledTrack impact(long number, UtcTime from, double lat, double lon) {
    return new FiledTrack(
        number, Optional.empty(), Optional.empty(), Optional.of(impactAt(from, lat, lon)));
  }

  /** Launch, state and impact together. */
  static FiledTrack all(long number, UtcTime time) {
    return new FiledTrack(
        number,
        Optional.of(launchAt(MadeUpFlight.SITE)),
        Optional.of(estimate(time)),
        Optional.of(impactAt(time, 40, 137)));
  }
}
