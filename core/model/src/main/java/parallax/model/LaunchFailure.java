package parallax.model;

/**
 * That a launch has failed, by what its track shows.
 *
 * <p>It says what became of the launch, not that nothing will come down: areas at risk are found
 * without it.
 *
 * @param kind what shows it
 * @param probability how sure that is, above 0, at most 1
 * @param at when it happened, as far as is known
 */
public record LaunchFailure(Kind kind, double probability, UtcTime at) {
  /** What shows a failure. There is no free text, which could carry what is never shared. */
  public enum Kind {
    /** The motor stopped with far less speed than any missile has after so long a burn. */
    FELL_SHORT,
    /** Several pieces parted from it at once. */
    BROKE_UP
  }

  /** Validates the probability. */
  public LaunchFailure {
    Check.positive("probability of failure", probability);
    Check.within("probability of failure", probability, 0, 1);
  }
}
