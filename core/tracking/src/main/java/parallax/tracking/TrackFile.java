package parallax.tracking;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import parallax.model.FlightPhase;
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
  static final double SIGHTING_WINDOW_S = 8;

  /** Least time between two launch estimates from the state, seconds. */
  private static final double LAUNCH_PERIOD_S = 1;

  /** Least specific force of a motor, m/s^2. */
  private static final double LEAST_THRUST = 5;

  private static final double RESUMES_WITHIN_S = 60;
  private static final double SCAN_SHARE = 0.3;
  private static final int CONSISTENCY_PLOTS = 30;
  private static final int STUCK_PLOTS = 4;
  private static final double SAME_LOOK_S = 0.05;

  /** By how much what is known of a clock may have moved a plot since it came. */
  private static final long CLOCK_MOVES_NANOS = 1_000_000_000;

  /** When times move by more, what was believed before the plots that are held is of no use. */
  private static final double STARTS_ANEW_S = 1.5;

  private static final int PLOTS_TO_START_ANEW = 10;

  /**
   * A plot, the belief after it, and what was then declared.
   *
   * @param fit squared normalised distance of the plot from the belief before it
   */
  private record Held(
      PlotModel model,
      ImmState after,
      FlightPhase phase,
      int count,
      long unpoweredSince,
      double fit) {
    Held loosened(double shiftS) {
      return new Held(model, after.loosened(shiftS), phase, count, unpoweredSince, fit);
    }
  }

  private final TrackerSettings settings;
  private final List<Held> history = new ArrayList<>();
  private final TreeMap<SensorId, Integer> contributors = new TreeMap<>();
  private final TreeMap<SensorId, PlotModel> sightings = new TreeMap<>();
  private boolean trimmed;
  private @Nullable ImmState coasting;

  /** The belief that was asked for last, ahead of the newest plot. */
  private @Nullable ImmState ahead;

  private @Nullable PlotModel asked;
  private double askedFit;

  /** What the tracker announced and decided of it. */
  final LastTold report = new LastTold();

  OptionalLong number = OptionalLong.empty();
  Optional<LaunchPointEstimate> launch = Optional.empty();
  private long launchEstimatedNanos = Long.MIN_VALUE / 2;

  /** When it last taught of the sensors' biases. */
  long registeredNanos = Long.MIN_VALUE / 2;

  boolean confirmed;

  /** How much later than the clock of its plots the present clock shows, since a correction. */
  long behindNanos;

  /** Number of its first plot and of the one that came last, among all that came in any order. */
  private long firstCame;

  private long lastCame;

  /** The tracker's time when its last plot came. */
  private long lastCameNanos = Long.MIN_VALUE;

  /** The newest plot that would have fitted and was given to another track. */
  long missedNanos = Long.MIN_VALUE / 2;

  /** The track it came off in flight: it is a spent stage, debris, or what they came off. */
  Optional<TrackFile> partedFrom = Optional.empty();

  /** Its place among all tracks ever started. */
  final long order;

  /** Whether the tracker has let go of it. */
  boolean dropped;

  /** Where the index has it, by slice. */
  final TreeMap<Long, BallGrid.Ball> places = new TreeMap<>();

  TrackFile(TrackerSettings settings, long order, PlotModel first) {
    this.settings = settings;
    this.order = order;
    insert(first);
  }

  /**
   * Whether a plot may be added to it as it comes. After a loss or a long gap it may not: where the
   * target is now is so uncertain that another's plot would fit as well, so it is found again only
   * by a new track of enough plots.
   */
  boolean takesPlots(PlotModel m) {
    boolean over = report.status == TrackStatus.LOST || report.status == TrackStatus.ENDED;
    return !over && (!confirmed || (m.nanos() - lastPlotNanos()) * 1e-9 < RESUMES_WITHIN_S);
  }

  /** Takes note that plot number {@code n} of all is its own and came at the time {@code nanos}. */
  void came(long n, long nanos) {
    firstCame = lastCameNanos == Long.MIN_VALUE ? n : firstCame;
    lastCame = n;
    lastCameNanos = nanos;
  }

  /** The tracker's clock was set back: no plot came later than it shows now. */
  void cameAtMost(long nanos) {
    lastCameNanos = Math.min(lastCameNanos, nanos);
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
    history.clear();
    history.addAll(other.history);
    other.contributors.forEach((id, n) -> contributors.merge(id, n, Integer::sum));
    trimmed = other.trimmed;
    lastCame = other.lastCame;
    lastCameNanos = other.lastCameNanos;
    forgetAhead();
    if (launch.isEmpty()) {
      launch = other.launch;
    }
    report.restart();
  }

  long lastPlotNanos() {
    return history.getLast().model.nanos();
  }

  UtcTime lastPlot() {
    return new UtcTime(lastPlotNanos());
  }

  long firstPlotNanos() {
    return history.getFirst().model.nanos();
  }

  PlotModel newest() {
    return history.getLast().model;
  }

  ImmState posterior() {
    return history.getLast().after;
  }

  /** Whether it was boosting or manoeuvring, as far as is known, at its newest plot. */
  boolean wasPowered() {
    return switch (postedPhase()) {
      case UNKNOWN, BOOST, MANOEUVRE -> true;
      case COAST, REENTRY -> false;
    };
  }

  FlightPhase postedPhase() {
    return history.getLast().phase;
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
    return Math.min(history.getLast().unpoweredSince, lastPlotNanos());
  }

  int count() {
    return history.getLast().count;
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

  /** The belief after the last plot before {@code nanos}, or after the first. */
  ImmState beliefBefore(long nanos) {
    int i = history.size() - 1;
    while (i > 0 && history.get(i).model.nanos() > nanos) {
      i--;
    }
    return history.get(i).after;
  }

  /**
   * The belief at the plot's time as it is without it and without other plots of the same scan;
   * null when the track begins with them or, by now, after it.
   */
  @Nullable ImmState before(PlotModel m) {
    int i = placeOf(m);
    for (int k = i - 1; k >= 0 && seconds(m, history.get(k).model) < m.sensor.scanPeriodS(); k--) {
      if (sameScan(history.get(k).model, m)) {
        i = k;
      }
    }
    if (i == 0) {
      return null;
    }
    return i == history.size()
        ? at(m.nanos())
        : ImmFilter.predict(history.get(i - 1).after, m.nanos());
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
    PlotModel first = history.getFirst().model;
    double gap = seconds(first, m);
    if (trimmed || gap < 0 || gap > SIGHTING_WINDOW_S || sameScan(first, m)) {
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
      PlotModel held = history.get(i).model;
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
    for (Held h : history) {
      n += other.ofScan(h.model).isEmpty() ? 0 : 1;
    }
    return n;
  }

  /** The newest plot of each other radar, from at most {@code withinS} before {@code m}. */
  List<PlotModel> newestOfOthers(PlotModel m, double withinS) {
    List<PlotModel> found = new ArrayList<>();
    for (int i = history.size() - 1; i >= 0 && seconds(m, history.get(i).model) <= withinS; i--) {
      PlotModel h = history.get(i).model;
      boolean other =
          found.stream().noneMatch(o -> o.plot.sensor().equals(h.plot.sensor()))
              && !h.plot.sensor().equals(m.plot.sensor());
      if (h.radar() && other && seconds(m, h) >= 0) {
        found.add(h);
      }
    }
    return found;
  }

  /** The plots of radars that it holds, oldest first. */
  List<PlotModel> radarPlots() {
    return history.stream().map(Held::model).filter(PlotModel::radar).toList();
  }

  /** The plot of another radar nearest to a time, at most {@code withinS} from it. */
  @Nullable PlotModel nearestOfOther(SensorId sensor, long nanos, double withinS) {
    PlotModel nearest = null;
    double least = withinS;
    for (Held h : history) {
      double gap = Math.abs((h.model.nanos() - nanos) * 1e-9);
      if (h.model.radar() && gap <= least && !h.model.plot.sensor().equals(sensor)) {
        nearest = h.model;
        least = gap;
      }
    }
    return nearest;
  }

  /** The belief at any time since its oldest plot; null before that. */
  @Nullable ImmState beliefAt(long nanos) {
    if (nanos >= lastPlotNanos()) {
      return ImmFilter.predict(posterior(), nanos);
    }
    ImmState before = beliefBefore(nanos);
    return before.nanos > nanos ? null : ImmFilter.predict(before, nanos);
  }

  /**
   * Works everything out anew after what is known of the sensors' errors has changed: each plot as
   * {@code anew} makes it, or left out where that is empty. False when none is left.
   *
   * @param shiftS by how much times have changed at most, seconds
   */
  boolean rework(Function<Plot, Optional<PlotModel>> anew, double shiftS) {
    List<PlotModel> plots = new ArrayList<>();
    for (Held h : history) {
      anew.apply(h.model.plot).ifPresent(plots::add);
    }
    if (plots.isEmpty()) {
      return false;
    }
    plots.sort((a, b) -> after(a, b) ? 1 : after(b, a) ? -1 : 0);
    Held oldest = history.getFirst();
    history.clear();
    trimmed &= shiftS < STARTS_ANEW_S || plots.size() < PLOTS_TO_START_ANEW;
    if (trimmed) {
      history.add(oldest.loosened(shiftS));
      long from = oldest.after.nanos;
      plots.removeIf(m -> m.nanos() <= from);
    }
    for (PlotModel m : plots) {
      append(m, null);
    }
    forgetAhead();
    report.restart();
    return true;
  }

  private int placeOf(PlotModel m) {
    int i = history.size();
    while (i > 0 && after(history.get(i - 1).model, m)) {
      i--;
    }
    return i;
  }

  private static boolean after(PlotModel a, PlotModel b) {
    if (a.nanos() != b.nanos()) {
      return a.nanos() > b.nanos();
    }
    return a.plot.sensor().compareTo(b.plot.sensor()) > 0;
  }

  /** Whether this very plot is already in. */
  boolean holds(PlotModel m) {
    long since = m.nanos() - CLOCK_MOVES_NANOS;
    for (int i = history.size() - 1; i >= 0 && history.get(i).model.nanos() >= since; i--) {
      if (history.get(i).model.plot.equals(m.plot)) {
        return true;
      }
    }
    return false;
  }

  /** Puts a plot in its place and works out every belief from there on. */
  void insert(PlotModel m) {
    int place = placeOf(m);
    List<PlotModel> redo = new ArrayList<>();
    redo.add(m);
    for (Held h : history.subList(place, history.size())) {
      redo.add(h.model);
    }
    ImmState ahead = place == history.size() && place > 0 ? at(m.nanos()) : null;
    redo(place, redo, ahead);
    contributors.merge(m.plot.sensor(), 1, Integer::sum);
    noteSighting(m);
    trim();
  }

  private void redo(int place, List<PlotModel> plots, @Nullable ImmState ahead) {
    history.subList(place, history.size()).clear();
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
    List<PlotModel> redo = new ArrayList<>();
    int place = 0;
    for (int i = 0; i < history.size(); i++) {
      if (history.get(i).model == m) {
        place = i;
        history.subList(i + 1, history.size()).forEach(h -> redo.add(h.model));
        break;
      }
    }
    if (place == 0 && redo.isEmpty()) {
      return false;
    }
    redo(place, redo, null);
    sightings.remove(m.plot.sensor(), m);
    contributors.computeIfPresent(m.plot.sensor(), (id, n) -> n > 1 ? n - 1 : null);
    return true;
  }

  private void append(PlotModel m, @Nullable ImmState ahead) {
    if (history.isEmpty()) {
      history.add(new Held(m, ImmFilter.start(m), FlightPhase.UNKNOWN, 1, Long.MAX_VALUE, 0));
      return;
    }
    Held last = history.getLast();
    ImmState before = ahead != null ? ahead : ImmFilter.predict(last.after, m.nanos());
    double known = ahead != null && asked == m ? askedFit : ImmFilter.distance(before, m);
    double fit = Math.min(known, 4 * m.gate());
    ImmState after = ImmFilter.update(before, m);
    FlightPhase phase =
        PhaseRule.declare(last.phase, after, last.count + 1 >= settings.confirmPlots());
    long since =
        switch (phase) {
          case COAST, REENTRY -> Math.min(last.unpoweredSince, m.nanos());
          case UNKNOWN, BOOST, MANOEUVRE -> Long.MAX_VALUE;
        };
    history.add(new Held(m, after, phase, last.count + 1, since, fit));
  }

  private void noteSighting(PlotModel m) {
    if (m.radar() || trimmed) {
      return;
    }
    PlotModel old = sightings.get(m.plot.sensor());
    boolean early = (m.nanos() - firstPlotNanos()) * 1e-9 <= SIGHTING_WINDOW_S;
    if (early && (old == null || old.nanos() > m.nanos())) {
      sightings.put(m.plot.sensor(), m);
    }
  }

  private void trim() {
    long oldest = lastPlotNanos() - (long) ((settings.maxLatenessS() + 5) * 1e9);
    int drop = 0;
    while (drop + 2 < history.size() && history.get(drop + 1).model.nanos() < oldest) {
      drop++;
    }
    if (drop > 0) {
      history.subList(0, drop).clear();
      trimmed = true;
    }
  }

  /**
   * Whether enough plots of enough looks fell into the last looks round of its slowest sensor (M of
   * N). Plots of one moment are one look, however many sensors say to have seen it: they may have
   * come by one line.
   */
  boolean enoughPlots() {
    double slowest = 0;
    for (Held h : history) {
      slowest = Math.max(slowest, h.model.sensor.scanPeriodS());
    }
    double window = settings.confirmLooks() * slowest;
    int plots = 0;
    int looks = 0;
    double look = Double.POSITIVE_INFINITY;
    for (int i = history.size() - 1; i >= 0; i--) {
      double age = (lastPlotNanos() - history.get(i).model.nanos()) * 1e-9;
      if (age > window) {
        break;
      }
      plots++;
      if (looks == 0 || age - look > SAME_LOOK_S) {
        looks++;
        look = age;
      }
    }
    return plots >= settings.confirmPlots() && looks >= settings.confirmPlots() - 1;
  }

  /**
   * How well the last plots fitted, by the mean of their normalised innovations squared over its
   * expected value (Bar-Shalom, Li and Kirubarajan, Estimation with Applications, section 5.4): 1
   * and below is as it should be. Counts only what chance does not explain: 1 while the excess is
   * within four standard deviations.
   */
  double misfit() {
    double sum = 0;
    int n = 0;
    for (int i = history.size() - 1; i > 0 && i >= history.size() - CONSISTENCY_PLOTS; i--) {
      sum += history.get(i).fit;
      n += history.get(i).model.size;
    }
    return n == 0 || sum <= n + 4 * Math.sqrt(2.0 * n) ? 1 : sum / n;
  }

  /**
   * Whether the radar of the newest plot says the very same direction plot after plot, which no
   * radar does that measures.
   */
  boolean directionStuck() {
    int same = 0;
    for (int i = history.size() - 1; i >= 0 && same < STUCK_PLOTS; i--) {
      PlotModel m = history.get(i).model;
      if (m.plot.sensor().equals(newest().plot.sensor())) {
        if (!m.radar() || !m.direction().equals(newest().direction())) {
          return false;
        }
        same++;
      }
    }
    return same == STUCK_PLOTS;
  }

  /** First infrared sightings, oldest first. */
  List<PlotModel> firstSightings() {
    List<PlotModel> list = new ArrayList<>(sightings.values());
    list.sort((a, b) -> after(a, b) ? 1 : -1);
    return list;
  }

  /** Keeps the better of the known launch estimate and what the newest plots allow. */
  void estimateLaunch() {
    List<PlotModel> first = firstSightings();
    if (!first.isEmpty() && count() >= 2) {
      offer(LaunchEstimator.fromInfrared(first));
    }
    FlightPhase phase = postedPhase();
    boolean early = (lastPlotNanos() - firstPlotNanos()) * 1e-9 < 60 && !trimmed;
    boolean due = (lastPlotNanos() - launchEstimatedNanos) * 1e-9 >= LAUNCH_PERIOD_S;
    if (confirmed && due && (early || phase == FlightPhase.BOOST)) {
      launchEstimatedNanos = lastPlotNanos();
      ImmState s = posterior();
      double[] x = s.mean();
      double thrust = s.powered > 0 ? s.powered * burning(s) : 0;
      LaunchEstimator.fromState(lastPlot(), x, s.covariance(x), thrust, s.powered - thrust)
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
    if (launch.isEmpty() || LaunchEstimator.area(e) < 0.9 * LaunchEstimator.area(launch.get())) {
      launch = Optional.of(e);
    }
  }
}
