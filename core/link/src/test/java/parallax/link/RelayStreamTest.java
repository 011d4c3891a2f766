package parallax.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static parallax.link.fixtures.LinkFixtures.BULK_TERMS;
import static parallax.link.fixtures.LinkFixtures.JPN_EXERCISE;
import static parallax.link.fixtures.LinkFixtures.KOR_EXERCISE;
import static parallax.link.fixtures.LinkFixtures.KOR_NEXT;
import static parallax.link.fixtures.LinkFixtures.KOR_REAL;
import static parallax.link.fixtures.LinkFixtures.TERMS;
import static parallax.link.fixtures.LinkFixtures.USA_EXERCISE;
import static parallax.link.fixtures.LinkFixtures.ack;
import static parallax.link.fixtures.LinkFixtures.digest;
import static parallax.link.fixtures.LinkFixtures.effects;
import static parallax.link.fixtures.LinkFixtures.frames;
import static parallax.link.fixtures.LinkFixtures.keys;
import static parallax.link.fixtures.LinkFixtures.record;
import static parallax.link.fixtures.LinkFixtures.welcome;
import static parallax.model.Nation.JPN;
import static parallax.model.Nation.KOR;
import static parallax.model.Nation.USA;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parallax.link.fixtures.Faults;
import parallax.link.fixtures.LinkFixtures;
import parallax.model.Channel;
import parallax.model.Nation;
import parallax.signing.SigningKey;

final class RelayStreamTest {
  private static final byte[] FOREIGN = record(666, 20);

  private final RelayStream relay =
      new RelayStream(
          TERMS,
          keys(KOR_EXERCISE),
          r ->
              java.util.Arrays.equals(r, FOREIGN)
                  ? Optional.of("not releasable to JPN")
                  : Optional.empty());

  private static final Frame.Hello HELLO =
      new Frame.Hello(2, 2, TERMS.stream(), Channel.EXERCISE, TERMS.agreementDigest(), 5);

  private static LinkEffect send(Nation to, Frame frame) {
    return new LinkEffect.Send(to, frame);
  }

  private void through() {
    relay.onConnected(KOR);
    relay.onFrame(KOR, HELLO);
    relay.onConnected(JPN);
  }

  private static Frame.Batch batch(Entry... entries) {
    HashChain chain = new HashChain();
    Digest hash = chain.start(Channel.EXERCISE, TERMS.stream());
    for (int i = 0; i < entries.length; i++) {
      hash = chain.next(hash, i + 1, chain.of(Channel.EXERCISE, entries[i]));
    }
    return Faults.signed(
        KOR_EXERCISE, TERMS, new Frame.Batch(1, List.of(entries), hash, new byte[64], 7));
  }

  private static Frame.Batch good() {
    return batch(new Entry.Whole(record(1, 20)), new Entry.Whole(record(2, 20)));
  }

  private static Frame.Gap gap(SigningKey key) {
    Digest hash = LinkFixtures.hashAfter(TERMS, 3, 20);
    return new Frame.Gap(
        1,
        3,
        GapReason.RETENTION,
        hash,
        key.sign(
            StreamSignatures.gapDomain(Channel.EXERCISE),
            StreamSignatures.gap(TERMS.stream(), 1, 3, GapReason.RETENTION, hash)));
  }

  /** Requires that both sides are told or closed, and nothing passes any more. */
  private void assertBrokenOff(ViolationCode code, Nation by, List<LinkEffect> effects) {
    assertEquals(List.of(code), LinkFixtures.violations(effects));
    assertEquals(by, effects(LinkEffect.Violation.class, effects).get(0).peer());
    assertTrue(
        frames(KOR, effects).get(0) instanceof Frame.Refusal r && r.code() == code,
        () -> "the originator is told: " + effects);
    assertEquals(List.of(), frames(JPN, effects), "nothing goes on");
    List<Nation> closed = new ArrayList<>();
    effects(LinkEffect.Close.class, effects).forEach(c -> closed.add(c.peer()));
    assertEquals(List.of(KOR, JPN), closed);
    assertFalse(relay.isThrough());
    assertEquals(List.of(), relay.onFrame(KOR, good()));
    assertEquals(List.of(), relay.onFrame(JPN, ack(TERMS, new Cursor(1, digest(1)), 1, 1, false)));
    assertEquals(0, relay.passed());
  }

