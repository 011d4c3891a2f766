package parallax.signing;

import java.security.GeneralSecurityException;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.jspecify.annotations.Nullable;
import parallax.model.InvalidValueException;

/**
 * An Ed25519 private key held in memory (RFC 8032, section 5.1.5). Its text form shows only the
 * fingerprint of the public half; it can be used by several threads at once.
 */
public final class SigningKey implements Signer {
  /** Length of the secret seed a key is made from, bytes. */
  public static final int SEED_LENGTH = Ed25519.SECRET_KEY_SIZE;

  /** Length of a signature, bytes. */
  public static final int SIGNATURE_LENGTH = Ed25519.SIGNATURE_SIZE;

  private final Ed25519PrivateKeyParameters secret;
  private final VerificationKey key;

  /** This key as the library has it that was last asked; null before. */
  private volatile @Nullable Faster faster;

  private record Faster(SignatureLibrary library, SignatureLibrary.Signing signing) {}

  private SigningKey(byte[] seed) {
    secret = new Ed25519PrivateKeyParameters(seed, 0);
    key = VerificationKey.of(secret.generatePublicKey().getEncoded());
  }

  /**
   * The key made from a seed of 32 secret, uniformly random bytes, which are copied.
   *
   * @throws InvalidValueException when the seed has another length
   */
  public static SigningKey fromSeed(byte[] seed) {
    if (seed.length != SEED_LENGTH) {
      throw new InvalidValueException(
          "seed of the signing key", seed.length + " bytes", SEED_LENGTH + " bytes");
    }
    return new SigningKey(seed);
  }

  @Override
  public VerificationKey key() {
    return key;
  }

  @Override
  public byte[] sign(SignatureDomain domain, byte[] message) {
    return signRaw(domain.prefixed(message));
  }

  /**
   * Signs a text as others' programs verify it (C2SP signed-note): pure Ed25519, without a domain.
   * Such a text has no zero byte and every domain ends in one, so neither signature ever verifies
   * as the other.
   *
   * @param text the note's text, with the final newline
   * @throws InvalidValueException when it holds another control character than newline
   */
  public byte[] signNote(byte[] text) {
    if (!NoteText.isOne(text)) {
      throw new InvalidValueException(
          "text of the note",
          "not one",
          "no control characters but newlines, a newline at the end");
    }
    return signRaw(text);
  }

  /** Pure Ed25519 without a domain. */
  byte[] signRaw(byte[] message) {
    SignatureLibrary library = SignaturesBy.library();
    return library == null ? signSlowly(message) : signWith(library, message);
  }

  /** The library signs or, when it fails, BouncyCastle does, and the library is not asked again. */
  byte[] signWith(SignatureLibrary library, byte[] message) {
    try {
      Faster f = faster;
      if (f == null || !f.library.equals(library)) {
        f = new Faster(library, library.signing(secret.getEncoded()));
        faster = f;
      }
      return f.signing.sign(message);
    } catch (GeneralSecurityException | RuntimeException e) {
      SignaturesBy.failed(library);
      return signSlowly(message);
    }
  }

  /** What BouncyCastle signs. */
  byte[] signSlowly(byte[] message) {
    byte[] signature = new byte[SIGNATURE_LENGTH];
    secret.sign(Ed25519.Algorithm.Ed25519, null, message, 0, message.length, signature, 0);
    return signature;
  }

  /** Names the key by its public fingerprint; never shows the secret. */
  @Override
  public String toString() {
    return "SigningKey[" + key.fingerprint() + "]";
  }
}
