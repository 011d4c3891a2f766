package parallax.tracking;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.model.Sensor;
import parallax.model.SensorId;
import parallax.model.Vector3;
import parallax.model.Wgs84;

/**
 * Finds the tracks that a plot may belong to without asking every track. Time is cut into slices of
 * two seconds; in each, a ball round every track holds all places where a plot of that slice could
 * pass its gate. Radar plots look there by position, infrared plots by direction: for each
 * satellite, the same balls as seen from it, on the unit sphere.
 *
 * <p>It may name tracks that do not fit. It leaves out none that does, but for those {@link
 * TrackFile#takesPlots} rules out, and tracks of a plot or two that were seen long ago and may be
 * anywhere. What it names follows from the tracks as they are alone: it looks among larger balls
 * and balls of before, but names no track whose ball, as it is now, is too far away. So an index
 * that is made anew names the same.
 */
final class TrackIndex {
  private static final double SLICE_S = 2;
  private static final long SLICE_NANOS = 2_000_000_000L;
  private static final double GATE_SIGMAS = 5;
  private static final double ROOM = 1.3;

  /** Share of a ball that is left, so that no rounding makes it larger than one that covers it. */
  private static final double ROUNDED = 1 - 1e-9;

  private static final double FINEST_M = 20_000;
  private static final double FINEST_RAD = 1e-3;
  private static final double STRAIGHT_S = 4;
  private static final double PULL_MPS2 = 15;
  private static final double FARTHEST_M = 1e8;

  private final double keptS;
  private final double backS;
  private final List<Sensor.InfraredSatellite> satellites = new ArrayList<>();
  private final SortedMap<Long, Slice> slices = new TreeMap<>();

  /**
   * Where a track may be in one slice.
   *
   * @param exact the ball as the track's plots of the {@code version} have it
   * @param roomy a larger one that was entered
   */
  record Place(BallGrid.Ball exact, BallGrid.Ball roomy, int version) {}

  /** Where tracks may be in one slice. */
  private static final class Slice {
    final BallGrid positions = new BallGrid(FINEST_M);
    final SortedMap<SensorId, BallGrid> directions = new TreeMap<>();
  }

  /**
   * An empty index.
   *
   * @param keptS how far back plots may come, seconds
   * @param backS how long before a track's first plot another may still belong to it, seconds
   */
  TrackIndex(double keptS, double backS) {
    this.keptS = keptS;
    this.backS = backS;
  }

  /** The tracks that may fit the plot, in the order of their making. */
  List<TrackFile> near(PlotModel m, Iterable<TrackFile> all) {
    long number = slice(m.nanos());
    Slice s = slice(m, number, all);
    List<TrackFile> found = new ArrayList<>();
    Vector3 at = m.radar() ? m.origin().plus(m.direction().times(m.rangeM())) : m.direction();
    BallGrid grid = m.radar() ? s.positions : s.directions.get(m.sensor.id());
    double reach = reach(m);
    if (grid != null) {
      grid.collect(at.x(), at.y(), at.z(), reach, found);
    }
    found.sort(Comparator.comparingLong(f -> f.order));
    List<TrackFile> each = new ArrayList<>(found.size());
    TrackFile before = null;
    for (TrackFile f : found) {
      if (f != before && !f.dropped() && f.takesPlots(m) && number >= slice(oldest(f))) {
        BallGrid.Ball b = exact(f, number).sized(ROUNDED);
        BallGrid.Ball where = m.radar() ? b : seen(b, m.origin());
        if (where.isWithin(at.x(), at.y(), at.z(), reach)) {
          each.add(f);
        }
      }
      before = f;
    }
    return each;
  }

  private static double reach(PlotModel m) {
    if (!m.radar()) {
      return GATE_SIGMAS * Math.sqrt(m.noise[0] + m.noise[1]);
    }
    double across = Math.sqrt(Math.max(m.noise[1], m.noise[2])) * m.rangeM();
    return GATE_SIGMAS * (Math.max(Math.sqrt(m.noise[0]), across) + m.looseM());
  }

  private static long slice(long nanos) {
    return Math.floorDiv(nanos, SLICE_NANOS);
  }

  /**
   * The time of the oldest plot that may belong to a track. It is a moment earlier where it may be
   * the first moment of a slice: the belief then counts for the slice before, too.
   */
  private long oldest(TrackFile f) {
    return f.firstPlotNanos() - 1 - (f.trimmed() ? 0 : (long) (backS * 1e9));
  }

  private static BallGrid.Ball exact(TrackFile f, long number) {
    Place p = f.places.get(number);
    if (p != null && p.version == f.history.version()) {
      return p.exact;
    }
    BallGrid.Ball b = ball(f, number);
    if (p != null) {
      f.places.put(number, new Place(b, p.roomy, f.history.version()));
    }
    return b;
  }

