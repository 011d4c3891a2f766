package parallax.link;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static parallax.link.fixtures.LinkFixtures.BULK_TERMS;
import static parallax.link.fixtures.LinkFixtures.KOR_EXERCISE;
import static parallax.link.fixtures.LinkFixtures.KOR_REAL;
import static parallax.link.fixtures.LinkFixtures.NOW;
import static parallax.link.fixtures.LinkFixtures.REPORT;
import static parallax.link.fixtures.LinkFixtures.TERMS;
import static parallax.link.fixtures.LinkFixtures.USA_EXERCISE;
import static parallax.link.fixtures.LinkFixtures.assertRefused;
import static parallax.link.fixtures.LinkFixtures.config;
import static parallax.link.fixtures.LinkFixtures.record;
import static parallax.link.fixtures.LinkFixtures.terms;
import static parallax.model.Nation.JPN;
import static parallax.model.Nation.KOR;
import static parallax.model.Nation.USA;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import parallax.link.fixtures.LinkFixtures;
import parallax.model.Channel;
import parallax.signing.SigningKey;

final class GapTest {
  /** Ten numbers are kept. */
  private static final LinkConfig TEN = config(100_000, 10, 1_000_000);

  private static void enqueue(TwoEnds ends, int count) {
    for (int i = 0; i < count; i++) {
      ends.out.enqueue(REPORT, 0);
    }
  }

  private static LinkEffect.Gap gap(long from, long to) {
    return new LinkEffect.Gap(from, to, GapReason.RETENTION);
  }

  private static void assertGaps(TwoEnds ends, LinkEffect.Gap... gaps) {
    assertEquals(List.of(gaps), ends.gapsAtRecipient());
    assertEquals(List.of(gaps), ends.gapsAtOriginator());
    long lost = 0;
    for (LinkEffect.Gap g : gaps) {
      lost += g.to() - g.from() + 1;
    }
    assertEquals(lost, ends.in.health().counts().lost());
    assertEquals(lost, ends.out.health().counts().lost());
    ends.assertLevel();
  }

  private static List<Long> range(long from, long to) {
    List<Long> out = new ArrayList<>();
    for (long n = from; n <= to; n++) {
      out.add(n);
    }
    return out;
  }

  @Test
  void whatIsBeyondTheRecordsKeptIsLostAndBothRecordIt() {
    TwoEnds ends = new TwoEnds(TERMS, TEN);
    enqueue(ends, 25);
    ends.connect(JPN);
    ends.carry();
    assertGaps(ends, gap(1, 15));
    assertEquals(range(16, 25), ends.delivered());
  }

  @Test
  void whatIsBeyondTheBytesKeptIsLostAndBothRecordIt() {
    TwoEnds ends = new TwoEnds(TERMS, config(300, 100_000, 1_000_000));
    enqueue(ends, 99);
    long kept = 300 / record(50, 20).length;
    ends.connect(JPN);
    ends.carry();
    assertGaps(ends, gap(1, 99 - kept));
    assertEquals(range(100 - kept, 99), ends.delivered());
  }

  @Test
  void theNewestIsKeptEvenWhenItIsTooLarge() {
    TwoEnds ends = new TwoEnds(TERMS, config(5, 1, 1_000_000));
    enqueue(ends, 4);
    assertArrayEquals(record(4, 20), ends.out.record(4));
    ends.connect(JPN);
    ends.carry();
    assertGaps(ends, gap(1, 3));
  }

  @Test
  void goesOnWhereverThePartnerStands() {
    for (int held = 0; held <= 8; held++) {
      TwoEnds ends = new TwoEnds(TERMS, TEN);
      ends.connect(JPN);
      ends.carry();
      for (int i = 0; i < held; i++) {
        enqueue(ends, 1);
        ends.flush();
        ends.carryAllThere(JPN);
      }
      ends.cut(JPN);
      enqueue(ends, 15 - held);
      ends.connect(JPN);
      ends.carry();
      if (held < 5) {
        assertGaps(ends, gap(held + 1, 5));
        List<Long> expected = range(1, held);
        expected.addAll(range(6, 15));
        assertEquals(expected, ends.delivered());
      } else {
        assertGaps(ends);
        assertEquals(range(1, 15), ends.delivered());
      }
    }
  }

