package parallax.tracking;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parallax.model.Covariance;
import parallax.model.FlightPhase;
import parallax.model.Geodetic;
import parallax.model.HorizontalEllipse;
import parallax.model.ImpactPointPrediction;
import parallax.model.LaunchPointEstimate;
import parallax.model.StateVector;
import parallax.model.UtcTime;
import parallax.model.Vector3;
import parallax.model.Wgs84;

/**
 * Predicts the rest of an unpowered flight: fifteen sigma points of position, velocity and
 * logarithm of the ballistic coefficient are flown to the ellipsoid through J2 gravity, earth
 * rotation and drag; the impact's mean and covariance are theirs, plus what winds do to the fall
 * and what the force model leaves out.
 *
 * <p>Sigma points: Julier and Uhlmann, Proc. IEEE 92 (2004), kappa = 1. Gravity beyond J2 and
 * terrain are covered by a floor. A flight that lift can bend gets a {@link Footprint}.
 */
public final class FlightPredictor {
  private static final int N = 7;
  private static final double W0 = 1.0 / (N + 1);
  private static final double WI = 0.5 / (N + 1);

  /** Of a step; an impact is off by at most 3 m for it, and the floor is ten times that. */
  static final double TOLERANCE_M = 1;

  static final double MAX_FLIGHT_S = 4 * 3600;

  /** A perigee above is clear of the air: the path does not meet the earth. */
  static final double CLEAR_PERIGEE_M = 120_000;

  /** Power spectral density that gravity beyond J2 is worth over a flight, m^2/s^3. */
  private static final double UNMODELLED_NOISE = 1e-7;

  private FlightPredictor() {}

  /** As {@link #predict(StateVector, FlightPhase, PredictionSettings)} with its defaults. */
  public static FlightPrediction predict(StateVector state, FlightPhase phase) {
    return predict(state, phase, PredictionSettings.defaults());
  }

  /**
   * Predicts the flight from {@code state}. Powered, manoeuvring and unclassified flight, and an
   * uncertainty beyond the settings' limit, give {@link ImpactPointPrediction.CannotTellYet}; a
   * perigee clear of the atmosphere gives {@link ImpactPointPrediction.NoImpactExpected}.
   */
  public static FlightPrediction predict(
      StateVector state, FlightPhase phase, PredictionSettings settings) {
    return predict(state, phase, settings, Lift.UNSEEN);
  }

  /** As above, knowing what the air has shown of the target's lift. */
  static FlightPrediction predict(
      StateVector state, FlightPhase phase, PredictionSettings settings, Lift lift) {
    return switch (phase) {
      case UNKNOWN -> cannot(state, "flight phase not yet known");
      case BOOST -> cannot(state, "still boosting");
      case MANOEUVRE ->
          mayGlide(Orbit.vector(state))
              ? unpowered(state, settings, lift)
              : cannot(state, "manoeuvring");
      case COAST, REENTRY -> unpowered(state, settings, lift);
    };
  }

  /**
   * The threat fan of a state whose motor is said to burn; its thrust is reckoned from the time
   * since launch.
   *
   * @param launch where and when it was launched, if that is known
   */
  public static FlightPrediction fan(StateVector state, Optional<LaunchPointEstimate> launch) {
    return new FlightPrediction(BoostFan.of(state, launch), List.of());
  }

  static FlightPrediction cannot(StateVector state, String reason) {
    return new FlightPrediction(
        new ImpactPointPrediction.CannotTellYet(state.timeOfValidity(), reason), List.of());
  }

  private static FlightPrediction unpowered(
      StateVector state, PredictionSettings settings, Lift lift) {
    List<double[]> starts = sigmaPoints(state);
    int clear = 0;
    for (double[] s : starts) {
      clear += Orbit.perigeeHeightM(s) > CLEAR_PERIGEE_M ? 1 : 0;
    }
    if (clear == starts.size()) {
      return new FlightPrediction(
          new ImpactPointPrediction.NoImpactExpected(state.timeOfValidity()), List.of());
    }
    if (clear > 0) {
      return cannot(state, "too uncertain to tell an orbit from an impact");
    }
    List<BallisticArc> arcs = new ArrayList<>();
    for (int i = 0; i < starts.size(); i++) {
      double lnStep =
          i == N ? 1 : i == 2 * N ? -1 : 0; // the last axis is the ballistic coefficient
      double beta =
          settings.ballisticCoefficient()
              * StrictMath.exp(lnStep * Math.sqrt(N + 1) * settings.ballisticCoefficientLnSigma());
      BallisticArc arc =
          BallisticArc.flyToGround(
              BallisticForces.wgs84(beta), starts.get(i), MAX_FLIGHT_S, TOLERANCE_M);
      if (!arc.grounded()) {
        return cannot(state, "too uncertain: part of the estimate does not come down");
      }
      arcs.add(arc);
    }
    return summarise(state, arcs, settings, lift);
  }

