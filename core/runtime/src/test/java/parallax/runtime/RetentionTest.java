package parallax.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parallax.engine.Effect;
import parallax.engine.Input;
import parallax.engine.RetentionClause;
import parallax.journal.CursorRecord;
import parallax.journal.EntryVisitor;
import parallax.journal.ForgettingJournal;
import parallax.journal.JournalException;
import parallax.journal.MemoryJournal;
import parallax.journal.OutboxEntry;
import parallax.journal.Transaction;
import parallax.link.Entry;
import parallax.link.Frame;
import parallax.link.Lane;
import parallax.model.Nation;
import parallax.model.UtcTime;
import parallax.wire.InputCodec;

/** What a partner told is deleted when the agreement says, and the node goes on as before. */
class RetentionTest {
  private static final int ALL = Integer.MAX_VALUE;

  private final Station kor = new Station(Nation.KOR);
  private final Station jpn = new Station(Nation.JPN);

  /** KOR tells JPN three launches, and three more twenty days later. */
  @BeforeEach
  void talk() throws Exception {
    kor.take(kor.configured());
    jpn.take(jpn.configured());
    for (int i = 1; i <= 3; i++) {
      tell(i);
    }
    Station.exchange(kor, jpn);
    later(20);
    for (int i = 4; i <= 6; i++) {
      tell(i);
    }
    Station.exchange(kor, jpn);
  }

  private void tell(int number) throws Exception {
    kor.take(kor.filed(number, kor.now), new Input.Flush());
    jpn.take(jpn.filed(number, jpn.now), new Input.Flush());
  }

  private void later(int days) {
    kor.now = kor.now.plusSeconds(days * 86_400.0);
    jpn.now = kor.now;
  }

  private RetentionClause clause() {
    return jpn.runner.engine().retention().orElseThrow();
  }

  private long until() {
    return clause().until(jpn.now.nanos());
  }

  /** The records of partners that a journal holds, in hexadecimal digits. */
  private static List<String> records(MemoryJournal journal) throws Exception {
    List<String> out = new ArrayList<>();
    for (byte[] bytes : journal.inputs(1, ALL)) {
      if (InputCodec.decode(bytes).input() instanceof Input.FrameReceived f
          && f.frame() instanceof Frame.Batch b) {
        for (Entry e : b.entries()) {
          if (e instanceof Entry.Whole w) {
            out.add(HexFormat.of().formatHex(w.bytes()));
          }
        }
      }
    }
    return out;
  }

  private static String all(MemoryJournal journal) throws Exception {
    StringBuilder b = new StringBuilder();
    for (byte[] bytes : journal.inputs(1, ALL)) {
      b.append(HexFormat.of().formatHex(bytes)).append('\n');
    }
    return b.toString();
  }

  /** Deletes all that is due, as a node's loop does. */
  private Input.RecordsDeleted delete() throws Exception {
    Retention r = new Retention(jpn.journal);
    assertTrue(r.look(until(), jpn.now.nanos(), ALL));
    assertTrue(Retention.isUnderWay(jpn.journal));
    boolean deleted = false;
    while (!deleted) {
      deleted = r.delete(3);
    }
    boolean renewed = false;
    while (!renewed) {
      renewed = r.renew(jpn.runner, 7);
    }
    Input.RecordsDeleted d = r.close(clause().clause(), 1);
    jpn.take(d);
    assertFalse(Retention.isUnderWay(jpn.journal));
    return d;
  }

  private void lookAtAll(Retention r) throws Exception {
    boolean all = false;
    while (!all) {
      all = r.look(until(), jpn.now.nanos(), 2);
    }
  }

  @Test
  void whatWasStampedYearsAheadHoldsNothingUp() throws Exception {
    UtcTime before = jpn.now;
    UtcTime ahead = before.plusSeconds(10 * 365 * 86_400.0);
    jpn.now = ahead;
    jpn.take(new Input.PlotRefused("other", 1, "stamped by a clock that was ahead"));
    jpn.now = before;
    jpn.take(new Input.ClockCorrected(ahead, ahead.nanos(), before, before.nanos()));
    tell(7);
    Station.exchange(kor, jpn);
    later(400);

    var unused = delete();

    assertEquals(List.of(), records(jpn.journal));
  }

  @Test
  void nothingIsDeletedBeforeItIsDue() throws Exception {
    String before = all(jpn.journal);
    Retention r = new Retention(jpn.journal);
    later(clause().days() - 21);
    lookAtAll(r);
    assertFalse(Retention.isUnderWay(jpn.journal));
    assertEquals(before, all(jpn.journal));
    assertEquals(0, Retention.differsThrough(jpn.journal));
  }

