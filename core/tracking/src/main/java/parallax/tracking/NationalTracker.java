package parallax.tracking;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import parallax.model.FlightPhase;
import parallax.model.InvalidValueException;
import parallax.model.LaunchPointEstimate;
import parallax.model.Nation;
import parallax.model.Plot;
import parallax.model.Sensor;
import parallax.model.SensorId;
import parallax.model.TrackId;
import parallax.model.TrackStatus;
import parallax.model.UtcTime;

/**
 * Turns one nation's plots into its national tracks. A state machine: plots and the time go in,
 * events come out; the same inputs in the same order give the same events to the last bit.
 *
 * <p>Plots are assigned to tracks by {@link ScanAssignment}; one that fits none starts a tentative
 * track, which is told of once enough looks confirm it. A tentative track that turns out to be a
 * target already tracked is merged into it: after a long coast or a loss the old track resumes with
 * the new state and keeps its identity. When more than one old track can be meant, none is: the new
 * track gets an identity of its own. A track that begins beside another in flight, both seen in the
 * same scans, has parted from it: of two such tracks the one with clearly more energy is the
 * payload, and the other is told as a part of it.
 */
public final class NationalTracker {
  private static final int WAIT_FACTOR = 4;
  private static final double LAUNCH_BETTER = 0.5;

  /** What errors of place may have done to a track, as a time along its motion, seconds. */
  private static final double PLACE_CORRECTED_S = 0.2;

  private final Nation nation;
  private final SensorRegistry sensors;
  private final TrackerSettings settings;
  private final TrackView view;
  private final TreeMap<Long, TrackFile> files = new TreeMap<>();

  /** The tracks whose state has to be taken anew. */
  private final List<TrackFile> changes = new ArrayList<>();

  private final TargetStates states = new TargetStates();

  private final TrackIdentity identity = new TrackIdentity(files.values());
  private final ScanAssignment assignment;
  private final Registration registration;
  private long nextNumber = 1;
  private long plots;
  private OptionalLong clock = OptionalLong.empty();
  private OptionalLong newestPlot = OptionalLong.empty();

  /** A tracker of {@code nation}'s own {@code sensors}; sensors of others are never used. */
  public NationalTracker(Nation nation, SensorRegistry sensors, TrackerSettings settings) {
    this(nation, sensors, settings, new Registration(sensors), 0);
  }

  private NationalTracker(
      Nation nation,
      SensorRegistry sensors,
      TrackerSettings settings,
      Registration registration,
      long nextOrder) {
    this.nation = nation;
    this.sensors = sensors;
    this.settings = settings;
    this.assignment = new ScanAssignment(settings, files, changes, nextOrder);
    this.registration = registration;
    this.view = new TrackView(nation, settings, registration::sharedS);
  }

  /**
   * A tracker that goes on exactly as the one did that {@code state} was taken from.
   *
   * @param sensors the same as that one had
   * @param settings the same as that one had
   * @param state what that one remembered
   * @throws InvalidValueException when the state does not fit the sensors, or itself
   */
  public static NationalTracker restored(
      Nation nation, SensorRegistry sensors, TrackerSettings settings, TrackerState state) {
    NationalTracker t =
        new NationalTracker(
            nation,
            sensors,
            settings,
            new Registration(sensors, state.errors()),
            state.nextOrder());
    t.nextNumber = state.nextNumber();
    t.plots = state.plots();
    t.clock = state.clockNs();
    t.newestPlot = state.newestPlotNs();
    for (TrackerState.Target s : state.targets()) {
      long least = t.files.isEmpty() ? 0 : t.files.lastKey() + 1;
      if (s.order() < least || s.order() >= state.nextOrder()) {
        throw new InvalidValueException(
            "place of a track", s.order(), least + " to " + (state.nextOrder() - 1));
      }
      t.files.put(s.order(), TrackFile.of(s, settings, t::kept, t.changes));
    }
    t.link(state.targets());
    t.keepStates();
    return t;
  }

  private void link(List<TrackerState.Target> targets) {
    TreeMap<Long, TrackFile> gone = new TreeMap<>();
    for (TrackerState.Target s : targets) {
      TrackerState.Parent p = s.partedFrom().orElse(null);
      TrackFile f = files.get(s.order());
      if (p != null && f != null) {
        TrackFile held = files.get(p.order());
        f.partFrom(
            Optional.of(
                held != null
                    ? held
                    : gone.computeIfAbsent(p.order(), o -> TrackFile.gone(p, settings))));
      }
    }
  }

