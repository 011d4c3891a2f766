package parallax.tracking;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parallax.model.Covariance;
import parallax.model.Geodetic;
import parallax.model.HorizontalEllipse;
import parallax.model.ImpactPointPrediction.Branch;
import parallax.model.ImpactPointPrediction.ThreatFan;
import parallax.model.LaunchPointEstimate;
import parallax.model.StateVector;
import parallax.model.UtcTime;
import parallax.model.Vector3;
import parallax.model.Wgs84;

/**
 * The threat fan of a target whose motor burns: where it comes down if the motor stops now, 5 s
 * later and so on, each with the probability that it stops then ({@link BurnoutPrior}).
 *
 * <p>The state with its specific force is flown on under power ({@link BoostPoint}) together with a
 * pair of points, one standard deviation to either side, for each axis of its covariance and for
 * what nobody knows of the motor: how the thrust grows (ln sigma 0.3) and how the pitch programme
 * goes on, downward by a fifth of the force's elevation above 20 degrees for each e-fold of the
 * time since launch, and aside by none, give or take. At each burnout the centre is flown to the
 * ground through the air; its covariance is the sum of the pairs' half differences squared, flown
 * in a vacuum ({@link KeplerImpact}) and shrunk as the air shrinks the range, of the width of the
 * interval, of what lift may add ({@link Footprint}) and of a floor. The probability of an orbit is
 * that of a perigee above 120 km, logistic about the centre's. What a branch cannot place within
 * 3,500 km (1 sigma) stays out and counts as beyond.
 */
final class BoostFan {
  private static final double LN_GROWTH_SIGMA = 0.3;
  private static final double STAGE_END = 100;
  private static final double STAGE_END_MARGIN = 1.4;
  private static final double STAGE_END_LN_SIGMA = 0.6;
  private static final double PITCH_SHARE = 0.12;
  private static final double PITCH_FLOOR_RAD = Math.toRadians(20);
  private static final double PITCH_SIGMA_SHARE = 0.2;
  private static final double PITCH_SIGMA_RAD = Math.toRadians(3);
  private static final double ASIDE_SIGMA_RAD = Math.toRadians(3);
  private static final double FLOOR_M = 2_000;
  private static final double WIDEST_M = 3_500_000;
  private static final double LEAST_PROBABILITY = 0.002;
  private static final double TOLERANCE_M = 20;

  /** Thrust of a state that tells none: the exhaust velocity it is reckoned with, and how well. */
  private static final double EXHAUST_MPS = 2_600;

  private static final double UNTOLD_LN_SIGMA = 0.35;
  private static final double UNTOLD_DIRECTION_RAD = Math.toRadians(7);
  private static final double WEAKEST = 12;
  private static final double STRONGEST = 70;
  private static final double LONGEST_BURN_S = 600;

  private final List<BoostPoint> boost = new ArrayList<>();
  private final UtcTime now;
  private final double burntS;
  private final double forceMps2;

  /** One burnout: the interval, and where each point then comes down. */
  private static final class Stop {
    final double fromS;
    final double toS;
    final double[] centre = new double[6];
    final List<@Nullable KeplerImpact> falls = new ArrayList<>();
    final double[] perigees;

    Stop(double fromS, double toS, List<BoostPoint> boost) {
      this.fromS = fromS;
      this.toS = toS;
      System.arraycopy(boost.getFirst().y, 0, centre, 0, 6);
      perigees = new double[boost.size()];
      for (int i = 0; i < perigees.length; i++) {
        falls.add(KeplerImpact.of(boost.get(i).y));
        perigees[i] = Orbit.perigeeHeightM(boost.get(i).y);
      }
    }

    double middleS() {
      return 0.5 * (fromS + toS);
    }
  }

