package parallax.link;

import org.jspecify.annotations.Nullable;
import parallax.model.Channel;
import parallax.model.InvalidValueException;
import parallax.model.Report;
import parallax.release.Released;

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

  /**
   * Requires that a report may go into the stream.
   *
   * @throws InvalidValueException when it was released to another partner, or is of another
   *     originator or channel
   */
  void require(Released<? extends Report> report) {
    Report.Header header = report.value().header();
    if (!report.recipient().equals(stream.recipient())) {
      throw new InvalidValueException(
          "recipient of the release", report.recipient(), stream.recipient().code());
    }
    if (!header.originator().equals(stream.originator())) {
      throw new InvalidValueException(
          "originator of the report", header.originator(), stream.originator().code());
    }
    if (header.channel() != channel) {
      throw new InvalidValueException("channel of the report", header.channel(), channel.name());
    }
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
