package parallax.link;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import parallax.signing.SignatureDomain;

/**
 * The hash chain of one stream, record by record, so that batch boundaries never matter:
 *
 * <pre>
 *   h(0) = SHA-256( domain || originator || recipient )
 *   h(n) = SHA-256( h(n-1) || n || record n )
 * </pre>
 *
 * with the domain bytes of the channel and the purpose {@code link-chain}, nations as 3 US-ASCII
 * letters and n as 8 bytes, big-endian. Not for use by several threads at once.
 */
public final class HashChain {
  private final MessageDigest sha256;
  private final byte[] number = new byte[Long.BYTES];

  /** A chain calculator without state between calls. */
  public HashChain() {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  /** h(0) of the stream of {@code terms}. */
  public Digest start(LinkTerms terms) {
    sha256.update(new SignatureDomain(terms.channel(), "link-chain").bytes());
    sha256.update(terms.originator().code().getBytes(StandardCharsets.US_ASCII));
    sha256.update(terms.recipient().code().getBytes(StandardCharsets.US_ASCII));
    return Digest.owning(sha256.digest());
  }

  /** h(n) from h(n-1), n and record n. */
  public Digest next(Digest before, long seq, byte[] record) {
    byte[] hash = before.bytes();
    extend(hash, seq, record);
    return Digest.owning(hash);
  }

  /** Replaces h(n-1) by h(n) in place. */
  void extend(byte[] hash, long seq, byte[] record) {
    ByteBuffer.wrap(number).putLong(seq);
    sha256.update(hash);
    sha256.update(number);
    sha256.update(record);
    try {
      sha256.digest(hash, 0, Digest.LENGTH);
    } catch (DigestException e) {
      throw new AssertionError("a hash has room for a digest", e);
    }
  }
}
