package parallax.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import parallax.files.FileTree;
import parallax.files.WholeFile;
import parallax.journal.CursorRecord;
import parallax.journal.EntryVisitor;
import parallax.journal.JournalException;
import parallax.journal.OutboxEntry;
import parallax.journal.files.LogOptions;
import parallax.journal.files.SegmentLog;
import parallax.journal.files.SnapshotFiles;
import parallax.journal.sqlite.OldJournal;
import parallax.link.Keyring;
import parallax.runtime.Conversion;
import parallax.runtime.Engines;
import parallax.runtime.Runner;

/**
 * Converts, once, the journal of a version before there were snapshots. What it held becomes the
 * first snapshot of a journal in today's format. The old files stay beside it, under another name,
 * until a person removes them.
 */
final class JournalUpgrade {
  private static final String CONVERTING = ".converting";
  private static final String BEFORE = ".before-snapshots";

  private final Path journal;
  private final Keyring keyring;
  private final Engines engines;
  private final AuditOpener audit;
  private final NodeLog log;

  /** Opens the audit log of the node. */
  @FunctionalInterface
  interface AuditOpener {
    /** Opens it anew. */
    AuditLog open() throws IOException;
  }

  JournalUpgrade(Path journal, Keyring keyring, Engines engines, AuditOpener audit, NodeLog log) {
    this.journal = journal;
    this.keyring = keyring;
    this.engines = engines;
    this.audit = audit;
    this.log = log;
  }

  private Path sibling(String suffix) {
    return journal.resolveSibling(journal.getFileName() + suffix);
  }

  /**
   * Converts what there is of an old version, or goes on with that where it was interrupted.
   *
   * @throws IOException when that cannot be done; the old files are as they were
   */
  void run() throws IOException {
    Path converting = sibling(CONVERTING);
    Path before = sibling(BEFORE);
    if (!Files.exists(journal) && Files.exists(before) && Files.exists(converting)) {
      move(converting, journal); // it ended between the two renamings
      return;
    }
    if (SegmentLog.isThere(journal) || !OldJournal.isThere(journal)) {
      return;
    }
    log.change(
        "JOURNAL",
        "the journal is of a version before there were snapshots; all of it is read once, which"
            + " takes as long as a start took then");
    FileTree.delete(converting);
    convert(converting);
    move(journal, before);
    move(converting, journal);
    log.change(
        "JOURNAL",
        "the journal is converted. What it was made from lies in "
            + before
            + "; remove it when you need no way back");
  }

  private void convert(Path into) throws IOException {
    EventLog events = new EventLog(64L << 20);
    FeedCounts feeds = new FeedCounts();
    try (AuditLog written = audit.open();
        OldJournal old = OldJournal.open(journal);
        SegmentLog entries =
            SegmentLog.open(
                into,
                LogOptions.standard().withFirstPosition(old.nextPosition()),
                NodeClock.wallNs(),
                log::say)) {
      SnapshotFiles snapshots = SnapshotFiles.open(into, entries.id());
      Runner runner = new Runner(entries, snapshots, keyring, engines, (input, what) -> {});
      runner.remember(new RememberedEvents(events, engines::area));
      runner.remember(written);
      runner.remember(feeds);
      written.trustStored();
      Conversion.Converted c =
          Conversion.run(
              held(old),
              keyring,
              engines,
              (in, effects) -> {
                written.replayed(in, effects);
                effects.forEach(feeds::count);
                events.add(in, effects);
              });
      c.notes().forEach(n -> log.change("JOURNAL_NOTE", n));
      runner.goOnFrom(c);
      written.start();
      var unused = runner.capture().writeTo(snapshots, NodeStore.software());
    }
  }

  private static Conversion.Old held(OldJournal old) {
    return new Conversion.Old() {
      @Override
      public long nextPosition() {
        return old.nextPosition();
      }

      @Override
      public void replay(long from, EntryVisitor visitor) throws JournalException {
        old.replay(from, visitor);
      }

      @Override
      public OptionalLong lastOutboxSeq(String name) {
        return old.lastOutboxSeq(name);
      }

      @Override
      public List<OutboxEntry> outbox(String name, long fromSeq, int limit)
          throws JournalException {
        return old.outbox(name, fromSeq, limit);
      }

      @Override
      public Optional<CursorRecord> cursor(String name) {
        return Optional.ofNullable(old.cursors().get(name));
      }
    };
  }

  private static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    WholeFile.force(to.resolveSibling("."));
  }
}
