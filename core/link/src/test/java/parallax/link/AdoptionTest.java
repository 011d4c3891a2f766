package parallax.link;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static parallax.link.fixtures.LinkFixtures.BULK_TERMS;
import static parallax.link.fixtures.LinkFixtures.NOW;
import static parallax.link.fixtures.LinkFixtures.SECOND;
import static parallax.link.fixtures.LinkFixtures.TERMS;
import static parallax.model.Nation.JPN;
import static parallax.model.Nation.KOR;
import static parallax.model.Nation.USA;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import parallax.link.fixtures.LinkFixtures;
import parallax.model.InvalidValueException;
import parallax.model.UtcTime;

/** A replay by another version takes what was given out and taken in as it was. */
final class AdoptionTest {
  private static final UtcTime MADE = LinkFixtures.ofTrack(1).value().header().createdAt();

  private static OutboxState.Subject subject(int track) {
    return OutboxState.Subject.of(LinkFixtures.ofTrack(track).value());
  }

  private static byte[] older(long seq) {
    return ("told by an older version " + seq).getBytes(StandardCharsets.US_ASCII);
  }

  private static List<Long> numbers(long from, long to) {
    return LongStream.rangeClosed(from, to).boxed().toList();
  }

  @Test
  void adoptedRecordsStandAsIfTheyHadBeenReleasedNow() {
    OutboundStream now = LinkFixtures.outbound(BULK_TERMS, LinkFixtures.config(400, 20, 300));
    OutboundStream replay = LinkFixtures.outbound(BULK_TERMS, LinkFixtures.config(400, 20, 300));
    for (int i = 0; i < 60; i++) {
      int track = 1 + i * 7 % 5;
      long seq = now.enqueue(LinkFixtures.ofTrack(track), i / 3);
      replay.adopt(seq, now.record(seq), i / 3, subject(track), MADE);
    }

    assertTrue(now.health().counts().folded() > 0);
    assertTrue(now.state().outbox().base() > 0, "the outbox was full");
    assertEquals(now.state(), replay.state());
  }

  @Test
  void aRecordIsAdoptedUnderTheNextNumberOnly() {
    OutboundStream out = LinkFixtures.outbound(TERMS, LinkFixtures.small());
    out.adopt(1, older(1), 0, subject(1), MADE);
    OutboundState before = out.state();

    for (long seq : new long[] {0, 1, 3}) {
      InvalidValueException e =
          assertThrows(
              InvalidValueException.class, () -> out.adopt(seq, older(seq), 0, subject(1), MADE));
      assertTrue(String.valueOf(e.getMessage()).contains("the next, 2"), e.toString());
      assertThrows(InvalidValueException.class, () -> out.adopt(seq, LinkFixtures.KOR_NEXT.key()));
    }
    assertEquals(before, out.state());
  }

  @Test
  void thePartnerGoesOnOverAdoptedRecordsWithoutAGapADuplicateOrABreakOfTheChain() {
    TwoEnds ends = new TwoEnds(TERMS, LinkFixtures.small());
    ends.connect(JPN);
    ends.carry();
    for (long seq = 1; seq <= 20; seq++) {
      ends.out.adopt(seq, older(seq), 0, subject(1), MADE);
    }
    ends.flush();
    ends.carry();
    ends.out.adopt(21, LinkFixtures.KOR_NEXT.key());
    for (long seq = 22; seq <= 25; seq++) {
      ends.out.enqueue(LinkFixtures.REPORT, 0);
    }
    ends.flush();
    ends.carry();

    ends.assertLevel();
    List<Long> all = new java.util.ArrayList<>(numbers(1, 20));
    all.addAll(numbers(22, 25));
    assertEquals(all, ends.delivered());
    LinkEffect.Deliver third =
        LinkFixtures.effects(LinkEffect.Deliver.class, ends.atRecipient).get(2);
    assertArrayEquals(older(3), third.record());
    assertTrue(ends.out.partnerKnowsNewestKey());
    assertEquals(LinkFixtures.keys(LinkFixtures.KOR_NEXT), ends.in.trusted());
  }

