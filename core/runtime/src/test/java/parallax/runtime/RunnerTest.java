package parallax.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parallax.engine.Effect;
import parallax.engine.Input;
import parallax.engine.Order;
import parallax.journal.JournalException;
import parallax.journal.log.JournalEntry;
import parallax.journal.log.MemoryEntryLog;
import parallax.link.Lane;
import parallax.link.Wire;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.model.TrackId;
import parallax.model.UtcTime;
import parallax.wire.FactsCodec;

/** An engine over its journal: what leaves is durable, and what is durable comes back. */
class RunnerTest {
  private static final long FILED = 1_000_000_000_000L;

  private final Station kor = new Station(Nation.KOR);

  /** What the journal keeps as given to Japan. */
  private static List<Effect.OutboxAppended> outbox(MemoryEntryLog journal, Lane lane)
      throws Exception {
    List<Effect.OutboxAppended> given = new ArrayList<>();
    journal.replay(
        1,
        (position, input, facts) ->
            FactsCodec.decode(facts, code -> Optional.empty()).facts().stream()
                .filter(e -> e instanceof Effect.OutboxAppended)
                .map(e -> (Effect.OutboxAppended) e)
                .filter(o -> o.stream().equals(Station.stream(Nation.KOR, Nation.JPN, lane)))
                .forEach(given::add));
    return given;
  }

  /** Both have told each other something, and KOR was given orders. */
  private Station talked() throws Exception {
    Station jpn = new Station(Nation.JPN);
    kor.take(kor.configured());
    jpn.take(jpn.configured());
    for (int i = 1; i <= 3; i++) {
      kor.take(kor.filed(i), new Input.Flush());
      jpn.take(jpn.filed(i), new Input.Flush());
    }
    Station.exchange(kor, jpn);
    kor.take(
        new Input.Ordered(
            "op",
            new Order.Recall(
                new TrackId(Nation.KOR, FILED + 2),
                Optional.empty(),
                Report.RecallReason.MISTAKE)));
    kor.take(
        new Input.Ordered("op", new Order.Suspend(Nation.USA, Order.Direction.BOTH, "doubts")));
    Station.exchange(kor, jpn);
    return jpn;
  }

  @Test
  void nothingIsStoredBeforeItIsAppended() throws Exception {
    kor.take(kor.configured());
    long before = kor.journal.nextPosition();

    List<Runner.Done> stepped = kor.step(kor.filed(1), new Input.Flush());

    assertEquals(before, kor.journal.nextPosition());
    assertEquals(List.of(), outbox(kor.journal, Lane.URGENT));
    assertFalse(Station.of(Effect.OutboxAppended.class, stepped).isEmpty());
    assertEquals(stepped, kor.runner.append(stepped));
    assertEquals(before + 2, kor.journal.nextPosition());
    assertArrayEquals(
        Station.of(Effect.OutboxAppended.class, stepped).get(0).record(),
        outbox(kor.journal, Lane.URGENT).get(0).record());
  }

  @Test
  void whatIsLeftForLaterIsNotSteppedButTheLastIs() throws Exception {
    kor.take(kor.configured());
    List<Input> batch =
        List.of(kor.filed(1), kor.filed(2), kor.filed(3), kor.filed(4), new Input.Flush());
    UtcTime now = kor.now.plusSeconds(1);
    List<Integer> asked = new ArrayList<>();

    List<Runner.Done> stepped =
        kor.runner.step(
            batch,
            now,
            7,
            n -> {
              asked.add(n);
              return n == 2;
            });

    assertEquals(List.of(1, 2), asked);
    assertEquals(
        List.of(batch.get(0), batch.get(1), batch.get(4)),
        stepped.stream().map(d -> d.input().input()).toList());
    assertEquals(stepped, kor.runner.append(stepped));
    assertEquals(2, kor.runner.engine().lastOfFeed("feed"));
    kor.runner.append(kor.runner.step(batch.subList(2, 5), now, 8));
    assertEquals(4, kor.runner.engine().lastOfFeed("feed"));
  }

  @Test
  void whatWasTakenInIsStoredWithItsCursor() throws Exception {
    Station jpn = talked();
    List<Effect.CursorMoved> moved =
        Station.of(Effect.CursorMoved.class, jpn.done).stream()
            .filter(c -> c.stream().equals(Station.stream(Nation.KOR, Nation.JPN, Lane.URGENT)))
            .toList();
    assertEquals(5, moved.getLast().nextSeq(), "three launches and a recall");
    List<Effect.CursorMoved> stored = new ArrayList<>();
    jpn.journal.replay(
        1,
        (position, input, facts) ->
            FactsCodec.decode(facts, code -> Optional.empty()).facts().stream()
                .filter(e -> e instanceof Effect.CursorMoved)
                .map(e -> (Effect.CursorMoved) e)
                .filter(c -> c.stream().equals(moved.getLast().stream()))
                .forEach(stored::add));
    assertEquals(moved.size(), stored.size());
    assertEquals(5, stored.getLast().nextSeq());
    assertArrayEquals(moved.getLast().chainHash(), stored.getLast().chainHash());
  }

