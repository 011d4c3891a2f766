package parallax.tracking;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import parallax.model.FlightPhase;
import parallax.model.InvalidValueException;
import parallax.model.LaunchPointEstimate;
import parallax.model.Plot;
import parallax.model.SensorId;
import parallax.model.TrackStatus;
import parallax.model.UtcTime;

/**
 * One target's plots of the last while and the beliefs after each of them. A late plot is put in
 * its place and everything after it is worked out anew, so the belief depends on the set of plots
 * and not on the order of their arrival.
 */
final class TrackFile {
  /** How long before the first plot another may still be put, seconds. */
  static final double ROOM_BEFORE_S = TrackLaunch.SIGHTING_WINDOW_S;

  private static final double RESUMES_WITHIN_S = 60;
  private static final double SCAN_SHARE = 0.3;

  /** When times move by more, what was believed before the plots that are held is of no use. */
  private static final double STARTS_ANEW_S = 1.5;

  private static final int PLOTS_TO_START_ANEW = 10;

  private final TrackerSettings settings;

  /** Its plots and the beliefs after them. */
  final TrackHistory history;

  private final TreeMap<SensorId, Integer> contributors = new TreeMap<>();
  private final TrackLaunch launch;
  private boolean trimmed;
  private @Nullable ImmState coasting;

  /** The belief that was asked for last, ahead of the newest plot. */
  private @Nullable ImmState ahead;

  private @Nullable PlotModel asked;
  private double askedFit;

  /** What the tracker announced and decided of it. */
  final LastTold report;

  private OptionalLong number = OptionalLong.empty();

  /** When it last taught of the sensors' biases. */
  private long registeredNanos = Long.MIN_VALUE / 2;

  private boolean confirmed;

  /** How much later than the clock of its plots the present clock shows, since a correction. */
  private long behindNanos;

  /** Number of its first plot and of the one that came last, among all that came in any order. */
  private long firstCame;

  private long lastCame;

  /** The tracker's time when its last plot came. */
  private long lastCameNanos = Long.MIN_VALUE;

  /** The newest plot that would have fitted and was given to another track. */
  private long missedNanos = Long.MIN_VALUE / 2;

  /** The track it came off in flight: it is a spent stage, debris, or what they came off. */
  private Optional<TrackFile> partedFrom = Optional.empty();

  /** Whether another ever came off it. */
  private boolean parted;

  /** Its place among all tracks ever started. */
  final long order;

  /** Whether the tracker has let go of it. */
  private boolean dropped;

  /** The tracks whose state has to be taken anew, this one among them if {@link #isChanged}. */
  private final List<TrackFile> changes;

  private boolean isChanged;

  /** Its place among the states of all tracks; -1 before its state was first taken. */
  private int statePlace = -1;

  /** Where the index has it, by slice. */
  final TreeMap<Long, TrackIndex.Place> places = new TreeMap<>();

  /**
   * A track of one plot.
   *
   * @param changes where it puts itself when its state has to be taken anew
   */
  TrackFile(TrackerSettings settings, long order, PlotModel first, List<TrackFile> changes) {
    this(
        settings,
        order,
        new TrackHistory(settings.confirmPlots()),
        new TrackLaunch(),
        new LastTold(),
        changes);
    insert(first);
  }

  private TrackFile(
      TrackerSettings settings,
      long order,
      TrackHistory history,
      TrackLaunch launch,
      LastTold report,
      List<TrackFile> changes) {
    this.settings = settings;
    this.order = order;
    this.history = history;
    this.launch = launch;
    this.report = report;
    this.changes = changes;
  }

  /** The track of a state, but for what it parted from. */
  static TrackFile of(
      TrackerState.Target t,
      TrackerSettings settings,
      BiFunction<Plot, TrackerState.Correction, PlotModel> model,
      List<TrackFile> changes) {
    List<PlotModel> plots = new ArrayList<>(t.history().size());
    t.history().forEach(h -> plots.add(model.apply(h.plot(), h.correction())));
    TrackHistory history =
        TrackHistory.of(t.history(), plots, t.trimmed(), settings.confirmPlots());
    TrackLaunch launch =
        TrackLaunch.of(
            t.launch(), t.times().launchEstimatedNs(), sightings(t.sightings(), plots, model));
    TrackFile f =
        new TrackFile(settings, t.order(), history, launch, LastTold.of(t.told()), changes);
    f.number = t.number();
    f.registeredNanos = t.times().registeredNs();
    f.confirmed = t.confirmed();
    f.behindNanos = t.times().behindNs();
    f.firstCame = t.times().firstCame();
    f.lastCame = t.times().lastCame();
    f.lastCameNanos = t.times().lastCameNs();
    f.missedNanos = t.times().missedNs();
    f.trimmed = t.trimmed();
    t.contributors().forEach(c -> f.contributors.put(c.sensor(), c.plots()));
    f.changed();
    return f;
  }

