package parallax.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static parallax.model.Nation.JPN;
import static parallax.model.Nation.KOR;
import static parallax.model.Nation.USA;

import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import parallax.link.Frame;
import parallax.link.Lane;
import parallax.link.StreamId;
import parallax.link.StreamSignatures;
import parallax.model.Channel;
import parallax.model.Nation;
import parallax.signing.SigningKey;
import parallax.signing.VerificationKey;

/** Stream keys are changed, trusted and revoked while the nodes run, and across restarts. */
class KeyRotationTest {
  private static final SigningKey OLD = Party.streamKey(KOR, Channel.EXERCISE);
  private static final SigningKey NEW = Party.key(77);
  private static final SigningKey NEWER = Party.key(78);

  private final Allies allies = new Allies();

  private void begin() {
    allies.start().joinAll().pass(2);
    allies.file(KOR, Filed.launch(1));
    allies.pass(1);
  }

  private static Effect.OrderAnswered answer(List<Effect> effects) {
    return Desk.of(Effect.OrderAnswered.class, effects).get(0);
  }

  private Effect.OrderAnswered rotate(SigningKey to) {
    allies.desk(KOR).alsoHolds(to);
    Effect.OrderAnswered a = answer(allies.order(KOR, new Order.RotateKey(to.key())));
    allies.step(KOR, new Input.Flush());
    return a;
  }

  /** Every nation tells something, and everybody takes it. */
  private void requireTelling(long number) {
    allies.forget();
    for (Nation n : Party.ALL) {
      allies.file(n, Filed.all(number, allies.now()));
    }
    allies.pass(3);
    for (Nation n : Party.ALL) {
      for (Nation to : Party.ALL) {
        if (!n.equals(to)) {
          assertEquals(2, allies.taken(n, to, Lane.URGENT), n + " to " + to);
          assertEquals(1, allies.taken(n, to, Lane.BULK), n + " to " + to);
        }
      }
    }
    allies.requirePeace();
  }

  private Frame.Batch lastBatch(Nation from, Nation to, Lane lane) {
    return allies.sent(from, to).stream()
        .filter(s -> s.wire().stream().equals(new StreamId(from, to, lane)))
        .map(Allies.Sent::frame)
        .filter(Frame.Batch.class::isInstance)
        .map(Frame.Batch.class::cast)
        .reduce((a, b) -> b)
        .orElseThrow();
  }

  private boolean isSignedWith(SigningKey key, Nation to, Lane lane) {
    Frame.Batch b = lastBatch(KOR, to, lane);
    return key.key()
        .verify(
            StreamSignatures.batchDomain(Channel.EXERCISE),
            StreamSignatures.batch(
                new StreamId(KOR, to, lane), b.firstSeq(), b.entries(), b.chainHash()),
            b.signature());
  }

  private boolean receiptIsSignedWith(SigningKey key, Nation of) {
    StreamId stream = new StreamId(of, KOR, Lane.URGENT);
    Frame.Ack a =
        allies.sent(KOR, of).stream()
            .filter(s -> s.wire().stream().equals(stream))
            .map(Allies.Sent::frame)
            .filter(Frame.Ack.class::isInstance)
            .map(Frame.Ack.class::cast)
            .reduce((x, y) -> y)
            .orElseThrow();
    return key.key()
        .verify(
            StreamSignatures.receiptDomain(Channel.EXERCISE),
            StreamSignatures.receipt(stream, a.cursor()),
            a.signature());
  }

  @Test
  void keyIsChangedWhileEverythingRuns() {
    begin();
    Effect.OrderAnswered a = rotate(NEW);
    assertTrue(a.done(), a.detail());
    assertTrue(a.detail().contains(NEW.key().fingerprint()), a.detail());
    for (Lane lane : Lane.values()) {
      assertTrue(isSignedWith(OLD, JPN, lane), "the change itself is signed with the old key");
    }
    allies.pass(2);
    assertEquals(2, allies.notices(JPN, Effect.NoticeKind.KEY).size(), "on both lanes");

    requireTelling(2);
    assertEquals(NEW.key(), allies.desk(KOR).engine().streamKey());
    for (Nation n : List.of(JPN, USA)) {
      for (Lane lane : Lane.values()) {
        assertTrue(isSignedWith(NEW, n, lane));
      }
      assertTrue(receiptIsSignedWith(NEW, n));
    }
  }

  @Test
  void changeIsPartOfTheDurableOutbox() {
    begin();
    allies.forget();
    rotate(NEW);
    List<Effect.OutboxAppended> numbered = allies.numbered(KOR, JPN);
    assertEquals(2, numbered.size());
    for (Effect.OutboxAppended o : numbered) {
      assertEquals(NEW.key(), VerificationKey.of(o.record()));
    }
    assertEquals(2, numbered.get(0).seq());
    assertEquals(1, numbered.get(1).seq());
  }

