package parallax.credentials;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/**
 * A certificate and the key that belongs to it.
 *
 * @param certificate the certificate
 * @param key its private key
 */
public record KeyMaterial(X509Certificate certificate, PrivateKey key) {
  private static final byte[] PROBE = "parallax key probe".getBytes(StandardCharsets.US_ASCII);

  /**
   * Reads both from PEM files.
   *
   * @throws GeneralSecurityException when a file holds something else, or the two do not belong
   *     together
   */
  public static KeyMaterial read(Path certificate, Path key)
      throws IOException, GeneralSecurityException {
    X509Certificate c = CertificateAuthority.readCertificate(certificate);
    PrivateKey k = readKey(key);
    if (!belong(c, k)) {
      throw new GeneralSecurityException(
          key + " is not the key of " + certificate + "; expected the pair as it was made");
    }
    return new KeyMaterial(c, k);
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

  private static PrivateKey readKey(Path file) throws IOException, GeneralSecurityException {
    try (PEMParser p =
        new PEMParser(
            new StringReader(new String(Files.readAllBytes(file), StandardCharsets.US_ASCII)))) {
      if (p.readObject() instanceof PrivateKeyInfo i) {
        PrivateKey k = new JcaPEMKeyConverter().getPrivateKey(i);
        if (k.getAlgorithm().equals("EC")) {
          return k;
        }
      }
      throw new GeneralSecurityException(
          file + " holds no EC key; expected one PRIVATE KEY block (PKCS 8)");
    }
  }

  /** Names the certificate's subject; never shows the key. */
  @Override
  public String toString() {
    return "KeyMaterial[" + certificate.getSubjectX500Principal() + "]";
  }
}