  private BoostFan(UtcTime now, double[] x, double[] p, double burntS) {
    this.now = now;
    this.burntS = burntS;
    this.forceMps2 = Math.sqrt(x[6] * x[6] + x[7] * x[7] + x[8] * x[8]);
    double[] l = Dense.factor(p, 9);
    Vector3 up = FlightPredictor.position(x).unit();
    Vector3 force = new Vector3(x[6], x[7], x[8]);
    double elevation =
        StrictMath.asin(Math.max(-1, Math.min(1, force.dot(up) / Math.max(1e-3, force.norm()))));
    double down = PITCH_SHARE * Math.max(0, elevation - PITCH_FLOOR_RAD);
    double strongest = Math.max(STAGE_END, STAGE_END_MARGIN * force.norm());
    double downSigma = PITCH_SIGMA_RAD + PITCH_SIGMA_SHARE * Math.max(0, elevation);
    boost.add(new BoostPoint(x, 0, strongest, down, 0));
    for (int c = 0; c < 9; c++) {
      for (int sign = 1; sign >= -1; sign -= 2) {
        double[] moved = x.clone();
        for (int i = c; i < 9; i++) {
          moved[i] += sign * l[i * 9 + c];
        }
        boost.add(new BoostPoint(moved, 0, strongest, down, 0));
      }
    }
    for (int sign = 1; sign >= -1; sign -= 2) {
      boost.add(new BoostPoint(x, sign * LN_GROWTH_SIGMA, strongest, down, 0));
    }
    for (int sign = 1; sign >= -1; sign -= 2) {
      double end = strongest * StrictMath.exp(sign * STAGE_END_LN_SIGMA);
      boost.add(new BoostPoint(x, 0, end, down, 0));
    }
    for (int sign = 1; sign >= -1; sign -= 2) {
      boost.add(new BoostPoint(x, 0, strongest, down + sign * downSigma, 0));
    }
    for (int sign = 1; sign >= -1; sign -= 2) {
      boost.add(new BoostPoint(x, 0, strongest, down, sign * ASIDE_SIGMA_RAD));
    }
  }

  /**
   * The fan from a belief of which a part says that a motor burns: the mean and covariance of that
   * part.
   *
   * @param misfit by which the covariance is too small, as the plots say; 1 or less for none
   * @param launch where and when it was launched, if that is known
   */
  static ThreatFan of(
      UtcTime now, ImmState s, double misfit, Optional<LaunchPointEstimate> launch) {
    double[] x = new double[9];
    double[] p = new double[81];
    for (Motion m : List.of(Motion.BOOST, Motion.MANOEUVRE)) {
      for (int i = 0; i < (s.weight(m) > 0 ? 9 : 0); i++) {
        x[i] += s.weight(m) / s.powered * s.x(m)[i];
      }
    }
    for (Motion m : List.of(Motion.BOOST, Motion.MANOEUVRE)) {
      for (int i = 0; i < (s.weight(m) > 0 ? 81 : 0); i++) {
        double apart = (s.x(m)[i / 9] - x[i / 9]) * (s.x(m)[i % 9] - x[i % 9]);
        p[i] += Math.max(1, misfit) * s.weight(m) / s.powered * (s.p(m)[i] + apart);
      }
    }
    return new BoostFan(now, x, p, burnt(now, x, launch)).fan();
  }

