package parallax.journal.log.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parallax.journal.JournalException;
import parallax.journal.JournalException.Kind;
import parallax.journal.log.BatchFormat;
import parallax.journal.log.EntryLog;
import parallax.journal.log.JournalEntry;
import parallax.journal.log.LogSegment;

/**
 * What every log must do. A subclass says how to open one with segments of {@link #SEGMENT_BYTES}
 * and {@link #SEGMENT_AGE_NS}, damage one and fill its disk.
 */
public abstract class EntryLogContract {
  /** How much a segment takes. */
  protected static final long SEGMENT_BYTES = 16 << 10;

  /** How old a segment becomes. */
  protected static final long SEGMENT_AGE_NS = 1_000;

  private EntryLog log;

  /** The constructor of subclasses. */
  @SuppressWarnings("NullAway") // set before each test
  protected EntryLogContract() {}

  /** The first call opens an empty log; later ones what was stored, the one before closed. */
  protected abstract EntryLog open() throws IOException;

  /** Changes a bit of the entry at a position behind the back of the log, which is closed. */
  protected abstract void corrupt(long position) throws IOException;

  /** Leaves room for less than 2 MiB more. */
  protected abstract void fillDisk(EntryLog log) throws IOException;

  /** Makes room again. */
  protected abstract void freeDisk(EntryLog log) throws IOException;

  /** Opens an empty log. */
  @BeforeEach
  public void openEmpty() throws IOException {
    log = open();
  }

  /** Closes what is open. */
  @AfterEach
  public void closeIt() throws IOException {
    log.close();
  }

  /** Closes the log and opens it again. */
  protected final void reopen() throws IOException {
    log.close();
    log = open();
  }

