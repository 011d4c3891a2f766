package parallax.credentials;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import parallax.model.Channel;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.signing.SigningKey;
import parallax.signing.VerificationKey;

/**
 * An Ed25519 key as a file: {@code .seed} holds the secret half, {@code .pub} the public one.
 *
 * <p>US-ASCII; lines that start with {@code #} are remarks; the one other line is nation, what the
 * key signs ({@code stream-EXERCISE}, {@code agreement}), {@code secret} or {@code public}, and 64
 * hexadecimal digits. The file says itself what it is, so that a key that lies under another key's
 * name, or in another nation's folder, is refused.
 *
 * @param nation whose key it is
 * @param signs what it signs
 * @param half whether it is the secret or the public half
 * @param hex the half itself, 64 hexadecimal digits
 */
record KeyFile(Nation nation, String signs, Half half, String hex) {
  /** What the agreement key signs. */
  static final String AGREEMENT = "agreement";

  private static final int DIGITS = 2 * VerificationKey.LENGTH;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Which half of a key. */
  enum Half {
    SECRET("secret", ".seed"),
    PUBLIC("public", ".pub");

    private final String word;
    private final String suffix;

    Half(String word, String suffix) {
      this.word = word;
      this.suffix = suffix;
    }

    String suffix() {
      return suffix;
    }
  }

  /** What the key of a channel's streams signs, and its file's name without suffix. */
  static String stream(Channel channel) {
    return "stream-" + channel;
  }

  /** What the key of a channel's audit log signs, and its file's name without suffix. */
  static String log(Channel channel) {
    return "log-" + channel;
  }

  /** Makes a new key and writes {@code name.seed} (for the owner only) and {@code name.pub}. */
  static SigningKey create(Path directory, String name, Nation nation, String signs)
      throws IOException {
    byte[] seed = new byte[SigningKey.SEED_LENGTH];
    RANDOM.nextBytes(seed);
    SigningKey key = SigningKey.fromSeed(seed);
    KeyFile secret = new KeyFile(nation, signs, Half.SECRET, HexFormat.of().formatHex(seed));
    KeyFile open = new KeyFile(nation, signs, Half.PUBLIC, key.key().toHex());
    CertificateAuthority.writeSecret(
        directory.resolve(name + Half.SECRET.suffix), secret.format("keep secret"));
    Files.writeString(
        directory.resolve(name + Half.PUBLIC.suffix),
        open.format("fingerprint " + Fingerprints.of(key.key())),
        StandardCharsets.US_ASCII);
    return key;
  }

  private String format(String remark) {
    return "# " + remark + "\n" + nation + " " + signs + " " + half.word + " " + hex + "\n";
  }

  /**
   * Reads either half.
   *
   * @throws InvalidValueException when the file is no key file; the message never quotes a secret
   */
  static KeyFile read(Path file) throws IOException {
    List<String> lines =
        new String(Files.readAllBytes(file), StandardCharsets.US_ASCII)
            .lines()
            .filter(l -> !l.isBlank() && !l.startsWith("#"))
            .toList();
    String expected = "one line: nation, what it signs, secret or public, " + DIGITS + " digits";
    if (lines.size() != 1) {
      throw new InvalidValueException(
          file.toString(), "a file of " + lines.size() + " lines", expected);
    }
    String[] words = lines.get(0).strip().split(" +", -1);
    if (words.length != 4) {
      throw new InvalidValueException(
          file.toString(), "a line of " + words.length + " words", expected);
    }
    Half half = null;
    for (Half h : Half.values()) {
      if (h.word.equals(words[2])) {
        half = h;
      }
    }
    if (half == null || !words[3].matches("[0-9a-fA-F]{" + DIGITS + "}")) {
      throw new InvalidValueException(file.toString(), "no key file", expected);
    }
    return new KeyFile(new Nation(words[0]), words[1], half, words[3]);
  }

  /**
   * Reads a file that must hold one certain half of one certain key.
   *
   * @throws InvalidValueException when it is another's
   */
  static KeyFile read(Path file, Nation nation, String signs, Half half) throws IOException {
    KeyFile k = read(file);
    if (!k.nation.equals(nation) || !k.signs.equals(signs) || k.half != half) {
      throw new InvalidValueException(
          file.toString(), k.what(), new KeyFile(nation, signs, half, "").what());
    }
    return k;
  }

  /** What it is, for people; never the key itself. */
  String what() {
    return "the " + half.word + " half of the " + signs + " key of " + nation;
  }

  SigningKey signingKey() {
    return SigningKey.fromSeed(HexFormat.of().parseHex(hex));
  }

  /** The public half, whichever half the file holds. */
  VerificationKey verificationKey() {
    return half == Half.SECRET ? signingKey().key() : VerificationKey.fromHex(hex);
  }

  @Override
  public String toString() {
    return "KeyFile[" + what() + "]";
  }
}
