package parallax.audit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import parallax.model.InvalidValueException;

class ReceiptTest {
  private static final int SIZE = 700;

  private final MemoryLog log = Logs.of(SIZE);

  private Receipt receipt(long index) throws Exception {
    return Receipt.of(new LogReader(log, SIZE), index, Logs.checkpoint(log));
  }

  @Test
  void isProvenByTheFileAndThePublicKeyAlone() throws Exception {
    for (long index = 0; index < SIZE; index += 1 + index % 7) {
      byte[] file = receipt(index).bytes();
      Receipt read = Receipt.parse(file);
      assertEquals(index, read.index());
      assertArrayEquals(Logs.entry(index), read.entry());
      assertEquals("story " + index, read.verify(Logs.VERIFIES).text("detail").orElseThrow());
      assertArrayEquals(file, read.bytes());
    }
  }

  @Test
  void anyFlippedBitIsRefused() throws Exception {
    byte[] file = receipt(300).bytes();
    for (int at = 0; at < file.length; at++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] changed = file.clone();
        changed[at] ^= (byte) (1 << bit);
        assertThrows(
            InvalidValueException.class,
            () -> Receipt.parse(changed).verify(Logs.VERIFIES),
            "byte " + at + " bit " + bit);
      }
    }
  }

  @Test
  void anyTruncationIsRefused() throws Exception {
    byte[] file = receipt(300).bytes();
    for (int length = 0; length < file.length; length++) {
      byte[] cut = Arrays.copyOf(file, length);
      assertThrows(InvalidValueException.class, () -> Receipt.parse(cut).verify(Logs.VERIFIES));
    }
  }

  @Test
  void anEntryOfAnotherPlaceOrLogOrKeyIsRefused() throws Exception {
    Receipt good = receipt(300);
    Receipt other = receipt(301);
    assertThrows(
        InvalidValueException.class,
        () ->
            new Receipt(other.entry(), 300, good.proof(), good.checkpoint()).verify(Logs.VERIFIES));
    assertThrows(
        InvalidValueException.class,
        () ->
            new Receipt(good.entry(), 301, good.proof(), good.checkpoint()).verify(Logs.VERIFIES));
    NoteKey key = new NoteKey(Logs.ORIGIN, NoteKey.Use.NOTE, Logs.key(2).key());
    assertThrows(InvalidValueException.class, () -> good.verify(key));
  }

  @Test
  void isNotMadeFromFilesThatDoNotGiveTheSignedRoot() throws Exception {
    Checkpoint.Signed signed = Logs.checkpoint(log);
    MemoryLog other = Logs.forked(SIZE, 3);
    assertThrows(
        DamagedLogException.class, () -> Receipt.of(new LogReader(other, SIZE), 300, signed));
    assertThrows(
        InvalidValueException.class, () -> Receipt.of(new LogReader(log, SIZE), SIZE, signed));
  }
}
