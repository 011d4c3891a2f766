package parallax.credentials;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import parallax.signing.Sha256;
import parallax.signing.VerificationKey;

/**
 * What two people compare over the telephone: the SHA-256 of a certificate or public key as groups
 * of four hexadecimal digits.
 */
public final class Fingerprints {
  private Fingerprints() {}

  /** SHA-256 over the certificate's DER form. */
  public static String of(X509Certificate certificate) {
    try {
      return of(certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate that was read has a DER form", e);
    }
  }

  /** SHA-256 over the key's 32 bytes; begins with {@link VerificationKey#fingerprint()}. */
  public static String of(VerificationKey key) {
    return of(key.bytes());
  }

  /** SHA-256 of bytes, 64 hexadecimal digits. */
  public static String sha256(byte[] bytes) {
    return Sha256.hex(bytes);
  }

  private static String of(byte[] bytes) {
    byte[] digest = Sha256.of(bytes);
    StringBuilder groups = new StringBuilder(80);
    for (int i = 0; i < digest.length; i += 2) {
      groups.append(i == 0 ? "" : "-").append(HexFormat.of().formatHex(digest, i, i + 2));
    }
    return groups.toString();
  }
}
