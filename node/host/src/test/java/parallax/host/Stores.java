package parallax.host;

import java.nio.file.Path;
import parallax.journal.JournalException;
import parallax.journal.files.LogOptions;
import parallax.journal.files.SegmentLog;
import parallax.journal.files.SnapshotFiles;
import parallax.journal.log.EntryLog;
import parallax.journal.log.MemorySnapshotStore;
import parallax.journal.log.SnapshotStore;
import parallax.runtime.Keeping;
import parallax.runtime.SnapshotDue;

/** Stores for loops, with the standard times. */
final class Stores {
  private Stores() {}

  /** The store of a directory. */
  static NodeStore open(Path directory) throws JournalException {
    SegmentLog log =
        SegmentLog.open(directory, LogOptions.standard(), NodeClock.wallNs(), (kind, line) -> {});
    return of(log, directory);
  }

  /** The store of a directory whose log is open. */
  static NodeStore of(SegmentLog log, Path directory) throws JournalException {
    return of(log, SnapshotFiles.open(directory, log.id()));
  }

  /** A store over a log, with its snapshots in memory. */
  static NodeStore of(EntryLog log) {
    return of(log, new MemorySnapshotStore());
  }

  private static NodeStore of(EntryLog log, SnapshotStore snapshots) {
    NodeSettings.Keeps k = NodeSettings.Keeps.STANDARD;
    return new NodeStore(
        log,
        snapshots,
        Keeping.ofDays(k.days()),
        new SnapshotDue(k.snapshotInputs(), k.snapshotSeconds() * 1_000_000_000L));
  }
}
