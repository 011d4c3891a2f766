package parallax.link;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static parallax.link.fixtures.LinkFixtures.BULK_TERMS;
import static parallax.link.fixtures.LinkFixtures.KOR_EXERCISE;
import static parallax.link.fixtures.LinkFixtures.NOW;
import static parallax.link.fixtures.LinkFixtures.REPORT;
import static parallax.link.fixtures.LinkFixtures.SECOND;
import static parallax.link.fixtures.LinkFixtures.TERMS;
import static parallax.link.fixtures.LinkFixtures.assertRefused;
import static parallax.link.fixtures.LinkFixtures.config;
import static parallax.link.fixtures.LinkFixtures.frames;
import static parallax.link.fixtures.LinkFixtures.ofTrack;
import static parallax.link.fixtures.LinkFixtures.outbound;
import static parallax.link.fixtures.LinkFixtures.record;
import static parallax.link.fixtures.LinkFixtures.welcome;
import static parallax.model.Nation.JPN;
import static parallax.model.Nation.KOR;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import parallax.link.fixtures.Faults;
import parallax.link.fixtures.LinkFixtures;
import parallax.model.Channel;

final class FoldingTest {
  private static final LinkConfig FOLDING = config(100_000, 100_000, 300);

  private static void track(TwoEnds ends, int track, int times) {
    for (int i = 0; i < times; i++) {
      ends.out.enqueue(ofTrack(track), 0);
    }
  }

  @Test
  void congestedBulkSendsOnlyTheNewestOfEachTrack() {
    TwoEnds ends = new TwoEnds(BULK_TERMS, config(100_000, 100_000, 1));
    track(ends, 1, 20);
    track(ends, 2, 20);
    track(ends, 1, 1);
    ends.connect(JPN);
    ends.carry();
    ends.assertLevel();
    assertEquals(List.of(40L, 41L), ends.delivered());
    SortedMap<Long, Long> folded = ends.folded();
    assertEquals(39, folded.size());
    for (Map.Entry<Long, Long> f : folded.entrySet()) {
      assertEquals(f.getKey() <= 20 ? 41 : 40, f.getValue(), "into which " + f.getKey());
    }
    assertEquals(39, ends.out.health().counts().folded());
    assertEquals(39, ends.in.health().counts().folded());
    assertEquals(2, ends.out.health().counts().records());
    assertEquals(2, ends.in.health().counts().records());
    assertEquals(ends.in.health().counts().bytes(), ends.out.health().counts().bytes());
  }

  @Test
  void theFlightPathAndTheImpactOfATrackDoNotReplaceEachOther() {
    TwoEnds ends = new TwoEnds(BULK_TERMS, FOLDING);
    track(ends, 1, 20);
    ends.out.enqueue(REPORT, 0);
    ends.connect(JPN);
    ends.carry();
    assertEquals(List.of(20L, 21L), ends.delivered());
  }

  @Test
  void nothingIsFoldedWhenNotCongested() {
    TwoEnds ends = new TwoEnds(BULK_TERMS, FOLDING);
    track(ends, 1, 10);
    ends.connect(JPN);
    ends.carry();
    track(ends, 1, 10);
    ends.flush();
    ends.carry();
    ends.assertLevel();
    assertEquals(20, ends.delivered().size());
    assertEquals(0, ends.out.health().counts().folded());
  }

  @Test
  void whatWasSentWholeIsNotFoldedBecauseANewerOneCame() {
    TwoEnds ends = new TwoEnds(BULK_TERMS, FOLDING);
    ends.connect(JPN);
    ends.carry();
    track(ends, 1, 1);
    ends.flush();
    track(ends, 2, 1);
    track(ends, 1, 1);
    assertArrayEquals(record(1, 20), ends.out.record(1));
    assertEquals(0, ends.out.health().counts().folded());
    ends.cut(JPN);
    ends.connect(JPN);
    ends.carry();
    assertEquals(List.of(1L, 2L, 3L), ends.delivered(), "sent again after the break as it was");
  }

  @Test
  void urgentIsNeverFolded() {
    TwoEnds ends = new TwoEnds(TERMS, FOLDING);
    track(ends, 1, 100);
    ends.connect(JPN);
    ends.carry();
    ends.assertLevel();
    assertEquals(100, ends.delivered().size());
  }

  @Test
  void recipientRefusesAFoldedRecordOnTheUrgentLane() {
    TwoEnds ends = new TwoEnds(TERMS, FOLDING);
    ends.connect(JPN);
    ends.carry();
    Frame.Batch folded =
        new Frame.Batch(
            1,
            List.of(new Entry.Folded(new HashChain().ofRecord(record(1, 20)), 2)),
            LinkFixtures.hashAfter(TERMS, 1, 20),
            new byte[64],
            1);
    assertRefused(
        ViolationCode.UNEXPECTED_FRAME,
        ends.in.onFrame(KOR, Faults.signed(KOR_EXERCISE, TERMS, folded), NOW));
  }

