package parallax.simulation;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;
import parallax.signing.SignatureDomain;
import parallax.signing.Signer;
import parallax.signing.SigningKey;
import parallax.signing.VerificationKey;

/**
 * Signs with a key and remembers: the same message has the same signature, and receipts are signed
 * over and over.
 */
final class MemoSigner implements Signer {
  private static final int MOST = 4_000;

  private final SigningKey key;
  private final Map<ByteBuffer, byte[]> known = new TreeMap<>();

  MemoSigner(SigningKey key) {
    this.key = key;
  }

  @Override
  public VerificationKey key() {
    return key.key();
  }

  @Override
  public byte[] sign(SignatureDomain domain, byte[] message) {
    byte[] purpose = domain.bytes();
    byte[] both = new byte[purpose.length + message.length];
    System.arraycopy(message, 0, both, 0, message.length);
    System.arraycopy(purpose, 0, both, message.length, purpose.length);
    ByteBuffer name = ByteBuffer.wrap(both);
    byte[] before = known.get(name);
    if (before != null) {
      return before;
    }
    if (known.size() > MOST) {
      known.clear();
    }
    byte[] signature = key.sign(domain, message);
    known.put(name, signature);
    return signature;
  }
}
