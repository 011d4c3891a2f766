package parallax.link;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import parallax.model.Channel;
import parallax.model.InvalidValueException;

/**
 * What passes between the two ends of a stream. The originator sends Hello, Batch, Gap and
 * Heartbeat; the recipient sends Welcome, Ack and SetAside; either may send Suspension, and Refusal
 * as its last.
 *
 * <p>Times of sending are the sender's own clock, nanoseconds since 1970; the other side only
 * returns them, so clocks need not agree. 0 means none.
 */
public sealed interface Frame {
  /** The newest version spoken of the protocol: docs/protocol.md describes it. */
  int PROTOCOL_VERSION = 3;

  /** The oldest version spoken. It lacks {@link SetAside}. */
  int OLDEST_VERSION = 2;

  /** The first version that has {@link SetAside}. */
  int SET_ASIDE_SINCE = 3;

  /**
   * First frame of the originator.
   *
   * @param oldestVersion oldest version it speaks
   * @param newestVersion newest version it speaks
   * @param stream the stream that will come
   * @param channel what the data is
   * @param agreementDigest SHA-256 of the agreement the originator goes by
   * @param sessionId tells this connection from others
   */
  record Hello(
      int oldestVersion,
      int newestVersion,
      StreamId stream,
      Channel channel,
      Digest agreementDigest,
      long sessionId)
      implements Frame {}

  /**
   * The recipient's answer to a Hello it accepts: where to go on.
   *
   * @param version the version both go by
   * @param cursor number of the next record it wants, with the hash of the chain before it
   * @param signature the recipient's over {@link StreamSignatures#receipt}
   */
  @SuppressWarnings("ArrayRecordComponent") // equality is defined below
  record Welcome(int version, Cursor cursor, byte[] signature) implements Frame {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Welcome w
          && version == w.version
          && cursor.equals(w.cursor)
          && Arrays.equals(signature, w.signature);
    }

    @Override
    public int hashCode() {
      return cursor.hashCode();
    }