  @Test
  void nextChangeWaitsUntilEverybodyHoldsTheLast() {
    begin();
    allies.cut(KOR, JPN);
    assertTrue(rotate(NEW).done());
    allies.pass(1);
    Effect.OrderAnswered early = rotate(NEWER);
    assertFalse(early.done());
    assertTrue(early.detail().contains("JPN does not hold the last change"), early.detail());
    assertFalse(rotate(NEW).done(), "in use already");

    allies.mend(KOR, JPN);
    allies.pass(3);
    assertTrue(rotate(NEWER).done());
    allies.pass(3);
    requireTelling(3);
    assertEquals(NEWER.key(), allies.desk(KOR).engine().streamKey());
  }

  @Test
  void oldKeyIsNotNeededToStartAgain() {
    begin();
    rotate(NEW);
    allies.pass(2);
    allies.desk(KOR).holds(NEW);
    allies.restart(KOR);
    allies.pass(2);
    requireTelling(2);
    assertEquals(NEW.key(), allies.desk(KOR).engine().streamKey(), "configured is the old one");
  }

  @Test
  void partnerThatStartsAgainWithTheOldConfiguredKeyKeepsWhatItLearned() {
    begin();
    rotate(NEW);
    allies.pass(2);
    allies.restart(JPN);
    allies.restart(USA);
    allies.pass(2);
    requireTelling(2);
  }

  @Test
  void oldKeyIsNotTrustedAgainAfterARestart() {
    begin();
    rotate(NEW);
    allies.pass(2);
    requireTelling(2);
    allies.restart(JPN);
    allies.forget();
    SignedStream thief = new SignedStream(KOR, JPN, Lane.URGENT, Channel.EXERCISE, OLD);
    allies.step(JPN, new Input.LinkChanged(thief.wire(), true));
    allies.step(JPN, new Input.FrameReceived(thief.wire(), thief.hello()));
    allies.step(
        JPN,
        new Input.FrameReceived(thief.wire(), thief.batch(Collections.nCopies(10, new byte[16]))));

    assertTrue(
        allies.notices(JPN, Effect.NoticeKind.LINK_VIOLATION).toString().contains("BAD_SIGNATURE"),
        allies.notices(JPN, Effect.NoticeKind.LINK_VIOLATION).toString());
  }

  @Test
  void receiptsWaitForThePartnerToKnowTheKeyAcrossARestart() {
    begin();
    allies.cut(KOR, JPN);
    rotate(NEW);
    allies.desk(KOR).holds(OLD, NEW);
    allies.restart(KOR);
    allies.mend(KOR, JPN);
    allies.pass(3);
    allies.requirePeace();
    requireTelling(2);
    assertTrue(receiptIsSignedWith(NEW, JPN));
  }

  @Test
  void changeThatIsUnderWayAtARestartIsMadeInTheEnd() {
    begin();
    rotate(NEW);
    allies.desk(KOR).holds(OLD, NEW);
    allies.restart(KOR);
    allies.pass(3);
    requireTelling(2);
    for (Lane lane : Lane.values()) {
      assertTrue(isSignedWith(NEW, JPN, lane));
    }
  }

  @Test
  void newlyConfiguredKeyTakesThePlaceOfEverythingLearned() {
    begin();
    rotate(NEW);
    allies.pass(2);
    NodeConfiguration c = allies.configuration(JPN);
    TreeMap<Nation, VerificationKey> keys = new TreeMap<>(c.linkKeys());
    keys.put(KOR, NEWER.key());
    allies.configure(
        JPN,
        new NodeConfiguration(
            c.nation(),
            c.channel(),
            c.agreement(),
            c.agreementKeys(),
            c.ownKey(),
            keys,
            c.policy(),
            c.sensors()));
    allies.restart(JPN);
    allies.forget();
    allies.file(KOR, Filed.launch(2));
    allies.pass(3);
    assertEquals(0, allies.taken(KOR, JPN, Lane.URGENT));
    assertTrue(
        allies.notices(JPN, Effect.NoticeKind.LINK_VIOLATION).toString().contains("BAD_SIGNATURE"));
  }

  @Test
  void revokedKeyBreaksOffAtOnceAndATrustedOneGoesOn() {
    begin();
    allies.forget();
    Effect.OrderAnswered revoked = answer(allies.order(JPN, new Order.RevokeKey(KOR, OLD.key())));
    assertTrue(revoked.done(), revoked.detail());
    allies.file(KOR, Filed.launch(2));
    allies.pass(3);
    assertTrue(
        allies.notices(JPN, Effect.NoticeKind.LINK_VIOLATION).toString().contains("KEY_REVOKED"));
    assertEquals(0, allies.taken(KOR, JPN, Lane.URGENT));
    assertEquals(1, allies.taken(KOR, USA, Lane.URGENT), "USA trusts it still");

    // KOR starts again with a key that it has handed to both.
    answer(allies.order(JPN, new Order.TrustKey(KOR, NEW.key())));
    answer(allies.order(USA, new Order.TrustKey(KOR, NEW.key())));
    NodeConfiguration c = allies.configuration(KOR);
    allies.configure(
        KOR,
        new NodeConfiguration(
            c.nation(),
            c.channel(),
            c.agreement(),
            c.agreementKeys(),
            NEW.key(),
            c.linkKeys(),
            c.policy(),
            c.sensors()));
    allies.desk(KOR).holds(NEW);
    allies.restart(KOR);
    allies.pass(3);
    assertEquals(1, allies.taken(KOR, JPN, Lane.URGENT), "what waited is told");
    requireTelling(3);
  }

