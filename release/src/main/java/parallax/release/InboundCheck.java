package parallax.release;

import parallax.model.Channel;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.model.UtcTime;

/** Checks what partners tell by the same agreement. */
public final class InboundCheck {
  private final AgreementInForce inForce;
  private final Nation self;
  private final Channel channel;

  /** Checks for one nation on one channel. */
  public InboundCheck(AgreementInForce inForce, Nation self, Channel channel) {
    this.inForce = inForce;
    this.self = self;
    this.channel = channel;
  }

  /**
   * Whether {@code report}, sent by {@code from}, may be used. Never throws.
   *
   * @param report what was told
   * @param from the authenticated sender
   * @param now the time
   * @param context what was accepted before of the same track: its launch report's estimate, the
   *     impact time told
   */
  public InboundDecision check(Report report, Nation from, UtcTime now, ReleaseContext context) {
    return new InboundDecision.Quarantine("scope", "not decided" + inForce + self + channel);
  }
}