  @Test
  void dialsOnAndPassesTheHelloOnceThere() {
    assertEquals(List.of(new LinkEffect.Dial(JPN)), relay.onConnected(KOR));
    assertEquals(List.of(), relay.onFrame(KOR, HELLO));
    assertFalse(relay.isThrough());
    assertEquals(List.of(send(JPN, HELLO)), relay.onConnected(JPN));
    assertTrue(relay.isThrough());
  }

  @Test
  void passesTheHelloThatComesAfterTheDial() {
    relay.onConnected(KOR);
    assertEquals(List.of(), relay.onConnected(JPN));
    assertEquals(List.of(send(JPN, HELLO)), relay.onFrame(KOR, HELLO));
  }

  @Test
  void framesPassUnchangedBothWays() {
    through();
    for (Frame f :
        List.of(
            new Frame.Heartbeat(3, 4),
            new Frame.Suspension(true, "x"),
            gap(KOR_EXERCISE),
            new Frame.Refusal(ViolationCode.GAP, "y"))) {
      assertEquals(List.of(send(JPN, f)), relay.onFrame(KOR, f));
    }
    Frame.Batch b = good();
    assertEquals(List.of(send(JPN, b), new LinkEffect.Passed(1, 2)), relay.onFrame(KOR, b));
    assertEquals(2, relay.passed());
    Cursor c = new Cursor(3, digest(1));
    for (Frame f :
        List.of(
            welcome(TERMS, c),
            ack(TERMS, c, 1, 2, true),
            new Frame.Suspension(true, "x"),
            new Frame.Refusal(ViolationCode.GAP, "y"))) {
      assertEquals(List.of(send(KOR, f)), relay.onFrame(JPN, f));
    }
    assertEquals(0, relay.violations());
  }

  @Test
  void forgedBatchesAndGapsGoNoFurther() {
    for (SigningKey wrong : List.of(KOR_REAL, USA_EXERCISE, JPN_EXERCISE)) {
      through();
      assertBrokenOff(
          ViolationCode.BAD_SIGNATURE,
          KOR,
          relay.onFrame(KOR, Faults.signed(wrong, TERMS, good())));
      through();
      assertBrokenOff(ViolationCode.BAD_SIGNATURE, KOR, relay.onFrame(KOR, gap(wrong)));
    }
    through();
    assertBrokenOff(
        ViolationCode.BAD_SIGNATURE,
        KOR,
        relay.onFrame(KOR, Faults.signed(KOR_EXERCISE, BULK_TERMS, good())));
    assertEquals(7, relay.violations());
  }

  @Test
  void aRecordThatMayNotGoOnStopsItsWholeBatch() {
    through();
    List<LinkEffect> effects =
        relay.onFrame(KOR, batch(new Entry.Whole(record(1, 20)), new Entry.Whole(FOREIGN)));
    assertBrokenOff(ViolationCode.RELAY_NOT_AGREED, KOR, effects);
    assertEquals(
        "not releasable to JPN", effects(LinkEffect.Violation.class, effects).get(0).detail());
  }

  @Test
  void aHelloNotOfThisStreamBreaksOff() {
    record Case(ViolationCode code, Frame.Hello hello) {}
    for (Case c :
        List.of(
            new Case(
                ViolationCode.WRONG_PARTY,
                new Frame.Hello(2, 2, BULK_TERMS.stream(), Channel.EXERCISE, digest(9), 5)),
            new Case(
                ViolationCode.WRONG_CHANNEL,
                new Frame.Hello(2, 2, TERMS.stream(), Channel.REAL, digest(9), 5)),
            new Case(
                ViolationCode.AGREEMENT_DIFFERS,
                new Frame.Hello(2, 2, TERMS.stream(), Channel.EXERCISE, digest(8), 5)))) {
      through();
      assertBrokenOff(c.code(), KOR, relay.onFrame(KOR, c.hello()));
    }
  }

  @Test
  void framesAgainstTheStreamBreakOff() {
    Cursor c = new Cursor(1, digest(1));
    for (Frame f : List.of(welcome(TERMS, c), ack(TERMS, c, 1, 1, false))) {
      through();
      assertBrokenOff(ViolationCode.UNEXPECTED_FRAME, KOR, relay.onFrame(KOR, f));
    }
    for (Frame f : List.of(HELLO, good(), gap(KOR_EXERCISE), new Frame.Heartbeat(1, 1))) {
      through();
      assertBrokenOff(ViolationCode.UNEXPECTED_FRAME, JPN, relay.onFrame(JPN, f));
    }
    for (Nation side : List.of(KOR, JPN)) {
      through();
      assertBrokenOff(ViolationCode.MALFORMED_FRAME, side, relay.onMalformed(side, "0 bytes"));
    }
  }

