package parallax.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import parallax.journal.log.MemorySnapshotStore;
import parallax.journal.log.StoredSnapshot;
import parallax.link.Digest;
import parallax.model.UtcTime;
import parallax.wire.SnapshotCodec;

/** Which snapshots are kept, and when the next one is due. */
class KeepingTest {
  private static final long MINUTE_NS = 60_000_000_000L;
  private static final long DAY_NS = 1_440 * MINUTE_NS;

  private final MemorySnapshotStore store = new MemorySnapshotStore();

  private void taken(long position, long wallNs) throws Exception {
    SnapshotCodec.About a =
        new SnapshotCodec.About(
            1,
            1,
            position,
            new UtcTime(wallNs),
            wallNs,
            Digest.of(new byte[Digest.LENGTH]),
            "of the test");
    store.write(position, SnapshotCodec.encode(a), out -> out.write(1));
  }

  private List<Long> kept() throws Exception {
    return store.list().stream().map(StoredSnapshot::nextPosition).toList();
  }

  @Test
  void theNewestAreKeptWhateverTheirAge() throws Exception {
    for (int i = 1; i <= 6; i++) {
      taken(100_000L * i, i);
    }
    assertEquals(400_000, new Keeping(3, DAY_NS, 10).sweep(store, 9 * DAY_NS, Long.MIN_VALUE + 1));
    assertEquals(List.of(600_000L, 500_000L, 400_000L), kept());
  }

  @Test
  void thePastIsKeptAsCloseAsReplayingTakes() throws Exception {
    Keeping keeping = new Keeping(3, DAY_NS, 1_000);
    long now = 0;
    for (int i = 1; i <= 500; i++) {
      now += MINUTE_NS;
      taken(100L * i, now);
      keeping.sweep(store, now, Long.MIN_VALUE + 1);
    }
    List<Long> kept = kept();
    assertTrue(kept.size() < 70, "kept: " + kept.size());
    for (int i = 1; i < kept.size(); i++) {
      assertTrue(kept.get(i - 1) - kept.get(i) <= 1_000, kept.toString());
    }
    assertEquals(100, kept.getLast());
    assertEquals(49_800, new Keeping(3, 0, 1_000).sweep(store, now + DAY_NS, 0));
  }

  @Test
  void whatMayNotBeKeptGoesButForTheNewest() throws Exception {
    for (int i = 1; i <= 5; i++) {
      taken(10L * i, i * DAY_NS);
    }
    assertEquals(40, new Keeping(3, 99 * DAY_NS, 1).sweep(store, 5 * DAY_NS, 4 * DAY_NS));
    assertEquals(List.of(50L, 40L), kept());
    assertEquals(50, new Keeping(3, 99 * DAY_NS, 1).sweep(store, 9 * DAY_NS, 9 * DAY_NS));
    assertEquals(List.of(50L), kept());
  }

  @Test
  void withoutASnapshotEveryInputIsNeeded() throws Exception {
    assertEquals(1, Keeping.ofDays(30).sweep(store, DAY_NS, 0));
  }

  @Test
  void aSnapshotIsDueWhenItTookLongToStepWhatCameSince() {
    SnapshotDue due = new SnapshotDue(1_000_000, 10 * MINUTE_NS);
    due.taken(1, 0);
    due.worked(SnapshotDue.MOST_WORK_NS);
    assertFalse(due.isDue(1, SnapshotDue.LEAST_BETWEEN_NS), "nothing came");
    assertFalse(due.isDue(2, SnapshotDue.LEAST_BETWEEN_NS - 1), "too soon");
    assertTrue(due.isDue(2, SnapshotDue.LEAST_BETWEEN_NS));
    due.taken(2, SnapshotDue.LEAST_BETWEEN_NS);
    due.worked(SnapshotDue.MOST_WORK_NS - 1);
    assertFalse(due.isDue(3, 3 * SnapshotDue.LEAST_BETWEEN_NS), "little work");
  }

  @Test
  void aSnapshotIsDueAfterInputsOrTimeAndNeverForNothing() {
    SnapshotDue due = new SnapshotDue(1_000, MINUTE_NS);
    due.taken(50, 7);
    assertFalse(due.isDue(50, 9 * MINUTE_NS), "nothing came");
    assertFalse(due.isDue(51, 7 + MINUTE_NS - 1));
    assertTrue(due.isDue(51, 7 + MINUTE_NS));
    assertTrue(due.isDue(1_050, 8));
    assertTrue(due.isAny(51));
    due.now();
    assertTrue(due.isDue(50, 8));
    due.taken(60, 9);
    assertFalse(due.isDue(60, 10));
    assertFalse(due.isAny(60));
  }
}
