package parallax.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import parallax.engine.Effect;
import parallax.engine.Engine;
import parallax.engine.Input;
import parallax.journal.JournalException;
import parallax.journal.log.JournalEntry;
import parallax.journal.log.MemoryEntryLog;
import parallax.link.Digest;
import parallax.link.Lane;
import parallax.link.LinkHealth;
import parallax.model.Nation;
import parallax.wire.FactsCodec;
import parallax.wire.SnapshotCodec;
import parallax.wire.state.EngineStateCodec;

/** An engine is made from the newest good snapshot and what followed it; facts win. */
class RecoveryTest {
  private final Station kor = new Station(Nation.KOR);

  private void file(int from, int to) throws Exception {
    for (int i = from; i <= to; i++) {
      kor.now = kor.now.plusSeconds(1);
      kor.take(kor.filed(i), new Input.Flush(), new Input.Tick());
    }
  }

  private static byte[] lasting(Engine e) {
    return EngineStateCodec.lastingDigest(e.state());
  }

  private static long given(Engine e) {
    long sum = 0;
    for (LinkHealth h : e.health()) {
      sum += h.stream().originator().equals(Nation.KOR) ? h.highWaterMark() : 0;
    }
    return sum;
  }

  @Test
  void aStartReplaysOnlyWhatFollowedTheNewestSnapshot() throws Exception {
    kor.take(kor.configured());
    file(1, 5);
    SnapshotCodec.About about = kor.snapshot();
    file(6, 7);
    byte[] lived = lasting(kor.runner.engine());
    kor.reopen();
    List<Runner.Done> replayed = kor.replay();
    assertEquals(Optional.of(about), kor.started.snapshot());
    assertEquals(6, replayed.size(), "two tracks, flushes and ticks");
    assertEquals(List.of(), kor.started.notes());
    assertArrayEquals(lived, lasting(kor.runner.engine()));
    assertEquals(kor.now, kor.runner.lastTime());
    file(8, 8);
    assertEquals(8, kor.runner.engine().lastOfFeed("feed"));
  }

  @Test
  void aDamagedSnapshotIsNamedAndTheOneBeforeItIsUsed() throws Exception {
    kor.take(kor.configured());
    file(1, 2);
    SnapshotCodec.About first = kor.snapshot();
    file(3, 4);
    SnapshotCodec.About second = kor.snapshot();
    file(5, 5);
    byte[] lived = lasting(kor.runner.engine());
    int bytes = kor.snapshots.bytes(second.nextPosition());
    for (int place = 0; place < bytes; place += Math.max(1, bytes / 60)) {
      kor.snapshots.flip(second.nextPosition(), place, place % 8);
      kor.reopen();
      kor.replay();
      kor.snapshots.unflip();
      assertEquals(Optional.of(first), kor.started.snapshot(), "bit of byte " + place);
      assertEquals(1, kor.started.notes().size(), kor.started.notes().toString());
      assertTrue(kor.started.notes().getFirst().contains("is not used"), "" + place);
      assertArrayEquals(lived, lasting(kor.runner.engine()));
    }
  }

  @Test
  void aSnapshotThatIsNewerThanTheJournalIsNotUsed() throws Exception {
    kor.take(kor.configured());
    file(1, 2);
    kor.snapshot();
    byte[] then = lasting(kor.runner.engine());
    long end = kor.journal.nextPosition();
    file(3, 4);
    kor.snapshot();
    kor.journal.loseFrom(end);
    kor.reopen();
    kor.replay();
    assertEquals(1, kor.started.notes().size(), kor.started.notes().toString());
    assertTrue(kor.started.notes().getFirst().contains("the journal only those up to"));
    assertArrayEquals(then, lasting(kor.runner.engine()));
  }

  @Test
  void anOlderSnapshotThanTheNewestThreeIsUsedWhenNoneOfThoseCanBe() throws Exception {
    kor.take(kor.configured());
    file(1, 2);
    SnapshotCodec.About good = kor.snapshot();
    byte[] then = lasting(kor.runner.engine());
    long end = kor.journal.nextPosition();
    for (int track = 3; track <= 6; track++) {
      file(track, track);
      kor.snapshot();
    }
    kor.journal.loseFrom(end);
    kor.reopen();
    kor.replay();
    assertEquals(Optional.of(good), kor.started.snapshot());
    assertEquals(4, kor.started.notes().size(), kor.started.notes().toString());
    assertArrayEquals(then, lasting(kor.runner.engine()));
  }

  @Test
  void whatANewerVersionWroteIsRefusedWithASentence() throws Exception {
    kor.take(kor.configured());
    SnapshotCodec.About a = kor.snapshot();
    SnapshotCodec.About newer =
        new SnapshotCodec.About(
            SnapshotCodec.FORMAT + 1,
            a.behaviour(),
            a.nextPosition(),
            a.time(),
            a.wallNs(),
            a.digest(),
            "9.0");
    kor.snapshots.write(a.nextPosition(), SnapshotCodec.encode(newer), out -> out.write(1));
    kor.reopen();
    JournalException e = assertThrows(JournalException.class, kor::replay);
    assertEquals(JournalException.Kind.NEWER, e.kind());
    assertTrue(String.valueOf(e.getMessage()).contains("version 9.0"), e.getMessage());
    assertTrue(String.valueOf(e.getMessage()).contains("Start the version"), e.getMessage());
  }

