package parallax.simulation;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;
import parallax.link.Verifier;
import parallax.signing.SignatureDomain;
import parallax.signing.Signer;
import parallax.signing.SigningKey;
import parallax.signing.VerificationKey;

/**
 * Remembers what was signed in a run and what verified: the same message has the same signature,
 * receipts are signed over and over, and replays verify again what was verified. Whatever was not
 * signed here is verified in earnest.
 */
final class Signatures extends Verifier {
  private static final int MOST = 20_000;

  private final Map<ByteBuffer, Boolean> verified = new TreeMap<>();

  /** Signs with a key, and remembers that it did. */
  Signer signer(SigningKey key) {
    return new Remembering(key);
  }

  private static byte[] joined(byte[]... parts) {
    int length = 0;
    for (byte[] p : parts) {
      length += p.length;
    }
    byte[] all = new byte[length];
    int at = 0;
    for (byte[] p : parts) {
      System.arraycopy(p, 0, all, at, p.length);
      at += p.length;
    }
    return all;
  }

  private static <T> void remember(Map<ByteBuffer, T> known, byte[] name, T value) {
    if (known.size() > MOST) {
      known.clear();
    }
    known.put(ByteBuffer.wrap(name), value);
  }

  @Override
  protected boolean verifies(
      VerificationKey k, SignatureDomain domain, byte[] message, byte[] signature) {
    byte[] name = joined(signature, k.bytes(), message, domain.bytes());
    Boolean before = verified.get(ByteBuffer.wrap(name));
    if (before != null) {
      return before;
    }
    boolean good = super.verifies(k, domain, message, signature);
    remember(verified, name, good);
    return good;
  }

  private final class Remembering implements Signer {
    private final SigningKey key;
    private final Map<ByteBuffer, byte[]> signed = new TreeMap<>();

    Remembering(SigningKey key) {
      this.key = key;
    }

    @Override
    public VerificationKey key() {
      return key.key();
    }

    @Override
    public byte[] sign(SignatureDomain domain, byte[] message) {
      byte[] name = joined(message, domain.bytes());
      byte[] before = signed.get(ByteBuffer.wrap(name));
      if (before != null) {
        return before;
      }
      byte[] signature = key.sign(domain, message);
      remember(signed, name, signature);
      remember(verified, joined(signature, key.key().bytes(), message, domain.bytes()), true);
      return signature;
    }
  }
}
