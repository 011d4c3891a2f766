package parallax.journal.log.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import parallax.journal.JournalException;
import parallax.journal.JournalException.Kind;
import parallax.journal.log.BatchFormat;
import parallax.journal.log.EntryLog;
import parallax.journal.log.MemoryEntryLog;

final class MemoryEntryLogTest extends EntryLogContract {
  private final MemoryEntryLog disk = new MemoryEntryLog(SEGMENT_BYTES, SEGMENT_AGE_NS);

  @Override
  protected EntryLog open() throws IOException {
    disk.reopen();
    return disk;
  }

  @Override
  protected void corrupt(long position) {
    disk.flipEntry(position);
  }

  @Override
  protected void fillDisk(EntryLog log) {
    disk.limitBytes(1 << 20);
  }

  @Override
  protected void freeDisk(EntryLog log) {
    disk.limitBytes(Long.MAX_VALUE);
  }

  @Test
  void everyChangedBitIsFound() throws IOException {
    disk.append(entries("a", "b"));
    disk.append(entries("c"));
    for (long place = 0; place < disk.bytes(); place++) {
      for (int bit = 0; bit < 8; bit++) {
        disk.flip(place, bit);
        assertTrue(disk.isDamaged());
        JournalException e = assertThrows(JournalException.class, disk::reopen);
        assertEquals(Kind.CORRUPT, e.kind());
        disk.unflip();
        assertFalse(disk.isDamaged());
      }
    }
    disk.reopen();
    assertEquals(List.of("1:a/aa", "2:b/bb", "3:c/cc"), replayed(disk, 1));
  }

  @Test
  void aBatchThatWasWrittenInPartIsGoneAndAWholeOneIsThere() throws IOException {
    disk.append(entries("a"));
    int whole = BatchFormat.encodedBytes(entries("b", "c"));
    for (int written = 0; written < whole; written++) {
      disk.tear(entries("b", "c"), written);
      assertThrows(JournalException.class, disk::nextPosition);
      disk.reopen();
      assertEquals(2, disk.nextPosition());
    }
    disk.tear(entries("b", "c"), whole);
    disk.reopen();
    assertEquals(List.of("1:a/aa", "2:b/bb", "3:c/cc"), replayed(disk, 1));
  }

  @Test
  void powerMayTakeTheLastBatchAlsoTheFirstOfASegment() throws IOException {
    disk.append(entries("a"));
    disk.append(entries("b", "c"));
    disk.loseLast();
    disk.reopen();
    assertEquals(List.of("1:a/aa"), replayed(disk, 1));
    disk.roll(100_000);
    assertEquals(2, disk.segments().size());
    disk.append(entries("d"));
    disk.loseFrom(1);
    disk.reopen();
    assertEquals(1, disk.nextPosition());
    assertEquals(1, disk.segments().size());
    assertEquals(1, disk.append(entries("e")));
    disk.reopen();
    assertEquals(List.of("1:e/ee"), replayed(disk, 1));
  }
}
