package parallax.signing;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.jspecify.annotations.Nullable;
import parallax.model.InvalidValueException;

/**
 * An Ed25519 public key (RFC 8032, section 5.1.5): 32 bytes that encode a point of the prime-order
 * group. Two keys are equal when their bytes are. Safe for use by several threads at once.
 */
public final class VerificationKey implements Comparable<VerificationKey> {
  /** Length of the encoded key, bytes. */
  public static final int LENGTH = Ed25519.PUBLIC_KEY_SIZE;

  private static final HexFormat HEX = HexFormat.of();

  private final byte[] encoded;
  private final Ed25519PublicKeyParameters point;

  /** This key as the library has it that was last asked; null before. */
  private volatile @Nullable Faster faster;

  private record Faster(SignatureLibrary library, SignatureLibrary.Verifying verifying) {}

  private VerificationKey(byte[] encoded) {
    this.encoded = encoded;
    this.point = new Ed25519PublicKeyParameters(encoded, 0);
  }

  /**
   * The key of 32 raw bytes, which are copied.
   *
   * @throws InvalidValueException when the length is wrong or the bytes encode no point of the
   *     prime-order group (a point of small order would verify forged signatures)
   */
  public static VerificationKey of(byte[] raw) {
    if (raw.length != LENGTH) {
      throw new InvalidValueException("verification key", raw.length + " bytes", LENGTH + " bytes");
    }
    byte[] copy = raw.clone();
    if (!Ed25519.validatePublicKeyFull(copy, 0)) {
      throw new InvalidValueException("verification key", HEX.formatHex(copy), "an Ed25519 point");
    }
    return new VerificationKey(copy);
  }

  /**
   * The key from its standard base64 form (RFC 4648, section 4; 44 characters).
   *
   * @throws InvalidValueException when the text is not that of a key
   */
  public static VerificationKey fromBase64(String text) {
    byte[] raw;
    try {
      raw = Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      InvalidValueException bad =
          new InvalidValueException(
              "verification key", "text that is not base64", "base64 of " + LENGTH + " bytes");
      bad.initCause(e);
      throw bad;
    }
    return of(raw);
  }

  /**
   * The key from its hexadecimal form (64 digits of either case).
   *
   * @throws InvalidValueException when the text is not that of a key
   */
  public static VerificationKey fromHex(String text) {
    byte[] raw;
    try {
      raw = HEX.parseHex(text);
    } catch (IllegalArgumentException e) {
      InvalidValueException bad =
          new InvalidValueException(
              "verification key", "text that is not hexadecimal", 2 * LENGTH + " digits");
      bad.initCause(e);
      throw bad;
    }
    return of(raw);
  }

  /** A copy of the 32 raw bytes. */
  public byte[] bytes() {
    return encoded.clone();
  }

  /**
   * Whether {@code signature} is this key's over {@code message} in {@code domain}. Answers false,
   * and never throws, for anything that is not.
   */
  public boolean verify(SignatureDomain domain, byte[] message, byte[] signature) {
    return signature.length == SigningKey.SIGNATURE_LENGTH
        && verifyRaw(domain.prefixed(message), signature);
  }

  /**
   * Whether {@code signature} is this key's over a note's text ({@link SigningKey#signNote}).
   * Answers false, and never throws, for anything that is not.
   */
  public boolean verifyNote(byte[] text, byte[] signature) {
    return NoteText.isOne(text) && verifyRaw(text, signature);
  }

  /** Pure Ed25519 without a domain. */
  boolean verifyRaw(byte[] message, byte[] signature) {
    if (signature.length != SigningKey.SIGNATURE_LENGTH) {
      return false;
    }
    SignatureLibrary library = SignaturesBy.library();
    return (library != null && acceptedBy(library, message, signature))
        || verifySlowly(message, signature);
  }

  /**
   * Whether the library accepts. A refusal decides nothing: it checks without the cofactor, so it
   * refuses some signatures, made by hand, that BouncyCastle accepts. What it accepts, BouncyCastle
   * accepts too: S is below the group's order, R is the canonical encoding of exactly SB - kA.
   */
  boolean acceptedBy(SignatureLibrary library, byte[] message, byte[] signature) {
    try {
      Faster f = faster;
      if (f == null || !f.library.equals(library)) {
        f = new Faster(library, library.verifying(encoded.clone()));
        faster = f;
      }
      return f.verifying.accepts(message, signature);
    } catch (GeneralSecurityException | RuntimeException e) {
      SignaturesBy.failed(library);
      return false;
    }
  }

  /** The answer of BouncyCastle, which decides. */
  boolean verifySlowly(byte[] message, byte[] signature) {
    return point.verify(Ed25519.Algorithm.Ed25519, null, message, 0, message.length, signature, 0);
  }

  /** Standard base64, 44 characters. */
  public String toBase64() {
    return Base64.getEncoder().encodeToString(encoded);
  }

  /** Lower-case hexadecimal, 64 digits. */
  public String toHex() {
    return HEX.formatHex(encoded);
  }

  /**
   * What two people compare over the telephone: the first 16 bytes of the key's SHA-256, as eight
   * groups of four hexadecimal digits.
   */
  public String fingerprint() {
    byte[] digest = Sha256.of(encoded);
    StringBuilder groups = new StringBuilder(39);
    for (int i = 0; i < 16; i += 2) {
      groups.append(i == 0 ? "" : "-").append(HEX.formatHex(digest, i, i + 2));
    }
    return groups.toString();
  }

  @Override
  public int compareTo(VerificationKey other) {
    return Arrays.compareUnsigned(encoded, other.encoded);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof VerificationKey k && Arrays.equals(encoded, k.encoded);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(encoded);
  }

  /** The base64 form. */
  @Override
  public String toString() {
    return toBase64();
  }
}
