package parallax.journal.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.journal.JournalException;
import parallax.journal.JournalException.Kind;
import parallax.journal.log.LogId;
import parallax.journal.log.SnapshotFormat;
import parallax.journal.log.SnapshotStore;
import parallax.journal.log.StoredSnapshot;
import parallax.journal.log.contract.SnapshotStoreContract;

final class SnapshotFilesTest extends SnapshotStoreContract {
  private static final LogId LOG = new LogId(1, 2);
  private static final Path MEMORY = Path.of("/memory");

  @TempDir private Path folder = Path.of("");

  @Override
  protected SnapshotStore open() throws IOException {
    return SnapshotFiles.open(folder, LOG);
  }

  @Override
  protected int storedBytes(StoredSnapshot s) throws IOException {
    return (int) Files.size(folder.resolve(s.fileName()));
  }

  @Override
  protected void flip(StoredSnapshot s, int place, int bit) throws IOException {
    byte[] all = Files.readAllBytes(folder.resolve(s.fileName()));
    all[place] ^= (byte) (1 << bit);
    Files.write(folder.resolve(s.fileName()), all);
  }

  private static byte[] content(long seed) {
    byte[] bytes = new byte[600];
    new SplittableRandom(seed).nextBytes(bytes);
    return bytes;
  }

  private static void write(SnapshotFiles files, long next) throws JournalException {
    files.write(next, new byte[] {9}, out -> out.write(content(next)));
  }

  /** A machine that stops at any byte of a write leaves the snapshots that were, and perhaps it. */
  @Test
  void aWriteThatIsInterruptedLeavesNoneOrAWholeOne() throws IOException {
    for (int units = 0; ; units++) {
      MemoryDisk disk = new MemoryDisk();
      SnapshotFiles files = SnapshotFiles.open(disk, MEMORY, LOG);
      write(files, 5);
      disk.stopAfter(units);
      boolean written = false;
      try {
        write(files, 6);
        written = true;
      } catch (JournalException e) {
        assertTrue(disk.isStopped(), e.getMessage());
      }
      for (int i = 0; i < 4; i++) {
        MemoryDisk after =
            i == 0 ? disk.afterKill() : disk.afterPowerLoss(new SplittableRandom(units * 4L + i));
        SnapshotFiles again = SnapshotFiles.open(after, MEMORY, LOG);
        List<StoredSnapshot> list = again.list();
        assertTrue(list.size() == 2 || (!written && list.size() == 1), list.toString());
        for (StoredSnapshot s : list) {
          assertArrayEquals(content(s.nextPosition()), again.read(s));
        }
        assertTrue(
            after.paths().stream().noneMatch(p -> p.toString().endsWith(".part")),
            after.paths().toString());
      }
      if (written) {
        assertTrue(units > 600);
        return;
      }
    }
  }

  @Test
  void aFullDiskLeavesNothing() throws IOException {
    MemoryDisk disk = new MemoryDisk();
    SnapshotFiles files = SnapshotFiles.open(disk, MEMORY, LOG);
    write(files, 5);
    disk.capacity(1_000);
    JournalException e = assertThrows(JournalException.class, () -> write(files, 6));
    assertEquals(Kind.FULL, e.kind(), e.getMessage());
    assertEquals(1, disk.paths().size());
    disk.capacity(Long.MAX_VALUE);
    write(files, 6);
    assertEquals(2, files.list().size());
  }

  @Test
  void whatIsNoSnapshotOfThisLogIsListedWithTheReason() throws IOException {
    SnapshotFiles other = SnapshotFiles.open(folder, new LogId(3, 4));
    write(other, 5);
    SnapshotFiles files = SnapshotFiles.open(folder, LOG);
    Path own = folder.resolve(SnapshotFormat.fileName(7));
    write(files, 7);
    Files.copy(own, folder.resolve(SnapshotFormat.fileName(8)));
    byte[] bytes = Files.readAllBytes(own);
    Files.write(folder.resolve(SnapshotFormat.fileName(9)), new byte[0]);
    byte[] newer = bytes.clone();
    newer[11] = 2;
    Files.write(folder.resolve(SnapshotFormat.fileName(10)), newer);
    Files.write(own, java.util.Arrays.copyOf(bytes, bytes.length - 1));
    Files.write(folder.resolve("5.snapshot"), bytes);
    List<String> damage =
        files.list().stream().map(s -> s.fileName() + ": " + s.damage().orElse("sound")).toList();
    assertEquals(5, damage.size(), damage.toString());
    assertTrue(damage.get(0).contains("made by a newer program"), damage.get(0));
    assertTrue(damage.get(1).contains("does not begin like a snapshot"), damage.get(1));
    assertTrue(damage.get(2).contains("it is the snapshot of position 7"), damage.get(2));
    assertTrue(damage.get(3).contains("expected " + bytes.length), damage.get(3));
    assertTrue(damage.get(4).contains("it belongs to log 0000000000000003"), damage.get(4));
  }

  @Test
  void whoReadsDeletesNothing() throws IOException {
    Path part = folder.resolve(SnapshotFormat.fileName(5) + ".part");
    Files.write(part, new byte[5]);
    SnapshotFiles reader = SnapshotFiles.openToRead(folder, LOG);
    assertEquals(List.of(), reader.list());
    assertThrows(IllegalStateException.class, () -> write(reader, 6));
    assertTrue(Files.exists(part));
    SnapshotFiles.open(folder, LOG);
    assertTrue(!Files.exists(part));
  }
}
