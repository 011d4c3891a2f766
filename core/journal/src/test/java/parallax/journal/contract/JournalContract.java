package parallax.journal.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parallax.journal.CursorRecord;
import parallax.journal.Journal;
import parallax.journal.JournalException;
import parallax.journal.JournalException.Kind;
import parallax.journal.OutboxEntry;
import parallax.journal.Transaction;

/** What every journal must do. A subclass says how to open one, damage one and fill its disk. */
public abstract class JournalContract {
  private Journal journal;

  /** The constructor of subclasses. */
  @SuppressWarnings("NullAway") // set before each test
  protected JournalContract() {}

  /** The first call opens an empty journal; later ones what was stored, the one before closed. */
  protected abstract Journal open() throws IOException;

  /** Changes a bit of the input at a position behind the back of the journal, which is closed. */
  protected abstract void corrupt(long position) throws IOException;

  /** Changes a bit of a partner's record behind the back of the journal, which is closed. */
  protected abstract void corruptOutbox(String partner, long seq) throws IOException;

  /** Leaves room for less than 2 MiB more. */
  protected abstract void fillDisk(Journal journal) throws IOException;

  /** Makes room again. */
  protected abstract void freeDisk(Journal journal) throws IOException;

  /** Opens an empty journal. */
  @BeforeEach
  public void openEmpty() throws IOException {
    journal = open();
  }

  /** Closes what is open. */
  @AfterEach
  public void closeIt() throws IOException {
    journal.close();
  }

  /** The journal that is open. */
  protected final Journal current() {
    return journal;
  }

