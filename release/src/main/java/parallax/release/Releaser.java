package parallax.release;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parallax.model.Channel;
import parallax.model.ImpactPointPrediction;
import parallax.model.InvalidValueException;
import parallax.model.LaunchPointEstimate;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.model.TrackStatus;
import parallax.model.UtcTime;
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
   * What a partner reads instead of the reason why there is no impact prediction: free text could
   * carry what may never be shared.
   */
  public static final String NO_PREDICTION_YET = "the originator cannot tell yet";

  private static final String NOTICES = ScopeCheck.NOTICES;

  private static final Breach SELF = new Breach("parties", "a nation is no partner of its own");
  private static final Breach NO_PARTY = new Breach("parties", "the partner is not a party");
  private static final Breach NOT_OURS =
      new Breach("onwardRelease", "another nation originated it; there is no onward release");
  private static final Breach NO_LAUNCH =
      new Breach("scope.launchRegions", "there is no launch point estimate");
  private static final Breach NEVER_TOLD =
      new Breach(ScopeCheck.NOTICES, "the partner was told nothing of the track");
  private static final Breach FUTURE = new Breach("scope.window", "it was made later than now");

  private final Agreement agreement;
  private final NationalPolicy policy;
  private final Nation self;
  private final ScopeCheck check;

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
    if (inForce.channel() != channel) {
      throw new InvalidValueException(
          "channel", channel, inForce.channel() + ", which the agreement is in force for");
    }
    if (!agreement.parties().contains(self)) {
      throw new InvalidValueException("nation", self, "one of the parties " + agreement.parties());
    }
    if (!policy.nation().equals(self)) {
      throw new InvalidValueException("nation of the policy", policy.nation(), self.toString());
    }
    for (NationalPolicy.Rule rule : policy.rules()) {
      if (!agreement.parties().containsAll(rule.to())) {
        throw new InvalidValueException(
            "rule '" + rule.name() + "'", "for " + rule.to(), "parties " + agreement.parties());
      }
    }
    this.policy = policy;
    this.self = self;
    this.check = new ScopeCheck(inForce, channel);
  }

  /**
   * Whether {@code partner} may be told {@code report} at {@code now}. Never throws: a failure to
   * evaluate withholds.
   *
   * @param report what might be told
   * @param context what is known of its track
   * @param partner to whom
   * @param now the time
   */
  public ReleaseDecision decide(
      Report report, ReleaseContext context, Nation partner, UtcTime now) {
    try {
      return evaluate(report, context, partner, now);
    } catch (RuntimeException e) {
      return new Withhold(NO_RULE, "evaluation", "it could not be evaluated: " + e);
    }
  }

  /**
   * Whether {@code partner} may be told that what it was told no longer holds: yes, if it was told
   * anything of that track, whatever region or window say now. To a partner that was told nothing,
   * a notice would tell that there was something. Never throws: a failure to evaluate withholds.
   *
   * @param notice a recall, correction or change of label of the nation's own
   * @param toldBefore whether the partner was told anything of its track
   * @param partner to whom
   * @param now the time
   */
  public ReleaseDecision decideNotice(
      Report.Notice notice, boolean toldBefore, Nation partner, UtcTime now) {
    try {
      Breach breach = noticeBreach(notice, partner, now);
      if (breach == null && !toldBefore) {
        breach = NEVER_TOLD;
      }
      return breach == null
          ? new Release(NO_RULE, NOTICES, new Released<>(told(notice), partner, NO_RULE, NOTICES))
          : new Withhold(NO_RULE, breach.clause(), breach.reason());
    } catch (RuntimeException e) {
      return new Withhold(NO_RULE, "evaluation", "it could not be evaluated: " + e);
    }
  }

  private @Nullable Breach noticeBreach(Report.Notice notice, Nation partner, UtcTime now) {
    Breach breach = parties(partner);
    breach = breach != null ? breach : check.force(notice, now);
    if (breach != null) {
      return breach;
    }
    if (!notice.header().originator().equals(self)) {
      return NOT_OURS;
    }
    breach = check.label(notice.header().label(), partner);
    if (breach != null) {
      return breach;
    }
    return notice instanceof Report.Correction c ? corrected(c, partner) : null;
  }

  private @Nullable Breach corrected(Report.Correction c, Nation partner) {
    Breach breach = check.dataClass(c.corrected());
    breach = breach != null ? breach : check.label(c.corrected().header().label(), partner);
    return breach == null && c.corrected() instanceof Report.LaunchReport l
        ? check.region(l.launch())
        : breach;
  }

  private @Nullable Breach parties(Nation partner) {
    if (partner.equals(self)) {
      return SELF;
    }
    return agreement.parties().contains(partner) ? null : NO_PARTY;
  }

  private ReleaseDecision evaluate(
      Report report, ReleaseContext context, Nation partner, UtcTime now) {
    if (report instanceof Report.Notice) {
      return new Withhold(NO_RULE, NOTICES, "a notice is decided by what was told before");
    }
    Breach breach = breach(report, context, partner, now);
    if (breach != null) {
      return new Withhold(NO_RULE, breach.clause(), breach.reason());
    }
    String clause = check.regionClause(context.launch().orElseThrow());
    Optional<TrackStatus> status =
        report instanceof Report.TrackReport t
            ? Optional.of(t.estimate().status())
            : context.status();
    for (NationalPolicy.Rule rule : policy.rules()) {
      if (rule.matches(report.dataClass(), partner, status)) {
        return switch (rule.outcome()) {
          case RELEASE ->
              new Release(
                  rule.name(), clause, new Released<>(told(report), partner, rule.name(), clause));
          case WITHHOLD -> new Withhold(rule.name(), clause, "the rule withholds it");
        };
      }
    }
    return new Withhold(DEFAULT_RULE, clause, "no national rule releases it");
  }

  private @Nullable Breach breach(
      Report report, ReleaseContext context, Nation partner, UtcTime now) {
    Breach parties = parties(partner);
    if (parties != null) {
      return parties;
    }
    Breach force = check.force(report, now);
    if (force != null) {
      return force;
    }
    if (!report.header().originator().equals(self)) {
      return NOT_OURS;
    }
    Breach dataClass = check.dataClass(report);
    if (dataClass != null) {
      return dataClass;
    }
    Breach label = check.label(report.header().label(), partner);
    if (label != null) {
      return label;
    }
    if (context.launch().isEmpty()) {
      return NO_LAUNCH;
    }
    return scope(report, context, context.launch().get(), now);
  }

  private @Nullable Breach scope(
      Report report, ReleaseContext context, LaunchPointEstimate launch, UtcTime now) {
    Breach region = check.region(launch);
    if (region == null && report instanceof Report.LaunchReport r) {
      region = check.region(r.launch());
    }
    if (region != null) {
      return region;
    }
    if (report.header().createdAt().isAfter(now)) {
      return FUTURE;
    }
    return check.window(report, launch, context, now);
  }

  /** The report as a partner reads it: without free text. */
  private static Report told(Report report) {
    if (report instanceof Report.Correction c) {
      return new Report.Correction(c.header(), told(c.corrected()));
    }
    if (report instanceof Report.ImpactReport r
        && r.impact() instanceof ImpactPointPrediction.CannotTellYet c) {
      return new Report.ImpactReport(
          r.header(), new ImpactPointPrediction.CannotTellYet(c.madeFrom(), NO_PREDICTION_YET));
    }
    return report;
  }
}
