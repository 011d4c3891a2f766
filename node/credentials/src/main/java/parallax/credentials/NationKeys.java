package parallax.credentials;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import parallax.credentials.CertificateAuthority.Role;
import parallax.credentials.KeyFile.Half;
import parallax.model.Channel;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.signing.SigningKey;
import parallax.signing.VerificationKey;

/**
 * All keys of a nation as files of one directory: what {@code parallax keys} makes and what nodes
 * and clients read.
 *
 * <pre>
 *   ca.pem ca.key                    the nation's authority
 *   node.pem node.key                its node
 *   sensor.pem .key operator.pem .key  its clients
 *   stream-REAL.seed .pub ...        what signs the streams of each channel
 *   stream-REAL.next.seed .pub       what will sign them next
 *   log-REAL.seed .pub ...           what signs the audit log of each channel
 *   agreement.seed .pub              what signs agreements
 * </pre>
 */
public final class NationKeys {
  /** The authority's certificate. */
  public static final String AUTHORITY = "ca.pem";

  /** The authority's key. */
  public static final String AUTHORITY_KEY = "ca.key";

  /** What an export calls the list of fingerprints. */
  public static final String FINGERPRINTS = "fingerprints.txt";

  private static final String NEXT = ".next";

  private NationKeys() {}

  /**
   * A file and what it is for.
   *
   * @param name the file's name
   * @param purpose what it is for, and who needs it
   * @param offline whether it must be kept off every machine with a network
   */
  public record Made(String name, String purpose, boolean offline) {}

  /** How a role's files are called, without suffix. */
  public static String name(Role role) {
    return role.name().toLowerCase(Locale.ROOT);
  }

  /** The file, in {@code directory}, of the key that signs the streams of a channel. */
  public static Path streamSeed(Path directory, Channel channel) {
    return directory.resolve(KeyFile.stream(channel) + Half.SECRET.suffix());
  }

  /** The file, in {@code directory}, of the key that will sign the streams of a channel next. */
  public static Path nextStreamSeed(Path directory, Channel channel) {
    return directory.resolve(KeyFile.stream(channel) + NEXT + Half.SECRET.suffix());
  }

  /** The file, in {@code directory}, of the key that verifies the streams of a channel. */
  public static Path streamKey(Path directory, Channel channel) {
    return directory.resolve(KeyFile.stream(channel) + Half.PUBLIC.suffix());
  }

  /** The file, in {@code directory}, of the key that signs agreements. */
  public static Path agreementSeed(Path directory) {
    return directory.resolve(KeyFile.AGREEMENT + Half.SECRET.suffix());
  }

  /** The file, in {@code directory}, of the key that verifies agreements. */
  public static Path agreementKey(Path directory) {
    return directory.resolve(KeyFile.AGREEMENT + Half.PUBLIC.suffix());
  }

  /**
   * Reads the key that signs a nation's streams on one channel.
   *
   * @throws InvalidValueException when the file holds another nation's or channel's key
   */
  public static SigningKey readStreamSeed(Path file, Nation nation, Channel channel)
      throws IOException {
    return KeyFile.read(file, nation, KeyFile.stream(channel), Half.SECRET).signingKey();
  }

  /**
   * Reads the key that verifies a nation's streams on one channel.
   *
   * @throws InvalidValueException when the file holds another nation's or channel's key
   */
  public static VerificationKey readStreamKey(Path file, Nation nation, Channel channel)
      throws IOException {
    return KeyFile.read(file, nation, KeyFile.stream(channel), Half.PUBLIC).verificationKey();
  }

  /** The file, in {@code directory}, of the key that signs the audit log of a channel. */
  public static Path logSeed(Path directory, Channel channel) {
    return directory.resolve(KeyFile.log(channel) + Half.SECRET.suffix());
  }

  /** The file, in {@code directory}, of the key that verifies the audit log of a channel. */
  public static Path logKey(Path directory, Channel channel) {
    return directory.resolve(KeyFile.log(channel) + Half.PUBLIC.suffix());
  }

