package parallax.runtime;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.engine.Input;
import parallax.journal.CursorRecord;
import parallax.journal.ForgettingJournal;
import parallax.journal.Journal;
import parallax.journal.JournalException;
import parallax.journal.Transaction;
import parallax.link.Digest;
import parallax.link.Entry;
import parallax.link.Frame;
import parallax.wire.InputCodec;

/**
 * Deletes from a journal what partners told, once it is due, a piece at a time. A deletion that was
 * begun is finished, also when the process ends in the middle of it. The steps are:
 *
 * <ol>
 *   <li>It becomes durable up to which input is to be deleted.
 *   <li>Inputs are replaced, some hundred in a transaction.
 *   <li>The store forgets what they held.
 *   <li>An engine is made anew from the journal, beside the one that lives, and takes its place.
 *   <li>An {@link Input.RecordsDeleted} is stepped and appended, which closes it.
 * </ol>
 *
 * <p>A replay gives other pictures and alerts than the node did for the inputs before that last
 * one, because some of them rested on what is deleted. From there on it gives the same.
 */
public final class Retention {
  private static final String THROUGH = "retention/through";
  private static final String CLOSED = "retention/closed";
  private static final String TOLD = "retention/told";
  private static final String UNTIL = "retention/until";
  private static final byte[] NO_HASH = new byte[Digest.LENGTH];

  private final ForgettingJournal journal;

  /** Up to where all is due, or where the deletion under way has come to. */
  private long at;

  /** Where the search for what is due has come to, and the records up to there. */
  private long looked;

  private long lookedRecords;

  private long records;
  private boolean deleted;
  private boolean renewed;

  /** Deletes from a journal. */
  public Retention(ForgettingJournal journal) throws JournalException {
    this.journal = journal;
    this.at = closed(journal);
    this.looked = at;
  }

  private static long cursor(Journal journal, String name) throws JournalException {
    return journal.cursor(name).map(CursorRecord::next).orElse(1L);
  }

  /** The first position that no deletion that is closed has looked at. */
  private static long closed(Journal journal) throws JournalException {
    return cursor(journal, CLOSED);
  }

  /** The cursors that close a deletion; they become durable together with its input. */
  static List<CursorRecord> closed(Input.RecordsDeleted d, long position) {
    return List.of(
        new CursorRecord(CLOSED, d.through() + 1, NO_HASH),
        new CursorRecord(TOLD, position + 1, NO_HASH));
  }

  /** Whether a deletion was begun and is not closed. */
  public static boolean isUnderWay(Journal journal) throws JournalException {
    return cursor(journal, THROUGH) > closed(journal);
  }

  /**
   * The position up to which a replay may give other pictures, alerts and decisions than the node
   * saw; 0 when nothing was deleted yet.
   */
  public static long differsThrough(Journal journal) throws JournalException {
    return isUnderWay(journal) ? journal.nextPosition() - 1 : cursor(journal, TOLD) - 1;
  }

  /**
   * Looks on for what is due, and begins to delete it once all that is due was looked at. An input
   * that is stamped later than now was stamped by a clock that was ahead. It says nothing of its
   * age: it is due once one after it is.
   *
   * @param untilWallNs what came before this moment is due
   * @param nowWallNs the present moment
   * @param most how many inputs to look at now
   * @return whether all was looked at; then {@link #isUnderWay} says whether there is something
   */
  public boolean look(long untilWallNs, long nowWallNs, int most) throws JournalException {
    List<byte[]> inputs = journal.inputs(looked, most);
    for (byte[] bytes : inputs) {
      Input.Stamped in = InputCodec.decode(bytes);
      if (in.wallNs() >= untilWallNs && in.wallNs() <= nowWallNs) {
        begin(untilWallNs);
        return true;
      }
      lookedRecords += recordsIn(in);
      looked++;
      if (in.wallNs() < untilWallNs) {
        at = looked;
        records = lookedRecords;
      }
    }
    if (inputs.size() < most) {
      begin(untilWallNs);
      return true;
    }
    return false;
  }

  private void begin(long untilWallNs) throws JournalException {
    if (records > 0) {
      journal.append(
          new Transaction(
              List.of(),
              List.of(),
              List.of(
                  new CursorRecord(THROUGH, at, NO_HASH),
                  new CursorRecord(UNTIL, Math.max(0, untilWallNs), NO_HASH))));
      at = closed(journal);
      records = 0;
    }
    looked = at;
    lookedRecords = 0;
  }

  /**
   * Deletes on.
   *
   * @param most how many inputs to look at now
   * @return whether all is deleted and the store has forgotten it
   */
  public boolean delete(int most) throws JournalException {
    if (!deleted && replace(most)) {
      journal.purge();
      deleted = true;
    }
    return deleted;
  }

  /** Replaces on; returns whether all is replaced. */
  private boolean replace(int most) throws JournalException {
    long end = cursor(journal, THROUGH);
    if (at == end) {
      return true;
    }
    SortedMap<Long, byte[]> replaced = new TreeMap<>();
    long next = at;
    long found = 0;
    for (byte[] bytes : journal.inputs(at, (int) Math.min(most, end - at))) {
      found += recordsIn(InputCodec.decode(bytes));
      Optional<byte[]> without = InputCodec.withoutRecords(bytes);
      if (without.isPresent()) {
        replaced.put(next, without.get());
      }
      next++;
    }
    journal.replace(replaced); // when it fails, the same inputs are replaced the next time
    at = next;
    records += found;
    return at == end;
  }

  /**
   * Makes the engine anew, once all is deleted.
   *
   * @param most how many inputs to step now
   * @return whether the runner goes on with an engine that knows nothing of what is deleted
   */
  public boolean renew(Runner runner, int most) throws JournalException {
    if (renewed) {
      return true;
    }
    List<byte[]> inputs = journal.inputs(runner.nextToRenew(), most);
    runner.renew(inputs);
    renewed = inputs.size() < most;
    if (renewed) {
      runner.swap();
    }
    return renewed;
  }

  /**
   * Replaces what a process that ended had begun to delete. To be called before the journal is
   * replayed, which makes the engine anew; {@link #delete} has then only the store to purge.
   */
  public void finish(int mostAtOnce) throws JournalException {
    renewed = isUnderWay(journal);
    boolean done = !renewed;
    while (!done) {
      done = replace(mostAtOnce);
    }
  }

  /**
   * What is to be stepped and appended once all is deleted and the engine is made anew.
   *
   * @param clause under which it was deleted
   * @param events number of the next event for those who watch
   */
  public Input.RecordsDeleted close(String clause, long events) throws JournalException {
    Input.RecordsDeleted d =
        new Input.RecordsDeleted(clause, cursor(journal, UNTIL), at - 1, records, events);
    records = 0;
    looked = at;
    deleted = false;
    renewed = false;
    return d;
  }

  /** How many records of partners an input holds, or held before they were deleted. */
  public static int recordsIn(Input.Stamped in) {
    if (!(in.input() instanceof Input.FrameReceived f) || !(f.frame() instanceof Frame.Batch b)) {
      return 0;
    }
    int n = 0;
    for (Entry e : b.entries()) {
      n += e instanceof Entry.Whole || e instanceof Entry.Deleted ? 1 : 0;
    }
    return n;
  }
}
