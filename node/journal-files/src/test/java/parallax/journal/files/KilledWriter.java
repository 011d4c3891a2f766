package parallax.journal.files;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import parallax.journal.JournalException;
import parallax.journal.JournalException.Kind;
import parallax.journal.log.JournalEntry;

/**
 * A process that appends until it is killed, and prints the next position after every append. One
 * that meets a full disk says so and ends.
 */
final class KilledWriter {
  private KilledWriter() {}

  static final LogOptions OPTIONS =
      LogOptions.standard().withSegments(96 << 10, Long.MAX_VALUE).withRoomBytes(16 << 10);

  /** What stands at a position. */
  static JournalEntry entry(long position) {
    return MemoryLogs.entry(position, 7, (int) (position * 31 % 1_500));
  }

  /** Appends to the directory. */
  public static void main(String[] args) throws IOException {
    try (SegmentLog log = SegmentLog.open(Path.of(args[0]), OPTIONS, 0, (kind, line) -> {})) {
      System.out.println(log.nextPosition());
      SnapshotFiles snapshots = SnapshotFiles.open(Path.of(args[0]), log.id());
      for (long turn = 0; turn < 1_000_000; turn++) {
        long next = log.nextPosition();
        List<JournalEntry> batch = new ArrayList<>();
        for (long p = next; p <= next + turn % 7; p++) {
          batch.add(entry(p));
        }
        log.append(batch);
        System.out.println(log.nextPosition());
        if (turn % 50 == 49) {
          long at = log.nextPosition();
          snapshots.write(at, new byte[0], out -> out.write(entry(at).input()));
          log.deleteBefore(at - 2_000);
        }
      }
    } catch (JournalException e) {
      if (e.kind() == Kind.FULL || e.kind() == Kind.LOCKED) {
        System.out.println(e.kind() + " " + e.getMessage());
      } else {
        throw e;
      }
    }
  }
}
