package parallax.evaluation;

import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.Map;
import parallax.engine.Picture;
import parallax.exercise.Flight;
import parallax.exercise.FlightState;
import parallax.exercise.Salvo;
import parallax.model.Covariance;
import parallax.model.FlightPhase;
import parallax.model.Geodetic;
import parallax.model.HorizontalEllipse;
import parallax.model.ImpactPointPrediction.Predicted;
import parallax.model.StateVector;
import parallax.model.TrackStatus;
import parallax.model.Vector3;
import parallax.model.Wgs84;

/**
 * How well a combined picture knows its own uncertainty, by true phase of flight: how often the
 * ellipses of its impact predictions hold the true impact point, and the normalised estimation
 * error squared (NEES) of its states, e' P^-1 e, whose mean over an honest filter's states is their
 * dimension, 6 for position and velocity (Bar-Shalom, Li and Kirubarajan, Estimation with
 * Applications to Tracking and Navigation, 2001, section 5.4). Drawings of one run are not
 * independent of each other.
 */
public final class Consistency {
  /** Probabilities of the ellipses. */
  static final double[] LEVELS = {0.5, 0.9, 0.95};

  /** The shares of the ellipses that are counted, such as 0.9; a copy. */
  public static double[] levels() {
    return LEVELS.clone();
  }

  /** Height below which a falling, unpowered target counts as re-entering, metres. */
  static final double REENTRY_BELOW_M = 100_000;

  /** The true phase of flight. */
  public enum Phase {
    /** A motor burns. */
    BOOST,
    /** Unpowered, rising or above {@link #REENTRY_BELOW_M}. */
    COAST,
    /** Unpowered, falling and below {@link #REENTRY_BELOW_M}, without lift. */
    REENTRY,
    /** Bent by lift. */
    GLIDE
  }

  /** Sums over the drawings of one phase; sums of several runs add up. */
  public static final class Tally {
    private final long[] held = new long[LEVELS.length];
    private long states;
    private double nees;
    private long lost;
    private double lostNees;
    private long predictions;
    private double impactNees;

    Tally() {}

    /** Drawings with the state of a track told as lost. */
    public long lost() {
      return lost;
    }

    /** Mean NEES of their positions, 3 when honest; NaN without any. */
    public double meanLostNees() {
      return lostNees / lost;
    }

    /** Drawings with a state that is held: confirmed or coasted. */
    public long states() {
      return states;
    }

    /** Mean NEES of the states, 6 when honest; NaN without any. */
    public double meanNees() {
      return nees / states;
    }

    /** Drawings with an impact prediction. */
    public long predictions() {
      return predictions;
    }

    /** Mean NEES of the impact predictions, 2 when honest; NaN without any. */
    double meanImpactNees() {
      return impactNees / predictions;
    }

    /** Share of the predictions whose ellipse of {@link #LEVELS}[i] held the true impact. */
    public double share(int i) {
      return (double) held[i] / predictions;
    }

    void add(Tally o) {
      states += o.states;
      nees += o.nees;
      lost += o.lost;
      lostNees += o.lostNees;
      predictions += o.predictions;
      impactNees += o.impactNees;
      for (int i = 0; i < held.length; i++) {
        held[i] += o.held[i];
      }
    }

    private void state(double squared) {
      states++;
      nees += squared;
    }

    private void lost(double squared) {
      lost++;
      lostNees += squared;
    }

    private void prediction(double squared) {
      predictions++;
      impactNees += squared;
      for (int i = 0; i < held.length; i++) {
        double k = HorizontalEllipse.scaleFor(LEVELS[i]);
        held[i] += squared <= k * k ? 1 : 0;
      }
    }
  }

  private final Salvo salvo;
  private final IdentityHashMap<Flight, Double> apogeesS = new IdentityHashMap<>();
  private final Map<Phase, Tally> tallies = new EnumMap<>(Phase.class);

