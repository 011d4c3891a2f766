package parallax.journal.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.journal.JournalException;
import parallax.journal.JournalException.Kind;
import parallax.journal.files.LogOptions.Durability;
import parallax.journal.log.JournalEntry;
import parallax.journal.log.LogSegment;

/** What is damaged, missing or mixed up is refused in a sentence, and never read as an entry. */
final class DamageTest {
  private static final LogOptions OPTIONS = MemoryLogs.options(Durability.FULL);

  @TempDir private Path folder = Path.of("");

  /** A closed log of so many segments. */
  private MemoryDisk log(int segments, long turn, List<JournalEntry> entries) throws IOException {
    MemoryDisk disk = new MemoryDisk();
    try (SegmentLog log = MemoryLogs.open(disk, folder, OPTIONS)) {
      for (int i = 0; i < segments; i++) {
        if (i > 0) {
          log.roll(1_000_000 + 2_000L * i);
        }
        for (int k = 0; k < 3; k++) {
          JournalEntry e = MemoryLogs.entry(log.nextPosition(), turn, 20);
          log.append(List.of(e));
          entries.add(e);
        }
      }
      assertEquals(segments, log.segments().size());
    }
    return disk;
  }

  private List<Path> segmentPaths(MemoryDisk disk) {
    return disk.paths().stream().filter(p -> p.toString().endsWith(SegmentHeader.SUFFIX)).toList();
  }

  private JournalException refused(MemoryDisk disk) {
    return assertThrows(
        JournalException.class,
        () -> {
          try (SegmentLog log = MemoryLogs.open(disk, folder, OPTIONS)) {
            MemoryLogs.all(log);
          }
        });
  }

  private static void assertSays(String expected, JournalException e) {
    assertTrue(String.valueOf(e.getMessage()).contains(expected), e.getMessage());
  }

  @Test
  void anyBitOfAnyFileThatChangesIsFoundOrChangesNothing() throws IOException {
    List<JournalEntry> entries = new ArrayList<>();
    MemoryDisk sound = log(2, 1, entries);
    int found = 0;
    for (Path path : sound.paths()) {
      byte[] bytes = sound.get(path);
      boolean segment = path.toString().endsWith(SegmentHeader.SUFFIX);
      int end = segment ? Math.min(bytes.length, 500) : bytes.length;
      for (int place = 0; place < end; place++) {
        if (!segment && place % 512 >= 80) {
          continue; // nothing stands there
        }
        for (int bit = 0; bit < 8; bit++) {
          bytes[place] ^= (byte) (1 << bit);
          MemoryDisk disk = sound.afterKill();
          disk.put(path, bytes);
          bytes[place] ^= (byte) (1 << bit);
          found += assertNothingWrongIsRead(disk, entries) ? 1 : 0;
        }
      }
    }
    assertTrue(found > 3_000, "found: " + found);
  }

  /** Whether the damage was found. */
  private boolean assertNothingWrongIsRead(MemoryDisk disk, List<JournalEntry> entries) {
    try {
      List<JournalEntry> read = MemoryLogs.read(disk, folder);
      assertEquals(entries.subList(0, read.size()), read);
    } catch (JournalException e) {
      assertTrue(e.kind() == Kind.CORRUPT, e.getMessage());
    }
    try (SegmentLog log = MemoryLogs.open(disk, folder, OPTIONS.withCheckAtOpen(true))) {
      assertEquals(entries, MemoryLogs.all(log));
      return false;
    } catch (JournalException e) {
      assertEquals(Kind.CORRUPT, e.kind(), e.getMessage());
      return true;
    }
  }

  @Test
  void damageInAnEarlierSegmentIsFoundAtOpeningOrWhenItIsRead() throws IOException {
    MemoryDisk disk = log(3, 1, new ArrayList<>());
    Path first = segmentPaths(disk).get(0);
    byte[] bytes = disk.get(first);
    bytes[SegmentHeader.BYTES + 60] ^= 1;
    disk.put(first, bytes);
    JournalException e =
        assertThrows(
            JournalException.class,
            () -> MemoryLogs.open(disk, folder, OPTIONS.withCheckAtOpen(true)));
    assertEquals(Kind.CORRUPT, e.kind());
    assertSays(first + ", from byte 80 on (journal entry 1)", e);
    try (SegmentLog log = MemoryLogs.open(disk, folder, OPTIONS)) {
      int[] count = {0};
      log.replay(4, (p, i, f) -> count[0]++);
      assertEquals(6, count[0]);
      assertSays(
          first + ", from byte 80 on",
          assertThrows(JournalException.class, () -> log.replay(1, (p, i, f) -> {})));
    }
  }

