package parallax.release;

import dev.cel.runtime.CelVariableResolver;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import parallax.model.Covariance;
import parallax.model.Geodetic;
import parallax.model.ImpactPointPrediction;
import parallax.model.LaunchPointEstimate;
import parallax.model.Report;
import parallax.model.StateVector;
import parallax.model.TrackEstimate;
import parallax.model.TrackStatus;
import parallax.model.UtcTime;
import parallax.model.Wgs84;

/** What is known of one record at one moment, as the conditions of rules may name it. */
final class Facts implements CelVariableResolver {
  private final Map<Variable, Optional<Object>> values = new EnumMap<>(Variable.class);
  private final EnumSet<Variable> known = EnumSet.of(Variable.PARTNER);

  Facts(Report report, ReleaseContext context, UtcTime now) {
    set(Variable.DATA_CLASS, report.dataClass().name());
    set(Variable.CHANNEL, report.header().channel().name());
    set(Variable.RECORD_AGE_S, seconds(ScopeCheck.contentTime(report), now));
    status(report, context).ifPresent(s -> set(Variable.STATUS, s.name()));
    Optional<TrackEstimate> estimate = context.estimate();
    if (report instanceof Report.TrackReport t) {
      estimate = Optional.of(t.estimate());
      path(t.estimate().state());
    }
    estimate.ifPresent(
        e -> {
          set(Variable.PHASE, e.phase().name());
          set(Variable.THREAT_CLASS, e.threatClass().name());
        });
    Optional<LaunchPointEstimate> launch = context.launch();
    if (report instanceof Report.LaunchReport l) {
      launch = Optional.of(l.launch());
      set(Variable.RECORD_SIGMA_KM, sigmaKm(l.launch().eastNorthM2()));
    }
    launch.ifPresent(
        l -> {
          place(Variable.LAUNCH_LATITUDE_DEG, Variable.LAUNCH_LONGITUDE_DEG, l.point());
          set(Variable.LAUNCH_SIGMA_KM, sigmaKm(l.eastNorthM2()));
          set(Variable.LAUNCH_AGE_S, seconds(l.time(), now));
        });
    if (report instanceof Report.ImpactReport r
        && r.impact() instanceof ImpactPointPrediction.Predicted p) {
      place(Variable.IMPACT_LATITUDE_DEG, Variable.IMPACT_LONGITUDE_DEG, p.point());
      set(Variable.IMPACT_SIGMA_KM, sigmaKm(p.eastNorthM2()));
      set(Variable.IMPACT_IN_S, seconds(now, p.time()));
      set(Variable.RECORD_SIGMA_KM, sigmaKm(p.eastNorthM2()));
    }
  }

  /** The status a record speaks of: its own, or that of its track. */
  static Optional<TrackStatus> status(Report report, ReleaseContext context) {
    return report instanceof Report.TrackReport t
        ? Optional.of(t.estimate().status())
        : context.status();
  }

  /** Whether all of some variables are known; a partner always is. */
  boolean knows(EnumSet<Variable> variables) {
    return known.containsAll(variables);
  }

  @Override
  public Optional<Object> find(String name) {
    Variable v = Variable.of(name);
    Optional<Object> value = v == null ? null : values.get(v);
    return value == null ? Optional.empty() : value;
  }

  private void path(StateVector state) {
    set(Variable.RECORD_SIGMA_KM, state.covariance().rms(3) / 1000);
    set(Variable.RECORD_ALTITUDE_KM, Wgs84.toGeodetic(state.positionM()).altitudeM() / 1000);
    set(Variable.RECORD_SPEED_KMPS, state.velocityMps().norm() / 1000);
  }

  private void place(Variable latitude, Variable longitude, Geodetic place) {
    set(latitude, place.latitudeDeg());
    set(longitude, place.longitudeDeg());
  }

  /** The nearest number of seconds, so that a limit of whole seconds is met exactly. */
  private static double seconds(UtcTime from, UtcTime to) {
    return Math.subtractExact(to.nanos(), from.nanos()) / 1e9;
  }

  /** The semi-major axis of the 1-sigma ellipse, km. */
  private static double sigmaKm(Covariance c) {
    double half = 0.5 * (c.get(0, 0) - c.get(1, 1));
    double root = Math.sqrt(half * half + c.get(0, 1) * c.get(0, 1));
    return Math.sqrt(0.5 * (c.get(0, 0) + c.get(1, 1)) + root) / 1000;
  }

  private void set(Variable v, Object value) {
    values.put(v, Optional.of(value));
    known.add(v);
  }
}
