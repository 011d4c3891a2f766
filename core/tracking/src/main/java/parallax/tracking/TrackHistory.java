package parallax.tracking;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parallax.model.FlightPhase;
import parallax.model.InvalidValueException;
import parallax.model.SensorId;

/**
 * The plots of one target of the last while, in the order of their times, and the belief after each
 * of them. A belief follows from the one before and the plot; one that is not at hand is worked out
 * when it is asked for.
 */
final class TrackHistory {
  /**
   * A plot, the belief after it, and what was then declared.
   *
   * @param after null when it has to be worked out
   * @param fit squared normalised distance of the plot from the belief before it
   */
  record Held(
      PlotModel model,
      @Nullable ImmState after,
      FlightPhase phase,
      int count,
      long unpoweredSince,
      double fit) {
    private Held after(ImmState made) {
      return new Held(model, made, phase, count, unpoweredSince, fit);
    }

    private TrackerState.Held state() {
      return new TrackerState.Held(
          model.plot,
          model.correction().state(),
          Optional.ofNullable(after).map(ImmState::state),
          phase,
          count,
          unpoweredSince,
          fit);
    }
  }

  private static final int CONSISTENCY_PLOTS = 30;
  private static final int STUCK_PLOTS = 4;
  private static final double SAME_LOOK_S = 0.05;

  /** By how much what is known of a clock may have moved a plot since it came. */
  private static final long CLOCK_MOVES_NANOS = 1_000_000_000;

  private final int confirmPlots;
  private final Trail<Held> held = new Trail<>();
  private int version;

  /** An empty one; so many plots confirm a track. */
  TrackHistory(int confirmPlots) {
    this.confirmPlots = confirmPlots;
  }

  /** A number that is another after each change. */
  int version() {
    return version;
  }

  int size() {
    return held.size();
  }

  boolean isEmpty() {
    return held.isEmpty();
  }

  Held get(int i) {
    return held.get(i);
  }

  PlotModel model(int i) {
    return held.get(i).model;
  }

  long nanos(int i) {
    return held.get(i).model.nanos();
  }

  Held newest() {
    return held.get(held.size() - 1);
  }

  /** All, oldest first; their beliefs only where they are at hand. */
  List<Held> all() {
    return held;
  }

  /** The plots from place {@code from} on. */
  List<PlotModel> models(int from) {
    List<PlotModel> list = new ArrayList<>(held.size() - from);
    for (int i = from; i < held.size(); i++) {
      list.add(model(i));
    }
    return list;
  }

  /** The belief after the newest plot. */
  ImmState posterior() {
    return after(held.size() - 1);
  }

  /** The belief after the plot at place {@code i}. */
  ImmState after(int i) {
    ImmState known = held.get(i).after;
    if (known != null) {
      return known;
    }
    int k = i;
    ImmState before = null;
    while (k > 0 && before == null) {
      before = held.get(k - 1).after;
      k -= before == null ? 1 : 0;
    }
    while (true) {
      Held h = held.get(k);
      ImmState made = before == null ? ImmFilter.start(h.model) : next(before, h.model);
      held.set(k, h.after(made));
      if (k++ == i) {
        return made;
      }
      before = made;
    }
  }

  private static ImmState next(ImmState before, PlotModel m) {
    return ImmFilter.update(ImmFilter.predict(before, m.nanos()), m);
  }

  /** The place of a plot among those that are held. */
  int placeOf(PlotModel m) {
    int i = held.size();
    while (i > 0 && after(model(i - 1), m)) {
      i--;
    }
    return i;
  }

  /** Whether the one comes after the other in the order of plots. */
  static boolean after(PlotModel a, PlotModel b) {
    if (a.nanos() != b.nanos()) {
      return a.nanos() > b.nanos();
    }
    return a.plot.sensor().compareTo(b.plot.sensor()) > 0;
  }

  /** Adds the first plot. */
  void begin(PlotModel m) {
    add(new Held(m, ImmFilter.start(m), FlightPhase.UNKNOWN, 1, Long.MAX_VALUE, 0));
  }

  /**
   * Adds a plot after the newest.
   *
   * @param before the belief at its time without it
   * @param distance its squared normalised distance from the track
   */
  void append(PlotModel m, ImmState before, double distance) {
    Held last = newest();
    double fit = Math.min(distance, 4 * m.gate());
    ImmState after = ImmFilter.update(before, m);
    FlightPhase phase = PhaseRule.declare(last.phase, after, last.count + 1 >= confirmPlots);
    long since =
        switch (phase) {
          case COAST, REENTRY -> Math.min(last.unpoweredSince, m.nanos());
          case UNKNOWN, BOOST, MANOEUVRE -> Long.MAX_VALUE;
        };
    add(new Held(m, after, phase, last.count + 1, since, fit));
  }

  private void add(Held h) {
    held.add(h);
    version++;
  }

  /** Leaves out all but the first {@code n}. */
  void cut(int n) {
    held.cut(n);
    version++;
  }

  /** Leaves out the first {@code n}. */
  void dropFirst(int n) {
    var unused = after(n);
    held.dropFirst(n);
    version++;
  }

