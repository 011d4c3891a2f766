package parallax.exercise;

import java.util.List;
import parallax.model.Check;
import parallax.model.InvalidValueException;

/**
 * How a kind of missile burns and meets the air. Nothing in it belongs to a single launch.
 *
 * @param name what it is called in reports
 * @param stages in order of burning
 * @param boostCoefficientKgM2 mean mass / (drag coefficient times area) while a motor burns
 * @param reentryCoefficientKgM2 the same for what comes down, without lift
 * @param liftToDrag greatest lift-to-drag ratio, for flights that use lift
 */
record Missile(
    String name,
    List<Stage> stages,
    double boostCoefficientKgM2,
    double reentryCoefficientKgM2,
    double liftToDrag) {
  /**
   * One stage burning at constant thrust.
   *
   * @param burnS full burn time, seconds
   * @param exhaustMps effective exhaust speed, m/s
   * @param share part of the missile's whole ideal speed gain that this stage gives
   */
  record Stage(double burnS, double exhaustMps, double share) {
    /** Validates every figure. */
    Stage {
      Check.positive("burn time (s)", burnS);
      Check.positive("exhaust speed (m/s)", exhaustMps);
      Check.within("share of speed gain", share, 1e-3, 1);
    }
  }

  /** Copies the list and validates. */
  Missile {
    stages = List.copyOf(stages);
    double sum = stages.stream().mapToDouble(Stage::share).sum();
    if (Math.abs(sum - 1) > 1e-9) {
      throw new InvalidValueException("sum of stage shares", sum, "1");
    }
    Check.positive("boost coefficient (kg/m^2)", boostCoefficientKgM2);
    Check.positive("re-entry coefficient (kg/m^2)", reentryCoefficientKgM2);
    Check.positive("lift-to-drag ratio", liftToDrag);
  }

  /** Burn time of all stages in full, seconds. */
  double fullBurnS() {
    return stages.stream().mapToDouble(Stage::burnS).sum();
  }
}
