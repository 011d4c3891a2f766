package parallax.audit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import parallax.link.Digest;
import parallax.model.InvalidValueException;

/**
 * The proof that a log was shown in two versions: two checkpoints with the log's signature that no
 * one append-only log can have. With it anybody who has the log's public key sees that its owner
 * broke the promise.
 *
 * <p>With equal sizes the two roots say it all. Otherwise {@code rootThen} is the root that the
 * larger log had at the smaller one's size: the consistency proof leads from it to the larger root,
 * and it is not the root that the smaller checkpoint signs.
 *
 * @param smaller the checkpoint of the smaller size
 * @param larger the other
 * @param rootThen root of the larger log at the smaller size
 * @param proof consistency proof from {@code rootThen} to the larger root
 */
public record ForkProof(
    Checkpoint.Signed smaller, Checkpoint.Signed larger, Digest rootThen, List<Digest> proof) {
  private static final String FIRST = "parallax fork proof 1";

  /** Copies the list. */
  public ForkProof {
    proof = List.copyOf(proof);
  }

  /**
   * Requires that it proves a fork.
   *
   * @param key the log's
   * @throws InvalidValueException when it does not, saying why
   */
  public void verify(NoteKey key) {
    smaller.requireSignedBy(key);
    larger.requireSignedBy(key);
    Checkpoint a = smaller.checkpoint();
    Checkpoint b = larger.checkpoint();
    if (!a.origin().equals(b.origin())) {
      throw new InvalidValueException(
          "origins of the fork proof", a.origin() + " and " + b.origin(), "those of one log");
    }
    if (!new Proofs().provesConsistency(a.size(), b.size(), rootThen, b.root(), proof)) {
      throw new InvalidValueException(
          "consistency proof of the fork proof",
          "none",
          "one from the root then to the larger one");
    }
    if (rootThen.equals(a.root())) {
      throw new InvalidValueException(
          "fork proof", "of two checkpoints that agree", "of two that do not");
    }
  }

  /** The file: base64, one line each. */
  public byte[] bytes() {
    StringBuilder b = new StringBuilder(FIRST).append('\n');
    b.append(Base64Text.of(smaller.bytes())).append('\n');
    b.append(Base64Text.of(larger.bytes())).append('\n');
    b.append(Base64Text.of(rootThen)).append('\n');
    proof.forEach(p -> b.append(Base64Text.of(p)).append('\n'));
    return b.toString().getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Reads a file; nothing in it is verified.
   *
   * @throws InvalidValueException when it is no fork proof
   */
  public static ForkProof parse(byte[] bytes) {
    List<String> lines = List.of(new String(bytes, StandardCharsets.ISO_8859_1).split("\n", -1));
    if (lines.size() < 5 || !lines.getFirst().equals(FIRST) || !lines.getLast().isEmpty()) {
      throw new InvalidValueException(
          "fork proof", "not one", FIRST + ", two checkpoints, a root and a proof");
    }
    List<Digest> proof = new ArrayList<>();
    for (String line : lines.subList(4, lines.size() - 1)) {
      proof.add(Base64Text.digest("hash of the consistency proof", line));
    }
    return new ForkProof(
        Checkpoint.Signed.parse(Base64Text.decode("first checkpoint", lines.get(1))),
        Checkpoint.Signed.parse(Base64Text.decode("second checkpoint", lines.get(2))),
        Base64Text.digest("root then", lines.get(3)),
        proof);
  }
}