  @Test
  void eachSidesLossClosesTheOther() {
    through();
    assertEquals(
        List.of(new LinkEffect.Close(JPN, "originator has gone")), relay.onDisconnected(KOR));
    assertEquals(List.of(), relay.onDisconnected(JPN), "the close it asked for");
    through();
    List<LinkEffect> effects = relay.onDisconnected(JPN);
    assertTrue(
        frames(KOR, effects).get(0) instanceof Frame.Refusal r
            && r.code() == ViolationCode.RELAY_INTERRUPTED);
    assertTrue(effects.get(1) instanceof LinkEffect.Close close && close.peer().equals(KOR));
    assertFalse(relay.isThrough());
    assertEquals(List.of(), relay.onFrame(KOR, good()));
    assertEquals(List.of(), relay.onDisconnected(KOR));
  }

  @Test
  void aRecipientThatCannotBeReachedIsTold() {
    relay.onConnected(KOR);
    relay.onFrame(KOR, HELLO);
    assertTrue(
        frames(KOR, relay.onDisconnected(JPN)).get(0) instanceof Frame.Refusal r
            && r.code() == ViolationCode.RELAY_INTERRUPTED);
  }

  @Test
  void anOriginatorThatComesAnewIsNotDroppedWhenTheOldConnectionEnds() {
    through();
    relay.onDisconnected(KOR);
    assertEquals(List.of(new LinkEffect.Dial(JPN)), relay.onConnected(KOR));
    assertEquals(List.of(), relay.onDisconnected(JPN), "the old connection, closed here");
    relay.onFrame(KOR, HELLO);
    assertEquals(List.of(send(JPN, HELLO)), relay.onConnected(JPN));
    assertTrue(relay.isThrough());
    List<LinkEffect> anew = relay.onConnected(KOR);
    assertEquals(
        List.of(new LinkEffect.Close(JPN, "originator came anew"), new LinkEffect.Dial(JPN)), anew);
    relay.onFrame(KOR, HELLO);
    assertEquals(List.of(), relay.onDisconnected(JPN));
    assertEquals(List.of(send(JPN, HELLO)), relay.onConnected(JPN));
    assertFalse(relay.onDisconnected(JPN).isEmpty(), "the next loss is real");
  }

  @Test
  void aRecipientWithoutAnOriginatorIsClosed() {
    assertEquals(
        List.of(new LinkEffect.Close(JPN, "originator is not connected")), relay.onConnected(JPN));
    relay.onConnected(KOR);
    assertEquals(List.of(), relay.onDisconnected(JPN), "the connection closed before");
    relay.onConnected(JPN);
    assertTrue(relay.isThrough());
  }

  @Test
  void nothingIsCountedAsPassedBeforeTheRecipientIsConnected() {
    relay.onConnected(KOR);
    assertEquals(List.of(), relay.onFrame(KOR, good()));
    assertEquals(0, relay.passed());
  }

  @Test
  void othersHaveNoPartInIt() {
    through();
    assertEquals(List.of(), relay.onDisconnected(USA));
    assertEquals(List.of(), relay.onFrame(USA, good()));
    assertEquals(List.of(), relay.onFrame(USA, ack(TERMS, new Cursor(1, digest(1)), 1, 1, true)));
    assertEquals(List.of(), relay.onMalformed(USA, "0 bytes"));
    assertEquals(
        List.of(new LinkEffect.Close(USA, "originator is not connected")),
        new RelayStream(TERMS, keys(KOR_EXERCISE), r -> Optional.empty()).onConnected(USA));
    assertTrue(relay.isThrough());
  }

  @Test
  void malformedBytesOfAnOldConnectionAreDropped() {
    assertEquals(List.of(), relay.onMalformed(KOR, "0 bytes"));
    relay.onConnected(KOR);
    assertEquals(List.of(), relay.onMalformed(JPN, "0 bytes"));
    assertEquals(0, relay.violations());
  }

  @Test
  void nothingPassesAfterClose() {
    through();
    List<LinkEffect> effects = relay.close("not listed");
    assertEquals(
        new Frame.Refusal(ViolationCode.RELAY_NOT_AGREED, "not listed"),
        frames(KOR, effects).get(0));
    assertEquals(2, effects(LinkEffect.Close.class, effects).size());
    assertEquals(List.of(), relay.onFrame(KOR, good()));
    assertEquals(List.of(), relay.onFrame(JPN, new Frame.Suspension(true, "")));
    assertEquals(List.of(), relay.close("again"));
  }

