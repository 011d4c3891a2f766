package parallax.link;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import parallax.signing.SignatureDomain;

/**
 * What the originator signs of a batch: in the domain of the channel and the purpose {@code
 * link-batch}, originator and recipient (3 US-ASCII letters each), numbers of the first and the
 * last record (8 bytes each, big-endian) and the chain hash after the last (32 bytes). The hash
 * covers the records, and all before them.
 */
public final class BatchSignature {
  private static final int LENGTH = 3 + 3 + 8 + 8 + Digest.LENGTH;

  private BatchSignature() {}

  /** The domain of batches on the channel of {@code terms}. */
  public static SignatureDomain domain(LinkTerms terms) {
    return new SignatureDomain(terms.channel(), "link-batch");
  }

  /** The 54 bytes signed in {@link #domain}. */
  public static byte[] message(LinkTerms terms, long firstSeq, long lastSeq, Digest chainHash) {
    return ByteBuffer.allocate(LENGTH)
        .put(terms.originator().code().getBytes(StandardCharsets.US_ASCII))
        .put(terms.recipient().code().getBytes(StandardCharsets.US_ASCII))
        .putLong(firstSeq)
        .putLong(lastSeq)
        .put(chainHash.shared())
        .array();
  }
}
