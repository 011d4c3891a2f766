package parallax.journal.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.journal.JournalException;
import parallax.journal.JournalException.Kind;
import parallax.journal.files.LogOptions.Durability;
import parallax.journal.log.BatchFormat;
import parallax.journal.log.JournalEntry;

/** A batch that was being written when everything stopped, and one that only looks like it. */
final class TornBatchTest {
  private static final LogOptions OPTIONS =
      MemoryLogs.options(Durability.FULL).withSegments(1 << 20, 1_000).withRoomBytes(16 << 10);

  @TempDir private Path folder = Path.of("");

  /** What stood in the files before and after the last batch. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Moment(byte[] segment, byte[] mark, long end, List<JournalEntry> entries) {
    byte[] tail(Moment after) {
      return Arrays.copyOfRange(after.segment, (int) end, (int) after.end);
    }
  }

  private Path segmentPath() {
    return LogDirectory.path(folder, 1);
  }

  private Path markPath() {
    return folder.resolve(AcknowledgedMark.FILE);
  }

  private final List<JournalEntry> appended = new ArrayList<>();
  private final List<Moment> moments = new ArrayList<>();

  /** Appends batches of so many bytes, and keeps what the files held after each. */
  private void append(Durability durability, int... bytes) throws IOException {
    MemoryDisk disk = new MemoryDisk();
    try (SegmentLog log = MemoryLogs.open(disk, folder, OPTIONS.withDurability(durability))) {
      moment(disk);
      for (int some : bytes) {
        List<JournalEntry> batch =
            List.of(
                MemoryLogs.entry(log.nextPosition(), 1, some),
                MemoryLogs.entry(log.nextPosition() + 1, 1, 3));
        log.append(batch);
        appended.addAll(batch);
        moment(disk);
      }
    }
  }

  private void moment(MemoryDisk disk) throws IOException {
    byte[] segment = disk.get(segmentPath());
    long end = endOf(disk);
    moments.add(new Moment(segment, disk.get(markPath()), end, List.copyOf(appended)));
  }

  private MemoryDisk disk(byte[] segment, byte[] mark) {
    MemoryDisk disk = new MemoryDisk();
    disk.put(segmentPath(), segment);
    if (mark.length > 0) {
      disk.put(markPath(), mark);
    }
    return disk;
  }

  /** The log opens with the batches before the last, or with all; it can be appended to. */
  private void assertOpens(byte[] segment, Moment before, Moment after) throws IOException {
    for (byte[] mark : List.of(before.mark, new byte[0])) {
      MemoryDisk disk = disk(segment, mark);
      List<JournalEntry> read = MemoryLogs.read(disk, folder);
      List<JournalEntry> found;
      List<String> said = new ArrayList<>();
      JournalEntry more;
      try (SegmentLog log = MemoryLogs.open(disk, folder, OPTIONS, said)) {
        found = MemoryLogs.all(log);
        assertTrue(found.equals(before.entries) || found.equals(after.entries), said.toString());
        assertEquals(found, read);
        more = MemoryLogs.entry(found.size() + 1, 2, 9);
        log.append(List.of(more));
      }
      said.clear();
      try (SegmentLog log = MemoryLogs.open(disk, folder, OPTIONS, said)) {
        List<JournalEntry> all = new ArrayList<>(found);
        all.add(more);
        assertEquals(all, MemoryLogs.all(log));
        assertEquals(List.of(), said);
      }
    }
  }

  @Test
  void aBatchThatEndsAtAnyByteIsNotThere() throws IOException {
    append(Durability.FULL, 30, 100, 250);
    Moment before = moments.get(2);
    Moment after = moments.get(3);
    SplittableRandom random = new SplittableRandom(7);
    byte[] tail = before.tail(after);
    for (int written = 0; written <= tail.length; written++) {
      byte[] zeros = before.segment.clone();
      System.arraycopy(tail, 0, zeros, (int) before.end, written);
      assertOpens(zeros, before, after);
      assertOpens(Arrays.copyOf(zeros, (int) before.end + written), before, after);
      byte[] garbage = new byte[random.nextInt(1, 900)];
      random.nextBytes(garbage);
      byte[] more = zeros.clone();
      System.arraycopy(garbage, 0, more, (int) before.end + written, garbage.length);
      if (written < tail.length) {
        assertOpens(more, before, after);
      }
    }
  }

  @Test
  void aBatchOfWhichAnySectorsWereWrittenIsNotThere() throws IOException {
    append(Durability.FULL, 30, 100, 6_000);
    Moment before = moments.get(2);
    Moment after = moments.get(3);
    byte[] tail = before.tail(after);
    SplittableRandom random = new SplittableRandom(8);
    for (int round = 0; round < 400; round++) {
      byte[] segment = before.segment.clone();
      double probability = random.nextDouble();
      for (int at = 0; at < tail.length; ) {
        int some = (int) Math.min(tail.length - at, 512 - (before.end + at) % 512);
        if (random.nextDouble() < probability) {
          System.arraycopy(tail, at, segment, (int) before.end + at, some);
        }
        at += some;
      }
      assertOpens(segment, before, after);
    }
  }

