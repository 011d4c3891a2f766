package parallax.link;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static parallax.link.fixtures.LinkFixtures.JPN_EXERCISE;
import static parallax.link.fixtures.LinkFixtures.JPN_NEXT;
import static parallax.link.fixtures.LinkFixtures.KOR_EXERCISE;
import static parallax.link.fixtures.LinkFixtures.KOR_NEXT;
import static parallax.link.fixtures.LinkFixtures.KOR_THIRD;
import static parallax.link.fixtures.LinkFixtures.NOW;
import static parallax.link.fixtures.LinkFixtures.REPORT;
import static parallax.link.fixtures.LinkFixtures.SECOND;
import static parallax.link.fixtures.LinkFixtures.TERMS;
import static parallax.link.fixtures.LinkFixtures.assertRefused;
import static parallax.link.fixtures.LinkFixtures.config;
import static parallax.link.fixtures.LinkFixtures.effects;
import static parallax.link.fixtures.LinkFixtures.keys;
import static parallax.link.fixtures.LinkFixtures.record;
import static parallax.link.fixtures.LinkFixtures.small;
import static parallax.model.Nation.JPN;
import static parallax.model.Nation.KOR;
import static parallax.model.Nation.USA;

import java.util.List;
import org.junit.jupiter.api.Test;
import parallax.link.fixtures.Faults;
import parallax.link.fixtures.LinkFixtures;
import parallax.model.Channel;
import parallax.signing.SigningKey;

final class KeyChangeTest {
  private static final LinkConfig TEN = config(100_000, 10, 100_000);

  private static TwoEnds up(LinkTerms terms, LinkConfig config) {
    TwoEnds ends = new TwoEnds(terms, config);
    ends.connect(JPN);
    ends.carry();
    return ends;
  }

  private static void enqueue(TwoEnds ends, int count) {
    for (int i = 0; i < count; i++) {
      ends.out.enqueue(REPORT, 0);
    }
    ends.flush();
  }

  private static void rotate(TwoEnds ends, SigningKey successor) {
    ends.out.rotate(successor.key());
    ends.flush();
  }

  @Test
  void theKeyChangesWhileTheStreamIsUp() {
    TwoEnds ends = up(TERMS, small());
    enqueue(ends, 3);
    rotate(ends, KOR_NEXT);
    enqueue(ends, 3);
    assertFalse(ends.out.partnerKnowsNewestKey());
    assertEquals(KOR_NEXT.key(), ends.out.newestKey());
    ends.carry();
    ends.assertLevel();
    assertTrue(ends.out.partnerKnowsNewestKey());
    assertEquals(List.of(1L, 2L, 3L, 5L, 6L, 7L), ends.delivered());
    assertEquals(
        List.of(new LinkEffect.KeyChanged(KOR_NEXT.key())),
        effects(LinkEffect.KeyChanged.class, ends.atRecipient));
    assertEquals(keys(KOR_NEXT), ends.in.trusted(), "the older key has served");
    List<Frame.Batch> batches = ends.sent(Frame.Batch.class);
    for (Frame.Batch b : batches) {
      assertEquals(
          b.lastSeq() > 4 ? b : Faults.signed(KOR_EXERCISE, TERMS, b),
          b.lastSeq() > 4 ? Faults.signed(KOR_NEXT, TERMS, b) : b);
      assertTrue(b.lastSeq() <= 4 || b.firstSeq() > 4, "a batch has one key");
    }
  }

  @Test
  void oneFlushWithBothKeysNeedsNoReceiptBetween() {
    TwoEnds ends = up(TERMS, small());
    for (int i = 0; i < 4; i++) {
      ends.out.enqueue(REPORT, 0);
    }
    ends.out.rotate(KOR_NEXT.key());
    enqueue(ends, 4);
    ends.carry();
    ends.assertLevel();
    assertEquals(8, ends.delivered().size());
  }

