package parallax.credentials;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import parallax.files.SmallFile;
import parallax.files.WholeFile;
import parallax.model.Channel;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.model.Utf8Text;
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
 * <p>A secret half may be encrypted: the line is then nation, what the key signs, {@code secret
 * encrypted} and the 64 digits of the public half, and the key follows as an {@code ENCRYPTED
 * PRIVATE KEY} block (PKCS 8, RFC 8410).
 *
 * @param nation whose key it is
 * @param signs what it signs
 * @param half whether it is the secret or the public half
 * @param key the public half, which either file tells
 * @param secret of a secret half, its 64 hexadecimal digits or the encrypted block
 */
record KeyFile(Nation nation, String signs, Half half, VerificationKey key, String secret) {
  /** What the agreement key signs. */
  static final String AGREEMENT = "agreement";

  private static final int DIGITS = 2 * VerificationKey.LENGTH;
  private static final String HEX = "[0-9a-fA-F]{" + DIGITS + "}";
  private static final String ENCRYPTED = "encrypted";
  private static final String BLOCK = "-----BEGIN ";
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

  /**
   * Makes a new key and writes {@code name.seed} (for the owner only) and {@code name.pub}.
   *
   * @param passphrase encrypts the secret half
   */
  static SigningKey create(
      Path directory, String name, Nation nation, String signs, Optional<char[]> passphrase)
      throws IOException {
    byte[] seed = new byte[SigningKey.SEED_LENGTH];
    RANDOM.nextBytes(seed);
    SigningKey key = SigningKey.fromSeed(seed);
    writeSecret(directory.resolve(name + Half.SECRET.suffix), nation, signs, seed, passphrase);
    WholeFile.write(
        directory.resolve(name + Half.PUBLIC.suffix),
        ascii(
            "# fingerprint "
                + Fingerprints.of(key.key())
                + "\n"
                + nation
                + " "
                + signs
                + " "
                + Half.PUBLIC.word
                + " "
                + key.key().toHex()
                + "\n"));
    return key;
  }

  private static void writeSecret(
      Path file, Nation nation, String signs, byte[] seed, Optional<char[]> passphrase)
      throws IOException {
    String secret =
        passphrase.isEmpty()
            ? HexFormat.of().formatHex(seed) + "\n"
            : ENCRYPTED
                + " "
                + SigningKey.fromSeed(seed).key().toHex()
                + "\n"
                + block(seed, passphrase);
    WholeFile.writeSecret(
        file,
        ascii("# keep secret\n" + nation + " " + signs + " " + Half.SECRET.word + " " + secret));
  }

  /**
   * Puts this secret half, encrypted, in the place of the file that it was read from.
   *
   * @throws InvalidValueException when it is encrypted already, or no secret
   */
  void encrypt(Path file, char[] passphrase) throws IOException {
    if (half != Half.SECRET || isEncrypted()) {
      throw new InvalidValueException(
          file.toString(),
          isEncrypted() ? "encrypted already" : what(),
          "a secret that is not encrypted");
    }
    writeSecret(file, nation, signs, HexFormat.of().parseHex(secret), Optional.of(passphrase));
  }

  private static String block(byte[] seed, Optional<char[]> passphrase) throws IOException {
    PrivateKeyInfo info =
        new PrivateKeyInfo(
            new AlgorithmIdentifier(EdECObjectIdentifiers.id_Ed25519), new DEROctetString(seed));
    return new String(PemFile.text(info, passphrase), StandardCharsets.US_ASCII);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Reads either half; an encrypted one is not decrypted yet.
   *
   * @throws InvalidValueException when the file is no key file; the message never quotes a secret
   */
  static KeyFile read(Path file) throws IOException {
    String text = Utf8Text.decode(SmallFile.whole(file), file.toString());
    int end = text.indexOf(BLOCK);
    String head = end < 0 ? text : text.substring(0, end);
    List<String> lines = head.lines().filter(l -> !l.isBlank() && !l.startsWith("#")).toList();
    String expected = "one line: nation, what it signs, secret or public, " + DIGITS + " digits";
    if (lines.size() != 1) {
      throw new InvalidValueException(
          file.toString(), "a file of " + lines.size() + " lines", expected);
    }
    String[] words = lines.get(0).strip().split(" +", -1);
    boolean encrypted = words.length == 5 && words[3].equals(ENCRYPTED) && end >= 0;
    if (words.length != 4 && !encrypted) {
      throw new InvalidValueException(
          file.toString(), "a line of " + words.length + " words", expected);
    }
    String hex = words[words.length - 1];
    boolean secret = words[2].equals(Half.SECRET.word);
    if (!(secret || (words[2].equals(Half.PUBLIC.word) && !encrypted)) || !hex.matches(HEX)) {
      throw new InvalidValueException(file.toString(), "no key file", expected);
    }
    Nation nation = new Nation(words[0]);
    if (secret && !encrypted) {
      VerificationKey key = SigningKey.fromSeed(HexFormat.of().parseHex(hex)).key();
      return new KeyFile(nation, words[1], Half.SECRET, key, hex);
    }
    return new KeyFile(
        nation,
        words[1],
        secret ? Half.SECRET : Half.PUBLIC,
        VerificationKey.fromHex(hex),
        encrypted ? text.substring(end) : "");
  }

  /**
   * Reads a file that must hold one certain half of one certain key.
   *
   * @throws InvalidValueException when it is another's
   */
  static KeyFile read(Path file, Nation nation, String signs, Half half) throws IOException {
    KeyFile k = read(file);
    if (!k.nation.equals(nation) || !k.signs.equals(signs) || k.half != half) {
      throw new InvalidValueException(file.toString(), k.what(), what(nation, signs, half));
    }
    return k;
  }

  /** What it is, for people; never the key itself. */
  String what() {
    return what(nation, signs, half);
  }

  private static String what(Nation nation, String signs, Half half) {
    return "the " + half.word + " half of the " + signs + " key of " + nation;
  }

  /** Whether it takes a passphrase to use it. */
  boolean isEncrypted() {
    return secret.startsWith(BLOCK);
  }

  /**
   * The key to sign with.
   *
   * @param file where it was read
   * @param passphrase asked when it is encrypted
   * @throws InvalidValueException when the passphrase is wrong, or the file holds another key than
   *     it says
   */
  SigningKey signingKey(Path file, Passphrase passphrase) throws IOException {
    if (!isEncrypted()) {
      return SigningKey.fromSeed(HexFormat.of().parseHex(secret));
    }
    String expected = "what 'parallax keys' wrote, and its passphrase";
    char[] given = passphrase.of(file);
    SigningKey decrypted;
    try {
      PrivateKeyInfo info = PemFile.key(file, ascii(secret), f -> given);
      decrypted =
          SigningKey.fromSeed(ASN1OctetString.getInstance(info.parsePrivateKey()).getOctets());
    } catch (GeneralSecurityException e) {
      throw new InvalidValueException(
          file.toString(),
          "encrypted with another passphrase than the one given, or damaged",
          expected);
    } catch (IllegalArgumentException e) {
      throw new InvalidValueException(file.toString(), "no Ed25519 key inside", expected);
    }
    if (!decrypted.key().equals(key)) {
      throw new InvalidValueException(file.toString(), "another key inside than it says", expected);
    }
    return decrypted;
  }

  @Override
  public String toString() {
    return "KeyFile[" + what() + "]";
  }
}
