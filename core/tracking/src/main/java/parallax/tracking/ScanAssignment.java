package parallax.tracking;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Decides which track each plot belongs to: global nearest neighbour over the plots of one scan. A
 * plot is put where it fits as soon as it comes; when that place is taken by another plot of the
 * same scan, all plots and tracks that contest each other are assigned anew at the least total
 * cost, and plots move. So nothing waits for a scan to end, and the outcome does not hang on which
 * of two plots came first.
 *
 * <p>A pair costs minus twice its log likelihood; a plot without a track costs as much as one at
 * the edge of its best track's gate. A track that is not confirmed yet counts as less likely.
 */
final class ScanAssignment {
  private static final double TENTATIVE = 15;
  private static final int MOST_PLOTS = 200;

  private final TrackerSettings settings;
  private final TrackIndex index;
  private final SortedMap<Long, TrackFile> files;
  private final List<TrackFile> changes;
  private long nextOrder;

  /** A track that a plot may belong to, and what that would cost. */
  private record Choice(TrackFile file, double cost) {}

  /** A plot in contest: where it is, where else it may be, and what belonging nowhere costs. */
  private record Contender(PlotModel plot, @Nullable TrackFile home, List<Choice> choices) {
    double alone() {
      return ScanAssignment.alone(
          choices.stream().mapToDouble(Choice::cost).toArray(), plot.gate());
    }
  }

  /**
   * What it costs to belong to no track; finite, also when a cost is not: the plot is out of view
   * of that track's belief then, and the pair does not count.
   */
  static double alone(double[] costs, double gate) {
    double least = Double.POSITIVE_INFINITY;
    for (double c : costs) {
      least = Double.isFinite(c) ? Math.min(least, c) : least;
    }
    return least < Double.POSITIVE_INFINITY ? least + gate : 0;
  }

  /**
   * An assignment to {@code files}, which it adds to and takes from.
   *
   * @param files tracks by their {@link TrackFile#order}
   * @param changes where tracks put themselves when their state has to be taken anew
   * @param nextOrder the next track's place among all ever started
   */
  ScanAssignment(
      TrackerSettings settings,
      SortedMap<Long, TrackFile> files,
      List<TrackFile> changes,
      long nextOrder) {
    this.changes = changes;
    this.nextOrder = nextOrder;
    this.settings = settings;
    this.files = files;
    this.index =
        new TrackIndex(settings.maxLatenessS() + settings.maxFutureS(), TrackFile.ROOM_BEFORE_S);
  }

  /** The next track's place among all ever started. */
  long nextOrder() {
    return nextOrder;
  }

  /** Tracks that may fit the plot, in the order of their making. */
  List<TrackFile> near(PlotModel m) {
    return index.near(m, files.values());
  }

  /**
   * Gives the plot to a track or starts one with it.
   *
   * @return the tracks that have gained a plot, in the order of their making
   */
  List<TrackFile> place(PlotModel m) {
    List<TrackFile> fitting = fitting(m);
    if (fitting.isEmpty()) {
      start(m);
      return List.of();
    }
    boolean contested = false;
    for (TrackFile f : fitting) {
      contested |= !f.ofScan(m).isEmpty();
    }
    List<TrackFile> gained = contested ? settle(m) : List.of(nearest(m, fitting));
    for (TrackFile f : fitting) {
      if (fitting.size() > 1 && !f.history.holds(m)) {
        f.missed(m);
      }
    }
    return gained;
  }

  private TrackFile nearest(PlotModel m, List<TrackFile> fitting) {
    TrackFile f = fitting.size() == 1 ? fitting.getFirst() : cheapest(m, fitting);
    f.insert(m);
    index.enter(f, m.nanos());
    return f;
  }

  /** Lets go of a track. */
  void drop(TrackFile f) {
    f.drop();
    files.remove(f.order);
  }

  /** Tells where a track is whose beliefs were changed otherwise. */
  void moved(TrackFile f) {
    index.enter(f, f.firstPlotNanos());
  }

  private void start(PlotModel m) {
    TrackFile f = new TrackFile(settings, nextOrder++, m, changes);
    files.put(f.order, f);
    index.enter(f, m.nanos());
  }

  private List<TrackFile> fitting(PlotModel m) {
    List<TrackFile> fitting = new ArrayList<>();
    for (TrackFile f : near(m)) {
      if (f.distance(m) <= m.gate()) {
        fitting.add(f);
      }
    }
    return fitting;
  }