  @Test
  void bothLanesAdoptInTheOrderInWhichTheyReleased() {
    Outgoing now = outgoing();
    Outgoing replay = outgoing();
    for (int i = 0; i < 30; i++) {
      Lane lane = i % 4 == 0 ? Lane.URGENT : Lane.BULK;
      Outgoing.Numbered n = now.enqueue(LinkFixtures.ofTrack(1 + i % 3), lane);
      replay.adopt(lane, n.seq(), n.bytes(), subject(1 + i % 3), MADE);
    }

    assertEquals(now.state(), replay.state());
  }

  private static Outgoing outgoing() {
    return new Outgoing(
        TERMS,
        Keyring.of(LinkFixtures.KOR_EXERCISE),
        LinkFixtures.KOR_EXERCISE.key(),
        LinkFixtures.keys(LinkFixtures.JPN_EXERCISE),
        new LinkFixtures.CountingEncoder(20),
        LinkFixtures.small());
  }

  @Test
  void aRecipientGoesOnAfterTheCursorItAdopts() {
    TwoEnds ends = new TwoEnds(TERMS, LinkFixtures.small());
    ends.connect(JPN);
    ends.carry();
    for (int i = 0; i < 30; i++) {
      ends.out.enqueue(LinkFixtures.REPORT, 0);
    }
    ends.flush();
    ends.carry();
    Cursor taken = ends.in.cursor();
    TwoEnds again = new TwoEnds(ends.out, LinkFixtures.inbound(TERMS, LinkFixtures.small()));
    again.in.adopt(taken);
    again.in.adopt(taken);
    assertEquals(30, again.in.highWaterMark());
    again.out.onAllDisconnected(NOW);
    again.connect(JPN);
    again.carry();
    for (int i = 0; i < 5; i++) {
      again.out.enqueue(LinkFixtures.REPORT, 0);
    }
    again.flush();
    again.carry();

    again.assertLevel();
    assertEquals(numbers(31, 35), again.delivered());
    assertEquals(List.of(), again.gapsAtRecipient());
  }

  @Test
  void whatArrivesAgainAfterTheAdoptedCursorIsTakenOnce() {
    TwoEnds ends = new TwoEnds(TERMS, LinkFixtures.small());
    ends.connect(JPN);
    ends.connect(USA);
    ends.carry();
    for (int i = 0; i < 10; i++) {
      ends.out.enqueue(LinkFixtures.REPORT, 0);
    }
    ends.flush();
    Digest hash = LinkFixtures.hashAfter(TERMS, 4, 20);
    ends.in.adopt(new Cursor(5, hash));
    ends.carry();

    ends.assertLevel();
    assertEquals(numbers(5, 10), ends.delivered());
  }

  @Test
  void aCursorIsNeverAdoptedBackwardsNorOnAnotherChain() {
    InboundStream in = LinkFixtures.inbound(TERMS, LinkFixtures.small());
    Digest hash = LinkFixtures.hashAfter(TERMS, 4, 20);
    in.adopt(new Cursor(5, hash));
    InboundState before = in.state();

    assertThrows(InvalidValueException.class, () -> in.adopt(new Cursor(4, hash)));
    assertThrows(
        InvalidValueException.class, () -> in.adopt(new Cursor(5, LinkFixtures.digest(1))));
    assertEquals(before, in.state());
  }

  @Test
  void aReceiptIsAdoptedWithoutTheConnectionItCameBy() {
    TwoEnds ends = new TwoEnds(TERMS, LinkFixtures.small());
    ends.connect(JPN);
    ends.carry();
    OutboundStream replay = LinkFixtures.outbound(TERMS, LinkFixtures.small());
    for (int i = 0; i < 20; i++) {
      long seq = ends.out.enqueue(LinkFixtures.REPORT, 0);
      replay.adopt(
          seq,
          ends.out.record(seq),
          0,
          OutboxState.Subject.of(LinkFixtures.REPORT.value()),
          LinkFixtures.REPORT.value().header().createdAt());
    }
    ends.flush();
    ends.carry();
    assertEquals(List.of(), replay.adoptReceipt(ends.in.cursor()));
    assertEquals(List.of(), replay.adoptReceipt(new Cursor(3, LinkFixtures.digest(1))), "behind");
    assertThrows(
        InvalidValueException.class,
        () -> replay.adoptReceipt(new Cursor(22, LinkFixtures.digest(1))));

    assertEquals(20, replay.acknowledged());
    assertEquals(ends.out.state().withoutPassing(), replay.state().withoutPassing());
  }

