package parallax.link;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import parallax.link.OutboxState.Kept;
import parallax.link.OutboxState.Lost;
import parallax.link.OutboxState.Missing;

/**
 * The numbers of an outbox that are no longer held, until the partner knows that they will never
 * come. A change of key among them is kept: nothing after it could be verified without it.
 *
 * <p>Numbers given up next to each other for the same reason are one range, as long as the partner
 * was not told of it. So there are at most two ranges more than reasons and changes of key, and one
 * more each time that the partner was told of a range and has not answered; it is told of a new one
 * only when it has.
 */
final class GivenUp {
  private Deque<Missing> missing;

  /** Of these numbers the partner does not know yet, in rising order. */
  GivenUp(List<Missing> missing) {
    this.missing = new ArrayDeque<>(missing);
  }

  /** What the partner does not know yet, in rising order. */
  List<Missing> missing() {
    return List.copyOf(missing);
  }

  /** Perhaps the partner was told of all of it. */
  void perhapsTold() {
    Deque<Missing> after = new ArrayDeque<>();
    for (Missing m : missing) {
      after.addLast(
          m instanceof Lost l
              ? new Lost(l.from(), l.to(), l.reason(), l.hashAfter(), l.from())
              : m);
    }
    missing = after;
  }

  /** The number after all that were given up before was given up. */
  void add(long seq, Entry entry, GapReason reason, Digest hashAfter) {
    if (entry instanceof Entry.NewKey k) {
      missing.addLast(new Kept(seq, k, hashAfter));
      return;
    }
    long from = seq;
    if (missing.peekLast() instanceof Lost before && before.reason() == reason && !before.told()) {
      missing.removeLast();
      from = before.from();
    }
    missing.addLast(new Lost(from, seq, reason, hashAfter, Long.MAX_VALUE));
  }

  /** The partner has lost what it held, up to a number: it must be told that it never comes. */
  void heldNoMore(long to, Digest hashAfter) {
    missing.addFirst(new Lost(1, to, GapReason.RETENTION, hashAfter, Long.MAX_VALUE));
  }

  /** The chain hash after a number; null when it is not the last of a range. */
  @Nullable Digest hashAfter(long seq) {
    for (Missing m : missing) {
      if (m.to() == seq) {
        return m.hashAfter();
      }
    }
    return null;
  }

  /**
   * What a partner must be told that holds everything up to {@code held}. From here on it counts as
   * told.
   */
  List<Missing> tell(long held) {
    List<Missing> out = new ArrayList<>();
    Deque<Missing> after = new ArrayDeque<>();
    for (Missing m : missing) {
      Missing now = m;
      if (m.to() > held && m instanceof Lost l) {
        long from = Math.max(l.from(), held + 1);
        now = new Lost(l.from(), l.to(), l.reason(), l.hashAfter(), Math.min(l.toldFrom(), from));
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
   * Forgets everything up to a number, of which the partner knows.
   *
   * @return the numbers among it that were given up and that the partner was told of: it had no
   *     other way past them
   */
  List<Lost> acknowledge(long seq) {
    List<Lost> known = new ArrayList<>();
    while (!missing.isEmpty() && missing.getFirst().from() <= seq) {
      Missing m = missing.removeFirst();
      if (m.to() > seq && m instanceof Lost l) {
        missing.addFirst(l.after(seq));
        break;
      }
      if (m instanceof Lost l && l.told()) {
        known.add(l.after(l.toldFrom() - 1));
      }
    }
    return known;
  }
}
