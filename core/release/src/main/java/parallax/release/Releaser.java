package parallax.release;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import parallax.model.Channel;
import parallax.model.ImpactPointPrediction;
import parallax.model.InvalidValueException;
import parallax.model.LaunchPointEstimate;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.model.TrackStatus;
import parallax.model.UtcTime;
import parallax.release.ReleaseDecision.Hold;
import parallax.release.ReleaseDecision.Later;
import parallax.release.ReleaseDecision.Release;
import parallax.release.ReleaseDecision.Withhold;

/**
 * Decides what each partner may be told: first the agreement's clauses, then the nation's rules. A
 * pure function of its arguments; every doubt, and every failure of its own, withholds.
 *
 * <p>The agreement is asked in this order, and the first clause broken is the one cited: parties,
 * channels, validity, onward release, data class, marking, launch region, window.
 */
public final class Releaser {
  /** The rule named when the agreement forbade it before any national rule was asked. */
  public static final String NO_RULE = "(agreement)";

  /** The rule named when no national rule matched. */
  public static final String DEFAULT_RULE = "(default)";

  /**
   * What a partner reads instead of the originator's reason why there is no impact prediction: free
   * text could carry what must never be shared.
   */
  public static final String NO_PREDICTION_YET = "the originator cannot tell yet";

  private static final String NOTICES = ScopeCheck.NOTICES;

  private final Agreement agreement;
  private final ScopeCheck scope;
  private final OutboundCheck check;
  private final List<NationalPolicy.Rule> rules;
  private final boolean floorsChangeRecords;
  private final List<String> floorNames;

  /** The conditions of the report asked about last: losing them changes nothing. */
  private @Nullable RuleConditions conditions;

  /** What has happened to a report that was not told at once. */
  public enum Stage {
    /** It is new. */
    NEW,
    /** The delay that a rule asked for is over. */
    DELAYED,
    /** One of the nation's people released it. */
    APPROVED,
    /** Two of the nation's people released it. */
    APPROVED_BY_TWO;

    private boolean satisfies(NationalPolicy.Holding h) {
      return this == APPROVED_BY_TWO || (this == APPROVED && !h.twoPerson());
    }
  }

  /**
   * Decides for one nation on one channel.
   *
   * @param inForce the agreement in force
   * @param policy the nation's policy, read against the same agreement
   * @param self the nation; must be a party and the policy's owner
   * @param channel the channel; must be the one the agreement is in force for
   * @throws InvalidValueException when they do not belong together
   */
  public Releaser(AgreementInForce inForce, NationalPolicy policy, Nation self, Channel channel) {
    agreement = inForce.agreement();
    scope = new ScopeCheck(inForce, self, channel);
    if (!policy.nation().equals(self)) {
      throw new InvalidValueException("nation of the policy", policy.nation(), self.toString());
    }
    for (NationalPolicy.Rule rule : policy.rules()) {
      if (!agreement.parties().containsAll(rule.to())) {
        throw new InvalidValueException(
            "rule '" + rule.name() + "'", "for " + rule.to(), "parties " + agreement.parties());
      }
    }
    this.check = new OutboundCheck(agreement, self, scope);
    this.rules = List.copyOf(policy.rules());
    this.floorsChangeRecords = agreement.floors().changesRecords();
    this.floorNames =
        agreement.floors().names().stream().map(name -> "sanitisingFloors." + name).toList();
  }

  /**
   * Whether {@code partner} may be told {@code report}, which is new, at {@code now}. Never throws:
   * a failure to evaluate withholds.
   *
   * @param report what might be told
   * @param context what is known of its track
   * @param partner to whom
   * @param now the time
   */
  public ReleaseDecision decide(
      Report report, ReleaseContext context, Nation partner, UtcTime now) {
    return decide(report, context, partner, now, Stage.NEW);
  }

  /** The same for a report that was delayed or held before. */
  public ReleaseDecision decide(
      Report report, ReleaseContext context, Nation partner, UtcTime now, Stage progress) {
    try {
      return evaluate(report, context, partner, now, progress);
    } catch (RuntimeException e) {
      return new Withhold(NO_RULE, "evaluation", "it could not be evaluated: " + e);
    }
  }

  /**
   * Whether {@code partner} may be told that what it was told no longer holds: yes, if it was told
   * anything of what the notice takes back or changes, whatever region or window say now. To a
   * partner that was told nothing, a notice would tell that there was something. Never throws: a
   * failure to evaluate withholds.
   *
   * @param notice a recall, correction or change of label of the nation's own
   * @param toldBefore whether the partner was told of its track, and of its data class if it names
   *     one
   * @param partner to whom
   * @param now the time
   */
  public ReleaseDecision decideNotice(
      Report.Notice notice, boolean toldBefore, Nation partner, UtcTime now) {
    try {
      Breach breach = check.notice(notice, toldBefore, partner, now);
      if (breach != null) {
        return new Withhold(NO_RULE, breach.clause(), breach.reason());
      }
      return notice instanceof Report.Correction c
          ? decideCorrection(c, partner)
          : released(notice, partner, NO_RULE, NOTICES, List.of(), OptionalDouble.empty());
    } catch (RuntimeException e) {
      return new Withhold(NO_RULE, "evaluation", "it could not be evaluated: " + e);
    }
  }

