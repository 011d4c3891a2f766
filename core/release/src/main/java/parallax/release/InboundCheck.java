package parallax.release;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parallax.model.Channel;
import parallax.model.ConfidentialityLabel;
import parallax.model.InvalidValueException;
import parallax.model.LaunchPointEstimate;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.model.UtcTime;
import parallax.release.InboundDecision.Accept;
import parallax.release.InboundDecision.Quarantine;

/**
 * Checks by the same agreement what partners tell. What is out of its scope is put in quarantine
 * and shown to nobody. The window is judged by the time at which a report was made, not by the time
 * of its arrival: a report that a broken link delivers late was still told in time.
 */
public final class InboundCheck {
  /** How far a report may be ahead of this node's clock, or of its own making, seconds. */
  public static final double MOST_AHEAD_S = 10;

  private static final Breach OWN = new Breach("parties", "it claims to come from this nation");
  private static final Breach NO_PARTY = new Breach("parties", "the sender is not a party");
  private static final Breach NOT_SENDERS =
      new Breach("onwardRelease", "the sender did not originate it; there is no onward release");
  private static final Breach NO_LAUNCH =
      new Breach("scope.launchRegions", "no launch report of that track was accepted before");
  private static final Breach AHEAD =
      new Breach("scope.window", "it is ahead of this node's clock");
  private static final Breach SPEAKS_AHEAD =
      new Breach("scope.window", "it speaks of a time after it was made");

  private final Agreement agreement;
  private final Nation self;
  private final ScopeCheck check;

  /**
   * Checks for one nation on one channel.
   *
   * @throws InvalidValueException when they do not belong together
   */
  public InboundCheck(AgreementInForce inForce, Nation self, Channel channel) {
    agreement = inForce.agreement();
    this.self = self;
    this.check = new ScopeCheck(inForce, self, channel);
  }

  /**
   * Whether {@code report}, sent by {@code from}, may be used. Never throws: a failure to evaluate
   * sets it aside.
   *
   * @param report what was told
   * @param from the authenticated sender
   * @param now the time
   * @param context what was accepted before of the same track: its launch report's estimate, the
   *     impact time told; for a launch report the estimate it brings is what counts
   */
  public InboundDecision check(Report report, Nation from, UtcTime now, ReleaseContext context) {
    try {
      Optional<LaunchPointEstimate> launch = launchOf(report).or(context::launch);
      Breach breach = breach(report, from, now);
      if (report instanceof Report.Notice n) {
        breach = breach != null ? breach : notice(n, launch);
        return breach == null
            ? new Accept(ScopeCheck.NOTICES)
            : new Quarantine(breach.clause(), breach.reason());
      }
      if (breach == null) {
        breach = launch.isEmpty() ? NO_LAUNCH : scope(report, launch.get(), context);
      }
      return breach == null
          ? new Accept(check.regionClause(launch.orElseThrow()))
          : new Quarantine(breach.clause(), breach.reason());
    } catch (RuntimeException e) {
      return new Quarantine(InboundDecision.EVALUATION, "it could not be evaluated: " + e);
    }
  }

  /** Whether this nation may hold what has a label: by its policy, level, caveats and readers. */
  public boolean mayHold(ConfidentialityLabel label) {
    return check.label(label, self) == null;
  }

  private @Nullable Breach breach(Report report, Nation from, UtcTime now) {
    if (from.equals(self)) {
      return OWN;
    }
    if (!agreement.parties().contains(from)) {
      return NO_PARTY;
    }
    Breach force = check.force(report, now);
    if (force != null) {
      return force;
    }
    if (!report.header().originator().equals(from)) {
      return NOT_SENDERS;
    }
    Breach dataClass = report instanceof Report.Notice ? null : check.dataClass(report);
    if (dataClass != null) {
      return dataClass;
    }
    Breach label = check.label(report.header().label(), self);
    if (label != null) {
      return label;
    }
    UtcTime made = report.header().createdAt();
    if (made.secondsSince(now) > MOST_AHEAD_S) {
      return AHEAD;
    }
    return ScopeCheck.contentTime(report).secondsSince(made) > MOST_AHEAD_S ? SPEAKS_AHEAD : null;
  }

  /** The launch that a report, or what a correction puts in place, brings itself. */
  private static Optional<LaunchPointEstimate> launchOf(Report report) {
    Report said = report instanceof Report.Correction c ? c.corrected() : report;
    return said instanceof Report.LaunchReport r ? Optional.of(r.launch()) : Optional.empty();
  }

  /** What a correction puts in place must be in scope itself; to take back is always in scope. */
  private @Nullable Breach notice(Report.Notice notice, Optional<LaunchPointEstimate> launch) {
    if (!(notice instanceof Report.Correction c)) {
      return null;
    }
    Breach breach = check.dataClass(c.corrected());
    breach = breach != null ? breach : check.label(c.corrected().header().label(), self);
    if (breach != null) {
      return breach;
    }
    return launch.isEmpty() ? NO_LAUNCH : check.region(launch.get());
  }

  private @Nullable Breach scope(
      Report report, LaunchPointEstimate launch, ReleaseContext context) {
    Breach region = check.region(launch);
    return region != null
        ? region
        : check.window(report, launch, context, report.header().createdAt());
  }
}
