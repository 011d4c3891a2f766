package parallax.credentials;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import parallax.credentials.CertificateAuthority.Role;

/**
 * Whom a certificate names.
 *
 * @param nation what stands for the nation, as it stands there: a certificate can name anything
 * @param role what it is for; empty for an authority
 * @param name its holder's own name
 */
public record CertificateSubject(String nation, Optional<Role> role, String name) {
  /**
   * Reads the subject of a certificate.
   *
   * @throws GeneralSecurityException when it names no nation or a role that is none
   */
  public static CertificateSubject of(X509Certificate certificate) throws GeneralSecurityException {
    String nation =
        part(certificate, "O")
            .orElseThrow(() -> new GeneralSecurityException("certificate names no nation (O=)"));
    String name = part(certificate, "CN").orElse("");
    Optional<String> unit = part(certificate, "OU");
    if (unit.isEmpty()) {
      return new CertificateSubject(nation, Optional.empty(), name);
    }
    for (Role r : Role.values()) {
      if (r.name().equals(unit.get())) {
        return new CertificateSubject(nation, Optional.of(r), name);
      }
    }
    throw new GeneralSecurityException(
        "certificate has role '" + unit.get() + "'; expected a known role");
  }

  private static Optional<String> part(X509Certificate c, String type)
      throws GeneralSecurityException {
    try {
      for (Rdn rdn : new LdapName(c.getSubjectX500Principal().getName()).getRdns()) {
        if (rdn.getType().equalsIgnoreCase(type)) {
          return Optional.of(String.valueOf(rdn.getValue()));
        }
      }
      return Optional.empty();
    } catch (InvalidNameException e) {
      throw new GeneralSecurityException("certificate subject is malformed", e);
    }
  }
}
