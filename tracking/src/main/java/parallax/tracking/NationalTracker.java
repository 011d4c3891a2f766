package parallax.tracking;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import parallax.model.FlightPhase;
import parallax.model.LaunchPointEstimate;
import parallax.model.Nation;
import parallax.model.Plot;
import parallax.model.Sensor;
import parallax.model.SensorId;
import parallax.model.StateVector;
import parallax.model.TrackId;
import parallax.model.TrackStatus;
import parallax.model.UtcTime;

/**
 * Turns one nation's plots into its national tracks. A state machine: plots and the time go in,
 * events come out; the same inputs in the same order give the same events to the last bit.
 *
 * <p>A plot belongs to the track whose belief it fits best within a gate; one that fits none starts
 * a tentative track, which is told of once enough plots confirm it. A tentative track that turns
 * out to be a target already tracked is merged into it: after a long coast or a loss the old track
 * resumes with the new state and keeps its identity.
 *
 * <p>Shallow still: plots are assigned one by one to the nearest track, without a global
 * assignment; sensor bias is not estimated.
 */
public final class NationalTracker {
  private static final double RESUME_GATE = 60;
  private static final int WAIT_FACTOR = 4;
  private static final double LAUNCH_BETTER = 0.5;

  private final Nation nation;
  private final SensorRegistry sensors;
  private final TrackerSettings settings;
  private final TrackView view;
  private final List<TrackFile> files = new ArrayList<>();
  private long nextNumber = 1;
  private OptionalLong clock = OptionalLong.empty();
  private OptionalLong newestPlot = OptionalLong.empty();

  /** A tracker of {@code nation}'s own {@code sensors}; sensors of others are never used. */
  public NationalTracker(Nation nation, SensorRegistry sensors, TrackerSettings settings) {
    this.nation = nation;
    this.sensors = sensors;
    this.settings = settings;
    this.view = new TrackView(nation, settings);
  }

  /**
   * Takes a plot, in any order within {@link TrackerSettings#maxLatenessS()}.
   *
   * @throws UnknownSensorException when the sensor is not one of the nation's registered ones, or
   *     is not of the plot's kind; nothing has changed then
   */
  public List<TrackEvent> onPlot(Plot plot) {
    PlotModel m = model(plot);
    String reason = reasonAgainst(m);
    if (reason != null) {
      return List.of(new TrackEvent.PlotRejected(plot, reason));
    }
    TrackFile best = nearest(m);
    if (best != null && best.holds(m)) {
      return List.of(
          new TrackEvent.PlotRejected(plot, "this sensor's plot of this time is already used"));
    }
    newestPlot = OptionalLong.of(Math.max(m.nanos(), newestPlot.orElse(Long.MIN_VALUE)));
    List<TrackEvent> events = new ArrayList<>();
    if (best == null) {
      files.add(new TrackFile(settings, m));
      return events;
    }
    best.insert(m);
    TrackFile file = confirm(best, events);
    if (file != null) {
      tell(file, file.lastPlotNanos(), events);
    }
    return events;
  }

  private PlotModel model(Plot plot) {
    SensorId id = plot.sensor();
    Sensor s =
        sensors
            .find(id)
            .filter(found -> id.owner().equals(nation))
            .orElseThrow(() -> new UnknownSensorException(id, "a registered sensor of " + nation));
    return switch (plot) {
      case Plot.RadarPlot p when s instanceof Sensor.Radar r -> PlotModel.of(p, r);
      case Plot.InfraredPlot p when s instanceof Sensor.InfraredSatellite i -> PlotModel.of(p, i);
      default -> throw new UnknownSensorException(id, "a sensor of the plot's kind");
    };
  }

  private @Nullable String reasonAgainst(PlotModel m) {
    if (clock.isPresent()) {
      double ahead = seconds(m.nanos(), clock.getAsLong());
      if (ahead > settings.maxFutureS()) {
        return "plot is " + Math.round(ahead) + " s in the future";
      }
    }
    long newest = Math.max(clock.orElse(Long.MIN_VALUE), newestPlot.orElse(Long.MIN_VALUE));
    if (newest != Long.MIN_VALUE) {
      double late = seconds(newest, m.nanos());
      if (late > settings.maxLatenessS()) {
        return "plot is " + Math.round(late) + " s old";
      }
    }
    return null;
  }

  private static double seconds(long later, long earlier) {
    return ((double) later - (double) earlier) * 1e-9;
  }

  /** The best fitting track within the gate; a confirmed one goes before a tentative one. */
  private @Nullable TrackFile nearest(PlotModel m) {
    TrackFile best = null;
    double least = Double.POSITIVE_INFINITY;
    for (TrackFile f : files) {
      if (f.report.status == TrackStatus.LOST || f.report.status == TrackStatus.ENDED) {
        continue; // found again only by enough plots of its own
      }
      double d = f.distance(m);
      if (d <= m.gate()
          && (best == null
              || (f.confirmed && !best.confirmed)
              || (f.confirmed == best.confirmed && d < least))) {
        best = f;
        least = d;
      }
    }
    return best;
  }

