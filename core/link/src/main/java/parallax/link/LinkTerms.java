package parallax.link;

import org.jspecify.annotations.Nullable;
import parallax.model.Channel;

/**
 * What both ends of one stream must agree on before anything is sent.
 *
 * @param stream whose reports, for whom, on which lane
 * @param channel what the data is
 * @param agreementDigest SHA-256 of the agreement in force
 */
public record LinkTerms(StreamId stream, Channel channel, Digest agreementDigest) {
  /** The same under another agreement. */
  public LinkTerms under(Digest agreement) {
    return new LinkTerms(stream, channel, agreement);
  }

  /** In what an originator's Hello differs from these terms; null when in nothing. */
  @Nullable BreakOff mismatch(Frame.Hello hello) {
    if (!hello.stream().equals(stream)) {
      return new BreakOff(
          ViolationCode.WRONG_PARTY, "stream is " + hello.stream() + "; expected " + stream);
    }
    if (hello.channel() != channel) {
      return new BreakOff(
          ViolationCode.WRONG_CHANNEL, "channel is " + hello.channel() + "; expected " + channel);
    }
    if (!hello.agreementDigest().equals(agreementDigest)) {
      return new BreakOff(
          ViolationCode.AGREEMENT_DIFFERS,
          "agreement is " + hello.agreementDigest() + "; expected " + agreementDigest);
    }
    return null;
  }
}
