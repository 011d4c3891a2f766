package parallax.tracking;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import parallax.model.Cholesky;
import parallax.model.FlightPhase;
import parallax.model.InvalidValueException;
import parallax.model.Plot;
import parallax.model.Sensor;
import parallax.model.SensorId;
import parallax.model.TrackStatus;
import parallax.model.Vector3;

/**
 * Finds the constant errors of a nation's radars in range, azimuth, elevation and time, from what
 * two radars say within seconds of one target: the difference of the two measured places, less how
 * far the target flew between, is a function of the radars' errors and noise alone, whatever the
 * target's state (the pseudo-measurements of Lin, Bar-Shalom and Kirubarajan, IEEE Trans. Aerospace
 * and Electronic Systems 40, 2004). A clock that is ahead by t shows the target where it was, by
 * its velocity times t.
 *
 * <p>An error of range, azimuth or elevation is taken out of plots only once it is known beyond
 * doubt. What follows from a wrong clock: {@link SensorClock.Standing}, {@link ClockJudge}.
 */
final class Registration {
  private static final double PAIR_WITHIN_S = 2.5;
  private static final double SLOWEST_MPS = 1_000;

  /** Less than the period of a scan, so that all radars have their turn. */
  private static final double PERIOD_S = 0.7;

  private static final int LEAST_PAIRS = 30;

  /** Chi-square of three degrees of freedom that chance exceeds once in 10 million. */
  private static final double BEYOND_DOUBT = 36;

  /**
   * Chi-square of four that chance exceeds once in 300: the radar differs from the others, and all
   * it may have wrong is allowed for.
   */
  private static final double DOUBT = 16;

  /** The same below which it does not differ any more. */
  private static final double NO_DOUBT = 8;

  private static final int LEAST_TO_DOUBT = 6;

  /** Times that a radar's plots of a coasting target fitted no track of it: there is an error. */
  private static final int LEAST_APART = 2;

  /** A clock known so well to be right, seconds, is not doubted any more. */
  private static final double CLEARED_SIGMA_S = 0.02;

  /** A clock that is wrong by more is not trusted to stay wrong by as much, seconds. */
  private static final double SET_ASIDE_S = 1;

  /** One that is set aside is used again when it turns out to be wrong by less. */
  private static final double USED_AGAIN_S = 0.7;

  /** Comparisons in a row that do not fit, after which a clock may have changed. */
  private static final int LEAST_MISFITS = 6;

  private static final double CHANGED_SIGMA_S = 1;

  /** An offset so large is taken out also while it is in doubt: plots would fit no track. */
  private static final double CHANGED_S = 0.5;

  private static final double UNEXPECTED_SIGMAS = 3;

  private static final double ROUGHLY = 0.1;

  /** Plots in a row that fit as they come, after which a clock that was set aside agrees again. */
  private static final int AGREES_AGAIN = 8;

  /**
   * What is not known of a clock is the same in all plots, while the filters take the errors of
   * plots for independent ones: it counts for this much more, so that it is not averaged away.
   */
  private static final double REPEATS = 5;

  /** Thrust that may change between two plots, m/s^2. */
  private static final double UNKNOWN_FORCE_MPS2 = 30;

  private final TreeMap<SensorId, Integer> places = new TreeMap<>();
  private final List<SensorId> radars = new ArrayList<>();
  private final BiasFilter known;
  private final int[] pairs;
  private final int[][] compared;
  private final int[] misfits;

  /** The order in which radars were first seen to take part. */
  private final long[] inUseSince;

  private long inUse;

  /** How often its plots of a target fitted no track of the target. */
  private final int[] seenApart;

  private final int[] agreeing;
  private final TreeMap<Integer, RadarDoubt> doubts = new TreeMap<>();

  /** The radars whose plots are not used. */
  private final boolean[] aside;

  private ClockJudge judged;

  /** Nothing is known yet. */
  Registration(SensorRegistry sensors) {
    this(sensors, Optional.empty());
  }

