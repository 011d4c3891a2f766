package parallax.tracking;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import parallax.model.FlightPhase;
import parallax.model.ImpactPointPrediction;
import parallax.model.Nation;
import parallax.model.PathPoint;
import parallax.model.SensorId;
import parallax.model.StateVector;
import parallax.model.ThreatClass;
import parallax.model.Track;
import parallax.model.TrackEstimate;
import parallax.model.TrackId;
import parallax.model.TrackStatus;
import parallax.model.UtcTime;
import parallax.model.Vector3;

/** Makes the public view of a track at a time, by the rules of its life. */
final class TrackView {
  /** The 1-sigma uncertainty of a position at which a lost target may be anywhere, metres. */
  private static final double NOWHERE_M = 500_000;

  private static final double STILL_SETTLING_S = 15;
  private static final double BURNING_BELOW_M = 120_000;
  private static final double RADAR_LOW_S = 17;
  private static final double RADAR_HIGH_S = 5;
  private static final double MISFIT_LIMIT = 3;

  private final Nation nation;
  private final TrackerSettings settings;
  private final PredictionSettings prediction;

  private final ToDoubleFunction<List<SensorId>> clockSigmaS;

  /**
   * Views of a nation's tracks.
   *
   * @param clockSigmaS by how much the times of all plots of some sensors may be wrong together
   */
  TrackView(Nation nation, TrackerSettings settings, ToDoubleFunction<List<SensorId>> clockSigmaS) {
    this.nation = nation;
    this.clockSigmaS = clockSigmaS;
    this.settings = settings;
    PredictionSettings d = PredictionSettings.defaults();
    this.prediction =
        new PredictionSettings(
            d.ballisticCoefficient(),
            d.ballisticCoefficientLnSigma(),
            settings.impactSemiMajorLimitM(),
            d.pathStepS(),
            d.floorSigmaM(),
            d.windSigmaMps());
  }

  /** The track at {@code nanos} (not before its newest plot); its report is brought up to date. */
  NationalTrack at(TrackFile f, long nanos) {
    f.changed();
    ImmState s = f.at(nanos);
    double[] x = s.mean();
    LastTold r = f.report;
    r.firstNanos = Math.min(r.firstNanos, nanos);
    NationalTrack told = r.told;
    double misfit = f.history.misfit();
    double[] p = widened(s.covariance(x), misfit);
    if (told != null && !isWorthTelling(r.status, x, p)) {
      boolean waits =
          r.status == TrackStatus.LOST
              && (nanos - f.lastPlotNanos()) * 1e-9 <= settings.endedAfterLostS();
      return waits ? told : ended(f, told, nanos);
    }
    double since = (nanos - f.lastPlotNanos()) * 1e-9;
    r.phase = phase(f, s, since);
    r.status = status(f, x, p, since);
    classify(r, x, p);
    UtcTime time = new UtcTime(nanos);
    StateVector state = Propagation.stateVector(time, x, p);
    r.staging.see(f.posterior());
    f.partedFrom()
        .ifPresent(
            whole -> {
              whole.changed();
              whole.report.parted(r, f.number().orElse(0), nanos);
            });
    String doubt = doubt(f, x, p, misfit);
    FlightPrediction flight =
        doubt == null || (powered(r.phase) && !glides(r, s))
            ? predict(f, state, s, since, misfit)
            : FlightPredictor.cannot(state, doubt);
    if (over(flight.impact(), time, since)) {
      r.status = TrackStatus.ENDED;
    }
    return view(f, state, flight, time);
  }

  /**
   * Whether a belief says anything. A lost one that is wider than {@link #NOWHERE_M} does not: over
   * such distances gravity is not nearly linear, and mean and covariance are of nothing that could
   * fly. It stays as it was told last, with the time that it was of.
   */
  private static boolean isWorthTelling(TrackStatus status, double[] x, double[] p) {
    boolean lost = status == TrackStatus.LOST;
    return plausible(x) && !(lost && Dense.largestOfLeading3(p, 6) > NOWHERE_M * NOWHERE_M);
  }

