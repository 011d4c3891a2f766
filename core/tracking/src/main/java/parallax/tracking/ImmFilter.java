package parallax.tracking;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import parallax.model.Geodetic;
import parallax.model.Sensor;
import parallax.model.Vector3;
import parallax.model.Wgs84;

/**
 * Interacting multiple models (Blom and Bar-Shalom, IEEE Trans. Automatic Control 33, 1988) of the
 * four {@link Motion}s, each an unscented Kalman filter. Pure functions of {@link ImmState}.
 *
 * <p>Without plots for 5 s unlikely powered motions are dropped, and after 60 s all: a motor that
 * no one sees is not assumed to be lit. Prediction always walks the same steps from a posterior (1
 * s below 150 km or while powered flight is possible, 10 s above), so a belief does not depend on
 * how often it was asked for. Silence of an infrared sensor that has seen the target is evidence
 * against a burning motor.
 */
final class ImmFilter {
  private static final int B = Motion.BOOST.index;
  private static final int M = Motion.MANOEUVRE.index;
  private static final int C = Motion.COAST.index;
  private static final int R = Motion.REENTRY.index;

  /** Rates of change from one motion to another, 1/s. */
  private static final double BURNOUT_RATE = 0.012;

  private static final double IGNITION_RATE = 0.004;
  private static final double STAGING_RATE = 0.004;
  private static final double STEADY_RATE = 0.15;
  private static final double LIFT_RATE = 0.003;
  private static final double TURN_RATE = 0.001;
  private static final double AIR_RATE = 0.2;

  /** Below: drag belongs to the motion. Between: both unpowered motions. Above: coast alone. */
  private static final double AIR_BELOW_M = 70_000;

  private static final double COAST_ABOVE_M = 110_000;

  private static final double IGNITION_WINDOW_S = 5;
  private static final double IGNITION_MEAN = 15;
  private static final double IGNITION_SIGMA = 20;

  /** A next stage's thrust as a share of the last's: mean and standard deviation. */
  private static final double STAGED = 0.5;

  private static final double STAGED_SIGMA = 0.5;

  /** How likely staging is thought to be when a plot comes as no motion had it. */
  private static final double STAGING = 0.005;

  private static final double STAGED_WITHIN_S = 1;
  private static final double LEADS = 0.5;

  /** Chi-square exceeded once in a hundred plots, by the size of the plot. */
  private static final double[] SURPRISE = {0, 6.6, 9.2, 11.3, 13.3};

  private static final double FELT_DRAG = 0.3;
  private static final double COLLAPSE_AFTER_S = 180;
  private static final double UNLIKELY = 0.2;
  private static final double INFRARED_ODDS = 50;
  private static final double IGNORED = 1e-3;

  /**
   * The same of a motor that was thought possible and is not: its share of what now coasts is
   * dropped, or each false alarm would blur a velocity that minutes of plots have made sharp.
   */
  private static final double FALSE_ALARM = 0.002;

  private static final double NEGLIGIBLE = 1e-6;
  private static final double CREDIBLE = 1e-4;
  private static final double LEAST_THRUST = 4;
  private static final double LEAST_LIKELY = 0.05;
  private static final double BURNING = 0.95;

  private ImmFilter() {}

  /** The belief after a first plot. */
  static ImmState start(PlotModel m) {
    return m.radar() ? startFromRadar(m) : startFromInfrared(m);
  }

  private static ImmState startFromRadar(PlotModel m) {
    Vector3 r = m.origin().plus(m.direction().times(m.rangeM()));
    double[] p = m.positionCovariance(m.rangeM(), Math.sqrt(m.noise[0]));
    double height = BallisticForces.height(r.x(), r.y(), r.z());
    double powered = height < 150_000 ? 0.7 : 0.3;
    Vector3 zero = new Vector3(0, 0, 0);
    return start(m, r, p, zero, 2500, zero, 30, powered);
  }

  /** A motor seen first where cloud ends: 11 +- 4 km high, climbing. */
  private static ImmState startFromInfrared(PlotModel m) {
    Vector3 r = LaunchEstimator.cloudBreakPoint(m);
    Geodetic g = Wgs84.toGeodetic(r);
    Vector3 up = Wgs84.up(g);
    double slope = Math.max(0.1, Math.abs(m.direction().dot(up)));
    double[] p =
        m.positionCovariance(
            r.minus(m.origin()).norm(), LaunchEstimator.CLOUD_BREAK_SIGMA_M / slope);
    return start(m, r, p, up.times(500), 400, up.times(25), 20, 0.98);
  }