  @Test
  void theKeyChangesAcrossABreak() {
    for (int carried = 0; carried < 6; carried++) {
      TwoEnds ends = up(TERMS, small());
      enqueue(ends, 2);
      rotate(ends, KOR_NEXT);
      enqueue(ends, 2);
      for (int i = 0; i < carried; i++) {
        ends.carryThere(JPN);
      }
      ends.cut(JPN);
      enqueue(ends, 2);
      ends.connect(JPN);
      ends.carry();
      ends.assertLevel();
      assertEquals(List.of(1L, 2L, 4L, 5L, 6L, 7L), ends.delivered());
      assertTrue(ends.out.partnerKnowsNewestKey());
    }
  }

  @Test
  void theKeyChangesWhileThePartnerIsAwayForLongerThanIsKept() {
    TwoEnds ends = up(TERMS, TEN);
    enqueue(ends, 2);
    ends.carry();
    ends.cut(JPN);
    enqueue(ends, 2);
    ends.out.rotate(KOR_NEXT.key());
    enqueue(ends, 30);
    assertEquals(35, ends.out.highWaterMark(), "nothing is numbered anew");
    ends.connect(JPN);
    ends.carry();
    ends.assertLevel();
    List<LinkEffect.Gap> gaps =
        List.of(
            new LinkEffect.Gap(3, 4, GapReason.RETENTION),
            new LinkEffect.Gap(6, 25, GapReason.RETENTION));
    assertEquals(gaps, ends.gapsAtRecipient());
    assertEquals(gaps, ends.gapsAtOriginator());
    assertEquals(keys(KOR_NEXT), ends.in.trusted());
  }

  @Test
  void aChangeOfKeyTakenInBeforeItWasGivenUpIsNoTrap() {
    TwoEnds ends = up(TERMS, TEN);
    enqueue(ends, 2);
    rotate(ends, KOR_NEXT);
    enqueue(ends, 2);
    // All of it arrives, and the partner gives up the old key; no receipt comes back.
    ends.carryAllThere(JPN);
    assertEquals(keys(KOR_NEXT), ends.in.trusted());
    ends.cut(JPN);
    enqueue(ends, 30);
    ends.connect(JPN);
    ends.carry();
    ends.assertLevel();
    assertEquals(35, ends.in.delivered());
    assertEquals(ends.gapsAtRecipient(), ends.gapsAtOriginator());
  }

  @Test
  void aSuspensionThatDropsWhatWaitsKeepsTheChangeOfKey() {
    TwoEnds ends = up(TERMS, small());
    ends.out.suspend(false, "", NOW);
    enqueue(ends, 2);
    ends.out.rotate(KOR_NEXT.key());
    enqueue(ends, 2);
    ends.atOriginator(ends.out.resume(5, NOW));
    enqueue(ends, 1);
    ends.carry();
    ends.assertLevel();
    assertEquals(List.of(6L), ends.delivered());
    assertEquals(keys(KOR_NEXT), ends.in.trusted());
  }

  @Test
  void everyRecordGivenUpWithOneKeptTooMany() {
    TwoEnds ends = up(TERMS, config(40, 2, 100_000));
    ends.cut(JPN);
    ends.out.rotate(KOR_NEXT.key());
    for (int i = 0; i < 5; i++) {
      long seq = ends.out.enqueue(REPORT, 0);
      assertArrayEquals(record(i + 1, 20), ends.out.record(seq), "the newest is held");
    }
    ends.connect(JPN);
    ends.carry();
    ends.assertLevel();
    assertEquals(6, ends.in.delivered());
  }

  @Test
  void rotatingTwiceBeforeThePartnerHoldsTheFirstIsRefused() {
    TwoEnds ends = up(TERMS, small());
    rotate(ends, KOR_NEXT);
    long mark = ends.out.highWaterMark();
    assertThrows(IllegalStateException.class, () -> ends.out.rotate(KOR_THIRD.key()));
    assertEquals(mark, ends.out.highWaterMark());
    ends.carry();
    rotate(ends, KOR_THIRD);
    enqueue(ends, 2);
    ends.carry();
    ends.assertLevel();
    assertEquals(keys(KOR_THIRD), ends.in.trusted());
  }