  @Test
  void whatIsDueIsGoneAndWhatIsNotIsThere() throws Exception {
    List<String> held = records(jpn.journal);
    assertTrue(held.size() >= 6, () -> held.size() + " records");
    List<byte[]> before = jpn.journal.inputs(1, ALL);
    List<String> outbox = outbox();
    later(clause().days() - 19);

    Input.RecordsDeleted d = delete();

    assertTrue(d.clause().endsWith("retentionDays 365"), d.clause());
    List<String> kept = records(jpn.journal);
    assertEquals(held.size() - d.records(), kept.size());
    assertEquals(held.subList((int) d.records(), held.size()), kept);
    String now = all(jpn.journal);
    for (String gone : held.subList(0, (int) d.records())) {
      assertFalse(now.contains(gone), "a record is still there");
    }
    assertEquals(outbox, outbox());
    List<byte[]> after = jpn.journal.inputs(1, before.size());
    int changed = 0;
    for (int i = 0; i < before.size(); i++) {
      if (!Arrays.equals(before.get(i), after.get(i))) {
        changed++;
        assertEquals(before.get(i).length, after.get(i).length, "written over in place");
        Input.Stamped old = InputCodec.decode(before.get(i));
        Input.Stamped tombstone = InputCodec.decode(after.get(i));
        assertEquals(old.time(), tombstone.time());
        assertEquals(old.wallNs(), tombstone.wallNs());
        Frame.Batch was = (Frame.Batch) ((Input.FrameReceived) old.input()).frame();
        Frame.Batch is = (Frame.Batch) ((Input.FrameReceived) tombstone.input()).frame();
        assertEquals(was.firstSeq(), is.firstSeq());
        assertEquals(was.chainHash(), is.chainHash());
        assertArrayEquals(was.signature(), is.signature());
      }
    }
    assertTrue(changed > 0);
  }

  @Test
  void aStoreThatFailsForAWhileLeavesNothingOutOfADeletion() throws Exception {
    List<String> held = records(jpn.journal);
    later(clause().days() - 19);
    FailingAtFirst failing = new FailingAtFirst(jpn.journal);
    Retention r = new Retention(failing);
    assertTrue(r.look(until(), jpn.now.nanos(), ALL));
    assertThrows(JournalException.class, () -> r.delete(ALL));
    while (!r.delete(3)) {
      assertTrue(Retention.isUnderWay(jpn.journal));
    }
    while (!r.renew(jpn.runner, 7)) {
      assertTrue(Retention.isUnderWay(jpn.journal));
    }
    Input.RecordsDeleted d = r.close(clause().clause(), 1);
    assertEquals(held.subList((int) d.records(), held.size()), records(jpn.journal));
    assertTrue(d.records() > 0);
  }

  /** A journal that is locked by another program when it is first to replace inputs. */
  private static final class FailingAtFirst implements ForgettingJournal {
    private final MemoryJournal journal;
    private boolean failed;

    FailingAtFirst(MemoryJournal journal) {
      this.journal = journal;
    }

    @Override
    public void replace(SortedMap<Long, byte[]> inputs) throws JournalException {
      if (!failed) {
        failed = true;
        throw new JournalException(JournalException.Kind.BUSY, "locked");
      }
      journal.replace(inputs);
    }

    @Override
    public long append(Transaction t) throws JournalException {
      return journal.append(t);
    }

    @Override
    public void replay(long from, EntryVisitor visitor) throws JournalException {
      journal.replay(from, visitor);
    }

    @Override
    public List<byte[]> inputs(long from, int limit) throws JournalException {
      return journal.inputs(from, limit);
    }

    @Override
    public void purge() throws JournalException {
      journal.purge();
    }

    @Override
    public long nextPosition() throws JournalException {
      return journal.nextPosition();
    }

    @Override
    public List<OutboxEntry> outbox(String partner, long from, int limit) throws JournalException {
      return journal.outbox(partner, from, limit);
    }

    @Override
    public OptionalLong lastOutboxSeq(String partner) throws JournalException {
      return journal.lastOutboxSeq(partner);
    }

    @Override
    public Optional<CursorRecord> cursor(String name) throws JournalException {
      return journal.cursor(name);
    }

    @Override
    public void close() throws JournalException {
      journal.close();
    }
  }

  private List<String> outbox() throws Exception {
    List<String> out = new ArrayList<>();
    for (Lane lane : Lane.values()) {
      jpn.journal
          .outbox(Runner.outboxName(Station.stream(Nation.JPN, Nation.KOR, lane)), 1, ALL)
          .forEach(e -> out.add(lane + " " + e.seq() + HexFormat.of().formatHex(e.record())));
    }
    return out;
  }

