package parallax.signing;

/**
 * Signs in the name of one key. The key itself may be in memory ({@link SigningKey}) or in a device
 * that never gives it out.
 */
public interface Signer {
  /** The key that verifies what this signer signs. */
  VerificationKey key();

  /**
   * The Ed25519 signature, 64 bytes, over the domain's bytes followed by {@code message}.
   *
   * @param domain channel and purpose
   * @param message what to sign, of any length
   */
  byte[] sign(SignatureDomain domain, byte[] message);
}