  private Slice slice(PlotModel m, long number, Iterable<TrackFile> all) {
    if (m.sensor instanceof Sensor.InfraredSatellite ir && !knows(ir.id())) {
      satellites.add(ir);
      slices.clear();
    }
    Slice s = slices.get(number);
    if (s == null) {
      s = new Slice();
      slices.put(number, s);
      for (TrackFile f : all) {
        f.places.remove(number);
        if (f.takesPlots(number * SLICE_NANOS)) {
          enter(f, number, s);
        }
      }
      long oldest = slices.lastKey() - (long) Math.ceil((keptS + backS) / SLICE_S) - 1;
      slices.headMap(oldest).clear();
    }
    return s;
  }

  private boolean knows(SensorId id) {
    return satellites.stream().anyMatch(s -> s.id().equals(id));
  }

  /** Enters a track that is new, or whose beliefs from {@code nanos} on have changed. */
  void enter(TrackFile f, long nanos) {
    long from = slice(f.firstPlotNanos() == nanos ? oldest(f) : nanos - 1);
    slices.tailMap(from).forEach((number, s) -> enter(f, number, s));
  }

  private void enter(TrackFile f, long number, Slice s) {
    BallGrid.Ball b = ball(f, number);
    Place before = f.places.get(number);
    boolean covered = before != null && before.roomy.covers(b);
    BallGrid.Ball roomy = covered && before != null ? before.roomy : b.sized(ROOM);
    f.places.put(number, new Place(b, roomy, f.history.version()));
    if (covered) {
      return;
    }
    if (f.places.size() > 2 * (keptS + backS) / SLICE_S) {
      f.places.pollFirstEntry();
    }
    s.positions.add(roomy);
    for (Sensor.InfraredSatellite ir : satellites) {
      s.directions
          .computeIfAbsent(ir.id(), k -> new BallGrid(FINEST_RAD))
          .add(seen(roomy, Wgs84.toEcef(ir.position())));
    }
  }

  /** A ball as seen from a place: about a direction; all directions when the place is near it. */
  private static BallGrid.Ball seen(BallGrid.Ball b, Vector3 from) {
    Vector3 d = new Vector3(b.x(), b.y(), b.z()).minus(from);
    double far = d.norm();
    if (b.radius() < 0.9 * far) {
      Vector3 u = d.unit();
      return new BallGrid.Ball(b.file(), u.x(), u.y(), u.z(), StrictMath.asin(b.radius() / far));
    }
    return new BallGrid.Ball(b.file(), 0, 0, 1, 10);
  }

  /**
   * The ball of a slice, from the newest belief before its end, or from the first: carried straight
   * on for seconds, by the filter for longer.
   */
  private static BallGrid.Ball ball(TrackFile f, long number) {
    long begin = number * SLICE_NANOS;
    ImmState s = f.history.beliefBefore(begin + SLICE_NANOS);
    if ((begin - s.nanos) * 1e-9 > STRAIGHT_S) {
      s = s == f.posterior() ? f.at(begin) : ImmFilter.predict(s, begin);
    }
    double middle = (begin + SLICE_NANOS / 2 - s.nanos) * 1e-9;
    double farthest = Math.abs(middle) + SLICE_S / 2;
    double[] x = s.mean();
    double[] p = s.covariance(x);
    double speed = Math.sqrt(x[3] * x[3] + x[4] * x[4] + x[5] * x[5]);
    double total = Math.sqrt(p[0] + p[7] + p[14]) + farthest * Math.sqrt(p[21] + p[28] + p[35]);
    double sigma = total;
    double burning = 0;
    double pull = PULL_MPS2 + 2 * BallisticForces.NOMINAL.drag(x);
    for (int i = 0; i < Motion.COUNT; i++) {
      if (s.w[i] > 0) {
        double[] of = s.x[i];
        sigma = Math.max(sigma, total + apart(of, x, 0) + farthest * apart(of, x, 3));
        if (Motion.ALL[i].forced) {
          double[] c = s.p[i];
          double force = Math.sqrt(of[6] * of[6] + of[7] * of[7] + of[8] * of[8]);
          double loose = Math.sqrt(c[60] + c[70] + c[80]);
          burning = Math.max(burning, force + GATE_SIGMAS * loose);
        }
      }
    }
    pull += burning;
    double radius =
        GATE_SIGMAS * sigma + speed * SLICE_S / 2 + 0.5 * pull * farthest * farthest + 100;
    return radius < FARTHEST_M
        ? new BallGrid.Ball(
            f, x[0] + middle * x[3], x[1] + middle * x[4], x[2] + middle * x[5], radius)
        : new BallGrid.Ball(f, 0, 0, 0, 10 * FARTHEST_M);
  }

  private static double apart(double[] a, double[] b, int from) {
    double dx = a[from] - b[from];
    double dy = a[from + 1] - b[from + 1];
    double dz = a[from + 2] - b[from + 2];
    return Math.sqrt(dx * dx + dy * dy + dz * dz);
  }
}