  /** Confirms a track that has enough plots; returns where its plots are now, or null. */
  private @Nullable TrackFile confirm(TrackFile f, List<TrackEvent> events) {
    if (!f.confirmed && f.enoughPlots() && TrackView.plausible(f.posterior().mean())) {
      TrackFile same = sameTargetAs(f);
      if (same != null) {
        files.remove(f);
        if (same.lastPlotNanos() > f.firstPlotNanos()) {
          return null; // the same target seen twice: the track in use goes on
        }
        same.resume(f);
        same.confirmed = true;
        return same;
      }
      if (f.count() < WAIT_FACTOR * settings.confirmPlots() && awaitsVelocity(f)) {
        return null;
      }
      f.confirmed = true;
    }
    f.estimateLaunch();
    tellLaunch(f, events);
    return f.confirmed ? f : null;
  }

  private boolean awaitsVelocity(TrackFile f) {
    StateVector mine = state(f.posterior(), f.lastPlotNanos());
    return files.stream().anyMatch(o -> o != f && o.confirmed && Reacquisition.tooEarly(o, mine));
  }

  private @Nullable TrackFile sameTargetAs(TrackFile f) {
    long at = f.lastPlotNanos();
    ImmState own = f.posterior();
    StateVector mine = state(own, at);
    for (TrackFile other : files) {
      if (other == f || !other.confirmed) {
        continue;
      }
      if (Reacquisition.possible(other, mine)) {
        return other;
      }
      ImmState theirs = other.lastPlotNanos() <= at ? other.at(at) : other.posterior();
      if (!TrackView.plausible(theirs.mean())) {
        continue;
      }
      StateVector yours = state(theirs, at);
      if (TrackAssociation.close(mine, yours)
          || TrackFusion.squaredDistance(mine, yours) < RESUME_GATE) {
        return other;
      }
    }
    return null;
  }

  private static StateVector state(ImmState s, long nanos) {
    double[] x = s.mean();
    return Propagation.stateVector(new UtcTime(nanos), x, s.covariance(x));
  }

  private void tellLaunch(TrackFile f, List<TrackEvent> events) {
    Optional<LaunchPointEstimate> now = f.launch;
    Optional<LaunchPointEstimate> told = f.report.launchTold;
    if (now.isEmpty()
        || (told.isPresent()
            && LaunchEstimator.area(now.get())
                > LAUNCH_BETTER * LaunchEstimator.area(told.get()))) {
      return;
    }
    f.report.launchTold = now;
    events.add(new TrackEvent.LaunchDetected(identify(f), now.get()));
  }

  private TrackId identify(TrackFile f) {
    if (f.number.isEmpty()) {
      f.number = OptionalLong.of(nextNumber++);
    }
    return new TrackId(nation, f.number.getAsLong());
  }

  /** Emits the track when it changed status or phase, or its period has passed. */
  private void tell(TrackFile f, long nanos, List<TrackEvent> events) {
    identify(f);
    TrackStatus status = f.report.status;
    FlightPhase phase = f.report.phase;
    NationalTrack old = f.report.told;
    long at = old == null ? nanos : Math.max(nanos, old.track().estimate().lastPlot().nanos());
    if (old == null && !TrackView.plausible(f.posterior().mean())) {
      files.remove(f);
      return;
    }
    NationalTrack now = view.at(f, Math.max(at, f.lastPlotNanos()));
    boolean changed = old == null || status != f.report.status || phase != f.report.phase;
    boolean due = seconds(nanos, f.report.toldNanos) >= settings.updatePeriodS() - 1e-6;
    f.report.told = now;
    if (changed || due) {
      f.report.toldNanos = nanos;
      events.add(new TrackEvent.TrackUpdated(now));
    }
  }

  /** Lets time pass: tracks coast, are called lost, and end. Time does not run back. */
  public List<TrackEvent> onTime(UtcTime now) {
    long nanos = Math.max(now.nanos(), clock.orElse(Long.MIN_VALUE));
    clock = OptionalLong.of(nanos);
    List<TrackEvent> events = new ArrayList<>();
    for (TrackFile f : List.copyOf(files)) {
      if (f.report.status == TrackStatus.ENDED) {
        files.remove(f);
      } else if (f.confirmed) {
        if (nanos > f.lastPlotNanos()) {
          tell(f, nanos, events);
        }
      } else if (seconds(nanos, f.lastPlotNanos()) > patience(f)) {
        files.remove(f);
      }
    }
    return events;
  }

  private static double patience(TrackFile f) {
    return Math.max(10, 5 * f.newest().sensor.scanPeriodS());
  }

  /** The confirmed tracks as last told or looked at, in the order of their identities. */
  public List<NationalTrack> tracks() {
    List<NationalTrack> all = new ArrayList<>();
    for (TrackFile f : files) {
      NationalTrack told = f.report.told;
      if (f.confirmed && told != null) {
        all.add(told);
      }
    }
    all.sort((a, b) -> a.track().id().compareTo(b.track().id()));
    return all;
  }
}
