package parallax.credentials;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import parallax.files.SmallFile;

/**
 * A certificate and the key that belongs to it.
 *
 * @param certificate the certificate
 * @param key its private key
 */
public record KeyMaterial(X509Certificate certificate, PrivateKey key) {
  private static final byte[] PROBE = "parallax key probe".getBytes(StandardCharsets.US_ASCII);

  /**
   * Reads both from PEM files; the passphrase of an encrypted key is in the file beside it.
   *
   * @throws GeneralSecurityException when a file holds something else, or the two do not belong
   *     together
   */
  public static KeyMaterial read(Path certificate, Path key)
      throws IOException, GeneralSecurityException {
    return read(certificate, key, Passphrase.beside());
  }

  /**
   * Reads both from PEM files. Of several certificates it is the one that the key belongs to.
   *
   * @param passphrase asked when the key is encrypted
   * @throws GeneralSecurityException when a file holds something else, or the two do not belong
   *     together
   */
  public static KeyMaterial read(Path certificate, Path key, Passphrase passphrase)
      throws IOException, GeneralSecurityException {
    PrivateKey k = PemFile.ecKey(key, passphrase);
    for (X509Certificate c : PemFile.certificates(certificate)) {
      if (belong(c, k)) {
        return new KeyMaterial(c, k);
      }
    }
    throw new GeneralSecurityException(
        key + " is not the key of " + certificate + "; expected the pair as it was made");
  }

  /**
   * What both files hold, one after the other, to see whether they were exchanged.
   *
   * @throws IOException naming the file when it cannot be read, or is far too long
   */
  public static byte[] files(Path certificate, Path key) throws IOException {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.write(SmallFile.whole(certificate));
    both.write(SmallFile.whole(key));
    return both.toByteArray();
  }

  private static boolean belong(X509Certificate c, PrivateKey k) throws GeneralSecurityException {
    if (!c.getPublicKey().getAlgorithm().equals(k.getAlgorithm())) {
      return false;
    }
    Signature s = Signature.getInstance("SHA256withECDSA");
    s.initSign(k);
    s.update(PROBE);
    byte[] signature = s.sign();
    s.initVerify(c.getPublicKey());
    s.update(PROBE);
    return s.verify(signature);
  }

  /** Names the certificate's subject; never shows the key. */
  @Override
  public String toString() {
    return "KeyMaterial[" + certificate.getSubjectX500Principal() + "]";
  }
}