  Consistency(Salvo salvo) {
    this.salvo = salvo;
    for (Flight f : salvo.flights()) {
      apogeesS.put(f, apogeeS(f));
    }
    for (Phase p : Phase.values()) {
      tallies.put(p, new Tally());
    }
  }

  private static double apogeeS(Flight flight) {
    double highest = -1;
    double at = 0;
    for (FlightState s : flight.samples(1)) {
      double h = Wgs84.toGeodetic(s.positionM()).altitudeM();
      if (h > highest) {
        highest = h;
        at = s.timeS();
      }
    }
    return at;
  }

  /** The sums of a phase. */
  Tally tally(Phase phase) {
    return tallies.getOrDefault(phase, new Tally());
  }

  /** The true phase of a missile {@code tS} seconds after its launch, during its flight. */
  Phase phaseAt(Flight flight, double tS) {
    FlightState s = flight.at(tS);
    if (s.burning() || tS < flight.burnoutS()) {
      return Phase.BOOST;
    }
    if (s.phase() == FlightPhase.MANOEUVRE) {
      return Phase.GLIDE;
    }
    boolean low = Wgs84.toGeodetic(s.positionM()).altitudeM() < REENTRY_BELOW_M;
    return tS >= apogeesS.getOrDefault(flight, 0.0) && low ? Phase.REENTRY : Phase.COAST;
  }

  /** Takes in a drawing; only those of the combined picture count, and only during the flight. */
  void take(Picture p) {
    if (p.view() != Picture.View.COMBINED || p.isWithdrawn()) {
      return;
    }
    p.estimate()
        .filter(e -> e.status() != TrackStatus.TENTATIVE && e.status() != TrackStatus.ENDED)
        .ifPresent(e -> takeState(e.state(), e.status() == TrackStatus.LOST));
    Flight missile = p.estimate().map(e -> nearest(e.state())).orElseGet(salvo::first);
    double t = p.at().secondsSince(missile.launchTime());
    if (p.impact() instanceof Predicted q && flies(missile, t)) {
      tally(phaseAt(missile, t)).prediction(squaredSigmas(q, missile.impactPoint()));
    }
  }

  private Flight nearest(StateVector s) {
    return salvo.nearest(s.positionM(), s.timeOfValidity());
  }

  private void takeState(StateVector s, boolean lost) {
    Flight missile = nearest(s);
    double t = s.timeOfValidity().secondsSince(missile.launchTime());
    if (flies(missile, t)) {
      FlightState truth = missile.at(t);
      Tally of = tally(phaseAt(missile, t));
      if (lost) {
        of.lost(positionNees(s, truth.positionM()));
      } else {
        of.state(nees(s, truth.positionM(), truth.velocityMps()));
      }
    }
  }

  private static boolean flies(Flight missile, double tS) {
    return tS >= 0 && tS <= missile.durationS();
  }

  /** Squared Mahalanobis distance of the true impact point from the prediction (2 freedoms). */
  static double squaredSigmas(Predicted p, Geodetic truth) {
    Vector3 d = Wgs84.toEnu(Wgs84.toEcef(truth).minus(Wgs84.toEcef(p.point())), p.point());
    Covariance c = p.eastNorthM2();
    double a = c.get(0, 0);
    double b = c.get(0, 1);
    double e = c.get(1, 1);
    return (e * d.x() * d.x() - 2 * b * d.x() * d.y() + a * d.y() * d.y()) / (a * e - b * b);
  }

  /** e' P^-1 e of a state against the truth. */
  static double nees(StateVector s, Vector3 positionM, Vector3 velocityMps) {
    Vector3 dp = s.positionM().minus(positionM);
    Vector3 dv = s.velocityMps().minus(velocityMps);
    return s.covariance().squaredDistance(dp.x(), dp.y(), dp.z(), dv.x(), dv.y(), dv.z());
  }

  /** The same of the position alone. */
  static double positionNees(StateVector s, Vector3 positionM) {
    Vector3 d = s.positionM().minus(positionM);
    return s.covariance().block(0, 3).squaredDistance(d.x(), d.y(), d.z());
  }
}
