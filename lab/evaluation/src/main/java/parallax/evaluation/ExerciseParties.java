package parallax.evaluation;

import java.util.List;
import parallax.model.Channel;
import parallax.model.Nation;

/** Who takes part in an exercise, and on which channel. */
public final class ExerciseParties {
  /** The three nations of the default agreement. */
  public static final List<Nation> NATIONS = List.of(Nation.JPN, Nation.KOR, Nation.USA);

  /** The channel of every exercise. */
  public static final Channel CHANNEL = Channel.EXERCISE;

  private ExerciseParties() {}
}