  /**
   * All that it remembers, at the cost of a few arrays: what it refers to is never changed
   * afterwards.
   */
  public TrackerState state() {
    keepStates();
    return new TrackerState(
        assignment.nextOrder(),
        nextNumber,
        plots,
        clock,
        newestPlot,
        registration.state(),
        states.view());
  }

  /** Takes the states of the tracks that have changed, so that taking all is quick. */
  private void keepStates() {
    changes.forEach(f -> f.keepState(states));
    changes.clear();
  }

  /**
   * Takes a plot, in any order within {@link TrackerSettings#maxLatenessS()}.
   *
   * @throws UnknownSensorException when the sensor is not one of the nation's registered ones, or
   *     is not of the plot's kind; nothing has changed then
   */
  public List<TrackEvent> onPlot(Plot plot) {
    List<TrackEvent> events = take(plot);
    keepStates();
    return events;
  }

  private List<TrackEvent> take(Plot plot) {
    PlotModel m = model(plot, registration.correction(plot.sensor()));
    if (registration.isSetAside(plot.sensor())) {
      return watchSetAside(m);
    }
    String reason = reasonAgainst(m);
    if (reason != null) {
      return List.of(new TrackEvent.PlotRejected(plot, reason));
    }
    for (TrackFile f : assignment.near(m)) {
      if (f.history.holds(m)) {
        return List.of(new TrackEvent.PlotRejected(plot, "this plot is already used"));
      }
    }
    newestPlot = OptionalLong.of(Math.max(m.nanos(), newestPlot.orElse(Long.MIN_VALUE)));
    List<TrackEvent> events = new ArrayList<>();
    List<SensorClock> before = registration.clocks();
    List<SensorId> corrected = registration.displaced();
    long came = clock.orElse(m.nanos());
    long newest = files.isEmpty() ? -1 : files.lastKey();
    List<TrackFile> all = assignment.place(m);
    plots++;
    files.tailMap(newest, false).values().forEach(f -> f.came(plots, came));
    for (TrackFile gained : all) {
      gained.came(plots, came);
      gained.behind(0);
      TrackFile file = gained.dropped() ? null : confirm(gained, events);
      if (file != null) {
        registration.inUse(plot.sensor());
        registration.learn(file, m);
        tell(file, file.lastPlotNanos(), events);
      }
    }
    heed(before, corrected, events);
    return events;
  }

  /** A plot of a clock that is set aside tells only whether the clock agrees again. */
  private List<TrackEvent> watchSetAside(PlotModel corrected) {
    PlotModel plain =
        PlotModel.of((Plot.RadarPlot) corrected.plot, (Sensor.Radar) corrected.sensor);
    boolean fitsPlain = false;
    boolean fitsCorrected = false;
    for (TrackFile f : files.values()) {
      if (f.confirmed() && f.takesPlots(plain)) {
        fitsPlain |= f.distance(plain) <= plain.gate();
        fitsCorrected |= f.distance(corrected) <= corrected.gate();
      }
    }
    List<SensorClock> before = registration.clocks();
    List<SensorId> placed = registration.displaced();
    registration.note(corrected.plot.sensor(), fitsPlain, fitsCorrected);
    List<TrackEvent> events = new ArrayList<>();
    heed(before, placed, events);
    return events;
  }

  /** When clocks are judged otherwise than {@code before}, tracks are worked out anew. */
  private void heed(List<SensorClock> before, List<SensorId> corrected, List<TrackEvent> events) {
    TreeMap<SensorId, SensorClock> old = new TreeMap<>();
    before.forEach(c -> old.put(c.sensor(), c));
    boolean rework = !corrected.equals(registration.displaced());
    double shift = rework ? PLACE_CORRECTED_S : 0;
    for (SensorClock c : registration.clocks()) {
      SensorClock was = old.get(c.sensor());
      boolean agreed = was != null && was.standing() == SensorClock.Standing.AGREES;
      if (was == null ? c.standing() != SensorClock.Standing.AGREES : !c.hasStandingOf(was)) {
        rework = true;
        shift =
            Math.max(shift, Math.abs(c.offsetS() - (was == null || agreed ? 0 : was.offsetS())));
        if (c.isKnown() || (was != null && was.isKnown())) {
          events.add(new TrackEvent.ClockJudged(c));
        }
      }
    }
    if (rework) {
      reworkAll(shift, events);
    }
  }