  @Test
  void gapAfterGap() {
    TwoEnds ends = new TwoEnds(TERMS, TEN);
    for (int round = 0; round < 5; round++) {
      enqueue(ends, 12);
      ends.connect(JPN);
      ends.carry();
      ends.cut(JPN);
    }
    assertGaps(ends, gap(1, 2), gap(13, 14), gap(25, 26), gap(37, 38), gap(49, 50));
  }

  @Test
  void aGapToldBeforeABreakIsRecordedOnceAndTheNextApartFromIt() {
    TwoEnds ends = new TwoEnds(TERMS, TEN);
    enqueue(ends, 12);
    ends.connect(JPN);
    ends.carryAllThere(JPN);
    ends.carryBack(JPN);
    ends.carryThere(JPN);
    ends.carryThere(JPN);
    assertEquals(List.of(gap(1, 2)), ends.gapsAtRecipient());
    ends.cut(JPN);
    enqueue(ends, 12);
    ends.connect(JPN);
    ends.carry();
    assertGaps(ends, gap(1, 2), gap(3, 14));
  }

  @Test
  void whatArrivedBeforeItWasGivenUpIsNoGapOnEitherSide() {
    TwoEnds ends = new TwoEnds(TERMS, TEN);
    ends.connect(JPN);
    ends.carry();
    enqueue(ends, 8);
    ends.flush();
    // The eight and what follows reach the partner; no receipt comes back before the break.
    ends.carryAllThere(JPN);
    enqueue(ends, 40);
    ends.flush();
    ends.carryAllThere(JPN);
    ends.cut(JPN);
    ends.connect(JPN);
    ends.carry();
    assertEquals(ends.gapsAtRecipient(), ends.gapsAtOriginator());
    ends.assertLevel();
    assertEquals(List.of(1L, 2L), ends.delivered().subList(0, 2));
  }

  @Test
  void aGapOverWhatIsHeldInPartIsRecordedAlikeOnBothSides() {
    TwoEnds ends = new TwoEnds(BULK_TERMS, TEN);
    ends.connect(JPN);
    ends.connect(USA);
    ends.carry();
    enqueue(ends, 4);
    ends.flush();
    ends.carryAllThere(JPN);
    // The receipt for 4 is lost with its path; the other path knows of nothing yet.
    ends.cut(JPN);
    enqueue(ends, 20);
    ends.flush();
    assertEquals(1, ends.sent(Frame.Gap.class).get(0).from());
    ends.carry();
    assertGaps(ends, gap(5, 14));
    assertEquals(14, ends.delivered().size());
  }

  @Test
  void aReceiptInsideAGapIsTaken() {
    TwoEnds ends = new TwoEnds(TERMS, TEN);
    ends.connect(JPN);
    ends.carry();
    enqueue(ends, 6);
    ends.flush();
    ends.carryThere(JPN);
    enqueue(ends, 10);
    ends.carryAllThere(JPN);
    ends.carry();
    assertGaps(ends);
    assertEquals(range(1, 16), ends.delivered());
  }

  @Test
  void aStalledPathIsNotFilledWithoutLimit() {
    TwoEnds ends = new TwoEnds(BULK_TERMS, TEN);
    ends.connect(JPN);
    ends.carry();
    for (int i = 0; i < 1_000; i++) {
      enqueue(ends, 12);
      ends.flush();
    }
    long bytes = 0;
    for (Frame.Batch b : ends.sent(Frame.Batch.class)) {
      for (Entry e : b.entries()) {
        bytes += e instanceof Entry.Whole w ? w.bytes().length : 32;
      }
    }
    assertTrue(bytes < 600 + 200, "under way: " + bytes);
    assertTrue(ends.sent(Frame.Gap.class).size() <= 1, "gaps under way");
    ends.carry();
    assertEquals(ends.gapsAtRecipient(), ends.gapsAtOriginator());
    ends.assertLevel();
  }

