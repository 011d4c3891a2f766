package parallax.engine;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.model.ImpactPointPrediction;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.model.UtcTime;
import parallax.release.ReleaseContext;

/**
 * What partners were told, what is not told yet, and what was taken back, as it stands. Left out is
 * what follows from what waits: how much waits for each partner, and what a newer report takes the
 * place of.
 *
 * @param pending what waits, by its number
 * @param lastId the number that was given last to something that waits
 * @param lookAtNs when to look next at what waits, the node's time, UTC nanoseconds
 * @param lastTold when each track's data classes were last told to each partner, where that is
 *     limited, the node's time
 * @param missed what each suspended partner was not told, in order
 * @param unconfirmed the notices that a partner has not confirmed to hold, in the order told
 * @param endedNotices what partners made of the newest others, the oldest first
 * @param takenBack what was taken back of the nation's own tracks
 * @param lastUrgent the last urgent impact prediction of each track, by the partner told
 * @param told what data classes of each track each partner was told of
 */
public record ReleasesState(
    List<Pending> pending,
    long lastId,
    long lookAtNs,
    SortedMap<Nation, TracksState<SortedMap<Report.DataClass, UtcTime>>> lastTold,
    SortedMap<Nation, List<Missed>> missed,
    List<Unconfirmed> unconfirmed,
    List<NoticeProgress> endedNotices,
    TakenBack takenBack,
    SortedMap<Nation, TracksState<ImpactPointPrediction>> lastUrgent,
    SortedMap<Nation, TracksState<Set<Report.DataClass>>> told) {
  /** Copies the collections. */
  public ReleasesState {
    pending = List.copyOf(pending);
    lastTold = Collections.unmodifiableSortedMap(new TreeMap<>(lastTold));
    missed = Collections.unmodifiableSortedMap(new TreeMap<>(missed));
    unconfirmed = List.copyOf(unconfirmed);
    endedNotices = List.copyOf(endedNotices);
    lastUrgent = Collections.unmodifiableSortedMap(new TreeMap<>(lastUrgent));
    told = Collections.unmodifiableSortedMap(new TreeMap<>(told));
  }

  /** The same without when to look next: that was found out at a mere tick. */
  ReleasesState lasting() {
    return new ReleasesState(
        pending,
        lastId,
        0,
        lastTold,
        missed,
        unconfirmed,
        endedNotices,
        takenBack,
        lastUrgent,
        told);
  }

  /** What something waits for. */
  public enum For {
    /** A person must release it. */
    PERSON,
    /** A delay must end. */
    DELAY,
    /** At most one report in a while is told. */
    TURN
  }

  /**
   * A report that is not told yet.
   *
   * @param id its number, from 1
   * @param what what it waits for
   * @param partner for whom it is
   * @param report what would be told, before anything is taken from it
   * @param context what was known of its track
   * @param rule the national rule by which it waits
   * @param clause the clause of the agreement under which it waits
   * @param at until when it waits, the node's time
   * @param held what people are shown of it, where it waits for one
   */
  public record Pending(
      long id,
      For what,
      Nation partner,
      Report report,
      ReleaseContext context,
      String rule,
      String clause,
      UtcTime at,
      Optional<HeldReport> held) {
    Pending of(Report other, Optional<HeldReport> heldNow) {
      return new Pending(id, what, partner, other, context, rule, clause, at, heldNow);
    }
  }

  /**
   * A report that a suspended partner was not told.
   *
   * @param report the report
   * @param context what was known of its track
   */
  public record Missed(Report report, ReleaseContext context) {}

  /**
   * A notice that a partner has not confirmed to hold.
   *
   * @param partner the partner
   * @param seq its number in the urgent stream to that partner
   * @param notice the notice
   */
  public record Unconfirmed(Nation partner, long seq, Report.Notice notice) {
    NoticeProgress progress(NoticeProgress.State state, String reason) {
      return new NoticeProgress(partner, notice.header().track(), seq, state, reason);
    }
  }

  /**
   * What was taken back of the nation's own tracks.
   *
   * @param tracks those that were taken back as a whole
   * @param classes up to when what was made of a data class of a track was taken back
   */
  public record TakenBack(
      TracksState<Boolean> tracks, TracksState<SortedMap<Report.DataClass, UtcTime>> classes) {}

  /** Nobody was told anything. */
  static ReleasesState empty() {
    return new ReleasesState(
        List.of(),
        0,
        Long.MAX_VALUE,
        new TreeMap<>(),
        new TreeMap<>(),
        List.of(),
        List.of(),
        new TakenBack(TracksState.empty(), TracksState.empty()),
        new TreeMap<>(),
        new TreeMap<>());
  }
}
