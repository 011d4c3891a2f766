package parallax.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static parallax.link.LinkFixtures.KOR_EXERCISE;
import static parallax.link.LinkFixtures.KOR_REAL;
import static parallax.link.LinkFixtures.SECOND;
import static parallax.link.LinkFixtures.TERMS;
import static parallax.link.LinkFixtures.USA_EXERCISE;
import static parallax.link.LinkFixtures.assertRefused;
import static parallax.link.LinkFixtures.delivered;
import static parallax.link.LinkFixtures.digest;
import static parallax.link.LinkFixtures.frames;
import static parallax.link.LinkFixtures.inbound;
import static parallax.link.LinkFixtures.record;
import static parallax.link.LinkFixtures.small;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parallax.model.Channel;
import parallax.model.Nation;
import parallax.signing.SigningKey;

final class InboundSessionTest {
  private static final long NOW = 1_700_000_000L * SECOND;
  private static final Frame.Hello HELLO =
      new Frame.Hello(1, Nation.KOR, Nation.JPN, Channel.EXERCISE, digest(9), 1);

  private final InboundSession session = inbound(small());
  private final HashChain chain = new HashChain();

  @BeforeEach
  void greeted() {
    assertEquals(List.of(new Frame.Welcome(1, chain.start(TERMS))), frames(greet()));
  }

  private List<LinkEffect> greet() {
    session.onConnected(NOW);
    return session.onFrame(HELLO, NOW);
  }

  private static List<byte[]> records(long first, long last) {
    List<byte[]> records = new ArrayList<>();
    for (long n = first; n <= last; n++) {
      records.add(record(n, 5));
    }
    return records;
  }

  private Digest hashAfter(long seq) {
    Digest hash = chain.start(TERMS);
    for (long n = 1; n <= seq; n++) {
      hash = chain.next(hash, n, record(n, 5));
    }
    return hash;
  }

  private Frame.Batch batch(
      long first, List<byte[]> records, Digest hash, SigningKey key, LinkTerms signedFor) {
    byte[] signature =
        key.sign(
            BatchSignature.domain(signedFor),
            BatchSignature.message(signedFor, first, first + records.size() - 1, hash));
    return new Frame.Batch(first, records, hash, signature, NOW);
  }

  private Frame.Batch good(long first, long last) {
    return batch(first, records(first, last), hashAfter(last), KOR_EXERCISE, TERMS);
  }

  /** After a refusal nothing has changed, and the good batch goes in on the next connection. */
  private void assertUnharmed() {
    assertEquals(List.of(), session.onFrame(good(1, 3), NOW), "broken off");
    session.onDisconnected(NOW);
    assertEquals(List.of(new Frame.Welcome(1, chain.start(TERMS))), frames(greet()));
    assertEquals(List.of(1L, 2L, 3L), delivered(session.onFrame(good(1, 3), NOW)));
  }

  @Test
  void deliversInOrderThenAcknowledges() {
    List<LinkEffect> effects = session.onFrame(good(1, 3), NOW);
    assertEquals(List.of(1L, 2L, 3L), delivered(effects));
    assertEquals(new LinkEffect.Send(new Frame.Ack(4, NOW)), effects.get(3));
    assertEquals(new Cursor(4, hashAfter(3)), session.cursor());
    assertEquals(List.of(4L), delivered(session.onFrame(good(4, 4), NOW)));
  }

  @Test
  void dropsWhatItHoldsAndTakesWhatIsNew() {
    session.onFrame(good(1, 3), NOW);
    List<LinkEffect> again = session.onFrame(good(1, 3), NOW);
    assertEquals(List.of(), delivered(again));
    assertEquals(List.of(new Frame.Ack(4, NOW)), frames(again));
    assertEquals(List.of(4L, 5L), delivered(session.onFrame(good(2, 5), NOW)));
    assertEquals(List.of(), delivered(session.onFrame(good(1, 2), NOW)));
    assertEquals(7, session.health().counts().repeated());
    assertEquals(5, session.health().counts().records());
  }

