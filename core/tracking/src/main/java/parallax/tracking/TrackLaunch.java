package parallax.tracking;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import parallax.model.FlightPhase;
import parallax.model.LaunchPointEstimate;
import parallax.model.SensorId;
import parallax.model.UtcTime;

/** What a track's plots tell of its launch: the first infrared plots, and the best estimate. */
final class TrackLaunch {
  /** How long after the first plot one still is a first sighting, seconds. */
  static final double SIGHTING_WINDOW_S = 8;

  /** Least time between two estimates from the state, seconds. */
  private static final double PERIOD_S = 1;

  /** How long after the first plot of all the state still tells of the launch, seconds. */
  private static final double EARLY_S = 60;

  /** Least specific force of a motor, m/s^2. */
  private static final double LEAST_THRUST = 5;

  private final TreeMap<SensorId, PlotModel> sightings = new TreeMap<>();
  private Optional<LaunchPointEstimate> best = Optional.empty();

  /** The newest plot by which the launch was reckoned from the state. */
  private long estimatedNanos = Long.MIN_VALUE / 2;

  /** What is known by a state. */
  static TrackLaunch of(
      Optional<LaunchPointEstimate> best, long estimatedNanos, List<PlotModel> sightings) {
    TrackLaunch l = new TrackLaunch();
    l.best = best;
    l.estimatedNanos = estimatedNanos;
    sightings.forEach(m -> l.sightings.put(m.plot.sensor(), m));
    return l;
  }

  Optional<LaunchPointEstimate> best() {
    return best;
  }

  long estimatedNanos() {
    return estimatedNanos;
  }

  /** The first infrared plots, in the order of their sensors. */
  List<PlotModel> sightings() {
    return List.copyOf(sightings.values());
  }

  /** It is the same launch as that of another track. */
  void sameAs(TrackLaunch other) {
    best = other.best;
  }

  /** Takes a plot of a track that still has its first one. */
  void note(PlotModel m, long firstPlotNanos) {
    if (m.radar()) {
      return;
    }
    PlotModel old = sightings.get(m.plot.sensor());
    boolean early = (m.nanos() - firstPlotNanos) * 1e-9 <= SIGHTING_WINDOW_S;
    if (early && (old == null || old.nanos() > m.nanos())) {
      sightings.put(m.plot.sensor(), m);
    }
  }

  /** A plot is the track's no more. */
  void forget(PlotModel m) {
    sightings.remove(m.plot.sensor(), m);
  }

  /** Keeps the better of the known estimate and what the newest plots allow. */
  void estimate(TrackHistory plots, boolean confirmed, boolean trimmed) {
    TrackHistory.Held newest = plots.newest();
    long last = newest.model().nanos();
    if (!sightings.isEmpty() && newest.count() >= 2) {
      List<PlotModel> first = new ArrayList<>(sightings.values());
      first.sort((a, b) -> TrackHistory.after(a, b) ? 1 : -1);
      offer(LaunchEstimator.fromInfrared(first));
    }
    boolean early = (last - plots.nanos(0)) * 1e-9 < EARLY_S && !trimmed;
    boolean due = (last - estimatedNanos) * 1e-9 >= PERIOD_S;
    if (confirmed && due && (early || newest.phase() == FlightPhase.BOOST)) {
      estimatedNanos = last;
      ImmState s = plots.posterior();
      double[] x = s.mean();
      double thrust = s.powered > 0 ? s.powered * burning(s) : 0;
      LaunchEstimator.fromState(new UtcTime(last), x, s.covariance(x), thrust, s.powered - thrust)
          .ifPresent(this::offer);
    }
  }

  /**
   * The probability that a force that is felt is a motor's: by the force along the velocity, which
   * lift has not; certain while the heat of the motor is seen.
   */
  private double burning(ImmState s) {
    if (!sightings.isEmpty()) {
      return 1;
    }
    double z = (s.thrust() - LEAST_THRUST) / s.thrustSigma();
    return Logistic.below(z);
  }

  private void offer(LaunchPointEstimate e) {
    if (best.isEmpty() || LaunchEstimator.area(e) < 0.9 * LaunchEstimator.area(best.get())) {
      best = Optional.of(e);
    }
  }
}
