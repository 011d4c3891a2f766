package parallax.journal;

import java.util.List;
import java.util.SortedMap;

/**
 * A journal whose inputs can be made to forget what they hold. Positions, order and number of the
 * inputs stay.
 */
public interface ForgettingJournal extends Journal {
  /**
   * The inputs from a position on, in order; empty beyond the last.
   *
   * @param fromPosition first wanted, 1 or more
   * @param limit at most so many, 1 or more
   * @throws JournalException {@code CORRUPT} when an input's checksum or place is wrong
   */
  List<byte[]> inputs(long fromPosition, int limit) throws JournalException;

  /**
   * Replaces inputs, all of them or none; durable when it returns. What they held may be left in
   * the store's files until {@link #purge} returns.
   *
   * @param inputs by position, each of an input that is there; the arrays are not copied
   * @throws IllegalArgumentException when there is no input at a position
   */
  void replace(SortedMap<Long, byte[]> inputs) throws JournalException;

  /** Makes sure that nothing that was replaced is left in the store's files. */
  void purge() throws JournalException;
}
