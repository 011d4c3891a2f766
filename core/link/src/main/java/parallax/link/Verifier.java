package parallax.link;

import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import parallax.signing.SignatureDomain;
import parallax.signing.VerificationKey;

/**
 * Tells with which of several keys a signature verifies. A subclass may remember its answers, so
 * that a program with many streams does not verify the same signature again and again.
 */
public class Verifier {
  /** Verifies each anew. */
  public static final Verifier PLAIN = new Verifier();

  /** Verifies each signature anew, unless a subclass does otherwise. */
  public Verifier() {}

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

  /** Whether a signature verifies with a key. */
  protected boolean verifies(
      VerificationKey k, SignatureDomain domain, byte[] message, byte[] signature) {
    return k.verify(domain, message, signature);
  }
}
