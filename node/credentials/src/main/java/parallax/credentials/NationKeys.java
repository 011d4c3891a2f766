package parallax.credentials;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import parallax.credentials.CertificateAuthority.Role;
import parallax.credentials.KeyFile.Half;
import parallax.model.Channel;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.signing.SigningKey;
import parallax.signing.VerificationKey;

/**
 * All keys of a nation as files of one directory: where they are, and how they are read. {@link
 * NewKeys} makes them.
 *
 * <pre>
 *   ca.pem ca.key                    the nation's authority
 *   node.pem node.key                its node
 *   sensor.pem .key operator.pem .key  its clients
 *   stream-REAL.seed .pub ...        what signs the streams of each channel
 *   stream-REAL.next.seed .pub       what will sign them next
 *   log-REAL.seed .pub ...           what signs the audit log of each channel
 *   agreement.seed .pub              what signs agreements
 *   key.passphrase                   what the keys beside it are encrypted with, if they are
 * </pre>
 */
public final class NationKeys {
  /** The authority's certificate. */
  public static final String AUTHORITY = "ca.pem";

  /** The authority's key. */
  public static final String AUTHORITY_KEY = "ca.key";

  /** What the name of the key that will sign a channel's streams next ends with. */
  static final String NEXT = ".next";

  private NationKeys() {}

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
    return KeyFile.read(file, nation, KeyFile.stream(channel), Half.SECRET)
        .signingKey(file, Passphrase.beside());
  }

  /**
   * Reads the key that verifies a nation's streams on one channel.
   *
   * @throws InvalidValueException when the file holds another nation's or channel's key
   */
  public static VerificationKey readStreamKey(Path file, Nation nation, Channel channel)
      throws IOException {
    return KeyFile.read(file, nation, KeyFile.stream(channel), Half.PUBLIC).key();
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
      return KeyFile.create(
          directory,
          KeyFile.log(channel),
          nation,
          KeyFile.log(channel),
          Passphrase.forNewKeysIn(directory));
    }
    return KeyFile.read(seed, nation, KeyFile.log(channel), Half.SECRET)
        .signingKey(seed, Passphrase.beside());
  }

  /**
   * Reads the key that verifies a nation's audit log on one channel, from either half.
   *
   * @throws InvalidValueException when the file holds another nation's or channel's key
   */
  public static VerificationKey readLogKey(Path file, Nation nation, Channel channel)
      throws IOException {
    KeyFile k = KeyFile.read(file);
    return KeyFile.read(file, nation, KeyFile.log(channel), k.half()).key();
  }

  /**
   * Reads the key a nation signs agreements with. When it is encrypted, its passphrase is in the
   * file beside it, or is asked for at the terminal.
   */
  public static SigningKey readAgreementSeed(Path file, Nation nation) throws IOException {
    return KeyFile.read(file, nation, KeyFile.AGREEMENT, Half.SECRET)
        .signingKey(file, Passphrase.besideOrTyped());
  }

  /** Reads the key that verifies a nation's signatures under agreements. */
  public static VerificationKey readAgreementKey(Path file, Nation nation) throws IOException {
    return KeyFile.read(file, nation, KeyFile.AGREEMENT, Half.PUBLIC).key();
  }
}