  @Test
  void aJournalWhoseBeginningIsGoneNeedsAGoodSnapshot() throws Exception {
    kor.journal = new MemoryEntryLog(200, Long.MAX_VALUE);
    kor.reopenEmpty();
    kor.take(kor.configured());
    file(1, 20);
    SnapshotCodec.About about = kor.snapshot();
    file(21, 22);
    byte[] lived = lasting(kor.runner.engine());
    assertTrue(kor.journal.deleteBefore(about.nextPosition()) > 1);
    kor.reopen();
    kor.replay();
    assertArrayEquals(lived, lasting(kor.runner.engine()));

    kor.snapshots.flip(about.nextPosition(), 200, 3);
    kor.reopen();
    JournalException e = assertThrows(JournalException.class, kor::replay);
    assertEquals(JournalException.Kind.CORRUPT, e.kind());
    assertTrue(String.valueOf(e.getMessage()).contains("start over"), e.getMessage());
  }

  @Test
  void aReplayThatArrivesAtAnotherStateThanASnapshotHadSaysSo() throws Exception {
    kor.take(kor.configured());
    file(1, 2);
    kor.snapshot();
    file(3, 3);
    SnapshotCodec.About a = kor.runner.capture().writeTo(kor.snapshots, "of the test");
    SnapshotCodec.About other =
        new SnapshotCodec.About(
            a.format(),
            a.behaviour(),
            a.nextPosition(),
            a.time(),
            a.wallNs(),
            Digest.of(new byte[Digest.LENGTH]),
            a.software());
    kor.snapshots.write(a.nextPosition(), SnapshotCodec.encode(other), out -> out.write(1));
    file(4, 4);
    kor.reopen();
    kor.replay();
    assertEquals(1, kor.started.notes().size(), kor.started.notes().toString());
    assertTrue(kor.started.notes().getFirst().contains("is not used"));
    assertEquals(1, kor.started.differences().size());
    assertTrue(kor.started.differences().getFirst().contains("has digest"));
  }

  /** The same inputs with facts that another version would have left. */
  private MemoryEntryLog changed(FactsOf change) throws Exception {
    List<JournalEntry> all = new ArrayList<>();
    kor.journal.replay(
        1,
        (position, input, facts) -> {
          FactsCodec.Followed f = FactsCodec.decode(facts, code -> Optional.empty());
          all.add(new JournalEntry(input, change.of(f)));
        });
    MemoryEntryLog to = new MemoryEntryLog();
    to.append(all);
    return to;
  }

  private interface FactsOf {
    byte[] of(FactsCodec.Followed f);
  }

  private static List<Effect> without(List<Effect> facts, Nation partner) {
    return facts.stream()
        .filter(
            e -> !(e instanceof Effect.OutboxAppended o) || !o.stream().recipient().equals(partner))
        .toList();
  }

  @Test
  void whatAnotherVersionToldStaysAndNothingIsToldAgain() throws Exception {
    kor.take(kor.configured());
    file(1, 6);
    assertEquals(12, given(kor.runner.engine()));
    kor.reopen(
        changed(
            f -> FactsCodec.encode(f.behaviour().map(b -> b + 1), without(f.facts(), Nation.USA))));
    List<Runner.Done> replayed = kor.replay();
    assertEquals(1, kor.started.notes().size(), kor.started.notes().toString());
    assertTrue(kor.started.notes().getFirst().contains("another version"));
    assertEquals(6, given(kor.runner.engine()), "nothing to the United States");
    assertEquals(6, Station.of(Effect.OutboxAppended.class, replayed).size());

    kor.now = kor.now.plusSeconds(1);
    List<Runner.Done> next = kor.take(kor.filed(7), new Input.Flush());
    List<Effect.OutboxAppended> more = Station.of(Effect.OutboxAppended.class, next);
    assertEquals(2, more.size(), "from now on this version decides");
    for (Effect.OutboxAppended o : more) {
      boolean japan = o.stream().recipient().equals(Nation.JPN);
      assertEquals(japan ? 7 : 1, o.seq(), o.stream().toString());
    }
  }

  @Test
  void whatThisVersionWouldDecideOtherwiseIsSaidAndStays() throws Exception {
    kor.take(kor.configured());
    file(1, 6);
    int[] entry = {0};
    kor.reopen(
        changed(
            f ->
                FactsCodec.encode(
                    f.behaviour(), ++entry[0] < 9 ? f.facts() : without(f.facts(), Nation.USA))));
    kor.replay();
    assertEquals(1, kor.started.notes().size(), kor.started.notes().toString());
    assertTrue(
        kor.started.notes().getFirst().contains("something else than what is stored"),
        kor.started.notes().getFirst());
    long japan = 0;
    long states = 0;
    for (LinkHealth h : kor.runner.engine().health()) {
      if (h.stream().lane() == Lane.URGENT && h.stream().originator().equals(Nation.KOR)) {
        japan += h.stream().recipient().equals(Nation.JPN) ? h.highWaterMark() : 0;
        states += h.stream().recipient().equals(Nation.USA) ? h.highWaterMark() : 0;
      }
    }
    assertEquals(6, japan);
    assertTrue(states < 6 && states > 0, "to the United States: " + states);
  }

  @Test
  void whatElseANodeRemembersComesBackWithTheSnapshot() throws Exception {
    SortedMap<String, String> recalled = new TreeMap<>();
    Remembered part =
        new Remembered() {
          @Override
          public String name() {
            return "part";
          }

          @Override
          public Supplier<byte[]> remember() {
            return () -> new byte[] {7, 8};
          }

          @Override
          public void recall(byte[] bytes) {
            recalled.put("part", java.util.Arrays.toString(bytes));
          }
        };
    kor.runner.remember(part);
    kor.take(kor.configured());
    kor.snapshot();
    kor.reopen();
    kor.runner.remember(part);
    kor.replay();
    assertEquals("[7, 8]", recalled.get("part"));
  }
}
