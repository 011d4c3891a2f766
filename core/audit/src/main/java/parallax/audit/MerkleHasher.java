package parallax.audit;

import java.security.MessageDigest;
import parallax.link.Digest;
import parallax.signing.Sha256;

/**
 * The hashes of a Merkle tree (RFC 6962, section 2.1), with SHA-256:
 *
 * <pre>
 *   empty tree  SHA-256( )
 *   leaf        SHA-256( 0x00 || entry )
 *   node        SHA-256( 0x01 || left || right )
 * </pre>
 *
 * The first byte keeps a leaf from ever being taken for a node. Not for use by several threads at
 * once.
 */
public final class MerkleHasher {
  private static final byte LEAF = 0;
  private static final byte NODE = 1;

  private final MessageDigest sha256;

  /** A hasher without state between calls. */
  public MerkleHasher() {
    sha256 = Sha256.digest();
  }

  /** The root of a tree without entries. */
  public Digest empty() {
    return Digest.of(sha256.digest());
  }

  /** The hash of an entry. */
  public Digest leaf(byte[] entry) {
    sha256.update(LEAF);
    return Digest.of(sha256.digest(entry));
  }

  /** The hash of a node over two others. */
  public Digest node(Digest left, Digest right) {
    sha256.update(NODE);
    sha256.update(left.bytes());
    return Digest.of(sha256.digest(right.bytes()));
  }

  /** SHA-256 of bytes as they are: what entries name a record by. */
  public Digest plain(byte[] bytes) {
    return Digest.of(sha256.digest(bytes));
  }
}