  private static List<Choice> choices(PlotModel m, List<TrackFile> fitting) {
    List<Choice> choices = new ArrayList<>(fitting.size());
    for (TrackFile f : fitting) {
      ImmState before = f.before(m);
      if (before != null) {
        choices.add(new Choice(f, ImmFilter.score(before, m) + (f.confirmed() ? 0 : TENTATIVE)));
      }
    }
    return choices;
  }

  private static TrackFile cheapest(PlotModel m, List<TrackFile> fitting) {
    return choices(m, fitting).stream()
        .min(Comparator.comparingDouble(Choice::cost))
        .map(Choice::file)
        .orElseGet(fitting::getFirst);
  }

  private List<TrackFile> settle(PlotModel m) {
    List<Contender> contenders = contenders(m);
    TreeMap<Long, Integer> columnOf = new TreeMap<>();
    List<TrackFile> columns = new ArrayList<>();
    int[][] open = new int[contenders.size()][];
    double[][] costs = new double[contenders.size()][];
    double[] alone = new double[contenders.size()];
    for (int r = 0; r < open.length; r++) {
      List<Choice> choices = contenders.get(r).choices;
      alone[r] = contenders.get(r).alone();
      open[r] = new int[choices.size()];
      costs[r] = new double[choices.size()];
      for (int k = 0; k < open[r].length; k++) {
        TrackFile f = choices.get(k).file;
        open[r][k] =
            columnOf.computeIfAbsent(
                f.order,
                o -> {
                  columns.add(f);
                  return columns.size() - 1;
                });
        costs[r][k] = choices.get(k).cost;
      }
    }
    return move(contenders, columns, Assignment.solve(columns.size(), open, costs, alone));
  }

  /** The plot and those of its scan that contest a track with it, or with one that does. */
  private List<Contender> contenders(PlotModel m) {
    Map<PlotModel, @Nullable TrackFile> homes = new LinkedHashMap<>();
    homes.put(m, null);
    List<Contender> contenders = new ArrayList<>();
    List<PlotModel> queue = new ArrayList<>(List.of(m));
    for (int i = 0; i < queue.size(); i++) {
      PlotModel p = queue.get(i);
      List<TrackFile> fitting = fitting(p);
      contenders.add(new Contender(p, homes.get(p), choices(p, fitting)));
      for (TrackFile f : fitting) {
        for (PlotModel rival : f.ofScan(p)) {
          if (homes.size() < MOST_PLOTS && !homes.containsKey(rival)) {
            homes.put(rival, f);
            queue.add(rival);
          }
        }
      }
    }
    contenders.sort(Comparator.comparingLong(c -> c.plot.nanos()));
    return contenders;
  }

  private List<TrackFile> move(List<Contender> contenders, List<TrackFile> columns, int[] answer) {
    TreeMap<Long, TrackFile> gained = new TreeMap<>();
    TreeSet<Long> changed = new TreeSet<>();
    List<PlotModel> homeless = new ArrayList<>();
    for (int r = 0; r < answer.length; r++) {
      Contender c = contenders.get(r);
      TrackFile to = answer[r] == Assignment.NONE ? null : columns.get(answer[r]);
      TrackFile home = c.home;
      if (to == home || (to == null && home != null && home.before(c.plot) == null)) {
        continue; // it stays, be it as the beginning of a track of its own
      }
      if (home != null) {
        if (home.remove(c.plot)) {
          changed.add(home.order);
        } else {
          drop(home);
        }
      }
      if (to == null) {
        homeless.add(c.plot);
      } else {
        gained.put(to.order, to);
      }
    }
    for (int r = 0; r < answer.length; r++) {
      TrackFile to = answer[r] == Assignment.NONE ? null : columns.get(answer[r]);
      if (to != null && to != contenders.get(r).home) {
        to.insert(contenders.get(r).plot);
        changed.add(to.order);
      }
    }
    homeless.forEach(this::start);
    for (long order : changed) {
      TrackFile f = files.get(order);
      if (f != null) {
        index.enter(f, earliest(contenders, f));
      }
    }
    return List.copyOf(gained.values());
  }

  private static long earliest(List<Contender> contenders, TrackFile f) {
    long at = contenders.getFirst().plot.nanos();
    return Math.max(at, f.firstPlotNanos());
  }
}