  /**
   * The fan from a state that tells no thrust, as partners' and combined ones do. The thrust of a
   * single stage that has gained the speed v over the ground, and what gravity took, dv = v + g t
   * sin(elevation), in t seconds is c (exp(dv / c) - 1) / t; it is taken along the velocity, within
   * 7 degrees, and to a factor of 1.4 (1 sigma).
   */
  static ThreatFan of(StateVector state, Optional<LaunchPointEstimate> launch) {
    double[] s = Orbit.vector(state);
    UtcTime now = state.timeOfValidity();
    double burnt = burnt(now, s, launch);
    Vector3 v = state.velocityMps();
    double speed = Math.max(1, v.norm());
    double rise = Math.max(0, v.dot(state.positionM().unit()) / speed);
    double gain = speed + 9.8 * burnt * rise;
    double force =
        Math.max(
            WEAKEST,
            Math.min(STRONGEST, EXHAUST_MPS * StrictMath.expm1(gain / EXHAUST_MPS) / burnt));
    double[] x = new double[9];
    System.arraycopy(s, 0, x, 0, 6);
    double[] c = state.covariance().toRowMajor();
    double[] p = new double[81];
    double across = force * UNTOLD_DIRECTION_RAD;
    double along = force * UNTOLD_LN_SIGMA;
    for (int i = 0; i < 6; i++) {
      System.arraycopy(c, i * 6, p, i * 9, 6);
    }
    double[] unit = {v.x() / speed, v.y() / speed, v.z() / speed};
    for (int i = 0; i < 3; i++) {
      x[6 + i] = force * unit[i];
      for (int j = 0; j < 3; j++) {
        p[(6 + i) * 9 + 6 + j] =
            (along * along - across * across) * unit[i] * unit[j] + (i == j ? across * across : 0);
      }
    }
    return new BoostFan(now, x, p, burnt).fan();
  }

  /** Seconds since launch; by the speed and a mean gain of 20 m/s^2 when no launch is known. */
  private static double burnt(UtcTime now, double[] x, Optional<LaunchPointEstimate> launch) {
    double t =
        launch
            .map(l -> now.secondsSince(l.time()))
            .orElseGet(() -> Math.sqrt(x[3] * x[3] + x[4] * x[4] + x[5] * x[5]) / 20);
    return Math.max(5, Math.min(LONGEST_BURN_S, t));
  }

  private ThreatFan fan() {
    List<Stop> stops = stops();
    List<Branch> branches = new ArrayList<>();
    double noImpact = 0;
    for (int i = 0; i < stops.size(); i++) {
      Stop s = stops.get(i);
      double prior = BurnoutPrior.stops(burntS, forceMps2, s.fromS, s.toS);
      double orbit = orbit(s.perigees);
      noImpact += prior * orbit;
      Branch b = branch(stops, i, prior * (1 - orbit));
      if (b != null) {
        branches.add(b);
      }
    }
    return new ThreatFan(now, branches, Math.min(1, noImpact));
  }

  /** The edges of the intervals: 2.5 s, then every 5 s, 10 s after 30 s, 20 s after 120 s. */
  private List<Stop> stops() {
    List<Stop> out = new ArrayList<>();
    double from = 0;
    double at = 0;
    while (burntS + from < LONGEST_BURN_S && out.size() < ThreatFan.MOST_BRANCHES) {
      double width = from == 0 ? 2.5 : from < 30 ? 5 : from < 120 ? 10 : 20;
      double middle = from == 0 ? 0 : from + 0.5 * width;
      advance(at, middle);
      at = middle;
      out.add(new Stop(from, from + width, boost));
      from += width;
    }
    return out;
  }

  private void advance(double from, double to) {
    if (to <= from) {
      return;
    }
    int steps = Math.max(1, (int) Math.ceil((to - from) / (from < 60 ? 2.5 : 5)));
    double dt = (to - from) / steps;
    for (BoostPoint b : boost) {
      for (int k = 0; k < steps; k++) {
        b.advance(from + k * dt, burntS, dt);
      }
    }
  }

  /** Probability of a perigee clear of the air. */
  private static double orbit(double[] perigees) {
    double variance = 1e6;
    for (int i = 1; i < perigees.length; i += 2) {
      double half = 0.5 * (perigees[i] - perigees[i + 1]);
      variance += half * half;
    }
    double z = (perigees[0] - FlightPredictor.CLEAR_PERIGEE_M) / Math.sqrt(variance);
    return Logistic.below(z);
  }

