package parallax.audit;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import parallax.model.InvalidValueException;
import parallax.signing.VerificationKey;

/**
 * A key that verifies signatures under notes, and the name it goes by (C2SP signed-note).
 *
 * @param name a text without spaces and plus signs; a log's is its origin
 * @param use what it signs
 * @param key the key
 */
public record NoteKey(String name, Use use, VerificationKey key) {
  /** What a key signs. */
  public enum Use {
    /** Notes, among them a log's own checkpoints. */
    NOTE(1),
    /** Checkpoints of others' logs, with a time (C2SP tlog-cosignature, {@code cosignature/v1}). */
    COSIGNATURE(4);

    private final int type;

    Use(int type) {
      this.type = type;
    }
  }

  static final int ID_LENGTH = 4;

  /** Validates the name. */
  public NoteKey {
    requireName(name);
  }

  static void requireName(String name) {
    if (name.isEmpty()
        || name.indexOf('+') >= 0
        || name.codePoints()
            .anyMatch(c -> c < ' ' || Character.isSpaceChar(c) || Character.isWhitespace(c))) {
      throw new InvalidValueException(
          "name of the key", Base64Text.shortened(name), "a text without spaces and plus signs");
    }
  }

  /** The first four bytes of SHA-256( name || 0x0A || type || key ). */
  public byte[] id() {
    byte[] n = name.getBytes(StandardCharsets.UTF_8);
    byte[] k = key.bytes();
    byte[] all = Arrays.copyOf(n, n.length + 2 + k.length);
    all[n.length] = '\n';
    all[n.length + 1] = (byte) use.type;
    System.arraycopy(k, 0, all, n.length + 2, k.length);
    return Arrays.copyOf(new MerkleHasher().plain(all).bytes(), ID_LENGTH);
  }

  /**
   * The key of its text form: name, identifier and key joined by plus signs, as programs of others
   * take it (a {@code vkey}).
   *
   * @throws InvalidValueException when the text is none, or the identifier is not the key's
   */
  public static NoteKey parse(String text) {
    String expected = "name+8 hexadecimal digits+base64 of type and key";
    String[] parts = text.split("\\+", 3);
    if (parts.length != 3) {
      throw new InvalidValueException("key of a note", Base64Text.shortened(text), expected);
    }
    byte[] typed = Base64Text.decode("key of a note", parts[2]);
    if (typed.length == 1 + VerificationKey.LENGTH) {
      for (Use u : Use.values()) {
        if (typed[0] == u.type) {
          NoteKey k =
              new NoteKey(
                  parts[0], u, VerificationKey.of(Arrays.copyOfRange(typed, 1, typed.length)));
          if (k.toString().equals(text)) {
            return k;
          }
          throw new InvalidValueException(
              "identifier of the key", "'" + parts[1] + "'", HexFormat.of().formatHex(k.id()));
        }
      }
    }
    throw new InvalidValueException("key of a note", Base64Text.shortened(text), expected);
  }

  /** The text form that {@link #parse} reads. */
  @Override
  public String toString() {
    byte[] k = key.bytes();
    byte[] typed = new byte[1 + k.length];
    typed[0] = (byte) use.type;
    System.arraycopy(k, 0, typed, 1, k.length);
    return name + "+" + HexFormat.of().formatHex(id()) + "+" + Base64Text.of(typed);
  }
}
