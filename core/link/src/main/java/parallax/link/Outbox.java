package parallax.link;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import parallax.model.InvalidValueException;

/**
 * What a partner has not acknowledged, by number: each entry with its digest, the chain hash after
 * it and the bytes of all entries up to it. It is a ring that grows and shrinks with what it holds;
 * every look-up is one index. What is given up is forgotten from the oldest on; {@link GivenUp}
 * remembers which numbers that were until the partner knows of them.
 *
 * <pre>
 *   1 .. acknowledged | missing: acknowledged+1 .. base | held: base+1 .. last
 * </pre>
 */
final class Outbox {
  private static final int FIRST_CAPACITY = 64;

  private Slot[] slots = new Slot[FIRST_CAPACITY];

  private static final class Slot {
    Entry entry;
    final Digest digest;
    final Digest hashAfter;
    final long bytesThrough;
    final int length;
    final long afterUrgent;
    final long madeNs;

    /** Number of the newer record that stands for this one; 0 when there is none. */
    long replacedBy;

    /** Its bytes were dropped, because the newer record stands for it. */
    boolean dropped;

    Slot(
        Entry entry,
        Digest digest,
        Digest hashAfter,
        long bytesThrough,
        int length,
        long afterUrgent,
        long madeNs) {
      this.entry = entry;
      this.digest = digest;
      this.hashAfter = hashAfter;
      this.bytesThrough = bytesThrough;
      this.length = length;
      this.afterUrgent = afterUrgent;
      this.madeNs = madeNs;
    }
  }

  private final GivenUp givenUp = new GivenUp();

  /**
   * Numbers whose record a newer one stands for, in the order in which the newer ones came. Each
   * number held stands here once at most, so it is bounded as the outbox is.
   */
  private final Deque<Long> replaced = new ArrayDeque<>();

  private long acknowledged;
  private Digest acknowledgedHash;

  private long base;
  private Digest baseHash;
  private long baseBytes;

  private long last;
  private Digest lastHash;
  private long lastBytes;
  private long heldBytes;
  private long foldedRecords;

  Outbox(Digest start) {
    acknowledgedHash = start;
    baseHash = start;
    lastHash = start;
  }

  /** The last number acknowledged; 0 when there is none. */
  long acknowledged() {
    return acknowledged;
  }

  /** The last number acknowledged or given up. */
  long base() {
    return base;
  }

  /** The last number assigned; 0 when there is none. */
  long last() {
    return last;
  }

  Digest lastHash() {
    return lastHash;
  }

  /** Bytes held. */
  long heldBytes() {
    return heldBytes;
  }

  /** Records replaced by newer ones so far. */
  long foldedRecords() {
    return foldedRecords;
  }

  /** Numbers held. */
  long heldRecords() {
    return last - base;
  }

  /** For how many numbers there is room before the ring grows. */
  int capacity() {
    return slots.length;
  }

  /** Bytes assigned from one number to another, both included. */
  long bytesBetween(long from, long to) {
    return to < from ? 0 : bytesThrough(to) - bytesThrough(from - 1);
  }

  private long bytesThrough(long seq) {
    return seq <= base ? baseBytes : slot(seq).bytesThrough;
  }

  void add(
      Entry entry, int length, Digest digest, Digest hashAfter, long afterUrgent, long madeNs) {
    if (last - base == slots.length) {
      grow();
    }
    last++;
    lastHash = hashAfter;
    lastBytes += length;
    heldBytes += length;
    slots[index(last)] = new Slot(entry, digest, hashAfter, lastBytes, length, afterUrgent, madeNs);
  }

  /** Bytes of an entry that is held. */
  int length(long seq) {
    return slot(seq).length;
  }

  /** The last urgent number that must be acknowledged before this one is sent. */
  long afterUrgent(long seq) {
    return slot(seq).afterUrgent;
  }

  /** The last of the oldest numbers held that were all made before a moment; the base if none. */
  long lastMadeBefore(long ns) {
    long seq = base;
    while (seq < last && slot(seq + 1).madeNs < ns) {
      seq++;
    }
    return seq;
  }

  /** What stands at a number that is held, as it would be sent whole. */
  Entry entry(long seq) {
    return slot(seq).entry;
  }

