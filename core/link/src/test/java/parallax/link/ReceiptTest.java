package parallax.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static parallax.link.fixtures.LinkFixtures.BULK_TERMS;
import static parallax.link.fixtures.LinkFixtures.JPN_EXERCISE;
import static parallax.link.fixtures.LinkFixtures.JPN_NEXT;
import static parallax.link.fixtures.LinkFixtures.JPN_REAL;
import static parallax.link.fixtures.LinkFixtures.KOR_EXERCISE;
import static parallax.link.fixtures.LinkFixtures.NOW;
import static parallax.link.fixtures.LinkFixtures.REPORT;
import static parallax.link.fixtures.LinkFixtures.TERMS;
import static parallax.link.fixtures.LinkFixtures.USA_EXERCISE;
import static parallax.link.fixtures.LinkFixtures.ack;
import static parallax.link.fixtures.LinkFixtures.assertRefused;
import static parallax.link.fixtures.LinkFixtures.digest;
import static parallax.link.fixtures.LinkFixtures.frames;
import static parallax.link.fixtures.LinkFixtures.keys;
import static parallax.link.fixtures.LinkFixtures.receipt;
import static parallax.link.fixtures.LinkFixtures.small;
import static parallax.link.fixtures.LinkFixtures.terms;
import static parallax.model.Nation.JPN;
import static parallax.model.Nation.KOR;
import static parallax.model.Nation.USA;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parallax.link.fixtures.LinkFixtures;
import parallax.model.Channel;
import parallax.signing.SigningKey;

final class ReceiptTest {
  private TwoEnds ends = new TwoEnds(TERMS, small());

  /** Four numbers sent, of which the partner holds none yet. */
  private void sent() {
    ends = new TwoEnds(TERMS, small());
    ends.connect(JPN);
    ends.carry();
    for (int i = 0; i < 4; i++) {
      ends.out.enqueue(REPORT, 0);
    }
    ends.flush();
  }

  private static Cursor at(long next) {
    return new Cursor(next, LinkFixtures.hashAfter(TERMS, next - 1, 20));
  }

  private List<LinkEffect> hear(SigningKey key, LinkTerms signedFor, Cursor cursor) {
    return ends.out.onFrame(
        JPN, new Frame.Ack(cursor, receipt(key, signedFor, cursor), 1, 1, false), NOW);
  }

  @Test
  void aGoodReceiptIsTaken() {
    sent();
    assertEquals(List.of(), LinkFixtures.violations(hear(JPN_EXERCISE, TERMS, at(5))));
    assertEquals(4, ends.out.acknowledged());
  }

  @Test
  void anotherKeysReceiptIsRefused() {
    for (SigningKey key : List.of(JPN_REAL, JPN_NEXT, KOR_EXERCISE, USA_EXERCISE)) {
      sent();
      assertRefused(ViolationCode.BAD_RECEIPT, hear(key, TERMS, at(5)));
      assertEquals(0, ends.out.acknowledged());
    }
  }

  @Test
  void theReceiptOfAnotherStreamOrChannelIsRefused() {
    for (LinkTerms other :
        List.of(
            BULK_TERMS,
            terms(KOR, USA, Lane.URGENT, Channel.EXERCISE),
            terms(USA, JPN, Lane.URGENT, Channel.EXERCISE),
            terms(JPN, KOR, Lane.URGENT, Channel.EXERCISE),
            terms(KOR, JPN, Lane.URGENT, Channel.REAL))) {
      sent();
      assertRefused(ViolationCode.BAD_RECEIPT, hear(JPN_EXERCISE, other, at(5)));
      assertEquals(0, ends.out.acknowledged());
    }
  }

  @Test
  void aReceiptMadeToSayMoreIsRefused() {
    sent();
    byte[] forThree = receipt(JPN_EXERCISE, TERMS, at(3));
    assertRefused(
        ViolationCode.BAD_RECEIPT,
        ends.out.onFrame(JPN, new Frame.Ack(at(5), forThree, 1, 1, false), NOW));
    sent();
    assertRefused(
        ViolationCode.BAD_RECEIPT,
        ends.out.onFrame(JPN, new Frame.Ack(new Cursor(3, digest(1)), forThree, 1, 1, false), NOW));
    ends.connect(JPN);
    assertRefused(
        ViolationCode.BAD_RECEIPT,
        ends.out.onFrame(JPN, new Frame.Welcome(2, at(5), forThree), NOW));
    assertEquals(0, ends.out.acknowledged());
  }

  @Test
  void anEmptyOrShortSignatureIsRefused() {
    for (byte[] bad : List.of(new byte[0], new byte[63], new byte[64], new byte[65])) {
      sent();
      assertRefused(
          ViolationCode.BAD_RECEIPT,
          ends.out.onFrame(JPN, new Frame.Ack(at(5), bad, 1, 1, false), NOW));
    }
  }

  @Test
  void aReceiptPlayedAgainAcknowledgesNothingMore() {
    sent();
    Frame old = ack(TERMS, at(3), 1, 1, false);
    ends.out.onFrame(JPN, old, NOW);
    hear(JPN_EXERCISE, TERMS, at(5));
    for (int i = 0; i < 3; i++) {
      assertEquals(List.of(), ends.out.onFrame(JPN, old, NOW));
    }
    assertEquals(4, ends.out.acknowledged());
    ends.connect(JPN);
    assertRefused(
        ViolationCode.CURSOR_BEHIND,
        ends.out.onFrame(
            JPN, new Frame.Welcome(2, at(3), receipt(JPN_EXERCISE, TERMS, at(3))), NOW));
  }

  @Test
  void aPartnerWithAnotherChainIsRefusedEvenWithItsOwnSignature() {
    sent();
    assertRefused(
        ViolationCode.CHAIN_DISAGREES, hear(JPN_EXERCISE, TERMS, new Cursor(5, digest(3))));
    assertEquals(0, ends.out.acknowledged());
  }

  @Test
  void aRelayCannotForgeAnAcknowledgement() {
    RelayStream relay = new RelayStream(TERMS, keys(KOR_EXERCISE), r -> Optional.empty());
    relay.onConnected(KOR);
    relay.onConnected(JPN);
    sent();
    ends.connect(USA);
    ends.carry();
    // Whatever a relay answers by itself has no signature of the recipient.
    Frame.Ack seen = (Frame.Ack) ends.sentBack.getLast();
    ends.out.enqueue(REPORT, 0);
    ends.flush();
    Frame made =
        new Frame.Ack(
            new Cursor(6, LinkFixtures.hashAfter(TERMS, 5, 20)),
            seen.signature(),
            seen.sentAtNs(),
            seen.echoSentAtNs(),
            false);
    List<LinkEffect> passed = relay.onFrame(JPN, made);
    assertRefused(ViolationCode.BAD_RECEIPT, ends.out.onFrame(USA, frames(passed).get(0), NOW));
    assertEquals(4, ends.out.acknowledged());
    assertEquals(LinkState.UP, ends.out.state(JPN), "the direct path goes on");
  }
}