  private Registration(SensorRegistry sensors, Optional<BiasFilter> before) {
    for (Sensor s : sensors.all()) {
      if (s instanceof Sensor.Radar) {
        places.put(s.id(), places.size());
        radars.add(s.id());
      }
    }
    known = before.orElseGet(() -> new BiasFilter(radars.size()));
    pairs = new int[radars.size()];
    compared = new int[radars.size()][radars.size()];
    inUseSince = new long[radars.size()];
    Arrays.fill(inUseSince, Long.MAX_VALUE);
    seenApart = new int[radars.size()];
    misfits = new int[radars.size()];
    agreeing = new int[radars.size()];
    aside = new boolean[radars.size()];
    judged = new ClockJudge(known, pairs, inUseSince, new TreeMap<>());
  }

  /** What is known of the same radars by a state. */
  Registration(SensorRegistry sensors, TrackerState.Errors state) {
    this(sensors, Optional.of(BiasFilter.of(state.known())));
    if (!radars.equals(state.radars().stream().map(TrackerState.Radar::id).toList())) {
      throw new InvalidValueException("radars", state.radars().size() + " others", "" + radars);
    }
    inUse = state.inUse();
    for (int at = 0; at < radars.size(); at++) {
      TrackerState.Radar r = state.radars().get(at);
      pairs[at] = r.pairs();
      for (int other = 0; other < radars.size(); other++) {
        compared[at][other] = r.compared().get(other);
      }
      misfits[at] = r.misfits();
      inUseSince[at] = r.inUseSince();
      seenApart[at] = r.seenApart();
      agreeing[at] = r.agreeing();
      aside[at] = r.aside();
      if (r.doubt().isPresent()) {
        doubts.put(at, RadarDoubt.of(r.doubt().get()));
      }
    }
    judged = new ClockJudge(state);
  }

  /** All of it, as it is now. */
  TrackerState.Errors state() {
    List<TrackerState.Radar> all = new ArrayList<>(radars.size());
    for (int at = 0; at < radars.size(); at++) {
      ClockJudge.Wrong wrong = judged.wrong.get(at);
      SortedSet<Integer> maybe = judged.maybe.get(at);
      all.add(
          new TrackerState.Radar(
              radars.get(at),
              pairs[at],
              Arrays.stream(compared[at]).boxed().toList(),
              misfits[at],
              inUseSince[at],
              seenApart[at],
              agreeing[at],
              aside[at],
              Optional.ofNullable(doubts.get(at)).map(RadarDoubt::state),
              Optional.ofNullable(wrong).map(ClockJudge.Wrong::state),
              maybe == null ? List.of() : List.copyOf(maybe)));
    }
    return new TrackerState.Errors(inUse, known.state(), judged.errors.state(), all);
  }

  /** What is known of the radars of which two have seen a target together, in their order. */
  List<SensorBias> all() {
    List<SensorBias> out = new ArrayList<>();
    for (int at = 0; at < radars.size(); at++) {
      if (pairs[at] > 0) {
        double[] b = judged.errors.meanOf(at);
        double[] sigma = new double[BiasFilter.EACH];
        for (int i = 0; i < BiasFilter.EACH; i++) {
          sigma[i] = judged.errors.sigma(BiasFilter.EACH * at + i);
        }
        out.add(
            new SensorBias(
                radars.get(at),
                b[0],
                b[1],
                b[2],
                sigma[0],
                sigma[1],
                sigma[2],
                isPlaceBeyondDoubt(at),
                pairs[at]));
      }
    }
    return out;
  }

  /** What is known of the clocks of the radars that were compared with others, in their order. */
  List<SensorClock> clocks() {
    List<SensorClock> out = new ArrayList<>();
    for (int at = 0; at < radars.size(); at++) {
      if (pairs[at] > 0) {
        out.add(clock(at));
      }
    }
    return out;
  }

  private SensorClock clock(int at) {
    double offset = judged.errors.meanOf(at)[BiasFilter.CLOCK];
    double sigma = judged.errors.sigma(BiasFilter.EACH * at + BiasFilter.CLOCK);
    List<SensorId> others = new ArrayList<>();
    ClockJudge.Wrong w = judged.wrong.get(at);
    if (w != null) {
      w.group().stream().filter(i -> i != at).map(radars::get).forEach(others::add);
    }
    return new SensorClock(radars.get(at), standing(at), offset, sigma, others);
  }

  private SensorClock.Standing standing(int at) {
    ClockJudge.Wrong w = judged.wrong.get(at);
    if (w == null) {
      return SensorClock.Standing.AGREES;
    }
    if (!w.known()) {
      return SensorClock.Standing.DOUBTED;
    }
    return aside[at] ? SensorClock.Standing.SET_ASIDE : SensorClock.Standing.CORRECTED;
  }