  @Test
  void whatComesLateByASlowerPathUnderTheOldKeyIsNoViolation() {
    TwoEnds ends = new TwoEnds(TERMS, small());
    ends.connect(JPN);
    ends.connect(USA);
    ends.carry();
    enqueue(ends, 3);
    rotate(ends, KOR_NEXT);
    enqueue(ends, 3);
    while (ends.carryThere(JPN) || ends.carryBack(JPN)) {}
    assertEquals(keys(KOR_NEXT), ends.in.trusted());
    rotate(ends, KOR_THIRD);
    enqueue(ends, 3);
    while (ends.carryThere(JPN) || ends.carryBack(JPN)) {}
    assertEquals(keys(KOR_THIRD), ends.in.trusted());
    ends.carry();
    ends.assertLevel();
    assertEquals(9, ends.delivered().size());
  }

  @Test
  void theOldKeySignsNothingNewOnceTheNewOneIsInUse() {
    TwoEnds ends = up(TERMS, small());
    rotate(ends, KOR_NEXT);
    enqueue(ends, 1);
    ends.carry();
    HashChain chain = new HashChain();
    byte[] forged = record(9, 20);
    Frame.Batch more =
        new Frame.Batch(
            3,
            List.of(new Entry.Whole(forged)),
            chain.next(ends.in.cursor().chainHash(), 3, chain.ofRecord(forged)),
            new byte[64],
            1);
    assertRefused(
        ViolationCode.BAD_SIGNATURE,
        ends.in.onFrame(KOR, Faults.signed(KOR_EXERCISE, TERMS, more), NOW));
  }

  @Test
  void aKeyThatIsRevokedBreaksOffAndStaysRefused() {
    TwoEnds ends = up(TERMS, small());
    enqueue(ends, 2);
    ends.carry();
    assertRefused(ViolationCode.KEY_REVOKED, ends.in.distrust(KOR_EXERCISE.key()));
    ends.cut(JPN);
    enqueue(ends, 2);
    for (int i = 0; i < 3; i++) {
      ends.connect(JPN);
      ends.carry();
      assertEquals(2, ends.in.delivered());
      assertEquals(LinkState.REFUSED, ends.in.state(KOR));
    }
    ends.in.trust(KOR_EXERCISE.key());
    ends.connect(JPN);
    ends.carry();
    assertEquals(4, ends.in.delivered(), "until it is trusted again");
  }

  @Test
  void aChangeToARevokedKeyDoesNotBringItBack() {
    TwoEnds ends = up(TERMS, small());
    assertEquals(List.of(), ends.in.distrust(KOR_NEXT.key()));
    rotate(ends, KOR_NEXT);
    enqueue(ends, 1);
    ends.carry();
    assertEquals(1, ends.in.delivered(), "the number that announces it is taken");
    assertEquals(keys(KOR_EXERCISE), ends.in.trusted());
    assertEquals(LinkState.REFUSED, ends.in.state(KOR));
  }

  @Test
  void anotherConfigurationDoesNotBringARevokedKeyBack() {
    TwoEnds ends = up(TERMS, small());
    enqueue(ends, 1);
    ends.carry();
    ends.in.distrust(KOR_NEXT.key());
    ends.out.distrust(JPN_NEXT.key());
    ends.cut(JPN);
    ends.in.renew(TERMS.agreementDigest(), keys(KOR_EXERCISE, KOR_NEXT), JPN_EXERCISE.key());
    ends.out.renew(TERMS.agreementDigest(), KOR_EXERCISE.key(), keys(JPN_EXERCISE, JPN_NEXT));
    assertEquals(keys(KOR_EXERCISE), ends.in.trusted());
    assertEquals(keys(JPN_EXERCISE), ends.out.trusted());
    ends.in.trust(KOR_NEXT.key());
    ends.out.trust(JPN_NEXT.key());
    assertEquals(keys(KOR_EXERCISE, KOR_NEXT), ends.in.trusted(), "only an order does");
    assertEquals(keys(JPN_EXERCISE, JPN_NEXT), ends.out.trusted());
  }

