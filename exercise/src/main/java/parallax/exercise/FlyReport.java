package parallax.exercise;

import java.util.List;

/** Flies launches by their published figures and sets the results beside those figures. */
public final class FlyReport {
  private FlyReport() {}

  /** One result per launch, in order. */
  public static List<FlyResult> of(List<PublishedLaunch> launches) {
    return launches.stream().map(FlyReport::of).toList();
  }

  /** The result of one launch, by its published figures alone. */
  public static FlyResult of(PublishedLaunch launch) {
    throw new UnsupportedOperationException("not written yet: " + launch.id());
  }
}
