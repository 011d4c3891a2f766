package parallax.demo;

import java.util.Optional;
import java.util.Random;
import parallax.engine.FiledTrack;
import parallax.model.Covariance;
import parallax.model.FlightPhase;
import parallax.model.Geodetic;
import parallax.model.ImpactPointPrediction;
import parallax.model.LaunchPointEstimate;
import parallax.model.StateVector;
import parallax.model.ThreatClass;
import parallax.model.TrackEstimate;
import parallax.model.TrackStatus;
import parallax.model.UtcTime;
import parallax.model.Vector3;
import parallax.model.Wgs84;

/**
 * Made-up tracks as another system of a nation would file them: {@value #TRACKS} parabolas at a
 * time. For one thread.
 */
final class FiledFlights {
  /** How many tracks fly at a time. */
  static final int TRACKS = 40;

  private static final double[][] SITES = {
    {39.2, 125.7}, {40.1, 125.4}, {38.6, 126.0}, {40.6, 129.1}, {39.4, 128.4}, {41.2, 128.9}
  };
  private static final double FLIGHT_S = 600;
  private static final double GROUND_MPS = 1_800;
  private static final double GRAVITY = 9.8;
  private static final double METRES_A_DEGREE = 111_000;

  private final Random random;

  /** Tracks whose scatter comes from a seed. */
  FiledFlights(long seed) {
    random = new Random(seed);
  }

  /**
   * What is said of one of the tracks now: its state, at times with its launch or its end.
   *
   * @param seq the number under which it is said
   */
  FiledTrack said(long seq, UtcTime now) {
    long number = 1 + seq % TRACKS;
    double[] site = SITES[(int) (number % SITES.length)];
    UtcTime launched = launched(number, now);
    double s = Math.max(1, now.secondsSince(launched));
    double bearing = 0.5 + number * 0.1;
    Vector3 at = position(site, bearing, s);
    Vector3 velocity = position(site, bearing, s + 0.5).minus(position(site, bearing, s - 0.5));
    double scatter = 100 * random.nextGaussian();
    Optional<LaunchPointEstimate> launch =
        seq % (10 * TRACKS) < TRACKS
            ? Optional.of(
                new LaunchPointEstimate(
                    Geodetic.ofDegrees(site[0], site[1], 0),
                    Covariance.diagonal(1e7, 1e7),
                    launched,
                    1))
            : Optional.empty();
    TrackEstimate estimate =
        new TrackEstimate(
            new StateVector(
                now,
                at.plus(new Vector3(scatter, scatter, scatter)),
                velocity,
                Covariance.diagonal(1e4, 1e4, 1e4, 100, 100, 100)),
            FlightPhase.COAST,
            TrackStatus.CONFIRMED,
            ThreatClass.UNKNOWN,
            now);
    Optional<ImpactPointPrediction> impact =
        seq % 7 == 0
            ? Optional.of(
                new ImpactPointPrediction.CannotTellYet(now, "the target is still under power"))
            : Optional.empty();
    return new FiledTrack(number, launch, Optional.of(estimate), impact);
  }

  /** Each track flies for ten minutes from a moment of its own, and then anew. */
  private static UtcTime launched(long number, UtcTime now) {
    long flight = Math.round(FLIGHT_S * 1e9);
    long shift = number * (flight / TRACKS);
    return new UtcTime((now.nanos() - shift) / flight * flight + shift);
  }

  private static Vector3 position(double[] site, double bearing, double s) {
    double up = GRAVITY * FLIGHT_S / 2 * s - GRAVITY / 2 * s * s;
    double lat = site[0] + GROUND_MPS * s * StrictMath.cos(bearing) / METRES_A_DEGREE;
    double lon =
        site[1]
            + GROUND_MPS
                * s
                * StrictMath.sin(bearing)
                / (METRES_A_DEGREE * StrictMath.cos(StrictMath.toRadians(site[0])));
    return Wgs84.toEcef(Geodetic.ofDegrees(lat, lon, Math.max(0, up)));
  }
}