  /**
   * Reads the key that signs a nation's audit log on one channel; makes it when neither half is
   * there.
   *
   * @throws InvalidValueException when the file holds another nation's or channel's key
   */
  public static SigningKey ownLogSeed(Path directory, Nation nation, Channel channel)
      throws IOException {
    Path seed = logSeed(directory, channel);
    if (!Files.exists(seed) && !Files.exists(logKey(directory, channel))) {
      return KeyFile.create(directory, KeyFile.log(channel), nation, KeyFile.log(channel));
    }
    return KeyFile.read(seed, nation, KeyFile.log(channel), Half.SECRET).signingKey();
  }

  /**
   * Reads the key that verifies a nation's audit log on one channel, from either half.
   *
   * @throws InvalidValueException when the file holds another nation's or channel's key
   */
  public static VerificationKey readLogKey(Path file, Nation nation, Channel channel)
      throws IOException {
    KeyFile k = KeyFile.read(file);
    return KeyFile.read(file, nation, KeyFile.log(channel), k.half()).verificationKey();
  }

  /** Reads the key a nation signs agreements with. */
  public static SigningKey readAgreementSeed(Path file, Nation nation) throws IOException {
    return KeyFile.read(file, nation, KeyFile.AGREEMENT, Half.SECRET).signingKey();
  }

  /** Reads the key that verifies a nation's signatures under agreements. */
  public static VerificationKey readAgreementKey(Path file, Nation nation) throws IOException {
    return KeyFile.read(file, nation, KeyFile.AGREEMENT, Half.PUBLIC).verificationKey();
  }

