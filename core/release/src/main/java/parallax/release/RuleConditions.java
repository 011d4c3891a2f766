package parallax.release;

import parallax.model.Nation;
import parallax.model.Report;
import parallax.model.UtcTime;

/**
 * Whether the conditions of the national rules hold for one report at one moment. A condition that
 * does not name the partner is evaluated once at most, however many partners are asked about.
 */
final class RuleConditions {
  private static final byte YES = 1;
  private static final byte NO = 2;

  private final Report report;
  private final ReleaseContext context;
  private final UtcTime now;
  private final Facts facts;
  private final byte[] answers;

  /**
   * Of no answer yet.
   *
   * @param rules how many rules there are
   */
  RuleConditions(Report report, ReleaseContext context, UtcTime now, int rules) {
    this.report = report;
    this.context = context;
    this.now = now;
    this.facts = new Facts(report, context, now);
    this.answers = new byte[rules];
  }

  @SuppressWarnings("ReferenceEquality") // the same objects are asked about for each partner
  boolean isOf(Report r, ReleaseContext c, UtcTime t) {
    return report == r && context == c && now.equals(t);
  }

  /**
   * Whether a rule's condition holds.
   *
   * @param rule the index of the rule
   * @param inDoubt the answer when it cannot be evaluated
   */
  boolean holds(int rule, Condition condition, Nation partner, boolean inDoubt) {
    if (condition.namesPartner()) {
      return condition.holds(facts, partner, inDoubt);
    }
    if (answers[rule] == 0) {
      answers[rule] = condition.holds(facts, partner, inDoubt) ? YES : NO;
    }
    return answers[rule] == YES;
  }
}
