package parallax.credentials;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.text.Normalizer;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import parallax.files.WholeFile;
import parallax.model.InvalidValueException;
import parallax.model.Nation;

/**
 * A nation's own certificate authority (ECDSA on P-256). There is no common authority: each partner
 * pins each other partner's.
 */
public final class CertificateAuthority {
  /** Letters of any script; what stands between names, and marks on letters, from the second on. */
  private static final Pattern HOLDER =
      Pattern.compile("\\p{L}[\\p{L}\\p{M}\\p{N} _'\u2019\u30fb-]{0,59}");

  /** What a certificate is for, its organisational unit. */
  public enum Role {
    /** A node: server towards partners and national clients, client towards partners. */
    NODE,
    /** A sensor gateway: may report plots to its own nation's node. */
    SENSOR,
    /** An operator's program: may watch its own nation's node. */
    OPERATOR
  }

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
    KeyPair pair = NewCertificate.keyPair();
    return new CertificateAuthority(
        nation, pair.getPrivate(), NewCertificate.authority(nation, pair, now, days));
  }

  /** The authority's own certificate: what partners pin. */
  public X509Certificate certificate() {
    return certificate;
  }

  /** Writes {@code ca.pem} and {@code ca.key} to {@code directory}. */
  void write(Path directory, Optional<char[]> passphrase) throws IOException {
    writeCertificates(directory.resolve(NationKeys.AUTHORITY), List.of(certificate));
    WholeFile.writeSecret(directory.resolve(NationKeys.AUTHORITY_KEY), text(key, passphrase));
  }

  private static byte[] text(PrivateKey key, Optional<char[]> passphrase) throws IOException {
    return PemFile.text(PrivateKeyInfo.getInstance(key.getEncoded()), passphrase);
  }

  /**
   * Reads an authority from {@code ca.pem} and {@code ca.key} of {@code directory}. Of several
   * authorities in {@code ca.pem} it is the one that the key belongs to.
   *
   * @param passphrase asked when {@code ca.key} is encrypted
   * @throws GeneralSecurityException when the two do not belong together
   */
  public static CertificateAuthority read(Path directory, Passphrase passphrase)
      throws IOException, GeneralSecurityException {
    KeyMaterial m =
        KeyMaterial.read(
            directory.resolve(NationKeys.AUTHORITY),
            directory.resolve(NationKeys.AUTHORITY_KEY),
            passphrase);
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
    return issue(
        role, hostName(nation), directory, name, now, days, Passphrase.forNewKeysIn(directory));
  }

  /**
   * The same in a holder's own name. An operator's orders are given in that name; a sensor
   * gateway's feeds belong to it.
   *
   * @param holder 1 to 60 letters of any script, digits, spaces, hyphens, apostrophes and
   *     underscores, a letter first; the same name written with other code points is the same
   * @throws InvalidValueException when the name is another
   */
  public X509Certificate issueTo(
      String holder, Role role, Path directory, String name, Instant now, int days)
      throws GeneralSecurityException, IOException {
    String named = Normalizer.normalize(holder, Normalizer.Form.NFC).strip();
    if (!HOLDER.matcher(named).matches()) {
      throw new InvalidValueException(
          "name of a person or gateway",
          "'" + holder + "'",
          "1 to 60 letters of any script, digits, spaces, hyphens, apostrophes and underscores, a"
              + " letter first");
    }
    return issue(role, named, directory, name, now, days, Passphrase.forNewKeysIn(directory));
  }

  /** Whether a holder's name says who the person or gateway is. */
  public static boolean isNamed(String holder, Nation nation) {
    return !holder.isEmpty() && !holder.equals(hostName(nation));
  }

  /** Issues a certificate; its key is encrypted when there is a passphrase. */
  X509Certificate issue(
      Role role,
      String holder,
      Path directory,
      String name,
      Instant now,
      int days,
      Optional<char[]> passphrase)
      throws GeneralSecurityException, IOException {
    certificate.checkValidity(Date.from(now));
    KeyPair pair = NewCertificate.keyPair();
    X509Certificate issued =
        NewCertificate.issued(nation, role, holder, pair.getPublic(), certificate, key, now, days);
    Path pem = directory.resolve(name + ".pem");
    Path secret = directory.resolve(name + ".key");
    writeCertificates(staged(pem), List.of(issued));
    WholeFile.writeSecret(staged(secret), text(pair.getPrivate(), passphrase));
    Files.move(staged(secret), secret, StandardCopyOption.ATOMIC_MOVE);
    Files.move(staged(pem), pem, StandardCopyOption.ATOMIC_MOVE);
    WholeFile.force(directory);
    return issued;
  }

  private static Path staged(Path file) {
    return file.resolveSibling(file.getFileName() + ".new");
  }

  /** The name a node's certificate carries, whatever its address: links check it. */
  public static String hostName(Nation nation) {
    return nation.code().toLowerCase(Locale.ROOT) + ".node.parallax";
  }

  /** Writes certificates in PEM. */
  public static void writeCertificates(Path file, List<X509Certificate> certificates)
      throws IOException {
    WholeFile.write(file, PemFile.text(certificates));
  }

  /** Reads the first certificate of a PEM file. */
  public static X509Certificate readCertificate(Path file)
      throws IOException, GeneralSecurityException {
    return PemFile.certificates(file).getFirst();
  }

  /**
   * Reads every certificate of a PEM file: an authority that is being exchanged for another is two
   * for a while.
   */
  public static List<X509Certificate> readCertificates(Path file)
      throws IOException, GeneralSecurityException {
    return PemFile.certificates(file);
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
}