  @Test
  void followsAChangeOfKeyAndNoRevokedKey() {
    through();
    Frame.Batch change = batch(new Entry.NewKey(KOR_NEXT.key()));
    relay.onFrame(KOR, change);
    HashChain chain = new HashChain();
    Frame.Batch next =
        Faults.signed(
            KOR_NEXT,
            TERMS,
            new Frame.Batch(
                2,
                List.of(new Entry.Whole(record(2, 20))),
                chain.next(change.chainHash(), 2, chain.ofRecord(record(2, 20))),
                new byte[64],
                7));
    assertEquals(2, relay.onFrame(KOR, next).size());
    relay.distrust(KOR_NEXT.key());
    assertEquals(
        List.of(ViolationCode.BAD_SIGNATURE), LinkFixtures.violations(relay.onFrame(KOR, next)));
    through();
    relay.trust(KOR_NEXT.key());
    assertEquals(2, relay.onFrame(KOR, next).size(), "told by the originator on another way");
  }

  /** A batch that announces the next key, and one after it that is signed with that key. */
  private static Frame.Batch after(Frame.Batch change) {
    HashChain chain = new HashChain();
    return Faults.signed(
        KOR_NEXT,
        TERMS,
        new Frame.Batch(
            2,
            List.of(new Entry.Whole(record(2, 20))),
            chain.next(change.chainHash(), 2, chain.ofRecord(record(2, 20))),
            new byte[64],
            7));
  }

  @Test
  void aRevokedKeyStaysRevokedWhenTheStreamAnnouncesIt() {
    Frame.Batch change = batch(new Entry.NewKey(KOR_NEXT.key()));
    relay.distrust(KOR_NEXT.key());
    through();
    assertEquals(2, relay.onFrame(KOR, change).size(), "the announcement itself is passed on");
    assertBrokenOffOnly(
        ViolationCode.BAD_SIGNATURE, relay.onFrame(KOR, after(change)), "signed with it");
    through();
    relay.trust(KOR_NEXT.key());
    relay.onFrame(KOR, change);
    assertEquals(2, relay.onFrame(KOR, after(change)).size(), "an order trusts it again");
  }

  @Test
  void aRevokedKeyStaysRevokedUnderAnotherAgreement() {
    relay.distrust(KOR_NEXT.key());
    relay.renew(TERMS.agreementDigest(), keys(KOR_EXERCISE, KOR_NEXT), r -> Optional.empty());
    Frame.Batch change = batch(new Entry.NewKey(KOR_NEXT.key()));
    through();
    relay.onFrame(KOR, change);
    assertBrokenOffOnly(
        ViolationCode.BAD_SIGNATURE, relay.onFrame(KOR, after(change)), "signed with it");
  }

  @Test
  void aKeyAnnouncedInABatchThatGoesNoFurtherIsNotLearned() {
    through();
    Frame.Batch change = batch(new Entry.NewKey(KOR_NEXT.key()), new Entry.Whole(FOREIGN));
    assertBrokenOffOnly(ViolationCode.RELAY_NOT_AGREED, relay.onFrame(KOR, change), "foreign");
    through();
    Frame.Batch other = batch(new Entry.NewKey(KOR_NEXT.key()));
    assertBrokenOffOnly(
        ViolationCode.BAD_SIGNATURE, relay.onFrame(KOR, after(other)), "never announced");
  }

  private static void assertBrokenOffOnly(
      ViolationCode code, List<LinkEffect> effects, String why) {
    assertEquals(List.of(code), LinkFixtures.violations(effects), why);
    assertEquals(List.of(), effects(LinkEffect.Passed.class, effects), why);
  }

  @Test
  void goesOnUnderAnotherAgreement() {
    through();
    relay.renew(digest(8), keys(KOR_NEXT), r -> Optional.empty());
    assertFalse(relay.isThrough());
    relay.onConnected(KOR);
    assertEquals(List.of(), relay.onDisconnected(JPN), "of the old agreement");
    relay.onConnected(JPN);
    assertEquals(
        List.of(ViolationCode.AGREEMENT_DIFFERS),
        LinkFixtures.violations(relay.onFrame(KOR, HELLO)));
  }
}