  @Test
  void replayGivesWhatHappened() throws Exception {
    Station jpn = talked();
    for (Station s : List.of(kor, jpn)) {
      var unused = s.take(new Input.PlotRefused("other", 1, "writes what was kept"));
      var health = s.runner.engine().health();
      List<String> live = Station.told(s.done);
      s.reopen();

      assertEquals(live, Station.told(s.replay()), s.nation.code());

      assertEquals(health, s.runner.engine().health(), s.nation.code());
      assertEquals(s.done.getLast().input().time(), s.runner.lastTime());
      assertEquals(3, s.runner.engine().lastOfFeed("feed"));
    }
  }

  @Test
  void whatFollowsAReplayIsWhatWouldHaveFollowed() throws Exception {
    talked();
    Station other = new Station(Nation.KOR);
    other.reopen(copy(kor.journal));
    var unused = other.replay();
    UtcTime at = kor.now.plusSeconds(1);
    Input next = kor.filed(4);

    assertEquals(
        Station.told(kor.runner.step(List.of(next, new Input.Tick()), at, 7)),
        Station.told(other.runner.step(List.of(next, new Input.Tick()), at, 7)));
  }

  /** A journal with the same in it. */
  private static MemoryEntryLog copy(MemoryEntryLog from) throws Exception {
    List<JournalEntry> all = new ArrayList<>();
    from.replay(1, (position, input, facts) -> all.add(new JournalEntry(input, facts)));
    MemoryEntryLog to = new MemoryEntryLog();
    to.append(all);
    return to;
  }

  @Test
  void timeNeverGoesBack() throws Exception {
    kor.now = Station.LAUNCH.plusSeconds(10);
    kor.take(kor.configured());
    kor.now = Station.LAUNCH;
    Runner.Done done = kor.take(kor.filed(1)).get(0);
    assertEquals(Station.LAUNCH.plusSeconds(10), done.input().time());
    assertEquals(Station.LAUNCH.nanos(), done.input().wallNs(), "the wall clock as it stands");
    kor.reopen();
    var unused = kor.replay();
    kor.now = Station.LAUNCH.plusSeconds(5);
    assertEquals(Station.LAUNCH.plusSeconds(10), kor.take(kor.filed(2)).get(0).input().time());
  }

  @Test
  void oneInputStandsForTheQuietOnesBeforeWhatFollows() throws Exception {
    kor.take(kor.configured());
    long before = kor.journal.nextPosition();
    for (int i = 0; i < 3; i++) {
      kor.now = kor.now.plusSeconds(1);
      assertEquals(List.of(), kor.runner.append(kor.step(new Input.Tick())));
    }
    assertEquals(before, kor.journal.nextPosition());
    UtcTime quiet = kor.now;
    kor.now = kor.now.plusSeconds(1);
    List<Runner.Done> written = kor.runner.append(kor.step(kor.filed(1)));
    assertTrue(written.getFirst().input().input() instanceof Input.Quiet);
    assertEquals(quiet, written.getFirst().input().time());
    assertEquals(before + 2, kor.journal.nextPosition());
    kor.reopen();
    assertEquals(before + 1, kor.replay().size());
  }

  @Test
  void nodesThatHaveNothingToTellJournalNextToNothing() throws Exception {
    Station jpn = talked();
    jpn.take(jpn.filed(9), new Input.Flush());
    Station.exchange(kor, jpn);
    for (Station s : List.of(kor, jpn)) {
      s.done.clear();
    }

    for (int i = 0; i < 6; i++) {
      Station.beat(kor, jpn, 5);
    }

    for (Station s : List.of(kor, jpn)) {
      assertTrue(s.done.size() <= 4, s.nation + " journals " + Station.told(s.done));
      assertTrue(s.done.stream().allMatch(d -> d.input().input() instanceof Input.Quiet));
    }
  }

  @Test
  void nodeThatIsQuietForLongIsWhereItWasAfterAReplay() throws Exception {
    Station jpn = talked();
    Station.beat(kor, jpn, 60);
    var unused = kor.take(kor.filed(9), new Input.Flush(), new Input.Tick());
    Station other = new Station(Nation.KOR);
    other.reopen(copy(kor.journal));
    List<Runner.Done> replayed = other.replay();
    assertTrue(replayed.size() < 150, "inputs: " + replayed.size());
    assertEquals(kor.runner.engine().health(), other.runner.engine().health());
    for (int i = 0; i < 30; i++) {
      UtcTime at = kor.now.plusSeconds(i);
      assertEquals(
          Station.told(kor.runner.step(List.of(new Input.Tick()), at, at.nanos())),
          Station.told(other.runner.step(List.of(new Input.Tick()), at, at.nanos())),
          "tick " + i);
    }
  }

