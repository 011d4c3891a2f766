package parallax.journal.log.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import parallax.journal.JournalException;
import parallax.journal.JournalException.Kind;
import parallax.journal.log.MemorySnapshotStore;
import parallax.journal.log.SnapshotStore;
import parallax.journal.log.StoredSnapshot;

final class MemorySnapshotStoreTest extends SnapshotStoreContract {
  private final MemorySnapshotStore store = new MemorySnapshotStore();

  @Override
  protected SnapshotStore open() {
    return store;
  }

  @Override
  protected int storedBytes(StoredSnapshot s) {
    return store.bytes(s.nextPosition());
  }

  @Override
  protected void flip(StoredSnapshot s, int place, int bit) {
    if (store.isDamaged()) {
      store.unflip();
    } else {
      store.flip(s.nextPosition(), place, bit);
    }
  }

  @Test
  void aFullStoreRefusesAndATornWriteLeavesNothing() throws JournalException {
    store.limitBytes(100);
    JournalException e =
        assertThrows(
            JournalException.class,
            () -> store.write(3, new byte[0], out -> out.write(new byte[200])));
    assertEquals(Kind.FULL, e.kind());
    store.limitBytes(1_000);
    store.tear(3, new byte[0], out -> out.write(new byte[200]), false);
    assertEquals(0, store.list().size());
    store.tear(3, new byte[0], out -> out.write(new byte[200]), true);
    assertEquals(1, store.list().size());
  }
}
