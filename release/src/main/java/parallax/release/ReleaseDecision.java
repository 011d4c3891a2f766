package parallax.release;

import parallax.model.Report;

/** The outcome for one report and one partner, with what made it so. */
public sealed interface ReleaseDecision {
  /**
   * Name of the national rule that decided; {@link Releaser#NO_RULE} when the agreement itself
   * forbade it before any rule was asked, {@link Releaser#DEFAULT_RULE} when no rule matched.
   */
  String rule();

  /**
   * The agreement clause that decided, as the path of its key, for example {@code scope.window}.
   */
  String clause();

  /**
   * It may be told.
   *
   * @param rule the national rule
   * @param clause the agreement clause that permits it
   * @param released what may be told, and to whom
   */
  record Release(String rule, String clause, Released<Report> released)
      implements ReleaseDecision {}

  /**
   * It must not be told.
   *
   * @param rule the national rule
   * @param clause the agreement clause
   * @param reason why, for the nation's own log; never for the partner
   */
  record Withhold(String rule, String clause, String reason) implements ReleaseDecision {}
}
