package parallax.wire;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parallax.link.Digest;
import parallax.model.InvalidValueException;
import parallax.wire.fields.WireFields;
import parallax.wire.proto.CheckpointOffer;
import parallax.wire.proto.CheckpointQuestion;

/** What partners ask and are shown of each other's logs ({@code parallax.v1.Link/Checkpoint}). */
public final class CheckpointCodec {
  /** A proof of RFC 6962 has at most so many hashes. */
  private static final int LONGEST_PROOF = 64;

  private static final int LONGEST_ORIGIN = 200;

  private CheckpointCodec() {}

  /**
   * What the caller holds of the log of whom it asks.
   *
   * @param origin the log's name; empty when nothing is held
   * @param size how many entries the newest checkpoint held speaks of
   */
  public record Question(String origin, long size) {}

  /**
   * What is shown.
   *
   * @param checkpoint a signed checkpoint's bytes, nothing about them checked
   * @param rootThen the root that the log had at the size that is held, if it is the same log
   * @param proof consistency proof from there
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Offer(byte[] checkpoint, Optional<Digest> rootThen, List<Digest> proof) {
    /** Copies the list. */
    public Offer {
      proof = List.copyOf(proof);
    }
  }

  /** Encodes a question. */
  public static byte[] encode(Question q) {
    return CheckpointQuestion.newBuilder()
        .setOrigin(q.origin())
        .setSize(q.size())
        .build()
        .toByteArray();
  }

  /** Decodes a question; throws {@link InvalidValueException} when the bytes are none. */
  public static Question decodeQuestion(byte[] bytes) {
    CheckpointQuestion q =
        WireFields.parse(CheckpointQuestion.parser(), "checkpoint question", bytes);
    if (q.getOrigin().length() > LONGEST_ORIGIN) {
      throw new InvalidValueException(
          "origin of the log asked for",
          q.getOrigin().length() + " characters",
          "at most " + LONGEST_ORIGIN);
    }
    if (q.getSize() < 0) {
      throw new InvalidValueException("size of the log held", q.getSize(), "0 or more");
    }
    return new Question(q.getOrigin(), q.getSize());
  }

  /** Encodes an offer. */
  public static byte[] encode(Offer o) {
    CheckpointOffer.Builder b =
        CheckpointOffer.newBuilder().setCheckpoint(WireFields.bytes(o.checkpoint()));
    o.rootThen().ifPresent(r -> b.setRootThen(WireFields.bytes(r.bytes())));
    o.proof().forEach(p -> b.addProof(WireFields.bytes(p.bytes())));
    return b.build().toByteArray();
  }

  /** Decodes an offer; throws {@link InvalidValueException} when the bytes are none. */
  public static Offer decodeOffer(byte[] bytes) {
    CheckpointOffer o = WireFields.parse(CheckpointOffer.parser(), "checkpoint offer", bytes);
    if (o.getProofCount() > LONGEST_PROOF) {
      throw new InvalidValueException(
          "consistency proof", o.getProofCount() + " hashes", "at most " + LONGEST_PROOF);
    }
    List<Digest> proof = new ArrayList<>();
    o.getProofList().forEach(p -> proof.add(digest("hash of the consistency proof", p)));
    return new Offer(
        o.getCheckpoint().toByteArray(),
        o.getRootThen().isEmpty()
            ? Optional.empty()
            : Optional.of(digest("root at the size held", o.getRootThen())),
        proof);
  }

  private static Digest digest(String field, ByteString bytes) {
    return Digest.of(WireFields.exactly(field, bytes, Digest.LENGTH));
  }
}
