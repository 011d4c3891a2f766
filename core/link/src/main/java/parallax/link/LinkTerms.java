package parallax.link;

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
}