  private static List<PlotModel> sightings(
      List<TrackerState.Sighting> state,
      List<PlotModel> plots,
      BiFunction<Plot, TrackerState.Correction, PlotModel> model) {
    List<PlotModel> all = new ArrayList<>(state.size());
    for (TrackerState.Sighting s : state) {
      boolean held = s.at() >= 0 && s.at() < plots.size();
      PlotModel m = held ? plots.get(s.at()) : model.apply(s.plot(), PlotCorrection.NONE.state());
      if (m.radar()) {
        throw new InvalidValueException("sighting", "a plot of " + s.plot().sensor(), "infrared");
      }
      all.add(m);
    }
    return all;
  }

  /** A track that is held no more, but named by one that came off it. */
  static TrackFile gone(TrackerState.Parent p, TrackerSettings settings) {
    TrackFile f =
        new TrackFile(
            settings,
            p.order(),
            new TrackHistory(settings.confirmPlots()),
            new TrackLaunch(),
            new LastTold(),
            new ArrayList<>());
    f.number = p.number();
    f.dropped = true;
    return f;
  }

  /** Takes note that something in it changes, its report included. */
  void changed() {
    if (!isChanged) {
      isChanged = true;
      changes.add(this);
    }
  }

  /** Takes its state anew, or away. */
  void keepState(TargetStates states) {
    isChanged = false;
    if (!dropped) {
      statePlace = statePlace < 0 ? states.place() : statePlace;
      states.put(statePlace, state());
    } else if (statePlace >= 0) {
      states.remove(statePlace);
      statePlace = -1;
    }
  }

  private TrackerState.Target state() {
    List<TrackHistory.Held> held = history.view();
    List<PlotModel> first = launch.sightings();
    List<TrackerState.Contributor> parts = new ArrayList<>(contributors.size());
    contributors.forEach((id, n) -> parts.add(new TrackerState.Contributor(id, n)));
    return new TrackerState.Target(
        order,
        number,
        confirmed,
        partedFrom.map(p -> new TrackerState.Parent(p.order, p.number)),
        launch.best(),
        new TrackerState.Times(
            launch.estimatedNanos(),
            registeredNanos,
            behindNanos,
            firstCame,
            lastCame,
            lastCameNanos,
            missedNanos),
        parts,
        new Mapped<>(first.size(), i -> sighting(first.get(i), held)),
        trimmed,
        TrackHistory.state(held),
        report.state());
  }

  private static TrackerState.Sighting sighting(PlotModel m, List<TrackHistory.Held> held) {
    int at = held.size() - 1;
    while (at >= 0 && held.get(at).model() != m) {
      at--;
    }
    return new TrackerState.Sighting(at, m.plot);
  }

  OptionalLong number() {
    return number;
  }

  void number(long given) {
    number = OptionalLong.of(given);
    changed();
  }

  Optional<LaunchPointEstimate> launch() {
    return launch.best();
  }

  boolean confirmed() {
    return confirmed;
  }

  void confirm() {
    confirmed = true;
    changed();
  }

  Optional<TrackFile> partedFrom() {
    return partedFrom;
  }

  /** Whether others may have come off it. */
  boolean hasParts() {
    return parted;
  }

  /** It came off {@code whole}, or off none. */
  void partFrom(Optional<TrackFile> whole) {
    partedFrom = whole;
    whole.ifPresent(w -> w.parted = true);
    changed();
  }

  /** It was launched as {@code whole} was. */
  void launchedWith(TrackFile whole) {
    launch.sameAs(whole.launch);
    changed();
  }

  long behindNanos() {
    return behindNanos;
  }

  void behind(long nanos) {
    changed();
    behindNanos = nanos;
  }

  void missed(PlotModel m) {
    missedNanos = Math.max(missedNanos, m.nanos());
    changed();
  }

  long registeredNanos() {
    return registeredNanos;
  }

  void registered(long nanos) {
    registeredNanos = nanos;
    changed();
  }

  boolean dropped() {
    return dropped;
  }

  void drop() {
    dropped = true;
    changed();
  }

  boolean trimmed() {
    return trimmed;
  }

  /** A number that is another after each change of its plots. */
  int version() {
    return history.version();
  }

  /**
   * Whether a plot may be added to it as it comes. After a loss or a long gap it may not: where the
   * target is now is so uncertain that another's plot would fit as well, so it is found again only
   * by a new track of enough plots.
   */
  boolean takesPlots(PlotModel m) {
    return takesPlots(m.nanos());
  }

  /** The same of a plot of this time, and of none later when it is not so. */
  boolean takesPlots(long nanos) {
    return !isOver() && (!confirmed || (nanos - lastPlotNanos()) * 1e-9 < RESUMES_WITHIN_S);
  }

