package parallax.link;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import parallax.model.Channel;
import parallax.signing.Sha256;
import parallax.signing.SignatureDomain;
import parallax.signing.VerificationKey;

/**
 * The hash chain of one stream, number by number, so that batch boundaries never matter:
 *
 * <pre>
 *   h(0) = SHA-256( domain("link-chain") || originator || recipient || lane )
 *   r(n) = SHA-256( record n ),  or SHA-256( domain("link-key") || key )  for a new key
 *   h(n) = SHA-256( h(n-1) || n || r(n) )
 * </pre>
 *
 * with the domain bytes of the channel, nations as 3 US-ASCII letters, the lane as one byte (0
 * urgent, 1 bulk) and n as 8 bytes, big-endian. The chain runs over digests, so that it can be
 * followed past a record that was not sent. Not for use by several threads at once.
 */
public final class HashChain {
  private final MessageDigest sha256;
  private final byte[] number = new byte[Long.BYTES];

  /** A chain calculator without state between calls. */
  public HashChain() {
    sha256 = Sha256.digest();
  }

  /** h(0) of a stream. */
  public Digest start(Channel channel, StreamId stream) {
    sha256.update(new SignatureDomain(channel, "link-chain").bytes());
    sha256.update(stream.originator().code().getBytes(StandardCharsets.US_ASCII));
    sha256.update(stream.recipient().code().getBytes(StandardCharsets.US_ASCII));
    sha256.update((byte) stream.lane().wire());
    return Digest.owning(sha256.digest());
  }

  /** r(n) of a record. */
  public Digest ofRecord(byte[] record) {
    return Digest.owning(sha256.digest(record));
  }

  /** r(n) of a new key. */
  public Digest ofKey(Channel channel, VerificationKey key) {
    sha256.update(new SignatureDomain(channel, "link-key").bytes());
    return Digest.owning(sha256.digest(key.bytes()));
  }

  /** r(n) of whatever stands at a number. */
  public Digest of(Channel channel, Entry entry) {
    return switch (entry) {
      case Entry.Whole r -> ofRecord(r.bytes());
      case Entry.Folded f -> f.recordDigest();
      case Entry.Deleted d -> d.recordDigest();
      case Entry.NewKey k -> ofKey(channel, k.key());
    };
  }

  /** h(n) from h(n-1), n and r(n). */
  public Digest next(Digest before, long seq, Digest entry) {
    byte[] hash = before.bytes();
    extend(hash, seq, entry);
    return Digest.owning(hash);
  }

  /** Replaces h(n-1) by h(n) in place. */
  void extend(byte[] hash, long seq, Digest entry) {
    ByteBuffer.wrap(number).putLong(seq);
    sha256.update(hash);
    sha256.update(number);
    sha256.update(entry.shared());
    try {
      sha256.digest(hash, 0, Digest.LENGTH);
    } catch (DigestException e) {
      throw new AssertionError("a hash has room for a digest", e);
    }
  }
}