  /**
   * Makes every key of a nation.
   *
   * @param authorityDays how long the authority is valid
   * @param certificateDays how long its certificates are
   * @return what each file is for
   * @throws InvalidValueException when one of the files is there already; nothing is written then
   */
  public static List<Made> create(
      Nation nation, Path directory, Instant now, int authorityDays, int certificateDays)
      throws IOException, GeneralSecurityException {
    List<Made> made = made(nation);
    for (Made m : made) {
      if (Files.exists(directory.resolve(m.name()))) {
        throw new InvalidValueException(
            directory.toString(), "holding " + m.name() + " already", "a directory without keys");
      }
    }
    if (!Files.isDirectory(directory)) {
      Path parent = directory.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Files.createDirectory(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    CertificateAuthority ca = CertificateAuthority.create(nation, now, authorityDays);
    ca.write(directory);
    for (Role r : Role.values()) {
      ca.issue(r, directory, name(r), now, certificateDays);
    }
    for (Channel c : Channel.values()) {
      KeyFile.create(directory, KeyFile.stream(c), nation, KeyFile.stream(c));
      KeyFile.create(directory, KeyFile.log(c), nation, KeyFile.log(c));
    }
    KeyFile.create(directory, KeyFile.AGREEMENT, nation, KeyFile.AGREEMENT);
    return made;
  }

  private static List<Made> made(Nation nation) {
    List<Made> out = new ArrayList<>();
    out.add(
        new Made(
            AUTHORITY_KEY, "the authority's key: issues every certificate of " + nation, true));
    out.add(
        new Made(
            KeyFile.AGREEMENT + Half.SECRET.suffix(),
            "signs agreements in the name of " + nation,
            true));
    out.add(new Made(AUTHORITY, "the authority's certificate: partners and clients pin it", false));
    for (Role r : Role.values()) {
      String whose =
          switch (r) {
            case NODE -> "the node";
            case SENSOR -> "sensor gateways, at the national port";
            case OPERATOR -> "operators' programs, at the national port";
          };
      out.add(new Made(name(r) + ".pem", "certificate of " + whose, false));
      out.add(new Made(name(r) + ".key", "key of " + whose + "; secret", false));
    }
    for (Channel c : Channel.values()) {
      out.add(
          new Made(
              KeyFile.stream(c) + Half.SECRET.suffix(),
              "signs streams on channel " + c + "; secret, for nodes on " + c + " only",
              false));
      out.add(
          new Made(KeyFile.stream(c) + Half.PUBLIC.suffix(), "verifies them: for partners", false));
      out.add(
          new Made(
              KeyFile.log(c) + Half.SECRET.suffix(),
              "signs the audit log of channel " + c + "; secret, for nodes on " + c + " only",
              false));
      out.add(
          new Made(
              KeyFile.log(c) + Half.PUBLIC.suffix(),
              "verifies it: for partners and auditors",
              false));
    }
    out.add(
        new Made(
            KeyFile.AGREEMENT + Half.PUBLIC.suffix(),
            "verifies signatures under agreements: for partners",
            false));
    return out;
  }

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
    X509Certificate ca = CertificateAuthority.readCertificate(directory.resolve(AUTHORITY));
    String nation = CertificateSubject.of(ca).nation();
    List<Path> files = new ArrayList<>(List.of(directory.resolve(AUTHORITY)));
    StringBuilder text = new StringBuilder();
    text.append("Fingerprints (SHA-256) of the keys of ").append(nation).append(".\n");
    text.append("Compare them over another way than the files came before you use the files.\n\n");
    text.append(AUTHORITY).append('\n').append("  ").append(Fingerprints.of(ca)).append('\n');
    for (Path p : list(directory, Half.PUBLIC.suffix())) {
      KeyFile k = KeyFile.read(p);
      if (k.half() != Half.PUBLIC || !k.nation().code().equals(nation)) {
        throw new InvalidValueException(
            p.toString(), k.what(), "the public half of a key of " + nation);
      }
      files.add(p);
      text.append(p.getFileName()).append('\n');
      text.append("  ").append(Fingerprints.of(k.verificationKey())).append('\n');
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
      Files.write(target, Files.readAllBytes(p));
      written.add(String.valueOf(p.getFileName()));
    }
    Files.writeString(to.resolve(FINGERPRINTS), text, StandardCharsets.US_ASCII);
    written.add(FINGERPRINTS);
    return written;
  }

  private static List<Path> list(Path directory, String suffix) throws IOException {
    try (var list = Files.list(directory)) {
      return list.filter(p -> p.toString().endsWith(suffix)).sorted().toList();
    }
  }

  /**
   * Issues a new certificate for a role, with a new key, and puts it in the place of the old one.
   *
   * @param to the directory of the certificate; may be another than the authority's
   */
  public static X509Certificate renew(Path directory, Path to, Role role, Instant now, int days)
      throws IOException, GeneralSecurityException {
    return CertificateAuthority.read(directory).issue(role, to, name(role), now, days);
  }

  /** The same for an operator who is a person with a name. */
  public static X509Certificate renewOperator(
      Path directory, Path to, String person, Instant now, int days)
      throws IOException, GeneralSecurityException {
    return CertificateAuthority.read(directory)
        .issueOperator(person, to, name(Role.OPERATOR), now, days);
  }

  /**
   * Makes the key that will sign a channel's streams next, beside the present one.
   *
   * @return the names of the two files
   * @throws InvalidValueException when there is no present key, or a next one already
   */
  public static List<String> rotateStream(Path directory, Channel channel) throws IOException {
    KeyFile now = KeyFile.read(streamSeed(directory, channel));
    String signs = KeyFile.stream(channel);
    if (!now.signs().equals(signs) || now.half() != Half.SECRET) {
      throw new InvalidValueException(
          streamSeed(directory, channel).toString(), now.what(), "the secret of " + signs);
    }
    List<String> names =
        List.of(signs + NEXT + Half.SECRET.suffix(), signs + NEXT + Half.PUBLIC.suffix());
    for (String n : names) {
      if (Files.exists(directory.resolve(n))) {
        throw new InvalidValueException(
            directory.toString(), "holding " + n + " already", "no rotation under way");
      }
    }
    KeyFile.create(directory, signs + NEXT, now.nation(), signs);
    return names;
  }

  /** Describes every key and certificate of a directory, or the one of a file. */
  public static List<KeyDescription> describe(Path directoryOrFile, Instant now)
      throws IOException, GeneralSecurityException {
    if (!Files.isDirectory(directoryOrFile)) {
      return List.of(KeyDescription.of(directoryOrFile, now));
    }
    List<KeyDescription> out = new ArrayList<>();
    for (String suffix : List.of(".pem", Half.SECRET.suffix(), Half.PUBLIC.suffix())) {
      for (Path p : list(directoryOrFile, suffix)) {
        out.add(KeyDescription.of(p, now));
      }
    }
    return out;
  }
}
