package parallax.signing;

import java.security.GeneralSecurityException;

/**
 * Another implementation of pure Ed25519 (RFC 8032) that is faster than the one this module has
 * always, BouncyCastle's. {@link SignaturesBy} asks it first.
 *
 * <p>It must sign with the same bytes, and may accept no signature that BouncyCastle refuses. It
 * may refuse more, as implementations without the cofactor do: BouncyCastle decides on what it
 * refuses. So the answer never depends on whether there is such a library. It is used by several
 * threads at once.
 */
public interface SignatureLibrary {
  /** What people call it, with its version. */
  String name();

  /**
   * Signs with one key.
   *
   * @param seed the 32 secret bytes of the key
   * @throws GeneralSecurityException when it cannot
   */
  Signing signing(byte[] seed) throws GeneralSecurityException;

  /**
   * Verifies with one key.
   *
   * @param key the 32 bytes of a point of the prime-order group
   * @throws GeneralSecurityException when it cannot
   */
  Verifying verifying(byte[] key) throws GeneralSecurityException;

  /** Signs with one key. */
  @FunctionalInterface
  interface Signing {
    /**
     * The 64 bytes of the signature over {@code message}.
     *
     * @throws GeneralSecurityException when it cannot
     */
    byte[] sign(byte[] message) throws GeneralSecurityException;
  }

  /** Verifies with one key. */
  @FunctionalInterface
  interface Verifying {
    /**
     * Whether the 64 bytes are surely the key's signature over {@code message}.
     *
     * @throws GeneralSecurityException when the library fails, whatever the signature is
     */
    boolean accepts(byte[] message, byte[] signature) throws GeneralSecurityException;
  }
}
