package parallax.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parallax.engine.Effect;
import parallax.engine.Input;
import parallax.engine.Picture;
import parallax.link.Digest;
import parallax.link.Entry;
import parallax.link.Frame;
import parallax.link.Lane;
import parallax.link.StreamId;
import parallax.link.Wire;
import parallax.model.Channel;
import parallax.model.ImpactPointPrediction;
import parallax.model.Nation;
import parallax.model.TrackId;
import parallax.model.UtcTime;
import parallax.warning.Alert;
import parallax.warning.Alert.MessageType;
import parallax.warning.AlertAction;
import parallax.warning.Evidence;
import parallax.wire.EventCodec;
import parallax.wire.EventMemory;
import parallax.wire.NodeEvent;

/** Events are held up to a budget in bytes, and a watcher is told what it has missed. */
class EventLogTest {
  private static final long BUDGET = 1 << 20;
  private static final StreamId STREAM = new StreamId(Nation.JPN, Nation.KOR, Lane.BULK);

  private final EventLog log = new EventLog(BUDGET);
  private long wallNs;

  private void add(Effect effect) {
    wallNs++;
    log.add(new Input.Stamped(new UtcTime(wallNs), wallNs, new Input.Tick()), List.of(effect));
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

    EventLog restarted = restarted();
    restarted.add(new Input.Stamped(new UtcTime(21), 21, new Input.Tick()), List.of(notice(1)));
    EventLog.Answer a = restarted.from(5, 100, 0);
    assertEquals(5, a.missing().orElseThrow().through());
    assertEquals(
        List.of(6L, 7L, 8L, 9L, 10L, 11L), a.events().stream().map(EventLog.Event::id).toList());
  }

  /** Goes on from what a snapshot keeps of the log. */
  private EventLog restarted() {
    EventLog again = new EventLog(BUDGET);
    again.recall(EventMemory.decode(log.memory().encode(), code -> Optional.empty()));
    return again;
  }

  private static Effect picture(int event, int at, boolean withdrawn) {
    TrackId name = new TrackId(Nation.JPN, event);
    return new Effect.PictureChanged(
        new Picture(
            Picture.View.COMBINED,
            name,
            new UtcTime(at),
            withdrawn ? List.of() : List.of(name),
            Optional.empty(),
            Optional.empty(),
            new ImpactPointPrediction.CannotTellYet(new UtcTime(at), "too early"),
            List.of(),
            List.of(),
            List.of(),
            Optional.empty()),
        Optional.empty());
  }

  @Test
  void whatIsHeldComesBackAfterARestartUnderItsNumbersAndTimes() throws InterruptedException {
    add(notice(3));
    add(new Effect.PlotsAcknowledged("f", 1)); // uses up a number
    add(picture(1, 7, false));
    EventLog again = restarted();
    assertEquals(from(1).events(), again.from(1, 100, 0).events());
    assertEquals(Optional.empty(), again.from(1, 100, 0).missing());
    assertEquals(log.heldBytes(), again.heldBytes());
    assertEquals(4, again.next());
  }

  @Test
  void ofEachLaunchTheNewestPictureComesBackAndAWithdrawnOneDoesNot() throws InterruptedException {
    add(picture(1, 1, false));
    add(picture(2, 2, false));
    add(picture(1, 3, false));
    add(picture(2, 4, true));
    add(picture(3, 5, false));
    EventLog.Answer a = restarted().from(1, 100, 0);
    assertEquals(List.of(3L, 5L), a.events().stream().map(EventLog.Event::id).toList());
    assertEquals(4, a.missing().orElseThrow().through());
    assertEquals(new UtcTime(4), a.missing().orElseThrow().time());
  }

  @Test
  void whatDoesNotFitIntoASnapshotIsToldAsMissing() throws InterruptedException {
    add(picture(1, 1, false));
    for (int i = 0; i < 20; i++) {
      add(notice(100_000));
    }
    EventLog again = new EventLog(10 * BUDGET);
    EventMemory kept = log.memory();
    again.recall(kept);
    EventLog.Answer a = again.from(1, 100, 0);
    long missing = a.missing().orElseThrow().through();
    assertTrue(missing > 1 && missing < 21, "missing through " + missing);
    assertEquals(21, a.events().getLast().id());
    assertEquals(Optional.empty(), again.from(missing + 1, 100, 0).missing());
    assertTrue(kept.encode().length <= 1 << 21, "a snapshot keeps " + kept.encode().length);
  }

  private static Effect alert(int event, int at, MessageType type) {
    Alert a =
        new Alert(
            "JPN-EXERCISE-KOR-" + event + "-" + at,
            Channel.EXERCISE,
            Nation.JPN,
            "KOR-" + event,
            type,
            new UtcTime(at),
            List.of(),
            List.of(),
            Evidence.of(new TrackId(Nation.KOR, event)),
            List.of());
    return new Effect.AlertRaised(
        switch (type) {
          case ALERT -> new AlertAction.Issue(a);
          case UPDATE -> new AlertAction.Update(a);
          case CANCEL -> new AlertAction.Cancel(a);
          case ALL_CLEAR -> new AlertAction.AllClear(a);
        });
  }

  @Test
  void anAlertThatStandsComesBackHoweverMuchHasHappenedSince() throws InterruptedException {
    add(alert(1, 1, MessageType.ALERT));
    add(alert(1, 2, MessageType.UPDATE));
    add(alert(2, 3, MessageType.ALERT));
    add(alert(2, 4, MessageType.ALL_CLEAR));
    for (int i = 0; i < 40; i++) {
      add(notice(100_000));
    }
    for (EventLog l : List.of(log, restarted())) {
      EventLog.Answer a = l.from(1, 100, 0);
      List<EventLog.Event> held = a.events();
      assertEquals(2, held.getFirst().id());
      assertEquals(held.subList(0, 1), a.upToMissing(), "told before what is missing");
      assertTrue(held.get(1).id() > 4, "an alert that is over came back");
    }
  }

  @Test
  void whatIsForgottenDoesNotComeBack() throws InterruptedException {
    add(picture(1, 1, false));
    add(notice(1));
    log.forgetBefore(2);
    EventLog.Answer a = restarted().from(1, 100, 0);
    assertEquals(List.of(2L), a.events().stream().map(EventLog.Event::id).toList());
    assertEquals(1, a.missing().orElseThrow().through());
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
