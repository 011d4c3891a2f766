package parallax.credentials;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import parallax.credentials.CertificateAuthority.Role;
import parallax.model.Nation;

/** What the certificates of an authority say (X.509, RFC 5280). */
final class NewCertificate {
  private static final SecureRandom RANDOM = new SecureRandom();

  private NewCertificate() {}

  /** A new key pair on P-256. */
  static KeyPair keyPair() throws GeneralSecurityException {
    KeyPairGenerator g = KeyPairGenerator.getInstance("EC");
    g.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
    return g.generateKeyPair();
  }

  /** An authority's certificate, signed by itself. */
  static X509Certificate authority(Nation nation, KeyPair pair, Instant now, int days)
      throws GeneralSecurityException {
    X500Name name = new X500Name("C=" + alpha2(nation) + ",O=" + nation + ",CN=Parallax " + nation);
    try {
      JcaX509v3CertificateBuilder b =
          builder(name, name, pair.getPublic(), now, now.plus(days, ChronoUnit.DAYS));
      b.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
      b.addExtension(
          Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
      return sign(b, pair.getPrivate());
    } catch (IOException | OperatorCreationException e) {
      throw new GeneralSecurityException("authority of " + nation + " cannot be made", e);
    }
  }

  /** A certificate for a role, in a holder's name; it never outlasts its authority. */
  static X509Certificate issued(
      Nation nation,
      Role role,
      String holder,
      PublicKey subjectKey,
      X509Certificate authority,
      PrivateKey authorityKey,
      Instant now,
      int days)
      throws GeneralSecurityException {
    X500Name subject =
        new X500NameBuilder(BCStyle.INSTANCE)
            .addRDN(BCStyle.C, alpha2(nation))
            .addRDN(BCStyle.O, nation.code())
            .addRDN(BCStyle.OU, role.name())
            .addRDN(BCStyle.CN, holder)
            .build();
    Instant end = now.plus(days, ChronoUnit.DAYS);
    Instant last = authority.getNotAfter().toInstant();
    try {
      JcaX509v3CertificateBuilder b =
          builder(
              X500Name.getInstance(authority.getSubjectX500Principal().getEncoded()),
              subject,
              subjectKey,
              now,
              end.isBefore(last) ? end : last);
      b.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      b.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      b.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes(role)));
      b.addExtension(
          Extension.subjectAlternativeName,
          false,
          new GeneralNames(
              new GeneralName(GeneralName.dNSName, CertificateAuthority.hostName(nation))));
      return sign(b, authorityKey);
    } catch (IOException | OperatorCreationException e) {
      throw new GeneralSecurityException("certificate for " + role + " cannot be made", e);
    }
  }

  private static KeyPurposeId[] purposes(Role role) {
    return role == Role.NODE
        ? new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth}
        : new KeyPurposeId[] {KeyPurposeId.id_kp_clientAuth};
  }

  private static JcaX509v3CertificateBuilder builder(
      X500Name issuer, X500Name subject, PublicKey key, Instant now, Instant end) {
    return new JcaX509v3CertificateBuilder(
        issuer,
        new BigInteger(120, RANDOM).setBit(119),
        Date.from(now.minus(1, ChronoUnit.HOURS)),
        Date.from(end),
        subject,
        key);
  }

  private static X509Certificate sign(JcaX509v3CertificateBuilder b, PrivateKey key)
      throws OperatorCreationException, GeneralSecurityException {
    return new JcaX509CertificateConverter()
        .getCertificate(b.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)));
  }

  private static String alpha2(Nation nation) {
    return switch (nation.code()) {
      case "JPN" -> "JP";
      case "KOR" -> "KR";
      case "USA" -> "US";
      default -> "XX";
    };
  }
}
