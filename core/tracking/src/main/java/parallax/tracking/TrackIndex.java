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
 * <p>It may name tracks that do not fit; it never leaves out one that does, but for those {@link
 * TrackFile#takesPlots} rules out.
 */
final class TrackIndex {
  private static final double SLICE_S = 2;
  private static final long SLICE_NANOS = 2_000_000_000L;
  private static final double GATE_SIGMAS = 5;
  private static final double ROOM = 1.3;
  private static final double FINEST_M = 20_000;
  private static final double FINEST_RAD = 1e-3;
  private static final double STRAIGHT_S = 4;
  private static final double PULL_MPS2 = 15;
  private static final double FARTHEST_M = 1e8;

  private final double keptS;
  private final double backS;
  private final List<Sensor.InfraredSatellite> satellites = new ArrayList<>();
  private final SortedMap<Long, Slice> slices = new TreeMap<>();

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
    Slice s = slice(m, all);
    List<TrackFile> found = new ArrayList<>();
    Vector3 u = m.direction();
    if (m.radar()) {
      Vector3 r = m.origin().plus(u.times(m.rangeM()));
      double across = Math.sqrt(Math.max(m.noise[1], m.noise[2])) * m.rangeM();
      double reach = GATE_SIGMAS * (Math.max(Math.sqrt(m.noise[0]), across) + m.looseM());
      s.positions.collect(r.x(), r.y(), r.z(), reach, found);
    } else {
      double reach = GATE_SIGMAS * Math.sqrt(m.noise[0] + m.noise[1]);
      BallGrid seen = s.directions.get(m.sensor.id());
      if (seen != null) {
        seen.collect(u.x(), u.y(), u.z(), reach, found);
      }
    }
    found.sort(Comparator.comparingLong(f -> f.order));
    List<TrackFile> each = new ArrayList<>(found.size());
    for (TrackFile f : found) {
      if ((each.isEmpty() || each.getLast() != f) && !f.dropped && f.takesPlots(m)) {
        each.add(f);
      }
    }
    return each;
  }

  private Slice slice(PlotModel m, Iterable<TrackFile> all) {
    if (m.sensor instanceof Sensor.InfraredSatellite ir && !knows(ir.id())) {
      satellites.add(ir);
      slices.clear();
    }
    long number = Math.floorDiv(m.nanos(), SLICE_NANOS);
    Slice s = slices.get(number);
    if (s == null) {
      s = new Slice();
      slices.put(number, s);
      for (TrackFile f : all) {
        f.places.remove(number);
        if (f.takesPlots(m)) {
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
    long back = f.firstPlotNanos() == nanos ? (long) (backS * 1e9) : 0;
    long from = Math.floorDiv(nanos - back, SLICE_NANOS);
    slices.tailMap(from).forEach((number, s) -> enter(f, number, s));
  }

  private void enter(TrackFile f, long number, Slice s) {
    BallGrid.Ball b = ball(f, number);
    BallGrid.Ball before = f.places.get(number);
    if (before != null && before.covers(b)) {
      return;
    }
    BallGrid.Ball roomy = new BallGrid.Ball(f, b.x(), b.y(), b.z(), b.radius() * ROOM);
    f.places.put(number, roomy);
    if (f.places.size() > 2 * (keptS + backS) / SLICE_S) {
      f.places.pollFirstEntry();
    }
    s.positions.add(roomy);
    for (Sensor.InfraredSatellite ir : satellites) {
      Vector3 o = Wgs84.toEcef(ir.position());
      Vector3 d = new Vector3(b.x(), b.y(), b.z()).minus(o);
      double far = d.norm();
      boolean ahead = roomy.radius() < 0.9 * far;
      double half = ahead ? StrictMath.asin(roomy.radius() / far) : 10;
      Vector3 u = ahead ? d.unit() : new Vector3(0, 0, 1);
      s.directions
          .computeIfAbsent(ir.id(), k -> new BallGrid(FINEST_RAD))
          .add(new BallGrid.Ball(f, u.x(), u.y(), u.z(), half));
    }
  }

  /**
   * The ball of a slice, from the newest belief before its end, or from the first: carried straight
   * on for seconds, by the filter for longer.
   */
  private static BallGrid.Ball ball(TrackFile f, long number) {
    long begin = number * SLICE_NANOS;
    ImmState s = f.beliefBefore(begin + SLICE_NANOS);
    if ((begin - s.nanos) * 1e-9 > STRAIGHT_S && s == f.posterior()) {
      s = f.at(begin);
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