  @Test
  void aPartnerThatHoldsMoreThanAReplayKnowsToBeSentIsBelieved() {
    TwoEnds ends = new TwoEnds(TERMS, LinkFixtures.small());
    OutboundStream replay = LinkFixtures.outbound(TERMS, LinkFixtures.small());
    ends.connect(JPN);
    ends.carry();
    for (int i = 0; i < 20; i++) {
      ends.out.enqueue(LinkFixtures.REPORT, 0);
      replay.enqueue(LinkFixtures.REPORT, 0);
    }
    ends.flush();
    ends.carryAllThere(JPN);
    ends.in.onAllDisconnected(NOW);
    TwoEnds after = new TwoEnds(replay, ends.in);
    replay.forgetConnections();
    after.connect(JPN);
    after.carry();

    after.assertLevel();
    assertEquals(List.of(), after.delivered());
    assertEquals(20, replay.acknowledged());
  }

  @Test
  void aGapThatThePartnerWasPerhapsToldIsLostToBothOnceItKnows() {
    OutboundStream replay = LinkFixtures.outbound(TERMS, LinkFixtures.config(100_000, 5, 100_000));
    for (int i = 0; i < 12; i++) {
      replay.enqueue(LinkFixtures.REPORT, 0);
    }
    replay.forgetConnections();
    Digest hash = LinkFixtures.hashAfter(TERMS, 7, 20);

    assertEquals(
        List.of(new LinkEffect.Gap(1, 7, GapReason.RETENTION)),
        replay.adoptReceipt(new Cursor(8, hash)));
  }

  @Test
  void suspendedStreamsDoNotTellWhatWaitsAfterConnectionsWereForgotten() {
    OutboundStream out = LinkFixtures.outbound(TERMS, LinkFixtures.small());
    InboundStream in = LinkFixtures.inbound(TERMS, LinkFixtures.small());
    out.suspend(false, "", NOW);
    for (int i = 0; i < 7; i++) {
      out.enqueue(LinkFixtures.REPORT, 0);
    }
    out.forgetConnections();
    TwoEnds ends = new TwoEnds(out, in);
    ends.connect(JPN);
    ends.carry();
    ends.pass(5 * SECOND);

    assertEquals(LinkState.UP, in.state(KOR));
    assertEquals(0, in.highWaterMark(), "how many wait is not told");
  }

  @Test
  void streamsThatTookInTheSameLastAlikeWhateverTheirConnectionsDid() {
    TwoEnds calm = new TwoEnds(BULK_TERMS, LinkFixtures.config(100_000, 30, 300));
    OutboundStream alone = LinkFixtures.outbound(BULK_TERMS, LinkFixtures.config(100_000, 30, 300));
    calm.connect(JPN);
    calm.connect(USA);
    for (int i = 0; i < 40; i++) {
      calm.out.enqueue(LinkFixtures.ofTrack(1 + i % 4), 0);
      alone.enqueue(LinkFixtures.ofTrack(1 + i % 4), 0);
      if (i == 35) {
        calm.carry(); // greeted, but nothing that is sent arrives
        calm.lose(JPN);
        calm.pass(SECOND);
      }
    }
    calm.flush();
    Cursor receipt = calm.in.cursor();
    if (receipt.next() > 1) {
      alone.adoptReceipt(receipt);
    }

    assertTrue(calm.out.everSent() > 0);
    assertEquals(calm.out.state().withoutPassing(), alone.state().withoutPassing());
    assertThrows(
        InvalidValueException.class,
        () ->
            OutboundStream.restored(
                calm.out.state().withoutPassing(),
                Keyring.of(LinkFixtures.KOR_EXERCISE),
                r -> new byte[0],
                LinkFixtures.small(),
                Verifier.PLAIN));
  }
}
