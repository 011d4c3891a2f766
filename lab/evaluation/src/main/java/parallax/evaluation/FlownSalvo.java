package parallax.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import parallax.exercise.Assumption;
import parallax.exercise.Assumptions;
import parallax.exercise.FlightPlanner;
import parallax.exercise.PublishedLaunch;
import parallax.exercise.SalvoPlan;
import parallax.exercise.SalvoSpacing;

/**
 * The flights of all missiles of a published launch, with what has to be assumed.
 *
 * @param plan the flights, or why there are none
 * @param assumption what was assumed where the publication is silent, for a person to read
 */
record FlownSalvo(SalvoPlan plan, Optional<String> assumption) {
  /** Flies a launch. */
  static FlownSalvo of(PublishedLaunch launch) {
    Optional<Assumption> a = Assumptions.forLaunch(launch);
    SalvoSpacing spacing = SalvoSpacing.forLaunch(launch);
    SalvoPlan plan =
        a.isPresent()
            ? FlightPlanner.salvo(launch, a.get(), spacing)
            : FlightPlanner.salvo(launch, spacing);
    List<String> words = new ArrayList<>();
    a.ifPresent(x -> words.add(FlownLaunch.words(x)));
    if (launch.salvoSize() > 1) {
      words.add(
          String.format(
              Locale.ROOT,
              "%d missiles, %.0f s and %.1f\u00b0 apart",
              launch.salvoSize(),
              spacing.intervalS(),
              Math.toDegrees(spacing.bearingStepRad())));
    }
    return new FlownSalvo(
        plan, words.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", words)));
  }
}