  /** Whether the plots of a sensor are not used. */
  boolean isSetAside(SensorId sensor) {
    Integer at = places.get(sensor);
    return at != null && standing(at) == SensorClock.Standing.SET_ASIDE;
  }

  /**
   * By how much the times of all plots of these sensors may be wrong together, seconds: a
   * difference of clocks of which it is not known which one is wrong.
   */
  double sharedS(Iterable<SensorId> sensors) {
    double most = 0;
    for (SensorId id : sensors) {
      Integer at = places.get(id);
      if (at != null) {
        ClockJudge.Wrong w = judged.wrong.get(at);
        SortedSet<Integer> group = w == null ? judged.maybe.get(at) : w.group();
        for (int i : group == null || group.size() == 1 ? new TreeSet<Integer>() : group) {
          most = Math.max(most, Math.abs(judged.errors.meanOf(i)[BiasFilter.CLOCK]));
        }
      }
    }
    return most;
  }

  /** Takes note of a radar whose plots are in use. */
  void inUse(SensorId sensor) {
    Integer at = places.get(sensor);
    if (at != null && inUseSince[at] == Long.MAX_VALUE) {
      inUseSince[at] = inUse++;
    }
  }

  /** What to take out of a radar's plots, and what is not known of its errors. */
  PlotCorrection correction(SensorId radar) {
    Integer at = places.get(radar);
    if (at == null) {
      return PlotCorrection.NONE;
    }
    ClockJudge.Wrong w = judged.wrong.get(at);
    double[] b = judged.errors.meanOf(at);
    if (isPlaceBeyondDoubt(at)) {
      double[] p = judged.errors.covarianceOf(at);
      if (w != null && !w.known()) {
        p[BiasFilter.EACH * BiasFilter.EACH - 1] += b[BiasFilter.CLOCK] * b[BiasFilter.CLOCK];
      }
      return PlotCorrection.of(b, p, w != null && w.known());
    }
    double offset = b[BiasFilter.CLOCK];
    double sigma = judged.errors.sigma(BiasFilter.EACH * at + BiasFilter.CLOCK);
    if (w != null && w.known()) {
      return PlotCorrection.ofClock(offset, REPEATS * sigma);
    }
    if (w != null && Math.abs(offset) > CHANGED_S) {
      return PlotCorrection.ofClock(offset, Math.hypot(REPEATS * sigma, ROUGHLY * offset));
    }
    RadarDoubt doubt = doubts.get(at);
    if (doubt != null) {
      return doubt.allowed(REPEATS);
    }
    return w == null
        ? PlotCorrection.NONE
        : PlotCorrection.ofClock(0, REPEATS * Math.hypot(offset, sigma));
  }

  private void judge(int... compared) {
    judged = new ClockJudge(known, pairs, inUseSince, judged.wrong);
    for (int i = 0; i < aside.length; i++) {
      ClockJudge.Wrong w = judged.wrong.get(i);
      double offset = Math.abs(judged.errors.meanOf(i)[BiasFilter.CLOCK]);
      boolean own = w != null && w.known() && w.group().size() == 1;
      aside[i] = own && offset > (aside[i] ? USED_AGAIN_S : SET_ASIDE_S);
    }
    boolean[] wrong = new boolean[radars.size()];
    judged.wrong.forEach((i, w) -> wrong[i] = w.known());
    boolean[] displaced = new boolean[radars.size()];
    for (int i = 0; i < displaced.length; i++) {
      displaced[i] = isPlaceBeyondDoubt(i);
    }
    for (int at : compared) {
      RadarDoubt d = RadarDoubt.of(known, at, this.compared[at], displaced, wrong);
      double limit = doubts.containsKey(at) ? NO_DOUBT : DOUBT;
      boolean differs = pairs[at] >= LEAST_TO_DOUBT && d.distance > limit;
      boolean cleared = d.clockSigmaS() < CLEARED_SIGMA_S && d.distance < NO_DOUBT;
      seenApart[at] = cleared ? 0 : seenApart[at];
      if (differs || seenApart[at] >= LEAST_APART) {
        doubts.put(at, d);
      } else {
        doubts.remove(at);
      }
    }
  }

