package parallax.credentials;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import parallax.model.InvalidValueException;
import parallax.model.Nation;

/**
 * A nation's own certificate authority (ECDSA on P-256). There is no common authority: each partner
 * pins each other partner's.
 */
public final class CertificateAuthority {
  private static final Pattern PERSON =
      Pattern.compile("[A-Za-z]([A-Za-z0-9 _-]{0,38}[A-Za-z0-9])?");

  /** What a certificate is for, its organisational unit. */
  public enum Role {
    /** A node: server towards partners and national clients, client towards partners. */
    NODE,
    /** A sensor gateway: may report plots to its own nation's node. */
    SENSOR,
    /** An operator's program: may watch its own nation's node. */
    OPERATOR
  }

  private static final SecureRandom RANDOM = new SecureRandom();

  private final Nation nation;
  private final PrivateKey key;
  private final X509Certificate certificate;

  private CertificateAuthority(Nation nation, PrivateKey key, X509Certificate certificate) {
    this.nation = nation;
    this.key = key;
    this.certificate = certificate;
  }

  /** Makes a new authority, valid from an hour ago for {@code days}. */
  public static CertificateAuthority create(Nation nation, Instant now, int days)
      throws GeneralSecurityException {
    KeyPair pair = keyPair();
    X500Name name = new X500Name("C=" + alpha2(nation) + ",O=" + nation + ",CN=Parallax " + nation);
    try {
      JcaX509v3CertificateBuilder b =
          builder(name, name, pair, now, now.plus(days, ChronoUnit.DAYS));
      b.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
      b.addExtension(
          Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
      return new CertificateAuthority(nation, pair.getPrivate(), sign(b, pair.getPrivate()));
    } catch (IOException | OperatorCreationException e) {
      throw new GeneralSecurityException("authority of " + nation + " cannot be made", e);
    }
  }

  /** The authority's own certificate: what partners pin. */
  public X509Certificate certificate() {
    return certificate;
  }

  /** Writes {@code ca.pem} and {@code ca.key} to {@code directory}. */
  void write(Path directory) throws IOException {
    writeCertificates(directory.resolve(NationKeys.AUTHORITY), List.of(certificate));
    writeSecret(directory.resolve(NationKeys.AUTHORITY_KEY), pemOf(key));
  }

  /**
   * Reads an authority from {@code ca.pem} and {@code ca.key} of {@code directory}.
   *
   * @throws GeneralSecurityException when the two do not belong together
   */
  public static CertificateAuthority read(Path directory)
      throws IOException, GeneralSecurityException {
    Path pem = directory.resolve(NationKeys.AUTHORITY);
    Path key = directory.resolve(NationKeys.AUTHORITY_KEY);
    KeyMaterial m = KeyMaterial.read(pem, key);
    return new CertificateAuthority(
        new Nation(CertificateSubject.of(m.certificate()).nation()), m.key(), m.certificate());
  }

  /**
   * Issues a certificate for {@code role} with a new key and puts both in place as {@code
   * <name>.pem} and {@code <name>.key} (PKCS 8, readable by the owner only) of {@code directory}. A
   * certificate never outlasts its authority.
   *
   * @throws GeneralSecurityException when the authority is no longer valid
   */
  public X509Certificate issue(Role role, Path directory, String name, Instant now, int days)
      throws GeneralSecurityException, IOException {
    return issue(role, hostName(nation), directory, name, now, days);
  }

  /**
   * The same for one person: orders are given, and held reports released, in that name.
   *
   * @param person 1 to 40 ASCII letters, digits, spaces, hyphens and underscores
   * @throws InvalidValueException when the name is another
   */
  public X509Certificate issueOperator(
      String person, Path directory, String name, Instant now, int days)
      throws GeneralSecurityException, IOException {
    if (!PERSON.matcher(person).matches()) {
      throw new InvalidValueException(
          "name of a person",
          "'" + person + "'",
          "1 to 40 ASCII letters, digits, spaces, hyphens and underscores, a letter first");
    }
    return issue(Role.OPERATOR, person, directory, name, now, days);
  }

  private X509Certificate issue(
      Role role, String holder, Path directory, String name, Instant now, int days)
      throws GeneralSecurityException, IOException {
    certificate.checkValidity(Date.from(now));
    KeyPair pair = keyPair();
    X500Name subject =
        new X500Name("C=" + alpha2(nation) + ",O=" + nation + ",OU=" + role + ",CN=" + holder);
    try {
      JcaX509v3CertificateBuilder b =
          builder(
              X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded()),
              subject,
              pair,
              now,
              earlier(now.plus(days, ChronoUnit.DAYS), certificate.getNotAfter().toInstant()));
      b.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      b.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      b.addExtension(
          Extension.extendedKeyUsage,
          false,
          new ExtendedKeyUsage(
              role == Role.NODE
                  ? new KeyPurposeId[] {
                    KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
                  }
                  : new KeyPurposeId[] {KeyPurposeId.id_kp_clientAuth}));
      b.addExtension(
          Extension.subjectAlternativeName,
          false,
          new GeneralNames(new GeneralName(GeneralName.dNSName, hostName(nation))));
      X509Certificate issued = sign(b, key);
      Path pem = directory.resolve(name + ".pem");
      Path secret = directory.resolve(name + ".key");
      writeCertificates(staged(pem), List.of(issued));
      writeSecret(staged(secret), pemOf(pair.getPrivate()));
      Files.move(staged(secret), secret, StandardCopyOption.ATOMIC_MOVE);
      Files.move(staged(pem), pem, StandardCopyOption.ATOMIC_MOVE);
      return issued;
    } catch (OperatorCreationException e) {
      throw new GeneralSecurityException("certificate for " + role + " cannot be made", e);
    }
  }