  @Test
  void whatASuspensionDropsIsAGapWithThatReason() {
    TwoEnds ends = new TwoEnds(TERMS, TEN);
    ends.connect(JPN);
    ends.carry();
    ends.atOriginator(ends.out.suspend(true, "", NOW));
    enqueue(ends, 15);
    ends.atOriginator(ends.out.resume(12, NOW));
    ends.carry();
    assertGaps(ends, gap(1, 5), new LinkEffect.Gap(6, 12, GapReason.SUSPENSION));
    assertEquals(range(13, 15), ends.delivered());
    assertEquals(GapReason.SUSPENSION, GapReason.ofWire(2));
    assertEquals(GapReason.UNKNOWN, GapReason.ofWire(77));
  }

  @Test
  void aGapMustBeSignedByTheOriginatorForThisStreamAndReason() {
    Digest hash = LinkFixtures.hashAfter(TERMS, 3, 20);
    record Case(SigningKey key, LinkTerms terms, GapReason reason) {}
    for (Case c :
        List.of(
            new Case(KOR_REAL, TERMS, GapReason.RETENTION),
            new Case(USA_EXERCISE, TERMS, GapReason.RETENTION),
            new Case(KOR_EXERCISE, BULK_TERMS, GapReason.RETENTION),
            new Case(
                KOR_EXERCISE, terms(KOR, USA, Lane.URGENT, Channel.EXERCISE), GapReason.RETENTION),
            new Case(KOR_EXERCISE, TERMS, GapReason.SUSPENSION))) {
      TwoEnds ends = new TwoEnds(TERMS, TEN);
      ends.connect(JPN);
      ends.carry();
      byte[] signature =
          c.key()
              .sign(
                  StreamSignatures.gapDomain(Channel.EXERCISE),
                  StreamSignatures.gap(c.terms().stream(), 1, 3, c.reason(), hash));
      assertRefused(
          ViolationCode.BAD_SIGNATURE,
          ends.in.onFrame(KOR, new Frame.Gap(1, 3, GapReason.RETENTION, hash, signature), NOW));
      assertEquals(0, ends.in.delivered());
    }
  }

  @Test
  void aGapThatLeavesNumbersOutBeforeItIsRefused() {
    TwoEnds ends = new TwoEnds(TERMS, TEN);
    ends.connect(JPN);
    ends.carry();
    Digest hash = LinkFixtures.hashAfter(TERMS, 3, 20);
    byte[] signature =
        KOR_EXERCISE.sign(
            StreamSignatures.gapDomain(Channel.EXERCISE),
            StreamSignatures.gap(TERMS.stream(), 2, 3, GapReason.RETENTION, hash));
    assertRefused(
        ViolationCode.GAP,
        ends.in.onFrame(KOR, new Frame.Gap(2, 3, GapReason.RETENTION, hash, signature), NOW));
  }

  @Test
  void bulkWaitingForAnUrgentReceiptStillTellsItsGaps() {
    TwoEnds ends = new TwoEnds(BULK_TERMS, TEN);
    ends.out.urgentHeld(0);
    ends.connect(JPN);
    ends.carry();
    for (int round = 0; round < 4; round++) {
      for (int i = 0; i < 15; i++) {
        ends.out.enqueue(REPORT, 1);
      }
      ends.flush();
      ends.carry();
    }
    assertEquals(List.of(), ends.delivered());
    ends.out.urgentHeld(1);
    ends.flush();
    ends.carry();
    assertGaps(ends, gap(1, 5), gap(6, 20), gap(21, 35), gap(36, 50));
    assertEquals(range(51, 60), ends.delivered());
  }
}
