package parallax.journal.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import parallax.journal.CursorRecord;
import parallax.journal.ForgettingJournal;
import parallax.journal.JournalException;
import parallax.journal.JournalException.Kind;
import parallax.journal.OutboxEntry;
import parallax.journal.Transaction;

/** What every journal must do whose inputs can be made to forget. */
public abstract class ForgettingJournalContract extends JournalContract {
  /** The constructor of subclasses. */
  protected ForgettingJournalContract() {}

  @Override
  protected abstract ForgettingJournal open() throws IOException;

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private ForgettingJournal reopened() throws IOException {
    current().close();
    openEmpty();
    return (ForgettingJournal) current();
  }

  private static List<String> inputs(ForgettingJournal j, long from, int limit)
      throws JournalException {
    return j.inputs(from, limit).stream().map(b -> new String(b, StandardCharsets.UTF_8)).toList();
  }

  /** Four inputs, a record and a cursor. */
  private ForgettingJournal written() throws IOException {
    ForgettingJournal j = (ForgettingJournal) current();
    j.append(
        new Transaction(
            List.of(bytes("one"), bytes("two"), bytes("three"), bytes("four")),
            List.of(new OutboxEntry("KOR", 1, bytes("record"))),
            List.of(new CursorRecord("in/KOR", 3, new byte[32]))));
    return j;
  }

  @Test
  public void readsInputsPieceByPiece() throws IOException {
    ForgettingJournal j = written();
    assertEquals(List.of("two", "three"), inputs(j, 2, 2));
    assertEquals(List.of("four"), inputs(j, 4, 9));
    assertEquals(List.of(), inputs(j, 5, 9));
    assertThrows(IllegalArgumentException.class, () -> j.inputs(0, 1));
    assertThrows(IllegalArgumentException.class, () -> j.inputs(1, 0));
  }

  @Test
  public void replacedInputsStayReplacedAndNothingElseChanges() throws IOException {
    ForgettingJournal j = written();
    j.replace(new TreeMap<>(Map.of(2L, bytes("TWO"), 4L, bytes("longer than before"))));
    j.purge();
    assertEquals(List.of("one", "TWO", "three", "longer than before"), inputs(j, 1, 9));
    assertEquals(6, j.append(Transaction.ofInputs(List.of(bytes("five")))) + 1);
    ForgettingJournal again = reopened();
    assertEquals(List.of("one", "TWO", "three", "longer than before", "five"), inputs(again, 1, 9));
    assertEquals(6, again.nextPosition());
    assertEquals(1, again.outbox("KOR", 1, 9).size());
    assertEquals(3, again.cursor("in/KOR").orElseThrow().next());
  }

  @Test
  public void whatIsNotThereIsNotReplacedNorIsTheRest() throws IOException {
    ForgettingJournal j = written();
    assertThrows(
        IllegalArgumentException.class,
        () -> j.replace(new TreeMap<>(Map.of(2L, bytes("TWO"), 5L, bytes("FIVE")))));
    assertEquals(List.of("one", "two", "three", "four"), inputs(j, 1, 9));
    assertEquals(5, j.append(Transaction.ofInputs(List.of(bytes("five")))), "it goes on");
  }

  @Test
  public void damageIsFoundWhileReadingPieces() throws IOException {
    written().close();
    corrupt(2);
    JournalException e = assertThrows(JournalException.class, () -> reopened().inputs(1, 9));
    assertEquals(Kind.CORRUPT, e.kind());
  }

  @Test
  public void aClosedJournalForgetsNothing() throws IOException {
    ForgettingJournal j = written();
    j.close();
    assertEquals(
        Kind.CLOSED, assertThrows(JournalException.class, () -> j.replace(new TreeMap<>())).kind());
    assertEquals(Kind.CLOSED, assertThrows(JournalException.class, j::purge).kind());
    assertEquals(Kind.CLOSED, assertThrows(JournalException.class, () -> j.inputs(1, 1)).kind());
  }
}
