package parallax.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parallax.journal.JournalException;
import parallax.journal.log.JournalEntry;

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

  private static List<JournalEntry> of(String input) {
    return List.of(new JournalEntry(bytes(input), bytes("facts of " + input)));
  }

  private List<String> inputs() throws JournalException {
    List<String> out = new ArrayList<>();
    disk.replay(1, (position, input, facts) -> out.add(new String(input, StandardCharsets.UTF_8)));
    return out;
  }

  @Test
  void keepsWhatWasAppendedAndCutsOffWhatWasTorn() throws JournalException {
    assertEquals(1, disk.append(of("a")));
    assertEquals(2, disk.append(of("b")));
    disk.tear(of("c"), new Chance(5));
    disk.reopen();
    assertEquals(List.of("a", "b"), inputs());
    assertEquals(3, disk.append(of("c")));
  }

  @Test
  void powerMayTakeTheLastTransaction() throws JournalException {
    disk.append(of("a"));
    disk.append(of("b"));
    disk.loseLast();
    disk.reopen();
    assertEquals(List.of("a"), inputs());
  }

  @Test
  void everyChangedBitIsFound() throws JournalException {
    disk.append(of("a"));
    disk.append(of("b"));
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
  void aBugForgetsWhatWasPromisedLast() throws JournalException {
    disk.append(of("a"));
    disk.append(of("b"));
    disk.append(List.of(JournalEntry.of(bytes("c"))));
    disk.forgetNumbers();
    disk.reopen();
    assertEquals(List.of("a"), inputs());
  }

  @Test
  void refusesNothingButWhatDoesNotFit() throws JournalException {
    disk.full(true);
    JournalException e = assertThrows(JournalException.class, () -> disk.append(of("a")));
    assertEquals(JournalException.Kind.FULL, e.kind());
    disk.full(false);
    assertEquals(1, disk.append(of("a")));
  }
}
