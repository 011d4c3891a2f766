package parallax.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** More seeds: {@code main} of {@link FaultyWire}. */
class FaultyWireTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void deliversEveryRecordExactlyOnceThroughCutsResetsFlippedBitsAndStalls(long seed)
      throws Exception {
    FaultyWire.Outcome o = FaultyWire.run(folder, seed);
    assertTrue(o.struck() >= 2, o.toString());
    assertTrue(o.toJpn().released() > 0 && o.toKor().released() > 0, o.toString());
    assertEquals(0, o.toJpn().lost() + o.toKor().lost(), o.toString());
    assertEquals(0, o.toJpn().duplicated() + o.toKor().duplicated(), o.toString());
  }
}