  @Test
  void revocationAndTrustSurviveARestart() {
    begin();
    allies.order(JPN, new Order.RevokeKey(KOR, OLD.key()));
    allies.pass(1);
    allies.restart(JPN);
    allies.forget();
    allies.file(KOR, Filed.launch(2));
    allies.pass(3);
    assertEquals(0, allies.taken(KOR, JPN, Lane.URGENT));

    allies.order(JPN, new Order.TrustKey(KOR, OLD.key()));
    allies.restart(JPN);
    allies.pass(3);
    assertEquals(1, allies.taken(KOR, JPN, Lane.URGENT));
  }

  @Test
  void relayKnowsAKeyThatWasChangedOnAnotherWay() {
    allies.start().joinAll().relay(KOR, USA, JPN).pass(2);
    allies.file(KOR, Filed.all(1, allies.now()));
    allies.pass(2);
    // The change goes straight on the bulk lane; the relay hears of it on its own streams only.
    rotate(NEW);
    allies.pass(2);
    allies.cut(KOR, JPN);
    allies.pass(2);
    requireTelling(2);
    allies.restart(USA);
    allies.pass(2);
    requireTelling(3);
  }

  @Test
  void relayKnowsAKeyThatItsOperatorTrusts() {
    allies.start().join(KOR, USA).join(USA, JPN).relay(KOR, USA, JPN).pass(2);
    for (Nation n : List.of(JPN, USA)) {
      assertTrue(answer(allies.order(n, new Order.TrustKey(KOR, NEW.key()))).done());
    }
    NodeConfiguration c = allies.configuration(KOR);
    allies.configure(
        KOR,
        new NodeConfiguration(
            c.nation(),
            c.channel(),
            c.agreement(),
            c.agreementKeys(),
            NEW.key(),
            c.linkKeys(),
            c.policy(),
            c.sensors()));
    allies.desk(KOR).holds(NEW);
    allies.restart(KOR);
    allies.pass(2);
    requireTelling(2);
  }

  @Test
  void relayPassesNothingUnderARevokedKeyThatTheStreamAnnounces() {
    for (boolean restarted : List.of(false, true)) {
      new KeyRotationTest().relayUnderARevokedKey(restarted);
    }
  }

  private void relayUnderARevokedKey(boolean restarted) {
    allies.start().join(KOR, USA).join(USA, JPN).relay(KOR, USA, JPN).pass(2);
    allies.file(KOR, Filed.all(1, allies.now()));
    allies.pass(3);
    assertTrue(answer(allies.order(USA, new Order.RevokeKey(KOR, NEW.key()))).done());
    if (restarted) {
      allies.restart(USA);
      allies.pass(2);
    }
    rotate(NEW);
    allies.pass(3);
    allies.forget();
    allies.file(KOR, Filed.all(2, allies.now()));
    allies.pass(3);
    assertEquals(0, allies.taken(KOR, JPN, Lane.URGENT), "restarted: " + restarted);
    assertEquals(List.of(), allies.of(USA, Effect.Relayed.class));
    assertTrue(
        allies.notices(USA, Effect.NoticeKind.LINK_VIOLATION).toString().contains("BAD_SIGNATURE"));
  }

  @Test
  void configurationDoesNotBringARevokedKeyBack() {
    begin();
    allies.order(JPN, new Order.RevokeKey(KOR, NEWER.key()));
    NodeConfiguration c = allies.configuration(JPN);
    TreeMap<Nation, VerificationKey> keys = new TreeMap<>(c.linkKeys());
    keys.put(KOR, NEWER.key());
    allies.configure(
        JPN,
        new NodeConfiguration(
            c.nation(),
            c.channel(),
            c.agreement(),
            c.agreementKeys(),
            c.ownKey(),
            keys,
            c.policy(),
            c.sensors()));
    allies.restart(JPN);
    allies.pass(2);
    assertTrue(
        allies.notices(JPN, Effect.NoticeKind.LINK_VIOLATION).toString().contains("KEY_REVOKED"),
        allies.notices(JPN, Effect.NoticeKind.LINK_VIOLATION).toString());
  }

  @Test
  void keysOfStrangersAreNotTrusted() {
    begin();
    assertFalse(answer(allies.order(JPN, new Order.TrustKey(new Nation("AUS"), NEW.key()))).done());
  }
}
