package parallax.audit;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parallax.model.InvalidValueException;
import parallax.signing.SigningKey;

/**
 * A text and signatures under it (C2SP signed-note): the text, an empty line, and a line of em
 * dash, name and base64 for each signature.
 *
 * @param text ends in a newline
 * @param signatures at least one
 */
public record Note(String text, List<Signature> signatures) {
  private static final String DASH = "\u2014 ";
  private static final int MOST_SIGNATURES = 64;
  private static final int TIME_LENGTH = 8;

  /**
   * A line under a note.
   *
   * @param name whose
   * @param bytes the key's identifier, four bytes, and the signature
   */
  @SuppressWarnings("ArrayRecordComponent") // equality is defined below
  public record Signature(String name, byte[] bytes) {
    boolean isOf(NoteKey key) {
      return name.equals(key.name())
          && Arrays.equals(Arrays.copyOf(bytes, NoteKey.ID_LENGTH), key.id());
    }

    private byte[] value() {
      return Arrays.copyOfRange(bytes, NoteKey.ID_LENGTH, bytes.length);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Signature s && name.equals(s.name) && Arrays.equals(bytes, s.bytes);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
      return DASH + name + " " + Base64Text.of(bytes);
    }
  }

  /** Copies the list. */
  public Note {
    signatures = List.copyOf(signatures);
  }

  /**
   * Reads a note; no signature is verified.
   *
   * @throws InvalidValueException when the bytes are none
   */
  public static Note parse(byte[] bytes) {
    String all = utf8(bytes);
    int end = all.lastIndexOf("\n\n");
    if (end < 0) {
      throw new InvalidValueException(
          "note", "without an empty line", "a text, an empty line and signatures");
    }
    String lines = all.substring(end + 2);
    if (lines.isEmpty() || !lines.endsWith("\n")) {
      throw new InvalidValueException(
          "end of the note", lines.isEmpty() ? "missing" : "cut off", "lines of signatures");
    }
    List<Signature> signatures = new ArrayList<>();
    for (String line : lines.substring(0, lines.length() - 1).split("\n", -1)) {
      signatures.add(signature(line));
    }
    if (signatures.size() > MOST_SIGNATURES) {
      throw new InvalidValueException(
          "number of signatures", signatures.size(), "at most " + MOST_SIGNATURES);
    }
    return new Note(all.substring(0, end + 1), signatures);
  }

  private static Signature signature(String line) {
    int space = line.lastIndexOf(' ');
    if (!line.startsWith(DASH) || space < DASH.length()) {
      throw new InvalidValueException(
          "signature of the note", Base64Text.shortened(line), "an em dash, a name and base64");
    }
    String name = line.substring(DASH.length(), space);
    NoteKey.requireName(name);
    byte[] bytes = Base64Text.decode("signature of the note", line.substring(space + 1));
    if (bytes.length <= NoteKey.ID_LENGTH) {
      throw new InvalidValueException(
          "signature of the note", bytes.length + " bytes", "an identifier and a signature");
    }
    return new Signature(name, bytes);
  }

  private static String utf8(byte[] bytes) {
    for (byte b : bytes) {
      if (b >= 0 && b < ' ' && b != '\n') {
        throw new InvalidValueException("byte of the note", b, "no control character but newline");
      }
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new InvalidValueException("text of the note", "not UTF-8", "UTF-8");
    }
  }

  /** The bytes that {@link #parse} reads. */
  public byte[] bytes() {
    StringBuilder b = new StringBuilder(text).append('\n');
    signatures.forEach(s -> b.append(s).append('\n'));
    return b.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** A note with one signature. */
  static Note signed(String text, String name, SigningKey key) {
    byte[] signature = key.signNote(text.getBytes(StandardCharsets.UTF_8));
    NoteKey verifies = new NoteKey(name, NoteKey.Use.NOTE, key.key());
    return new Note(text, List.of(new Signature(name, joined(verifies.id(), signature))));
  }

  /**
   * This note, cosigned.
   *
   * @param name by whom
   * @param key with what
   * @param unixSeconds when, seconds since 1970
   */
  Note cosigned(String name, SigningKey key, long unixSeconds) {
    byte[] time = ByteBuffer.allocate(TIME_LENGTH).putLong(unixSeconds).array();
    byte[] value = joined(time, key.signNote(cosignedText(unixSeconds)));
    NoteKey verifies = new NoteKey(name, NoteKey.Use.COSIGNATURE, key.key());
    List<Signature> all = new ArrayList<>(signatures);
    all.add(new Signature(name, joined(verifies.id(), value)));
    return new Note(text, all);
  }

  private byte[] cosignedText(long unixSeconds) {
    return ("cosignature/v1\ntime " + unixSeconds + "\n" + text).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] joined(byte[] a, byte[] b) {
    byte[] all = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, all, a.length, b.length);
    return all;
  }

  /**
   * Whether a key has signed it: there is a line of the key's, and every one verifies.
   *
   * @param key a key of use {@link NoteKey.Use#NOTE}
   */
  public boolean isSignedBy(NoteKey key) {
    List<Signature> own = signatures.stream().filter(s -> s.isOf(key)).toList();
    byte[] signed = text.getBytes(StandardCharsets.UTF_8);
    return key.use() == NoteKey.Use.NOTE
        && !own.isEmpty()
        && own.stream().allMatch(s -> key.key().verifyNote(signed, s.value()));
  }

  /**
   * When a key cosigned it, seconds since 1970, if there is a line of the key's and every one
   * verifies; the latest of several.
   *
   * @param key a key of use {@link NoteKey.Use#COSIGNATURE}
   */
  public Optional<Long> cosignedAt(NoteKey key) {
    Optional<Long> latest = Optional.empty();
    for (Signature s : signatures) {
      if (key.use() == NoteKey.Use.COSIGNATURE && s.isOf(key)) {
        byte[] value = s.value();
        if (value.length != TIME_LENGTH + SigningKey.SIGNATURE_LENGTH) {
          return Optional.empty();
        }
        long time = ByteBuffer.wrap(value).getLong();
        byte[] signature = Arrays.copyOfRange(value, TIME_LENGTH, value.length);
        if (time < 0 || !key.key().verifyNote(cosignedText(time), signature)) {
          return Optional.empty();
        }
        latest = Optional.of(Math.max(time, latest.orElse(0L)));
      }
    }
    return latest;
  }
}
