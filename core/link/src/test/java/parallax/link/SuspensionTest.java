package parallax.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static parallax.link.fixtures.LinkFixtures.NOW;
import static parallax.link.fixtures.LinkFixtures.REPORT;
import static parallax.link.fixtures.LinkFixtures.SECOND;
import static parallax.link.fixtures.LinkFixtures.TERMS;
import static parallax.link.fixtures.LinkFixtures.config;
import static parallax.link.fixtures.LinkFixtures.effects;
import static parallax.link.fixtures.LinkFixtures.small;
import static parallax.model.Nation.JPN;
import static parallax.model.Nation.KOR;
import static parallax.model.Nation.USA;

import java.util.List;
import org.junit.jupiter.api.Test;
import parallax.link.fixtures.LinkFixtures;

final class SuspensionTest {
  private static TwoEnds up(LinkTerms terms) {
    TwoEnds ends = new TwoEnds(terms, small());
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

  private static List<LinkEffect.SuspendedByPartner> said(List<LinkEffect> effects) {
    return effects(LinkEffect.SuspendedByPartner.class, effects);
  }

  @Test
  void nothingLeavesAfterAnAnnouncedSuspension() {
    TwoEnds ends = up(TERMS);
    enqueue(ends, 2);
    ends.carry();
    ends.atOriginator(ends.out.suspend(true, "exercise over\n", NOW));
    int before = ends.sent(Frame.Batch.class).size();
    enqueue(ends, 5);
    ends.pass(4 * SECOND);
    assertEquals(before, ends.sent(Frame.Batch.class).size());
    assertEquals(
        List.of(new LinkEffect.SuspendedByPartner(true, "exercise over?")), said(ends.atRecipient));
    assertTrue(ends.in.health().suspendedByPartner());
    assertTrue(ends.out.health().suspendedHere());
    assertEquals(LinkState.UP, ends.out.state(JPN));
    ends.cut(JPN);
    ends.connect(JPN);
    ends.carry();
    assertEquals(before, ends.sent(Frame.Batch.class).size(), "nor after a break");
    assertTrue(ends.in.health().suspendedByPartner(), "it is told again");
    ends.atOriginator(ends.out.resume(0, ends.now));
    ends.carry();
    ends.assertLevel();
    assertEquals(7, ends.delivered().size());
    assertFalse(ends.in.health().suspendedByPartner());
    assertEquals(new LinkEffect.SuspendedByPartner(false, ""), said(ends.atRecipient).getLast());
  }

  @Test
  void aSilentSuspensionTellsNothing() {
    TwoEnds ends = up(TERMS);
    enqueue(ends, 2);
    ends.carry();
    ends.atOriginator(ends.out.suspend(false, "not for them", NOW));
    enqueue(ends, 5);
    ends.pass(4 * SECOND);
    ends.cut(JPN);
    ends.connect(JPN);
    ends.pass(4 * SECOND);
    assertEquals(2, ends.in.highWaterMark(), "heartbeats do not tell what waits");
    assertEquals(0, ends.in.health().lag());
    assertEquals(LinkState.UP, ends.in.state(KOR));
    assertEquals(List.of(), ends.sent(Frame.Suspension.class));
    ends.atOriginator(ends.out.resume(0, ends.now));
    ends.carry();
    ends.assertLevel();
    assertEquals(List.of(), ends.sent(Frame.Suspension.class));
    assertEquals(7, ends.delivered().size());
  }

  @Test
  void whatWasAnnouncedIsToldTheEndOfWhateverCameBetween() {
    TwoEnds ends = up(TERMS);
    ends.atOriginator(ends.out.suspend(true, "one", NOW));
    ends.atOriginator(ends.out.suspend(false, "two", NOW));
    ends.atOriginator(ends.out.resume(0, NOW));
    ends.carry();
    assertFalse(ends.in.health().suspendedByPartner());
    ends.atOriginator(ends.out.suspend(false, "three", NOW));
    ends.atOriginator(ends.out.resume(0, NOW));
    ends.carry();
    assertEquals(2, ends.sent(Frame.Suspension.class).size(), "a silent one later stays silent");
  }

  @Test
  void resumingDropsWhatIsNotToBeTold() {
    TwoEnds ends = up(TERMS);
    enqueue(ends, 2);
    ends.carry();
    ends.atOriginator(ends.out.suspend(true, "", NOW));
    enqueue(ends, 6);
    ends.atOriginator(ends.out.resume(6, NOW));
    ends.carry();
    ends.assertLevel();
    assertEquals(List.of(1L, 2L, 7L, 8L), ends.delivered());
    LinkEffect.Gap gap = new LinkEffect.Gap(3, 6, GapReason.SUSPENSION);
    assertEquals(List.of(gap), ends.gapsAtRecipient());
    assertEquals(List.of(gap), ends.gapsAtOriginator());
    ends.atOriginator(ends.out.suspend(true, "", NOW));
    enqueue(ends, 3);
    ends.atOriginator(ends.out.resume(Long.MAX_VALUE, NOW));
    ends.carry();
    ends.assertLevel();
    assertEquals(11, ends.in.delivered());
    assertEquals(4, ends.delivered().size());
  }

  @Test
  void aSuspendedStreamLosesWhatIsBeyondItsRetentionToo() {
    TwoEnds ends = new TwoEnds(TERMS, config(100_000, 5, 100_000));
    ends.connect(JPN);
    ends.carry();
    ends.atOriginator(ends.out.suspend(false, "", NOW));
    enqueue(ends, 20);
    ends.pass(2 * SECOND);
    assertEquals(List.of(), ends.sent(Frame.Gap.class), "a gap tells too");
    assertEquals(0, ends.in.highWaterMark());
    ends.atOriginator(ends.out.resume(0, ends.now));
    ends.carry();
    ends.assertLevel();
    assertEquals(List.of(new LinkEffect.Gap(1, 15, GapReason.RETENTION)), ends.gapsAtRecipient());
  }

  @Test
  void anAnnouncedReceiverTakesNothingInAndTheOriginatorWaits() {
    TwoEnds ends = up(TERMS);
    enqueue(ends, 2);
    ends.carry();
    ends.atRecipient(ends.in.suspend(true, "inspection", NOW));
    enqueue(ends, 3);
    ends.carry();
    assertEquals(2, ends.in.delivered(), "what was under way is not taken in");
    assertEquals(
        List.of(new LinkEffect.SuspendedByPartner(true, "inspection")), said(ends.atOriginator));
    int before = ends.sent(Frame.Batch.class).size();
    enqueue(ends, 3);
    ends.pass(15 * SECOND);
    assertEquals(before, ends.sent(Frame.Batch.class).size());
    assertEquals(LinkState.UP, ends.out.state(JPN), "the connection stays");
    assertTrue(ends.out.health().suspendedByPartner());
    ends.atRecipient(ends.in.resume(ends.now));
    ends.carry();
    assertEquals(LinkState.DOWN, ends.in.state(KOR), "every connection is made anew");
    assertFalse(ends.out.health().suspendedByPartner());
    ends.connect(JPN);
    ends.carry();
    ends.assertLevel();
    assertEquals(8, ends.delivered().size());
    assertEquals(new LinkEffect.SuspendedByPartner(false, ""), said(ends.atOriginator).getLast());
  }

  @Test
  void aSilentReceiverIsNotHeardAtAll() {
    TwoEnds ends = up(TERMS);
    ends.atRecipient(ends.in.suspend(false, "", NOW));
    int answers = ends.sentBack.size();
    enqueue(ends, 3);
    ends.pass(9 * SECOND);
    assertEquals(answers, ends.sentBack.size());
    assertEquals(LinkState.STALE, ends.out.state(JPN));
    ends.pass(2 * SECOND);
    assertEquals(LinkState.DOWN, ends.out.state(JPN));
    ends.connect(JPN);
    ends.carry();
    assertEquals(answers, ends.sentBack.size(), "not even the Hello is answered");
    assertEquals(List.of(), ends.in.onMalformed(KOR, "0 bytes", ends.now));
    ends.atRecipient(ends.in.resume(ends.now));
    ends.connect(JPN);
    ends.carry();
    ends.assertLevel();
    assertEquals(3, ends.delivered().size());
  }

  @Test
  void aNewPathDoesNotEndTheSuspensionSaidOnAnother() {
    TwoEnds ends = up(TERMS);
    ends.atRecipient(ends.in.suspend(true, "", NOW));
    ends.carry();
    ends.connect(USA);
    ends.carryThere(USA);
    ends.carryBack(USA);
    assertTrue(ends.out.health().suspendedByPartner());
    enqueue(ends, 3);
    assertEquals(List.of(), ends.under(JPN), "nothing on the path where it was said");
    ends.carry();
    assertEquals(0, ends.in.delivered());
    assertEquals(1, said(ends.atOriginator).size(), "said once");
    int before = ends.sent(Frame.Batch.class).size();
    enqueue(ends, 3);
    assertEquals(before, ends.sent(Frame.Batch.class).size());
    ends.atRecipient(ends.in.resume(NOW));
    ends.connect(USA);
    ends.carry();
    ends.assertLevel();
    assertEquals(6, ends.delivered().size());
  }

  @Test
  void aRelayCannotSuspendTheOtherPathsInThePartnersName() {
    for (LinkTerms terms : List.of(TERMS, LinkFixtures.BULK_TERMS)) {
      TwoEnds ends = up(terms);
      ends.connect(USA);
      ends.carry();
      ends.atOriginator(ends.out.onFrame(USA, new Frame.Suspension(true, "made up"), NOW));
      enqueue(ends, 3);
      assertEquals(List.of(), ends.under(USA));
      ends.carry();
      ends.assertLevel();
      assertEquals(3, ends.delivered().size());
    }
  }
}
