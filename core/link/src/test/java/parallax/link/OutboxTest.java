package parallax.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static parallax.link.fixtures.LinkFixtures.digest;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import parallax.link.fixtures.LinkFixtures;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.model.TrackId;

final class OutboxTest {
  private static final Entry.NewKey KEY = new Entry.NewKey(LinkFixtures.KOR_NEXT.key());

  private final Outbox outbox = new Outbox(digest(0));

  private static Entry record(long seq) {
    return new Entry.Whole(LinkFixtures.record(seq, 0));
  }

  private static Digest hash(long seq) {
    byte[] bytes = new byte[Digest.LENGTH];
    java.nio.ByteBuffer.wrap(bytes).putLong(seq);
    return Digest.of(bytes);
  }

  private static OutboxState.Subject subject(int track) {
    return new OutboxState.Subject(new TrackId(Nation.KOR, track), Report.DataClass.FLIGHT_PATH);
  }

  private void add(int count) {
    for (int i = 0; i < count; i++) {
      add(null);
    }
  }

  private void add(OutboxState.@Nullable Subject subject) {
    long seq = outbox.last() + 1;
    outbox.add(record(seq), 10, digest((int) seq), hash(seq), 0, seq, subject);
  }

  @Test
  void holdsWhatIsNotAcknowledged() {
    add(100);
    assertEquals(100, outbox.heldRecords());
    assertEquals(1_000, outbox.heldBytes());
    assertEquals(List.of(), outbox.acknowledge(40, hash(40)));
    assertEquals(60, outbox.heldRecords());
    assertEquals(600, outbox.heldBytes());
    assertEquals(record(41), outbox.entry(41));
    assertThrows(InvalidValueException.class, () -> outbox.entry(40));
    assertThrows(InvalidValueException.class, () -> outbox.entry(101));
    assertEquals(hash(40), outbox.hashAfter(40));
    assertEquals(hash(77), outbox.hashAfter(77));
    assertEquals(null, outbox.hashAfter(39));
  }

  @Test
  void givesItsRoomBackOnceThePartnerHasCaughtUp() {
    add(10_000);
    assertTrue(outbox.capacity() < 10_000 + 2 * HeldRecords.PIECE);
    outbox.acknowledge(9_990, hash(9_990));
    assertEquals(HeldRecords.PIECE, outbox.capacity());
    assertEquals(record(9_991), outbox.entry(9_991));
    assertEquals(record(10_000), outbox.entry(10_000));
    add(100);
    assertEquals(record(10_100), outbox.entry(10_100));
    assertEquals(110, outbox.heldRecords());
  }

  @Test
  void whatIsGivenUpBecomesOneGapUntilItIsTold() {
    add(10);
    outbox.lose(2, GapReason.RETENTION);
    outbox.lose(4, GapReason.RETENTION);
    assertEquals(
        List.of(new OutboxState.Lost(1, 4, GapReason.RETENTION, hash(4), Long.MAX_VALUE)),
        outbox.givenUp().tell(0));
    outbox.lose(6, GapReason.RETENTION);
    outbox.lose(7, GapReason.SUSPENSION);
    List<OutboxState.Missing> all = outbox.givenUp().tell(2);
    assertEquals(3, all.size(), "what was told already is not made longer: " + all);
    assertEquals(3, all.get(0).from());
    assertEquals(5, all.get(1).from());
    assertEquals(7, all.get(2).from());
    assertEquals(1, outbox.acknowledge(4, hash(4)).size());
    assertEquals(2, outbox.acknowledge(7, hash(7)).size());
    assertEquals(List.of(), outbox.givenUp().tell(7));
  }

  @Test
  void whatWasGivenUpButArrivedIsNoGap() {
    add(10);
    outbox.lose(8, GapReason.RETENTION);
    assertEquals(List.of(), outbox.acknowledge(3, hash(3)), "it held these before");
    outbox.givenUp().tell(5);
    List<OutboxState.Lost> known = outbox.acknowledge(8, hash(8));
    assertEquals(1, known.size());
    assertEquals(6, known.get(0).from(), "4 and 5 were never told to be lost, so they came");
    assertEquals(8, known.get(0).to());
  }

