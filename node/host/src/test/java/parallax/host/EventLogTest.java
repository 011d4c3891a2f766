package parallax.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parallax.engine.Effect;
import parallax.link.Digest;
import parallax.link.Entry;
import parallax.link.Frame;
import parallax.link.Lane;
import parallax.link.StreamId;
import parallax.link.Wire;
import parallax.model.Nation;
import parallax.model.UtcTime;
import parallax.wire.EventCodec;
import parallax.wire.NodeEvent;

/** Events are held up to a budget in bytes, and a watcher is told what it has missed. */
class EventLogTest {
  private static final long BUDGET = 1 << 20;
  private static final StreamId STREAM = new StreamId(Nation.JPN, Nation.KOR, Lane.BULK);

  private final EventLog log = new EventLog(BUDGET);
  private long wallNs;

  private void add(Effect effect) {
    wallNs++;
    log.add(new UtcTime(wallNs), wallNs, 0, effect);
  }

  private static Effect notice(int length) {
    return new Effect.NoticeRaised(Effect.NoticeKind.LINK_STATE, "x".repeat(length));
  }

  private EventLog.Answer from(long from) throws InterruptedException {
    return log.from(from, 1_000_000, 0);
  }

  @Test
  void holdsNoMoreBytesThanItsBudgetHoweverLargeTheEventsAre() throws InterruptedException {
    for (int i = 1; i <= 200; i++) {
      add(notice(10_000));
      assertTrue(log.heldBytes() <= BUDGET, "held: " + log.heldBytes());
    }
    EventLog.Answer a = from(1);
    assertTrue(a.events().size() >= 30, "held: " + a.events().size());
    assertEquals(200, a.events().getLast().id());
    EventLog.Missing missing = a.missing().orElseThrow();
    assertEquals(a.events().getFirst().id() - 1, missing.through());
    assertEquals(new UtcTime(missing.through()), missing.time());
  }

  @Test
  void holdsNothingOfWhatWatchersAreNotTold() throws InterruptedException {
    Frame batch =
        new Frame.Batch(
            1,
            Collections.nCopies(100, new Entry.Whole(new byte[1_000])),
            Digest.of(new byte[Digest.LENGTH]),
            new byte[64],
            0);
    for (int i = 0; i < 1_000; i++) {
      add(new Effect.SendFrame(new Wire(Nation.KOR, STREAM), batch));
      add(new Effect.CursorMoved(STREAM, i, new byte[Digest.LENGTH]));
      add(new Effect.PlotsAcknowledged("f", i));
    }
    assertEquals(0, log.heldBytes());
    add(notice(1));
    assertEquals(List.of(3_001L), from(1).events().stream().map(EventLog.Event::id).toList());
    assertEquals(Optional.empty(), from(1).missing());
  }

  @Test
  void holdsOfAReleasedRecordOnlyItsNumber() throws InterruptedException {
    add(new Effect.OutboxAppended(STREAM, 7, new byte[100_000]));
    Effect held = from(1).events().getFirst().effect();
    assertTrue(held instanceof Effect.OutboxAppended o && o.seq() == 7 && o.record().length == 0);
    assertTrue(log.heldBytes() < 1_000);
  }

  @Test
  void anEventLargerThanTheBudgetIsMissingAtOnce() throws InterruptedException {
    add(notice(1));
    add(notice((int) BUDGET));
    assertEquals(0, log.heldBytes());
    assertEquals(2, from(1).missing().orElseThrow().through());
    add(notice(1));
    assertEquals(3, from(3).events().getFirst().id());
    assertEquals(Optional.empty(), from(3).missing());
  }

  @Test
  void saysWhatIsMissingAfterADeletionAndAfterTheRestartThatFollows() throws InterruptedException {
    for (int i = 1; i <= 10; i++) {
      add(notice(1));
    }
    log.forgetBefore(6);
    assertEquals(5, from(1).missing().orElseThrow().through());
    assertEquals(Optional.empty(), from(6).missing());
    assertEquals(5, from(6).events().size());

    EventLog restarted = new EventLog(BUDGET);
    restarted.add(new UtcTime(1), 1, 0, notice(1));
    restarted.goOnAt(10, new UtcTime(20), 20);
    restarted.add(new UtcTime(21), 21, 0, notice(1));
    EventLog.Answer a = restarted.from(5, 100, 0);
    assertEquals(9, a.missing().orElseThrow().through());
    assertEquals(10, a.events().getFirst().id());
  }

  @Test
  void aWatcherReadsInPlainWordsWhatItMissed() {
    NodeEvent e =
        EventCodec.decode(
            EventCodec.encodeMissing(3, 17, new UtcTime(5), 6),
            code -> {
              throw new AssertionError(code);
            });
    assertEquals(17, e.id());
    NodeEvent.Noticed n = (NodeEvent.Noticed) e.body();
    assertEquals(EventCodec.MISSING, n.kind());
    assertTrue(n.detail().startsWith("events 3 to 17 are not all held any more"), n.detail());
  }

  @Test
  void theSizeOfAnEventIsNeverLessThanWhatAWatcherIsSent() {
    for (int length : List.of(0, 1, 100, 10_000)) {
      Effect e = notice(length);
      int sent = EventCodec.encode(1, new UtcTime(1), 1, 1, e).orElseThrow().length;
      assertTrue(EventSize.of(e) >= sent, "size " + EventSize.of(e) + ", sent " + sent);
    }
  }
}
