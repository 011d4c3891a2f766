package parallax.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import parallax.runtime.ClockNotice.Kind;

/** What time a node believes when its wall clock is set, goes fast or slow, or sleeps. */
class WallWatchTest {
  private static final long MS = 1_000_000L;
  private static final long S = 1_000_000_000L;
  private static final long HOUR = 3_600 * S;
  private static final long START = 1_700_000_000L * S;
  private static final long PERIOD = 50 * MS;

  private final ClockWitnesses witnesses = new ClockWitnesses();
  private final WallWatch watch = new WallWatch(witnesses);
  private final List<Kind> said = new ArrayList<>();
  private final List<String> texts = new ArrayList<>();
  private long monotonic = 77 * S;

  /** How far the wall clock is from the truth. */
  private long wrongNs;

  private long believed = Long.MIN_VALUE;
  private OptionalLong corrected = OptionalLong.empty();

  private long truth() {
    return START + monotonic;
  }

  private void read() {
    WallWatch.Belief b = watch.read(new ClockReading(truth() + wrongNs, monotonic));
    if (b.correctedFromNs().isPresent()) {
      corrected = b.correctedFromNs();
    } else {
      assertTrue(b.wallNs() >= believed, "time ran back without a correction");
    }
    believed = b.wallNs();
    for (ClockNotice n : b.notices()) {
      said.add(n.kind());
      texts.add(n.text());
    }
  }

  private void pass(long ns) {
    for (long end = monotonic + ns; monotonic < end; ) {
      monotonic += PERIOD;
      read();
    }
  }

  /** Seconds from the truth to what is believed. */
  private double offS() {
    return (believed - truth()) * 1e-9;
  }

  @Test
  void aClockThatNobodySetsIsBelieved() {
    read();
    pass(60 * S);
    assertEquals(truth(), believed);
    assertEquals(List.of(), said);
  }

  @Test
  void nineHoursAheadAtTheStartAndThenSetRightIsRightWithinSeconds() {
    wrongNs = 9 * HOUR;
    read();
    pass(10 * S);
    assertEquals(9 * 3600, offS(), 1e-6, "nobody can know it yet");
    wrongNs = 0;
    pass(4 * S);
    assertEquals(9 * 3600, offS(), 1e-6, "it goes on by the monotonic clock");
    assertEquals(List.of(Kind.CLOCK_STEPPED), said);
    pass(2 * S);
    assertEquals(0, offS(), 1e-6);
    assertEquals(List.of(Kind.CLOCK_STEPPED, Kind.CLOCK_BELIEVED), said);
    assertEquals(START + 9 * HOUR + 77 * S + 15_050 * MS, corrected.getAsLong());
  }

  @Test
  void nineHoursBehindAndThenSetRightIsRightWithinSeconds() {
    wrongNs = -9 * HOUR;
    read();
    pass(10 * S);
    wrongNs = 0;
    pass(6 * S);
    assertEquals(0, offS(), 1e-6);
    assertTrue(corrected.isPresent());
    assertEquals(List.of(Kind.CLOCK_STEPPED, Kind.CLOCK_BELIEVED), said);
    assertTrue(texts.getFirst().startsWith("the wall clock was set forward by 32400.0 s, to 2023"));
  }

  @Test
  void aClockThatIsSetAndSetBackChangesNothing() {
    read();
    pass(S);
    for (long wrong : new long[] {9 * HOUR, -9 * HOUR, 2 * S, -400 * 24 * HOUR}) {
      said.clear();
      wrongNs = wrong;
      pass(4 * S);
      assertEquals(0, offS(), 1e-6);
      assertFalse(watch.isBelieved());
      wrongNs = 0;
      pass(10 * S);
      assertEquals(0, offS(), 1e-6);
      assertEquals(List.of(Kind.CLOCK_STEPPED, Kind.CLOCK_AGREES), said);
      assertEquals(OptionalLong.empty(), corrected);
    }
  }

  @Test
  void aLeapOfASecondIsMadeUpWithoutAJumpEitherWay() {
    read();
    for (long leap : new long[] {S, -S}) {
      said.clear();
      wrongNs += leap;
      pass(5 * S - PERIOD);
      assertEquals(-leap * 1e-9, offS() - wrongNs * 1e-9, 1e-6);
      pass(3 * S);
      assertEquals(wrongNs * 1e-9, offS(), 1e-6);
      assertEquals(List.of(Kind.CLOCK_STEPPED, Kind.CLOCK_BELIEVED), said);
      assertEquals(OptionalLong.empty(), corrected);
    }
  }

  @Test
  void aSlowDriftIsFollowedWithoutAWord() {
    for (double rate : new double[] {500e-6, -500e-6, 0.009, -0.009}) {
      said.clear();
      read();
      for (int i = 0; i < 36_000; i++) {
        wrongNs += Math.round(PERIOD * rate);
        pass(PERIOD);
        assertEquals(wrongNs * 1e-9, offS(), 0.001);
      }
      assertEquals(List.of(), said);
    }
  }

