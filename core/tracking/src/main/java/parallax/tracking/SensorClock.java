package parallax.tracking;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import parallax.model.SensorId;

/**
 * What the tracker has found of a radar's clock, by what other radars of the nation say of the same
 * targets. Where no other radar saw the same targets, nothing can be found: a flight seen by one
 * radar alone fits any offset.
 *
 * @param sensor the radar
 * @param standing what follows from it for the radar's plots
 * @param offsetS the time the radar stamps on a plot less the true time, seconds, if the others are
 *     right
 * @param sigmaS standard deviation of {@code offsetS}, seconds
 * @param orElse the radars whose clocks may be wrong instead of this one's, in the order of their
 *     identities; empty when it is known that this clock is wrong
 */
public record SensorClock(
    SensorId sensor, Standing standing, double offsetS, double sigmaS, List<SensorId> orElse) {
  /** What follows from what is known of a clock. */
  public enum Standing {
    /** Nothing speaks against it: its plots are used as they come. */
    AGREES,
    /** It may be wrong: its plots count for less along the target's motion. */
    DOUBTED,
    /** It is wrong beyond doubt: the offset is taken out of its plots. */
    CORRECTED,
    /** It is wrong by so much that its plots are not used until it agrees with the others again. */
    SET_ASIDE
  }

  /** Copies the list. */
  public SensorClock {
    orElse = List.copyOf(orElse);
  }

  /** Whether the clock is wrong beyond doubt, or of two clocks it is not known which. */
  boolean isKnown() {
    return switch (standing) {
      case AGREES, DOUBTED -> false;
      case CORRECTED, SET_ASIDE -> true;
    };
  }

  /** Whether the same follows from it as from another. */
  boolean hasStandingOf(SensorClock other) {
    return standing == other.standing && orElse.equals(other.orElse);
  }

  /** What an operator should know of it, in one line. */
  public String say() {
    String by =
        String.format(
            Locale.ROOT,
            "%.3f s %s (standard deviation %.3f s)",
            Math.abs(offsetS),
            offsetS < 0 ? "behind" : "ahead",
            sigmaS);
    String others = orElse.stream().map(SensorId::toString).collect(Collectors.joining(" or "));
    return switch (standing) {
      case AGREES ->
          "the clock of " + sensor + " agrees with the others: its plots are used as they come";
      case DOUBTED ->
          "the clock of "
              + sensor
              + " may be "
              + by
              + ": its plots count for less; check the clock";
      case CORRECTED ->
          orElse.isEmpty()
              ? "the clock of "
                  + sensor
                  + " is "
                  + by
                  + ": the offset is taken out of its plots; check the clock"
              : "the clock of "
                  + sensor
                  + " is "
                  + by
                  + ", or that of "
                  + others
                  + " is wrong by as much the other way: the difference is taken out of the plots"
                  + " of the first, and times are known only to it; check the clocks";
      case SET_ASIDE ->
          "the clock of "
              + sensor
              + " is "
              + by
              + ": its plots are not used until it agrees with the others again; set the clock"
              + " right";
    };
  }
}
