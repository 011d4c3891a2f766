package parallax.release;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedSet;
import java.util.TreeSet;
import parallax.model.Channel;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.model.UtcTime;
import parallax.release.NationalPolicy.Outcome;
import parallax.release.Releaser.Stage;

/**
 * Tries a policy out under an agreement that need not be signed yet. The answers are for the nation
 * itself: they hold no {@link Released}, so nothing that is tried out can be sent.
 */
public final class PolicyTrial {
  private static final String OF_AGREEMENT = "sanitisingFloors.";

  private final Releaser releaser;
  private final SortedSet<Nation> partners;

  /**
   * Tries out a policy.
   *
   * @param agreement the agreement it was read against
   * @param policy the policy
   * @param channel a channel of the agreement
   */
  public PolicyTrial(Agreement agreement, NationalPolicy policy, Channel channel) {
    Nation nation = policy.nation();
    this.releaser = new Releaser(new AgreementInForce(agreement, channel), policy, nation, channel);
    TreeSet<Nation> others = new TreeSet<>(agreement.parties());
    others.remove(nation);
    this.partners = java.util.Collections.unmodifiableSortedSet(others);
  }

  /** The partners of the policy's nation. */
  public SortedSet<Nation> partners() {
    return partners;
  }

  /**
   * What would be decided about a new report for one partner.
   *
   * @param outcome the outcome, in the words of a policy
   * @param rule the national rule that decides, or the name that stands for none
   * @param clause the clause of the agreement
   * @param reason why it is withheld; empty otherwise
   * @param transformations what is taken from it, in order
   * @param waitsS how many seconds later it is told, or withheld because nobody answered; empty: it
   *     is told at once
   * @param twoPerson whether two people must release it
   * @param seen the record as the partner would read it if it were released now; empty when
   *     withheld
   */
  public record Answer(
      Outcome outcome,
      String rule,
      String clause,
      String reason,
      List<String> transformations,
      OptionalDouble waitsS,
      boolean twoPerson,
      Optional<Report> seen) {
    /** Copies the list. */
    public Answer {
      transformations = List.copyOf(transformations);
    }

    /** Whether the partner would be told the same at the same time. */
    public boolean tellsTheSameAs(Answer o) {
      return seen.equals(o.seen)
          && waitsS.equals(o.waitsS)
          && twoPerson == o.twoPerson
          && isHeld() == o.isHeld()
          && limits().equals(o.limits());
    }

    private boolean isHeld() {
      return outcome == Outcome.HOLD;
    }

    private List<String> limits() {
      return transformations.stream().filter(t -> t.startsWith("limitRateS")).toList();
    }
  }

  /**
   * What a partner would be told of a new report.
   *
   * @param report the report
   * @param context what is known of its track
   * @param partner to whom
   * @param now when
   */
  public Answer ask(Report report, ReleaseContext context, Nation partner, UtcTime now) {
    return switch (releaser.decide(report, context, partner, now)) {
      case ReleaseDecision.Withhold w -> withheld(w);
      case ReleaseDecision.Release r -> released(r, OptionalDouble.empty());
      case ReleaseDecision.Later l ->
          later(report, context, partner, l.at(), l.at().secondsSince(now));
      case ReleaseDecision.Hold h -> held(report, context, partner, now, now, h);
    };
  }

  /** What is decided once a delay is over; a rule that holds may match by then. */
  private Answer later(
      Report report, ReleaseContext context, Nation partner, UtcTime at, double waitsS) {
    return switch (releaser.decide(report, context, partner, at, Stage.DELAYED)) {
      case ReleaseDecision.Release r -> released(r, OptionalDouble.of(waitsS));
      case ReleaseDecision.Withhold w -> withheld(w);
      case ReleaseDecision.Hold h -> held(report, context, partner, at, at.plusSeconds(-waitsS), h);
      case ReleaseDecision.Later l -> throw new IllegalStateException("delayed twice: " + l);
    };
  }

  private Answer held(
      Report report,
      ReleaseContext context,
      Nation partner,
      UtcTime at,
      UtcTime since,
      ReleaseDecision.Hold h) {
    return switch (releaser.decide(report, context, partner, at, Stage.APPROVED_BY_TWO)) {
      case ReleaseDecision.Release r ->
          new Answer(
              Outcome.HOLD,
              r.rule(),
              r.clause(),
              "",
              r.transformations(),
              OptionalDouble.of(h.deadline().secondsSince(since)),
              h.twoPerson(),
              Optional.of(r.released().value()));
      case ReleaseDecision.Withhold w -> withheld(w);
      case ReleaseDecision.Hold again -> throw new IllegalStateException("held twice: " + again);
      case ReleaseDecision.Later l ->
          later(report, context, partner, l.at(), l.at().secondsSince(since));
    };
  }

  private static Answer released(ReleaseDecision.Release r, OptionalDouble waitsS) {
    boolean whole = r.transformations().stream().allMatch(t -> t.startsWith(OF_AGREEMENT));
    return new Answer(
        whole ? Outcome.RELEASE : Outcome.SANITISE,
        r.rule(),
        r.clause(),
        "",
        r.transformations(),
        waitsS,
        false,
        Optional.of(r.released().value()));
  }

  private static Answer withheld(ReleaseDecision.Withhold w) {
    return new Answer(
        Outcome.WITHHOLD,
        w.rule(),
        w.clause(),
        w.reason(),
        List.of(),
        OptionalDouble.empty(),
        false,
        Optional.empty());
  }
}