  @Test
  void aClockThatIsSetByLessThanAStepIsFollowedWithinAMinuteWithoutAWord() {
    for (double by : new double[] {0.49, -0.49, 0.2, -0.2}) {
      read();
      double wasS = wrongNs * 1e-9;
      wrongNs += Math.round(by * S);
      for (int second = 1; second <= 50; second++) {
        pass(S);
        double leftS = Math.abs(wrongNs * 1e-9 - offS());
        assertEquals(Math.max(0, Math.abs(by) - 0.01 * second), leftS, 0.002, "from " + wasS);
      }
    }
    assertEquals(List.of(), said);
  }

  @Test
  void aMachineThatSleptIsRightWithinSecondsWhicheverClockStoodStill() {
    read();
    pass(S);
    monotonic += HOUR; // both went on
    read();
    assertEquals(0, offS(), 1e-6);
    assertEquals(List.of(), said);

    wrongNs += HOUR; // the monotonic clock stood still: the wall clock alone went on
    pass(4 * S);
    assertEquals(-3600, offS() - wrongNs * 1e-9, 1e-6);
    pass(2 * S);
    assertEquals(wrongNs * 1e-9, offS(), 1e-6);
    assertEquals(List.of(Kind.CLOCK_STEPPED, Kind.CLOCK_BELIEVED), said);
  }

  @Test
  void aClockThatIsSetAgainAndAgainIsNotBelieved() {
    read();
    for (int i = 0; i < 20; i++) {
      wrongNs += (i % 2 == 0 ? 1 : -1) * (3L + i) * 60 * S;
      pass(3 * S);
      assertEquals(0, offS(), 1e-6);
    }
    assertEquals(OptionalLong.empty(), corrected);
  }

  @Test
  void sensorsAndPartnersThatContradictKeepAWrongClockFromBeingBelieved() {
    read();
    for (String who : List.of("feed", "partner")) {
      said.clear();
      wrongNs = 9 * HOUR;
      for (int i = 0; i < 60; i++) {
        hear(who, -S / 2);
        pass(S);
      }
      assertEquals(0, offS(), 1e-6);
      assertEquals(List.of(Kind.CLOCK_STEPPED, Kind.CLOCK_NOT_BELIEVED), said);
      wrongNs = 0;
      pass(S);
      assertEquals(Kind.CLOCK_AGREES, said.getLast());
    }
  }

  private void hear(String who, long wrong) {
    if (who.equals("feed")) {
      witnesses.feed("radars", truth() + wrong, monotonic);
    } else {
      witnesses.partner("JPN", truth() + wrong, monotonic);
    }
  }

  @Test
  void ownSensorsCountMoreThanPartnersAndSilentOnesDoNotCount() {
    read();
    pass(S);
    witnesses.partner("USA", truth(), monotonic);
    wrongNs = 9 * HOUR;
    for (int i = 0; i < 7; i++) {
      witnesses.partner("JPN", truth(), monotonic);
      witnesses.feed("radars", truth() + wrongNs, monotonic);
      pass(S);
    }
    assertEquals(9 * 3600, offS(), 1e-6, "the sensors speak for the wall clock");
    wrongNs = 0;
    pass(20 * S);
    assertEquals(0, offS(), 1e-6, "what was heard long ago does not count");
  }

  @Test
  void whoIsFarFromTheNodesTimeIsSaidOnceAndOnceWhenItIsNot() {
    read();
    for (int i = 0; i < 30; i++) {
      hear("partner", i < 15 ? -9 * HOUR : 0);
      hear("feed", i < 15 ? -9 * HOUR : -20 * S);
      pass(S);
    }
    assertEquals(
        List.of(
            Kind.CLOCK_DOUBTED, Kind.CLOCK_DOUBTED, Kind.CLOCK_DOUBT_ENDED, Kind.CLOCK_DOUBT_ENDED),
        said);
    assertTrue(
        texts.getFirst().startsWith("the times of sensor feed radars are 32400.0 s behind"),
        texts.getFirst());
  }

  @Test
  void aJournalThatEndsHoursAheadIsCorrectedAtOnce() {
    watch.goOnAfter(truth() + 9 * HOUR);
    read();
    assertEquals(0, offS(), 1e-6);
    assertEquals(truth() + 9 * HOUR, corrected.getAsLong());
    assertEquals(List.of(Kind.CLOCK_BEFORE_JOURNAL), said);
  }

  @Test
  void aJournalThatEndsSecondsAheadIsNearedWithoutAJump() {
    watch.goOnAfter(truth() + 4 * S);
    read();
    assertEquals(4, offS(), 1e-6);
    pass(9 * S);
    assertEquals(0, offS(), 1e-6);
    assertEquals(OptionalLong.empty(), corrected);
    assertEquals(List.of(Kind.CLOCK_BEFORE_JOURNAL), said);
  }

  @Test
  void theSameReadingsGiveTheSameAnswers() {
    WallWatch other = new WallWatch(new ClockWitnesses());
    long mono = 0;
    long wrong = 0;
    for (int i = 0; i < 5_000; i++) {
      mono += (i * 7_919L % 100) * MS;
      wrong += i % 700 == 0 ? (i - 2_000) * S : 0;
      ClockReading r = new ClockReading(START + mono + wrong, mono);
      assertEquals(watch.read(r), other.read(r));
    }
  }
}
