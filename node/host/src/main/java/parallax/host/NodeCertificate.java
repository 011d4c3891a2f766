package parallax.host;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import parallax.credentials.CertificateAuthority;
import parallax.credentials.CertificateAuthority.Role;
import parallax.credentials.CertificateSubject;
import parallax.credentials.KeyMaterial;
import parallax.credentials.NationKeys;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.transport.Tls;
import parallax.transport.Trust;

/** What a node's own certificate and pinned authorities must be before the node uses them. */
public final class NodeCertificate {
  private NodeCertificate() {}

  /**
   * Refuses authorities that are another nation's.
   *
   * @param file where they were read
   * @throws InvalidValueException when one names another nation
   */
  public static void requireNation(Path file, List<X509Certificate> authorities, Nation nation)
      throws GeneralSecurityException {
    for (X509Certificate authority : authorities) {
      String named = CertificateSubject.of(authority).nation();
      if (!named.equals(nation.code())) {
        throw new InvalidValueException(
            file.toString(), "the authority of " + named, "that of " + nation);
      }
    }
  }

  /**
   * Of an own authority that is being exchanged for another one of the two may have expired.
   *
   * @param file where they were read
   * @throws InvalidValueException when none is valid now
   */
  public static void requireOneValid(Path file, List<X509Certificate> authorities, Instant now) {
    for (X509Certificate authority : authorities) {
      if (Expiry.isValid(authority, now)) {
        return;
      }
    }
    Expiry.requireValid(file.toString(), authorities.getFirst(), now);
  }

  /**
   * Refuses a certificate that this node could not show: one of another authority, nation or role,
   * one that is not valid now, one that no TLS handshake goes through with.
   *
   * @param keys the folder that it was read from
   * @param trust believes the node's own authorities
   */
  public static void require(
      Path keys,
      Nation nation,
      KeyMaterial own,
      List<X509Certificate> authorities,
      Trust trust,
      Instant now)
      throws GeneralSecurityException {
    X509Certificate c = own.certificate();
    String file = keys.resolve(NationKeys.name(Role.NODE) + ".pem").toString();
    if (authorities.stream().noneMatch(a -> CertificateAuthority.isIssuedBy(c, a))) {
      throw new GeneralSecurityException(file + " was not issued by the authority beside it");
    }
    CertificateSubject s = CertificateSubject.of(c);
    if (!s.nation().equals(nation.code()) || !s.role().equals(Optional.of(Role.NODE))) {
      throw new GeneralSecurityException(file + " is no certificate of a node of " + nation);
    }
    Expiry.requireValid(file, c, now);
    try {
      Tls.requireUsable(own, trust, CertificateAuthority.hostName(nation));
    } catch (GeneralSecurityException e) {
      throw new GeneralSecurityException(file + " " + e.getMessage(), e);
    }
  }
}
