package parallax.journal.contract;

import parallax.journal.Journal;
import parallax.journal.MemoryJournal;

final class MemoryJournalTest extends ForgettingJournalContract {
  private MemoryJournal current = new MemoryJournal();

  @Override
  protected MemoryJournal open() {
    current = current.reopen();
    return current;
  }

  @Override
  protected void corrupt(long position) {
    current.flipBit(position);
  }

  @Override
  protected void corruptOutbox(String partner, long seq) {
    current.flipOutboxBit(partner, seq);
  }

  @Override
  protected void fillDisk(Journal journal) {
    current.limitBytes(1 << 20);
  }

  @Override
  protected void freeDisk(Journal journal) {
    current.limitBytes(Long.MAX_VALUE);
  }
}