  private static Path staged(Path file) {
    return file.resolveSibling(file.getFileName() + ".new");
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }

  /** The name a node's certificate carries, whatever its address: links check it. */
  public static String hostName(Nation nation) {
    return nation.code().toLowerCase(java.util.Locale.ROOT) + ".node.parallax";
  }

  /** Writes certificates in PEM. */
  public static void writeCertificates(Path file, List<X509Certificate> certificates)
      throws IOException {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter pem = new JcaPEMWriter(text)) {
      for (X509Certificate c : certificates) {
        pem.writeObject(c);
      }
    }
    Files.writeString(file, text.toString());
  }

  /** Writes a text that only the owner may read. */
  public static void writeSecret(Path file, String text) throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, text, StandardCharsets.US_ASCII);
  }

  /** Reads the first certificate of a PEM file. */
  public static X509Certificate readCertificate(Path file)
      throws IOException, GeneralSecurityException {
    String text = new String(Files.readAllBytes(file), StandardCharsets.US_ASCII);
    try (org.bouncycastle.openssl.PEMParser p =
        new org.bouncycastle.openssl.PEMParser(new StringReader(text))) {
      Object o = p.readObject();
      if (o instanceof org.bouncycastle.cert.X509CertificateHolder h) {
        return new JcaX509CertificateConverter().getCertificate(h);
      }
      throw new GeneralSecurityException(
          file + " holds no PEM certificate; expected one CERTIFICATE block");
    }
  }

  /** Whether a certificate was issued by the authority of another, by name and signature. */
  public static boolean isIssuedBy(X509Certificate certificate, X509Certificate authority) {
    try {
      certificate.verify(authority.getPublicKey());
      return certificate.getIssuerX500Principal().equals(authority.getSubjectX500Principal());
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static KeyPair keyPair() throws GeneralSecurityException {
    KeyPairGenerator g = KeyPairGenerator.getInstance("EC");
    g.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
    return g.generateKeyPair();
  }

  private static JcaX509v3CertificateBuilder builder(
      X500Name issuer, X500Name subject, KeyPair pair, Instant now, Instant end) {
    return new JcaX509v3CertificateBuilder(
        issuer,
        new BigInteger(120, RANDOM).setBit(119),
        Date.from(now.minus(1, ChronoUnit.HOURS)),
        Date.from(end),
        subject,
        pair.getPublic());
  }

  private static X509Certificate sign(JcaX509v3CertificateBuilder b, PrivateKey key)
      throws OperatorCreationException, GeneralSecurityException {
    ContentSigner signer = new JcaContentSignerBuilder("SHA256withECDSA").build(key);
    return new JcaX509CertificateConverter().getCertificate(b.build(signer));
  }

  private static String pemOf(PrivateKey key) throws IOException {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter pem = new JcaPEMWriter(text)) {
      pem.writeObject(new JcaPKCS8Generator(key, null));
    }
    return text.toString();
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