  /** Leaves out all but the oldest, the belief after which may be wrong in its time. */
  void cutToOldest(double shiftS) {
    Held oldest = held.get(0).after(after(0).loosened(shiftS));
    held.cut(0);
    add(oldest);
  }

  /** Takes all of another. */
  void take(TrackHistory other) {
    held.cut(0);
    held.addAll(other.held);
    version++;
  }

  /** The belief after the last plot before {@code nanos}, or after the first. */
  ImmState beliefBefore(long nanos) {
    int i = size() - 1;
    while (i > 0 && nanos(i) > nanos) {
      i--;
    }
    return after(i);
  }

  /** The newest plot of each other radar, from at most {@code withinS} before {@code m}. */
  List<PlotModel> newestOfOthers(PlotModel m, double withinS) {
    List<PlotModel> found = new ArrayList<>();
    for (int i = size() - 1; i >= 0 && (m.nanos() - nanos(i)) * 1e-9 <= withinS; i--) {
      PlotModel h = model(i);
      boolean other =
          found.stream().noneMatch(o -> o.plot.sensor().equals(h.plot.sensor()))
              && !h.plot.sensor().equals(m.plot.sensor());
      if (h.radar() && other && m.nanos() >= h.nanos()) {
        found.add(h);
      }
    }
    return found;
  }

  /** The plots of radars that it holds, oldest first. */
  List<PlotModel> radarPlots() {
    return models(0).stream().filter(PlotModel::radar).toList();
  }

  /** The plot of another radar nearest to a time, at most {@code withinS} from it. */
  @Nullable PlotModel nearestOfOther(SensorId sensor, long nanos, double withinS) {
    PlotModel nearest = null;
    double least = withinS;
    for (Held h : held) {
      PlotModel m = h.model;
      double gap = Math.abs((m.nanos() - nanos) * 1e-9);
      if (m.radar() && gap <= least && !m.plot.sensor().equals(sensor)) {
        nearest = m;
        least = gap;
      }
    }
    return nearest;
  }

  /** The belief at any time since its oldest plot; null before that. */
  @Nullable ImmState beliefAt(long nanos) {
    if (nanos >= nanos(size() - 1)) {
      return ImmFilter.predict(posterior(), nanos);
    }
    ImmState before = beliefBefore(nanos);
    return before.nanos > nanos ? null : ImmFilter.predict(before, nanos);
  }

  /** Whether this very plot is already in. */
  boolean holds(PlotModel m) {
    long since = m.nanos() - CLOCK_MOVES_NANOS;
    for (int i = size() - 1; i >= 0 && nanos(i) >= since; i--) {
      if (model(i).plot.equals(m.plot)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether enough plots of enough looks fell into the last looks round of its slowest sensor (M of
   * N). Plots of one moment are one look, however many sensors say to have seen it: they may have
   * come by one line.
   */
  boolean enoughPlots(TrackerSettings settings) {
    double slowest = 0;
    for (Held h : held) {
      slowest = Math.max(slowest, h.model.sensor.scanPeriodS());
    }
    double window = settings.confirmLooks() * slowest;
    int plots = 0;
    int looks = 0;
    double look = Double.POSITIVE_INFINITY;
    for (int i = size() - 1; i >= 0; i--) {
      double age = (nanos(size() - 1) - nanos(i)) * 1e-9;
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
    for (int i = size() - 1; i > 0 && i >= size() - CONSISTENCY_PLOTS; i--) {
      sum += get(i).fit();
      n += model(i).size;
    }
    return n == 0 || sum <= n + 4 * Math.sqrt(2.0 * n) ? 1 : sum / n;
  }

  /**
   * Whether the radar of the newest plot says the very same direction plot after plot, which no
   * radar does that measures.
   */
  boolean directionStuck() {
    int same = 0;
    for (int i = size() - 1; i >= 0 && same < STUCK_PLOTS; i--) {
      PlotModel m = get(i).model;
      if (m.plot.sensor().equals(model(size() - 1).plot.sensor())) {
        if (!m.radar() || !m.direction().equals(model(size() - 1).direction())) {
          return false;
        }
        same++;
      }
    }
    return same == STUCK_PLOTS;
  }

  /** What it holds now, however it changes later. */
  List<Held> view() {
    return held.view();
  }

  /** The numbers of a view. */
  static List<TrackerState.Held> state(List<Held> view) {
    return new Mapped<>(view.size(), i -> view.get(i).state());
  }

  /**
   * The history of a state.
   *
   * @param models its plots
   * @param trimmed whether there were older plots
   */
  static TrackHistory of(
      List<TrackerState.Held> state, List<PlotModel> models, boolean trimmed, int confirmPlots) {
    TrackHistory h = new TrackHistory(confirmPlots);
    for (int i = 0; i < models.size(); i++) {
      TrackerState.Held s = state.get(i);
      if (i == 0 && trimmed && s.after().isEmpty()) {
        throw new InvalidValueException("belief after the oldest plot", "absent", "a belief");
      }
      h.held.add(
          new Held(
              models.get(i),
              s.after().map(ImmState::of).orElse(null),
              s.phase(),
              s.count(),
              s.unpoweredSinceNs(),
              s.fit()));
    }
    return h;
  }
}