  @Test
  void anAnnouncementDoesNotBringARevokedKeyOfReceiptsBack() {
    TwoEnds ends = up(TERMS, small());
    ends.out.distrust(JPN_NEXT.key());
    ends.out.announced(JPN_NEXT.key());
    assertEquals(keys(JPN_EXERCISE), ends.out.trusted());
  }

  @Test
  void aKeyNamedAnewTakesThePlaceOfAChangeUnderWay() {
    TwoEnds ends = up(TERMS, small());
    ends.cut(JPN);
    rotate(ends, KOR_NEXT);
    enqueue(ends, 2);
    ends.out.renew(TERMS.agreementDigest(), KOR_THIRD.key(), keys(JPN_EXERCISE));
    ends.in.renew(TERMS.agreementDigest(), keys(KOR_THIRD), JPN_EXERCISE.key());
    ends.connect(JPN);
    ends.carry();
    ends.assertLevel();
    assertTrue(ends.out.partnerKnowsNewestKey());
    assertEquals(KOR_THIRD.key(), ends.out.newestKey());
  }

  @Test
  void aRevokedKeyIsRefusedForWhatIsHeldToo() {
    TwoEnds ends = up(TERMS, small());
    enqueue(ends, 2);
    rotate(ends, KOR_NEXT);
    enqueue(ends, 1);
    ends.carry();
    Frame.Batch old = ends.sent(Frame.Batch.class).get(0);
    assertEquals(List.of(), LinkFixtures.violations(ends.in.onFrame(KOR, old, NOW)));
    assertEquals(List.of(), ends.in.distrust(KOR_EXERCISE.key()));
    assertRefused(ViolationCode.BAD_SIGNATURE, ends.in.onFrame(KOR, old, NOW));
  }

  @Test
  void receiptsOfTheOldAndTheNewKeyAreTaken() {
    TwoEnds ends = up(TERMS, small());
    enqueue(ends, 2);
    ends.carry();
    ends.out.trust(JPN_NEXT.key());
    enqueue(ends, 2);
    ends.carryAllThere(JPN);
    ends.in.signReceiptsWith(JPN_NEXT.key());
    enqueue(ends, 2);
    ends.carry();
    ends.assertLevel();
    ends.out.distrust(JPN_EXERCISE.key());
    enqueue(ends, 2);
    ends.carry();
    ends.assertLevel();
    ends.in.signReceiptsWith(JPN_EXERCISE.key());
    ends.pass(SECOND);
    assertEquals(
        ViolationCode.BAD_RECEIPT, LinkFixtures.violations(ends.atOriginator).get(0), "revoked");
  }

  @Test
  void aReceiptVerifiedBeforeItsKeyWasRevokedIsVerifiedAgain() {
    TwoEnds ends = up(TERMS, small());
    enqueue(ends, 2);
    ends.carry();
    ends.out.distrust(JPN_EXERCISE.key());
    Frame again = ends.sentBack.getLast();
    assertRefused(ViolationCode.BAD_RECEIPT, ends.out.onFrame(JPN, again, NOW));
  }

  @Test
  void aKeyThatIsGoneSignsNothing() {
    Keyring keyring = Keyring.of(KOR_EXERCISE);
    assertTrue(keyring.holds(KOR_EXERCISE.key()));
    assertFalse(keyring.holds(KOR_NEXT.key()));
    byte[] zeros = new byte[64];
    assertArrayEquals(
        zeros, keyring.sign(KOR_NEXT.key(), StreamSignatures.gapDomain(Channel.REAL), zeros));
    keyring.replaying(true);
    assertArrayEquals(
        zeros, keyring.sign(KOR_EXERCISE.key(), StreamSignatures.gapDomain(Channel.REAL), zeros));
    keyring.replaying(false);
    keyring.add(KOR_NEXT);
    assertTrue(
        KOR_NEXT
            .key()
            .verify(
                StreamSignatures.gapDomain(Channel.REAL),
                zeros,
                keyring.sign(KOR_NEXT.key(), StreamSignatures.gapDomain(Channel.REAL), zeros)));
  }
}