  private static @Nullable String doubtOfPlots(TrackFile f, double misfit) {
    if (f.history.directionStuck()) {
      return "the radar repeats one direction";
    }
    return misfit > MISFIT_LIMIT ? "the plots do not fit the estimate" : null;
  }

  private static @Nullable String doubt(TrackFile f, double[] x, double[] p, double misfit) {
    String plots = doubtOfPlots(f, misfit);
    if (plots != null) {
      return plots;
    }
    double[] seen = f.posterior().mean();
    boolean flown = f.report.hasFlown(f.lastPlotNanos(), ThreatRule.isLikeAMissile(seen));
    NationalTrack before = f.report.told;
    boolean told = before != null && before.impact() instanceof ImpactPointPrediction.Predicted;
    String against = ThreatRule.against(seen, () -> f.posterior().covariance(seen), told, flown);
    return against != null ? against : ThreatRule.against(x, () -> p, told, flown);
  }

  /** What the plots say to be too small a covariance is told as large as they say. */
  private static double[] widened(double[] p, double misfit) {
    if (misfit > 1) {
      for (int i = 0; i < p.length; i++) {
        p[i] *= misfit;
      }
    }
    return p;
  }

  private NationalTrack view(TrackFile f, StateVector state, FlightPrediction told, UtcTime now) {
    LastTold r = f.report;
    TrackId id = new TrackId(nation, f.number().orElse(1));
    double clock = clockSigmaS.applyAsDouble(f.contributors());
    TrackEstimate e =
        new TrackEstimate(
            clock > 0 ? loosened(state, clock) : state,
            r.phase,
            r.status,
            r.threatClass,
            f.lastPlot(),
            FailureRule.brokeUp(r.pieces.values()).or(r.staging::fellShort));
    List<PathPoint> ahead = told.path();
    int passed = 0;
    while (passed < ahead.size() && ahead.get(passed).time().isBefore(now)) {
      passed++;
    }
    return new NationalTrack(
        new Track.LocalTrack(id, e, f.contributors()),
        f.launch(),
        later(told.impact(), clock).withDropAreas(r.staging.drops()),
        ahead.subList(passed, ahead.size()),
        told(f.partedFrom()));
  }

  /** The last told view as lost: nothing is known of it any more. */
  static NationalTrack lost(NationalTrack told) {
    TrackEstimate e = told.track().estimate();
    return new NationalTrack(
        new Track.LocalTrack(
            told.track().id(),
            new TrackEstimate(
                e.state(), e.phase(), TrackStatus.LOST, e.threatClass(), e.lastPlot(), e.failure()),
            told.track().contributors()),
        told.launch(),
        new ImpactPointPrediction.CannotTellYet(
            e.state().timeOfValidity(),
            "lost when the clock was corrected",
            told.impact().dropAreas()),
        List.of(),
        told.partedFrom());
  }

  /** The state when its time may be wrong by {@code sigmaS}: it may be as much earlier or later. */
  private static StateVector loosened(StateVector state, double sigmaS) {
    double[] x = Orbit.vector(state);
    double[] p = ImmState.loosened(x, state.covariance().toRowMajor(), 6, sigmaS);
    return Propagation.stateVector(state.timeOfValidity(), x, p);
  }

  /** A prediction whose time may be wrong by {@code sigmaS}; its place is not. */
  private static ImpactPointPrediction later(ImpactPointPrediction impact, double sigmaS) {
    return sigmaS > 0 && impact instanceof ImpactPointPrediction.Predicted p
        ? new ImpactPointPrediction.Predicted(
            p.madeFrom(),
            p.point(),
            p.eastNorthM2(),
            p.time(),
            Math.hypot(p.timeSigmaS(), sigmaS),
            p.dropAreas())
        : impact;
  }

  /** A told track that is no longer held, as ended. */
  NationalTrack ended(TrackFile f, NationalTrack told) {
    return ended(f, told, Long.MIN_VALUE);
  }

