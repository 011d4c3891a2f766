package parallax.runtime;

import java.util.ArrayList;
import java.util.List;
import parallax.journal.JournalException;
import parallax.journal.log.SnapshotStore;
import parallax.journal.log.StoredSnapshot;
import parallax.model.InvalidValueException;
import parallax.wire.SnapshotCodec;

/**
 * Which snapshots and inputs a node keeps. The newest snapshots are kept, so that a start can do
 * without a damaged one. Older ones, and the inputs between them, are kept for a time, so that the
 * picture of any moment in it can be made again: one snapshot for so many inputs, since replaying
 * inputs is what takes time.
 *
 * @param newest how many of the newest snapshots are kept in any case, 1 or more
 * @param keepNs how long others are kept, nanoseconds
 * @param inputs a snapshot is left out when the next newer one is no further than so many inputs
 *     from the next older one
 */
public record Keeping(int newest, long keepNs, long inputs) {
  /** How many of the newest snapshots are kept in any case. */
  public static final int NEWEST = 3;

  /** How many inputs may lie between two snapshots of the past; replayed in about a second. */
  public static final long INPUTS = 10_000;

  /** A node's rule; {@code keepDays} says how long the past is kept. */
  public static Keeping ofDays(int keepDays) {
    return new Keeping(NEWEST, keepDays * 86_400_000_000_000L, INPUTS);
  }

  /** A snapshot and what it says of itself. */
  private record Known(StoredSnapshot stored, SnapshotCodec.About about) {}

  /**
   * Deletes the snapshots that need not be kept, or may not be. The inputs before the oldest one
   * that is left can go as well.
   *
   * @param nowWallNs the present moment, wall clock, UTC nanoseconds
   * @param untilWallNs what was taken before this moment may not be kept, wall clock, but for the
   *     newest snapshot
   * @return the first input that is needed
   */
  public long sweep(SnapshotStore snapshots, long nowWallNs, long untilWallNs)
      throws JournalException {
    List<Known> known = new ArrayList<>();
    for (StoredSnapshot s : snapshots.list()) {
      if (s.damage().isEmpty()) {
        try {
          known.add(new Known(s, SnapshotCodec.decodeAbout(s.about())));
        } catch (InvalidValueException e) {
          // a start says what is wrong with it
        }
      }
    }
    List<Known> kept = new ArrayList<>();
    for (int i = 0; i < known.size(); i++) {
      Known k = known.get(i);
      boolean mayNot = i > 0 && k.about().wallNs() < untilWallNs;
      boolean needNot = i >= newest && (isOld(k, nowWallNs) || isClose(known, i, kept));
      if (mayNot || needNot) {
        snapshots.delete(k.stored());
      } else {
        kept.add(k);
      }
    }
    return kept.isEmpty() ? 1 : kept.getLast().about().nextPosition();
  }

  private boolean isOld(Known k, long nowWallNs) {
    return nowWallNs - k.about().wallNs() > keepNs;
  }

  /** Whether what a snapshot is for can be had from its neighbours as fast. */
  private boolean isClose(List<Known> known, int i, List<Known> kept) {
    if (i + 1 >= known.size()) {
      return false;
    }
    long newer = kept.getLast().about().nextPosition();
    long older = known.get(i + 1).about().nextPosition();
    return newer - older <= inputs;
  }
}
