package parallax.credentials.forged;

import java.math.BigInteger;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import parallax.credentials.CertificateAuthority;
import parallax.credentials.KeyMaterial;
import parallax.credentials.NationKeys;
import parallax.credentials.PemFile;
import parallax.files.WholeFile;

/** Certificates that an authority's key signed but {@code parallax keys} would not issue. */
public final class ForgedCertificate {
  private static final BigInteger SERIAL = BigInteger.valueOf(4711);

  private ForgedCertificate() {}

  /** Signs one with the authority of {@code directory} and writes {@code name}.pem and .key. */
  public static void issue(
      Path directory, Path to, String name, String subject, Instant from, Instant until)
      throws Exception {
    issue(directory, to, name, subject, from, until, "secp256r1", b -> {});
  }

  /** What makes a certificate another than {@code parallax keys} would issue. */
  public interface Extras {
    /** Adds extensions. */
    void add(JcaX509v3CertificateBuilder b) throws Exception;
  }

  /** The same with a key on another curve, or extensions. */
  public static void issue(
      Path directory,
      Path to,
      String name,
      String subject,
      Instant from,
      Instant until,
      String curve,
      Extras extras)
      throws Exception {
    KeyMaterial authority =
        KeyMaterial.read(
            directory.resolve(NationKeys.AUTHORITY), directory.resolve(NationKeys.AUTHORITY_KEY));
    KeyPairGenerator g = KeyPairGenerator.getInstance("EC");
    g.initialize(new ECGenParameterSpec(curve));
    KeyPair pair = g.generateKeyPair();
    JcaX509v3CertificateBuilder b =
        new JcaX509v3CertificateBuilder(
            X500Name.getInstance(authority.certificate().getSubjectX500Principal().getEncoded()),
            SERIAL,
            Date.from(from),
            Date.from(until),
            new X500Name(subject),
            pair.getPublic());
    extras.add(b);
    X509Certificate c =
        new JcaX509CertificateConverter()
            .getCertificate(
                b.build(new JcaContentSignerBuilder("SHA256withECDSA").build(authority.key())));
    CertificateAuthority.writeCertificates(to.resolve(name + ".pem"), List.of(c));
    WholeFile.writeSecret(
        to.resolve(name + ".key"),
        PemFile.text(PrivateKeyInfo.getInstance(pair.getPrivate().getEncoded()), Optional.empty()));
  }
}
