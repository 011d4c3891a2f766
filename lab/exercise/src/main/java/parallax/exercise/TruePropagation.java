package parallax.exercise;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parallax.model.Geodetic;
import parallax.model.Vector3;
import parallax.model.Wgs84;

/**
 * Integrates a flight from the launch site to the ground by the classical fourth-order Runge-Kutta
 * method, with steps that end at every stage's end: 0.25 s while a motor burns, the time to fly 300
 * m (0.5 s at most) in the air, 5 s above it. Against half these steps ballistic flights move by
 * less than 3 m and lifting ones by less than 20 m at impact.
 */
final class TruePropagation {
  private static final double BOOST_STEP_S = 0.25;
  private static final double AIR_STEP_S = 0.5;
  private static final double AIR_STEP_M = 300;
  private static final double SPACE_STEP_S = 5;
  private static final double LONGEST_S = 9_000;
  private static final double LONGEST_LIFTING_S = 3_000;
  private static final double CEILING_SHARE = 0.95;
  private static final double DIVE_SPEED_RATIO = 0.45;

  private final TrueMotion motion;
  private final Burn burn;
  private final boolean lifting;
  private final List<double[]> states = new ArrayList<>();
  private final List<Double> times = new ArrayList<>();
  private final List<double[]> accStart = new ArrayList<>();
  private final List<double[]> accEnd = new ArrayList<>();
  private double apogeeSpeed;

  private TruePropagation(TrueMotion motion, Burn burn, boolean lifting) {
    this.motion = motion;
    this.burn = burn;
    this.lifting = lifting;
  }

  /** The path; empty when it does not come down in 9,000 s, or with lift in 3,000 s. */
  static Optional<Trajectory> fly(
      Missile missile, Burn burn, FlightStyle style, Weather weather, Geodetic site) {
    TrueMotion motion = new TrueMotion(missile, burn, style, weather, site);
    return new TruePropagation(motion, burn, style == FlightStyle.LIFTING).run(site);
  }

  private Optional<Trajectory> run(Geodetic site) {
    Vector3 p = Wgs84.toEcef(site);
    double[] s = {p.x(), p.y(), p.z(), 0, 0, 0};
    double t = 0;
    states.add(s);
    times.add(t);
    double longest = lifting ? LONGEST_LIFTING_S : LONGEST_S;
    while (t < longest) {
      double height = TrueMotion.heightM(s[0], s[1], s[2]);
      double h = step(t, s, height);
      double[] next = rungeKutta(t, s, h);
      double nextT =
          motion.stage < burn.stages() && t + h >= burn.stageEndS(motion.stage) - 1e-9
              ? burn.stageEndS(motion.stage)
              : t + h;
      double[] end = new double[3];
      motion.acceleration(nextT, next, end);
      accEnd.add(end);
      states.add(next);
      times.add(nextT);
      watch(t, s, nextT, next);
      t = nextT;
      s = next;
      if (motion.stage < burn.stages() && t >= burn.stageEndS(motion.stage)) {
        motion.stage++;
      }
      if (TrueMotion.heightM(s[0], s[1], s[2]) <= 0) {
        return Optional.of(trajectory());
      }
    }
    return Optional.empty();
  }

  private Trajectory trajectory() {
    return new Trajectory(
        times.stream().mapToDouble(Double::doubleValue).toArray(),
        states.toArray(new double[0][]),
        accStart.toArray(new double[0][]),
        accEnd.toArray(new double[0][]),
        burn.burnoutS(),
        lifting);
  }

  private double step(double t, double[] s, double height) {
    if (motion.stage < burn.stages()) {
      return Math.min(BOOST_STEP_S, burn.stageEndS(motion.stage) - t);
    }
    double v = Math.sqrt(s[3] * s[3] + s[4] * s[4] + s[5] * s[5]);
    double climb = (s[0] * s[3] + s[1] * s[4] + s[2] * s[5]) / norm(s);
    double inAir = Math.min(AIR_STEP_S, AIR_STEP_M / Math.max(1, v));
    double toAir = (height - Atmosphere.TOP_M) / Math.max(1, -climb);
    return toAir <= 0 ? inAir : Math.max(inAir, Math.min(SPACE_STEP_S, 0.9 * toAir));
  }

  private static double norm(double[] s) {
    return Math.sqrt(s[0] * s[0] + s[1] * s[1] + s[2] * s[2]);
  }

  /** Notes the first apogee, and for lifting flights the speed at which the last dive begins. */
  private void watch(double t, double[] s, double nextT, double[] next) {
    if (motion.stage < burn.stages()) {
      return;
    }
    if (motion.apogeeS == Double.POSITIVE_INFINITY) {
      double before = s[0] * s[3] + s[1] * s[4] + s[2] * s[5];
      double after = next[0] * next[3] + next[1] * next[4] + next[2] * next[5];
      if (after < 0) {
        motion.apogeeS = before <= 0 ? nextT : t + (nextT - t) * before / (before - after);
        apogeeSpeed = speed(next);
        motion.ceilingM = CEILING_SHARE * TrueMotion.heightM(next[0], next[1], next[2]);
      }
    } else if (motion.diveS == Double.POSITIVE_INFINITY) {
      double limit = DIVE_SPEED_RATIO * apogeeSpeed;
      double after = speed(next);
      if (after < limit) {
        double before = speed(s);
        motion.diveS = t + (nextT - t) * (before - limit) / (before - after);
      }
    }
  }

  private static double speed(double[] s) {
    return Math.sqrt(s[3] * s[3] + s[4] * s[4] + s[5] * s[5]);
  }

  private double[] rungeKutta(double t, double[] s, double h) {
    double[] a1 = new double[3];
    double[] a2 = new double[3];
    double[] a3 = new double[3];
    double[] a4 = new double[3];
    double[] w = new double[6];
    motion.acceleration(t, s, a1);
    accStart.add(a1);
    for (int i = 0; i < 3; i++) {
      w[i] = s[i] + 0.5 * h * s[3 + i];
      w[3 + i] = s[3 + i] + 0.5 * h * a1[i];
    }
    double[] v2 = {w[3], w[4], w[5]};
    motion.acceleration(t + 0.5 * h, w, a2);
    for (int i = 0; i < 3; i++) {
      w[i] = s[i] + 0.5 * h * v2[i];
      w[3 + i] = s[3 + i] + 0.5 * h * a2[i];
    }
    double[] v3 = {w[3], w[4], w[5]};
    motion.acceleration(t + 0.5 * h, w, a3);
    for (int i = 0; i < 3; i++) {
      w[i] = s[i] + h * v3[i];
      w[3 + i] = s[3 + i] + h * a3[i];
    }
    double[] v4 = {w[3], w[4], w[5]};
    motion.acceleration(t + h, w, a4);
    double[] next = new double[6];
    for (int i = 0; i < 3; i++) {
      next[i] = s[i] + h / 6 * (s[3 + i] + 2 * v2[i] + 2 * v3[i] + v4[i]);
      next[3 + i] = s[3 + i] + h / 6 * (a1[i] + 2 * a2[i] + 2 * a3[i] + a4[i]);
    }
    return next;
  }
}
