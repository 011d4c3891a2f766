package parallax.tracking;

import java.util.ArrayList;
import java.util.List;
import parallax.model.Geodetic;
import parallax.model.Sensor;
import parallax.model.Vector3;
import parallax.model.Wgs84;

/**
 * Interacting multiple models (Blom and Bar-Shalom, IEEE Trans. Automatic Control 33, 1988) of
 * powered flight (9 components) and coast (6), each an unscented Kalman filter. Pure functions of
 * {@link ImmState}.
 *
 * <p>Without plots for 5 s an unlikely powered model is dropped, and after 60 s any: a motor that
 * no one sees is not assumed to be lit. Prediction always walks the same steps from a posterior (1
 * s below 150 km or while powered flight is possible, 10 s above), so a belief does not depend on
 * how often it was asked for. Silence of an infrared sensor that has seen the target is evidence
 * against a burning motor.
 */
final class ImmFilter {
  private static final double BURNOUT_RATE = 0.012;
  private static final double IGNITION_RATE = 0.005;
  private static final double IGNITION_WINDOW_S = 5;
  private static final double IGNITION_MEAN = 15;
  private static final double IGNITION_SIGMA = 20;
  private static final double COLLAPSE_AFTER_S = 60;
  private static final double UNLIKELY = 0.2;
  private static final double INFRARED_ODDS = 50;
  private static final double IGNORED = 1e-3;
  private static final double NEGLIGIBLE = 1e-6;
  private static final double LEAST_THRUST = 4;

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
    return start(m, r, p, zero, new double[] {2500, 2500}, zero, 30, powered);
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
    return start(m, r, p, up.times(350), new double[] {250, 250}, up.times(25), 15, 0.98);
  }

  private static ImmState start(
      PlotModel m,
      Vector3 r,
      double[] p3,
      Vector3 v,
      double[] velocitySigma,
      Vector3 a,
      double accelerationSigma,
      double powered) {
    double[] xb = {r.x(), r.y(), r.z(), v.x(), v.y(), v.z(), a.x(), a.y(), a.z()};
    double[] pb = new double[81];
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        pb[i * 9 + j] = p3[i * 3 + j];
      }
      pb[(3 + i) * 10] = velocitySigma[0] * velocitySigma[0];
      pb[(6 + i) * 10] = accelerationSigma * accelerationSigma;
    }
    double[] xc = java.util.Arrays.copyOf(xb, 6);
    double[] pc = Dense.leading(pb, 9, 6);
    return new ImmState(m.nanos(), m.nanos(), powered, xb, pb, xc, pc, watch(List.of(), m));
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

  private static ImmState step(ImmState s, long nanos) {
    double dt = (nanos - s.nanos) * 1e-9;
    double since = (s.nanos - s.lastPlotNanos) * 1e-9;
    double out = 1 - StrictMath.exp(-BURNOUT_RATE * dt);
    double in = since < IGNITION_WINDOW_S ? 1 - StrictMath.exp(-IGNITION_RATE * dt) : 0;
    if (since >= COLLAPSE_AFTER_S) {
      out = 1;
    }
    double b = s.powered;
    double c = 1 - b;
    double nb = b * (1 - out) + c * in;
    double nc = b * out + c * (1 - in);
    boolean pruned = since >= IGNITION_WINDOW_S && b < UNLIKELY;
    if (nb < NEGLIGIBLE || pruned) {
      nb = 0;
      nc = 1;
    }
    double[] xb = s.xb;
    double[] pb = s.pb;
    if (nb > 0) {
      double own = b * (1 - out) / nb;
      double[] ignited = ignite(s.xc);
      xb = blend(s.xb, own, ignited);
      pb = blend(s.xb, s.pb, own, ignited, igniteCovariance(s.pc), xb);
      pb = advance(xb, pb, dt);
    }
    double burnt = nc > 0 ? b * out / nc : 0;
    double fromPowered = pruned || burnt < IGNORED ? 0 : burnt;
    double[] x6 = java.util.Arrays.copyOf(s.xb, 6);
    double[] xc = blend(x6, fromPowered, s.xc);
    double[] pc = blend(x6, Dense.leading(s.pb, 9, 6), fromPowered, s.xc, s.pc, xc);
    pc = advance(xc, pc, dt);
    return listen(new ImmState(nanos, s.lastPlotNanos, nb, xb, pb, xc, pc, s.watches));
  }

  private static double[] ignite(double[] xc) {
    double[] x = java.util.Arrays.copyOf(xc, 9);
    double v = Math.sqrt(xc[3] * xc[3] + xc[4] * xc[4] + xc[5] * xc[5]);
    for (int i = 0; i < 3; i++) {
      x[6 + i] = v > 100 ? IGNITION_MEAN * xc[3 + i] / v : 0;
    }
    return x;
  }

  private static double[] igniteCovariance(double[] pc) {
    double[] p = new double[81];
    for (int i = 0; i < 6; i++) {
      System.arraycopy(pc, i * 6, p, i * 9, 6);
    }
    for (int i = 6; i < 9; i++) {
      p[i * 10] = IGNITION_SIGMA * IGNITION_SIGMA;
    }
    return p;
  }

  private static double[] blend(double[] a, double wa, double[] b) {
    double[] x = new double[a.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = wa * a[i] + (1 - wa) * b[i];
    }
    return x;
  }

  private static double[] blend(
      double[] xa, double[] pa, double wa, double[] xb, double[] pb, double[] mean) {
    int n = mean.length;
    double[] p = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        int k = i * n + j;
        p[k] =
            wa * (pa[k] + (xa[i] - mean[i]) * (xa[j] - mean[j]))
                + (1 - wa) * (pb[k] + (xb[i] - mean[i]) * (xb[j] - mean[j]));
      }
    }
    return p;
  }

  /** Moves the mean {@code x} in place and returns the covariance after the step. */
  private static double[] advance(double[] x, double[] p, double dt) {
    SigmaPoints s = SigmaPoints.of(x, p, x.length);
    for (double[] point : s.points) {
      Dynamics.advance(point, dt);
    }
    double[] mean = s.mean();
    double[] q = s.covariance(mean);
    Dynamics.addNoise(mean, q, dt);
    System.arraycopy(mean, 0, x, 0, x.length);
    return q;
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
      heard.add(new ImmState.Watch(w.sensor(), w.periodS(), w.detection(), w.lastNanos(), misses));
    }
    double powered = s.powered * odds / (s.powered * odds + 1 - s.powered);
    return new ImmState(s.nanos, s.lastPlotNanos, powered, s.xb, s.pb, s.xc, s.pc, heard);
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
    double best = Double.POSITIVE_INFINITY;
    Innovation c = Innovation.of(atPlot.xc, atPlot.pc, m);
    if (c != null && atPlot.powered < 1 - 1e-4) {
      best = c.d2;
    }
    if (atPlot.powered > 1e-4) {
      Innovation b = Innovation.of(atPlot.xb, atPlot.pb, m);
      best = b == null ? best : Math.min(best, b.d2);
    }
    return best;
  }

  /**
   * Minus twice the logarithm of the plot's likelihood, both models weighed, but for a constant
   * that all beliefs share; infinite when it is out of view.
   */
  static double score(ImmState atPlot, PlotModel m) {
    Innovation c = Innovation.of(atPlot.xc, atPlot.pc, m);
    Innovation b = atPlot.powered > 0 ? Innovation.of(atPlot.xb, atPlot.pb, m) : null;
    double lc = c == null ? Double.NEGATIVE_INFINITY : c.logLik;
    double lb = b == null ? Double.NEGATIVE_INFINITY : b.logLik;
    double top = Math.max(lc, lb);
    if (top == Double.NEGATIVE_INFINITY) {
      return Double.POSITIVE_INFINITY;
    }
    double sum =
        (1 - atPlot.powered) * StrictMath.exp(lc - top) + atPlot.powered * StrictMath.exp(lb - top);
    return -2 * (top + StrictMath.log(Math.max(sum, 1e-300)));
  }

  /** The belief after the plot, from the belief at its time. */
  static ImmState update(ImmState before, PlotModel m) {
    ImmState s = m.radar() || before.powered > 0 ? before : relight(before);
    Innovation c = Innovation.of(s.xc, s.pc, m);
    Innovation b = s.powered > 0 ? Innovation.of(s.xb, s.pb, m) : null;
    double lc = c == null ? -1e9 : c.logLik;
    double lb = b == null ? -1e9 : b.logLik;
    double top = Math.max(lb, lc);
    double wb = s.powered * StrictMath.exp(lb - top);
    double wc = (1 - s.powered) * StrictMath.exp(lc - top);
    double powered = wb + wc > 0 ? wb / (wb + wc) : s.powered;
    double[] xc = s.xc.clone();
    double[] pc = s.pc.clone();
    double[] xb = s.xb.clone();
    double[] pb = s.pb.clone();
    if (c != null) {
      c.apply(xc, pc);
    }
    if (b != null) {
      b.apply(xb, pb);
    } else {
      powered = 0;
    }
    if (!m.radar()) { // only a burning motor is seen in infrared
      powered = INFRARED_ODDS * powered / (INFRARED_ODDS * powered + 1 - powered);
    }
    ImmState next = new ImmState(s.nanos, m.nanos(), powered, xb, pb, xc, pc, watch(s.watches, m));
    return powered == 0 ? next : requireThrust(next);
  }

  private static ImmState relight(ImmState s) {
    double[] xb = ignite(s.xc);
    return new ImmState(
        s.nanos, s.lastPlotNanos, 1e-3, xb, igniteCovariance(s.pc), s.xc, s.pc, s.watches);
  }

  /**
   * A motor pushes: a powered model whose specific force is known to be small, or above the air
   * known to point backward, is not powered flight.
   */
  private static ImmState requireThrust(ImmState s) {
    double sigma = s.thrustSigma();
    if (sigma > 12) {
      return s;
    }
    double thrust = s.thrust();
    double size = s.heightM() > 90_000 ? thrust : Math.hypot(thrust, s.lift());
    double z = (size - LEAST_THRUST) / sigma;
    double k = Math.min(1, Math.max(0.05, 2 / (1 + StrictMath.exp(-1.702 * z))));
    double powered = s.powered * k / (s.powered * k + 1 - s.powered);
    return new ImmState(s.nanos, s.lastPlotNanos, powered, s.xb, s.pb, s.xc, s.pc, s.watches);
  }
}
