package parallax.release;

import parallax.model.Channel;
import parallax.model.UtcTime;

/**
 * An agreement that every party has signed for one channel. Made only by {@link AgreementVerifier}.
 * Its validity can end while a node runs, so it is asked again at every decision.
 */
public final class AgreementInForce {
  private final Agreement agreement;
  private final Channel channel;

  AgreementInForce(Agreement agreement, Channel channel) {
    this.agreement = agreement;
    this.channel = channel;
  }

  /** The agreement. */
  public Agreement agreement() {
    return agreement;
  }

  /** The channel it is in force for. */
  public Channel channel() {
    return channel;
  }

  /** SHA-256 of the signed bytes, 64 lower-case hexadecimal digits. */
  public String digest() {
    return agreement.digest();
  }

  /** Whether {@code now} is within its validity. */
  public boolean isValidAt(UtcTime now) {
    return !now.isBefore(agreement.from()) && now.isBefore(agreement.until());
  }

  @Override
  public String toString() {
    return agreement + " for " + channel;
  }
}
