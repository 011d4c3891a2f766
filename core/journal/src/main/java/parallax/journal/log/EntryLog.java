package parallax.journal.log;

import java.util.List;
import parallax.journal.JournalException;

/**
 * The durable order of events of one node: entries with positions from 1 on without holes, in
 * segments, of which the oldest can be deleted.
 *
 * <p>One thread at a time may use a log. Every method but {@link #close} fails with {@link
 * JournalException.Kind#CLOSED} once the log is closed.
 */
public interface EntryLog extends AutoCloseable {
  /** Receives entries one by one, in order. */
  @FunctionalInterface
  interface Visitor {
    /**
     * One entry.
     *
     * @param position its place in the log
     * @param input what was taken in, as appended; the receiver may keep but not change it
     * @param facts what became of it, likewise; may be empty
     */
    void entry(long position, byte[] input, byte[] facts);
  }

  /**
   * Appends all entries or none. Durable when it returns, to the level the log was opened with;
   * after an exception of kind FULL or BUSY the log is as before.
   *
   * @return the position of the first; {@link #nextPosition} when the batch is empty
   * @throws JournalException {@code FULL} when there is no room, {@code BUSY} when another program
   *     holds the store up: the same batch, or another, may be appended later
   * @throws IllegalArgumentException when the batch is longer than {@link BatchFormat#MOST_BYTES}
   */
  long append(List<JournalEntry> batch) throws JournalException;

  /** Position of the oldest entry that is kept; {@link #nextPosition} when there is none. */
  long firstPosition() throws JournalException;

  /** The position that the next entry will have; 1 in a new log. */
  long nextPosition() throws JournalException;

  /**
   * Shows the entries from a position to the end, in order; none when the position is at or beyond
   * {@link #nextPosition}.
   *
   * @param from first to show, 1 or more
   * @throws JournalException {@code DELETED} when the position is before {@link #firstPosition};
   *     {@code CORRUPT} when what is stored is not what was appended: the entries before the damage
   *     have been shown
   */
  void replay(long from, Visitor visitor) throws JournalException;

  /** The segments, oldest first; never empty. */
  List<LogSegment> segments() throws JournalException;

  /**
   * Tells the log the time. The last segment is ended when it is older than the log's setting and
   * holds an entry, so that it can be deleted as a whole one day; the next entry goes to a new one.
   *
   * @param nowNs nanoseconds since 1970
   * @throws JournalException {@code FULL} when there is no room for another segment; nothing is
   *     lost by it
   */
  void roll(long nowNs) throws JournalException;

  /**
   * Deletes the segments that hold entries before a position only. The last segment stays.
   *
   * @return {@link #firstPosition} after it
   */
  long deleteBefore(long position) throws JournalException;

  /** Releases the log; closing twice does nothing. */
  @Override
  void close() throws JournalException;
}
