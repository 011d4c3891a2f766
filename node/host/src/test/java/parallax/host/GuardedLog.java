package parallax.host;

import java.util.List;
import parallax.journal.JournalException;
import parallax.journal.log.EntryLog;
import parallax.journal.log.JournalEntry;
import parallax.journal.log.LogSegment;
import parallax.journal.log.MemoryEntryLog;

/** A log in memory that does something before it appends. */
final class GuardedLog implements EntryLog {
  private final EntryLog inner = new MemoryEntryLog();
  private final Guard guard;
  private volatile boolean underWay;

  /** What comes before each append. */
  interface Guard {
    void beforeAppend() throws JournalException;
  }

  GuardedLog(Guard guard) {
    this.guard = guard;
  }

  /** Whether an append has begun that has not ended. */
  boolean isUnderWay() {
    return underWay;
  }

  @Override
  public long append(List<JournalEntry> batch) throws JournalException {
    underWay = true;
    guard.beforeAppend();
    long position = inner.append(batch);
    underWay = false;
    return position;
  }

  @Override
  public long firstPosition() throws JournalException {
    return inner.firstPosition();
  }

  @Override
  public long nextPosition() throws JournalException {
    return inner.nextPosition();
  }

  @Override
  public void replay(long from, Visitor visitor) throws JournalException {
    inner.replay(from, visitor);
  }

  @Override
  public List<LogSegment> segments() throws JournalException {
    return inner.segments();
  }

  @Override
  public void roll(long nowNs) throws JournalException {
    inner.roll(nowNs);
  }

  @Override
  public long deleteBefore(long position) throws JournalException {
    return inner.deleteBefore(position);
  }

  @Override
  public void close() throws JournalException {
    inner.close();
  }
}