    @Override
    public String toString() {
      return "Welcome[version " + version + ", next " + cursor.next() + "]";
    }
  }

  /**
   * Consecutive numbers under one signature.
   *
   * @param firstSeq the first number, from 1; the others follow without a hole
   * @param entries what stands at each, at least one
   * @param chainHash hash of the chain up to the last
   * @param signature the originator's over {@link StreamSignatures#batch}
   * @param sentAtNs time of sending, returned in Ack
   */
  @SuppressWarnings("ArrayRecordComponent") // equality is defined below
  record Batch(
      long firstSeq, List<Entry> entries, Digest chainHash, byte[] signature, long sentAtNs)
      implements Frame {
    /** Validates the numbers and copies the list. */
    public Batch {
      requireSeq("first number of the batch", firstSeq);
      entries = List.copyOf(entries);
      if (entries.isEmpty()) {
        throw new InvalidValueException("entries of the batch", "none", "at least one");
      }
      if (firstSeq > Long.MAX_VALUE - entries.size()) {
        throw new InvalidValueException(
            "first number of the batch", firstSeq, "room for " + entries.size() + " entries");
      }
      for (int i = 0; i < entries.size(); i++) {
        if (entries.get(i) instanceof Entry.Folded f && f.into() <= firstSeq + i) {
          throw new InvalidValueException(
              "number folded into", f.into(), "more than its own, " + (firstSeq + i));
        }
      }
    }

    /** The last number. */
    public long lastSeq() {
      return firstSeq + entries.size() - 1;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Batch b
          && firstSeq == b.firstSeq
          && sentAtNs == b.sentAtNs
          && chainHash.equals(b.chainHash)
          && Arrays.equals(signature, b.signature)
          && entries.equals(b.entries);
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
   * Numbers that will never be sent.
   *
   * @param from the first of them
   * @param to the last of them
   * @param reason why
   * @param chainHash hash of the chain up to the last
   * @param signature the originator's over {@link StreamSignatures#gap}
   */
  @SuppressWarnings("ArrayRecordComponent") // equality is defined below
  record Gap(long from, long to, GapReason reason, Digest chainHash, byte[] signature)
      implements Frame {
    /** Validates the numbers. */
    public Gap {
      requireSeq("first number of the gap", from);
      if (to < from || to == Long.MAX_VALUE) {
        throw new InvalidValueException("last number of the gap", to, from + " or more");
      }
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Gap g
          && from == g.from
          && to == g.to
          && reason == g.reason
          && chainHash.equals(g.chainHash)
          && Arrays.equals(signature, g.signature);
    }

    @Override
    public int hashCode() {
      return 31 * Long.hashCode(from) + chainHash.hashCode();
    }

    @Override
    public String toString() {
      return "Gap[" + from + " to " + to + ", " + reason + "]";
    }
  }

  /**
   * The originator's sign of life.
   *
   * @param highWaterMark number of the last record assigned; 0 when there is none
   * @param sentAtNs time of sending
   */
  record Heartbeat(long highWaterMark, long sentAtNs) implements Frame {
    /** Validates the mark. */
    public Heartbeat {
      if (highWaterMark < 0) {
        throw new InvalidValueException("high-water mark", highWaterMark, "0 or more");
      }
    }
  }

  /**
   * The recipient's receipt: it holds everything before a number durably. It follows every batch
   * and gap taken in, and answers every heartbeat.
   *
   * @param cursor number of the next record it wants, with the hash of the chain before it
   * @param signature the recipient's over {@link StreamSignatures#receipt}
   * @param sentAtNs time of sending
   * @param echoSentAtNs {@code sentAtNs} of the batch or heartbeat it answers; 0 after a gap
   * @param answersHeartbeat whether that was a heartbeat
   */
  @SuppressWarnings("ArrayRecordComponent") // equality is defined below
  record Ack(
      Cursor cursor, byte[] signature, long sentAtNs, long echoSentAtNs, boolean answersHeartbeat)
      implements Frame {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Ack a
          && cursor.equals(a.cursor)
          && Arrays.equals(signature, a.signature)
          && sentAtNs == a.sentAtNs
          && echoSentAtNs == a.echoSentAtNs
          && answersHeartbeat == a.answersHeartbeat;
    }

    @Override
    public int hashCode() {
      return cursor.hashCode();
    }

    @Override
    public String toString() {
      return "Ack[next " + cursor.next() + (answersHeartbeat ? ", of a heartbeat]" : "]");
    }
  }

  /**
   * The recipient tells which records it took in but does not use, because the agreement does not
   * permit them or they cannot be read. It comes before the receipt that covers them.
   *
   * @param total how many since the stream began
   * @param newest the newest of them, by rising number; at least one, at most {@link #MOST}
   * @param signature the recipient's over {@link StreamSignatures#setAside}
   */
  @SuppressWarnings("ArrayRecordComponent") // equality is defined below
  record SetAside(long total, List<Item> newest, byte[] signature) implements Frame {
    /** Most records that one frame names. */
    public static final int MOST = 64;

    /**
     * One record.
     *
     * @param seq its number
     * @param reason for people; at most 200 printable US-ASCII characters, others are replaced
     */
    public record Item(long seq, String reason) {
      /** Validates the number, cuts and cleans the reason, which may come from anybody. */
      public Item {
        requireSeq("number set aside", seq);
        reason = ascii(reason);
      }
    }

    /** Validates the numbers and copies the list. */
    public SetAside {
      newest = List.copyOf(newest);
      if (newest.isEmpty() || newest.size() > MOST || total < newest.size()) {
        throw new InvalidValueException(
            "records set aside",
            newest.size() + " of " + total,
            "1 to " + MOST + ", and no more than the total");
      }
      for (int i = 1; i < newest.size(); i++) {
        if (newest.get(i).seq() <= newest.get(i - 1).seq()) {
          throw new InvalidValueException(
              "number set aside", newest.get(i).seq(), "more than the one before it");
        }
      }
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof SetAside s
          && total == s.total
          && newest.equals(s.newest)
          && Arrays.equals(signature, s.signature);
    }

    @Override
    public int hashCode() {
      return Long.hashCode(total);
    }

    @Override
    public String toString() {
      return "SetAside[" + total + ", newest " + newest.getLast() + "]";
    }
  }

  /**
   * The sender has suspended the stream, or no longer.
   *
   * @param suspended whether it has
   * @param reason for people; cleaned as in {@link Refusal}
   */
  record Suspension(boolean suspended, String reason) implements Frame {
    /** Cuts and cleans the reason, which may come from anybody. */
    public Suspension {
      reason = clean(reason);
    }
  }

  /**
   * Last frame before breaking off.
   *
   * @param code why
   * @param detail for people; at most 200 printable characters of any script, others are replaced
   *     by a question mark
   */
  record Refusal(ViolationCode code, String detail) implements Frame {
    /** Cuts and cleans the detail, which may come from anybody. */
    public Refusal {
      detail = clean(detail);
    }
  }

  private static String clean(String text) {
    StringBuilder clean = new StringBuilder();
    text.codePoints().limit(200).forEach(c -> clean.appendCodePoint(isPrintable(c) ? c : '?'));
    return clean.toString();
  }

  /** Letters of any script, marks, digits, signs and the space; nothing that steers a terminal. */
  private static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }

  private static String ascii(String text) {
    StringBuilder clean = new StringBuilder();
    text.chars().limit(200).forEach(c -> clean.append(c >= ' ' && c <= '~' ? (char) c : '?'));
    return clean.toString();
  }

  private static void requireSeq(String field, long seq) {
    if (seq < 1) {
      throw new InvalidValueException(field, seq, "1 or more");
    }
  }
}
