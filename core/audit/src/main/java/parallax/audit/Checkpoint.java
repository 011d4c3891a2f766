package parallax.audit;

import java.util.ArrayList;
import java.util.List;
import parallax.link.Digest;
import parallax.model.InvalidValueException;
import parallax.signing.SigningKey;

/**
 * What a log commits to: so many entries, with this root (C2SP tlog-checkpoint). As text: origin,
 * size and root in base64, one line each, then further lines if there are any.
 *
 * @param origin the log's name, unique among all logs
 * @param size how many entries
 * @param root the root of the tree over them
 * @param extensions further lines, not empty
 */
public record Checkpoint(String origin, long size, Digest root, List<String> extensions) {
  /** The file of a log that holds its newest checkpoint. */
  public static final String PATH = "checkpoint";

  /** Validates the lines and copies the list. */
  public Checkpoint {
    extensions = List.copyOf(extensions);
    requireLine("origin of the checkpoint", origin);
    extensions.forEach(e -> requireLine("extension of the checkpoint", e));
    if (size < 0) {
      throw new InvalidValueException("size of the checkpoint", size, "0 or more");
    }
  }

  private static void requireLine(String field, String line) {
    if (line.isEmpty() || line.indexOf('\n') >= 0) {
      throw new InvalidValueException(field, line.isEmpty() ? "empty" : "two lines", "one line");
    }
  }

  /** A checkpoint without extensions. */
  public Checkpoint(String origin, long size, Digest root) {
    this(origin, size, root, List.of());
  }

  /** The text that is signed. */
  public String text() {
    StringBuilder b = new StringBuilder();
    b.append(origin)
        .append('\n')
        .append(size)
        .append('\n')
        .append(Base64Text.of(root))
        .append('\n');
    extensions.forEach(e -> b.append(e).append('\n'));
    return b.toString();
  }

  /**
   * Reads the text.
   *
   * @throws InvalidValueException when it is no checkpoint
   */
  public static Checkpoint parse(String text) {
    List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
    if (lines.size() < 4 || !lines.removeLast().isEmpty()) {
      throw new InvalidValueException(
          "checkpoint", lines.size() + " lines", "origin, size and root, each on a line");
    }
    return new Checkpoint(
        lines.get(0),
        decimal("size of the checkpoint", lines.get(1)),
        Base64Text.digest("root of the checkpoint", lines.get(2)),
        lines.subList(3, lines.size()));
  }

  static long decimal(String field, String text) {
    try {
      long n = Long.parseLong(text);
      if (n >= 0 && Long.toString(n).equals(text)) {
        return n;
      }
    } catch (NumberFormatException e) {
      throw new InvalidValueException(field, Base64Text.shortened(text), "a number");
    }
    throw new InvalidValueException(
        field, Base64Text.shortened(text), "a number of 0 or more in its one spelling");
  }

  /** This checkpoint, signed by the log, whose key goes by the origin. */
  public Signed sign(SigningKey key) {
    return new Signed(this, Note.signed(text(), origin, key));
  }

  /**
   * A checkpoint and the note that it is the text of.
   *
   * @param checkpoint what is signed
   * @param note with what signatures
   */
  public record Signed(Checkpoint checkpoint, Note note) {
    /**
     * Reads a signed checkpoint; no signature is verified.
     *
     * @throws InvalidValueException when the bytes are none
     */
    public static Signed parse(byte[] bytes) {
      Note note = Note.parse(bytes);
      return new Signed(Checkpoint.parse(note.text()), note);
    }

    /** The bytes that {@link #parse} reads. */
    public byte[] bytes() {
      return note.bytes();
    }

    /**
     * Requires the log's own signature.
     *
     * @throws InvalidValueException when the key did not sign it
     */
    public Signed requireSignedBy(NoteKey key) {
      if (!note.isSignedBy(key)) {
        throw new InvalidValueException(
            "signature of the checkpoint of " + checkpoint.origin() + " at " + checkpoint.size(),
            "not that of key " + key.key().fingerprint() + " under the name " + key.name(),
            "the log's own");
      }
      return this;
    }

    /**
     * Cosigned: the cosigner saw this checkpoint, and no other of this log that contradicts it.
     *
     * @param name the cosigner's
     * @param key the cosigner's, used for nothing else
     * @param unixSeconds when, seconds since 1970
     */
    public Signed cosign(String name, SigningKey key, long unixSeconds) {
      return new Signed(checkpoint, note.cosigned(name, key, unixSeconds));
    }
  }
}
