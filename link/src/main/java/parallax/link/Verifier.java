package parallax.link;

import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import parallax.signing.SignatureDomain;
import parallax.signing.VerificationKey;

/** Tells with which of several keys a signature verifies. */
class Verifier {
  /** Verifies each anew. */
  static final Verifier PLAIN = new Verifier();

  /** The key among some that a signature verifies with; null when there is none. */
  final @Nullable VerificationKey verifying(
      SortedSet<VerificationKey> keys, SignatureDomain domain, byte[] message, byte[] signature) {
    for (VerificationKey k : keys) {
      if (verifies(k, domain, message, signature)) {
        return k;
      }
    }
    return null;
  }

  /** Whether a signature verifies with a key; tests of many streams remember the answer. */
  boolean verifies(VerificationKey k, SignatureDomain domain, byte[] message, byte[] signature) {
    return k.verify(domain, message, signature);
  }
}
