package parallax.link;

import parallax.model.Channel;
import parallax.model.InvalidValueException;
import parallax.model.Nation;

/**
 * What both ends of one stream must agree on before anything is sent.
 *
 * @param originator whose reports it carries
 * @param recipient whom they are for
 * @param channel what the data is
 * @param agreementDigest SHA-256 of the agreement in force
 */
public record LinkTerms(
    Nation originator, Nation recipient, Channel channel, Digest agreementDigest) {
  /** Requires two different nations. */
  public LinkTerms {
    if (originator.equals(recipient)) {
      throw new InvalidValueException("recipient", recipient, "a nation other than the originator");
    }
  }
}