  @Test
  void aRestartGivesTheStateOfTheNodeThatWentOn() throws Exception {
    var before = jpn.runner.engine().health();
    later(clause().days() - 19);
    Input.RecordsDeleted d = delete();
    assertEquals(before, jpn.runner.engine().health(), "streams, cursors and counts are as before");
    int from = jpn.done.size();
    long told = Retention.differsThrough(jpn.journal);
    tell(7);
    tell(8);
    Station.exchange(kor, jpn);
    jpn.take(new Input.PlotRefused("other", 1, "writes what was kept"));
    List<String> live = Station.told(jpn.done.subList(from, jpn.done.size()));
    var health = jpn.runner.engine().health();
    assertTrue(d.through() < told);

    jpn.reopen();
    List<Runner.Done> seen = jpn.replay();

    assertEquals(live, Station.told(seen.subList((int) told, seen.size())));
    assertEquals(health, jpn.runner.engine().health());
    assertTrue(
        Station.of(Effect.RecordsTaken.class, seen.subList((int) told, seen.size())).stream()
            .anyMatch(t -> t.stream().originator().equals(Nation.KOR)),
        "the partner's stream goes on");
  }

  @Test
  void theNodeKnowsNoMoreOfWhatWasDeleted() throws Exception {
    later(clause().days() + 5);
    delete();
    assertEquals(List.of(), records(jpn.journal));
    jpn.done.clear();
    later(1);
    jpn.take(jpn.filed(9, jpn.now), new Input.Flush(), new Input.Tick());
    jpn.take(new Input.PlotRefused("other", 1, "writes what was kept"));
    for (Effect.PictureChanged p : Station.of(Effect.PictureChanged.class, jpn.done)) {
      assertTrue(
          p.picture().sources().stream().allMatch(t -> t.originator().equals(Nation.JPN)),
          p.toString());
    }
  }

  @Test
  void aPictureSaysWhenACopyOfItMustBeDeletedIfItRestsOnAPartner() throws Exception {
    jpn.done.clear();
    UtcTime came = jpn.now;
    tell(8);
    Station.exchange(kor, jpn);
    later(3);
    tell(8);
    Station.exchange(kor, jpn);
    jpn.take(new Input.Tick());
    int theirs = 0;
    int own = 0;
    UtcTime first = null;
    for (Effect.PictureChanged p : Station.of(Effect.PictureChanged.class, jpn.done)) {
      boolean restsOnAPartner =
          p.picture().sources().stream().anyMatch(t -> !t.originator().equals(Nation.JPN));
      assertEquals(restsOnAPartner, p.deleteBy().isPresent(), p.toString());
      if (restsOnAPartner) {
        theirs++;
        UtcTime by = p.deleteBy().get();
        first = first == null ? by : UtcTime.min(first, by);
      } else {
        own++;
      }
    }
    assertTrue(theirs > 0 && own > 0, theirs + " and " + own);
    assertEquals(new UtcTime(clause().dueAt(came.nanos())), first);
  }

  @Test
  void whatACrashLeftHalfDoneIsFinishedAndRecorded() throws Exception {
    later(clause().days() - 19);
    long records = -1;
    String done = "";
    int pieces = 0;
    boolean finished = false;
    while (!finished) {
      MemoryJournal copy = copyOf(jpn.journal);
      Retention begun = new Retention(copy);
      assertTrue(begun.look(until(), jpn.now.nanos(), ALL));
      for (int i = 0; i < pieces && !finished; i++) {
        finished = begun.delete(4);
      }
      MemoryJournal reopened = copy.reopen();
      Retention after = new Retention(reopened);
      assertTrue(Retention.isUnderWay(reopened));
      after.finish(5);
      Input.RecordsDeleted d = after.close("clause", 1);
      if (records < 0) {
        records = d.records();
        done = all(reopened);
        assertTrue(records > 0);
      }
      assertEquals(records, d.records(), "after " + pieces + " pieces");
      assertEquals(done, all(reopened), "after " + pieces + " pieces");
      assertEquals(reopened.nextPosition() - 1, Retention.differsThrough(reopened));
      pieces++;
    }
    assertTrue(pieces > 3, () -> "there was more than one piece");
  }

  private static MemoryJournal copyOf(MemoryJournal journal) throws Exception {
    MemoryJournal copy = new MemoryJournal();
    copy.append(Transaction.ofInputs(journal.inputs(1, ALL)));
    return copy;
  }

  @Test
  void aSecondDeletionTakesOnlyWhatCameSince() throws Exception {
    later(clause().days() - 19);
    long first = delete().records();
    later(20);
    Input.RecordsDeleted second = delete();
    assertEquals(List.of(), records(jpn.journal));
    assertTrue(first > 0 && second.records() > 0);
    jpn.reopen();
    var unused = jpn.replay();
    later(1);
    Retention r = new Retention(jpn.journal);
    lookAtAll(r);
    assertFalse(Retention.isUnderWay(jpn.journal), "nothing is left to delete");
  }
}
