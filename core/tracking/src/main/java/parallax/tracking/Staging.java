package parallax.tracking;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parallax.model.Covariance;
import parallax.model.DropArea;
import parallax.model.FlightPhase;
import parallax.model.ImpactPointPrediction.Predicted;
import parallax.model.InvalidValueException;
import parallax.model.LaunchFailure;
import parallax.model.StateVector;
import parallax.model.UtcTime;
import parallax.model.Vector3;

/**
 * Watches the thrust of one track for stages that burn out, and keeps where they come down.
 *
 * <p>A stage is left behind when the thrust falls below six tenths of its greatest and stays there
 * for 6 s without ending (the next stage pushes a heavier rest), when it comes back after a pause,
 * or when it ends for good in a flight that reaches beyond 1,000 km: shorter ones mostly come down
 * in one piece. It falls from the state at which the thrust was last near its greatest, with 20 m/s
 * (1 sigma) for the separation and 2 s of thrust for its moment, without lift, as a body of 400
 * kg/m^2 within a factor of 2.2 (1 sigma): empty liquid stages of 3 to 8 t and 2 m diameter, from
 * end-on to tumbling.
 */
final class Staging {
  private static final double KEPT_S = 60;
  private static final double LEAST_THRUST = 5;
  private static final double KNOWN = 0.25;
  private static final double NEAR_GREATEST = 0.97;
  private static final double FALLEN = 0.6;
  private static final double HELD_S = 6;
  private static final double BURNS = 0.7;
  private static final double OUT = 0.1;
  private static final double OUT_S = 8;
  private static final double ONE_PIECE_M = 1_000_000;
  private static final double SEPARATION_MPS = 20;
  private static final double MOMENT_S = 2;
  private static final PredictionSettings STAGE =
      new PredictionSettings(400, 0.8, 300_000, 600, 3_000, 0);
  private static final Lift NO_LIFT = new Lift(0, 0, Double.MAX_VALUE);

  /**
   * A belief as far as stages go.
   *
   * @param thrust 0, as its {@code sigma}, unless the motor {@link #BURNS}
   * @param state null where it can never be asked for ({@link #mayBeAsked})
   */
  private record Look(
      long nanos, double powered, double thrust, double sigma, @Nullable StateVector state) {
    StateVector known() {
      return Objects.requireNonNull(state, "the state at a look that no stage separates at");
    }
  }

  private final Trail<Look> looks = new Trail<>();
  private final List<DropArea> drops = new ArrayList<>();
  private Optional<LaunchFailure> fellShort = Optional.empty();
  private boolean judged;

  /** What is known by a state. */
  static Staging of(TrackerState.Stages state) {
    Staging s = new Staging();
    for (TrackerState.Look l : state.looks()) {
      s.looks.add(new Look(l.timeNs(), l.powered(), l.thrust(), l.sigma(), l.state().orElse(null)));
    }
    for (int i = 0; i < s.looks.size(); i++) {
      if (s.looks.get(i).state == null && mayBeAsked(s.looks, i)) {
        throw new InvalidValueException("state of a stage", "absent", "a state");
      }
    }
    s.drops.addAll(state.drops());
    s.fellShort = state.fellShort();
    s.judged = state.judged();
    return s;
  }

  /** All of it, as it is now. */
  TrackerState.Stages state() {
    List<Look> now = looks.view();
    return new TrackerState.Stages(
        new Mapped<>(now.size(), i -> state(now, i)), List.copyOf(drops), fellShort, judged);
  }

  private static TrackerState.Look state(List<Look> looks, int i) {
    Look l = looks.get(i);
    return new TrackerState.Look(
        l.nanos,
        l.powered,
        l.thrust,
        l.sigma,
        mayBeAsked(looks, i) ? Optional.ofNullable(l.state) : Optional.empty());
  }

  /**
   * Whether the state at a look may be asked for: of the newest, and of one that {@link #strongest}
   * may name, as no later one pushes as much.
   */
  private static boolean mayBeAsked(List<Look> looks, int i) {
    Look l = looks.get(i);
    boolean asked = i == looks.size() - 1 || l.powered > BURNS;
    for (int k = i + 1; k < looks.size() && asked; k++) {
      asked = !(looks.get(k).powered > BURNS && looks.get(k).thrust >= l.thrust);
    }
    return asked;
  }

  /** The stages left behind so far, in order. */
  List<DropArea> drops() {
    return List.copyOf(drops);
  }

  /** Whether the motor stopped too early, by its first end seen from a climb. */
  Optional<LaunchFailure> fellShort() {
    return fellShort;
  }