  /** A record stands for an older one that waits. */
  void replace(long older, long newer) {
    slot(older).replacedBy = newer;
    while (!replaced.isEmpty() && replaced.getFirst() <= base) {
      replaced.removeFirst();
    }
    replaced.addLast(older);
  }

  /**
   * Drops the bytes of records that newer ones stand for, until no more than {@code bytes} are held
   * or no such record is left. What was sent already stays.
   */
  void dropReplaced(long bytes, long sent) {
    while (heldBytes > bytes && !replaced.isEmpty()) {
      long seq = replaced.removeFirst();
      if (seq > base && seq > sent) {
        var unused = folded(seq);
      }
    }
  }

  /** Whether the bytes of a record that is held were dropped for those of a newer one. */
  boolean isDropped(long seq) {
    return slot(seq).dropped;
  }

  /** What is sent of a number: folded into the newest that stands for it, if there is one. */
  Entry folded(long seq) {
    Slot s = slot(seq);
    if (s.replacedBy == 0) {
      return s.entry;
    }
    long into = s.replacedBy;
    while (slot(into).replacedBy != 0) {
      into = slot(into).replacedBy;
    }
    // Each on the way leads there directly from now on, or many updates would cost their square.
    for (Slot n = s; n.replacedBy != into; ) {
      Slot next = slot(n.replacedBy);
      n.replacedBy = into;
      n = next;
    }
    Entry.Folded folded = new Entry.Folded(s.digest, into);
    if (!s.dropped) {
      s.dropped = true;
      foldedRecords++;
      s.entry = folded;
      heldBytes -= s.length;
    }
    return folded;
  }

  /** Whether a newer record stands for one that is held. */
  boolean isReplaced(long seq) {
    return slot(seq).replacedBy != 0;
  }

  /** The chain hash after a number; null when it is no longer known. */
  @Nullable Digest hashAfter(long seq) {
    if (seq == acknowledged) {
      return acknowledgedHash;
    }
    if (seq == base) {
      return baseHash;
    }
    return seq > base ? slot(seq).hashAfter : givenUp.hashAfter(seq);
  }

  /** The numbers that are no longer held and of which the partner does not know yet. */
  GivenUp givenUp() {
    return givenUp;
  }

  /**
   * Forgets everything up to {@code seq}, which the partner holds or knows to be lost.
   *
   * @return the numbers among it that were given up; the partner had no other way past them than
   *     being told so
   */
  List<GivenUp.Lost> acknowledge(long seq, Digest hash) {
    List<GivenUp.Lost> known = givenUp.acknowledge(seq);
    while (base < seq) {
      var unused = forgetOldest();
    }
    shrink();
    acknowledged = seq;
    acknowledgedHash = hash;
    return known;
  }

  /** The partner holds nothing any more; what it had acknowledged becomes a gap. */
  void startOver(Digest start) {
    if (acknowledged > 0) {
      givenUp.heldNoMore(acknowledged, acknowledgedHash);
      acknowledged = 0;
      acknowledgedHash = start;
    }
  }

  /** Gives up everything up to {@code seq} but changes of key. */
  void lose(long seq, GapReason reason) {
    while (base < seq) {
      Entry entry = forgetOldest();
      givenUp.add(base, entry, reason, baseHash);
    }
  }

  private Entry forgetOldest() {
    Slot s = slot(base + 1);
    base++;
    baseHash = s.hashAfter;
    baseBytes = s.bytesThrough;
    heldBytes -= s.dropped ? 0 : s.length;
    Arrays.fill(slots, index(base), index(base) + 1, null);
    return s.entry;
  }

  private Slot slot(long seq) {
    if (seq <= base || seq > last) {
      throw new InvalidValueException("outbox number", seq, "from " + (base + 1) + " to " + last);
    }
    return slots[index(seq)];
  }

  private int index(long seq) {
    return (int) (seq & (slots.length - 1));
  }

  private void grow() {
    resize(2 * slots.length);
  }

  /** After a long absence of the partner the ring is large, and most of it is empty again. */
  private void shrink() {
    while (slots.length > FIRST_CAPACITY && last - base < slots.length / 8) {
      resize(slots.length / 2);
    }
  }

  private void resize(int capacity) {
    Slot[] old = slots;
    slots = new Slot[capacity];
    for (long seq = base + 1; seq <= last; seq++) {
      slots[index(seq)] = old[(int) (seq & (old.length - 1))];
    }
  }
}