  @Test
  void duplicateWithAnotherHashIsRefused() {
    session.onFrame(good(1, 3), NOW);
    assertRefused(
        ViolationCode.CHAIN_BROKEN,
        session.onFrame(batch(1, records(1, 3), digest(5), KOR_EXERCISE, TERMS), NOW));
    assertEquals(new Cursor(4, hashAfter(3)), session.cursor());
  }

  @Test
  void refusesAGap() {
    assertRefused(ViolationCode.GAP, session.onFrame(good(2, 3), NOW));
    assertUnharmed();
  }

  @Test
  void refusesAnotherKey() {
    for (SigningKey key : List.of(KOR_REAL, USA_EXERCISE)) {
      greet();
      assertRefused(
          ViolationCode.BAD_SIGNATURE,
          session.onFrame(batch(1, records(1, 3), hashAfter(3), key, TERMS), NOW));
    }
    assertUnharmed();
  }

  @Test
  void refusesTheRightKeyUsedForAnotherChannelRecipientOrOriginator() {
    for (LinkTerms other :
        List.of(
            LinkFixtures.terms(Nation.KOR, Nation.JPN, Channel.REAL),
            LinkFixtures.terms(Nation.KOR, Nation.USA, Channel.EXERCISE),
            LinkFixtures.terms(Nation.USA, Nation.JPN, Channel.EXERCISE))) {
      greet();
      assertRefused(
          ViolationCode.BAD_SIGNATURE,
          session.onFrame(batch(1, records(1, 3), hashAfter(3), KOR_EXERCISE, other), NOW));
    }
    assertUnharmed();
  }

  @Test
  void refusesChangedAddedRemovedAndSwappedRecords() {
    List<byte[]> changed = records(1, 3);
    changed.get(1)[0] ^= 1;
    List<byte[]> swapped = List.of(record(2, 5), record(1, 5), record(3, 5));
    Frame.Batch signed = good(1, 3);
    for (List<byte[]> bad : List.of(changed, swapped)) {
      greet();
      assertRefused(
          ViolationCode.CHAIN_BROKEN,
          session.onFrame(
              new Frame.Batch(1, bad, signed.chainHash(), signed.signature(), NOW), NOW));
    }
    for (List<byte[]> bad : List.of(records(1, 2), records(1, 4))) {
      greet();
      assertRefused(
          ViolationCode.BAD_SIGNATURE,
          session.onFrame(
              new Frame.Batch(1, bad, signed.chainHash(), signed.signature(), NOW), NOW));
    }
    assertUnharmed();
  }

  @Test
  void refusesAChainThatLeavesOutTheBeginning() {
    Digest hash = chain.start(TERMS);
    for (long n = 2; n <= 3; n++) {
      hash = chain.next(hash, n - 1, record(n, 5));
    }
    greet();
    session.onFrame(good(1, 3), NOW);
    assertRefused(
        ViolationCode.CHAIN_BROKEN,
        session.onFrame(batch(4, records(4, 5), hash, KOR_EXERCISE, TERMS), NOW));
    assertEquals(3, session.delivered());
  }

  @Test
  void refusesBatchesAboveItsLimits() {
    assertRefused(ViolationCode.OVERSIZED, session.onFrame(good(1, 51), NOW));
    greet();
    List<byte[]> big = List.of(new byte[10_001]);
    assertRefused(
        ViolationCode.OVERSIZED,
        session.onFrame(
            batch(1, big, chain.next(chain.start(TERMS), 1, big.get(0)), KOR_EXERCISE, TERMS),
            NOW));
    assertUnharmed();
  }