  /**
   * Decides about what a correction puts in place. The rules for its data class and the partner are
   * looked at in order, up to the first that withholds without a condition. Conditions are not
   * asked, and nothing waits, because a person ordered the correction. When no rule tells it, it is
   * withheld. When some do, it is sanitised as by the first of them that sanitises at all.
   */
  private ReleaseDecision decideCorrection(Report.Correction c, Nation partner) {
    Report.DataClass dataClass = c.corrected().dataClass();
    NationalPolicy.Rule telling = null;
    for (NationalPolicy.Rule rule : rules) {
      if (!rule.dataClasses().contains(dataClass) || !rule.to().contains(partner)) {
        continue;
      }
      if (rule.outcome() != NationalPolicy.Outcome.WITHHOLD) {
        boolean takesMore =
            telling == null
                || (telling.sanitising().equals(Sanitising.NONE)
                    && !rule.sanitising().equals(Sanitising.NONE));
        telling = takesMore ? rule : telling;
      } else if (rule.when().isEmpty() && rule.minimumStatus().isEmpty()) {
        break;
      }
    }
    return telling == null
        ? new Withhold(DEFAULT_RULE, NOTICES, "no national rule tells what it puts in place")
        : sanitised(
            c, ReleaseContext.unknown(), partner, telling.name(), NOTICES, telling.sanitising());
  }

  private ReleaseDecision evaluate(
      Report report, ReleaseContext context, Nation partner, UtcTime now, Stage progress) {
    if (report instanceof Report.Notice) {
      return new Withhold(NO_RULE, NOTICES, "a notice is decided by what was told before");
    }
    Breach breach = check.report(report, context, partner, now);
    if (breach != null) {
      return new Withhold(NO_RULE, breach.clause(), breach.reason());
    }
    String clause = scope.regionClause(context.launch().orElseThrow());
    Optional<TrackStatus> status = Facts.status(report, context);
    for (int i = 0; i < rules.size(); i++) {
      NationalPolicy.Rule rule = rules.get(i);
      if (rule.matches(report.dataClass(), partner, status)
          && conditionHolds(i, report, context, partner, now)) {
        return carryOut(rule, clause, report, context, partner, now, progress);
      }
    }
    return new Withhold(DEFAULT_RULE, clause, "no national rule releases it");
  }

  private boolean conditionHolds(
      int index, Report report, ReleaseContext context, Nation partner, UtcTime now) {
    NationalPolicy.Rule rule = rules.get(index);
    if (rule.when().isEmpty()) {
      return true;
    }
    RuleConditions c = conditions;
    if (c == null || !c.isOf(report, context, now)) {
      c = new RuleConditions(report, context, now, rules.size());
      conditions = c;
    }
    return c.holds(index, rule.when().get(), partner, rule.outcome().decidesInDoubt());
  }

  private ReleaseDecision carryOut(
      NationalPolicy.Rule rule,
      String clause,
      Report report,
      ReleaseContext context,
      Nation partner,
      UtcTime now,
      Stage progress) {
    if (rule.outcome() == NationalPolicy.Outcome.WITHHOLD) {
      return new Withhold(rule.name(), clause, "the rule withholds it");
    }
    NationalPolicy.Holding h = rule.holding().orElse(null);
    if (h != null && !progress.satisfies(h)) {
      return new Hold(rule.name(), clause, now.plusSeconds(h.deadlineS()), h.twoPerson());
    }
    OptionalDouble delay = rule.sanitising().delayS();
    if (delay.isPresent() && progress != Stage.DELAYED) {
      UtcTime from = progress == Stage.NEW ? now : report.header().createdAt();
      UtcTime at = from.plusSeconds(delay.getAsDouble());
      if (at.isAfter(now)) {
        return new Later(rule.name(), clause, at);
      }
    }
    return sanitised(report, context, partner, rule.name(), clause, rule.sanitising());
  }

  /** Releases what the rule and the agreement leave of a report, if that is itself in scope. */
  private ReleaseDecision sanitised(
      Report report,
      ReleaseContext context,
      Nation partner,
      String rule,
      String clause,
      Sanitising sanitising) {
    Report left = told(report);
    if (sanitising.changesRecords() || floorsChangeRecords) {
      LaunchRegion region =
          launchOf(report)
              .or(context::launch)
              .map(scope::likeliestRegion)
              .orElseGet(() -> agreement.scope().launchRegions().getFirst());
      left = agreement.floors().apply(sanitising.apply(left, region), region);
      Breach breach = launchOf(left).map(scope::region).orElse(null);
      if (breach != null) {
        return new Withhold(rule, breach.clause(), "as sanitised, " + breach.reason());
      }
    }
    return released(
        left, partner, rule, clause, transformations(sanitising), sanitising.limitRateS());
  }

  private List<String> transformations(Sanitising sanitising) {
    if (sanitising.equals(Sanitising.NONE) && floorNames.isEmpty()) {
      return List.of();
    }
    List<String> all = new ArrayList<>(sanitising.names());
    all.addAll(floorNames);
    return all;
  }

  private static ReleaseDecision released(
      Report told,
      Nation partner,
      String rule,
      String clause,
      List<String> transformations,
      OptionalDouble limitRateS) {
    return new Release(
        rule, clause, new Released<>(told, partner, rule, clause), transformations, limitRateS);
  }

  /** The launch that a report, or what a correction puts in place, itself tells of. */
  private static Optional<LaunchPointEstimate> launchOf(Report report) {
    Report said = report instanceof Report.Correction c ? c.corrected() : report;
    return said instanceof Report.LaunchReport l ? Optional.of(l.launch()) : Optional.empty();
  }

  /** The report as a partner reads it: without free text. */
  private static Report told(Report report) {
    if (report instanceof Report.Correction c) {
      return new Report.Correction(c.header(), told(c.corrected()));
    }
    if (report instanceof Report.ImpactReport r
        && r.impact() instanceof ImpactPointPrediction.CannotTellYet c) {
      return new Report.ImpactReport(
          r.header(),
          new ImpactPointPrediction.CannotTellYet(c.madeFrom(), NO_PREDICTION_YET, c.dropAreas()));
    }
    return report;
  }
}
