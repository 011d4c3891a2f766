package parallax.link;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import parallax.model.Channel;
import parallax.model.InvalidValueException;
import parallax.model.Nation;

/**
 * What passes between the two ends of a stream. The originator sends Hello, Batch and Heartbeat;
 * the recipient sends Welcome, Ack and Heartbeat; either may send Refusal as its last.
 *
 * <p>Times of sending are the sender's own clock, nanoseconds since 1970; the other side only
 * returns them, so clocks need not agree. 0 means none.
 */
public sealed interface Frame {
  /** The version of the protocol described in docs/protocol.md. */
  int PROTOCOL_VERSION = 1;

  /**
   * First frame of the originator.
   *
   * @param protocolVersion version it speaks
   * @param originator whose reports will come
   * @param recipient whom they are for
   * @param channel what the data is
   * @param agreementDigest SHA-256 of the agreement the originator goes by
   * @param sessionId tells this connection from others in logs
   */
  record Hello(
      int protocolVersion,
      Nation originator,
      Nation recipient,
      Channel channel,
      Digest agreementDigest,
      long sessionId)
      implements Frame {}

  /**
   * The recipient's answer to a Hello it accepts: where to go on.
   *
   * @param nextSeq number of the next record it wants, from 1
   * @param chainHash hash of the chain up to the record before
   */
  record Welcome(long nextSeq, Digest chainHash) implements Frame {
    /** Validates the number. */
    public Welcome {
      requireSeq("next number", nextSeq);
    }
  }

  /**
   * Consecutive records under one signature.
   *
   * @param firstSeq number of the first record, from 1; the others follow without a hole
   * @param records encoded reports, at least one; the arrays are not copied
   * @param chainHash hash of the chain up to the last record
   * @param signature the originator's over {@link BatchSignature}
   * @param sentAtNs time of sending, returned in Ack
   */
  @SuppressWarnings("ArrayRecordComponent") // equality is defined below
  record Batch(
      long firstSeq, List<byte[]> records, Digest chainHash, byte[] signature, long sentAtNs)
      implements Frame {
    /** Validates the numbers and copies the list. */
    public Batch {
      requireSeq("first number of the batch", firstSeq);
      records = List.copyOf(records);
      if (records.isEmpty()) {
        throw new InvalidValueException("records of the batch", "empty", "at least one");
      }
      if (firstSeq > Long.MAX_VALUE - records.size()) {
        throw new InvalidValueException(
            "first number of the batch", firstSeq, "room for " + records.size() + " records");
      }
    }

    /** Number of the last record. */
    public long lastSeq() {
      return firstSeq + records.size() - 1;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Batch b
          && firstSeq == b.firstSeq
          && sentAtNs == b.sentAtNs
          && chainHash.equals(b.chainHash)
          && Arrays.equals(signature, b.signature)
          && Arrays.deepEquals(records.toArray(), b.records.toArray());
    }

    @Override
    public int hashCode() {
      return 31 * Long.hashCode(firstSeq) + chainHash.hashCode();
    }

    @Override
    public String toString() {
      return "Batch[" + firstSeq + " to " + lastSeq() + ", chain " + chainHash + "]";
    }
  }

  /**
   * The recipient holds everything before a number durably.
   *
   * @param nextSeq number of the next record it wants
   * @param echoSentAtNs time of sending of the batch that caused it
   */
  record Ack(long nextSeq, long echoSentAtNs) implements Frame {
    /** Validates the number. */
    public Ack {
      requireSeq("next number", nextSeq);
    }
  }

  /**
   * Sign of life. The recipient answers each of the originator's with one of its own.
   *
   * @param highWaterMark originator: number of the last record assigned; recipient: of the last
   *     record held; 0 when there is none
   * @param sentAtNs time of sending
   * @param echoSentAtNs from the recipient: {@code sentAtNs} of the heartbeat it answers
   */
  record Heartbeat(long highWaterMark, long sentAtNs, long echoSentAtNs) implements Frame {
    /** Validates the mark. */
    public Heartbeat {
      if (highWaterMark < 0) {
        throw new InvalidValueException("high-water mark", highWaterMark, "0 or more");
      }
    }
  }

  /**
   * Last frame before breaking off.
   *
   * @param code why
   * @param detail for people; at most 200 printable characters, others are replaced by a question
   *     mark
   */
  record Refusal(ViolationCode code, String detail) implements Frame {
    private static final int LONGEST = 200;

    /** Cuts and cleans the detail, which may come from anybody. */
    public Refusal {
      StringBuilder clean = new StringBuilder();
      for (int i = 0; i < Math.min(LONGEST, detail.length()); i++) {
        char c = detail.charAt(i);
        clean.append(c >= ' ' && c <= '~' ? c : '?');
      }
      detail = clean.toString();
    }
  }

  private static void requireSeq(String field, long seq) {
    if (seq < 1) {
      throw new InvalidValueException(field, seq, "1 or more");
    }
  }
}