  @Test
  void segmentsOfTwoLogsAreToldApart() throws IOException {
    MemoryDisk one = log(3, 1, new ArrayList<>());
    MemoryDisk two = log(3, 2, new ArrayList<>());
    for (Path path : segmentPaths(one)) {
      MemoryDisk mixed = one.afterKill();
      mixed.put(path, two.get(path));
      JournalException e = refused(mixed);
      assertEquals(Kind.CORRUPT, e.kind());
      assertSays("files of two journals were mixed", e);
    }
    MemoryDisk otherMark = one.afterKill();
    Path mark = folder.resolve(AcknowledgedMark.FILE);
    otherMark.put(mark, two.get(mark));
    assertSays("files of two journals were mixed", refused(otherMark));
  }

  @Test
  void aMissingSegmentIsNamed() throws IOException {
    MemoryDisk sound = log(4, 1, new ArrayList<>());
    List<Path> paths = segmentPaths(sound);
    for (int i = 1; i < 3; i++) {
      MemoryDisk disk = sound.afterKill();
      disk.remove(paths.get(i));
      JournalException e = refused(disk);
      assertEquals(Kind.CORRUPT, e.kind());
      assertSays(paths.get(i).getFileName() + ", which is missing", e);
      JournalException r =
          assertThrows(JournalException.class, () -> MemoryLogs.read(disk, folder));
      assertSays(paths.get(i).getFileName() + ", which is missing", r);
    }
    MemoryDisk disk = sound.afterKill();
    disk.remove(paths.get(3));
    assertSays("its end is missing", refused(disk));
    // Without the oldest it is a log that begins later.
    MemoryDisk later = sound.afterKill();
    later.remove(paths.get(0));
    try (SegmentLog log = MemoryLogs.open(later, folder, OPTIONS)) {
      assertEquals(4, log.firstPosition());
    }
    MemoryDisk none = sound.afterKill();
    paths.forEach(none::remove);
    assertSays("its end is missing", refused(none));
  }

  @Test
  void aSegmentThatWasCutIsRefused() throws IOException {
    MemoryDisk sound = log(3, 1, new ArrayList<>());
    Path first = segmentPaths(sound).get(0);
    byte[] bytes = sound.get(first);
    for (int length = 0; length < bytes.length; length++) {
      MemoryDisk disk = sound.afterKill();
      disk.put(first, java.util.Arrays.copyOf(bytes, length));
      assertEquals(Kind.CORRUPT, refused(disk).kind());
    }
  }