  private void reopen() throws IOException {
    journal.close();
    journal = open();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Transaction inputs(String... texts) {
    return Transaction.ofInputs(
        Arrays.stream(texts).map(t -> t.getBytes(StandardCharsets.UTF_8)).toList());
  }

  private List<String> replayed(long from) throws JournalException {
    List<String> seen = new ArrayList<>();
    journal.replay(
        from,
        (position, input) -> seen.add(position + ":" + new String(input, StandardCharsets.UTF_8)));
    return seen;
  }

  @Test
  public void emptyJournalBeginsAtOne() throws IOException {
    assertEquals(1, journal.nextPosition());
    assertEquals(List.of(), replayed(1));
    assertEquals(List.of(), replayed(100));
    assertEquals(OptionalLong.empty(), journal.lastOutboxSeq("KOR"));
    assertEquals(List.of(), journal.outbox("KOR", 1, 10));
    assertEquals(Optional.empty(), journal.cursor("in/KOR"));
  }

  @Test
  public void keepsTheOrderAcrossReopening() throws IOException {
    assertEquals(1, journal.append(inputs("a", "b")));
    assertEquals(3, journal.append(inputs("c")));
    assertEquals(List.of("1:a", "2:b", "3:c"), replayed(1));
    reopen();
    assertEquals(4, journal.nextPosition());
    assertEquals(List.of("1:a", "2:b", "3:c"), replayed(1));
    assertEquals(4, journal.append(inputs("d")));
    assertEquals(List.of("1:a", "2:b", "3:c", "4:d"), replayed(1));
  }

  @Test
  public void replaysFromTheMiddle() throws IOException {
    journal.append(inputs("a", "b", "c", "d"));
    assertEquals(List.of("3:c", "4:d"), replayed(3));
    assertEquals(List.of("4:d"), replayed(4));
    assertEquals(List.of(), replayed(5));
    assertThrows(IllegalArgumentException.class, () -> replayed(0));
  }

  @Test
  public void emptyInputsAndEmptyTransactionsAreAllowed() throws IOException {
    assertEquals(1, journal.append(inputs()));
    assertEquals(1, journal.append(inputs("", "")));
    assertEquals(3, journal.append(inputs()));
    reopen();
    assertEquals(List.of("1:", "2:"), replayed(1));
  }

  @Test
  public void outboxesAndCursorsComeWithTheInputs() throws IOException {
    long first =
        journal.append(
            new Transaction(
                List.of(bytes("a")),
                List.of(
                    new OutboxEntry("KOR", 1, bytes("k1")),
                    new OutboxEntry("USA", 1, bytes("u1")),
                    new OutboxEntry("KOR", 2, bytes("k2"))),
                List.of(
                    new CursorRecord("in/KOR", 1, new byte[32]),
                    new CursorRecord("in/KOR", 7, bytes("h")))));
    assertEquals(1, first);
    reopen();
    assertEquals(
        List.of(new OutboxEntry("KOR", 1, bytes("k1")), new OutboxEntry("KOR", 2, bytes("k2"))),
        journal.outbox("KOR", 1, 10));
    assertEquals(List.of(new OutboxEntry("USA", 1, bytes("u1"))), journal.outbox("USA", 1, 10));
    assertEquals(OptionalLong.of(2), journal.lastOutboxSeq("KOR"));
    assertEquals(Optional.of(new CursorRecord("in/KOR", 7, bytes("h"))), journal.cursor("in/KOR"));
    journal.append(
        new Transaction(
            List.of(),
            List.of(new OutboxEntry("KOR", 3, bytes("k3"))),
            List.of(new CursorRecord("in/KOR", 8, bytes("i")))));
    reopen();
    assertEquals(OptionalLong.of(3), journal.lastOutboxSeq("KOR"));
    assertEquals(Optional.of(new CursorRecord("in/KOR", 8, bytes("i"))), journal.cursor("in/KOR"));
    assertEquals(2, journal.nextPosition());
  }

  @Test
  public void outboxIsReadInPieces() throws IOException {
    List<OutboxEntry> all = new ArrayList<>();
    for (int i = 1; i <= 25; i++) {
      all.add(new OutboxEntry("KOR", i, bytes("k" + i)));
    }
    journal.append(new Transaction(List.of(), all, List.of()));
    assertEquals(all.subList(0, 10), journal.outbox("KOR", 1, 10));
    assertEquals(all.subList(20, 25), journal.outbox("KOR", 21, 10));
    assertEquals(List.of(), journal.outbox("KOR", 26, 10));
    assertThrows(IllegalArgumentException.class, () -> journal.outbox("KOR", 0, 1));
    assertThrows(IllegalArgumentException.class, () -> journal.outbox("KOR", 1, 0));
  }

  @Test
  public void outboxNumbersMustBeDenseAndNothingOfABadTransactionIsKept() throws IOException {
    journal.append(
        new Transaction(List.of(), List.of(new OutboxEntry("KOR", 1, bytes("k1"))), List.of()));
    for (long bad : new long[] {1, 3, 100}) {
      Transaction t =
          new Transaction(
              List.of(bytes("x")),
              List.of(
                  new OutboxEntry("USA", 1, bytes("u1")),
                  new OutboxEntry("KOR", bad, bytes("bad"))),
              List.of(new CursorRecord("in/KOR", 9, new byte[0])));
      assertThrows(IllegalArgumentException.class, () -> journal.append(t));
    }
    assertThrows(
        IllegalArgumentException.class,
        () ->
            journal.append(
                new Transaction(
                    List.of(), List.of(new OutboxEntry("JPN", 2, bytes("j2"))), List.of())));
    reopen();
    assertEquals(1, journal.nextPosition());
    assertEquals(OptionalLong.of(1), journal.lastOutboxSeq("KOR"));
    assertEquals(OptionalLong.empty(), journal.lastOutboxSeq("USA"));
    assertEquals(Optional.empty(), journal.cursor("in/KOR"));
    journal.append(
        new Transaction(List.of(), List.of(new OutboxEntry("KOR", 2, bytes("k2"))), List.of()));
    assertEquals(2, journal.outbox("KOR", 1, 10).size());
  }

  @Test
  public void takesBigEntries() throws IOException {
    byte[] big = new byte[1 << 20];
    new SplittableRandom(3).nextBytes(big);
    journal.append(
        new Transaction(
            List.of(big, bytes("after")), List.of(new OutboxEntry("KOR", 1, big)), List.of()));
    reopen();
    List<byte[]> seen = new ArrayList<>();
    journal.replay(1, (position, input) -> seen.add(input));
    assertArrayEquals(big, seen.get(0));
    assertArrayEquals(bytes("after"), seen.get(1));
    assertArrayEquals(big, journal.outbox("KOR", 1, 1).get(0).record());
  }

  @Test
  public void takesManyTransactionsOfAllSizes() throws IOException {
    SplittableRandom random = new SplittableRandom(4);
    List<byte[]> expected = new ArrayList<>();
    for (int round = 0; round < 200; round++) {
      List<byte[]> some = new ArrayList<>();
      for (int i = random.nextInt(20); i > 0; i--) {
        byte[] input = new byte[random.nextInt(600)];
        random.nextBytes(input);
        some.add(input);
      }
      assertEquals(expected.size() + 1L, journal.append(Transaction.ofInputs(some)));
      expected.addAll(some);
      if (round % 50 == 49) {
        reopen();
      }
    }
    List<byte[]> seen = new ArrayList<>();
    journal.replay(
        1,
        (position, input) -> {
          seen.add(input);
          assertEquals(seen.size(), position);
        });
    assertTrue(Arrays.deepEquals(expected.toArray(), seen.toArray()));
  }

  @Test
  public void corruptInputIsFoundWithItsPosition() throws IOException {
    journal.append(inputs("alpha", "bravo", "charlie"));
    journal.close();
    corrupt(2);
    journal = open();
    List<Long> seen = new ArrayList<>();
    JournalException e =
        assertThrows(
            JournalException.class,
            () -> journal.replay(1, (position, input) -> seen.add(position)));
    assertEquals(Kind.CORRUPT, e.kind());
    assertEquals(2, e.position());
    assertEquals(List.of(1L), seen);
    assertEquals(List.of("3:charlie"), replayed(3));
  }

  @Test
  public void corruptOutboxRecordIsFound() throws IOException {
    journal.append(
        new Transaction(
            List.of(),
            List.of(new OutboxEntry("KOR", 1, bytes("k1")), new OutboxEntry("KOR", 2, bytes("k2"))),
            List.of()));
    journal.close();
    corruptOutbox("KOR", 2);
    journal = open();
    assertEquals(1, journal.outbox("KOR", 1, 1).size());
    JournalException e = assertThrows(JournalException.class, () -> journal.outbox("KOR", 1, 10));
    assertEquals(Kind.CORRUPT, e.kind());
  }

  @Test
  public void fullDiskLosesNothingAndTheSameTransactionGoesInLater() throws IOException {
    journal.append(inputs("before"));
    fillDisk(journal);
    byte[] big = new byte[2 << 20];
    Transaction t =
        new Transaction(
            List.of(bytes("first"), big),
            List.of(new OutboxEntry("KOR", 1, bytes("k1"))),
            List.of(new CursorRecord("in/KOR", 2, new byte[0])));
    for (int i = 0; i < 3; i++) {
      JournalException e = assertThrows(JournalException.class, () -> journal.append(t));
      assertEquals(Kind.FULL, e.kind(), e::toString);
      assertEquals(2, journal.nextPosition());
      assertEquals(OptionalLong.empty(), journal.lastOutboxSeq("KOR"));
      assertEquals(Optional.empty(), journal.cursor("in/KOR"));
      assertEquals(List.of("1:before"), replayed(1));
    }
    freeDisk(journal);
    assertEquals(2, journal.append(t));
    assertEquals(4, journal.append(inputs("after")));
    reopen();
    assertEquals("1:before", replayed(1).get(0));
    assertEquals("2:first", replayed(1).get(1));
    assertEquals("4:after", replayed(1).get(3));
    assertEquals(OptionalLong.of(1), journal.lastOutboxSeq("KOR"));
  }

  @Test
  public void closedJournalSaysSo() throws IOException {
    journal.append(inputs("a"));
    journal.close();
    journal.close();
    assertEquals(
        Kind.CLOSED,
        assertThrows(JournalException.class, () -> journal.append(inputs("b"))).kind());
    assertEquals(Kind.CLOSED, assertThrows(JournalException.class, () -> replayed(1)).kind());
    assertEquals(
        Kind.CLOSED, assertThrows(JournalException.class, () -> journal.nextPosition()).kind());
    assertEquals(
        Kind.CLOSED,
        assertThrows(JournalException.class, () -> journal.outbox("KOR", 1, 1)).kind());
    assertEquals(
        Kind.CLOSED,
        assertThrows(JournalException.class, () -> journal.lastOutboxSeq("KOR")).kind());
    assertEquals(
        Kind.CLOSED, assertThrows(JournalException.class, () -> journal.cursor("c")).kind());
    journal = open();
    assertEquals(List.of("1:a"), replayed(1));
  }

  @Test
  public void laterChangesOfTheCallersArraysDoNotReachTheJournal() throws IOException {
    byte[] input = bytes("abc");
    journal.append(Transaction.ofInputs(List.of(input)));
    input[0] = 'x';
    assertEquals(List.of("1:abc"), replayed(1));
  }
}