  private @Nullable Branch branch(List<Stop> stops, int i, double probability) {
    Stop s = stops.get(i);
    KeplerImpact vacuum = s.falls.getFirst();
    if (vacuum == null || probability < LEAST_PROBABILITY) {
      return null;
    }
    BallisticArc arc =
        BallisticArc.flyToGround(
            BallisticForces.NOMINAL, s.centre, FlightPredictor.MAX_FLIGHT_S, TOLERANCE_M);
    if (!arc.grounded()) {
      return null;
    }
    double[] end = arc.end();
    Vector3 ground = FlightPredictor.position(end);
    Geodetic at = Wgs84.toGeodetic(ground);
    Vector3 start = FlightPredictor.position(s.centre);
    double shrunk =
        Math.min(1, ground.minus(start).norm() / Math.max(1, vacuum.point().minus(start).norm()));
    Spread spread = new Spread(at, vacuum, shrunk);
    for (int k = 1; k < s.falls.size(); k += 2) {
      spread.pair(s.falls.get(k), s.falls.get(k + 1));
    }
    spread.interval(stops, i);
    Footprint glide = Footprint.of(s.centre, end, Lift.UNSEEN);
    double ee = spread.ee + glide.eastEast() + FLOOR_M * FLOOR_M;
    double en = spread.en + glide.eastNorth();
    double nn = spread.nn + glide.northNorth() + FLOOR_M * FLOOR_M;
    Covariance c = Covariance.of(2, ee, en, en, nn);
    if (spread.open || !(HorizontalEllipse.of(c).semiMajorM() <= WIDEST_M)) {
      return null;
    }
    Vector3 shift = new Vector3(glide.eastM(), glide.northM(), 0);
    Geodetic point = Wgs84.toGeodetic(ground.plus(Wgs84.fromEnu(shift, at))).withAltitudeM(0);
    UtcTime burnout = now.plusSeconds(s.fromS == 0 ? 0 : s.middleS());
    return new Branch(
        probability,
        burnout,
        point,
        c,
        burnout.plusSeconds(arc.durationS() + glide.laterS()),
        Math.sqrt(spread.tt + glide.timeVariance() + 0.25));
  }

  /** Sums of squares of where the points come down, about the centre. */
  private static final class Spread {
    private final Geodetic at;
    private final KeplerImpact centre;
    private final double shrunk;
    private double ee;
    private double en;
    private double nn;
    private double tt;

    /** Whether an axis has no end on either side. */
    private boolean open;

    Spread(Geodetic at, KeplerImpact centre, double shrunk) {
      this.at = at;
      this.centre = centre;
      this.shrunk = shrunk;
    }

    void pair(@Nullable KeplerImpact plus, @Nullable KeplerImpact minus) {
      if (plus != null && minus != null) {
        add(plus, minus, 0.5);
      } else if (plus != null) {
        add(plus, centre, 1);
      } else if (minus != null) {
        add(minus, centre, 1);
      } else {
        open = true;
      }
    }

    /** Any moment of the interval is as likely as another. */
    void interval(List<Stop> stops, int i) {
      Stop before = stops.get(Math.max(0, i - 1));
      Stop after = stops.get(Math.min(stops.size() - 1, i + 1));
      KeplerImpact a = before.falls.getFirst();
      KeplerImpact b = after.falls.getFirst();
      KeplerImpact from = a == null ? centre : a;
      KeplerImpact to = b == null ? centre : b;
      double between =
          (b == null ? stops.get(i) : after).middleS()
              - (a == null ? stops.get(i) : before).middleS();
      double width = stops.get(i).toS - stops.get(i).fromS;
      if (between > 0) {
        add(to, from, width / between / Math.sqrt(12));
      }
    }

    private void add(KeplerImpact to, KeplerImpact from, double factor) {
      Vector3 d = Wgs84.toEnu(to.point().minus(from.point()), at);
      double e = shrunk * factor * d.x();
      double n = shrunk * factor * d.y();
      double t = factor * (to.flightS() - from.flightS());
      ee += e * e;
      en += e * n;
      nn += n * n;
      tt += t * t;
    }
  }
}
