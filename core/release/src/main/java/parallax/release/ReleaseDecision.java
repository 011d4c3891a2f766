package parallax.release;

import java.util.List;
import java.util.OptionalDouble;
import parallax.model.Report;
import parallax.model.UtcTime;

/** The decision about one report for one partner, with the rule and the clause that made it. */
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
   * @param transformations what was taken from it, in order
   * @param limitRateS the partner is told at most one report of this track and data class in so
   *     many seconds
   */
  record Release(
      String rule,
      String clause,
      Released<Report> released,
      List<String> transformations,
      OptionalDouble limitRateS)
      implements ReleaseDecision {
    /** Copies the list. */
    public Release {
      transformations = List.copyOf(transformations);
    }
  }

  /**
   * A person must decide. Until then it must not be told, and without an answer in time it is
   * withheld.
   *
   * @param rule the national rule
   * @param clause the agreement clause that would permit it
   * @param deadline when it is withheld if nobody has answered
   * @param twoPerson whether two people must release it
   */
  record Hold(String rule, String clause, UtcTime deadline, boolean twoPerson)
      implements ReleaseDecision {}

  /**
   * It is to be decided again later; until then it must not be told.
   *
   * @param rule the national rule
   * @param clause the agreement clause that would permit it
   * @param at when
   */
  record Later(String rule, String clause, UtcTime at) implements ReleaseDecision {}

  /**
   * It must not be told.
   *
   * @param rule the national rule
   * @param clause the agreement clause
   * @param reason why, for the nation's own log; never for the partner
   */
  record Withhold(String rule, String clause, String reason) implements ReleaseDecision {}
}
