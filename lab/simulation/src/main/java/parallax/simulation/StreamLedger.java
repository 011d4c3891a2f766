package parallax.simulation;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import parallax.link.Lane;
import parallax.link.StreamId;
import parallax.model.Channel;
import parallax.signing.Sha256;

/**
 * What is known of one stream from outside: which numbers its originator's journal gave to what,
 * and what became of each at its recipient's.
 */
final class StreamLedger {
  /** What became of a number. */
  enum Fate {
    DELIVERED,
    FOLDED,
    KEY,
    GAP
  }

  /** A number that was given. */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record Given(byte[] bytes, boolean isKey, Oracle.Says says, byte[] chainHash) {}

  final StreamId id;
  private final byte[] start;
  private final byte[] keyDomain;
  private final MessageDigest sha256;
  private final List<Given> given = new ArrayList<>();
  private final List<Fate> fates = new ArrayList<>();
  private final List<Long> into = new ArrayList<>();
  private final BitSet senderGaps = new BitSet();
  final BitSet cleared = new BitSet();

  /** Up to where a heartbeat may announce while sending is suspended. */
  long markLimit = Long.MAX_VALUE;

  /** Up to where it must come in the calm: a track that is still held goes on giving numbers. */
  long calmAt = Long.MAX_VALUE;

  /** The originator is hostile: what it gives out has no journal. */
  final boolean hostile;

  StreamLedger(StreamId id, Channel channel, boolean hostile) {
    this.id = id;
    this.hostile = hostile;
    sha256 = Sha256.digest();
    keyDomain = domain(channel, "link-key");
    sha256.update(domain(channel, "link-chain"));
    sha256.update(
        (id.originator().code() + id.recipient().code()).getBytes(StandardCharsets.US_ASCII));
    sha256.update((byte) (id.lane() == Lane.URGENT ? 0 : 1));
    start = sha256.digest();
  }

  private static byte[] domain(Channel channel, String purpose) {
    return ("parallax/1/" + channel + "/" + purpose + "\0").getBytes(StandardCharsets.US_ASCII);
  }

  /** A number became durable at the originator's. */
  void give(long seq, byte[] bytes, boolean isKey, Oracle.Says says) {
    if (seq != given.size() + 1) {
      throw new BrokenInvariant(
          "numbers", id + ": number " + seq + " was given; expected " + (given.size() + 1));
    }
    if (isKey) {
      sha256.update(keyDomain);
    }
    byte[] digest = sha256.digest(bytes);
    sha256.update(hash(seq - 1));
    sha256.update(ByteBuffer.allocate(8).putLong(seq).array());
    given.add(new Given(bytes, isKey, says, sha256.digest(digest)));
  }

  /** The chain hash after a number. */
  byte[] hash(long seq) {
    return seq == 0 ? start : given.get((int) seq - 1).chainHash();
  }

  /** How many numbers were given. */
  long given() {
    return given.size();
  }

  /** What a number was given to. */
  Given given(long seq) {
    return given.get((int) seq - 1);
  }

  /** How many numbers the recipient has dealt with. */
  long taken() {
    return fates.size();
  }

  /** What became of the next number at the recipient's. */
  void became(long seq, Fate fate, long foldedInto) {
    if (seq != fates.size() + 1) {
      throw new BrokenInvariant(
          "once, in order",
          id + ": number " + seq + " became " + fate + "; expected " + (fates.size() + 1));
    }
    if (!hostile && seq > given.size()) {
      throw new BrokenInvariant(
          "numbers", id + ": number " + seq + " was taken and never given durably");
    }
    fates.add(fate);
    into.add(foldedInto);
  }

  Fate fate(long seq) {
    return fates.get((int) seq - 1);
  }

  /** The number that stands for one that was folded, at the end of all folding. */
  long standsFor(long seq) {
    long n = seq;
    while (n <= fates.size() && fate(n) == Fate.FOLDED) {
      n = into.get((int) n - 1);
    }
    return n;
  }

  /** The originator recorded a gap. */
  void senderGap(long from, long to) {
    senderGaps.set((int) from, (int) to + 1);
  }

  /** Whether the originator recorded a number as lost. */
  boolean isLostAtSender(long seq) {
    return senderGaps.get((int) seq);
  }

  /** Whether bytes are those that a number was given to. */
  boolean isAt(long seq, byte[] bytes) {
    return seq <= given.size() && Arrays.equals(given(seq).bytes(), bytes);
  }

  @Override
  public String toString() {
    return id + ": " + given.size() + " given, " + fates.size() + " taken";
  }
}