  private void reworkAll(double shiftS, List<TrackEvent> events) {
    for (TrackFile f : List.copyOf(files.values())) {
      if (f.rework(this::usable, shiftS)) {
        assignment.moved(f);
      } else {
        NationalTrack told = f.report.told;
        if (told != null) {
          events.add(new TrackEvent.TrackUpdated(view.ended(f, told)));
        }
        assignment.drop(f);
      }
    }
  }

  private Optional<PlotModel> usable(Plot plot) {
    return registration.isSetAside(plot.sensor())
        ? Optional.empty()
        : Optional.of(model(plot, registration.correction(plot.sensor())));
  }

  /** What has been found of the clocks of the radars, in the order of their identities. */
  public List<SensorClock> clocks() {
    return registration.clocks();
  }

  /** What has been found of the constant errors of the radars, in the order of their identities. */
  public List<SensorBias> biases() {
    return registration.all();
  }

  /** A plot of a state. */
  private PlotModel kept(Plot plot, TrackerState.Correction correction) {
    try {
      return model(plot, PlotCorrection.of(correction));
    } catch (UnknownSensorException e) {
      throw new InvalidValueException("sensor of a plot", plot.sensor(), "a registered one");
    }
  }

  private PlotModel model(Plot plot, PlotCorrection correction) {
    SensorId id = plot.sensor();
    Sensor s =
        sensors
            .find(id)
            .filter(found -> id.owner().equals(nation))
            .orElseThrow(() -> new UnknownSensorException(id, "a registered sensor of " + nation));
    return switch (plot) {
      case Plot.RadarPlot p when s instanceof Sensor.Radar r -> PlotModel.of(p, r, correction);
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

  /** Confirms a track that has enough plots; returns where its plots are now, or null. */
  private @Nullable TrackFile confirm(TrackFile f, List<TrackEvent> events) {
    if (!f.confirmed()
        && f.history.enoughPlots(settings)
        && TrackView.plausible(f.posterior().mean())) {
      TrackFile same = identity.sameTargetAs(f);
      if (same == null) {
        same = identity.originalOf(f);
      }
      if (same != null) {
        assignment.drop(f);
        if (same.goesOnBeside(f)) {
          registration.learnApart(f, same, ClockFit.of(f, same));
          return null; // the same target seen twice: the track in use goes on
        }
        same.resume(f);
        same.confirm();
        assignment.moved(same);
        return same;
      }
      if (f.count() < WAIT_FACTOR * settings.confirmPlots() && identity.awaitsVelocity(f)) {
        return null;
      }
      f.confirm();
      f.partFrom(identity.parent(f));
      f.partedFrom().ifPresent(f::launchedWith);
    }
    if (f.partedFrom().isPresent()) {
      identity.judgeParting(f);
    } else {
      f.estimateLaunch();
      tellLaunch(f, events);
    }
    return f.confirmed() ? f : null;
  }

  private void tellLaunch(TrackFile f, List<TrackEvent> events) {
    Optional<LaunchPointEstimate> now = f.launch();
    Optional<LaunchPointEstimate> told = f.report.launchTold;
    if (now.isEmpty()
        || isAircraft(f)
        || mayBeCopy(f)
        || (told.isPresent()
            && LaunchEstimator.area(now.get())
                > LAUNCH_BETTER * LaunchEstimator.area(told.get()))) {
      return;
    }
    f.changed();
    f.report.launchTold = now;
    events.add(new TrackEvent.LaunchDetected(identify(f), now.get()));
  }

  /**
   * Whether it may turn out to be a track already told, seen by a radar with a wrong clock: that is
   * known when it is confirmed.
   */
  private boolean mayBeCopy(TrackFile f) {
    return !f.confirmed()
        && !f.history.radarPlots().isEmpty()
        && f.launch().isPresent()
        && files.values().stream()
            .anyMatch(
                o ->
                    o.confirmed()
                        && o.report.launchTold.isPresent()
                        && TrackAssociation.sameLaunch(
                            o.report.launchTold.get(), f.launch().get()));
  }

  /** Whether it has done nothing yet that an aircraft does not do: then it is not told of. */
  private static boolean isAircraft(TrackFile f) {
    ImmState s = f.posterior();
    return f.number().isEmpty() && s.watches.isEmpty() && ThreatRule.isLikeAnAircraft(s.mean());
  }

  private TrackId identify(TrackFile f) {
    if (f.number().isEmpty()) {
      f.number(nextNumber++);
      if (f.hasParts()) {
        identity.parts(f).forEach(TrackFile::changed);
      }
    }
    return new TrackId(nation, f.number().orElseThrow());
  }

  /** Emits the track when it changed status or phase, or its period has passed. */
  private void tell(TrackFile f, long nanos, List<TrackEvent> events) {
    if (isAircraft(f)) {
      return;
    }
    identify(f);
    TrackStatus status = f.report.status;
    FlightPhase phase = f.report.phase;
    NationalTrack old = f.report.told;
    long at = old == null ? nanos : Math.max(nanos, old.track().estimate().lastPlot().nanos());
    long of = Math.max(at, f.lastPlotNanos());
    if (old == null && !TrackView.plausible(f.at(of).mean())) {
      assignment.drop(f);
      return;
    }
    boolean over = f.isOver();
    NationalTrack now = view.at(f, of);
    if (over && !f.isOver()) {
      assignment.moved(f);
    }
    boolean changed = old == null || status != f.report.status || phase != f.report.phase;
    boolean due = seconds(nanos, f.report.toldNanos) >= settings.updatePeriodS() - 1e-6;
    f.report.told = now;
    if (changed || (due && !now.equals(old))) {
      f.report.toldNanos = nanos;
      events.add(new TrackEvent.TrackUpdated(now));
    }
  }

  /**
   * The node's clock jumps. Tracks go on as they were until their next plot. Those whose plots were
   * stamped later than the new time allows are told as lost and let go: no plot of the new time can
   * belong to them.
   */
  public List<TrackEvent> onClockCorrected(long byNanos, UtcTime now) {
    List<TrackEvent> events = correctClock(byNanos, now);
    keepStates();
    return events;
  }

  private List<TrackEvent> correctClock(long byNanos, UtcTime now) {
    clock = OptionalLong.of(now.nanos());
    long latest = now.nanos() + (long) (settings.maxFutureS() * 1e9);
    if (newestPlot.isPresent() && newestPlot.getAsLong() > latest) {
      newestPlot = clock;
    }
    List<TrackEvent> events = new ArrayList<>();
    for (TrackFile f : List.copyOf(files.values())) {
      f.cameAtMost(now.nanos());
      if (byNanos > 0) {
        f.behind(f.behindNanos() + byNanos);
      } else if (f.behindNanos() > 0) {
        f.behind(Math.max(0, f.behindNanos() + byNanos));
      } else if (f.lastPlotNanos() > latest) {
        assignment.drop(f);
        NationalTrack told = f.report.told;
        if (told != null && f.report.status != TrackStatus.ENDED) {
          events.add(new TrackEvent.TrackUpdated(TrackView.lost(told)));
        }
      }
    }
    return events;
  }

  /**
   * Lets time pass: tracks coast, are called lost, and end. Time does not run back but by {@link
   * #onClockCorrected}.
   */
  public List<TrackEvent> onTime(UtcTime now) {
    List<TrackEvent> events = pass(now);
    keepStates();
    return events;
  }

  private List<TrackEvent> pass(UtcTime now) {
    long nanos = Math.max(now.nanos(), clock.orElse(Long.MIN_VALUE));
    clock = OptionalLong.of(nanos);
    List<TrackEvent> events = new ArrayList<>();
    for (TrackFile f : List.copyOf(files.values())) {
      long byItsPlots = nanos - f.behindNanos();
      if (f.report.status == TrackStatus.ENDED) {
        assignment.drop(f);
      } else if (f.confirmed()) {
        if (byItsPlots > f.lastPlotNanos()) {
          tell(f, byItsPlots, events);
        }
      } else if (seconds(byItsPlots, f.lastHeardNanos()) > patience(f)) {
        assignment.drop(f);
      }
    }
    return events;
  }

  /** The time it was told last, UTC nanoseconds; empty before it was told any. */
  public OptionalLong clockNs() {
    return clock;
  }

  /** Whether no track is followed, tentative ones included: then time changes nothing here. */
  public boolean isIdle() {
    return files.isEmpty();
  }

  private static double patience(TrackFile f) {
    return Math.max(10, 5 * f.newest().sensor.scanPeriodS());
  }

  /** The confirmed tracks as last told or looked at, in the order of their identities. */
  public List<NationalTrack> tracks() {
    List<NationalTrack> all = new ArrayList<>();
    for (TrackFile f : files.values()) {
      NationalTrack told = f.report.told;
      if (f.confirmed() && told != null) {
        all.add(told);
      }
    }
    all.sort((a, b) -> a.track().id().compareTo(b.track().id()));
    return all;
  }
}
