package parallax.bench.start;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import parallax.journal.JournalException;
import parallax.journal.files.SegmentLog;
import parallax.journal.files.SnapshotFiles;
import parallax.journal.log.EntryLog;
import parallax.journal.log.JournalEntry;
import parallax.journal.log.StoredSnapshot;
import parallax.model.UtcTime;
import parallax.wire.SnapshotCodec;

/**
 * What a busy node's past is filled with, because stepping it would take hours: inputs and a
 * snapshot that another node has written, again and again. A start looks at their number and kind
 * and never replays them.
 *
 * @param entries inputs, for as many appends as one likes
 * @param snapshot content of a snapshot
 * @param about what it says of itself
 * @param inputBytes mean length of an input as it was recorded, with its facts
 * @param snapshotBytes length of the snapshot's content as it was recorded
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Filler(
    List<JournalEntry> entries,
    byte[] snapshot,
    SnapshotCodec.About about,
    double inputBytes,
    int snapshotBytes) {
  /** A snapshot is cut to so many bytes, when inputs are cut. */
  private static final int CUT_SNAPSHOT_BYTES = 4 << 10;

  /** How many inputs are appended at a time. */
  static final int BATCH = 500;

  /** What an entry takes beside its input, bytes. */
  private static final int ENTRY_BYTES = 8;

  /**
   * The newest of a journal.
   *
   * @param bytes inputs are cut to so many, without facts, and snapshots too; 0: all is whole
   */
  static Filler of(Path journal, int bytes) throws JournalException {
    try (SegmentLog log = SegmentLog.open(journal)) {
      SnapshotFiles snapshots = SnapshotFiles.open(journal, log.id());
      List<JournalEntry> recorded = new ArrayList<>();
      long[] length = {0};
      log.replay(
          Math.max(log.firstPosition(), log.nextPosition() - BATCH),
          (position, input, facts) -> {
            length[0] += input.length + facts.length;
            recorded.add(
                bytes == 0
                    ? new JournalEntry(input, facts)
                    : JournalEntry.of(Arrays.copyOf(input, Math.min(bytes, input.length))));
          });
      double mean = (double) length[0] / recorded.size();
      List<JournalEntry> entries = new ArrayList<>(BATCH);
      while (entries.size() < BATCH) {
        entries.add(recorded.get(entries.size() % recorded.size()));
      }
      StoredSnapshot newest = snapshots.list().getFirst();
      byte[] content = snapshots.read(newest);
      return new Filler(
          entries,
          bytes == 0
              ? content
              : Arrays.copyOf(content, Math.min(content.length, CUT_SNAPSHOT_BYTES)),
          SnapshotCodec.decodeAbout(newest.about()),
          mean,
          content.length);
    }
  }

  /** Mean length of an input as it is filled in, with its facts, bytes. */
  double fillerBytes() {
    return entries.stream().mapToInt(e -> e.input().length + e.facts().length).average().orElse(0);
  }

  /** What so many inputs and snapshots will take, bytes. */
  long bytes(long inputs, long snapshots) {
    return (long) (inputs * (fillerBytes() + ENTRY_BYTES)) + snapshots * snapshot.length;
  }

  /** What a snapshot of the past says of itself. */
  byte[] about(long nextPosition, long wallNs) {
    return SnapshotCodec.encode(
        new SnapshotCodec.About(
            about.format(),
            about.behaviour(),
            nextPosition,
            new UtcTime(wallNs),
            wallNs,
            about.digest(),
            about.software()));
  }

  /** Appends inputs, not more than {@link #BATCH}. */
  void append(EntryLog log, int count) throws JournalException {
    var unused = log.append(count == BATCH ? entries : entries.subList(0, count));
  }
}
