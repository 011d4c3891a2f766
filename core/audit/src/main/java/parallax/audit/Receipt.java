package parallax.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import parallax.link.Digest;
import parallax.model.InvalidValueException;

/**
 * The proof that one entry is in a log, in one file that anybody can check with the log's public
 * key alone (C2SP tlog-proof): the entry itself as {@code extra}, its place, the inclusion proof,
 * and the signed checkpoint.
 *
 * @param entry the entry's bytes
 * @param index its place in the log, from 0
 * @param proof the inclusion proof
 * @param checkpoint the signed checkpoint of a tree that the entry is in
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Receipt(byte[] entry, long index, List<Digest> proof, Checkpoint.Signed checkpoint) {
  private static final String FIRST = "c2sp.org/tlog-proof@v1";
  private static final String EXTRA = "extra ";
  private static final String INDEX = "index ";
  private static final int LONGEST_PROOF = 63;

  /** Copies the list. */
  public Receipt {
    proof = List.copyOf(proof);
  }

  /**
   * Makes the receipt of an entry.
   *
   * @param log the log, read as large as the checkpoint says
   * @throws DamagedLogException when the log's files do not give the checkpoint's root
   */
  public static Receipt of(LogReader log, long index, Checkpoint.Signed checkpoint)
      throws IOException {
    byte[] entry = log.entry(index);
    Receipt r =
        new Receipt(entry, index, new Proofs().inclusion(index, log.size(), log), checkpoint);
    if (!r.isProven()) {
      throw new DamagedLogException(
          log.bundlePath(index),
          "the way from entry " + index + " to the root",
          "another",
          "one to the signed root " + Base64Text.of(checkpoint.checkpoint().root()));
    }
    return r;
  }

  private boolean isProven() {
    Checkpoint c = checkpoint.checkpoint();
    Digest leaf = new MerkleHasher().leaf(entry);
    return new Proofs().provesInclusion(index, c.size(), leaf, proof, c.root());
  }

  /**
   * Checks everything: the signature under the checkpoint and the way from the entry to its root.
   *
   * @param key the log's
   * @return the entry
   * @throws InvalidValueException when something does not hold, saying what
   */
  public LogEntry verify(NoteKey key) {
    checkpoint.requireSignedBy(key);
    Checkpoint c = checkpoint.checkpoint();
    if (!isProven()) {
      throw new InvalidValueException(
          "inclusion proof",
          "none that the entry is number " + index,
          "one that leads to the signed root " + Base64Text.of(c.root()) + " at " + c.size());
    }
    return LogEntry.parse(entry);
  }

  /** The file. */
  public byte[] bytes() {
    StringBuilder b = new StringBuilder(FIRST).append('\n');
    b.append(EXTRA).append(Base64Text.of(entry)).append('\n');
    b.append(INDEX).append(index).append('\n');
    proof.forEach(p -> b.append(Base64Text.of(p)).append('\n'));
    b.append('\n');
    byte[] head = b.toString().getBytes(StandardCharsets.US_ASCII);
    byte[] tail = checkpoint.bytes();
    byte[] all = Arrays.copyOf(head, head.length + tail.length);
    System.arraycopy(tail, 0, all, head.length, tail.length);
    return all;
  }

  /**
   * Reads a file; nothing in it is verified.
   *
   * @throws InvalidValueException when it is no receipt
   */
  public static Receipt parse(byte[] bytes) {
    String all = new String(bytes, StandardCharsets.ISO_8859_1);
    int end = all.indexOf("\n\n");
    if (!all.startsWith(FIRST + "\n") || end < 0) {
      throw new InvalidValueException("receipt", "no tlog-proof", "first line " + FIRST);
    }
    List<String> lines = List.of(all.substring(0, end).split("\n", -1));
    if (lines.size() < 3 || !lines.get(1).startsWith(EXTRA) || !lines.get(2).startsWith(INDEX)) {
      throw new InvalidValueException(
          "head of the receipt", lines.size() + " lines", "'extra' with the entry, then 'index'");
    }
    if (lines.size() > 3 + LONGEST_PROOF) {
      throw new InvalidValueException(
          "inclusion proof", (lines.size() - 3) + " hashes", "at most " + LONGEST_PROOF);
    }
    List<Digest> proof = new ArrayList<>();
    for (String line : lines.subList(3, lines.size())) {
      proof.add(Base64Text.digest("hash of the inclusion proof", line));
    }
    return new Receipt(
        Base64Text.decode("entry of the receipt", lines.get(1).substring(EXTRA.length())),
        Checkpoint.decimal("index of the receipt", lines.get(2).substring(INDEX.length())),
        proof,
        Checkpoint.Signed.parse(Arrays.copyOfRange(bytes, end + 2, bytes.length)));
  }
}