  @Test
  void refusesAHelloThatIsNotForThisStream() {
    record Case(ViolationCode code, Frame.Hello hello) {}
    for (Case c :
        List.of(
            new Case(
                ViolationCode.VERSION_NOT_SPOKEN,
                new Frame.Hello(2, Nation.KOR, Nation.JPN, Channel.EXERCISE, digest(9), 1)),
            new Case(
                ViolationCode.WRONG_PARTY,
                new Frame.Hello(1, Nation.USA, Nation.JPN, Channel.EXERCISE, digest(9), 1)),
            new Case(
                ViolationCode.WRONG_PARTY,
                new Frame.Hello(1, Nation.KOR, Nation.USA, Channel.EXERCISE, digest(9), 1)),
            new Case(
                ViolationCode.WRONG_CHANNEL,
                new Frame.Hello(1, Nation.KOR, Nation.JPN, Channel.REAL, digest(9), 1)),
            new Case(
                ViolationCode.AGREEMENT_DIFFERS,
                new Frame.Hello(1, Nation.KOR, Nation.JPN, Channel.EXERCISE, digest(8), 1)))) {
      session.onConnected(NOW);
      assertRefused(c.code(), session.onFrame(c.hello(), NOW));
    }
    assertUnharmed();
  }

  @Test
  void refusesFramesThatDoNotBelongHere() {
    for (Frame f :
        List.of(
            good(1, 3),
            new Frame.Heartbeat(0, NOW, 0),
            new Frame.Ack(1, 0),
            new Frame.Welcome(1, digest(1)))) {
      session.onConnected(NOW);
      assertRefused(ViolationCode.UNEXPECTED_FRAME, session.onFrame(f, NOW));
    }
    for (Frame f : List.of(HELLO, new Frame.Ack(1, 0), new Frame.Welcome(1, digest(1)))) {
      greet();
      assertRefused(ViolationCode.UNEXPECTED_FRAME, session.onFrame(f, NOW));
    }
    greet();
    assertRefused(ViolationCode.MALFORMED_FRAME, session.onMalformed("7 bytes", NOW));
    assertUnharmed();
  }

  @Test
  void answersEveryHeartbeatAndKeepsTheMark() {
    session.onFrame(good(1, 3), NOW);
    assertEquals(
        List.of(new Frame.Heartbeat(3, NOW + 9, 123)),
        frames(session.onFrame(new Frame.Heartbeat(10, 123, 0), NOW + 9)));
    assertEquals(10, session.highWaterMark());
    assertEquals(7, session.health().lag());
    assertRefused(
        ViolationCode.MARK_BEHIND, session.onFrame(new Frame.Heartbeat(9, 124, 0), NOW + 9));
    assertEquals(10, session.highWaterMark());
  }

  @Test
  void silentOriginatorIsStaleThenGivenUp() {
    assertEquals(List.of(), session.onTick(NOW + 3 * SECOND - 1));
    assertEquals(
        List.of(new LinkEffect.StateChanged(LinkState.STALE)), session.onTick(NOW + 3 * SECOND));
    session.onFrame(good(1, 1), NOW + 5 * SECOND);
    assertEquals(LinkState.UP, session.state());
    assertInstanceOf(LinkEffect.Close.class, session.onTick(NOW + 15 * SECOND).get(0));
    assertEquals(LinkState.DOWN, session.state());
    session.onConnected(NOW);
    assertTrue(
        session.onTick(NOW + 10 * SECOND).get(0) instanceof LinkEffect.Close,
        "a partner that connects and says nothing is given up too");
  }

  @Test
  void framesWithoutAConnectionAreDropped() {
    session.onDisconnected(NOW);
    assertEquals(List.of(), session.onFrame(good(1, 3), NOW));
    assertEquals(List.of(), session.onTick(NOW + 100 * SECOND));
    assertEquals(0, session.delivered());
  }

  @Test
  void theSameCallsGiveTheSameEffects() {
    InboundSession other = inbound(small());
    other.onConnected(NOW);
    other.onFrame(HELLO, NOW);
    for (Frame f : List.of(good(1, 4), new Frame.Heartbeat(6, 5, 0), good(3, 6), good(8, 9))) {
      assertEquals(session.onFrame(f, NOW).toString(), other.onFrame(f, NOW).toString());
    }
    assertEquals(session.health(), other.health());
    assertEquals(session.cursor(), other.cursor());
  }
}
