package parallax.release;

import org.jspecify.annotations.Nullable;
import parallax.model.LaunchPointEstimate;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.model.UtcTime;

/**
 * What the agreement says of telling a partner a report of the nation's own. Each check answers
 * null when nothing forbids it, and otherwise the first clause that does.
 */
final class OutboundCheck {
  private static final Breach SELF = new Breach("parties", "a nation is no partner of its own");
  private static final Breach NO_PARTY = new Breach("parties", "the partner is not a party");
  private static final Breach NOT_OURS =
      new Breach("onwardRelease", "another nation originated it; there is no onward release");
  private static final Breach NO_LAUNCH =
      new Breach("scope.launchRegions", "there is no launch point estimate");
  private static final Breach FUTURE = new Breach("scope.window", "it was made later than now");
  private static final Breach NEVER_TOLD =
      new Breach(ScopeCheck.NOTICES, "the partner was told nothing of the track");

  private final Agreement agreement;
  private final Nation self;
  private final ScopeCheck scope;

  OutboundCheck(Agreement agreement, Nation self, ScopeCheck scope) {
    this.agreement = agreement;
    this.self = self;
    this.scope = scope;
  }

  /** Whether a report may be told. */
  @Nullable Breach report(Report report, ReleaseContext context, Nation partner, UtcTime now) {
    Breach breach = partyAndForce(report, partner, now);
    if (breach != null) {
      return breach;
    }
    breach = scope.dataClass(report);
    if (breach != null) {
      return breach;
    }
    breach = scope.label(report.header().label(), partner);
    if (breach != null) {
      return breach;
    }
    return context.launch().isEmpty()
        ? NO_LAUNCH
        : regionAndWindow(report, context, context.launch().get(), now);
  }

  private @Nullable Breach regionAndWindow(
      Report report, ReleaseContext context, LaunchPointEstimate launch, UtcTime now) {
    Breach region = scope.region(launch);
    if (region == null && report instanceof Report.LaunchReport r) {
      region = scope.region(r.launch());
    }
    if (region != null) {
      return region;
    }
    return report.header().createdAt().isAfter(now)
        ? FUTURE
        : scope.window(report, launch, context, now);
  }

  /**
   * Whether a notice may be told: to whom something was told of its track, whatever region and
   * window say now. What a correction puts in place must be agreed itself.
   */
  @Nullable Breach notice(Report.Notice notice, boolean toldBefore, Nation partner, UtcTime now) {
    Breach breach = partyAndForce(notice, partner, now);
    if (breach != null) {
      return breach;
    }
    breach = scope.label(notice.header().label(), partner);
    if (breach == null && notice instanceof Report.Correction c) {
      breach = corrected(c.corrected(), partner);
    }
    return breach == null && !toldBefore ? NEVER_TOLD : breach;
  }

  private @Nullable Breach corrected(Report corrected, Nation partner) {
    Breach breach = scope.dataClass(corrected);
    breach = breach != null ? breach : scope.label(corrected.header().label(), partner);
    return breach == null && corrected instanceof Report.LaunchReport l
        ? scope.region(l.launch())
        : breach;
  }

  /** Parties, channel, validity, and that the report is the nation's own. */
  private @Nullable Breach partyAndForce(Report report, Nation partner, UtcTime now) {
    if (partner.equals(self)) {
      return SELF;
    }
    if (!agreement.parties().contains(partner)) {
      return NO_PARTY;
    }
    Breach force = scope.force(report, now);
    if (force != null) {
      return force;
    }
    return report.header().originator().equals(self) ? null : NOT_OURS;
  }
}