  /** Centre, then plus and minus each of seven axes; the seventh axis leaves the state alone. */
  private static List<double[]> sigmaPoints(StateVector state) {
    double[] x = Orbit.vector(state);
    double[] l = Dense.factor(state.covariance().toRowMajor(), 6);
    double k = Math.sqrt(N + 1);
    List<double[]> points = new ArrayList<>();
    points.add(x);
    for (int sign = 1; sign >= -1; sign -= 2) {
      for (int c = 0; c < 6; c++) {
        double[] p = x.clone();
        for (int i = c; i < 6; i++) {
          p[i] += sign * k * l[i * 6 + c];
        }
        points.add(p);
      }
      points.add(x.clone());
    }
    return points;
  }

  private static FlightPrediction summarise(
      StateVector state, List<BallisticArc> arcs, PredictionSettings settings, Lift lift) {
    BallisticArc centre = arcs.getFirst();
    Vector3 ground = position(centre.end());
    Geodetic at = Wgs84.toGeodetic(ground);
    int count = arcs.size();
    double[] e = new double[count];
    double[] n = new double[count];
    double[] t = new double[count];
    for (int i = 0; i < count; i++) {
      Vector3 enu = Wgs84.toEnu(position(arcs.get(i).end()).minus(ground), at);
      e[i] = enu.x();
      n[i] = enu.y();
      t[i] = arcs.get(i).durationS();
    }
    double me = mean(e);
    double mn = mean(n);
    double mt = mean(t);
    double extra = unmodelledVariance(arcs, settings);
    Wind wind = Wind.of(centre, at, settings);
    Footprint glide = Footprint.of(Orbit.vector(state), centre.end(), lift);
    double en = moment(e, me, n, mn) + wind.eastNorth() + glide.eastNorth();
    Covariance p =
        Covariance.of(
            2,
            moment(e, me, e, me) + extra + wind.eastEast() + glide.eastEast(),
            en,
            en,
            moment(n, mn, n, mn) + extra + wind.northNorth() + glide.northNorth());
    HorizontalEllipse ellipse = HorizontalEllipse.of(p);
    if (!(ellipse.semiMajorM() <= settings.semiMajorLimitM())) {
      return cannot(
          state,
          glide.reason()
              + "uncertainty along the major axis is still "
              + Math.round(ellipse.semiMajorM() / 1000)
              + " km (1 sigma)");
    }
    Vector3 shift = new Vector3(me + glide.eastM(), mn + glide.northM(), 0);
    Geodetic mean = Wgs84.toGeodetic(ground.plus(Wgs84.fromEnu(shift, at)));
    UtcTime from = state.timeOfValidity();
    double timeSigma = Math.sqrt(moment(t, mt, t, mt) + 0.25 + glide.timeVariance());
    mt += glide.laterS();
    return new FlightPrediction(
        new ImpactPointPrediction.Predicted(
            from, mean.withAltitudeM(0), p, from.plusSeconds(mt), timeSigma),
        FlightPath.of(from, arcs, settings.pathStepS(), Math.sqrt(extra + glide.acrossVariance())));
  }

  private static double unmodelledVariance(List<BallisticArc> arcs, PredictionSettings settings) {
    double duration = arcs.getFirst().durationS();
    return settings.floorSigmaM() * settings.floorSigmaM()
        + UNMODELLED_NOISE * duration * duration * duration / 3;
  }

  /** Height of the osculating apogee above the ellipsoid, about, metres; infinite on escape. */
  static double apogeeM(double[] s) {
    Vector3 r = position(s);
    Vector3 v = Orbit.inertialVelocity(s);
    double up = v.dot(r) / r.norm();
    double across2 = Math.max(0, v.dot(v) - up * up);
    double left = Wgs84.GM / r.dot(r) - across2 / r.norm();
    double h = BallisticForces.height(s[0], s[1], s[2]);
    return left > 0 ? h + up * up / (2 * left) : Double.POSITIVE_INFINITY;
  }

  /** Whether the flight tops out below 75 km, where lift can bend it. */
  static boolean mayGlide(double[] s) {
    return Math.max(apogeeM(s), BallisticForces.height(s[0], s[1], s[2])) < Footprint.CEILING_M;
  }

  static Vector3 position(double[] s) {
    return new Vector3(s[0], s[1], s[2]);
  }

  /** Weighted mean of values over the sigma points. */
  static double mean(double[] v) {
    double s = W0 * v[0];
    for (int i = 1; i < v.length; i++) {
      s += WI * v[i];
    }
    return s;
  }

  /** Weighted second moment about given means over the sigma points. */
  static double moment(double[] a, double ma, double[] b, double mb) {
    double s = W0 * (a[0] - ma) * (b[0] - mb);
    for (int i = 1; i < a.length; i++) {
      s += WI * (a[i] - ma) * (b[i] - mb);
    }
    return s;
  }
}