  /** Whether it is lost or ended. */
  boolean isOver() {
    return report.status == TrackStatus.LOST || report.status == TrackStatus.ENDED;
  }

  /** Takes note that plot number {@code n} of all is its own and came at the time {@code nanos}. */
  void came(long n, long nanos) {
    changed();
    firstCame = lastCameNanos == Long.MIN_VALUE ? n : firstCame;
    lastCame = n;
    lastCameNanos = nanos;
  }

  /** The tracker's clock was set back: no plot came later than it shows now. */
  void cameAtMost(long nanos) {
    if (lastCameNanos > nanos) {
      lastCameNanos = nanos;
      changed();
    }
  }

  /** When it had its newest plot, by the plot's time or by when it came. */
  long lastHeardNanos() {
    return Math.max(lastPlotNanos(), lastCameNanos);
  }

  /**
   * Whether it has had plots since {@code other} began. Times of plots do not tell that alone: a
   * clock may be wrong.
   */
  boolean goesOnBeside(TrackFile other) {
    return lastPlotNanos() > other.firstPlotNanos() || lastCame > other.firstCame;
  }

  /** Takes the plots and beliefs of {@code other}, keeping identity and launch estimate. */
  void resume(TrackFile other) {
    changed();
    history.take(other.history);
    other.contributors.forEach((id, n) -> contributors.merge(id, n, Integer::sum));
    trimmed = other.trimmed;
    lastCame = other.lastCame;
    lastCameNanos = other.lastCameNanos;
    forgetAhead();
    if (launch.best().isEmpty()) {
      launch.sameAs(other.launch);
    }
    report.restart();
  }

  long lastPlotNanos() {
    return history.newest().model().nanos();
  }

  UtcTime lastPlot() {
    return new UtcTime(lastPlotNanos());
  }

  long firstPlotNanos() {
    return history.nanos(0);
  }

  PlotModel newest() {
    return history.newest().model();
  }

  ImmState posterior() {
    return history.posterior();
  }

  /** Whether it was boosting or manoeuvring, as far as is known, at its newest plot. */
  boolean wasPowered() {
    return switch (postedPhase()) {
      case UNKNOWN, BOOST, MANOEUVRE -> true;
      case COAST, REENTRY -> false;
    };
  }

  FlightPhase postedPhase() {
    return history.newest().phase();
  }

  /**
   * Whether its plots may have gone to another track since its motor was seen to burn: that none
   * come does not say then that the motor is out.
   */
  boolean mayBurnElsewhere() {
    return postedPhase() == FlightPhase.BOOST && missedNanos > lastPlotNanos();
  }

  /** Since when the plots say it is unpowered; the newest plot when they do not say so. */
  long unpoweredSince() {
    return Math.min(history.newest().unpoweredSince(), lastPlotNanos());
  }

  int count() {
    return history.newest().count();
  }

  List<SensorId> contributors() {
    return List.copyOf(contributors.keySet());
  }

  /** Belief at {@code nanos}, not before the newest plot. */
  ImmState at(long nanos) {
    ImmState known = ahead;
    if (known != null && known.nanos == nanos) {
      return known;
    }
    ImmState from = coasting;
    if (from == null || from.nanos > nanos || from.nanos < lastPlotNanos()) {
      from = posterior();
    }
    ImmState whole = ImmFilter.predictWhole(from, nanos);
    coasting = whole;
    known = whole.nanos == nanos ? whole : ImmFilter.predict(whole, nanos);
    ahead = known;
    return known;
  }

  /**
   * The belief at the plot's time as it is without it and without other plots of the same scan;
   * null when the track begins with them or, by now, after it.
   */
  @Nullable ImmState before(PlotModel m) {
    int i = history.placeOf(m);
    for (int k = i - 1; k >= 0 && seconds(m, history.model(k)) < m.sensor.scanPeriodS(); k--) {
      if (sameScan(history.model(k), m)) {
        i = k;
      }
    }
    if (i == 0) {
      return null;
    }
    return i == history.size() ? at(m.nanos()) : ImmFilter.predict(history.after(i - 1), m.nanos());
  }

  /**
   * Squared normalised distance of a plot from this track; infinite when it is older than the
   * history. A plot just older than the first fits when the first fits a track started from it.
   */
  double distance(PlotModel m) {
    ImmState before = before(m);
    if (before != null) {
      asked = m;
      askedFit = ImmFilter.distance(before, m);
      return askedFit;
    }
    PlotModel first = history.model(0);
    double gap = seconds(first, m);
    if (trimmed || gap < 0 || gap > ROOM_BEFORE_S || sameScan(first, m)) {
      return Double.POSITIVE_INFINITY;
    }
    return ImmFilter.distance(ImmFilter.predict(ImmFilter.start(m), first.nanos()), first);
  }