  @Test
  void aSegmentOfANewerFormatIsRefusedInASentence() throws IOException {
    MemoryDisk disk = log(2, 1, new ArrayList<>());
    Path last = segmentPaths(disk).get(1);
    byte[] bytes = disk.get(last);
    ByteBuffer b = ByteBuffer.wrap(bytes);
    b.putInt(8, SegmentHeader.VERSION + 1);
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, 12);
    crc.update(bytes, 16, SegmentHeader.BYTES - 16);
    b.putInt(12, (int) crc.getValue());
    disk.put(last, bytes);
    JournalException e = refused(disk);
    assertEquals(Kind.OTHER, e.kind());
    assertSays("made by a newer program; this one reads version 1. Use the newer program", e);
  }

  @Test
  void otherFilesAreLeftAlone() throws IOException {
    List<JournalEntry> entries = new ArrayList<>();
    MemoryDisk disk = log(2, 1, entries);
    for (String name : List.of("notes.txt", "1.log", "00000000000000000000.log", "x.log.part")) {
      disk.put(folder.resolve(name), new byte[] {1});
    }
    disk.put(folder.resolve("99999999999999999999.log"), new byte[] {1});
    try (SegmentLog log = MemoryLogs.open(disk, folder, OPTIONS)) {
      assertEquals(entries, MemoryLogs.all(log));
    }
    assertEquals(1, disk.get(folder.resolve("x.log.part")).length);
  }

  @Test
  void aFullDiskIsToldBeforeAnythingIsWrittenAndTheLogGoesOn() throws IOException {
    MemoryDisk disk = new MemoryDisk();
    List<JournalEntry> model = new ArrayList<>();
    try (SegmentLog log = MemoryLogs.open(disk, folder, OPTIONS)) {
      for (int round = 0; round < 200; round++) {
        long used = disk.paths().stream().mapToLong(p -> disk.get(p).length).sum();
        disk.capacity(used + round * 7L);
        List<JournalEntry> batch =
            List.of(MemoryLogs.entry(log.nextPosition(), round, round % 9 == 0 ? 5_000 : 300));
        try {
          log.append(batch);
          model.addAll(batch);
        } catch (JournalException e) {
          assertEquals(Kind.FULL, e.kind(), e.getMessage());
          disk.capacity(Long.MAX_VALUE);
          log.append(batch);
          model.addAll(batch);
        }
      }
      assertEquals(model, MemoryLogs.all(log));
    }
    try (SegmentLog log = MemoryLogs.open(disk, folder, OPTIONS.withCheckAtOpen(true))) {
      assertEquals(model, MemoryLogs.all(log));
    }
  }

  @Test
  void aDiskThatDoesNotWriteThroughEndsTheLogUntilItIsOpenedAgain() throws IOException {
    MemoryDisk disk = new MemoryDisk();
    try (SegmentLog log = MemoryLogs.open(disk, folder, OPTIONS)) {
      log.append(List.of(MemoryLogs.entry(1, 1, 50)));
      disk.cannotForce(true);
      for (int i = 0; i < 2; i++) {
        JournalException e =
            assertThrows(
                JournalException.class, () -> log.append(List.of(MemoryLogs.entry(2, 1, 50))));
        assertEquals(Kind.OTHER, e.kind());
        assertSays("did not write the journal", e);
        disk.cannotForce(false);
      }
    }
    try (SegmentLog log = MemoryLogs.open(disk, folder, OPTIONS)) {
      assertTrue(log.nextPosition() <= 3);
      assertFalse(MemoryLogs.all(log).isEmpty());
      log.append(List.of(MemoryLogs.entry(log.nextPosition(), 2, 50)));
    }
  }

  @Test
  void aSegmentThatCannotBeBegunLeavesTheLogAsItWas() throws IOException {
    for (int failing = 1; failing < 8; failing++) {
      MemoryDisk disk = new MemoryDisk();
      List<JournalEntry> model = new ArrayList<>();
      try (SegmentLog log = MemoryLogs.open(disk, folder, OPTIONS)) {
        model.add(MemoryLogs.entry(1, 1, 50));
        log.append(model);
        disk.failOnce(failing);
        try {
          log.roll(10_000_000);
        } catch (JournalException e) {
          assertEquals(1, log.segments().size());
        }
        for (int i = 0; i < 3; i++) {
          List<JournalEntry> batch = List.of(MemoryLogs.entry(log.nextPosition(), 2, 50));
          log.append(batch);
          model.addAll(batch);
        }
        log.roll(10_000_000);
        assertEquals(2, log.segments().size());
      }
      try (SegmentLog log = MemoryLogs.open(disk, folder, OPTIONS.withCheckAtOpen(true))) {
        assertEquals(model, MemoryLogs.all(log));
      }
    }
  }

  @Test
  void deletingSegmentsMayBeInterruptedAnywhere() throws IOException {
    for (int units = 0; units < 12; units++) {
      List<JournalEntry> entries = new ArrayList<>();
      MemoryDisk disk = log(6, 1, entries);
      long third;
      try (SegmentLog log = MemoryLogs.open(disk, folder, OPTIONS)) {
        third = log.segments().get(4).firstPosition();
        disk.stopAfter(units);
        log.deleteBefore(third);
      } catch (JournalException e) {
        assertTrue(disk.isStopped(), e.getMessage());
        third = 13;
      }
      for (int i = 0; i < 5; i++) {
        MemoryDisk after = disk.afterPowerLoss(new java.util.SplittableRandom(units * 5L + i));
        try (SegmentLog log = MemoryLogs.open(after, folder, OPTIONS)) {
          long first = log.firstPosition();
          assertTrue(first <= third);
          assertEquals(entries.subList((int) first - 1, entries.size()), MemoryLogs.all(log));
          assertEquals(third, log.deleteBefore(third));
          List<LogSegment> left = log.segments();
          assertEquals(2, left.size());
        }
      }
    }
  }
}
