package parallax.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A flood of one kind fills neither the log nor hides another kind. */
class NodeLogTest {
  private static final long MINUTE_NS = 60_000_000_000L;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private long now = -5; // any start will do
  private final NodeLog log =
      new NodeLog(new PrintStream(out, true, StandardCharsets.UTF_8), "t", () -> now);

  private List<String> lines() {
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private void flood(int times) {
    for (int i = 0; i < times; i++) {
      log.say("FLOOD", "number " + i);
    }
  }

  @Test
  void writesTheFirstFewOfAFloodAndThenOneLineAMinute() {
    flood(10_000);
    assertEquals(NodeLog.LINES_A_MINUTE, lines().size());
    for (int minute = 1; minute <= 5; minute++) {
      now += MINUTE_NS;
      flood(10_000);
      assertEquals(NodeLog.LINES_A_MINUTE + minute, lines().size());
    }
    assertTrue(lines().getLast().contains("more in a minute"), lines().getLast());
    assertTrue(lines().getLast().endsWith("last: number 9999"), lines().getLast());
    assertEquals(60_000, log.count("FLOOD"));
  }

  @Test
  void sumsUpAFloodThatHasEndedWithoutWaitingForTheNextOne() {
    flood(100);
    now += MINUTE_NS - 1;
    log.sumUp();
    assertEquals(NodeLog.LINES_A_MINUTE, lines().size());
    now += 1;
    log.sumUp();
    assertTrue(
        lines()
            .getLast()
            .contains((100 - NodeLog.LINES_A_MINUTE) + " more in a minute, 100 in all"),
        lines().getLast());
    now += MINUTE_NS;
    log.sumUp();
    assertEquals(NodeLog.LINES_A_MINUTE + 1, lines().size());
  }

  @Test
  void writesLinesAgainAfterAMinuteOfQuiet() {
    flood(100);
    now += MINUTE_NS;
    log.sumUp();
    now += MINUTE_NS;
    log.say("FLOOD", "again");
    assertTrue(lines().getLast().endsWith("FLOOD: again"), lines().getLast());
  }

  @Test
  void writesAnotherKindInTheMiddleOfAFlood() {
    flood(100);
    log.say("OTHER", "seen");
    assertTrue(lines().getLast().endsWith("OTHER: seen"));
  }

  @Test
  void writesAnotherFaultOfTheSameKindInTheMiddleOfAFlood() {
    for (int i = 0; i < 200; i++) {
      log.say("LINK_VIOLATION", "KOR>JPN with USA: RELAY_INTERRUPTED: no connection, try " + i);
    }
    log.say("LINK_VIOLATION", "KOR>JPN with USA: CURSOR_BEHIND: partner wants 1");
    assertTrue(lines().getLast().endsWith("CURSOR_BEHIND: partner wants 1"), lines().getLast());
    assertEquals(NodeLog.LINES_A_MINUTE + 1, lines().size());
    assertEquals(201, log.count("LINK_VIOLATION"));
  }

  @Test
  void isNotFilledByACallerWhoNeverSaysTheSame() {
    for (int i = 0; i < 10_000; i++) {
      log.say("REFUSED_PLOT", "x".repeat(i % 977) + (char) ('a' + i % 23));
    }
    assertEquals(NodeLog.EVENTS_A_MINUTE, lines().size());
    now += MINUTE_NS;
    log.sumUp();
    assertEquals(NodeLog.EVENTS_A_MINUTE + 1, lines().size());
    assertEquals(10_000, log.count("REFUSED_PLOT"));
  }

  @Test
  void saysAChangeAtOnceInTheMiddleOfAFloodOfItsKind() {
    flood(100);
    log.change("FLOOD", "KOR is DOWN");
    assertTrue(lines().getLast().endsWith("FLOOD: KOR is DOWN"), lines().getLast());
    for (int i = 0; i < 500; i++) {
      log.change("FLOOD", "stream " + i + " is UP");
      assertTrue(lines().getLast().endsWith("stream " + i + " is UP"), lines().getLast());
    }
    assertEquals(601, log.count("FLOOD"));
  }

  @Test
  void foldsAChangeThatIsSaidAgainAndAgain() {
    for (int i = 0; i < 5_000; i++) {
      log.change("LINK_STATE", "KOR is DOWN");
      log.change("LINK_STATE", "KOR is UP");
    }
    assertEquals(2 * NodeLog.LINES_A_MINUTE, lines().size());
    now += MINUTE_NS;
    log.sumUp();
    assertEquals(2 * NodeLog.LINES_A_MINUTE + 2, lines().size());
    assertTrue(lines().getLast().endsWith("last: KOR is UP"), lines().getLast());
  }

  @Test
  void remembersOnlySoManyChangesAndLosesNoSum() {
    for (int i = 0; i < NodeLog.LINES_A_MINUTE + 5; i++) {
      log.change("K", "first");
    }
    for (int i = 0; i < NodeLog.MOST_REMEMBERED; i++) {
      log.change("K", "number " + i);
    }
    assertTrue(lines().stream().anyMatch(l -> l.contains("5 more in a minute")), lines()::toString);
  }

  @Test
  void writesTheTimeTheNameAndTheKind() {
    log.say("START", "up");
    assertTrue(
        lines().get(0).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z t START: up"),
        lines().get(0));
  }

  @Test
  void leavesNoSumUnwrittenAtTheEnd() {
    flood(100);
    log.end();
    log.end();
    assertEquals(NodeLog.LINES_A_MINUTE + 1, lines().size());
  }

  @Test
  void keepsWhatACallerSaysOnOneLineAndHarmless() {
    log.say("K", "a\r\nb\u001b[2Jc\u202ed" + "x".repeat(10_000));
    assertEquals(1, lines().size());
    assertTrue(lines().get(0).contains("a; b?[2Jc?d"), lines().get(0));
    assertTrue(lines().get(0).length() < 1200);
    assertFalse(lines().get(0).contains("\u001b"));
  }

  @Test
  void countsKindsThatBeginAlikeTogether() {
    log.say("REFUSED_A", "");
    log.say("REFUSED_B", "");
    log.say("OTHER", "");
    assertEquals(2, log.countAll("REFUSED_"));
  }
}
