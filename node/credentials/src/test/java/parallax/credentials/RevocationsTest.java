package parallax.credentials;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RevocationsTest {
  @TempDir Path folder;

  @Test
  void countsGoodLinesAroundBadOnesAndNamesTheBad() {
    Revocations r =
        Revocations.parse("# remark\n\n0a why\nnot hex\n AB:CD \n" + "f".repeat(41) + "\n");
    assertEquals(new TreeSet<>(List.of(BigInteger.TEN, BigInteger.valueOf(0xabcd))), r.serials());
    assertEquals(2, r.faults().size());
    assertTrue(r.faults().get(0).startsWith("line 4: "), r.faults().get(0));
    assertTrue(r.faults().get(1).startsWith("line 6: "), r.faults().get(1));
  }

  @Test
  void revokesNothingWithoutAFile() throws Exception {
    assertEquals(Revocations.NONE, Revocations.read(folder.resolve("none")));
  }

  @Test
  void addsALineOnceAndAfterALineThatWasNotEnded() throws Exception {
    Path file = folder.resolve(Revocations.FILE);
    Files.writeString(file, "1 by hand");
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    assertTrue(Revocations.append(file, BigInteger.TWO, now));
    assertFalse(Revocations.append(file, BigInteger.TWO, now));
    assertEquals("1 by hand\n2 revoked 2026-01-01T00:00:00Z\n", Files.readString(file));
  }
}
