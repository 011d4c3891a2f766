package parallax.link;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import parallax.model.InvalidValueException;
import parallax.model.Report;
import parallax.model.TrackId;

/**
 * The state of an {@link Outbox}. Taking it copies no record: the records are shared in pieces,
 * which the outbox copies before it changes them.
 *
 * <p>Which record a newer one replaces is not here: it follows from the subjects.
 *
 * @param acknowledged the last number that the partner holds or knows to be lost; 0: none
 * @param acknowledgedHash the chain hash after it
 * @param base the last number acknowledged or given up; 0: none
 * @param baseHash the chain hash after it
 * @param baseBytes the bytes of all entries up to it, since the stream began
 * @param held what stands at base + 1 and on, without holes
 * @param missing what stands at acknowledged + 1 to base, without holes
 */
public record OutboxState(
    long acknowledged,
    Digest acknowledgedHash,
    long base,
    Digest baseHash,
    long baseBytes,
    List<Held> held,
    List<Missing> missing) {

  /**
   * What a newer record replaces an older one of.
   *
   * @param track the track
   * @param dataClass what is told of it
   */
  public record Subject(TrackId track, Report.DataClass dataClass) implements Comparable<Subject> {
    /** The subject of a report. */
    public static Subject of(Report report) {
      return new Subject(report.header().track(), report.dataClass());
    }

    @Override
    public int compareTo(Subject o) {
      int c = track.compareTo(o.track);
      return c != 0 ? c : dataClass.compareTo(o.dataClass);
    }
  }

  /**
   * One number that is held.
   *
   * @param entry what stands there; folded once its bytes were dropped for a newer record. Whether
   *     they were may follow from what was sent, and so from connections.
   * @param digest r(n) of the chain
   * @param hashAfter h(n) of the chain
   * @param bytesThrough the bytes of all entries up to it, since the stream began
   * @param length its own bytes, also when they were dropped
   * @param afterUrgent the urgent number that the partner must hold before it is sent; 0: none
   * @param madeNs when its report was made, UTC, ns since 1970; {@link Long#MIN_VALUE}: no report
   * @param subject what a newer record replaces it by; null: nothing does
   */
  public record Held(
      Entry entry,
      Digest digest,
      Digest hashAfter,
      long bytesThrough,
      int length,
      long afterUrgent,
      long madeNs,
      @Nullable Subject subject) {

    /** Whether its bytes were dropped, because a newer record stands for it. */
    public boolean dropped() {
      return entry instanceof Entry.Folded;
    }

    Held with(Entry other) {
      return new Held(other, digest, hashAfter, bytesThrough, length, afterUrgent, madeNs, subject);
    }
  }

  /** What stands at numbers that are no longer held. */
  public sealed interface Missing {
    /** The first of them. */
    long from();

    /** The last of them. */
    long to();

    /** The chain hash after the last. */
    Digest hashAfter();
  }

  /**
   * Numbers given up.
   *
   * @param from the first of them
   * @param to the last of them
   * @param reason why
   * @param hashAfter the chain hash after the last
   * @param toldFrom the partner was told that the numbers from this one on will never come; a
   *     number beyond the last when it was not told yet. It follows from connections.
   */
  public record Lost(long from, long to, GapReason reason, Digest hashAfter, long toldFrom)
      implements Missing {
    /** Whether the partner was told of any of it. */
    public boolean told() {
      return toldFrom <= to;
    }

    /** What is left of it after a number. */
    Lost after(long seq) {
      return new Lost(Math.max(from, seq + 1), to, reason, hashAfter, toldFrom);
    }
  }

  /**
   * A change of key between numbers given up.
   *
   * @param from its number
   * @param entry the change of key
   * @param hashAfter the chain hash after it
   */
  public record Kept(long from, Entry.NewKey entry, Digest hashAfter) implements Missing {
    @Override
    public long to() {
      return from;
    }
  }

  /** Copies the lists, and requires that no number is missing or there twice. */
  public OutboxState {
    held = SharedRecords.copyOf(held);
    missing = List.copyOf(missing);
    if (acknowledged < 0 || base > Long.MAX_VALUE - 1 - held.size() || baseBytes < 0) {
      throw new InvalidValueException(
          "outbox", acknowledged + ", " + base + ", " + baseBytes, "numbers of 0 or more");
    }
    long through = acknowledged;
    for (Missing m : missing) {
      if (m.from() != through + 1 || m.to() < m.from() || m.to() > base) {
        throw new InvalidValueException(
            "numbers given up", m.from() + " to " + m.to(), "a range from " + (through + 1));
      }
      through = m.to();
    }
    if (through != base) {
      throw new InvalidValueException("last number given up", through, String.valueOf(base));
    }
  }

  /** The last number assigned; 0 when there is none. */
  public long last() {
    return base + held.size();
  }

  /** The chain hash after the last number. */
  public Digest lastHash() {
    return held.isEmpty() ? baseHash : held.getLast().hashAfter();
  }

  /**
   * The same for a comparison or a digest, without what follows from connections: no number given
   * up counts as told, and no record has its bytes, whether they were dropped or not.
   */
  OutboxState withoutPassing() {
    List<Held> bare = new ArrayList<>(held.size());
    for (Held h : held) {
      bare.add(
          h.entry() instanceof Entry.NewKey
              ? h
              : h.with(new Entry.Deleted(h.digest(), h.length())));
    }
    List<Missing> untold = new ArrayList<>();
    for (Missing m : missing) {
      Missing now = m;
      if (m instanceof Lost l) {
        long from = l.from();
        if (!untold.isEmpty()
            && untold.getLast() instanceof Lost before
            && before.reason() == l.reason()) {
          untold.removeLast();
          from = before.from();
        }
        now = new Lost(from, l.to(), l.reason(), l.hashAfter(), Long.MAX_VALUE);
      }
      untold.add(now);
    }
    return new OutboxState(acknowledged, acknowledgedHash, base, baseHash, baseBytes, bare, untold);
  }
}
