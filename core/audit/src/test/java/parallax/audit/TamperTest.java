package parallax.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever is done to a log's files is seen, and said with the file and the entry. */
class TamperTest {
  private static final int SMALL = 5;
  private static final int LARGE = 600;

  private static String said(MemoryLog log) {
    return String.valueOf(
        assertThrows(DamagedLogException.class, () -> new LogCheck(log).check(Logs.VERIFIES))
            .getMessage());
  }

  private static void flipEachBit(MemoryLog log, int everyByte) {
    for (String path : log.files.keySet()) {
      int length = log.files.get(path).length;
      for (int at = 0; at < length; at += everyByte) {
        for (int bit = 0; bit < 8; bit++) {
          MemoryLog changed = log.copy();
          changed.file(path)[at] ^= (byte) (1 << bit);
          String said = said(changed);
          assertTrue(
              said.startsWith(path) || said.startsWith("tile/"),
              path + " byte " + at + ": " + said);
        }
      }
    }
  }

  @Test
  void aLogAsWrittenIsGood() throws Exception {
    for (int size : new int[] {0, 1, 2, SMALL, 255, 256, 257, LARGE}) {
      MemoryLog log = Logs.of(size);
      List<byte[]> seen = new ArrayList<>();
      Checkpoint.Signed signed = new LogCheck(log).check(Logs.VERIFIES, (i, e) -> seen.add(e));
      assertEquals(size, signed.checkpoint().size());
      assertEquals(size, seen.size());
    }
  }

  @Test
  void everyFlippedBitOfASmallLogIsSeen() {
    flipEachBit(Logs.of(SMALL), 1);
  }

  @Test
  void flippedBitsOfALogWithFullTilesAreSeen() {
    flipEachBit(Logs.of(LARGE), 1777);
  }

  @Test
  void aFlippedBitOfAnEntryNamesTheBundleAndTheEntry() {
    MemoryLog log = Logs.of(LARGE);
    byte[] bundle = log.file("tile/entries/001");
    int at = 0;
    for (int i = 0; i < 44; i++) {
      at += 2 + Logs.entry(256 + i).length;
    }
    bundle[at + 20] ^= 1;
    String said = said(log);
    assertTrue(said.startsWith("tile/entries/001: hash of entry 300 is "), said);
    assertTrue(said.contains("expected"), said);
  }

  @Test
  void everyTruncationIsSeen() {
    MemoryLog log = Logs.of(SMALL);
    for (String path : log.files.keySet()) {
      byte[] whole = log.files.get(path);
      for (int length = 0; length < whole.length; length++) {
        MemoryLog changed = log.copy();
        changed.files.put(path, Arrays.copyOf(whole, length));
        assertTrue(said(changed).startsWith(path), path);
      }
      MemoryLog longer = log.copy();
      longer.files.put(path, Arrays.copyOf(whole, whole.length + 1));
      assertTrue(said(longer).startsWith(path), path);
    }
  }

  @Test
  void everyMissingFileIsSeenAndNamed() {
    MemoryLog log = Logs.of(LARGE);
    for (String path : log.files.keySet()) {
      MemoryLog changed = log.copy();
      changed.files.remove(path);
      String said = said(changed);
      assertTrue(said.startsWith(path + ": the file is missing"), said);
    }
  }

  @Test
  void entriesInAnotherOrderAreSeenEvenWithTheirTileChangedToo() {
    List<byte[]> entries = new ArrayList<>();
    for (int i = 0; i < SMALL; i++) {
      entries.add(Logs.entry(i));
    }
    Collections.swap(entries, 1, 3);
    MemoryLog log = Logs.of(SMALL);
    log.files.put("tile/entries/000.p/5", EntryBundle.encode(entries));
    assertTrue(said(log).contains("entry 1"), said(log));

    MemoryLog other = new MemoryLog();
    LogWriter writer = LogWriter.begin(other, Logs.ORIGIN);
    entries.forEach(writer::append);
    assertThrows(
        DamagedLogException.class,
        () -> {
          writer.checkpoint(Logs.KEY);
          other.files.put(Checkpoint.PATH, Logs.of(SMALL).files.get(Checkpoint.PATH));
          new LogCheck(other).check(Logs.VERIFIES);
        });
  }

  @Test
  void aLogOfAnotherStoryUnderTheSameCheckpointIsSeen() {
    MemoryLog log = Logs.forked(LARGE, 10);
    log.files.put(Checkpoint.PATH, Logs.of(LARGE).files.get(Checkpoint.PATH));
    assertTrue(said(log).startsWith("checkpoint: signed root is "), said(log));
  }

  @Test
  void aLogSignedWithAnotherKeyOrUnderAnotherNameIsSeen() throws Exception {
    MemoryLog log = Logs.of(SMALL);
    LogWriter writer = LogWriter.begin(log, Logs.ORIGIN);
    for (int i = 0; i < SMALL; i++) {
      writer.append(Logs.entry(i));
    }
    writer.checkpoint(Logs.key(2));
    assertTrue(said(log).contains("signature"), said(log));

    MemoryLog renamed = new MemoryLog();
    LogWriter.begin(renamed, "parallax/USA/TEST/20260101T000000Z").checkpoint(Logs.KEY);
    assertTrue(said(renamed).contains("signature"), said(renamed));
  }

  @Test
  void aFileThatDoesNotBelongIsSeen() {
    MemoryLog log = Logs.of(SMALL);
    log.files.put("tile/0/notes.txt", new byte[0]);
    assertTrue(said(log).startsWith("tile/0/notes.txt"), said(log));
  }

  @Test
  void tilesOfEarlierAndLaterSizesMustAgreeToo() throws Exception {
    MemoryLog log = new MemoryLog();
    LogWriter writer = LogWriter.begin(log, Logs.ORIGIN);
    for (int i = 0; i < 9; i++) {
      writer.append(Logs.entry(i));
      if (i % 3 == 2) {
        writer.checkpoint(Logs.KEY);
      }
    }
    assertTrue(log.files.keySet().containsAll(List.of("tile/0/000.p/3", "tile/0/000.p/6")), "kept");
    MemoryLog earlier = log.copy();
    earlier.files.put(Checkpoint.PATH, Logs.of(6).files.get(Checkpoint.PATH));
    new LogCheck(log).check(Logs.VERIFIES);
    new LogCheck(earlier).check(Logs.VERIFIES);
    for (String path : log.files.keySet()) {
      for (MemoryLog l : List.of(log, earlier)) {
        if (path.startsWith("tile/")) {
          MemoryLog changed = l.copy();
          changed.file(path)[40] ^= 1;
          assertTrue(said(changed).startsWith("tile/"), path);
        }
      }
    }
  }
}