  @Test
  void aChangeOfKeyIsNeverGivenUp() {
    add(2);
    outbox.add(KEY, 32, digest(3), hash(3), 0, 0, null);
    add(2);
    outbox.lose(5, GapReason.RETENTION);
    List<OutboxState.Missing> missing = outbox.givenUp().tell(0);
    assertEquals(3, missing.size());
    assertEquals(new OutboxState.Kept(3, KEY, hash(3)), missing.get(1));
    assertEquals(4, missing.get(2).from());
    assertEquals(0, outbox.heldBytes());
  }

  @Test
  void manyUpdatesOfOneTrackFoldInLinearTime() {
    int count = 100_000;
    for (int i = 0; i < count; i++) {
      add(subject(1));
    }
    for (long seq = 1; seq < count; seq++) {
      assertEquals(count, ((Entry.Folded) outbox.folded(seq)).into());
    }
    assertEquals(10, outbox.heldBytes());
    assertEquals(count - 1, outbox.foldedRecords());
  }

  @Test
  void dropsTheOldestReplacedUntilThereIsRoom() {
    for (int track : new int[] {1, 2, 1, 2, 1, 3}) {
      add(subject(track));
    }
    outbox.dropReplaced(50, 1);
    assertEquals(record(1), outbox.entry(1), "sent already");
    assertTrue(outbox.isDropped(2));
    assertEquals(new Entry.Folded(digest(2), 4), outbox.folded(2));
    assertTrue(!outbox.isDropped(3), "there was room by then");
    assertEquals(50, outbox.heldBytes());
    outbox.dropReplaced(0, 0);
    assertTrue(outbox.isDropped(3));
    assertEquals(40, outbox.heldBytes(), "no more was replaced");
  }

  /** The same, kept as plain lists and computed from the beginning each time. */
  private static final class Model {
    final List<Entry> entries = new ArrayList<>();
    final List<Integer> lengths = new ArrayList<>();
    final List<OutboxState.@Nullable Subject> subjects = new ArrayList<>();
    final List<Long> replacedBy = new ArrayList<>();
    final List<Boolean> dropped = new ArrayList<>();
    final List<@Nullable GapReason> reasons = new ArrayList<>();
    final List<Integer> groups = new ArrayList<>();
    final List<Boolean> told = new ArrayList<>();
    int nextGroup;
    long acknowledged;
    long base;

    long last() {
      return entries.size();
    }

    void add(Entry e, int length, OutboxState.@Nullable Subject subject) {
      for (long n = last(); subject != null && n > base; n--) {
        if (subject.equals(subjects.get(i(n)))) {
          replacedBy.set(i(n), last() + 1);
          break;
        }
      }
      subjects.add(subject);
      entries.add(e);
      lengths.add(length);
      replacedBy.add(0L);
      dropped.add(false);
      reasons.add(null);
      groups.add(-1);
      told.add(false);
    }

    int i(long seq) {
      return (int) seq - 1;
    }

    long heldBytes() {
      long sum = 0;
      for (long n = base + 1; n <= last(); n++) {
        sum += dropped.get(i(n)) ? 0 : lengths.get(i(n));
      }
      return sum;
    }

    boolean groupTold(int group) {
      for (long n = 1; n <= last(); n++) {
        if (groups.get(i(n)) == group && told.get(i(n))) {
          return true;
        }
      }
      return false;
    }

    void lose(long seq, GapReason reason) {
      for (long n = base + 1; n <= seq; n++) {
        base = n;
        if (entries.get(i(n)) instanceof Entry.NewKey) {
          continue;
        }
        boolean goesOn =
            n - 1 > acknowledged
                && reasons.get(i(n - 1)) == reason
                && !groupTold(groups.get(i(n - 1)));
        reasons.set(i(n), reason);
        groups.set(i(n), goesOn ? groups.get(i(n - 1)) : nextGroup++);
      }
    }