  private static ImmState start(
      PlotModel m,
      Vector3 r,
      double[] p3,
      Vector3 v,
      double velocitySigma,
      Vector3 a,
      double accelerationSigma,
      double powered) {
    double[] xb = {r.x(), r.y(), r.z(), v.x(), v.y(), v.z(), a.x(), a.y(), a.z()};
    double[] pb = new double[81];
    for (int i = 0; i < 3; i++) {
      System.arraycopy(p3, i * 3, pb, i * 9, 3);
      pb[(3 + i) * 10] = velocitySigma * velocitySigma;
      pb[(6 + i) * 10] = accelerationSigma * accelerationSigma;
    }
    double[][] x = ImmState.empty();
    double[][] p = ImmState.empty();
    double[] w = new double[Motion.COUNT];
    int free = BallisticForces.height(r.x(), r.y(), r.z()) < AIR_BELOW_M ? R : C;
    w[B] = 0.8 * powered;
    w[M] = 0.2 * powered;
    w[free] = 1 - powered;
    for (int i = 0; i < Motion.COUNT; i++) {
      if (w[i] > 0) {
        x[i] = mean(Motion.BOOST, xb, Motion.ALL[i], 0);
        p[i] = covariance(Motion.BOOST, pb, xb, Motion.ALL[i], 0);
      }
    }
    return new ImmState(m.nanos(), m.nanos(), w, x, p, watch(List.of(), m));
  }

  /** The belief at {@code nanos}, not before the state's own time. */
  static ImmState predict(ImmState s, long nanos) {
    ImmState w = predictWhole(s, nanos);
    return w.nanos == nanos ? w : step(w, nanos);
  }

  /** The belief at the end of the last whole step not after {@code nanos}. */
  static ImmState predictWhole(ImmState s, long nanos) {
    ImmState w = s;
    long next = w.nanos + stepNanos(w);
    while (next <= nanos) {
      w = step(w, next);
      next = w.nanos + stepNanos(w);
    }
    return w;
  }

  private static long stepNanos(ImmState s) {
    boolean easy = s.powered == 0 && s.heightM() > 150_000;
    return easy ? 10_000_000_000L : 1_000_000_000L;
  }

  private static ImmState step(ImmState from, long nanos) {
    double dt = (nanos - from.nanos) * 1e-9;
    ImmState s = forgetsUnlikely(from) ? favour(from, 0, 0) : from;
    double[][] chances = chances(s, dt);
    double[] w = new double[Motion.COUNT];
    for (int j = 0; j < Motion.COUNT; j++) {
      for (int i = 0; i < Motion.COUNT; i++) {
        w[j] += s.w[i] * chances[i][j];
      }
    }
    prune(w);
    double[][] x = ImmState.empty();
    double[][] p = ImmState.empty();
    for (int j = 0; j < Motion.COUNT; j++) {
      if (w[j] > 0) {
        mix(s, chances, j, dt, x, p);
        advance(Motion.ALL[j], x, p, j, dt);
      }
    }
    if (!dropBroken(w, x, p)) {
      return new ImmState(nanos, s.lastPlotNanos, s.w, s.x, s.p, s.watches);
    }
    return listen(new ImmState(nanos, s.lastPlotNanos, w, x, p, s.watches));
  }