  /** Entries of some letters: each an input, and the same twice as facts. */
  protected static List<JournalEntry> entries(String... texts) {
    return Arrays.stream(texts)
        .map(t -> new JournalEntry(bytes(t), t.isEmpty() ? new byte[0] : bytes(t + t)))
        .toList();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** What a log holds from a position on, as text. */
  protected static List<String> replayed(EntryLog log, long from) throws JournalException {
    List<String> seen = new ArrayList<>();
    log.replay(
        from,
        (position, input, facts) ->
            seen.add(
                position
                    + ":"
                    + new String(input, StandardCharsets.UTF_8)
                    + "/"
                    + new String(facts, StandardCharsets.UTF_8)));
    return seen;
  }

  private List<String> replayed(long from) throws JournalException {
    return replayed(log, from);
  }

  @Test
  public void emptyLogBeginsAtOne() throws IOException {
    assertEquals(1, log.nextPosition());
    assertEquals(1, log.firstPosition());
    assertEquals(List.of(), replayed(1));
    assertEquals(List.of(), replayed(100));
    assertEquals(1, log.segments().size());
    assertEquals(1, log.deleteBefore(100));
  }

  @Test
  public void keepsTheOrderAcrossReopening() throws IOException {
    assertEquals(1, log.append(entries("a", "b")));
    assertEquals(3, log.append(entries("c")));
    assertEquals(List.of("1:a/aa", "2:b/bb", "3:c/cc"), replayed(1));
    reopen();
    assertEquals(4, log.nextPosition());
    assertEquals(List.of("1:a/aa", "2:b/bb", "3:c/cc"), replayed(1));
    assertEquals(4, log.append(entries("d")));
    assertEquals(List.of("1:a/aa", "2:b/bb", "3:c/cc", "4:d/dd"), replayed(1));
  }

  @Test
  public void replaysFromTheMiddle() throws IOException {
    log.append(entries("a", "b", "c", "d"));
    log.append(entries("e"));
    assertEquals(List.of("3:c/cc", "4:d/dd", "5:e/ee"), replayed(3));
    assertEquals(List.of("5:e/ee"), replayed(5));
    assertEquals(List.of(), replayed(6));
    assertThrows(IllegalArgumentException.class, () -> replayed(0));
  }

  @Test
  public void emptyEntriesAndEmptyBatchesAreAllowed() throws IOException {
    assertEquals(1, log.append(List.of()));
    assertEquals(1, log.append(entries("", "")));
    assertEquals(3, log.append(List.of()));
    reopen();
    assertEquals(List.of("1:/", "2:/"), replayed(1));
  }

  @Test
  public void entriesAreEqualByContent() {
    assertEquals(entries("a"), entries("a"));
    assertTrue(!entries("a").equals(entries("b")));
    assertEquals(entries("a").hashCode(), entries("a").hashCode());
    assertEquals(0, JournalEntry.of(bytes("a")).facts().length);
  }

  @Test
  public void takesBatchesOfAllSizesOverManySegments() throws IOException {
    SplittableRandom random = new SplittableRandom(4);
    List<JournalEntry> expected = new ArrayList<>();
    for (int round = 0; round < 150; round++) {
      List<JournalEntry> batch = new ArrayList<>();
      for (int i = random.nextInt(20); i > 0; i--) {
        byte[] input = new byte[random.nextInt(round % 50 == 7 ? 20_000 : 600)];
        byte[] facts = new byte[random.nextInt(60)];
        random.nextBytes(input);
        random.nextBytes(facts);
        batch.add(new JournalEntry(input, facts));
      }
      assertEquals(expected.size() + 1, log.append(batch));
      expected.addAll(batch);
      if (round % 31 == 30) {
        reopen();
      }
    }
    assertTrue(log.segments().size() > 5);
    for (long from : new long[] {1, 2, 500, expected.size(), expected.size() + 1L}) {
      List<JournalEntry> seen = new ArrayList<>();
      log.replay(
          from,
          (position, input, facts) -> {
            assertEquals(from + seen.size(), position);
            seen.add(new JournalEntry(input, facts));
          });
      assertEquals(expected.subList((int) from - 1, expected.size()), seen);
    }
  }

  @Test
  public void refusesABatchThatIsTooLongAndGoesOn() throws IOException {
    byte[] quarter = new byte[BatchFormat.MOST_BYTES / 4];
    JournalEntry e = new JournalEntry(quarter, quarter);
    assertThrows(IllegalArgumentException.class, () -> log.append(List.of(e, e)));
    assertEquals(1, log.append(entries("a")));
  }

  @Test
  public void tellsOfDamageAfterWhatIsBeforeIt() throws IOException {
    log.append(entries("a"));
    log.append(entries("b"));
    log.append(entries("c"));
    log.close();
    corrupt(2);
    List<String> seen = new ArrayList<>();
    JournalException e =
        assertThrows(
            JournalException.class,
            () -> {
              log = open();
              log.replay(1, (position, input, facts) -> seen.add(position + ""));
            });
    assertEquals(Kind.CORRUPT, e.kind());
    assertTrue(seen.isEmpty() || seen.equals(List.of("1")), seen.toString());
  }

  @Test
  public void aFullDiskChangesNothingAndTheSameBatchGoesInLater() throws IOException {
    log.append(entries("a"));
    byte[] big = new byte[2 << 20];
    new SplittableRandom(5).nextBytes(big);
    List<JournalEntry> batch = List.of(new JournalEntry(big, new byte[0]), entries("z").get(0));
    fillDisk(log);
    for (int i = 0; i < 3; i++) {
      JournalException e = assertThrows(JournalException.class, () -> log.append(batch));
      assertEquals(Kind.FULL, e.kind(), e.getMessage());
      assertEquals(2, log.nextPosition());
      assertEquals(List.of("1:a/aa"), replayed(1));
    }
    freeDisk(log);
    assertEquals(2, log.append(batch));
    reopen();
    List<byte[]> seen = new ArrayList<>();
    log.replay(2, (position, input, facts) -> seen.add(input));
    assertArrayEquals(big, seen.get(0));
    assertEquals(List.of("3:z/zz"), replayed(3));
  }

  @Test
  public void deletesWholeSegmentsAtTheFront() throws IOException {
    byte[] some = new byte[1_000];
    for (int i = 0; i < 100; i++) {
      log.append(List.of(JournalEntry.of(some)));
    }
    List<LogSegment> segments = log.segments();
    assertTrue(segments.size() > 3);
    long second = segments.get(1).firstPosition();
    final long third = segments.get(2).firstPosition();
    assertEquals(1, log.deleteBefore(second - 1));
    assertEquals(second, log.deleteBefore(second));
    assertEquals(second, log.deleteBefore(third - 1));
    assertEquals(second, log.firstPosition());
    JournalException e = assertThrows(JournalException.class, () -> replayed(second - 1));
    assertEquals(Kind.DELETED, e.kind());
    assertEquals(101 - second, replayed(second).size());
    reopen();
    assertEquals(second, log.firstPosition());
    assertEquals(101, log.nextPosition());
    assertEquals(101 - third, replayed(third).size());
    long last = log.deleteBefore(1_000);
    assertTrue(last <= 100);
    assertEquals(1, log.segments().size());
    assertEquals(101, log.append(entries("a")));
    reopen();
    assertEquals(102 - last, replayed(last).size());
  }

  @Test
  public void endsASegmentThatIsOldOnceItHoldsSomething() throws IOException {
    log.roll(10_000);
    log.roll(20_000);
    log.roll(30_000);
    assertEquals(1, log.segments().size());
    log.append(entries("a"));
    log.roll(40_000);
    assertEquals(2, log.segments().size());
    assertEquals(40_000, log.segments().getLast().createdNs());
    log.append(entries("b"));
    log.roll(40_000 + SEGMENT_AGE_NS - 1);
    assertEquals(2, log.segments().size());
    log.roll(30_000); // a clock that was set back ends nothing
    assertEquals(2, log.segments().size());
    log.roll(40_000 + SEGMENT_AGE_NS);
    assertEquals(3, log.segments().size());
    assertEquals(3, log.nextPosition());
    reopen();
    assertEquals(3, log.segments().size());
    assertEquals(40_000, log.segments().get(1).createdNs());
    assertEquals(3, log.deleteBefore(3));
    assertEquals(List.of(), replayed(3));
    reopen();
    assertEquals(3, log.firstPosition());
    assertEquals(3, log.append(entries("c")));
    assertEquals(List.of("3:c/cc"), replayed(3));
  }

  @Test
  public void refusesEverythingOnceClosed() throws IOException {
    log.append(entries("a"));
    EntryLog closed = log;
    closed.close();
    closed.close();
    assertClosed(() -> closed.append(entries("b")));
    assertClosed(closed::nextPosition);
    assertClosed(closed::firstPosition);
    assertClosed(closed::segments);
    assertClosed(() -> closed.replay(1, (p, i, f) -> {}));
    assertClosed(() -> closed.roll(1));
    assertClosed(() -> closed.deleteBefore(1));
  }

  /** Something that a log does. */
  private interface Use {
    void run() throws IOException;
  }

  private static void assertClosed(Use use) {
    JournalException e = assertThrows(JournalException.class, use::run);
    assertEquals(Kind.CLOSED, e.kind());
  }
}