  /** The last told view as ended; the belief itself is no longer worth telling. */
  private static NationalTrack ended(TrackFile f, NationalTrack told, long nanos) {
    f.changed();
    f.report.status = TrackStatus.ENDED;
    TrackEstimate e = told.track().estimate();
    UtcTime from = e.state().timeOfValidity();
    return new NationalTrack(
        new Track.LocalTrack(
            told.track().id(),
            new TrackEstimate(
                e.state(),
                e.phase(),
                TrackStatus.ENDED,
                e.threatClass(),
                e.lastPlot(),
                e.failure()),
            f.contributors()),
        f.launch(),
        nanos > from.nanos() && told.impact() instanceof ImpactPointPrediction.Predicted
            ? told.impact()
            : new ImpactPointPrediction.CannotTellYet(
                from, "track ended", f.report.staging.drops()),
        List.of(),
        told.partedFrom());
  }

  private Optional<TrackId> told(Optional<TrackFile> parent) {
    return parent
        .filter(p -> p.number().isPresent())
        .map(p -> new TrackId(nation, p.number().getAsLong()));
  }

  /** Inside the model's domain: from 5 km below the ellipsoid to the moon, not absurdly fast. */
  static boolean plausible(double[] x) {
    double h = BallisticForces.height(x[0], x[1], x[2]);
    double v = Math.sqrt(x[3] * x[3] + x[4] * x[4] + x[5] * x[5]);
    return h > -5_000 && h < 9e7 && v < 15_000;
  }

  /** What was declared; unknown of a flight unseen for a while that lift may have bent since. */
  private FlightPhase phase(TrackFile f, ImmState s, double since) {
    FlightPhase posted = f.postedPhase();
    if (since > settings.lostAfterS() && powered(f.report.phase)) {
      return f.report.phase;
    }
    FlightPhase now = PhaseRule.declare(posted, s, f.count() >= settings.confirmPlots());
    boolean unseen = since > STILL_SETTLING_S && !powered(now);
    return unseen && FlightPredictor.mayGlide(s.mean()) ? FlightPhase.UNKNOWN : now;
  }

  /** Class by energy in coast, once the speed is known to 5 %; none while a motor burns. */
  private static void classify(LastTold r, double[] x, double[] p) {
    double speed = Math.sqrt(x[3] * x[3] + x[4] * x[4] + x[5] * x[5]);
    boolean known = Math.sqrt(p[21] + p[28] + p[35]) < 0.05 * speed;
    switch (r.phase) {
      case BOOST -> r.threatClass = ThreatClass.UNKNOWN;
      case COAST -> r.threatClass = known ? Orbit.threatClass(x) : r.threatClass;
      case UNKNOWN, MANOEUVRE, REENTRY -> {} // the energy is not what it was: keep what was found
    }
  }

  private static boolean powered(FlightPhase phase) {
    return switch (phase) {
      case UNKNOWN, BOOST, MANOEUVRE -> true;
      case COAST, REENTRY -> false;
    };
  }

  private TrackStatus status(TrackFile f, double[] x, double[] p, double since) {
    boolean wide = Math.sqrt(Dense.largestOfLeading3(p, 6)) > settings.lostPositionSigmaM();
    boolean lost = wide || (powered(f.report.phase) && since > settings.lostAfterS());
    boolean below = BallisticForces.height(x[0], x[1], x[2]) < -2_000;
    if (below && !powered(f.postedPhase())) {
      return TrackStatus.ENDED;
    }
    if (lost) {
      return since > settings.endedAfterLostS() ? TrackStatus.ENDED : TrackStatus.LOST;
    }
    if (below) {
      return TrackStatus.ENDED;
    }
    double patience = Math.max(3, settings.coastedAfterScans() * f.newest().sensor.scanPeriodS());
    return since > patience ? TrackStatus.COASTED : TrackStatus.CONFIRMED;
  }

  /** Whether it manoeuvres by lift, not by a motor. */
  private static boolean glides(LastTold r, ImmState s) {
    return r.phase == FlightPhase.MANOEUVRE && s.weight(Motion.REENTRY) > 0.5;
  }

