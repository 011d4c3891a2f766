package parallax.journal.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.journal.JournalException;
import parallax.journal.JournalException.Kind;
import parallax.journal.files.LogOptions.Durability;
import parallax.journal.log.JournalEntry;
import parallax.journal.log.LogSegment;
import parallax.journal.log.StoredSnapshot;

/** Programs that read and copy a journal while a node writes it. */
final class ReadersTest {
  private static final LogOptions OPTIONS =
      LogOptions.standard()
          .withDurability(Durability.NORMAL)
          .withSegments(64 << 10, Long.MAX_VALUE)
          .withRoomBytes(16 << 10);
  private static final int COPIES = 12;

  /** How often a node appends at least while something is done beside it. */
  private static final int APPENDS = 400;

  @TempDir private Path folder = Path.of("");

  private Path journal() {
    return folder.resolve("journal");
  }

  private SegmentLog open() throws IOException {
    return SegmentLog.open(journal(), OPTIONS, 0, (kind, line) -> {});
  }

  private static JournalEntry entry(long position) {
    return MemoryLogs.entry(position, 0, (int) (position % 400));
  }

  private static void append(SegmentLog log, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      long next = log.nextPosition();
      log.append(List.of(entry(next), entry(next + 1), entry(next + 2)));
    }
  }

  private static long readAll(EntryLogReader reader, long from) throws IOException {
    long[] expected = {from};
    long next =
        reader.read(
            from,
            (position, input, facts) -> {
              assertEquals(expected[0]++, position);
              assertEquals(entry(position), new JournalEntry(input, facts));
            });
    assertEquals(expected[0], Math.max(next, from));
    return next;
  }

  @Test
  void followsALogOverItsSegments() throws IOException {
    try (SegmentLog log = open();
        EntryLogReader reader = EntryLogReader.open(journal())) {
      assertEquals(1, readAll(reader, 1));
      long seen = 1;
      for (int round = 0; round < 100; round++) {
        append(log, round % 9);
        long next = readAll(reader, readAll(reader, seen));
        assertEquals(log.nextPosition(), next);
        assertEquals(Optional.empty(), reader.stoppedBy());
        seen = next;
      }
      List<LogSegment> segments = log.segments();
      assertTrue(segments.size() > 2);
      assertEquals(log.id(), reader.id());
      assertEquals(segments.size(), reader.segments().size());
      assertEquals(seen, readAll(reader, 2));
      assertEquals(seen, readAll(reader, seen - 1));
      assertEquals(seen, reader.read(seen + 1_000, (p, i, f) -> {}));
      log.deleteBefore(segments.get(2).firstPosition());
      assertEquals(segments.get(2).firstPosition(), reader.firstPosition());
      JournalException e =
          assertThrows(JournalException.class, () -> reader.read(1, (p, i, f) -> {}));
      assertEquals(Kind.DELETED, e.kind());
      assertEquals(seen, readAll(reader, reader.firstPosition()));
    }
  }

  @Test
  void aReaderThatIsTooSlowHearsThatEntriesWereDeleted() throws IOException {
    try (SegmentLog log = open();
        EntryLogReader reader = EntryLogReader.open(journal())) {
      append(log, 10);
      readAll(reader, 1);
      append(log, 300);
      log.deleteBefore(log.nextPosition());
      JournalException e =
          assertThrows(JournalException.class, () -> reader.read(31, (p, i, f) -> {}));
      assertEquals(Kind.DELETED, e.kind(), e.getMessage());
    }
  }

  @Test
  void thereMustBeALog() throws IOException {
    JournalException e = assertThrows(JournalException.class, () -> EntryLogReader.open(folder));
    assertTrue(String.valueOf(e.getMessage()).contains("there is no journal in"));
    assertThrows(JournalException.class, () -> EntryLogReader.open(folder.resolve("nowhere")));
    assertTrue(!SegmentLog.isThere(folder) && !SegmentLog.isThere(folder.resolve("nowhere")));
    open().close();
    assertTrue(SegmentLog.isThere(journal()));
  }

  /** Something that is done again and again beside a node that appends. */
  private interface Beside {
    void run(int round) throws IOException;
  }

  private void whileANodeAppends(Beside beside) throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    Semaphore rounds = new Semaphore(0);
    AtomicReference<Throwable> failure = new AtomicReference<>();
    try (SegmentLog log = open()) {
      append(log, 50);
      Thread node =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      for (rounds.acquire(); !stop.get(); rounds.acquire()) {
                        append(log, APPENDS);
                      }
                    } catch (Throwable e) {
                      failure.set(e);
                    }
                  });
      try {
        for (int round = 0; round < COPIES; round++) {
          rounds.release();
          beside.run(round);
        }
      } finally {
        stop.set(true);
        rounds.release();
        node.join();
      }
      assertEquals(null, failure.get());
      try (EntryLogReader reader = EntryLogReader.open(journal())) {
        assertEquals(log.nextPosition(), readAll(reader, 1));
      }
    }
  }

  @Test
  void readsWhileANodeAppends() throws Exception {
    try (SegmentLog log = open()) {
      append(log, 1);
    }
    try (EntryLogReader reader = EntryLogReader.open(journal())) {
      long[] seen = {1};
      whileANodeAppends(
          round -> {
            for (int i = 0; i < 20; i++) {
              seen[0] = readAll(reader, seen[0]);
            }
          });
      assertTrue(seen[0] > 1);
    }
  }

  @Test
  void aCopyIsABeginningThatANodeCanGoOnFrom() throws Exception {
    whileANodeAppends(
        round -> {
          Path copy = folder.resolve("copy" + round);
          long next = JournalCopy.copy(journal(), copy);
          try (EntryLogReader reader = EntryLogReader.open(copy)) {
            assertEquals(next, readAll(reader, 1));
            assertEquals(Optional.empty(), reader.stoppedBy());
          }
          try (SegmentLog log =
              SegmentLog.open(
                  copy,
                  OPTIONS.withCheckAtOpen(true),
                  0,
                  (kind, line) -> {
                    throw new AssertionError(line);
                  })) {
            assertEquals(next, log.nextPosition());
            append(log, 1);
          }
        });
  }

  /** As any program copies files: one after the other, the mark at a time of its own. */
  @Test
  void filesThatWereCopiedOneByOneAreABeginningToo() throws Exception {
    whileANodeAppends(
        round -> {
          Path raw = Files.createDirectory(folder.resolve("raw" + round));
          for (String name : new RealDisk().names(journal())) {
            if (!name.endsWith(".part")) { // it may have its name by now
              Files.copy(journal().resolve(name), raw.resolve(name));
            }
          }
          long next;
          try (EntryLogReader reader = EntryLogReader.open(raw)) {
            next = readAll(reader, 1);
            assertTrue(next > 1);
          }
          Path copy = folder.resolve("copy" + round);
          assertEquals(next, JournalCopy.copy(raw, copy));
          try (SegmentLog log =
              SegmentLog.open(copy, OPTIONS.withCheckAtOpen(true), 0, (kind, line) -> {})) {
            assertEquals(next, log.nextPosition());
          }
        });
  }

  @Test
  void aCopyHasTheSnapshotsThatAreSound() throws IOException {
    try (SegmentLog log = open()) {
      append(log, 3);
      SnapshotFiles snapshots = SnapshotFiles.open(journal(), log.id());
      snapshots.write(4, new byte[] {4}, out -> out.write(new byte[] {1, 2, 3}));
      snapshots.write(7, new byte[] {7}, out -> out.write(new byte[] {4, 5, 6}));
      Path newest = journal().resolve(snapshots.list().get(0).fileName());
      byte[] bytes = Files.readAllBytes(newest);
      bytes[bytes.length - 1] ^= 1;
      Files.write(newest, bytes);
      Path copy = folder.resolve("copy");
      assertEquals(10, JournalCopy.copy(journal(), copy));
      SnapshotFiles copied = SnapshotFiles.openToRead(copy, log.id());
      List<StoredSnapshot> list = copied.list();
      assertEquals(1, list.size());
      assertArrayEquals(new byte[] {1, 2, 3}, copied.read(list.get(0)));
      assertThrows(JournalException.class, () -> JournalCopy.copy(journal(), copy));
      assertTrue(!Files.exists(folder.resolve("copy.part")));
    }
  }

  @Test
  void anInterruptedThreadGoesOnAppending() throws IOException {
    try (SegmentLog log = open()) {
      Thread.currentThread().interrupt();
      append(log, 300);
      readAll(EntryLogReader.open(journal()), 1);
      assertTrue(Thread.interrupted());
      append(log, 1);
      assertEquals(904, log.nextPosition());
    }
    try (SegmentLog log = open()) {
      assertEquals(904, log.nextPosition());
    }
  }
}
