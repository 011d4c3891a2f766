package parallax.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import parallax.journal.JournalException;
import parallax.journal.log.BatchFormat;
import parallax.journal.log.EntryLog;
import parallax.journal.log.JournalEntry;
import parallax.journal.log.LogSegment;
import parallax.journal.log.MemoryEntryLog;

/**
 * The journal of a node on a simulated disk.
 *
 * <p>It promises what the journal on disk promises. With full durability an append that returned
 * outlives everything. With normal durability it outlives the process; power that fails right after
 * may take the last batch, so {@link #loseLast} is for a node that has not acted on it yet.
 */
final class SimJournal implements EntryLog {
  private final MemoryEntryLog log = new MemoryEntryLog();
  private Predicate<byte[]> kept = input -> true;

  /** The last batch of which something followed that stays. */
  private long lastWithFacts;

  /** As a bug would have it: some inputs are not stored. */
  void keepOnly(Predicate<byte[]> those) {
    kept = those;
  }

  /** No more room, or room again. */
  void full(boolean now) {
    log.limitBytes(now ? 0 : Long.MAX_VALUE);
  }

  /** Changes a bit of what is stored. */
  void flip(Chance chance) {
    if (log.bytes() > 0 && !log.isDamaged()) {
      log.flip(chance.below((int) log.bytes()), chance.below(8));
    }
  }

  /** Changes it back. */
  void unflip() {
    log.unflip();
  }

  boolean isDamaged() {
    return log.isDamaged();
  }

  /** The process ends; a part of a batch had been written when it did. */
  void tear(List<JournalEntry> batch, Chance chance) {
    log.tear(batch, chance.below(BatchFormat.encodedBytes(batch)));
  }

  /** The power fails before the last batch was synced. */
  void loseLast() {
    log.loseLast();
  }

  /** As a bug would have it: the last batch with facts is forgotten, and all after it. */
  void forgetNumbers() {
    if (lastWithFacts > 0) {
      log.loseFrom(lastWithFacts);
      lastWithFacts = 0;
    }
  }

  /**
   * Opens it anew: what is stored counts.
   *
   * @throws JournalException {@code CORRUPT} when what is stored is not what was appended
   */
  void reopen() throws JournalException {
    log.reopen();
  }

  @Override
  public long append(List<JournalEntry> batch) throws JournalException {
    List<JournalEntry> stored = new ArrayList<>(batch);
    stored.removeIf(e -> !kept.test(e.input()));
    long first = log.append(stored);
    if (stored.stream().anyMatch(e -> e.facts().length > 0)) {
      lastWithFacts = first;
    }
    return first;
  }

  @Override
  public long firstPosition() throws JournalException {
    return log.firstPosition();
  }

  @Override
  public long nextPosition() throws JournalException {
    return log.nextPosition();
  }

  @Override
  public void replay(long from, Visitor visitor) throws JournalException {
    log.replay(from, visitor);
  }

  @Override
  public List<LogSegment> segments() throws JournalException {
    return log.segments();
  }

  @Override
  public void roll(long nowNs) throws JournalException {
    log.roll(nowNs);
  }

  @Override
  public long deleteBefore(long position) throws JournalException {
    return log.deleteBefore(position);
  }

  @Override
  public void close() {
    log.close();
  }
}
