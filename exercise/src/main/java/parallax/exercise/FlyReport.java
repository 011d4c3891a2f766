package parallax.exercise;

import java.util.List;
import java.util.OptionalDouble;

/** Flies launches by their published figures and sets the results beside those figures. */
public final class FlyReport {
  private FlyReport() {}

  /** One result per launch, in order. */
  public static List<FlyResult> of(List<PublishedLaunch> launches) {
    return launches.stream().map(FlyReport::of).toList();
  }

  /** The result of one launch, by its published figures alone. */
  public static FlyResult of(PublishedLaunch launch) {
    OptionalDouble none = OptionalDouble.empty();
    return new FlyResult(
        launch.id(), false, "not written yet", none, none, none, none, none, none, none, none, "", 1);
  }
}
