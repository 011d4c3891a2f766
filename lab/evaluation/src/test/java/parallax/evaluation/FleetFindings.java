package parallax.evaluation;

import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import parallax.engine.Picture;
import parallax.exercise.Flight;

/** What the drawings of one nation's view say against the truth. */
final class FleetFindings {
  private FleetFindings() {}

  /** Drawings with an impact predicted while the motor truly burned. */
  static long falseWhileBurning(Scoreboard b, Picture.View view, Flight flight) {
    return b.history(view).stream()
        .filter(d -> d.impact().isPresent() && d.tS() < flight.burnoutS() - 0.5)
        .count();
  }

  /** Predictions that miss by more than 50 km and five standard deviations. */
  static SortedSet<String> confidentFalsehoods(Scoreboard b, Picture.View v, Flight flight) {
    SortedSet<String> out = new TreeSet<>();
    for (Drawing d : b.history(v)) {
      if (d.impact().isPresent()
          && d.tS() < flight.durationS()
          && d.impactErrorM().orElse(0) > 50_000
          && Consistency.squaredSigmas(d.impact().get(), flight.impactPoint()) > 25) {
        out.add(
            String.format(
                Locale.ROOT,
                "%07.1f err %.0f km, %.1f sigma",
                d.tS(),
                d.impactErrorM().orElse(0) / 1e3,
                Math.sqrt(Consistency.squaredSigmas(d.impact().get(), flight.impactPoint()))));
      }
    }
    return out;
  }
}