  @Test
  void quietTimeIsWrittenOnceInAWhile() throws Exception {
    kor.take(kor.configured());
    long before = kor.journal.nextPosition();
    List<Runner.Done> written = List.of();
    int ticks = 0;
    while (written.isEmpty() && ticks < 1000) {
      kor.now = kor.now.plusSeconds(0.25);
      written = kor.runner.append(kor.step(new Input.Tick()));
      ticks++;
    }
    assertEquals(40, ticks, "10 seconds");
    assertEquals(before + 1, kor.journal.nextPosition());
    assertEquals(Optional.empty(), kor.runner.unwritten());
    kor.reopen();
    var unused = kor.replay();
    assertEquals(kor.now, kor.runner.lastTime());
  }

  @Test
  void fullJournalKeepsNothingOfABatchAndTakesItLater() throws Exception {
    kor.take(kor.configured());
    assertEquals(List.of(), kor.runner.append(kor.step(new Input.Tick())));
    long before = kor.journal.nextPosition();
    kor.journal.limitBytes(0);
    List<Runner.Done> stepped = kor.step(kor.filed(1), new Input.Flush());

    JournalException e = assertThrows(JournalException.class, () -> kor.runner.append(stepped));
    assertEquals(JournalException.Kind.FULL, e.kind());
    assertEquals(before, kor.journal.nextPosition());
    assertEquals(List.of(), outbox(kor.journal, Lane.URGENT));
    assertThrows(JournalException.class, () -> kor.runner.append(stepped));

    kor.journal.limitBytes(Long.MAX_VALUE);
    assertEquals(3, kor.runner.append(stepped).size());
    assertEquals(before + 3, kor.journal.nextPosition(), "quiet time, the track, the flush");
    assertEquals(1, outbox(kor.journal, Lane.URGENT).size());
    kor.reopen();
    assertEquals(
        1,
        kor.replay().stream().filter(d -> d.input().input() instanceof Input.TrackFiled).count());
  }

  @Test
  void whatTheEngineCannotDigestIsLeftOutAndTheRestGoesOn() throws Exception {
    kor.take(kor.configured());
    kor.take(kor.filed(1), new Input.Flush(), new Input.Tick());
    assertEquals(List.of(), kor.runner.append(kor.step(new Input.Tick())), "not written");

    List<Runner.Done> done =
        kor.take(kor.filed(2), kor.indigestible(), kor.filed(3), new Input.Flush());

    assertEquals(List.of("TrackFiled: something that must be there is missing"), kor.faults);
    assertEquals(4, done.size());
    Input.PlotRefused refused = (Input.PlotRefused) done.get(1).input().input();
    assertEquals(3, refused.seq());
    assertTrue(
        refused.reason().contains("something that must be there is missing"), refused.reason());
    assertEquals(4, kor.runner.engine().lastOfFeed("feed"), "its number is used up");
    assertEquals(3, outbox(kor.journal, Lane.URGENT).size());
    for (int i = 0; i < 3; i++) {
      assertEquals(i + 1, outbox(kor.journal, Lane.URGENT).get(i).seq());
    }
    kor.reopen();
    assertEquals(9, kor.replay().size(), "configured, track, flush, tick, quiet time, four more");
  }

  @Test
  void severalIndigestibleInputsOfOneBatchAreLeftOut() throws Exception {
    kor.take(kor.configured());
    List<Runner.Done> done = kor.take(kor.indigestible(), kor.indigestible(), kor.filed(1));
    assertEquals(2, kor.faults.size());
    assertEquals(2, Station.of(Effect.OutboxAppended.class, done).size(), "to both partners");
    assertEquals(3, kor.runner.engine().lastOfFeed("feed"));
  }

  @Test
  void frameThatTheEngineCannotDigestBreaksItsConnectionOff() throws Exception {
    Station jpn = new Station(Nation.JPN);
    kor.take(kor.configured());
    jpn.take(jpn.configured());
    Station.exchange(kor, jpn);
    Wire wire = new Wire(Nation.JPN, Station.stream(Nation.JPN, Nation.KOR, Lane.URGENT));

    List<Runner.Done> done = kor.take(Station.indigestible(wire));

    assertEquals(List.of("FrameReceived: something that must be there is missing"), kor.faults);
    assertTrue(done.get(0).input().input() instanceof Input.FrameRefused);
    assertEquals(wire, Station.of(Effect.CloseLink.class, done).get(0).wire());
    assertEquals(List.of(), Station.of(Effect.CursorMoved.class, done));
    kor.reopen();
    var unused = kor.replay();
  }

  @Test
  void damagedInputIsNamed() throws Exception {
    talked();
    kor.journal.flipEntry(5);
    JournalException e = assertThrows(JournalException.class, kor::reopen);
    assertEquals(JournalException.Kind.CORRUPT, e.kind());
    assertEquals(4, e.position(), "the first of its batch");
  }
}
