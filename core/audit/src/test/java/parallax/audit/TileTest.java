package parallax.audit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.model.InvalidValueException;

class TileTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0, 256, tile/0/000",
    "0, 1234067, 256, tile/0/x001/x234/067",
    "0, 1234067, 8, tile/0/x001/x234/067.p/8",
    "3, 999, 1, tile/3/999.p/1",
    "-1, 1000, 256, tile/entries/x001/000",
    "-1, 0, 255, tile/entries/000.p/255",
    "63, 9223372036854775807, 256, tile/63/x009/x223/x372/x036/x854/x775/807"
  })
  void isCalledAsTheSpecificationSays(int level, long index, int width, String path) {
    Tile tile = new Tile(level, index, width);
    assertEquals(path, tile.path());
    assertEquals(tile, Tile.parse(path));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "tile",
        "tile/0",
        "tile/0/0",
        "tile/0/0000",
        "tile/00/000",
        "tile/64/000",
        "tile/-1/000",
        "tile/0/x000/001",
        "tile/0/001/002",
        "tile/0/x001",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/07",
        "tile/0/000.p",
        "tile/0/000/1",
        "tile/0/-01",
        "tile/0/+01",
        "tile/0/x999/x999/x999/x999/x999/x999/x999/999",
        "tile/ENTRIES/000",
        "checkpoint"
      })
  void nothingElseIsATile(String path) {
    assertThrows(InvalidValueException.class, () -> Tile.parse(path));
  }

  /** The example of the specification: 70 000 entries. */
  @Test
  void isAsWideAsTheTreeMakesIt() {
    assertEquals(256, Tile.in(70_000, 0, 272).width());
    assertEquals(112, Tile.in(70_000, 0, 273).width());
    assertEquals(256, Tile.in(70_000, 1, 0).width());
    assertEquals(17, Tile.in(70_000, 1, 1).width());
    assertEquals(1, Tile.in(70_000, 2, 0).width());
    assertEquals(112, Tile.in(70_000, Tile.ENTRIES, 273).width());
    assertThrows(InvalidValueException.class, () -> Tile.in(70_000, 2, 1));
  }

  @Test
  void bundlesComeBackAsTheyWere() {
    SplittableRandom random = new SplittableRandom(3);
    List<byte[]> entries =
        random
            .ints(50, 0, 600)
            .mapToObj(
                n -> {
                  byte[] e = new byte[n];
                  random.nextBytes(e);
                  return e;
                })
            .toList();
    List<byte[]> back = EntryBundle.decode(EntryBundle.encode(entries));
    assertEquals(entries.size(), back.size());
    for (int i = 0; i < entries.size(); i++) {
      assertArrayEquals(entries.get(i), back.get(i));
    }
    byte[] longest = new byte[65535];
    assertArrayEquals(longest, EntryBundle.decode(EntryBundle.encode(List.of(longest))).getFirst());
  }

  @Test
  void anEntryThatDoesNotFitAndABundleThatIsCutOffAreRefused() {
    assertThrows(InvalidValueException.class, () -> EntryBundle.encode(List.of(new byte[65536])));
    byte[] bundle = EntryBundle.encode(List.of(new byte[3], new byte[300]));
    for (int length = 1; length < bundle.length; length++) {
      if (length != 5) {
        byte[] cut = Arrays.copyOf(bundle, length);
        String said =
            String.valueOf(
                assertThrows(InvalidValueException.class, () -> EntryBundle.decode(cut))
                    .getMessage());
        assertTrue(said.contains("entry " + (length < 5 ? 0 : 1)), said);
      }
    }
  }
}