  /** The chance of going from one motion (row) to another (column) within {@code dt} seconds. */
  private static double[][] chances(ImmState s, double dt) {
    double since = (s.nanos - s.lastPlotNanos) * 1e-9;
    double height = s.heightM();
    double air = height < AIR_BELOW_M ? 1 : height > COAST_ABOVE_M ? 0 : chance(AIR_RATE, dt);
    double vacuum = height > COAST_ABOVE_M ? 1 : 0;
    double intoAir = height < COAST_ABOVE_M ? 1 : 0;
    double[][] c = new double[Motion.COUNT][Motion.COUNT];
    double out = chance(BURNOUT_RATE, dt);
    if (since >= COLLAPSE_AFTER_S) {
      out = 1;
    }
    boolean seen = since < IGNITION_WINDOW_S;
    leave(c, B, out, intoAir, M, out < 1 ? chance(STAGING_RATE, dt) : 0);
    leave(c, M, out, intoAir, B, out < 1 ? chance(STEADY_RATE, dt) : 0);
    for (int i : new int[] {C, R}) {
      int other = i == C ? R : C;
      double cross = i == C ? air : vacuum;
      double lift = i == R && feltDrag(s) ? LIFT_RATE : TURN_RATE;
      double toB = seen ? chance(IGNITION_RATE, dt) : 0;
      double toM = seen ? chance(lift, dt) : 0;
      c[i][B] = toB;
      c[i][M] = toM;
      c[i][other] = cross * (1 - toB - toM);
      c[i][i] = (1 - cross) * (1 - toB - toM);
    }
    return c;
  }

  /** An unlikely motor that no one sees is dropped whole, so that it does not blur the coast. */
  private static boolean forgetsUnlikely(ImmState s) {
    double since = (s.nanos - s.lastPlotNanos) * 1e-9;
    return since >= IGNITION_WINDOW_S && s.powered > 0 && s.powered < UNLIKELY;
  }

  private static void leave(
      double[][] c, int from, double out, double intoAir, int other, double over) {
    c[from][C] = out * (1 - intoAir);
    c[from][R] = out * intoAir;
    c[from][other] = (1 - out) * over;
    c[from][from] = (1 - out) * (1 - over);
  }

  private static boolean feltDrag(ImmState s) {
    double[] x = s.x[R];
    return x.length > 0 && BallisticForces.drag(x, StrictMath.exp(x[6])) > FELT_DRAG;
  }

  private static double chance(double rate, double dt) {
    return 1 - StrictMath.exp(-rate * dt);
  }

  /**
   * Drops motions whose numbers have left all bounds: they cannot be the target's. False when none
   * is left.
   */
  private static boolean dropBroken(double[] w, double[][] x, double[][] p) {
    boolean any = false;
    for (int i = 0; i < w.length; i++) {
      w[i] = w[i] > 0 && sound(x[i], p[i]) ? w[i] : 0;
      any |= w[i] > 0;
    }
    if (any) {
      prune(w);
    }
    return any;
  }

  private static boolean sound(double[] x, double[] p) {
    double sum = x.length == 0 ? Double.NaN : 0;
    for (int i = 0; i < x.length; i++) {
      sum += Math.abs(x[i]) + p[i * x.length + i];
    }
    return sum < 1e15;
  }

  private static void prune(double[] w) {
    double sum = 0;
    for (int i = 0; i < w.length; i++) {
      w[i] = w[i] < NEGLIGIBLE ? 0 : w[i];
      sum += w[i];
    }
    for (int i = 0; i < w.length; i++) {
      w[i] /= sum;
    }
  }

  /** Whether a powered motion can have become motion {@code j}. */
  private static boolean leaves(ImmState s, double[][] chances, int j) {
    return s.w[B] * chances[B][j] + s.w[M] * chances[M][j] > 0;
  }