  private FlightPrediction predict(
      TrackFile f, StateVector state, ImmState s, double since, double misfit) {
    LastTold r = f.report;
    UtcTime now = state.timeOfValidity();
    if (r.status == TrackStatus.LOST && powered(r.phase)) {
      return FlightPredictor.cannot(state, "lost while boosting or manoeuvring");
    }
    boolean glides = glides(r, s);
    if (powered(r.phase) && !glides) {
      return switch (r.phase) {
        case BOOST -> fan(f, state, misfit);
        case MANOEUVRE -> {
          r.restart();
          yield FlightPredictor.cannot(state, "manoeuvring under power");
        }
        case UNKNOWN, COAST, REENTRY -> {
          r.restart();
          yield FlightPredictor.predict(state, r.phase, prediction);
        }
      };
    }
    if (!glides && f.mayBurnElsewhere()) {
      r.restart();
      return FlightPredictor.cannot(state, "another track has the plots of its motor");
    }
    double settled = (now.nanos() - f.unpoweredSince()) * 1e-9;
    if (!glides && settled < settleS(f, state) && state.positionM().dot(state.velocityMps()) > 0) {
      r.restart();
      return FlightPredictor.cannot(state, "burnout seen; a next stage is not excluded yet");
    }
    return kept(
        f,
        now,
        false,
        since < STILL_SETTLING_S,
        () -> FlightPredictor.predict(state, r.phase, prediction, Lift.of(s)));
  }

  /**
   * What was predicted before, when that is a fan or none as wanted and either a prediction is not
   * due or nothing has moved: no plot has come, and it does not move by itself. Else made anew.
   */
  private FlightPrediction kept(
      TrackFile f, UtcTime now, boolean fan, boolean moves, Supplier<FlightPrediction> anew) {
    LastTold r = f.report;
    FlightPrediction kept = r.prediction;
    boolean moved = moves || r.predictedFromPlot != f.lastPlotNanos();
    boolean due = (now.nanos() - r.predictedNanos) * 1e-9 >= settings.updatePeriodS() - 1e-6;
    boolean fits =
        kept != null && fan == (kept.impact() instanceof ImpactPointPrediction.ThreatFan);
    if (kept == null || !fits || now.nanos() < r.predictedNanos || (moved && due)) {
      kept = anew.get();
      r.prediction = kept;
      r.predictedNanos = now.nanos();
      r.predictedFromPlot = f.lastPlotNanos();
    }
    return kept;
  }

  /**
   * While the motor burns: from the newest plot, anew with each that comes but no more often than a
   * prediction. Nobody knows whether it burnt on since.
   */
  private FlightPrediction fan(TrackFile f, StateVector state, double misfit) {
    String doubt = doubtOfPlots(f, misfit);
    if (doubt != null) {
      f.report.restart();
      return FlightPredictor.cannot(state, doubt);
    }
    return kept(
        f,
        state.timeOfValidity(),
        true,
        false,
        () -> new FlightPrediction(fan(f, misfit), List.of()));
  }

  private static ImpactPointPrediction fan(TrackFile f, double misfit) {
    ImmState s = f.posterior();
    UtcTime at = new UtcTime(s.nanos);
    if (s.powered > 0) {
      return BoostFan.of(at, s, misfit, f.launch());
    }
    double[] x = s.mean();
    return BoostFan.of(
        Propagation.stateVector(at, x, widened(s.covariance(x), misfit)), f.launch());
  }

  /**
   * How long unpowered flight must have been seen. An infrared sensor that saw the motor burn tells
   * soon that it is out. Radars that found the target under way cannot tell a weak thrust from none
   * for a while, the less so low down, where hardly any burn ends.
   */
  private double settleS(TrackFile f, StateVector state) {
    if (!f.posterior().watches.isEmpty()) {
      return settings.burnoutSettleS();
    }
    Vector3 r = state.positionM();
    boolean low = BallisticForces.height(r.x(), r.y(), r.z()) < BURNING_BELOW_M;
    return settings.burnoutSettleS() + (low ? RADAR_LOW_S : RADAR_HIGH_S);
  }

  private static boolean over(ImpactPointPrediction impact, UtcTime now, double since) {
    return impact instanceof ImpactPointPrediction.Predicted p
        && since > 10
        && now.secondsSince(p.time()) > 30 + 3 * p.timeSigmaS();
  }
}