  /** The radars whose errors of place are allowed for or taken out. */
  List<SensorId> displaced() {
    List<SensorId> out = new ArrayList<>();
    for (int at = 0; at < radars.size(); at++) {
      if (isPlaceBeyondDoubt(at) || doubts.containsKey(at)) {
        out.add(radars.get(at));
      }
    }
    return out;
  }

  private boolean isPlaceBeyondDoubt(int at) {
    return pairs[at] >= LEAST_PAIRS && placeDistance(at) > BEYOND_DOUBT;
  }

  /** Squared normalised distance of a radar's errors of place from none. */
  private double placeDistance(int at) {
    double[] b = judged.errors.meanOf(at);
    double[] p = Dense.leading(judged.errors.covarianceOf(at), BiasFilter.EACH, 3);
    return Cholesky.squaredDistance(Dense.factor(p, 3), b, 3);
  }

  /**
   * Learns from the plot {@code m} of {@code f} if it is its newest, at most once in {@link
   * #PERIOD_S}.
   */
  void learn(TrackFile f, PlotModel m) {
    FlightPhase phase = f.postedPhase();
    boolean steady = f.confirmed() && (phase == FlightPhase.COAST || phase == FlightPhase.BOOST);
    boolean held = f.report.status != TrackStatus.LOST && f.newest() == m && !isSlow(f.posterior());
    double since = (m.nanos() - f.registeredNanos()) * 1e-9;
    if (!steady || !held || !m.radar() || (since >= 0 && since < PERIOD_S)) {
      return;
    }
    int at = place(m);
    PlotModel other =
        f.history.newestOfOthers(m, PAIR_WITHIN_S).stream()
            .min(Comparator.comparingInt(o -> compared[at][place(o)]))
            .orElse(null);
    if (other != null) {
      f.registered(m.nanos());
      compare(f.posterior(), m, m.clockS(), other, 0);
      judge(at, place(other));
    }
  }

  /**
   * Learns from a track {@code f} whose plots are of the target of the track {@code same}, but fit
   * that one only {@code fit.aheadS} seconds later.
   */
  void learnApart(TrackFile f, TrackFile same, ClockFit fit) {
    if (!fit.fits() || isSlow(same.posterior())) {
      return;
    }
    double aheadS = fit.aheadS();
    boolean coasts =
        f.postedPhase() == FlightPhase.COAST && same.postedPhase() == FlightPhase.COAST;
    TreeSet<Integer> apart = new TreeSet<>();
    f.history.radarPlots().forEach(m -> apart.add(place(m)));
    for (int at : apart) {
      seenApart[at] += coasts ? 1 : 0;
    }
    for (PlotModel m : f.history.radarPlots()) {
      long nanos = m.nanos() - Math.round(aheadS * 1e9);
      PlotModel other = same.history.nearestOfOther(m.plot.sensor(), nanos, PAIR_WITHIN_S);
      ImmState then = same.history.beliefAt(nanos);
      if (other != null && then != null) {
        openClocks(place(m), place(other), m.clockS() + aheadS - other.clockS());
        compare(then, m, m.clockS() + aheadS, other, UNKNOWN_FORCE_MPS2);
        judge(place(m), place(other));
      }
    }
  }

  /** Whether it may be an aircraft: it may turn between two plots. */
  private static boolean isSlow(ImmState s) {
    double[] x = s.mean();
    return Math.sqrt(x[3] * x[3] + x[4] * x[4] + x[5] * x[5]) < SLOWEST_MPS;
  }

  /**
   * When two clocks differ by much else than what is known of them allows, that of the radar
   * compared less often may be anything again; both, when it is the first comparison of both.
   */
  private void openClocks(int a, int b, double difference) {
    int ca = BiasFilter.EACH * a + BiasFilter.CLOCK;
    int cb = BiasFilter.EACH * b + BiasFilter.CLOCK;
    double changed = Math.abs(difference - (known.mean[ca] - known.mean[cb]));
    if (changed > CHANGED_S && changed > UNEXPECTED_SIGMAS * known.sigmaOfDifference(ca, cb)) {
      if (pairs[a] <= pairs[b]) {
        known.openClock(a, changed);
      }
      if (pairs[b] <= pairs[a]) {
        known.openClock(b, changed);
      }
    }
  }