  /**
   * Mixes the motions into motion {@code j}: moments of what can have become it. While the motor is
   * all but sure to burn, unpowered flight can only just have begun.
   */
  private static void mix(
      ImmState s, double[][] chances, int j, double dt, double[][] x, double[][] p) {
    Motion to = Motion.ALL[j];
    boolean begun =
        s.nanos == s.lastPlotNanos && !to.forced && s.powered > BURNING && leaves(s, chances, j);
    double[] share = new double[Motion.COUNT];
    double sum = 0;
    for (int i = 0; i < share.length; i++) {
      share[i] = begun && !Motion.ALL[i].forced ? 0 : s.w[i] * chances[i][j];
      sum += share[i];
    }
    double kept = 0;
    int only = -1;
    int sources = 0;
    for (int i = 0; i < share.length; i++) {
      double ignored = Motion.ALL[i].forced && !to.forced ? FALSE_ALARM : IGNORED;
      share[i] = share[i] < ignored * sum ? 0 : share[i];
      kept += share[i];
      if (share[i] > 0) {
        sources++;
        only = i;
      }
    }
    if (sources == 1) {
      x[j] = mean(Motion.ALL[only], s.x[only], to, dt);
      p[j] = covariance(Motion.ALL[only], s.p[only], s.x[only], to, dt);
      return;
    }
    int n = to.size;
    double[][] means = new double[Motion.COUNT][];
    double[] mean = new double[n];
    for (int i = 0; i < share.length; i++) {
      if (share[i] > 0) {
        means[i] = mean(Motion.ALL[i], s.x[i], to, dt);
        for (int k = 0; k < n; k++) {
          mean[k] += share[i] / kept * means[i][k];
        }
      }
    }
    double[] cov = new double[n * n];
    for (int i = 0; i < share.length; i++) {
      if (share[i] > 0) {
        double[] own = covariance(Motion.ALL[i], s.p[i], s.x[i], to, dt);
        double f = share[i] / kept;
        for (int a = 0; a < n; a++) {
          double da = means[i][a] - mean[a];
          for (int b = 0; b < n; b++) {
            cov[a * n + b] += f * (own[a * n + b] + da * (means[i][b] - mean[b]));
          }
        }
      }
    }
    x[j] = mean;
    p[j] = cov;
  }

  /**
   * A motion's mean in the components of another; what it does not know is set to the prior. A
   * force that ends within the coming {@code dt} seconds ends at any moment of them.
   */
  private static double[] mean(Motion from, double[] x, Motion to, double dt) {
    if (from == to || (from.forced && to.forced)) {
      return x;
    }
    double[] y = Arrays.copyOf(x, to.size);
    for (int i = 0; from.forced && i < 3; i++) {
      y[3 + i] += 0.5 * dt * x[6 + i];
    }
    switch (to) {
      case COAST -> {}
      case REENTRY -> {
        y[6] = StrictMath.log(PredictionSettings.defaults().ballisticCoefficient());
        y[7] = 0;
        y[8] = 0;
      }
      case BOOST, MANOEUVRE -> {
        double v = Math.sqrt(x[3] * x[3] + x[4] * x[4] + x[5] * x[5]);
        double a = to == Motion.BOOST && v > 100 ? IGNITION_MEAN / v : 0;
        for (int i = 0; i < 3; i++) {
          y[6 + i] = a * x[3 + i];
        }
      }
    }
    return y;
  }

