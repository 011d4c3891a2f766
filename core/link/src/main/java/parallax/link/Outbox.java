package parallax.link;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import parallax.model.InvalidValueException;

/**
 * What a partner has not acknowledged, by number: each entry with its digest, the chain hash after
 * it and the bytes of all entries up to it. It grows and shrinks with what it holds; every look-up
 * is one index. What is given up is forgotten from the oldest on; {@link GivenUp} remembers which
 * numbers that were until the partner knows of them.
 *
 * <pre>
 *   1 .. acknowledged | missing: acknowledged+1 .. base | held: base+1 .. last
 * </pre>
 */
final class Outbox {
  private final HeldRecords held;

  /**
   * The newest number of each subject; of some of which nothing waits any more. A record that is
   * held and is not the newest of its subject is replaced.
   */
  private final SortedMap<OutboxState.Subject, Long> newest = new TreeMap<>();

  private final GivenUp givenUp;

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
  private long heldBytes;
  private long foldedRecords;

  /** An outbox with nothing in it; {@code start} is h(0) of its chain. */
  Outbox(Digest start) {
    this(new OutboxState(0, start, 0, start, 0, List.of(), List.of()), 0);
  }

  /**
   * An outbox that goes on where another stood.
   *
   * @param foldedRecords how many records were replaced by newer ones so far
   * @throws InvalidValueException when a record's bytes are not there
   */
  Outbox(OutboxState s, long foldedRecords) {
    givenUp = new GivenUp(s.missing());
    acknowledged = s.acknowledged();
    acknowledgedHash = s.acknowledgedHash();
    base = s.base();
    baseHash = s.baseHash();
    baseBytes = s.baseBytes();
    last = base;
    lastHash = baseHash;
    this.foldedRecords = foldedRecords;
    held = new HeldRecords(base + 1);
    for (OutboxState.Held h : s.held()) {
      if (h.entry() instanceof Entry.Deleted) {
        throw new InvalidValueException("outbox number", last + 1, "an entry that can be sent");
      }
      add(h);
    }
  }

  /** As it is now. */
  OutboxState state() {
    return new OutboxState(
        acknowledged,
        acknowledgedHash,
        base,
        baseHash,
        baseBytes,
        held.shared(),
        givenUp.missing());
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
    return held.capacity();
  }

  /** Bytes assigned from one number to another, both included. */
  long bytesBetween(long from, long to) {
    return to < from ? 0 : bytesThrough(to) - bytesThrough(from - 1);
  }

  private long bytesThrough(long seq) {
    return seq <= base ? baseBytes : slot(seq).bytesThrough();
  }

  /**
   * Takes the next number.
   *
   * @param subject of what it is news; older news of it that wait are replaced; null: of nothing
   */
  void add(
      Entry entry,
      int length,
      Digest digest,
      Digest hashAfter,
      long afterUrgent,
      long madeNs,
      OutboxState.@Nullable Subject subject) {
    add(
        new OutboxState.Held(
            entry,
            digest,
            hashAfter,
            bytesThrough(last) + length,
            length,
            afterUrgent,
            madeNs,
            subject));
  }

  private void add(OutboxState.Held h) {
    held.addLast(h);
    last++;
    lastHash = h.hashAfter();
    heldBytes += h.dropped() ? 0 : h.length();
    if (h.subject() != null) {
      Long older = newest.put(h.subject(), last);
      if (older != null && older > base) {
        replace(older);
      }
      forgetSubjects();
    }
  }

  /** Subjects of which nothing waits need not be remembered. */
  private void forgetSubjects() {
    if (newest.size() > 2 * heldRecords() + 1_000) {
      newest.values().removeIf(seq -> seq <= base);
    }
  }

  /** Bytes of an entry that is held. */
  int length(long seq) {
    return slot(seq).length();
  }

  /** The last urgent number that must be acknowledged before this one is sent. */
  long afterUrgent(long seq) {
    return slot(seq).afterUrgent();
  }

  /** The last of the oldest numbers held that were all made before a moment; the base if none. */
  long lastMadeBefore(long ns) {
    long seq = base;
    while (seq < last && slot(seq + 1).madeNs() < ns) {
      seq++;
    }
    return seq;
  }

  /** What stands at a number that is held, as it would be sent whole. */
  Entry entry(long seq) {
    return slot(seq).entry();
  }

  /** A newer record stands for one that waits. */
  private void replace(long older) {
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
    return slot(seq).dropped();
  }

  /** What is sent of a number: folded into the newest that stands for it, if there is one. */
  Entry folded(long seq) {
    OutboxState.Held h = slot(seq);
    long into = newestOf(seq, h);
    if (into == seq) {
      return h.entry();
    }
    Entry.Folded folded = new Entry.Folded(h.digest(), into);
    if (!h.dropped()) {
      foldedRecords++;
      heldBytes -= h.length();
      held.set(seq, h.with(folded));
    }
    return folded;
  }

  /** Whether a newer record stands for one that is held. */
  boolean isReplaced(long seq) {
    return newestOf(seq, slot(seq)) != seq;
  }

  private long newestOf(long seq, OutboxState.Held h) {
    return h.subject() == null ? seq : newest.getOrDefault(h.subject(), seq);
  }

  /** The chain hash after a number; null when it is no longer known. */
  @Nullable Digest hashAfter(long seq) {
    if (seq == acknowledged) {
      return acknowledgedHash;
    }
    if (seq == base) {
      return baseHash;
    }
    return seq > base ? slot(seq).hashAfter() : givenUp.hashAfter(seq);
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
  List<OutboxState.Lost> acknowledge(long seq, Digest hash) {
    List<OutboxState.Lost> known = givenUp.acknowledge(seq);
    while (base < seq) {
      var unused = forgetOldest();
    }
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
    OutboxState.Held h = held.removeFirst();
    base++;
    baseHash = h.hashAfter();
    baseBytes = h.bytesThrough();
    heldBytes -= h.dropped() ? 0 : h.length();
    return h.entry();
  }

  private OutboxState.Held slot(long seq) {
    if (seq <= base || seq > last) {
      throw new InvalidValueException("outbox number", seq, "from " + (base + 1) + " to " + last);
    }
    return held.get(seq);
  }
}
