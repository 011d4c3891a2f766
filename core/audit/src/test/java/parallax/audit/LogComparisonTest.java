package parallax.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import parallax.audit.LogComparison.View;
import parallax.model.InvalidValueException;

/** Two partners who compare what they were shown of one log. */
class LogComparisonTest {
  private static View copy(MemoryLog log) throws Exception {
    return new View(Logs.checkpoint(log), Optional.of(log));
  }

  private static View checkpoint(MemoryLog log) throws Exception {
    return new View(Logs.checkpoint(log), Optional.empty());
  }

  @Test
  void aLogThatGrewIsOneLogWhateverTheSizes() throws Exception {
    int[] sizes = {0, 1, 2, 3, 200, 256, 257, 512, 700};
    for (int a : sizes) {
      for (int b : sizes) {
        LogComparison expected =
            a == b
                ? new LogComparison.Same()
                : new LogComparison.Grown(Math.min(a, b), Math.max(a, b));
        assertEquals(expected, LogComparison.of(copy(Logs.of(a)), copy(Logs.of(b))), a + " " + b);
        View smaller = checkpoint(Logs.of(Math.min(a, b)));
        assertEquals(expected, LogComparison.of(copy(Logs.of(Math.max(a, b))), smaller));
      }
    }
  }

  @Test
  void aForkShownToTwoPartnersIsProvenToAThird() throws Exception {
    for (int size : new int[] {11, 200, 256, 700}) {
      for (int other : new int[] {11, 150, 256, 900}) {
        View toJpn = copy(Logs.forked(size, 10));
        View toUsa = copy(Logs.of(other));
        LogComparison.Forked f =
            assertInstanceOf(
                LogComparison.Forked.class, LogComparison.of(toJpn, toUsa), size + " " + other);
        assertEquals(OptionalLong.of(10), f.firstEntry());
        ForkProof.parse(f.proof().bytes()).verify(Logs.VERIFIES);
      }
    }
  }

  @Test
  void twoCheckpointsAloneProveAForkOfOneSize() throws Exception {
    LogComparison.Forked f =
        assertInstanceOf(
            LogComparison.Forked.class,
            LogComparison.of(checkpoint(Logs.forked(300, 10)), checkpoint(Logs.of(300))));
    assertEquals(OptionalLong.empty(), f.firstEntry());
    ForkProof.parse(f.proof().bytes()).verify(Logs.VERIFIES);
  }

  @Test
  void checkpointsOfTwoSizesNeedTheTilesOfTheLarger() throws Exception {
    assertInstanceOf(
        LogComparison.CannotTell.class,
        LogComparison.of(copy(Logs.of(5)), checkpoint(Logs.of(300))));
  }

  @Test
  void damagedTilesAreNotTakenForAFork() throws Exception {
    MemoryLog damaged = Logs.of(700);
    damaged.file("tile/0/002.p/188")[3] ^= 1;
    View a = copy(damaged);
    View b = checkpoint(Logs.of(600));
    assertThrows(DamagedLogException.class, () -> LogComparison.of(a, b));
  }

  @Test
  void logsOfTwoOriginsAreTwoLogs() throws Exception {
    MemoryLog other = new MemoryLog();
    LogWriter.begin(other, "parallax/KOR/TEST/20260202T000000Z").checkpoint(Logs.KEY);
    assertInstanceOf(
        LogComparison.OtherLog.class,
        LogComparison.of(
            new View(LogReader.checkpoint(other), Optional.of(other)), copy(Logs.of(3))));
  }

  @Test
  void aProofOfNothingIsRefused() throws Exception {
    Checkpoint.Signed small = Logs.checkpoint(Logs.of(5));
    MemoryLog log = Logs.of(300);
    Checkpoint.Signed large = Logs.checkpoint(log);
    var consistency = new Proofs().consistency(5, 300, new LogReader(log, 300));
    ForkProof agreeing = new ForkProof(small, large, small.checkpoint().root(), consistency);
    assertThrows(InvalidValueException.class, () -> agreeing.verify(Logs.VERIFIES));
    ForkProof madeUp = new ForkProof(small, large, Logs.digest(1), consistency);
    assertThrows(InvalidValueException.class, () -> madeUp.verify(Logs.VERIFIES));
    MemoryLog forged = new MemoryLog();
    LogWriter.begin(forged, Logs.ORIGIN).checkpoint(Logs.key(2));
    ForkProof unsigned =
        new ForkProof(
            LogReader.checkpoint(forged), large, new MerkleHasher().empty(), java.util.List.of());
    assertThrows(InvalidValueException.class, () -> unsigned.verify(Logs.VERIFIES));
    byte[] file =
        ((LogComparison.Forked) LogComparison.of(copy(Logs.forked(20, 3)), copy(Logs.of(30))))
            .proof()
            .bytes();
    for (int at = 0; at < file.length; at++) {
      byte[] changed = file.clone();
      changed[at] ^= 2;
      assertThrows(
          InvalidValueException.class,
          () -> ForkProof.parse(changed).verify(Logs.VERIFIES),
          "byte " + at);
    }
  }
}
