package parallax.release;

import parallax.model.Channel;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.model.UtcTime;
import parallax.release.ReleaseDecision.Withhold;

/** Decides what each partner may be told. */
public final class Releaser {
  /** The rule named when the agreement forbade it before any national rule was asked. */
  public static final String NO_RULE = "(agreement)";

  /** The rule named when no national rule matched. */
  public static final String DEFAULT_RULE = "(default)";

  private final AgreementInForce inForce;
  private final NationalPolicy policy;
  private final Nation self;
  private final Channel channel;

  /**
   * Decides for one nation on one channel.
   *
   * @throws InvalidValueException when they do not belong together
   */
  public Releaser(AgreementInForce inForce, NationalPolicy policy, Nation self, Channel channel) {
    this.inForce = inForce;
    this.policy = policy;
    this.self = self;
    this.channel = channel;
  }

  /** Whether {@code partner} may be told {@code report} at {@code now}. Never throws. */
  public ReleaseDecision decide(
      Report report, ReleaseContext context, Nation partner, UtcTime now) {
    return new Withhold(NO_RULE, "scope", "not decided" + inForce + policy + self + channel);
  }
}
