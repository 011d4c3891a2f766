package parallax.journal;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The durable order of events of one node: what it took in (inputs), what it owes its partners
 * (outboxes) and how far it has read (cursors).
 *
 * <p>One thread at a time may use a journal. Every method but {@link #close} fails with {@link
 * JournalException.Kind#CLOSED} once the journal is closed.
 */
public interface Journal extends AutoCloseable {
  /**
   * Appends everything in {@code t} or nothing. Durable when it returns, to the level the journal
   * was opened with; after an exception the journal is as before and can be used on.
   *
   * @return the position of the first input; {@link #nextPosition} when {@code t} has no inputs
   * @throws JournalException {@code FULL} when there is no room; the same transaction may be
   *     appended again once there is
   * @throws IllegalArgumentException when a partner's numbers do not continue without a hole from
   *     {@link #lastOutboxSeq} (from 1 when there is none)
   */
  long append(Transaction t) throws JournalException;

  /**
   * Shows the inputs from a position to the end, in order; none when the position is at or beyond
   * {@link #nextPosition}.
   *
   * @param fromPosition first to show, 1 or more
   * @throws JournalException {@code CORRUPT}, with the position, when an input's checksum or place
   *     is wrong; the inputs before it have been shown
   */
  void replay(long fromPosition, EntryVisitor visitor) throws JournalException;

  /** The position the next input will have; 1 in an empty journal. */
  long nextPosition() throws JournalException;

  /**
   * A partner's records from a number on, in order; empty beyond the last.
   *
   * @param fromSeq first wanted, 1 or more
   * @param limit at most so many, 1 or more
   * @throws JournalException {@code CORRUPT} when a record's checksum or number is wrong
   */
  List<OutboxEntry> outbox(String partner, long fromSeq, int limit) throws JournalException;

  /** The number of a partner's last record; empty when there is none. */
  OptionalLong lastOutboxSeq(String partner) throws JournalException;

  /** The last value appended for a cursor; empty when there is none. */
  Optional<CursorRecord> cursor(String name) throws JournalException;

  /** Releases the journal; closing twice does nothing. */
  @Override
  void close() throws JournalException;
}
