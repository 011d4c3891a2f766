package parallax.credentials;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import parallax.credentials.CertificateAuthority.Role;
import parallax.credentials.KeyFile.Half;
import parallax.files.WholeFile;
import parallax.model.Channel;
import parallax.model.InvalidValueException;
import parallax.model.Nation;

/** Makes the keys and certificates of a nation: all of them, or one in the place of another. */
public final class NewKeys {
  private NewKeys() {}

  /**
   * A file and what it is for.
   *
   * @param name the file's name
   * @param purpose what it is for, and who needs it
   * @param offline whether it must be kept off every machine with a network
   */
  public record Made(String name, String purpose, boolean offline) {}

  /** Makes every key of a nation; none is encrypted. */
  public static List<Made> create(
      Nation nation, Path directory, Instant now, int authorityDays, int certificateDays)
      throws IOException, GeneralSecurityException {
    return create(nation, directory, now, authorityDays, certificateDays, Optional.empty());
  }

  /**
   * Makes every key of a nation.
   *
   * @param authorityDays how long the authority is valid
   * @param certificateDays how long its certificates are
   * @param passphrase encrypts every secret when there is one
   * @return what each file is for
   * @throws InvalidValueException when one of the files is there already; nothing is written then
   */
  public static List<Made> create(
      Nation nation,
      Path directory,
      Instant now,
      int authorityDays,
      int certificateDays,
      Optional<char[]> passphrase)
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
    ca.write(directory, passphrase);
    for (Role r : Role.values()) {
      ca.issue(
          r,
          CertificateAuthority.hostName(nation),
          directory,
          NationKeys.name(r),
          now,
          certificateDays,
          passphrase);
    }
    for (Channel c : Channel.values()) {
      KeyFile.create(directory, KeyFile.stream(c), nation, KeyFile.stream(c), passphrase);
      KeyFile.create(directory, KeyFile.log(c), nation, KeyFile.log(c), passphrase);
    }
    KeyFile.create(directory, KeyFile.AGREEMENT, nation, KeyFile.AGREEMENT, passphrase);
    return made;
  }

  private static List<Made> made(Nation nation) {
    List<Made> out = new ArrayList<>();
    out.add(
        new Made(
            NationKeys.AUTHORITY_KEY,
            "the authority's key: issues every certificate of " + nation,
            true));
    out.add(
        new Made(
            KeyFile.AGREEMENT + Half.SECRET.suffix(),
            "signs agreements in the name of " + nation,
            true));
    out.add(
        new Made(
            NationKeys.AUTHORITY,
            "the authority's certificate: partners and clients pin it",
            false));
    for (Role r : Role.values()) {
      String whose =
          switch (r) {
            case NODE -> "the node";
            case SENSOR -> "sensor gateways, at the national port";
            case OPERATOR -> "operators' programs, at the national port";
          };
      out.add(new Made(NationKeys.name(r) + ".pem", "certificate of " + whose, false));
      out.add(new Made(NationKeys.name(r) + ".key", "key of " + whose + "; secret", false));
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
   * Issues a new certificate for a role, with a new key, and puts it in the place of the old one.
   * The key is encrypted when there is a passphrase in the file beside it.
   *
   * @param to the directory of the certificate; may be another than the authority's
   * @param passphrase asked when the authority's key is encrypted
   */
  public static X509Certificate renew(
      Path directory, Path to, Role role, Instant now, int days, Passphrase passphrase)
      throws IOException, GeneralSecurityException {
    return CertificateAuthority.read(directory, passphrase)
        .issue(role, to, NationKeys.name(role), now, days);
  }

  /** The same for a holder who has a name: an operator who is a person, a sensor gateway. */
  public static X509Certificate renewFor(
      String holder,
      Path directory,
      Path to,
      Role role,
      Instant now,
      int days,
      Passphrase passphrase)
      throws IOException, GeneralSecurityException {
    return CertificateAuthority.read(directory, passphrase)
        .issueTo(holder, role, to, NationKeys.name(role), now, days);
  }

  /**
   * Makes the key that will sign a channel's streams next, beside the present one. It is encrypted
   * when there is a passphrase in the file beside it.
   *
   * @return the names of the two files
   * @throws InvalidValueException when there is no present key, or a next one already
   */
  public static List<String> rotateStream(Path directory, Channel channel) throws IOException {
    KeyFile now = presentStream(directory, channel);
    String signs = now.signs();
    List<String> names =
        List.of(
            signs + NationKeys.NEXT + Half.SECRET.suffix(),
            signs + NationKeys.NEXT + Half.PUBLIC.suffix());
    for (String n : names) {
      if (Files.exists(directory.resolve(n))) {
        throw new InvalidValueException(
            directory.toString(), "holding " + n + " already", "no rotation under way");
      }
    }
    KeyFile.create(
        directory,
        signs + NationKeys.NEXT,
        now.nation(),
        signs,
        Passphrase.forNewKeysIn(directory));
    return names;
  }

  /**
   * Puts a new stream key of a channel in the place of the present one, for a journal that was lost
   * or a key that was stolen: nothing announces it, partners are told out of band. The present one
   * is kept under another name, and so is one that was to be the next.
   *
   * @return the names of the new key's two files
   * @throws InvalidValueException when there is no present key
   */
  public static List<String> replaceStream(Path directory, Channel channel, Instant now)
      throws IOException {
    KeyFile present = presentStream(directory, channel);
    String name = present.signs();
    Optional<char[]> passphrase = Passphrase.forNewKeysIn(directory); // before any file is moved
    String since = ".before-" + now.getEpochSecond();
    for (String which : List.of(name, name + NationKeys.NEXT)) {
      for (Half h : Half.values()) {
        Path file = directory.resolve(which + h.suffix());
        if (Files.exists(file)) {
          Files.move(file, directory.resolve(which + since + h.suffix()));
        }
      }
    }
    KeyFile.create(directory, name, present.nation(), name, passphrase);
    return List.of(name + Half.SECRET.suffix(), name + Half.PUBLIC.suffix());
  }

  private static KeyFile presentStream(Path directory, Channel channel) throws IOException {
    Path seed = NationKeys.streamSeed(directory, channel);
    KeyFile present = KeyFile.read(seed);
    String signs = KeyFile.stream(channel);
    if (!present.signs().equals(signs) || present.half() != Half.SECRET) {
      throw new InvalidValueException(seed.toString(), present.what(), "the secret of " + signs);
    }
    return present;
  }

  /**
   * Encrypts a secret that lies in a file without a passphrase.
   *
   * @param file a {@code .key} or {@code .seed}
   * @throws InvalidValueException when it is another file, or encrypted already
   */
  public static void encrypt(Path file, char[] passphrase)
      throws IOException, GeneralSecurityException {
    String name = String.valueOf(file.getFileName());
    if (name.endsWith(Half.SECRET.suffix())) {
      KeyFile.read(file).encrypt(file, passphrase);
    } else if (name.endsWith(".key")) {
      PrivateKey key =
          PemFile.ecKey(
              file,
              f -> {
                throw new InvalidValueException(
                    f.toString(), "encrypted already", "a secret that is not encrypted");
              });
      WholeFile.writeSecret(
          file,
          PemFile.text(PrivateKeyInfo.getInstance(key.getEncoded()), Optional.of(passphrase)));
    } else {
      throw new InvalidValueException(
          "file to encrypt", file, "a secret: the key of a certificate (.key) or a .seed");
    }
  }
}
