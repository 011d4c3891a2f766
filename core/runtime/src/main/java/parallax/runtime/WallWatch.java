package parallax.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Watches the wall clock against the monotonic one and says what time to believe. A state machine:
 * readings of both clocks go in, the believed time and notices come out; the same readings give the
 * same answers.
 *
 * <ul>
 *   <li>While nobody sets the wall clock, the believed time is the wall clock. A clock that is fast
 *       or slow by up to {@link #DRIFT} is followed without a word.
 *   <li>A difference of more than {@link #STEP_NS} is a step. The believed time goes on by the
 *       monotonic clock.
 *   <li>Once the wall clock has then kept pace with the monotonic clock for {@link #STEADY_NS}, it
 *       is believed again, unless {@link ClockWitnesses} speak against it.
 *   <li>A difference of up to {@link #NEARED_NS} is then made up by nearing the wall clock by half
 *       a second each second, so that the believed time never jumps and never runs back. A greater
 *       one is a correction, the only case in which the believed time jumps.
 * </ul>
 *
 * <p>A machine that slept shows as a step when its monotonic clock stood still meanwhile. For one
 * thread.
 */
final class WallWatch {
  /** A wall clock that differs by more than this was set, nanoseconds. */
  static final long STEP_NS = 500_000_000L;

  /** How long a wall clock that was set must be steady before it is believed, nanoseconds. */
  static final long STEADY_NS = 5_000_000_000L;

  /** The greatest difference that is made up little by little, nanoseconds. */
  static final long NEARED_NS = 10_000_000_000L;

  /** How much faster or slower than the monotonic clock the wall clock may go unnoticed. */
  static final double DRIFT = 0.01;

  /** How fast the believed time nears the wall clock, seconds a second. */
  private static final double NEARING = 0.5;

  /** How unsteady a steady clock may be, nanoseconds. */
  private static final long UNSTEADY_NS = 100_000_000L;

  private final ClockWitnesses witnesses;
  private State state = State.NEW;
  private long lastMonotonicNs;

  /** Offset of the wall clock as far as it is believed. */
  private long acceptedNs;

  /** Offset of the believed time; on its way to {@link #acceptedNs}. */
  private long believedNs;

  /** Offset at which the wall clock must stay to be believed, and since when it does. */
  private long candidateNs;

  private long steadySinceNs;
  private boolean askedBefore;
  private long lastWallOfJournalNs = Long.MIN_VALUE;

  private enum State {
    NEW,
    FOLLOWING,
    DOUBTING
  }

  /**
   * What to believe.
   *
   * @param wallNs the believed time, UTC nanoseconds
   * @param correctedFromNs what it would have been without a correction made now; empty: none was
   * @param notices what operators must know
   */
  record Belief(long wallNs, OptionalLong correctedFromNs, List<ClockNotice> notices) {}

  WallWatch(ClockWitnesses witnesses) {
    this.witnesses = witnesses;
  }

  /** Says when the newest input of the journal came in; before the first reading. */
  void goOnAfter(long wallNs) {
    lastWallOfJournalNs = wallNs;
  }

  /** The believed time at a moment of the monotonic clock, as far as is known. */
  long at(long monotonicNs) {
    return monotonicNs + believedNs;
  }

  /** Takes a reading. */
  Belief read(ClockReading r) {
    if (state == State.NEW) {
      return first(r);
    }
    long elapsed = Math.max(0, r.monotonicNs() - lastMonotonicNs);
    lastMonotonicNs = Math.max(lastMonotonicNs, r.monotonicNs());
    List<ClockNotice> notices = new ArrayList<>();
    OptionalLong correctedFrom = OptionalLong.empty();
    long offset = r.offsetNs();
    if (Math.abs(offset - acceptedNs) <= STEP_NS) {
      if (state == State.DOUBTING) {
        state = State.FOLLOWING;
        notices.add(ClockTexts.agrees(at(r.monotonicNs())));
      }
      acceptedNs = neared(acceptedNs, offset, DRIFT, elapsed);
    } else if (state == State.FOLLOWING) {
      state = State.DOUBTING;
      expect(r);
      notices.add(ClockTexts.stepped(at(r.monotonicNs()), r.wallNs()));
    } else {
      correctedFrom = judge(r, notices);
    }
    if (correctedFrom.isEmpty()) {
      believedNs = neared(believedNs, acceptedNs, NEARING, elapsed);
    }
    notices.addAll(witnesses.doubts(believedNs, r.monotonicNs()));
    return new Belief(at(r.monotonicNs()), correctedFrom, notices);
  }

  private Belief first(ClockReading r) {
    state = State.FOLLOWING;
    lastMonotonicNs = r.monotonicNs();
    acceptedNs = r.offsetNs();
    believedNs = acceptedNs;
    if (lastWallOfJournalNs <= r.wallNs()) {
      return new Belief(r.wallNs(), OptionalLong.empty(), List.of());
    }
    List<ClockNotice> notices =
        lastWallOfJournalNs - r.wallNs() > STEP_NS
            ? List.of(ClockTexts.beforeJournal(lastWallOfJournalNs, r.wallNs()))
            : List.of();
    if (lastWallOfJournalNs - r.wallNs() > NEARED_NS) {
      return new Belief(r.wallNs(), OptionalLong.of(lastWallOfJournalNs), notices);
    }
    believedNs = lastWallOfJournalNs - r.monotonicNs();
    return new Belief(lastWallOfJournalNs, OptionalLong.empty(), notices);
  }

  private void expect(ClockReading r) {
    candidateNs = r.offsetNs();
    steadySinceNs = r.monotonicNs();
    askedBefore = false;
  }

  /** Judges a wall clock that was set; returns what the time would be, if it is corrected now. */
  private OptionalLong judge(ClockReading r, List<ClockNotice> notices) {
    long offset = r.offsetNs();
    long steady = r.monotonicNs() - steadySinceNs;
    if (Math.abs(offset - candidateNs) > UNSTEADY_NS + Math.round(DRIFT * steady)) {
      boolean again = Math.abs(offset - candidateNs) > STEP_NS;
      expect(r);
      if (again) {
        notices.add(ClockTexts.stepped(at(r.monotonicNs()), r.wallNs()));
      }
      return OptionalLong.empty();
    }
    if (steady < STEADY_NS) {
      return OptionalLong.empty();
    }
    long kept = at(r.monotonicNs());
    if (witnesses.verdict(believedNs, offset, r.monotonicNs()) == ClockWitnesses.Verdict.FOR_KEPT) {
      candidateNs = offset;
      steadySinceNs = r.monotonicNs();
      if (!askedBefore) {
        askedBefore = true;
        notices.add(ClockTexts.notBelieved(kept, r.wallNs()));
      }
      return OptionalLong.empty();
    }
    state = State.FOLLOWING;
    acceptedNs = offset;
    boolean gradually = Math.abs(acceptedNs - believedNs) <= NEARED_NS;
    notices.add(ClockTexts.believed(kept, r.wallNs(), gradually));
    if (gradually) {
      return OptionalLong.empty();
    }
    believedNs = acceptedNs;
    return OptionalLong.of(kept);
  }

  /** Whether the wall clock is believed now. */
  boolean isBelieved() {
    return state != State.DOUBTING;
  }

  private static long neared(long from, long to, double rate, long elapsedNs) {
    long most = Math.round(rate * elapsedNs);
    return from + Math.max(-most, Math.min(most, to - from));
  }
}