    /** From and to of each thing missing after a number; a key has a reason of null. */
    List<String> tell(long held) {
      List<String> out = new ArrayList<>();
      for (long n = Math.max(held, acknowledged) + 1; n <= base; n++) {
        long to = n;
        while (to < base
            && groups.get(i(n)) >= 0
            && groups.get(i(to + 1)).equals(groups.get(i(n)))) {
          to++;
        }
        out.add(n + " " + to + " " + reasons.get(i(n)));
        for (long t = n; t <= to; t++) {
          told.set(i(t), groups.get(i(t)) >= 0);
        }
        n = to;
      }
      return out;
    }

    List<String> acknowledge(long seq) {
      List<String> out = new ArrayList<>();
      for (long n = acknowledged + 1; n <= Math.min(seq, base); n++) {
        boolean ends = n == base || !groups.get(i(n + 1)).equals(groups.get(i(n)));
        if (!told.get(i(n)) || !ends) {
          continue;
        }
        long from = n;
        while (from - 1 > acknowledged
            && told.get(i(from - 1))
            && groups.get(i(from - 1)).equals(groups.get(i(n)))) {
          from--;
        }
        out.add(from + " " + n + " " + reasons.get(i(n)));
      }
      acknowledged = seq;
      base = Math.max(base, seq);
      return out;
    }

    long into(long seq) {
      long into = replacedBy.get(i(seq));
      while (replacedBy.get(i(into)) != 0) {
        into = replacedBy.get(i(into));
      }
      return into;
    }
  }

  private static List<String> text(List<? extends OutboxState.Missing> missing) {
    List<String> out = new ArrayList<>();
    for (OutboxState.Missing m : missing) {
      out.add(
          m.from() + " " + m.to() + " " + (m instanceof OutboxState.Lost l ? l.reason() : null));
    }
    return out;
  }

  @Test
  void agreesWithANaiveModelOverRandomOperations() {
    for (long seed = 0; seed < 40; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Outbox box = new Outbox(digest(0));
      Model model = new Model();
      for (int step = 0; step < 300; step++) {
        switch (random.nextInt(10)) {
          case 0, 1, 2, 3, 4 -> {
            for (int k = random.nextInt(random.nextInt(40) == 0 ? 200 : 5); k >= 0; k--) {
              long seq = box.last() + 1;
              Entry e = random.nextInt(15) == 0 ? KEY : record(seq);
              int length = random.nextInt(20);
              OutboxState.Subject subject =
                  e instanceof Entry.NewKey ? null : subject(1 + random.nextInt(6));
              box.add(e, length, hash(-seq), hash(seq), 0, 0, subject);
              model.add(e, length, subject);
            }
          }
          case 5 -> box = new Outbox(box.state(), box.foldedRecords());
          case 6 -> {
            long seq = model.base + 1 + random.nextLong(20);
            if (seq <= model.last() && model.replacedBy.get(model.i(seq)) != 0) {
              assertEquals(new Entry.Folded(hash(-seq), model.into(seq)), box.folded(seq));
              model.dropped.set(model.i(seq), true);
            }
          }
          case 7 -> {
            long seq = Math.min(model.last(), model.base + random.nextLong(12));
            GapReason reason = random.nextInt(3) == 0 ? GapReason.SUSPENSION : GapReason.RETENTION;
            box.lose(seq, reason);
            model.lose(seq, reason);
          }
          case 8 -> {
            long held = model.acknowledged + random.nextLong(10);
            assertEquals(model.tell(held), text(box.givenUp().tell(held)));
          }
          default -> {
            long seq = model.acknowledged + random.nextLong(25);
            if (seq <= model.last()) {
              assertEquals(
                  model.acknowledge(seq), text(box.acknowledge(seq, hash(seq))), "seed " + seed);
            }
          }
        }
        assertEquals(model.acknowledged, box.acknowledged());
        assertEquals(model.base, box.base());
        assertEquals(model.last(), box.last());
        assertEquals(model.heldBytes(), box.heldBytes());
        for (long n = model.base + 1; n <= model.last(); n++) {
          assertEquals(hash(n), box.hashAfter(n));
          assertEquals(model.replacedBy.get(model.i(n)) != 0, box.isReplaced(n));
          assertEquals(model.dropped.get(model.i(n)), box.isDropped(n));
          if (!box.isDropped(n)) {
            assertEquals(model.entries.get(model.i(n)), box.entry(n));
          }
        }
      }
    }
  }
}
