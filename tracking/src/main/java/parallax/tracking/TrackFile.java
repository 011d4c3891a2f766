package parallax.tracking;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import parallax.model.FlightPhase;
import parallax.model.LaunchPointEstimate;
import parallax.model.SensorId;
import parallax.model.UtcTime;

/**
 * One target's plots of the last while and the beliefs after each of them. A late plot is put in
 * its place and everything after it is worked out anew, so the belief depends on the set of plots
 * and not on the order of their arrival.
 */
final class TrackFile {
  private static final double SIGHTING_WINDOW_S = 8;

  /** A plot, the belief after it, and what was then declared. */
  private record Held(
      PlotModel model, ImmState after, FlightPhase phase, int count, long unpoweredSince) {}

  private final TrackerSettings settings;
  private final List<Held> history = new ArrayList<>();
  private final TreeSet<SensorId> contributors = new TreeSet<>();
  private final TreeMap<SensorId, PlotModel> sightings = new TreeMap<>();
  private boolean trimmed;
  private @Nullable ImmState coasting;

  /** What the tracker announced and decided of it. */
  final TrackReport report = new TrackReport();

  OptionalLong number = OptionalLong.empty();
  Optional<LaunchPointEstimate> launch = Optional.empty();
  boolean confirmed;

  TrackFile(TrackerSettings settings, PlotModel first) {
    this.settings = settings;
    insert(first);
  }

  /** Takes the plots and beliefs of {@code other}, keeping identity and launch estimate. */
  void resume(TrackFile other) {
    history.clear();
    history.addAll(other.history);
    contributors.addAll(other.contributors);
    trimmed = other.trimmed;
    coasting = null;
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

  FlightPhase postedPhase() {
    return history.getLast().phase;
  }

  /** Since when the plots say it is unpowered; the newest plot when they do not say so. */
  long unpoweredSince() {
    return Math.min(history.getLast().unpoweredSince, lastPlotNanos());
  }

  int count() {
    return history.getLast().count;
  }

  List<SensorId> contributors() {
    return List.copyOf(contributors);
  }

  /** Belief at {@code nanos}, not before the newest plot. */
  ImmState at(long nanos) {
    ImmState from = coasting;
    if (from == null || from.nanos > nanos || from.nanos < lastPlotNanos()) {
      from = posterior();
    }
    ImmState whole = ImmFilter.predictWhole(from, nanos);
    coasting = whole;
    return whole.nanos == nanos ? whole : ImmFilter.predict(whole, nanos);
  }

  /** Normalised distance of a plot from this track; infinite when it is older than the history. */
  double distance(PlotModel m) {
    int i = placeOf(m);
    if (i == 0) {
      return trimmed ? Double.POSITIVE_INFINITY : distanceBeforeFirst(m);
    }
    ImmState before =
        i == history.size()
            ? at(m.nanos())
            : ImmFilter.predict(history.get(i - 1).after, m.nanos());
    return ImmFilter.distance(before, m);
  }

  /** A plot just older than the first: the first must fit a track started from it. */
  private double distanceBeforeFirst(PlotModel m) {
    PlotModel first = history.getFirst().model;
    if ((first.nanos() - m.nanos()) * 1e-9 > SIGHTING_WINDOW_S) {
      return Double.POSITIVE_INFINITY;
    }
    return ImmFilter.distance(ImmFilter.predict(ImmFilter.start(m), first.nanos()), first);
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

  /** Whether the same sensor's plot of the same time is already in. */
  boolean holds(PlotModel m) {
    for (Held h : history) {
      if (h.model.nanos() == m.nanos() && h.model.plot.sensor().equals(m.plot.sensor())) {
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
    history.subList(place, history.size()).clear();
    for (PlotModel r : redo) {
      append(r, r == m ? ahead : null);
    }
    coasting = null;
    contributors.add(m.plot.sensor());
    noteSighting(m);
    trim();
  }

  private void append(PlotModel m, @Nullable ImmState ahead) {
    if (history.isEmpty()) {
      history.add(new Held(m, ImmFilter.start(m), FlightPhase.UNKNOWN, 1, Long.MAX_VALUE));
      return;
    }
    Held last = history.getLast();
    ImmState before = ahead != null ? ahead : ImmFilter.predict(last.after, m.nanos());
    ImmState after = ImmFilter.update(before, m);
    FlightPhase phase =
        PhaseRule.declare(last.phase, after, last.count + 1 >= settings.confirmPlots());
    long since =
        switch (phase) {
          case COAST, REENTRY -> Math.min(last.unpoweredSince, m.nanos());
          case UNKNOWN, BOOST, MANOEUVRE -> Long.MAX_VALUE;
        };
    history.add(new Held(m, after, phase, last.count + 1, since));
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

  /** Whether enough plots fell into the confirmation window. */
  boolean enoughPlots() {
    double window =
        Math.max(
            settings.confirmWindowS(), 2 * settings.confirmPlots() * newest().sensor.scanPeriodS());
    int n = 0;
    for (Held h : history) {
      n += (lastPlotNanos() - h.model.nanos()) * 1e-9 <= window ? 1 : 0;
    }
    return n >= settings.confirmPlots();
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
    if (confirmed && (early || phase == FlightPhase.BOOST)) {
      ImmState s = posterior();
      double[] x = s.mean();
      LaunchEstimator.fromState(lastPlot(), x, s.covariance(x), phase != FlightPhase.COAST)
          .ifPresent(this::offer);
    }
  }

  private void offer(LaunchPointEstimate e) {
    if (launch.isEmpty() || LaunchEstimator.area(e) < 0.9 * LaunchEstimator.area(launch.get())) {
      launch = Optional.of(e);
    }
  }
}
