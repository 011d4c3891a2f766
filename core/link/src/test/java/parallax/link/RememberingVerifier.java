package parallax.link;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import parallax.signing.SignatureDomain;
import parallax.signing.Signer;
import parallax.signing.SigningKey;
import parallax.signing.VerificationKey;

/**
 * Real signatures, each made and verified once: thousands of made-up worlds say the same things,
 * and Ed25519 would take nearly all of their time.
 */
final class RememberingVerifier extends Verifier {
  private static final int MOST = 200_000;

  private final Map<ByteBuffer, Boolean> verified = new HashMap<>();
  private final Map<ByteBuffer, byte[]> signed = new HashMap<>();

  private static ByteBuffer all(VerificationKey key, byte[] domain, byte[] message, byte[] more) {
    return ByteBuffer.allocate(32 + domain.length + message.length + more.length)
        .put(key.bytes())
        .put(domain)
        .put(message)
        .put(more)
        .flip();
  }

  @Override
  protected boolean verifies(
      VerificationKey k, SignatureDomain domain, byte[] message, byte[] signature) {
    if (verified.size() > MOST) {
      verified.clear();
    }
    return verified.computeIfAbsent(
        all(k, domain.bytes(), message, signature),
        unused -> super.verifies(k, domain, message, signature));
  }

  /** A signer that remembers too. */
  Signer signer(SigningKey key) {
    return new Signer() {
      @Override
      public VerificationKey key() {
        return key.key();
      }

      @Override
      public byte[] sign(SignatureDomain domain, byte[] message) {
        if (signed.size() > MOST) {
          signed.clear();
        }
        return signed.computeIfAbsent(
            all(key.key(), domain.bytes(), message, new byte[0]),
            unused -> key.sign(domain, message));
      }
    };
  }
}