  /** No mark and nothing after it: the batch was written to its end, so it is no torn one. */
  @Test
  void anyBitThatChangesInTheLastBatchIsFoundWithoutTheMarkToo() throws IOException {
    append(Durability.FULL, 30, 400);
    Moment before = moments.get(1);
    Moment after = moments.get(2);
    for (int place = (int) before.end; place < after.end; place++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] segment = after.segment.clone();
        segment[place] ^= (byte) (1 << bit);
        for (byte[] mark : List.of(after.mark, before.mark, new byte[0])) {
          MemoryDisk disk = disk(segment, mark);
          try (SegmentLog log = MemoryLogs.open(disk, folder, OPTIONS)) {
            // The end is not of what the batch holds; it is put right.
            assertTrue(place >= after.end - BatchFormat.END_BYTES);
            assertEquals(after.entries, MemoryLogs.all(log));
          } catch (JournalException e) {
            assertEquals(Kind.CORRUPT, e.kind());
            assertTrue(
                String.valueOf(e.getMessage()).contains("from byte " + before.end), e.getMessage());
            assertThrows(JournalException.class, () -> MemoryLogs.read(disk, folder));
          }
        }
      }
    }
  }

  @Test
  void aBatchThatIsDamagedBeforeAGoodOneIsNotCutOff() throws IOException {
    append(Durability.FULL, 30, 600, 100);
    Moment one = moments.get(1);
    Moment two = moments.get(2);
    Moment three = moments.get(3);
    byte[] segment = three.segment.clone();
    Arrays.fill(segment, (int) one.end, (int) two.end, (byte) 0);
    JournalException e =
        assertThrows(
            JournalException.class,
            () -> MemoryLogs.open(disk(segment, new byte[0]), folder, OPTIONS));
    assertEquals(Kind.CORRUPT, e.kind());
    assertTrue(
        String.valueOf(e.getMessage()).contains("the batch at byte " + two.end), e.getMessage());
    // A copy that was made while the node wrote may look like this: it is read up to there.
    try (EntryLogReader reader = EntryLogReader.open(disk(segment, new byte[0]), folder)) {
      assertEquals(3, reader.read(1, (p, i, f) -> {}));
      assertTrue(reader.stoppedBy().orElse("").contains("copied while a node wrote"));
    }
  }

  @Test
  void withNormalDurabilityWhatPowerHasTakenIsNoDamage() throws IOException {
    append(Durability.NORMAL, 30, 600, 100);
    Moment one = moments.get(1);
    Moment two = moments.get(2);
    Moment three = moments.get(3);
    byte[] segment = three.segment.clone();
    Arrays.fill(segment, (int) one.end, (int) two.end, (byte) 0);
    assertOpens(segment, one, one);
  }

  @Test
  void theMarkTellsThatTheEndIsMissing() throws IOException {
    append(Durability.FULL, 30, 600);
    byte[] segment = moments.get(1).segment;
    JournalException e =
        assertThrows(
            JournalException.class,
            () -> MemoryLogs.open(disk(segment, moments.get(2).mark), folder, OPTIONS));
    assertEquals(Kind.CORRUPT, e.kind());
    assertTrue(
        String.valueOf(e.getMessage()).contains("entries up to 4 were acknowledged"),
        e.getMessage());
    // As the sentence says: without the mark it is taken for a copy.
    MemoryLogs.open(disk(segment, new byte[0]), folder, OPTIONS).close();
  }

  @Test
  void aBatchOfAnotherPlaceIsNotTakenForTheRightOne() throws IOException {
    append(Durability.FULL, 100, 100, 100);
    Moment one = moments.get(1);
    byte[] first = moments.get(0).tail(one);
    byte[] third = moments.get(2).tail(moments.get(3));
    for (byte[] wrong : List.of(first, third)) {
      byte[] segment = one.segment.clone();
      System.arraycopy(wrong, 0, segment, (int) one.end, wrong.length);
      JournalException e =
          assertThrows(
              JournalException.class,
              () -> MemoryLogs.open(disk(segment, new byte[0]), folder, OPTIONS));
      assertEquals(Kind.CORRUPT, e.kind());
      assertTrue(String.valueOf(e.getMessage()).contains("which does not follow"), e.getMessage());
    }
  }

  /**
   * Two nodes that went on from copies of one log have the same positions, but not the same past.
   */
  @Test
  void aBatchOfAnotherHistoryIsNotTakenForTheRightOne() throws IOException {
    MemoryDisk common = new MemoryDisk();
    try (SegmentLog log = MemoryLogs.open(common, folder, OPTIONS)) {
      log.append(List.of(MemoryLogs.entry(1, 1, 100)));
    }
    List<byte[]> segments = new ArrayList<>();
    long[] ends = new long[3];
    for (int turn = 2; turn < 4; turn++) {
      MemoryDisk disk = common.afterKill();
      try (SegmentLog log = MemoryLogs.open(disk, folder, OPTIONS)) {
        for (int i = 0; i < 2; i++) {
          byte[] input = new byte[100];
          Arrays.fill(input, (byte) turn);
          ends[i] = endOf(disk);
          log.append(List.of(JournalEntry.of(input)));
        }
        ends[2] = endOf(disk);
      }
      segments.add(disk.get(segmentPath()));
    }
    byte[] spliced = segments.get(0).clone();
    System.arraycopy(
        segments.get(1), (int) ends[1], spliced, (int) ends[1], (int) (ends[2] - ends[1]));
    JournalException e =
        assertThrows(
            JournalException.class,
            () -> MemoryLogs.open(disk(spliced, new byte[0]), folder, OPTIONS));
    assertTrue(String.valueOf(e.getMessage()).contains("which does not follow"), e.getMessage());
  }

  private long endOf(MemoryDisk disk) throws IOException {
    BatchScan scan =
        new BatchScan(
            segmentPath(),
            disk.openToRead(segmentPath()),
            SegmentHeader.read(segmentPath(), 1, disk.openToRead(segmentPath())));
    SegmentEnd end = scan.at();
    for (var h = scan.next(); h != null; h = scan.next()) {
      end = scan.at();
    }
    return end.offset();
  }
}
