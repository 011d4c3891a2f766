package parallax.journal.log.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import parallax.journal.JournalException;
import parallax.journal.JournalException.Kind;
import parallax.journal.log.SnapshotFormat;
import parallax.journal.log.SnapshotStore;
import parallax.journal.log.StoredSnapshot;

/** What every store of snapshots must do. A subclass says how to open one and to damage it. */
public abstract class SnapshotStoreContract {
  /** The constructor of subclasses. */
  protected SnapshotStoreContract() {}

  /** The first call opens an empty store; later ones what was stored. */
  protected abstract SnapshotStore open() throws IOException;

  /** Length of a snapshot in the store, bytes. */
  protected abstract int storedBytes(StoredSnapshot s) throws IOException;

  /** Changes one bit of a stored snapshot; changes it back when it is called again. */
  protected abstract void flip(StoredSnapshot s, int place, int bit) throws IOException;

  private static byte[] content(int length, long seed) {
    byte[] bytes = new byte[length];
    new SplittableRandom(seed).nextBytes(bytes);
    return bytes;
  }

  private static void write(SnapshotStore store, long next, byte[] content) throws IOException {
    store.write(next, new byte[] {1, 2, (byte) next}, out -> out.write(content));
  }

  @Test
  public void givesTheNewestWithoutTheOthers() throws IOException {
    SnapshotStore store = open();
    assertEquals(List.of(), store.newest(3));
    for (int next = 1; next <= 5; next++) {
      write(store, next, content(10, next));
    }
    assertEquals(store.list().subList(0, 3), store.newest(3));
    assertEquals(store.list(), store.newest(5));
    assertEquals(store.list(), store.newest(9));
  }

  @Test
  public void keepsSnapshotsOfAllLengthsNewestFirst() throws IOException {
    SnapshotStore store = open();
    assertEquals(List.of(), store.list());
    int block = SnapshotFormat.BLOCK_BYTES;
    int[] lengths = {0, 1, 300, block - 1, block, block + 1, 2 * block, 3 * block + 77};
    for (int i = 0; i < lengths.length; i++) {
      write(store, i + 1, content(lengths[i], i));
    }
    store = open();
    List<StoredSnapshot> list = store.list();
    assertEquals(lengths.length, list.size());
    for (int i = 0; i < lengths.length; i++) {
      StoredSnapshot s = list.get(lengths.length - 1 - i);
      assertEquals(i + 1, s.nextPosition());
      assertEquals(lengths[i], s.contentBytes());
      assertEquals(Optional.empty(), s.damage());
      assertArrayEquals(new byte[] {1, 2, (byte) (i + 1)}, s.about());
      assertArrayEquals(content(lengths[i], i), store.read(s));
    }
  }

  @Test
  public void writesByteByByteAsWell() throws IOException {
    SnapshotStore store = open();
    byte[] content = content(1_000, 3);
    store.write(
        7,
        new byte[0],
        out -> {
          for (byte b : content) {
            out.write(b);
          }
        });
    assertArrayEquals(content, store.read(store.list().get(0)));
  }

  @Test
  public void aSnapshotOfTheSamePositionTakesThePlace() throws IOException {
    SnapshotStore store = open();
    write(store, 5, content(100, 1));
    write(store, 5, content(50, 2));
    assertEquals(1, store.list().size());
    assertArrayEquals(content(50, 2), store.read(store.list().get(0)));
  }

  @Test
  public void aWriterThatFailsLeavesNothing() throws IOException {
    SnapshotStore store = open();
    write(store, 5, content(100, 1));
    assertThrows(
        IllegalStateException.class,
        () ->
            store.write(
                6,
                new byte[0],
                out -> {
                  out.write(content(500_000, 1));
                  throw new IllegalStateException("the writer failed");
                }));
    assertThrows(
        JournalException.class,
        () ->
            store.write(
                5,
                new byte[0],
                out -> {
                  throw new IOException("the writer failed");
                }));
    assertEquals(1, store.list().size());
    assertArrayEquals(content(100, 1), store.read(store.list().get(0)));
  }

  @Test
  public void refusesWhatNoSnapshotMayBe() throws IOException {
    SnapshotStore store = open();
    assertThrows(IllegalArgumentException.class, () -> write(store, 0, new byte[1]));
    byte[] long1 = new byte[SnapshotFormat.MOST_ABOUT_BYTES + 1];
    assertThrows(IllegalArgumentException.class, () -> store.write(1, long1, out -> {}));
  }

  @Test
  public void deletes() throws IOException {
    SnapshotStore store = open();
    write(store, 5, content(100, 1));
    write(store, 6, content(100, 2));
    StoredSnapshot old = store.list().get(1);
    store.delete(old);
    store.delete(old);
    assertEquals(1, store.list().size());
    JournalException e = assertThrows(JournalException.class, () -> store.read(old));
    assertEquals(Kind.DELETED, e.kind());
    assertArrayEquals(content(100, 2), store.read(store.list().get(0)));
  }

  @Test
  public void findsEveryChangedBit() throws IOException {
    SnapshotStore store = open();
    write(store, 5, content(90, 1));
    StoredSnapshot whole = store.list().get(0);
    int bytes = storedBytes(whole);
    for (int place = 0; place < bytes; place++) {
      for (int bit = 0; bit < 8; bit++) {
        flip(whole, place, bit);
        StoredSnapshot s = store.list().get(0);
        JournalException e = assertThrows(JournalException.class, () -> store.read(s));
        assertEquals(Kind.CORRUPT, e.kind());
        assertTrue(String.valueOf(e.getMessage()).contains(whole.fileName()), e.getMessage());
        // What was listed before the damage is not taken for granted either.
        if (place >= SnapshotFormat.HEADER_BYTES + whole.about().length) {
          assertThrows(JournalException.class, () -> store.read(whole));
        }
        flip(whole, place, bit);
      }
    }
    assertNotEquals(0, bytes);
    assertArrayEquals(content(90, 1), store.read(store.list().get(0)));
  }
}
