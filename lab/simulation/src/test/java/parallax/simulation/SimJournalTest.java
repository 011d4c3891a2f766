package parallax.simulation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parallax.journal.CursorRecord;
import parallax.journal.JournalException;
import parallax.journal.OutboxEntry;
import parallax.journal.Transaction;

/** The simulated disk does to a journal what disks do, and no more. */
class SimJournalTest {
  private final SimJournal disk = new SimJournal();

  @BeforeEach
  void open() throws JournalException {
    disk.reopen();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Transaction of(String input, long seq) {
    return new Transaction(
        List.of(bytes(input)),
        List.of(new OutboxEntry("KOR", seq, bytes(input))),
        List.of(new CursorRecord("in", seq, bytes("hash"))));
  }

  private List<String> inputs() throws JournalException {
    List<String> out = new ArrayList<>();
    disk.replay(1, (position, input) -> out.add(new String(input, StandardCharsets.UTF_8)));
    return out;
  }

  @Test
  void keepsWhatWasAppendedAndCutsOffWhatWasTorn() throws JournalException {
    assertEquals(1, disk.append(of("a", 1)));
    assertEquals(2, disk.append(of("b", 2)));
    disk.tear(of("c", 3), new Chance(5));
    disk.reopen();
    assertEquals(List.of("a", "b"), inputs());
    assertEquals(2, disk.lastOutboxSeq("KOR").orElseThrow());
    assertArrayEquals(bytes("b"), disk.outbox("KOR", 2, 5).getFirst().record());
    assertEquals(Optional.of(new CursorRecord("in", 2, bytes("hash"))), disk.cursor("in"));
    assertEquals(3, disk.append(of("c", 3)));
  }

  @Test
  void powerMayTakeTheLastTransaction() throws JournalException {
    disk.append(of("a", 1));
    disk.append(of("b", 2));
    disk.loseLast();
    disk.reopen();
    assertEquals(List.of("a"), inputs());
    assertEquals(1, disk.lastOutboxSeq("KOR").orElseThrow());
  }

  @Test
  void everyChangedBitIsFound() throws JournalException {
    disk.append(of("a", 1));
    disk.append(of("b", 2));
    for (int i = 0; i < 500; i++) {
      disk.flip(new Chance(i));
      JournalException e = assertThrows(JournalException.class, disk::reopen);
      assertEquals(JournalException.Kind.CORRUPT, e.kind());
      disk.unflip();
      disk.reopen();
    }
    assertEquals(List.of("a", "b"), inputs());
  }

  @Test
  void refusesNothingButWhatDoesNotFit() throws JournalException {
    disk.full(true);
    JournalException e = assertThrows(JournalException.class, () -> disk.append(of("a", 1)));
    assertEquals(JournalException.Kind.FULL, e.kind());
    disk.full(false);
    assertThrows(IllegalArgumentException.class, () -> disk.append(of("a", 2)));
    assertEquals(1, disk.append(of("a", 1)));
  }
}
