package parallax.credentials;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import parallax.model.InvalidValueException;

/**
 * What may be said of a key or certificate.
 *
 * @param file its file
 * @param nation the nation it names
 * @param role what it is for
 * @param fingerprint SHA-256 of the certificate or of the public half of the key
 * @param serial serial number of a certificate, hexadecimal
 * @param validFrom when a certificate begins to be valid; keys have no term
 * @param validUntil when it ceases to be
 * @param daysLeft whole days until then; negative when it has ceased
 */
public record KeyDescription(
    Path file,
    String nation,
    String role,
    String fingerprint,
    Optional<String> serial,
    Optional<Instant> validFrom,
    Optional<Instant> validUntil,
    Optional<Long> daysLeft) {

  static KeyDescription of(Path file, Instant now) throws IOException, GeneralSecurityException {
    String name = String.valueOf(file.getFileName());
    if (name.endsWith(".pem")) {
      X509Certificate c = CertificateAuthority.readCertificate(file);
      CertificateSubject s = CertificateSubject.of(c);
      return new KeyDescription(
          file,
          s.nation(),
          s.role().map(NationKeys::name).orElse("authority"),
          Fingerprints.of(c),
          Optional.of(c.getSerialNumber().toString(16)),
          Optional.of(c.getNotBefore().toInstant()),
          Optional.of(c.getNotAfter().toInstant()),
          Optional.of(daysLeft(c, now)));
    }
    if (name.endsWith(KeyFile.Half.SECRET.suffix())
        || name.endsWith(KeyFile.Half.PUBLIC.suffix())) {
      KeyFile k = KeyFile.read(file);
      return new KeyDescription(
          file,
          k.nation().code(),
          k.signs() + (k.half() == KeyFile.Half.SECRET ? ", secret" : ""),
          Fingerprints.of(k.verificationKey()),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
    }
    throw new InvalidValueException(
        "file to show", file, "a certificate (.pem), a key (.seed, .pub) or a directory of them");
  }

  /** Whole days until a certificate ceases to be valid, rounded down. */
  public static long daysLeft(X509Certificate certificate, Instant now) {
    return Math.floorDiv(
        Duration.between(now, certificate.getNotAfter().toInstant()).toSeconds(), 86_400L);
  }
}