  private static double seconds(PlotModel later, PlotModel earlier) {
    return (later.nanos() - earlier.nanos()) * 1e-9;
  }

  /** Whether two plots are of one sensor and one look round: then they are of two targets. */
  private static boolean sameScan(PlotModel a, PlotModel b) {
    return Math.abs(seconds(a, b)) < SCAN_SHARE * a.sensor.scanPeriodS()
        && a.plot.sensor().equals(b.plot.sensor());
  }

  /** Its plots of the scan of {@code m}, which can be taken out again. */
  List<PlotModel> ofScan(PlotModel m) {
    List<PlotModel> found = new ArrayList<>(1);
    for (int i = history.size() - 1; i >= (trimmed ? 1 : 0); i--) {
      PlotModel held = history.model(i);
      if (seconds(m, held) > m.sensor.scanPeriodS()) {
        break;
      }
      if (sameScan(held, m)) {
        found.add(held);
      }
    }
    return found;
  }

  /** In how many scans of one sensor both tracks have a plot: then they are two targets. */
  int scansShared(TrackFile other) {
    int n = 0;
    for (TrackHistory.Held h : history.all()) {
      n += other.ofScan(h.model()).isEmpty() ? 0 : 1;
    }
    return n;
  }

  /**
   * Works everything out anew after what is known of the sensors' errors has changed: each plot as
   * {@code anew} makes it, or left out where that is empty. False when none is left.
   *
   * @param shiftS by how much times have changed at most, seconds
   */
  boolean rework(Function<Plot, Optional<PlotModel>> anew, double shiftS) {
    changed();
    List<PlotModel> plots = new ArrayList<>();
    for (TrackHistory.Held h : history.all()) {
      anew.apply(h.model().plot).ifPresent(plots::add);
    }
    if (plots.isEmpty()) {
      return false;
    }
    plots.sort((a, b) -> TrackHistory.after(a, b) ? 1 : TrackHistory.after(b, a) ? -1 : 0);
    trimmed &= shiftS < STARTS_ANEW_S || plots.size() < PLOTS_TO_START_ANEW;
    if (trimmed) {
      history.cutToOldest(shiftS);
      long from = history.posterior().nanos;
      plots.removeIf(m -> m.nanos() <= from);
    } else {
      history.cut(0);
    }
    for (PlotModel m : plots) {
      append(m, null);
    }
    forgetAhead();
    report.restart();
    return true;
  }

  /** Puts a plot in its place and works out every belief from there on. */
  void insert(PlotModel m) {
    int place = history.placeOf(m);
    List<PlotModel> redo = new ArrayList<>();
    redo.add(m);
    redo.addAll(history.models(place));
    ImmState ahead = place == history.size() && place > 0 ? at(m.nanos()) : null;
    redo(place, redo, ahead);
    contributors.merge(m.plot.sensor(), 1, Integer::sum);
    if (!trimmed) {
      launch.note(m, firstPlotNanos());
    }
    trim();
  }

  private void redo(int place, List<PlotModel> plots, @Nullable ImmState ahead) {
    changed();
    history.cut(place);
    ImmState first = ahead;
    for (PlotModel m : plots) {
      append(m, first);
      first = null;
    }
    forgetAhead();
  }

  private void forgetAhead() {
    coasting = null;
    ahead = null;
  }

  /** Takes out a plot of {@link #ofScan}; false when it was the only one. */
  boolean remove(PlotModel m) {
    List<PlotModel> redo = List.of();
    int place = 0;
    for (int i = 0; i < history.size(); i++) {
      if (history.model(i) == m) {
        place = i;
        redo = history.models(i + 1);
        break;
      }
    }
    if (place == 0 && redo.isEmpty()) {
      return false;
    }
    redo(place, redo, null);
    launch.forget(m);
    contributors.computeIfPresent(m.plot.sensor(), (id, n) -> n > 1 ? n - 1 : null);
    return true;
  }

  private void append(PlotModel m, @Nullable ImmState ahead) {
    if (history.isEmpty()) {
      history.begin(m);
      return;
    }
    ImmState before = ahead != null ? ahead : ImmFilter.predict(history.posterior(), m.nanos());
    boolean known = ahead != null && asked == m;
    history.append(m, before, known ? askedFit : ImmFilter.distance(before, m));
  }

  private void trim() {
    long oldest = lastPlotNanos() - (long) ((settings.maxLatenessS() + 5) * 1e9);
    int drop = 0;
    while (drop + 2 < history.size() && history.nanos(drop + 1) < oldest) {
      drop++;
    }
    if (drop > 0) {
      history.dropFirst(drop);
      trimmed = true;
    }
  }

  /** Keeps the better of the known launch estimate and what the newest plots allow. */
  void estimateLaunch() {
    changed();
    launch.estimate(history, confirmed, trimmed);
  }
}
