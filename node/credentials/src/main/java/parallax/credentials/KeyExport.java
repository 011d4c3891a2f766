package parallax.credentials;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import parallax.credentials.KeyFile.Half;
import parallax.files.WholeFile;
import parallax.model.InvalidValueException;

/** What a nation hands to its partners of its keys. */
public final class KeyExport {
  /** What the list of fingerprints is called. */
  public static final String FINGERPRINTS = "fingerprints.txt";

  private KeyExport() {}

  /**
   * Copies what partners need, and nothing else: the authority's certificate, every public key, and
   * a text with their fingerprints.
   *
   * @return the names of the files written
   * @throws InvalidValueException when the target holds one of them with other content, or a file
   *     called public is not
   */
  public static List<String> export(Path directory, Path to)
      throws IOException, GeneralSecurityException {
    Path authority = directory.resolve(NationKeys.AUTHORITY);
    List<X509Certificate> authorities = PemFile.certificates(authority);
    String nation = CertificateSubject.of(authorities.getFirst()).nation();
    List<Path> files = new ArrayList<>(List.of(authority));
    StringBuilder text = new StringBuilder();
    text.append("Fingerprints (SHA-256) of the keys of ").append(nation).append(".\n");
    text.append("Compare them over another way than the files came before you use the files.\n\n");
    text.append(NationKeys.AUTHORITY).append('\n');
    for (X509Certificate ca : authorities) {
      text.append("  ").append(Fingerprints.of(ca)).append('\n');
    }
    for (Path p : KeyDescription.list(directory, Half.PUBLIC.suffix())) {
      KeyFile k = KeyFile.read(p);
      if (k.half() != Half.PUBLIC || !k.nation().code().equals(nation)) {
        throw new InvalidValueException(
            p.toString(), k.what(), "the public half of a key of " + nation);
      }
      files.add(p);
      text.append(p.getFileName()).append('\n');
      text.append("  ").append(Fingerprints.of(k.key())).append('\n');
    }
    Files.createDirectories(to);
    List<String> written = new ArrayList<>();
    for (Path p : files) {
      Path target = to.resolve(String.valueOf(p.getFileName()));
      if (Files.exists(target) && Files.mismatch(p, target) >= 0) {
        throw new InvalidValueException(
            target.toString(), "there with other content", "no such file, or the same");
      }
    }
    for (Path p : files) {
      Path target = to.resolve(String.valueOf(p.getFileName()));
      WholeFile.write(target, Files.readAllBytes(p));
      written.add(String.valueOf(p.getFileName()));
    }
    WholeFile.write(to.resolve(FINGERPRINTS), text.toString().getBytes(StandardCharsets.US_ASCII));
    written.add(FINGERPRINTS);
    return written;
  }
}
