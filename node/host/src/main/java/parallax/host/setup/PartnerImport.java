package parallax.host.setup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import parallax.credentials.CertificateAuthority;
import parallax.credentials.Fingerprints;
import parallax.credentials.KeyFolder;
import parallax.credentials.NationKeys;
import parallax.files.SmallFile;
import parallax.host.NodeCertificate;
import parallax.host.NodeDirectory;
import parallax.model.Channel;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.release.AgreementSignature;

/**
 * Takes what a partner sent: its authority and public keys, as {@code parallax keys export} wrote
 * them, and perhaps the agreement and signatures. All of it is looked at before any is put in
 * place.
 */
final class PartnerImport {
  private static final Pattern KEY = Pattern.compile("(stream|log)-([A-Z]+)\\.pub");

  private final NodeDirectory directory;
  private final Nation partner;
  private final Map<Path, byte[]> take = new LinkedHashMap<>();
  private final List<AgreementSignature> signatures = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private byte[] agreement = new byte[0];

  private PartnerImport(NodeDirectory directory, Nation partner) {
    this.directory = directory;
    this.partner = partner;
  }

  /**
   * Looks at what a partner sent.
   *
   * @throws InvalidValueException when something is another nation's, secret, or differs from what
   *     lies here
   */
  static PartnerImport of(NodeDirectory directory, Nation partner, List<Path> sent)
      throws IOException, GeneralSecurityException {
    PartnerImport in = new PartnerImport(directory, partner);
    for (Path p : sent) {
      if (Files.isDirectory(p)) {
        try (Stream<Path> list = Files.list(p)) {
          for (Path file : list.filter(Files::isRegularFile).sorted().toList()) {
            in.look(file);
          }
        }
      } else if (Files.isRegularFile(p)) {
        in.look(p);
      } else {
        throw new InvalidValueException(
            "what " + partner + " sent", p + ", where nothing is", "a folder or file that it sent");
      }
    }
    for (Map.Entry<Path, byte[]> t : in.take.entrySet()) {
      Folders.requireSame(
          t.getKey(),
          t.getValue(),
          "the same. If "
              + partner
              + " has new keys, and you have compared their fingerprints, put them there by hand");
    }
    return in;
  }

  private void look(Path file) throws IOException, GeneralSecurityException {
    String name = String.valueOf(file.getFileName());
    Matcher key = KEY.matcher(name);
    if (KeyFolder.isSecret(name)) {
      throw new InvalidValueException(
          "what " + partner + " sent",
          file + ", a secret key that nobody may send",
          "public keys only. Tell "
              + partner
              + " to make new keys: this one is no secret any more");
    } else if (name.equals(NationKeys.AUTHORITY)) {
      List<X509Certificate> pinned = CertificateAuthority.readCertificates(file);
      NodeCertificate.requireNation(file, pinned, partner);
      take.put(directory.partner(partner).resolve(name), Files.readAllBytes(file));
      pinned.forEach(c -> notes.add("authority of " + partner + ", SHA-256 " + Fingerprints.of(c)));
    } else if (key.matches()) {
      key(file, name, key.group(1), channel(key.group(2), file));
    } else if (name.equals("agreement.pub") || name.equals(partner + ".pub")) {
      var unused = NationKeys.readAgreementKey(file, partner);
      take.put(directory.agreementKey(partner), Files.readAllBytes(file));
    } else if (name.equals(NodeDirectory.AGREEMENT)) {
      agreement = SmallFile.bytes(file);
    } else if (name.endsWith(".sig")) {
      signatures.add(AgreementSignature.parse(SmallFile.text(file), file.toString()));
    }
  }

  private void key(Path file, String name, String signs, Channel channel) throws IOException {
    if (signs.equals("stream")) {
      var unused = NationKeys.readStreamKey(file, partner, channel);
    } else {
      var unused = NationKeys.readLogKey(file, partner, channel);
    }
    take.put(directory.partner(partner).resolve(name), Files.readAllBytes(file));
  }

  private static Channel channel(String name, Path file) {
    for (Channel c : Channel.values()) {
      if (c.name().equals(name)) {
        return c;
      }
    }
    throw new InvalidValueException(
        file.toString(), "for channel " + name, "a channel that exists");
  }

  /** Puts the keys in place. */
  void put(Said said) throws IOException {
    for (Map.Entry<Path, byte[]> t : take.entrySet()) {
      Folders.put(t.getKey(), t.getValue(), "", said);
    }
  }

  /** The text of the agreement that it sent; empty when it sent none. */
  byte[] agreement() {
    return agreement.clone();
  }

  /** The signatures that it sent. */
  List<AgreementSignature> signatures() {
    return List.copyOf(signatures);
  }

  /** What people must compare over another way. */
  List<String> notes() {
    return List.copyOf(notes);
  }

  /** Who sent it. */
  Nation partner() {
    return partner;
  }
}