  /** Takes the belief at a newer plot; an older one is left out. */
  void see(ImmState s) {
    if (!looks.isEmpty() && s.nanos <= looks.getLast().nanos()) {
      return;
    }
    double[] x = s.mean();
    boolean burns = s.powered > BURNS;
    looks.add(
        new Look(
            s.nanos,
            s.powered,
            burns ? s.thrust() : 0,
            burns ? s.thrustSigma() : 0,
            Propagation.stateVector(new UtcTime(s.nanos), x, s.covariance(x))));
    int old = 0;
    while (seconds(looks.get(old).nanos(), s.nanos) > KEPT_S) {
      old++;
    }
    looks.dropFirst(old);
    judge();
    Optional<Look> left = left();
    if (left.isPresent() && drops.size() < DropArea.MOST) {
      fall(left.get()).ifPresent(drops::add);
      looks.dropFirst(looks.size() - 1);
    }
  }

  /** Only the first end is judged: later ones may be lift that looked like thrust. */
  private void judge() {
    int last = strongest();
    if (last < 0) {
      return;
    }
    Look stage = looks.get(last);
    StateVector now = looks.getLast().known();
    boolean climbs = now.positionM().dot(now.velocityMps()) > 0;
    if (!judged && isOut(stage)) {
      judged = true;
      fellShort =
          climbs
              ? FailureRule.fellShort(
                  now, new UtcTime(stage.nanos()), stage.thrust(), stage.sigma())
              : Optional.empty();
    } else if (judged && lightsAgain(last)) {
      fellShort = Optional.empty();
    }
  }

  /** The look at which a stage was last seen to push, if it is gone now. */
  private Optional<Look> left() {
    int last = strongest();
    if (last < 0 || last == looks.size() - 1) {
      return Optional.empty();
    }
    Look stage = looks.get(last);
    boolean gone =
        stepsDown(stage.thrust())
            || lightsAgain(last)
            || (isOut(stage) && Orbit.reachM(Orbit.vector(looks.getLast().known())) > ONE_PIECE_M);
    return gone ? Optional.of(stage) : Optional.empty();
  }

  /** The last look with about the greatest thrust that was well known; -1 for none. */
  private int strongest() {
    double greatest = 0;
    for (Look l : looks) {
      if (l.powered() > BURNS && l.thrust() > LEAST_THRUST && l.sigma() < KNOWN * l.thrust()) {
        greatest = Math.max(greatest, l.thrust());
      }
    }
    int last = -1;
    for (int i = 0; i < looks.size() && greatest > 0; i++) {
      if (looks.get(i).powered() > BURNS && looks.get(i).thrust() >= NEAR_GREATEST * greatest) {
        last = i;
      }
    }
    return last;
  }

  /** Whether another, weaker stage has pushed for a while. */
  private boolean stepsDown(double greatest) {
    long now = looks.getLast().nanos();
    int count = 0;
    for (int i = looks.size() - 1; i >= 0; i--) {
      Look l = looks.get(i);
      boolean weaker =
          l.powered() > BURNS
              && l.thrust() > Math.max(LEAST_THRUST, 3 * l.sigma())
              && l.thrust() + 2 * l.sigma() < FALLEN * greatest;
      if (!weaker) {
        return false;
      }
      count++;
      if (seconds(l.nanos(), now) >= HELD_S) {
        return count >= 3;
      }
    }
    return false;
  }

  /** Whether the motor was out after {@code last} and burns again. */
  private boolean lightsAgain(int last) {
    Look now = looks.getLast();
    boolean burns = now.powered() > BURNS && now.thrust() > Math.max(LEAST_THRUST, 3 * now.sigma());
    return burns && looks.subList(last + 1, looks.size()).stream().anyMatch(l -> l.powered() < OUT);
  }

  private boolean isOut(Look stage) {
    long now = looks.getLast().nanos();
    long since = now;
    for (int i = looks.size() - 1; i >= 0 && looks.get(i).powered() < OUT; i--) {
      since = looks.get(i).nanos();
    }
    return seconds(since, now) >= OUT_S && seconds(stage.nanos(), now) >= OUT_S;
  }

  private static Optional<DropArea> fall(Look l) {
    StateVector s = l.known();
    double[] p = s.covariance().toRowMajor();
    double moment = l.thrust() * MOMENT_S;
    Vector3 v = s.velocityMps();
    double v2 = Math.max(1, v.dot(v));
    double[] u = {v.x(), v.y(), v.z()};
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        p[(3 + i) * 6 + 3 + j] +=
            moment * moment * u[i] * u[j] / v2 + (i == j ? SEPARATION_MPS * SEPARATION_MPS : 0);
      }
    }
    StateVector left = new StateVector(s.timeOfValidity(), s.positionM(), v, Covariance.of(6, p));
    return FlightPredictor.predict(left, FlightPhase.COAST, STAGE, NO_LIFT).impact()
            instanceof Predicted i
        ? Optional.of(new DropArea(i.madeFrom(), i.ground()))
        : Optional.empty();
  }

  private static double seconds(long from, long to) {
    return (to - from) * 1e-9;
  }
}