  @Test
  void nobodyOnTheWayCanFoldWhatWasSentWhole() {
    TwoEnds ends = new TwoEnds(BULK_TERMS, FOLDING);
    track(ends, 1, 3);
    ends.connect(JPN);
    ends.carryThere(JPN);
    ends.carryBack(JPN);
    Frame.Batch sent = ends.sent(Frame.Batch.class).get(0);
    List<Entry> kept = new ArrayList<>();
    HashChain chain = new HashChain();
    for (int i = 0; i < sent.entries().size(); i++) {
      kept.add(new Entry.Folded(chain.of(Channel.EXERCISE, sent.entries().get(i)), 100));
    }
    assertRefused(
        ViolationCode.BAD_SIGNATURE,
        ends.in.onFrame(
            KOR,
            new Frame.Batch(1, kept, sent.chainHash(), sent.signature(), sent.sentAtNs()),
            NOW));
    assertEquals(0, ends.in.delivered());
  }

  @Test
  void nobodyOnTheWayCanSayThatARecordWasFoldedIntoAnother() {
    TwoEnds ends = new TwoEnds(BULK_TERMS, FOLDING);
    track(ends, 1, 20);
    ends.connect(JPN);
    ends.carryThere(JPN);
    ends.carryBack(JPN);
    Frame.Batch sent = ends.sent(Frame.Batch.class).get(0);
    List<Entry> other = new ArrayList<>(sent.entries());
    other.set(0, new Entry.Folded(((Entry.Folded) other.get(0)).recordDigest(), 9));
    assertRefused(
        ViolationCode.BAD_SIGNATURE,
        ends.in.onFrame(
            KOR, new Frame.Batch(1, other, sent.chainHash(), sent.signature(), 1), NOW));
  }

  @Test
  void whatWasFoldedIntoARecordThatIsFoldedTooIsHeldByTheNewest() {
    TwoEnds ends = new TwoEnds(BULK_TERMS, config(100_000, 100_000, 100));
    ends.connect(JPN);
    ends.carry();
    for (int round = 0; round < 30; round++) {
      track(ends, 1, 3);
      track(ends, 2, 4);
      ends.flush();
      for (int i = 0; i < round % 3; i++) {
        ends.carryThere(JPN);
        ends.carryBack(JPN);
      }
    }
    ends.carry();
    ends.assertLevel();
    List<Long> held = ends.delivered();
    SortedMap<Long, Long> folded = ends.folded();
    assertEquals(210, held.size() + folded.size());
    assertFalse(folded.isEmpty());
    for (long into : folded.values()) {
      long n = into;
      while (folded.containsKey(n)) {
        n = folded.get(n);
      }
      assertTrue(held.contains(n), "the newer one is held: " + n);
    }
  }

  @Test
  void withoutRoomRecordsThatNewerOnesReplaceGoFirst() {
    TwoEnds ends = new TwoEnds(BULK_TERMS, config(300, 100_000, 1_000_000));
    track(ends, 1, 5);
    track(ends, 2, 1);
    track(ends, 1, 50);
    ends.connect(JPN);
    ends.carry();
    ends.assertLevel();
    assertEquals(List.of(), ends.gapsAtRecipient(), "nothing had to be given up");
    assertTrue(ends.delivered().contains(6L), "the only one of track 2");
    assertTrue(ends.delivered().contains(56L), "the newest of track 1");
    assertEquals(56, ends.delivered().size() + ends.folded().size());
  }

  @Test
  void whatWasReplacedWithoutNeedIsStillFoundWhenRoomRunsOut() {
    TwoEnds ends = new TwoEnds(BULK_TERMS, config(300, 100_000, 1_000_000));
    track(ends, 1, 9);
    track(ends, 2, 4);
    ends.connect(JPN);
    ends.carry();
    ends.cut(JPN);
    int first = 14;
    track(ends, 3, 1);
    track(ends, 4, 6);
    track(ends, 3, 1);
    track(ends, 5, 30);
    ends.connect(JPN);
    ends.carry();
    assertEquals(List.of(), ends.gapsAtRecipient());
    assertTrue(ends.folded().containsKey((long) first));
  }

  @Test
  void congestionOfOneTrackCostsNoMoreThanItsLength() {
    OutboundStream out =
        outbound(
            BULK_TERMS,
            new LinkConfig(
                SECOND,
                3 * SECOND,
                10 * SECOND,
                500,
                100_000,
                100_000_000,
                1L << 40,
                1L << 40,
                1_000,
                5_000,
                3 << 20));
    for (int i = 0; i < 60_000; i++) {
      out.enqueue(ofTrack(1), 0);
    }
    out.onConnected(JPN, NOW);
    List<LinkEffect> effects =
        out.onFrame(
            JPN,
            welcome(BULK_TERMS, new Cursor(1, LinkFixtures.hashAfter(BULK_TERMS, 0, 20))),
            NOW);
    assertEquals(59_999, out.health().counts().folded());
    assertEquals(121, frames(effects).size());
  }
}
