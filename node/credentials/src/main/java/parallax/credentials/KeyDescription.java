package parallax.credentials;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import parallax.credentials.KeyFile.Half;
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
  private static final String PEM = ".pem";

  /** Describes every key and certificate of a directory, or those of a file. */
  public static List<KeyDescription> of(Path directoryOrFile, Instant now)
      throws IOException, GeneralSecurityException {
    if (!Files.isDirectory(directoryOrFile)) {
      return ofFile(directoryOrFile, now);
    }
    List<KeyDescription> out = new ArrayList<>();
    for (String suffix : List.of(PEM, Half.SECRET.suffix(), Half.PUBLIC.suffix())) {
      for (Path p : list(directoryOrFile, suffix)) {
        out.addAll(ofFile(p, now));
      }
    }
    return out;
  }

  /** The files of a directory whose names end in a certain way. */
  static List<Path> list(Path directory, String suffix) throws IOException {
    try (Stream<Path> list = Files.list(directory)) {
      return list.filter(p -> p.toString().endsWith(suffix)).sorted().toList();
    }
  }

  private static List<KeyDescription> ofFile(Path file, Instant now)
      throws IOException, GeneralSecurityException {
    String name = String.valueOf(file.getFileName());
    if (name.endsWith(PEM)) {
      List<KeyDescription> out = new ArrayList<>();
      for (X509Certificate c : PemFile.certificates(file)) {
        out.add(of(file, c, now));
      }
      return out;
    }
    if (name.endsWith(Half.SECRET.suffix()) || name.endsWith(Half.PUBLIC.suffix())) {
      return List.of(of(file, KeyFile.read(file)));
    }
    throw new InvalidValueException(
        "file to show", file, "a certificate (.pem), a key (.seed, .pub) or a directory of them");
  }

  private static KeyDescription of(Path file, X509Certificate c, Instant now)
      throws GeneralSecurityException {
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

  private static KeyDescription of(Path file, KeyFile k) {
    return new KeyDescription(
        file,
        k.nation().code(),
        k.signs()
            + (k.half() == Half.SECRET ? ", secret" : "")
            + (k.isEncrypted() ? ", encrypted" : ""),
        Fingerprints.of(k.key()),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Whole days until a certificate ceases to be valid, rounded down. */
  public static long daysLeft(X509Certificate certificate, Instant now) {
    return Math.floorDiv(
        Duration.between(now, certificate.getNotAfter().toInstant()).toSeconds(), 86_400L);
  }
}