  /** Takes note of whether a plot that is not used fits a track, as it comes or as corrected. */
  void note(SensorId sensor, boolean asItComes, boolean corrected) {
    Integer at = places.get(sensor);
    if (at == null || asItComes == corrected) {
      return;
    }
    agreeing[at] = asItComes ? agreeing[at] + 1 : 0;
    if (agreeing[at] >= AGREES_AGAIN) {
      agreeing[at] = 0;
      known.forgetClock(at);
      judge(at);
    }
  }

  /** Compares two plots of a target, with {@code outS} to be taken out of the first one's time. */
  private void compare(ImmState s, PlotModel m, double outS, PlotModel other, double forceMps2) {
    PlotModel a = asMeasured(m);
    PlotModel b = asMeasured(other);
    double[] x = s.mean();
    double[] d = new double[6];
    BallisticForces.NOMINAL.derivative(x, d);
    double before = (other.nanos() - s.nanos) * 1e-9;
    double after = (a.nanos() - s.nanos) * 1e-9 - outS;
    double[] y = new double[3];
    Vector3 apart = place3(a).minus(place3(b));
    double[] measured = {apart.x(), apart.y(), apart.z()};
    double[] h = new double[3 * known.size];
    put(h, a, 1);
    put(h, b, -1);
    int ca = BiasFilter.EACH * place(m) + BiasFilter.CLOCK;
    int cb = BiasFilter.EACH * place(other) + BiasFilter.CLOCK;
    for (int i = 0; i < 3; i++) {
      double flown = d[i] * (after - before) + 0.5 * d[3 + i] * (after * after - before * before);
      double va = d[i] + d[3 + i] * after;
      double vb = d[i] + d[3 + i] * before;
      h[i * known.size + ca] = -va;
      h[i * known.size + cb] = vb;
      y[i] = measured[i] - flown - va * outS + vb * other.clockS();
    }
    double[] r = a.positionCovariance(a.rangeM(), Math.sqrt(a.noise[0]));
    double[] q = b.positionCovariance(b.rangeM(), Math.sqrt(b.noise[0]));
    double gap2 = (after - before) * (after - before);
    double powered = s.powered > 0.5 ? UNKNOWN_FORCE_MPS2 : forceMps2;
    double force = 0.5 * powered * gap2;
    double[] c = s.covariance(x);
    for (int i = 0; i < 3; i++) {
      r[4 * i] += force * force;
      for (int j = 0; j < 3; j++) {
        r[3 * i + j] += q[3 * i + j] + gap2 * c[(3 + i) * 6 + 3 + j];
      }
    }
    count(place(m), place(other), known.compare(y, h, r));
  }

  private void count(int a, int b, boolean fits) {
    compared[a][b] += fits ? 1 : 0;
    compared[b][a] += fits ? 1 : 0;
    for (int at : new int[] {a, b}) {
      pairs[at] += fits ? 1 : 0;
      misfits[at] = fits ? 0 : misfits[at] + 1;
    }
    if (misfits[a] >= LEAST_MISFITS && misfits[b] >= LEAST_MISFITS) {
      known.openClock(a, CHANGED_SIGMA_S);
      known.openClock(b, CHANGED_SIGMA_S);
      misfits[a] = 0;
      misfits[b] = 0;
    }
  }

  private int place(PlotModel m) {
    return places.getOrDefault(m.plot.sensor(), 0);
  }

  private static PlotModel asMeasured(PlotModel m) {
    return PlotModel.of((Plot.RadarPlot) m.plot, (Sensor.Radar) m.sensor);
  }

  private static Vector3 place3(PlotModel m) {
    return m.origin().plus(m.direction().times(m.rangeM()));
  }

  /** How the errors of a plot's radar move its place: along, to the right and up. */
  private void put(double[] h, PlotModel m, double sign) {
    int at = BiasFilter.EACH * place(m);
    double elevation = ((Plot.RadarPlot) m.plot).elevationRad();
    Vector3[] moves = {
      m.direction(),
      m.right().times(m.rangeM() * StrictMath.cos(elevation)),
      m.upward().times(m.rangeM())
    };
    for (int k = 0; k < 3; k++) {
      h[at + k] = sign * moves[k].x();
      h[known.size + at + k] = sign * moves[k].y();
      h[2 * known.size + at + k] = sign * moves[k].z();
    }
  }
}
