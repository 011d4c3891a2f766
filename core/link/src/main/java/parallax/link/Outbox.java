package parallax.link;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import parallax.model.InvalidValueException;

/**
 * What a partner has not acknowledged, by number: each entry with its digest, the chain hash after
 * it and the bytes of all entries up to it. A ring that grows; every look-up is one index. What is
 * given up is forgotten from the oldest on and leaves gaps, which are kept until the partner knows
 * of them. A change of key is never given up: nothing after it could be verified.
 *
 * <pre>
 *   1 .. acknowledged | missing: acknowledged+1 .. base | held: base+1 .. last
 * </pre>
 */
final class Outbox {
  private static final int FIRST_CAPACITY = 64;

  /** What stands at numbers that are no longer held. */
  sealed interface Missing {
    long from();

    long to();

    Digest hashAfter();
  }

  /**
   * Numbers given up.
   *
   * @param toldFrom from where on the partner was told that they are; beyond the last when it was
   *     not
   */
  record Lost(long from, long to, GapReason reason, Digest hashAfter, long toldFrom)
      implements Missing {
    boolean told() {
      return toldFrom <= to;
    }

    /** What is left of it after a number. */
    Lost after(long seq) {
      return new Lost(Math.max(from, seq + 1), to, reason, hashAfter, toldFrom);
    }
  }

  /** A change of key between numbers given up. */
  record Kept(long from, Entry entry, Digest hashAfter) implements Missing {
    @Override
    public long to() {
      return from;
    }
  }

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

    /** Its bytes were given up for those of the newer record. */
    boolean hollow;

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

  private Deque<Missing> missing = new ArrayDeque<>();

  /** Numbers whose record a newer one stands for, in the order in which it came to. */
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
   * Gives up the bytes of records that newer ones stand for, until no more than {@code bytes} are
   * held or none is left. What was sent already stays.
   */
  void hollow(long bytes, long sent) {
    while (heldBytes > bytes && !replaced.isEmpty()) {
      long seq = replaced.removeFirst();
      if (seq > base && seq > sent) {
        var unused = folded(seq);
      }
    }
  }

  /** Whether only the newer record is left of one that was replaced. */
  boolean isHollow(long seq) {
    return slot(seq).hollow;
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
    if (!s.hollow) {
      s.hollow = true;
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
    for (Missing m : missing) {
      if (m.to() == seq) {
        return m.hashAfter();
      }
    }
    return seq > base ? slot(seq).hashAfter : null;
  }

  /**
   * What is missing from what a partner holds that holds everything up to {@code held}; from here
   * on it counts as told.
   */
  List<Missing> tell(long held) {
    List<Missing> out = new ArrayList<>();
    Deque<Missing> after = new ArrayDeque<>();
    for (Missing m : missing) {
      Missing now = m;
      if (m.to() > held && m instanceof Lost l) {
        long from = Math.max(l.from, held + 1);
        now = new Lost(l.from, l.to, l.reason, l.hashAfter, Math.min(l.toldFrom, from));
        out.add(l.after(held));
      } else if (m.to() > held) {
        out.add(m);
      }
      after.addLast(now);
    }
    missing = after;
    return out;
  }

  /**
   * Forgets everything up to {@code seq}, which the partner holds or knows to be lost.
   *
   * @return the numbers among it that were given up; the partner had no other way past them than
   *     being told so
   */
  List<Lost> acknowledge(long seq, Digest hash) {
    List<Lost> known = new ArrayList<>();
    while (!missing.isEmpty() && missing.getFirst().from() <= seq) {
      Missing m = missing.removeFirst();
      if (m.to() > seq && m instanceof Lost l) {
        missing.addFirst(l.after(seq));
        break;
      }
      if (m instanceof Lost l && l.told()) {
        known.add(l.after(l.toldFrom - 1));
      }
    }
    while (base < seq) {
      var unused = forgetOldest();
    }
    acknowledged = seq;
    acknowledgedHash = hash;
    return known;
  }

  /** Gives up everything up to {@code seq} but changes of key. */
  void lose(long seq, GapReason reason) {
    while (base < seq) {
      Entry entry = forgetOldest();
      if (entry instanceof Entry.NewKey) {
        missing.addLast(new Kept(base, entry, baseHash));
      } else {
        lost(reason);
      }
    }
  }

  /** The oldest, just forgotten, is given up: with those before it, unless they were told. */
  private void lost(GapReason reason) {
    long from = base;
    if (missing.peekLast() instanceof Lost before && before.reason == reason && !before.told()) {
      missing.removeLast();
      from = before.from;
    }
    missing.addLast(new Lost(from, base, reason, baseHash, Long.MAX_VALUE));
  }

  private Entry forgetOldest() {
    Slot s = slot(base + 1);
    base++;
    baseHash = s.hashAfter;
    baseBytes = s.bytesThrough;
    heldBytes -= s.hollow ? 0 : s.length;
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
    Slot[] old = slots;
    slots = new Slot[2 * old.length];
    for (long seq = base + 1; seq <= last; seq++) {
      slots[index(seq)] = old[(int) (seq & (old.length - 1))];
    }
  }
}
