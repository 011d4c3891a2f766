package parallax.host;

import java.io.IOException;
import java.nio.file.Path;
import parallax.journal.JournalException;
import parallax.journal.files.LogOptions;
import parallax.journal.files.SegmentLog;
import parallax.journal.files.SnapshotFiles;
import parallax.journal.log.EntryLog;
import parallax.journal.log.SnapshotStore;
import parallax.runtime.Keeping;
import parallax.runtime.SnapshotDue;

/**
 * What a node keeps on its disk to go on from: its journal and its snapshots, in one directory.
 *
 * @param log the journal
 * @param snapshots the snapshots
 * @param keeping what of them is kept
 * @param snapshotDue when the next snapshot is due
 */
public record NodeStore(
    EntryLog log, SnapshotStore snapshots, Keeping keeping, SnapshotDue snapshotDue)
    implements AutoCloseable {
  private static final long SEGMENT_BYTES = 64L << 20;
  private static final long HOUR_NS = 3_600_000_000_000L;
  private static final long SECOND_NS = 1_000_000_000L;

  /**
   * Opens the store of a node; it is made when there is none.
   *
   * @throws JournalException when another process has it open, or it is damaged
   */
  static NodeStore open(Path directory, NodeSettings s, NodeLog log) throws JournalException {
    LogOptions options = LogOptions.standard().withSegments(SEGMENT_BYTES, HOUR_NS);
    LogOptions.Durability durability =
        switch (s.durability()) {
          case FULL -> LogOptions.Durability.FULL;
          case NORMAL -> LogOptions.Durability.NORMAL;
        };
    SegmentLog entries =
        SegmentLog.open(
            directory, options.withDurability(durability), NodeClock.wallNs(), log::say);
    try {
      NodeSettings.Keeps k = s.keeps();
      return new NodeStore(
          entries,
          SnapshotFiles.open(directory, entries.id()),
          Keeping.ofDays(k.days()),
          new SnapshotDue(k.snapshotInputs(), k.snapshotSeconds() * SECOND_NS));
    } catch (JournalException e) {
      entries.close();
      throw e;
    }
  }

  /** The version of this program, as snapshots name it. */
  static String software() {
    String version = NodeStore.class.getPackage().getImplementationVersion();
    return version == null ? "of a development build" : version;
  }

  @Override
  public void close() throws IOException {
    log.close();
  }
}
