package parallax.audit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogWriterTest {
  private static LogWriter resumed(MemoryLog log) throws IOException {
    return LogWriter.resume(log, Logs.checkpoint(log).checkpoint());
  }

  private static void same(MemoryLog expected, MemoryLog log) {
    assertEquals(expected.files.keySet(), log.files.keySet());
    expected.files.forEach((path, bytes) -> assertArrayEquals(bytes, log.files.get(path), path));
  }

  @Test
  void goesOnToTheSameTreeFromEveryStopOnTheWay() throws Exception {
    for (int stop : new int[] {1, 2, 255, 256, 257, 511, 600}) {
      MemoryLog log = Logs.of(stop);
      LogWriter writer = resumed(log);
      for (int i = 0; i < 700; i++) {
        assertEquals(i < stop ? LogWriter.Match.COMPARING : LogWriter.Match.SAME, writer.match());
        writer.append(Logs.entry(i));
        if (i % 100 == 0) {
          writer.flush();
        }
      }
      writer.checkpoint(Logs.KEY);
      assertEquals(List.of(), writer.differing());
      assertArrayEquals(
          Logs.of(700).files.get(Checkpoint.PATH), log.files.get(Checkpoint.PATH), "from " + stop);
      new LogCheck(log).check(Logs.VERIFIES);
    }
  }

  private static GrowingTree tree(int entries) {
    GrowingTree tree = new GrowingTree();
    for (int i = 0; i < entries; i++) {
      tree.append(new MerkleHasher().leaf(Logs.entry(i)));
    }
    return tree;
  }

  @Test
  void goesOnFromTheMiddleWithoutTheEntriesBeforeIt() throws Exception {
    for (int stored : new int[] {1, 255, 256, 300, 700}) {
      for (int from : new int[] {1, 200, 255, 256, 257, 300, 511, 512, 700}) {
        if (from > stored) {
          continue;
        }
        MemoryLog log = Logs.of(stored);
        LogWriter writer =
            LogWriter.resume(log, Logs.checkpoint(log).checkpoint(), from, tree(from).root());
        for (int i = from; i < stored + 300; i++) {
          assertEquals(
              i < stored ? LogWriter.Match.COMPARING : LogWriter.Match.SAME,
              writer.match(),
              from + " of " + stored);
          writer.append(Logs.entry(i));
        }
        writer.checkpoint(Logs.KEY);
        assertEquals(List.of(), writer.differing());
        assertArrayEquals(
            Logs.of(stored + 300).files.get(Checkpoint.PATH), log.files.get(Checkpoint.PATH));
        new LogCheck(log).check(Logs.VERIFIES);
      }
    }
  }

  @Test
  void doesNotGoOnFromEntriesThatAreNotTheStoredOnes() throws Exception {
    MemoryLog log = Logs.of(300);
    Checkpoint newest = Logs.checkpoint(log).checkpoint();
    assertThrows(
        DamagedLogException.class, () -> LogWriter.resume(log, newest, 299, tree(298).root()));
    assertThrows(
        DamagedLogException.class, () -> LogWriter.resume(log, newest, 301, tree(301).root()));
    String bundle = "tile/entries/001.p/44";
    log.files.put(bundle, Logs.forked(300, 260).file(bundle));
    assertThrows(
        DamagedLogException.class, () -> LogWriter.resume(log, newest, 300, tree(300).root()));
  }

  @Test
  void comparesWithoutWritingAnything() throws Exception {
    MemoryLog log = Logs.of(600);
    log.writes.clear();
    LogWriter writer = resumed(log);
    for (int i = 0; i < 600; i++) {
      writer.append(Logs.entry(i));
      writer.flush();
    }
    assertEquals(LogWriter.Match.SAME, writer.match());
    assertEquals(List.of(), log.writes);
  }

  @Test
  void whatALossOfPowerLeftIsPutRight() throws Exception {
    MemoryLog log = Logs.of(700);
    log.files.put("tile/entries/001", new byte[0]);
    log.files.remove("tile/0/000");
    LogWriter writer = resumed(log);
    for (int i = 0; i < 700; i++) {
      writer.append(Logs.entry(i));
    }
    writer.flush();
    assertEquals(List.of("tile/0/000", "tile/entries/001"), writer.differing());
    writer.checkpoint(Logs.KEY);
    same(Logs.of(700), log);
  }

  @Test
  void anotherStoryIsNotWrittenOverTheStoredOne() throws Exception {
    MemoryLog log = Logs.forked(600, 300);
    MemoryLog before = log.copy();
    LogWriter writer = resumed(log);
    for (int i = 0; i < 700; i++) {
      writer.append(Logs.entry(i));
      writer.flush();
    }
    assertEquals(LogWriter.Match.DIFFERENT, writer.match());
    assertEquals(List.of("tile/0/001", "tile/entries/001"), writer.differing());
    assertThrows(IllegalStateException.class, () -> writer.checkpoint(Logs.KEY));
    before.files.forEach((path, bytes) -> assertArrayEquals(bytes, log.files.get(path), path));
  }

  @Test
  void withoutTheStoredEntriesNothingIsSigned() throws Exception {
    MemoryLog log = Logs.of(10);
    LogWriter writer = resumed(log);
    for (int i = 0; i < 9; i++) {
      writer.append(Logs.entry(i));
    }
    assertThrows(IllegalStateException.class, () -> writer.checkpoint(Logs.KEY));
  }

  @Test
  void goesOnWhereItWasWhenThereIsRoomAgain() throws Exception {
    for (int room = 0; room < 12; room++) {
      MemoryLog log = new MemoryLog();
      LogWriter writer = LogWriter.begin(log, Logs.ORIGIN);
      for (int i = 0; i < 1030; i++) {
        writer.append(Logs.entry(i));
      }
      log.writesLeft = room;
      assertThrows(IOException.class, () -> writer.checkpoint(Logs.KEY));
      assertFalse(log.files.containsKey(Checkpoint.PATH));
      log.writesLeft = Integer.MAX_VALUE;
      writer.checkpoint(Logs.KEY);
      same(Logs.of(1030), log);
    }
  }

  @Test
  void partialTilesStayUntilACheckpointNeedsTheFullOne() throws Exception {
    MemoryLog log = new MemoryLog();
    LogWriter writer = LogWriter.begin(log, Logs.ORIGIN);
    for (int i = 0; i < 256; i++) {
      writer.append(Logs.entry(i));
      if (i % 100 == 50) {
        writer.checkpoint(Logs.KEY);
      }
    }
    assertTrue(log.files.containsKey("tile/entries/000.p/51"));
    writer.flush();
    assertTrue(log.files.containsKey("tile/entries/000"));
    assertTrue(log.files.containsKey("tile/entries/000.p/51"), "the checkpoint speaks of it");
    writer.checkpoint(Logs.KEY);
    assertEquals(List.of("000"), log.list("tile/entries"));
    assertEquals(List.of("000"), log.list("tile/0"));
  }
}