  private static double[] covariance(Motion from, double[] p, double[] x, Motion to, double dt) {
    if (from == to || (from.forced && to.forced)) {
      return p;
    }
    int n = to.size;
    int m = from.size;
    double[] q = new double[n * n];
    for (int i = 0; i < 6; i++) {
      System.arraycopy(p, i * m, q, i * n, 6);
    }
    for (int i = 0; from.forced && i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        q[(3 + i) * n + 3 + j] += x[6 + i] * x[6 + j] * dt * dt / 12;
      }
    }
    switch (to) {
      case COAST -> {}
      case REENTRY -> {
        double sigma = PredictionSettings.defaults().ballisticCoefficientLnSigma();
        q[60] = sigma * sigma;
        q[70] = Dynamics.LIFT_SIGMA * Dynamics.LIFT_SIGMA;
        q[80] = q[70];
      }
      case BOOST, MANOEUVRE -> {
        double drag =
            to == Motion.MANOEUVRE && from == Motion.REENTRY
                ? 1.5 * BallisticForces.drag(x, StrictMath.exp(x[6]))
                : 0;
        double sigma = Math.max(IGNITION_SIGMA, drag);
        for (int i = 6; i < 9; i++) {
          q[i * 10] = sigma * sigma;
        }
      }
    }
    return q;
  }

  private static void advance(Motion motion, double[][] x, double[][] p, int j, double dt) {
    SigmaPoints s = SigmaPoints.of(x[j], p[j].clone());
    Dynamics.advance(motion, s.points, dt);
    double[] mean = s.mean();
    double[] q = s.covariance(mean);
    Dynamics.addNoise(motion, mean, q, dt);
    x[j] = mean;
    p[j] = q;
  }

  /** Counts looks of infrared sensors that would have seen a burning motor and did not. */
  private static ImmState listen(ImmState s) {
    if (s.watches.isEmpty() || s.powered == 0) {
      return s;
    }
    double odds = 1;
    List<ImmState.Watch> heard = new ArrayList<>(s.watches.size());
    for (ImmState.Watch w : s.watches) {
      double looks = (s.nanos - w.lastNanos()) * 1e-9 / w.periodS() - 1;
      int misses = Math.max(w.misses(), Math.min(6, (int) Math.floor(looks)));
      double miss = 1 - Math.min(0.9, w.detection());
      for (int i = w.misses(); i < misses; i++) {
        odds *= miss;
      }
      heard.add(
          misses == w.misses()
              ? w
              : new ImmState.Watch(w.sensor(), w.periodS(), w.detection(), w.lastNanos(), misses));
    }
    return odds == 1 ? s : favour(s, odds, odds).watching(heard);
  }

  /** The belief with the odds of boost and of manoeuvre multiplied. */
  private static ImmState favour(ImmState s, double boost, double manoeuvre) {
    double[] w = s.w.clone();
    w[B] *= boost;
    w[M] *= manoeuvre;
    if (!(w[B] + w[M] + w[C] + w[R] > 0)) {
      return s;
    }
    prune(w);
    return s.weighing(w);
  }

  private static List<ImmState.Watch> watch(List<ImmState.Watch> watches, PlotModel m) {
    if (!(m.sensor instanceof Sensor.InfraredSatellite s)) {
      return watches;
    }
    List<ImmState.Watch> next = new ArrayList<>(watches.size() + 1);
    for (ImmState.Watch w : watches) {
      if (!w.sensor().equals(s.id())) {
        next.add(w);
      }
    }
    next.add(new ImmState.Watch(s.id(), s.scanPeriodS(), s.detectionProbability(), m.nanos(), 0));
    next.sort((a, b) -> a.sensor().compareTo(b.sensor()));
    return next;
  }

  /** Normalised distance of the plot from the belief at its time; infinite when out of view. */
  static double distance(ImmState atPlot, PlotModel m) {
    double best = nearest(atPlot, innovations(atPlot, m, CREDIBLE));
    if (mayStage(atPlot, best, m)) {
      ImmState s = staging(atPlot);
      Innovation v = Innovation.of(s.x[M], s.p[M], m);
      return v == null ? best : Math.min(best, v.d2);
    }
    return best;
  }

  /** What the motions of more than a {@code least} probability make of the plot. */
  private static @Nullable Innovation[] innovations(ImmState s, PlotModel m, double least) {
    @Nullable Innovation[] v = new Innovation[Motion.COUNT];
    for (int i = 0; i < v.length; i++) {
      v[i] = s.w[i] > least ? Innovation.of(s.x[i], s.p[i], m) : null;
    }
    return v;
  }

  private static double nearest(ImmState s, @Nullable Innovation[] v) {
    double best = Double.POSITIVE_INFINITY;
    for (int i = 0; i < v.length; i++) {
      Innovation o = v[i];
      best = o == null || s.w[i] <= CREDIBLE ? best : Math.min(best, o.d2);
    }
    return best;
  }

  /**
   * Minus twice the logarithm of the plot's likelihood, all motions weighed, but for a constant
   * that all beliefs share; infinite when it is out of view.
   */
  static double score(ImmState atPlot, PlotModel m) {
    double[] logLik = new double[Motion.COUNT];
    double top = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < Motion.COUNT; i++) {
      Innovation v = atPlot.w[i] > 0 ? Innovation.of(atPlot.x[i], atPlot.p[i], m) : null;
      logLik[i] = v == null ? Double.NEGATIVE_INFINITY : v.logLik;
      top = Math.max(top, logLik[i]);
    }
    if (top == Double.NEGATIVE_INFINITY) {
      return Double.POSITIVE_INFINITY;
    }
    double sum = 0;
    for (int i = 0; i < Motion.COUNT; i++) {
      sum += atPlot.w[i] * StrictMath.exp(logLik[i] - top);
    }
    return -2 * (top + StrictMath.log(Math.max(sum, 1e-300)));
  }

  /** The belief after the plot, from the belief at its time. */
  static ImmState update(ImmState before, PlotModel m) {
    ImmState s = m.radar() || before.powered > 0 ? before : relight(before);
    @Nullable Innovation[] v = innovations(s, m, 0);
    if (mayStage(s, nearest(s, v), m)) {
      s = staging(s);
      v[M] = Innovation.of(s.x[M], s.p[M], m);
    }
    double top = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < v.length; i++) {
      Innovation o = v[i];
      top = o == null || s.w[i] == 0 ? top : Math.max(top, o.logLik);
    }
    double[] w = new double[Motion.COUNT];
    double[][] x = ImmState.empty();
    double[][] p = ImmState.empty();
    for (int i = 0; i < v.length; i++) {
      Innovation o = v[i];
      if (o != null) {
        w[i] = s.w[i] * StrictMath.exp(o.logLik - top);
        if (!m.radar() && Motion.ALL[i].forced) { // only a burning motor is seen in infrared
          w[i] *= INFRARED_ODDS;
        }
      }
    }
    for (int i = 0; i < v.length; i++) {
      Innovation o = v[i];
      if (w[i] > NEGLIGIBLE && o != null) {
        x[i] = o.mean(s.x[i]);
        p[i] = o.covariance(s.x[i]);
      }
    }
    if (!dropBroken(w, x, p)) {
      return new ImmState(s.nanos, m.nanos(), s.w, s.x, s.p, watch(s.watches, m));
    }
    if (w[R] > 0) {
      Dynamics.keepInBounds(x[R]);
    }
    ImmState next = new ImmState(s.nanos, m.nanos(), w, x, p, watch(s.watches, m));
    return requireForce(next);
  }

  /**
   * The belief in which staging since the last plot is thought possible, too, instead of any other
   * manoeuvre: the thrust of a next stage may be anything from none to that of the last.
   */
  private static ImmState staging(ImmState s) {
    double dt = Math.max(STAGED_WITHIN_S, (s.nanos - s.lastPlotNanos) * 1e-9);
    double[] a = Arrays.copyOfRange(s.x[B], 6, 9);
    double[] reach = {0.5 * dt * dt, dt, 1};
    double[] y = s.x[B].clone();
    double[] q = s.p[B].clone();
    for (int i = 0; i < 9; i++) {
      double lost = reach[i / 3] * a[i % 3];
      y[i] -= (1 - STAGED) * lost;
      for (int j = 0; j < 9; j++) {
        q[i * 9 + j] += STAGED_SIGMA * STAGED_SIGMA * lost * reach[j / 3] * a[j % 3];
      }
    }
    double[][] x = s.x.clone();
    double[][] p = s.p.clone();
    double[] w = s.w.clone();
    x[M] = y;
    p[M] = q;
    w[M] = Math.max(w[M], STAGING);
    prune(w);
    return new ImmState(s.nanos, s.lastPlotNanos, w, x, p, s.watches);
  }

  private static boolean mayStage(ImmState s, double best, PlotModel m) {
    return s.w[B] > LEADS && best > SURPRISE[m.size];
  }

  private static ImmState relight(ImmState s) {
    Motion from = s.unpowered();
    int i = from.index;
    double[][] x = s.x.clone();
    double[][] p = s.p.clone();
    double[] w = s.w.clone();
    x[B] = mean(from, s.x[i], Motion.BOOST, 0);
    p[B] = covariance(from, s.p[i], s.x[i], Motion.BOOST, 0);
    w[B] = 1e-3;
    prune(w);
    return new ImmState(s.nanos, s.lastPlotNanos, w, x, p, s.watches);
  }

  /**
   * A motor pushes and lift pulls: a boost whose thrust is known to be small or, above the air, to
   * point backward is no boost; a manoeuvre whose force is known to be small is none.
   */
  private static ImmState requireForce(ImmState s) {
    return s.powered == 0 ? s : favour(s, likely(s, B), likely(s, M));
  }

  private static double likely(ImmState s, int i) {
    if (s.w[i] == 0) {
      return 1;
    }
    double sigma = ImmState.thrustSigma(s.x[i], s.p[i]);
    if (sigma > 12) {
      return 1;
    }
    double thrust = ImmState.thrust(s.x[i]);
    double size = i == B ? thrust : Math.hypot(thrust, ImmState.lift(s.x[i]));
    double z = (size - LEAST_THRUST) / sigma;
    return Math.min(1, Math.max(LEAST_LIKELY, 2 * Logistic.below(z)));
  }
}
